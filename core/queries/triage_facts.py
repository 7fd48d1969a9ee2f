"""What somebody must know to decide about one item: a bounded number of statements."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from peewee import fn

from core.domain.ids import PersonId, TaskId
from core.domain.spells import BlockSpell
from core.domain.status import State
from core.domain.synclog import SyncEntry
from core.domain.timers import Target, Timer, TimerRule
from core.domain.trouble import UNRESOLVED, Extension, Issue, Nudge, RequestState
from core.queries.alert_timers import visible
from core.queries.board import CardRow, card, cards_by_id
from core.queries.dependents import needing
from core.queries.history import NEWEST, EventRow, events
from core.queries.visibility import may_see
from core.records import dataclass
from core.store import rows
from core.store.database import Store
from core.store.rhythm_tables import NudgeTable
from core.store.tables import PersonTable, TaskTable

Record = TypeVar("Record")
_SHOWN = 8
"""Of events, tasks, issues and questions: what stands beside a list is short."""
_OPEN = (State.TODO, State.DOING, State.REVIEW)


class Load(NamedTuple):
    """How much the owner has in hand, in all projects."""

    open: int
    doing: int
    overdue: int
    blocked: int


class About(NamedTuple):
    """What an item is about."""

    target: Target
    object: int
    task: TaskId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageFacts:
    """The facts beside an item."""

    card: CardRow | None
    """None where it is about no task; so are the facts of one."""
    load: Load | None
    """None without an owner."""
    needed_by: tuple[CardRow, ...]
    """Open tasks that cannot go on without it, by key; some of ``needed``."""
    needed: int
    kept_waiting: tuple[PersonId, ...]
    """Who owns them, other than the owner."""
    spell: BlockSpell | None
    """Why it is blocked."""
    nudges: int
    nudged: Nudge | None
    """The last nudge."""
    extension: Extension | None
    """The open one."""
    issues: tuple[Issue, ...]
    """Unresolved ones, newest first."""
    questions: tuple[SyncEntry, ...]
    """Those that nobody has answered and that the viewer may see, newest first."""
    timers: tuple[Timer, ...]
    """The limits that run and that the viewer may know of, soonest first."""
    events: tuple[EventRow, ...]
    """Newest first."""
    names: Mapping[PersonId, str]

    def name(self, person: PersonId | None) -> str:
        """A person's name; empty for nobody."""
        return self.names.get(person, "") if person is not None else ""


def facts(store: Store, about: About, *, viewer: PersonId | None, now: datetime) -> TriageFacts:
    """The facts at ``now``; some twenty statements, whatever the store holds."""
    task = about.task
    found = card(store, task) if task is not None else None
    needed = needing(store, (task,)).get(task) if task is not None else None
    timers = _timers(store, about, viewer)
    nudges, nudged = _nudges(store, task)
    kept = (needed.owners if needed else frozenset()) - {found.owner if found else None}
    told = TriageFacts(
        card=found,
        load=_load(store, found.owner, now=now) if found and found.owner else None,
        needed_by=cards_by_id(store, needed.tasks[:_SHOWN]) if needed else (),
        needed=len(needed.tasks) if needed else 0,
        kept_waiting=tuple(sorted(kept)),
        spell=_last(_of(store, BlockSpell, task=task, ended=None)) if task else None,
        nudges=nudges,
        nudged=nudged,
        extension=_last(_of(store, Extension, task=task, state=RequestState.ASKED))
        if task
        else None,
        issues=_issues(store, about),
        questions=_questions(store, timers, viewer),
        timers=timers,
        events=_events(store, task),
        names={},
    )
    return _named(store, told)


def _of(store: Store, kind: type[Record], *conditions: Any, **named: Any) -> tuple[Record, ...]:
    """Records with these values that fit, newest first."""
    form = rows.shape(kind)
    columns = rows.fields_of(form.table)
    query = form.table.select(*form.columns).order_by(columns["id"].desc()).limit(_SHOWN)
    query = query.where(*conditions) if conditions else query
    for name, value in named.items():
        column = columns[name]
        query = query.where(column.is_null() if value is None else column == value)
    return tuple(rows.record(kind, row) for row in store.rows(query))


def _last(found: tuple[Record, ...]) -> Record | None:
    return found[0] if found else None


def _timers(store: Store, about: About, viewer: PersonId | None) -> tuple[Timer, ...]:
    """None about a sync entry that the viewer may not see (R95)."""
    named: dict[str, Any] = {"target": about.target, "object": about.object}
    if about.task is not None:
        named = {"task": about.task}
    found = _of(store, Timer, visible(viewer), ended=None, **named)
    return tuple(sorted(found, key=lambda one: (one.due, one.id)))


def _issues(store: Store, about: About) -> tuple[Issue, ...]:
    if about.task is not None:
        found = _of(store, Issue, task=about.task)
    elif about.target is Target.ISSUE:
        found = _of(store, Issue, id=about.object)
    else:
        return ()
    return tuple(one for one in found if one.state in UNRESOLVED)


def _questions(
    store: Store, timers: Iterable[Timer], viewer: PersonId | None
) -> tuple[SyncEntry, ...]:
    asked = [one.object for one in timers if one.rule is TimerRule.QUESTION]
    if not asked:
        return ()
    form = rows.shape(SyncEntry)
    query = form.table.select(*form.columns).where(form.table.id.in_(asked) & may_see(viewer))
    found = store.rows(query.order_by(form.table.id.desc()))
    return tuple(rows.record(SyncEntry, row) for row in found)


def _nudges(store: Store, task: TaskId | None) -> tuple[int, Nudge | None]:
    if task is None:
        return 0, None
    count = store.value(NudgeTable.select(fn.COUNT(NudgeTable.id)).where(NudgeTable.task == task))
    return int(count or 0), _last(_of(store, Nudge, task=task)) if count else None


def _load(store: Store, owner: PersonId, *, now: datetime) -> Load:
    """One statement over the owner's open tasks."""
    table: Any = TaskTable
    counted = (
        fn.COUNT(table.id),
        fn.COUNT(table.id).filter(table.state == State.DOING),
        fn.COUNT(table.id).filter(table.due < now),
        fn.COUNT(table.id).filter(table.blocked_since.is_null(False)),
    )
    query = table.select(*counted).where((table.owner == owner) & table.state.in_(_OPEN))
    return Load(*map(int, store.row(query) or (0, 0, 0, 0)))


def _events(store: Store, task: TaskId | None) -> tuple[EventRow, ...]:
    """The last of them; what happened to a restricted entry is told to nobody."""
    return () if task is None else events(store, before=NEWEST, limit=_SHOWN, task=task)


def _named(store: Store, told: TriageFacts) -> TriageFacts:
    """With the names of everybody it speaks of."""
    from core.records import replace

    wanted: set[PersonId | None] = {*told.kept_waiting}
    if told.spell:
        wanted |= {told.spell.waiting_person, told.spell.started_by}
    if told.nudged:
        wanted |= {told.nudged.person, told.nudged.by}
    if told.extension:
        wanted.add(told.extension.asked_by)
    for issue in told.issues:
        wanted |= {issue.reporter, issue.handler}
    for question in told.questions:
        wanted |= {question.author, question.asks}
    wanted |= {timer.person for timer in told.timers}
    numbers = sorted(one for one in wanted if one is not None)
    query = PersonTable.select(PersonTable.id, PersonTable.name).where(PersonTable.id.in_(numbers))
    return replace(told, names=dict(store.rows(query)) if numbers else {})
