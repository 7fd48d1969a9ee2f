"""Ask the lead whether a later due is granted (R89)."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.text import visible_lines
from core.records import dataclass
from tui.prompts.base import Prompt
from tui.prompts.inputs import Choice, Field, PickField
from tui.words import Words

_GRANT, _REFUSE = "grant", "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAnswer:
    """What was decided."""

    granted: bool
    note: str
    """A remark on a grant; the reason of a refusal."""


class ExtensionPrompt(Prompt[ExtensionAnswer]):
    """Grant it with enter; refusing needs a reason."""

    def __init__(
        self, words: Words, *, title: str, asked: str, start: ExtensionAnswer | None = None
    ) -> None:
        """``asked`` says who asks for what, and why; several lines."""
        keys = words("←→ choose · tab next field · enter save · esc cancel")
        super().__init__(words, title=title, keys=keys)
        self._asked = asked
        self._start = start or ExtensionAnswer(granted=True, note="")

    def fields(self) -> Iterable[Widget]:
        """What is asked for, the decision, and a word on it."""
        words, start = self.words, self._start
        yield Static(Content("\n".join(visible_lines(self._asked))), id="note", markup=False)
        choices = (
            Choice(key=_GRANT, label=words("Grant")),
            Choice(key=_REFUSE, label=words("Refuse")),
        )
        chosen = _GRANT if start.granted else _REFUSE
        yield PickField(words("Decision"), id="decision", choices=choices, chosen=chosen)
        yield Field(words("Reason"), value=start.note, id="note-field")

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def value(self) -> ExtensionAnswer:
        """The decision."""
        granted = self.query_one("#decision", PickField).chosen == _GRANT
        return ExtensionAnswer(granted=granted, note=self.query_one("#note-field", Field).text)

    def problem(self) -> str:
        """Whether a refusal lacks its reason; the cursor goes there."""
        said = self.value()
        if said.granted or said.note:
            return ""
        self.set_focus(self.query_one("#note-field-input"))
        return self.words("Say why it is refused, so that the owner knows.")
