"""Ask for a whole progress update: percent, done, next step, problems, support (R69)."""

from collections.abc import Iterable

from textual.widget import Widget

from core.records import dataclass
from tui.prompts.base import Prompt
from tui.prompts.inputs import Field, half_width
from tui.prompts.percent import nothing_new
from tui.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateAnswer:
    """What was answered; also what the form starts with."""

    percent: int
    done: str = ""
    next: str = ""
    problems: str = ""
    support: str = ""


class UpdatePrompt(Prompt[UpdateAnswer]):
    """Only the percentage is needed; enter saves from every field."""

    def __init__(self, words: Words, *, title: str, start: UpdateAnswer) -> None:
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._start = start

    def fields(self) -> Iterable[Widget]:
        """Percent and four texts."""
        words, start = self.words, self._start
        yield Field(words("Percent"), value=str(start.percent), id="percent", limit=4)
        yield Field(words("Done"), value=start.done, id="done")
        yield Field(words("Next step"), value=start.next, id="next")
        yield Field(words("Problems"), value=start.problems, id="problems")
        yield Field(words("Support"), value=start.support, id="support")

    def on_mount(self) -> None:
        """Typing replaces the number."""
        super().on_mount()
        self.query_one("#percent-input").select_all()  # type: ignore[attr-defined]

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Field).text

    def value(self) -> UpdateAnswer | None:
        """The update; None while the percentage is none."""
        text = half_width(self._text("percent")).rstrip("%").strip()
        if not text.isdecimal() or int(text) > 100:
            return None
        return UpdateAnswer(
            percent=int(text),
            done=self._text("done"),
            next=self._text("next"),
            problems=self._text("problems"),
            support=self._text("support"),
        )

    def problem(self) -> str:
        """Whether it is a number from 0 to 100."""
        said = self.value()
        if said == UpdateAnswer(percent=self._start.percent) and not self.notice:
            return nothing_new(self.words)
        if said is not None:
            return ""
        self.set_focus(self.query_one("#percent-input"))
        return self.words("Progress is a whole number from 0 to 100.")
