"""What a row of a file changes of a stored task, field by field."""

from dataclasses import field
from datetime import date
from functools import lru_cache
from typing import Final

from core.commands.editing import Setting
from core.domain.ids import PartId
from core.domain.status import State
from core.exchange.planned import PlannedTask
from core.exchange.reading import clean
from core.exchange.reading.heading_words import WORDS, normal
from core.exchange.tables import Field, TableKind
from core.exchange.telling.told import NOT_SAID
from core.exchange.verdicts import Difference
from core.queries.exporting import Dossier
from core.records import dataclass

TYPE_LIMIT: Final = 64


def line(text: str) -> str:
    """``text`` as a one-line field keeps it."""
    return clean.line(text).value


def work_type(task: PlannedTask) -> str:
    """The label of its type as the store keeps it."""
    return clean.line(task.type, limit=TYPE_LIMIT).value


@lru_cache(maxsize=1024)
def _field(heading: str) -> Field | None:
    return WORDS[TableKind.TASKS].get(normal(heading))


def states(task: PlannedTask, wanted: Field) -> bool:
    """Whether the file has something written in a column of ``wanted`` for ``task``."""
    return any(_field(heading) is wanted for heading, _ in task.raw)


@dataclass(slots=True, kw_only=True)
class Revision:
    """What a row changes of a task, ready to be made into commands."""

    planned: PlannedTask
    file: Dossier
    settings: list[Setting] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    """Labels of the new initiator, owner and acceptor, by field."""
    moves: list[State] = field(default_factory=list)
    """States to go through, one after the other."""
    cancel: bool = False
    archive: bool = False
    block: tuple[str, str] | None = None
    """Reason and what it waits for, of a new spell."""
    unblock: bool = False
    helpers: list[str] = field(default_factory=list)
    gone: list[PartId] = field(default_factory=list)
    criteria: list[str] = field(default_factory=list)
    deliverables: list[str] = field(default_factory=list)
    progress: int | None = None
    external_id: str = ""
    """The file's id, for a task made here that has no foreign one yet."""
    differences: list[Difference] = field(default_factory=list)
    doubts: list[tuple[str, str, str]] = field(default_factory=list)
    """Code, value of the file, and how it was read."""

    def note(self, name: str, old: object, new: object) -> None:
        """Add a difference."""
        self.differences.append(Difference(field=name, old=_shown(old), new=_shown(new)))

    def set(self, name: str, value: object) -> None:
        """Set a field if that changes it."""
        seen = getattr(self.file.task, name)
        if seen != value:
            self.settings.append(Setting(name, seen, value))
            self.note(name, seen, value)


def _shown(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def block_words(planned: PlannedTask) -> tuple[str, str]:
    """Reason and what it waits for, both never empty."""
    reason = planned.blocked_reason or planned.note or NOT_SAID
    waiting = line(planned.waiting_for) or line(reason) or NOT_SAID
    return reason, waiting
