"""Ask why a task is blocked, for whom or what it waits, and how bad it is."""

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from core.domain.ids import DepartmentId, PersonId, TaskId
from core.domain.status import BlockKind
from core.records import dataclass
from tui.prompts.base import Prompt
from tui.prompts.inputs import Choice, Field, PersonField, PickField
from tui.warning_terms import block_kind_word
from tui.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockAnswer:
    """What was answered."""

    reason: str
    waiting_for: str
    """Whom or what, in words."""
    waiting_person: PersonId | None
    """The same as a person, where it is one; so are the next two."""
    waiting_department: DepartmentId | None = None
    waiting_task: TaskId | None = None
    kind: BlockKind = BlockKind.WAITING
    critical: bool = False


class WaitingField(PersonField):
    """Somebody, a department, or anything else in one's own words."""

    def read(self) -> None:
        """Say who is meant; whatever fits nobody is taken as it is."""
        if self.text and not self._fitting():
            self.show_reading(self.words("as written"))
        elif self.text:
            super().read()
        else:
            self.show_reading(self.words("a person, a department, or anything else"))


class BlockPrompt(Prompt[BlockAnswer]):
    """Reason and whom it waits for are needed (R80); the rest is right for most as it stands."""

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        awaited: Sequence[Choice],
        start: BlockAnswer | None = None,
    ) -> None:
        """``awaited`` has the ids of people as keys; others are ``department:7``, ``task:7``."""
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._awaited = tuple(awaited)
        self._start = start or BlockAnswer(reason="", waiting_for="", waiting_person=None)

    def fields(self) -> Iterable[Widget]:
        """Reason and for whom; then what it lacks, and whether all must meet at once."""
        start, words = self._start, self.words
        yield Field(words("Reason"), value=start.reason, id="reason")
        waiting = WaitingField(
            words, label=words("Waiting for"), id="waiting", people=self._awaited
        )
        waiting.begin(start.waiting_for, key=_key(start))
        yield waiting
        kinds = [Choice(key=one, label=block_kind_word(words, one)) for one in BlockKind]
        yield PickField(words("It lacks"), id="kind", choices=kinds, chosen=start.kind)
        urgency = (
            Choice(key="", label=words("can wait")),
            Choice(key="yes", label=words("critical: meet within two hours")),
        )
        chosen = "yes" if start.critical else ""
        yield PickField(words("Urgency"), id="critical", choices=urgency, chosen=chosen)

    def on_field_accepted(self) -> None:
        """Enter; from the reason it goes on to the next field."""
        waiting = self.query_one("#waiting", WaitingField)
        if self.query_one("#reason", Field).text and not waiting.text:
            self.set_focus(self.query_one("#waiting-input"))
            return
        self.accept()

    def value(self) -> BlockAnswer:
        """Reason, words, and whom of the team they mean."""
        waiting = self.query_one("#waiting", WaitingField)
        chosen = waiting.chosen
        kind, _, number = (chosen.key if chosen else "").rpartition(":")
        named = int(number) if number.isdigit() else None
        return BlockAnswer(
            reason=self.query_one("#reason", Field).text,
            waiting_for=chosen.label if chosen else waiting.text,
            waiting_person=PersonId(named) if named and not kind else None,
            waiting_department=DepartmentId(named) if named and kind == "department" else None,
            waiting_task=TaskId(named) if named and kind == "task" else None,
            kind=BlockKind(self.query_one("#kind", PickField).chosen),
            critical=bool(self.query_one("#critical", PickField).chosen),
        )

    def problem(self) -> str:
        """Whether something is missing."""
        answer = self.value()
        if not answer.reason:
            return self.words("Say why it cannot go on.")
        if not answer.waiting_for:
            return self.words("Say for whom or what it waits.")
        return ""


def _key(start: BlockAnswer) -> str:
    """Under which key whom it waits for stands among the choices."""
    if start.waiting_department is not None:
        return f"department:{start.waiting_department}"
    if start.waiting_task is not None:
        return f"task:{start.waiting_task}"
    return str(start.waiting_person or "")
