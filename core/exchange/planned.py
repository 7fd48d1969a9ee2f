"""What an import would do, as values: ready to be shown in a dry run and to be applied.

A plan knows nothing of the store. People and projects are labels, tasks are told apart by the
ids of the file; whether they exist already is settled when the plan is applied.
"""

from datetime import date
from typing import Final

from core.domain.status import Priority, State, SyncKind
from core.exchange.planned_duties import PlannedNode
from core.records import dataclass

DOUBT_CODES: Final = frozenset(
    {
        # days
        "date-cut",
        "date-unreadable",
        "date-ambiguous",
        "date-impossible",
        "date-out-of-range",
        "date-from-number",
        "year-assumed",
        "two-days",
        "end-of-period",
        "time-dropped",
        "due-before-start",
        # progress, status, priority, type
        "percent-ambiguous",
        "percent-from-fraction",
        "percent-rounded",
        "percent-out-of-range",
        "progress-text",
        "unknown-status",
        "blocked-without-reason",
        "delayed-without-reason",
        "done-awaiting-acceptance",
        "unknown-priority",
        "new-type",
        "kind-guessed",
        "empty-default",
        # contradictions
        "contradiction-100-with-next-plan",
        "contradiction-done-below-100",
        "contradiction-progress-note",
        "differs-between-sheets",
        # people and ids
        "owner-missing",
        "several-owners",
        "id-missing",
        "duplicate-id",
        "parent-circle",
        # text and cells
        "raw-control-character",
        "text-cut",
        "ditto-without-above",
        "formula-without-value",
        "cell-error",
        # boards of other programs
        "wrong-shape",
        "unknown-list",
        "closed-unfinished",
        "complete-elsewhere",
        "open-items-of-done",
        "label-as-priority",
        "label-as-type",
        "several-priorities",
        "person-unknown",
        "parent-unknown",
        "resolution-cancelled",
        "machine-dump",
        "comment-unparted",
        "day-order-told",
        "actions-cut",
        "columns-left-out",
        # sheets
        "hidden-sheet",
        "raci-without-a",
        "raci-several-a",
        "raci-without-r",
        "raci-unread",
    }
)
"""Every code that ``Doubt.code`` can have; the interface has a sentence for each."""

SKIP_CODES: Final = frozenset(
    {
        "not-imported-yet",
        "no-table",
        "empty-sheet",
        "row-without-title",
        "row-without-content",
        "duplicate-id",
        "repeated-heading",
        "recurring-parent",
        "card-unknown",
        "template-card",
    }
)
"""Every code that ``Skipped.code`` can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A cell that could be read in more than one way, or not at all."""

    sheet: str
    cell: str
    """Like ``B4``, in JSON a path such as ``cards[3].due``; empty if the doubt is about the sheet,
    or (``parent-circle``) about a task."""
    heading: str
    """The column's heading as written; for ``parent-circle`` the task's id."""
    value: str
    """What stands there, shortened to one line; not safe to draw unseen."""
    code: str
    """One of ``DOUBT_CODES``."""
    read_as: str = ""
    """What was made of it; empty if nothing was."""


def place(sheet: str, row: int | None) -> str:
    """Where a row stands, for people: ``Sheet1 4``; an item of a JSON list: ``cards[3]``."""
    if row is None:
        return sheet
    return f"{sheet[:-1]}{row}]" if sheet.endswith("[]") else f"{sheet} {row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A sheet, or a row of one, that nothing is made of."""

    sheet: str
    row: int | None = None
    """None if the whole sheet is skipped."""
    code: str
    """One of ``SKIP_CODES``."""
    fact: str = ""
    """The table's code in the requirements for ``not-imported-yet``, the id for a duplicate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTable:
    """A table that was recognised in a sheet."""

    sheet: str
    code: str
    """The table of the guides that it is most like: ``T1-1``."""
    header_row: int
    rows: int
    """Rows that something was made of."""
    unknown: tuple[str, ...]
    """Headings that mean nothing to duban; their cells are kept in ``PlannedTask.raw``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPerson:
    """A name of the file: a person, a mask such as ``*明``, or a role such as 客户对接人."""

    label: str
    masked: bool
    uses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedProject:
    """A project that the ids or a column of the file name."""

    key: str
    """Empty if only a name is known; a key is then to be made."""
    name: str
    """The process or project named by all its tasks, else the key."""
    pattern: str
    """In the notation of core.domain.ids; empty where no id tells it."""
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTask:
    """A task as the file tells it."""

    sheet: str
    """In JSON the list, such as ``cards[]``; see ``place``."""
    row: int
    external_id: str = ""
    """The id to the letter; empty if the file gives none."""
    parent_external_id: str = ""
    title: str
    description: str = ""
    project_key: str = ""
    project_name: str = ""
    goal: str = ""
    process: str = ""
    initiator: str = ""
    owner: str = ""
    acceptor: str = ""
    collaborators: tuple[str, ...] = ()
    type: str = ""
    priority: Priority = Priority.MEDIUM
    urgent: bool = False
    start_on: date | None = None
    due_on: date | None = None
    year_assumed: bool = False
    """The year of ``start_on`` and ``due_on`` is a guess: a stored task whose days are the same
    but for the year is not to be changed."""
    state: State = State.TODO
    status_note: str = ""
    progress: int | None = None
    blocked_reason: str | None = None
    """None if the task is not blocked; empty if it is and nobody wrote why."""
    waiting_for: str = ""
    delayed: bool = False
    delay_reason: str = ""
    expected_on: date | None = None
    """When a delayed task is now expected."""
    note: str = ""
    criteria: tuple[str, ...] = ()
    deliverables: tuple[str, ...] = ()
    risk_note: str = ""
    foreign: bool = False
    """Its id means nothing to people, and never becomes a key here."""
    implied: bool = False
    """Known only from its progress updates."""
    given: frozenset[str] = frozenset()
    """The fields above that the file states; all others are defaults, which must not overwrite
    what is stored."""
    raw: tuple[tuple[str, str], ...] = ()
    """(heading, text) of every written cell; headings may repeat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedUpdate:
    """A progress update (T1-2); its task is in the plan too, at least as an implied one."""

    sheet: str
    row: int
    task_external_id: str
    parent_external_id: str
    title: str
    person: str
    """Empty if the file names nobody."""
    on: date
    day_assumed: bool = False
    """The file gives no readable day; ``on`` is the day of the import."""
    progress: int | None = None
    done: str = ""
    next: str = ""
    problems: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSyncEntry:
    """A line of the sync log (T1-3)."""

    sheet: str
    row: int
    on: date
    day_assumed: bool = False
    """As in ``PlannedUpdate``."""
    topic: str
    content: str = ""
    kind: SyncKind = SyncKind.PROGRESS
    author: str = ""
    audience: tuple[str, ...] = ()
    """Groups and people, as written."""
    reference: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDependency:
    """One task that starts after another; both by the ids of the file."""

    sheet: str
    row: int
    task_external_id: str
    needs_external_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """All that a file holds, in the order of the file; nothing of it is stored yet."""

    source: str
    """The file's name."""
    tables: tuple[ReadTable, ...]
    tasks: tuple[PlannedTask, ...]
    """Parents before their subtasks, else as in the file; each id once."""
    updates: tuple[PlannedUpdate, ...]
    sync_entries: tuple[PlannedSyncEntry, ...]
    people: tuple[PlannedPerson, ...]
    projects: tuple[PlannedProject, ...]
    doubts: tuple[Doubt, ...]
    """By sheet and row, then by column."""
    skipped: tuple[Skipped, ...]
    dependencies: tuple[PlannedDependency, ...] = ()
    nodes: tuple[PlannedNode, ...] = ()
