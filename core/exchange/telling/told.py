"""What a table's cells say of a stored task: written on export, held against cells on import.

A cell that says what our own export would say there changes nothing. So a table that tells less
than the store knows (a status is one word, a due one day) never spoils what it does not tell.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from core.domain.departments import Department
from core.domain.ids import ProjectId
from core.domain.parts import Collaborator, Deliverable
from core.domain.people import Project
from core.domain.progress import ProgressUpdate
from core.domain.status import Priority, State, SyncKind, progress_shown
from core.domain.synclog import SyncEntry
from core.domain.task import Task
from core.exchange.reading.parse import read_sync_kind, without_kind
from core.exchange.reading.words import Status, read_status
from core.exchange.tables import Field
from core.exchange.telling.names import Names
from core.policies.calendar import WorkCalendar
from core.policies.clocks import due_day
from core.queries.exporting import Dossier

NOT_SAID: Final = "—"
"""Stands where the store wants words and the file has none; never written to a table."""

STATE_WORDS: Final = {
    State.DRAFT: "草稿",
    State.TODO: "未开始",
    State.DOING: "进行中",
    State.REVIEW: "待验收",
    State.DONE: "已完成",
    State.ARCHIVED: "已归档",
    State.CANCELLED: "已取消",
}
BLOCKED_WORD: Final = "阻塞"
DELAYED_WORD: Final = "延迟"
PRIORITY_WORDS: Final = {Priority.HIGH: "高", Priority.MEDIUM: "中", Priority.LOW: "低"}
KIND_WORDS: Final = {
    SyncKind.PROGRESS: "进展",
    SyncKind.PROBLEM: "问题",
    SyncKind.DECISION: "决议",
}
CRITERIA_LABEL: Final = "验收标准"
_OVERLAID: Final = frozenset({State.DRAFT, State.TODO, State.DOING})
"""States whose word gives way to 阻塞 and 延迟."""


class Teller:
    """Tells of tasks in a table's words."""

    def __init__(
        self,
        *,
        names: Names,
        projects: Mapping[ProjectId, Project],
        calendars: Mapping[ProjectId, WorkCalendar],
        departments: Mapping[int, Department],
    ) -> None:
        self.names = names
        self.projects = projects
        self._calendars = calendars
        self._departments = departments

    def cell(self, field: Field, file: Dossier) -> str:
        """The cell of ``field``; empty for what tables of tasks do not tell."""
        return _CELLS[field](self, file) if field in _CELLS else ""

    def goal(self, file: Dossier) -> str:
        """What the task is for: its own value, else its project's goal."""
        return _line(file.task.value) or _line(self.projects[file.task.project].goal)

    def process(self, file: Dossier) -> str:
        """The process or project it belongs to."""
        return self.projects[file.task.project].name

    def due(self, task: Task) -> date | None:
        """The day of its due, in its project's time zone."""
        return self.day(task.due, task.project)

    def day(self, instant: datetime | None, project: ProjectId) -> date | None:
        """The day that a due of ``project`` belongs to."""
        return None if instant is None else due_day(instant, self._calendars[project])

    def period(self, file: Dossier) -> str:
        """Start and due as one cell."""
        start, due = file.task.start, self.due(file.task)
        if start is None:
            return iso(due)
        return f"{start.isoformat()}至{iso(due)}"

    def collaborator(self, one: Collaborator) -> str:
        """Who or what supports."""
        if one.person is not None:
            return self.names.told(one.person)
        department = self._departments.get(one.department or 0)
        return department.name if department else one.label

    def collaborators(self, file: Dossier) -> tuple[str, ...]:
        """Who supports, each once, without the owner."""
        told = (self.collaborator(one) for one in file.collaborators)
        owner = self.names.told(file.task.owner)
        return tuple(dict.fromkeys(label for label in told if label != owner))

    def status(self, file: Dossier) -> str:
        """One word by the precedence of the requirements, with its note: ``阻塞:等待接口``."""
        word, note = self._status(file)
        text = f"{word}:{note}" if note and note != NOT_SAID else word
        return text if _kinds(text) == _kinds(word) else word

    def _status(self, file: Dossier) -> tuple[str, str]:
        task = file.task
        if task.state in _OVERLAID and file.spell is not None:
            return BLOCKED_WORD, file.spell.reason
        if task.state in _OVERLAID and task.delay_reason:
            return DELAYED_WORD, task.delay_reason
        return STATE_WORDS[task.state], task.status_note

    def read_status(self, file: Dossier) -> Status:
        """What reading the status cell gives back."""
        return read_status(self.status(file)).value


def _kinds(text: str) -> tuple[State, bool, bool]:
    """What a status cell means, without its note."""
    read = read_status(text).value
    return read.state, read.blocked, read.delayed


def iso(day: date | None) -> str:
    """``day`` as the tables write it; empty for none."""
    return "" if day is None else day.isoformat()


def _line(text: str) -> str:
    return " ".join(text.split())


def work(one: Deliverable) -> str:
    """A deliverable with its edition."""
    return one.name if one.edition in one.name else f"{one.name}{one.edition}"


def works(file: Dossier) -> str:
    """The deliverables as one cell."""
    return "、".join(dict.fromkeys(work(one) for one in file.deliverables))


def note(file: Dossier) -> str:
    """The note, with the criteria that it does not name itself."""
    own = file.task.note
    if not file.criteria or CRITERIA_LABEL in own:
        return own
    named = f"{CRITERIA_LABEL}:{';'.join(one.text for one in file.criteria)}"
    return f"{own}\n{named}" if own else named


def percent(progress: int) -> str:
    """Progress as T1-2 writes it, without a sign; 1 alone could mean all."""
    return "1%" if progress == 1 else str(progress)


def problems(update: ProgressUpdate) -> str:
    """Problems and the support that is needed, which share a column."""
    return "\n".join(text for text in (update.problems, update.support) if text)


def content(entry: SyncEntry) -> str:
    """What a sync entry says; its kind goes before it where it could not be guessed."""
    guessed = read_sync_kind("", topic=entry.topic, content=entry.content).value
    unlabelled = without_kind(entry.content) == entry.content
    if entry.kind not in KIND_WORDS or (guessed is entry.kind and unlabelled):
        return entry.content
    return f"{KIND_WORDS[entry.kind]}:{entry.content}"


def progress_of(task: Task) -> int:
    """The percent that tables tell."""
    return progress_shown(task.state, task.progress, before=task.before)


_CELLS: Final[Mapping[Field, Callable[[Teller, Dossier], str]]] = {
    Field.TITLE: lambda _, file: file.task.title,
    Field.DESCRIPTION: lambda _, file: file.task.description,
    Field.GOAL: Teller.goal,
    Field.PROCESS: Teller.process,
    Field.INITIATOR: lambda teller, file: teller.names.told(file.task.initiator),
    Field.OWNER: lambda teller, file: teller.names.told(file.task.owner),
    Field.ACCEPTOR: lambda teller, file: teller.names.told(file.task.acceptor),
    Field.COLLABORATORS: lambda teller, file: "、".join(teller.collaborators(file)),
    Field.TYPE: lambda _, file: file.task.type,
    Field.PRIORITY: lambda _, file: PRIORITY_WORDS[file.task.priority],
    Field.DUE: lambda teller, file: iso(teller.due(file.task)),
    Field.PERIOD: Teller.period,
    Field.STATUS: Teller.status,
    Field.PROGRESS: lambda _, file: f"{progress_of(file.task)}%",
    Field.DELIVERABLES: lambda _, file: works(file),
    Field.RISK: lambda _, file: file.task.risk_note,
    Field.NOTE: lambda _, file: note(file),
}
