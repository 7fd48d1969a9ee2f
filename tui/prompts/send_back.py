"""Ask for the findings with which work is sent back, and what each criterion lacks (R106)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import PurePath
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.ids import PartId
from core.domain.text import visible
from core.records import dataclass
from tui.prompts.inputs import Choice, Field
from tui.prompts.kept import KeptPrompt
from tui.prompts.long_input import LongInput
from tui.words import Words

_STYLES: list[str | PurePath] = ["prompts.tcss", "submit.tcss"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBackAnswer:
    """What was answered; also what the form starts with."""

    findings: str = ""
    points: Mapping[PartId, str] = field(default_factory=dict)
    """What criteria lack, by id; none is empty."""


class SendBackPrompt(KeptPrompt[SendBackAnswer]):
    """Findings are needed; where only criteria are pointed at, they are the findings."""

    CSS_PATH = _STYLES  # type: ignore[assignment]
    BINDINGS: ClassVar[list[Binding]] = [
        Binding("ctrl+s,f2,ctrl+j", "accept", priority=True),
    ]

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        criteria: Sequence[Choice],
        start: SendBackAnswer,
        at: str = "",
    ) -> None:
        """``criteria`` may be pointed at, by id; the keys begin with the one called ``at``."""
        keys = words("ctrl+s send back · tab next field · esc cancel")
        super().__init__(words, title=title, keys=keys)
        self._criteria = tuple(criteria)
        self._start = start
        self._at = at

    def fields(self) -> Iterable[Widget]:
        """The findings, then a line for each criterion."""
        words, start = self.words, self._start
        yield Static(Content(words("What must be changed?")), classes="label", markup=False)
        shown = "\n".join(visible(line) for line in start.findings.split("\n"))
        yield LongInput(shown, id="findings")
        for one in self._criteria:
            text = Content(visible(one.label))
            yield Static(text, classes="criterion", markup=False)
            lacks = start.points.get(PartId(int(one.key)), "")
            yield Field(words("It lacks"), value=lacks, id=f"point-{one.key}")

    def on_mount(self) -> None:
        """The keys go to the criterion that was chosen, once Prompt's own has given them away."""
        if self._at and any(one.key == self._at for one in self._criteria):
            self.call_next(self._go_to_chosen)

    def _go_to_chosen(self) -> None:
        found = self.query_one(f"#point-{self._at}-input")
        self.set_focus(found)
        found.scroll_visible(animate=False)

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def action_accept(self) -> None:
        """Send."""
        self.accept()

    def value(self) -> SendBackAnswer:
        """The findings, and the criteria of which something was said."""
        points = {
            PartId(int(one.key)): text
            for one in self._criteria
            if (text := self.query_one(f"#point-{one.key}", Field).text)
        }
        findings = self.query_one("#findings", LongInput).text.strip()
        if not findings:
            named = {one.key: one.label for one in self._criteria}
            findings = "\n".join(f"{named[str(one)]}: {text}" for one, text in points.items())
        return SendBackAnswer(findings=findings, points=points)

    def problem(self) -> str:
        """Whether anything was said."""
        if self.value().findings:
            return ""
        self.set_focus(self.query_one("#findings"))
        return self.words("Say what must be changed, so that the owner knows.")
