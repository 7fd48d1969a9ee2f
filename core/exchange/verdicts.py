"""What an import would change, and what it changed: values for a dry run and for its answer.

Codes and facts only; the interface owns the words. Doubts are those of the plan and, from holding
it against the store, ``STORE_DOUBT_CODES``:

``owner-assumed`` (work has begun and the file names nobody: the initiator, else who imports),
``name-shared`` (several members bear the name, so a placeholder is made), ``project-assumed``,
``process-kept`` and ``parent-kept`` (the task stays where it is), ``parent-unknown``,
``id-taken-here`` (the id is the key of another task, which has another title: the file's task
gets a new key and keeps its id as the foreign one), ``same-task`` (two rows mean one task; the
later is left out), ``done-needs-acceptance`` (only its acceptor finds work done: it goes to
review), ``deliverable-needed`` (nothing is handed over that could be accepted: it stays in
progress), ``own-done`` (who imports brings in their own work as done, which nobody accepted
here), ``state-kept``, ``owner-kept`` and ``progress-kept`` (the workflow has no such step,
or a column is full whose limit is hard), ``closed-kept`` (an archived or cancelled task stays as it
is; value: the fields that the row would change),
``text-cut`` (longer than the field may be; read as: the field), ``needs-unknown`` and
``needs-circle`` (a dependency that is left out: nothing has that id, or tasks would wait for each
other). Their cell is the whole row, such as ``4:4``, in JSON a path such as ``cards[3]``.
"""

from typing import Final

from core.domain.status import State
from core.exchange.planned import Doubt, Skipped
from core.records import dataclass

STORE_DOUBT_CODES: Final = frozenset(
    {
        "owner-assumed",
        "name-shared",
        "project-assumed",
        "process-kept",
        "parent-kept",
        "parent-unknown",
        "id-taken-here",
        "same-task",
        "done-needs-acceptance",
        "deliverable-needed",
        "own-done",
        "state-kept",
        "owner-kept",
        "progress-kept",
        "closed-kept",
        "text-cut",
        "needs-unknown",
        "needs-circle",
    }
)
"""Every code of a doubt that comes from holding a plan against the store."""

STORE_SKIP_CODES: Final = frozenset({"day-in-future"})
"""Every code of a row left out for what the store knows: an update of a day that is yet to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that the file would change; both values as text, days in ISO 8601."""

    field: str
    """A field of core.domain.task.Task, or ``blocked``, ``collaborators``, ``criteria``,
    ``deliverables``, ``letters`` (old: what goes, new: what comes)."""
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A stored task that the file tells anew."""

    sheet: str
    row: int
    key: str
    title: str
    """As stored."""
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Creation:
    """Something that is not stored yet."""

    kind: str
    """``task``, ``update``, ``sync-entry``, ``dependency`` or ``letters``."""
    sheet: str
    row: int
    id: str
    """Of the task, as the file has it; may be empty."""
    title: str
    """The task's title, the entry's topic, the id of the task that another waits for, or who is
    what to a task."""
    project: str
    """A project's key; may be empty."""
    state: State | None = None
    """Of tasks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMatch:
    """A name of the file that is known."""

    label: str
    handle: str
    placeholder: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """A project that would be made."""

    key: str
    name: str
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What applying a plan would do now. In the order of the file."""

    source: str
    creates: tuple[Creation, ...]
    changes: tuple[Change, ...]
    unchanged: int
    """Rows of tasks, updates, sync entries and nodes that the store has already."""
    skipped: tuple[Skipped, ...]
    doubts: tuple[Doubt, ...]
    people_new: tuple[str, ...]
    """Names that become placeholders."""
    people_matched: tuple[PersonMatch, ...]
    projects_new: tuple[NewProject, ...]
    work_types_new: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether applying would change nothing."""
        return not self.creates and not self.changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What an import did; given only after it is safely stored."""

    created: int
    """Tasks, updates, sync entries, dependencies, and letters of somebody who had none."""
    changed: int
    """Tasks."""
    unchanged: int
    skipped: int
    people: int
    """Placeholders that were made."""
    projects: int
    """Projects that were made."""
    doubts: tuple[Doubt, ...]
    first: int
    """Number of its first event; 0 if nothing changed."""
    last: int
    repeated: bool = False
    """True if this command id had been applied before; nothing happened now. ``unchanged``,
    ``people``, ``projects`` and ``doubts`` are then empty."""
