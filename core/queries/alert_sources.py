"""Which tasks can need attention: conditions that indexes answer, for one viewer.

They select with the limits of a ``Horizon``; the rules of core.policies.rules decide. The tasks
about which a limit runs are selected apart, by core.queries.alert_timers.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from peewee import Case, fn

from core.domain.ids import PersonId, ProjectId
from core.domain.status import Priority, State
from core.policies.alerts import WATCHED
from core.policies.deadlines import Cadence
from core.policies.rules import PLACE
from core.queries.horizons import Group
from core.queries.ladders import Ladders
from core.store import prepared
from core.store.database import Store
from core.store.part_tables import CollaboratorTable
from core.store.tables import PersonTable, ProjectTable, TaskTable
from core.store.told_tables import BlockTable

Scope = Literal["mine", "team", "all"]
"""Mine: what I own, support, must accept, hold up or must act on. Team: that, the projects of my
department or that I lead, and what its members own. Without a viewer both are empty."""


class Question(NamedTuple):
    """Who looks at what."""

    viewer: PersonId | None
    scope: Scope
    project: ProjectId | None

    @property
    def folds(self) -> bool:
        """Whether missing news of a project is one line (D17)."""
        return self.scope != "mine"


Condition = Any
"""What peewee makes of comparing columns; it has no type of its own."""

_TASK: Any = TaskTable
HELD = (
    *("overdue", "blocked-long", "acceptance-late", "blocked-by-you"),
    *("acceptance", "due-soon", "blocked", "update-missing"),
)
"""The rules that conditions tell apart, worst first; ``due-soon`` stands for ``at-risk`` too,
which is as bad, and of which only the rule itself can tell."""
PLACES = tuple(PLACE[rule] for rule in HELD)


class Shape(NamedTuple):
    """All that the words of the conditions depend on; what is left are values."""

    scope: Scope
    viewer: bool
    """Whether there is one."""
    homes: int
    """How many projects; so are the next three."""
    led: int
    headed: int
    managed: int
    cadence: Cadence | None


class Mark:
    """Values that stand for others in a query whose text is worked out once.

    No row holds them: instants of 1971, numbers below zero. See core.store.prepared.
    """

    NOW, SOON, DAY_AGO, TODAY_ENDS = (datetime(1971, 1, day, tzinfo=UTC) for day in range(1, 5))
    STALE: Final = {
        cadence: datetime(1971, 2, day, tzinfo=UTC) for day, cadence in enumerate(Cadence, 1)
    }
    VIEWER = PersonId(-1)
    HOMES, LED, HEADED, MANAGED = (-100_000 * place for place in range(1, 5))


class View:
    """One viewer's look at the projects of one calendar: the values of the conditions."""

    def __init__(self, group: Group, question: Question, ladders: Ladders) -> None:
        self.group = group
        self.at = group.horizon
        self.homes = {one.id: one for one in group.projects}
        self.question = question
        viewer = question.viewer
        personal = viewer is not None and question.scope != "all"
        rungs = {one.id: ladders.of(one, group) for one in group.projects} if personal else {}
        self.led = tuple(one.id for one in group.projects if viewer and one.acceptor == viewer)
        """Projects that the viewer leads, in the department's place where none is named."""
        headed = tuple(number for number, rung in rungs.items() if rung.head == viewer)
        managed = tuple(number for number, rung in rungs.items() if rung.manager == viewer)
        self.department = ladders.department(viewer) if question.scope == "team" else None
        lists = (tuple(self.homes), self.led, headed, managed)
        self.shape = Shape(
            scope=question.scope,
            viewer=viewer is not None,
            homes=len(self.homes),
            led=len(self.led),
            headed=len(headed),
            managed=len(managed),
            cadence=group.horizon.cadence,
        )
        self.conditions = _conditions(self.shape)
        self.given = self._given(lists)

    def _given(self, lists: Sequence[Sequence[int]]) -> dict[Any, Any]:
        at, stored = self.at, TaskTable.due.db_value
        instants = {Mark.NOW: at.now, Mark.SOON: at.soon, Mark.DAY_AGO: at.day_ago}
        instants[Mark.TODAY_ENDS] = at.today_ends
        instants |= {mark: at.stale[cadence] for cadence, mark in Mark.STALE.items()}
        given = {stored(mark): stored(instant) for mark, instant in instants.items()}
        given[Mark.VIEWER] = self.question.viewer
        for mark, numbers in zip(
            (Mark.HOMES, Mark.LED, Mark.HEADED, Mark.MANAGED), lists, strict=True
        ):
            given |= {mark - place: number for place, number in enumerate(numbers)}
        return given

    @property
    def known_team(self) -> tuple[ProjectId, ...]:
        """The projects of the viewer's department; none unless the scope is the team's."""
        own = self.department
        return tuple(one.id for one in self.homes.values() if own and one.department == own)

    def asked(
        self, store: Store, name: Hashable, write: Callable[[], Any]
    ) -> list[tuple[Any, ...]]:
        """The rows of a query with marks; ``name`` and the shape are all that it depends on."""
        return prepared.rows(store, (name, self.shape), write, self.given)

    def rows(self, store: Store, query: Any) -> list[tuple[Any, ...]]:
        """The rows of a query with marks that is like no other."""
        text, values = store.database.get_sql_context().sql(query).query()
        store.settle()
        found: list[tuple[Any, ...]] = store.sql(
            text, [self.given.get(value, value) for value in values]
        ).fetchall()
        return found


@lru_cache(maxsize=64)
def _conditions(shape: Shape) -> "Conditions":
    return Conditions(shape)


class Conditions:
    """The conditions of views of one shape, with marks."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        lists = zip((Mark.HOMES, Mark.LED, Mark.HEADED, Mark.MANAGED), shape[2:6], strict=True)
        marks = [[mark - place for place in range(count)] for mark, count in lists]
        self.homes, self.led, self.headed, self.managed = marks
        """Projects: all, that the viewer leads, in which they act on level 1, and on level 2."""
        self.mine_to_accept = self._accepts() if shape.viewer else None
        self.waits_for_me = _TASK.id.in_(_held_up_by(Mark.VIEWER)) if shape.viewer else None
        self.sources = tuple(self._sources())
        """An index answers each, and no two of them hold for the same task."""

    def _accepts(self) -> Condition:
        named = _TASK.acceptor == Mark.VIEWER
        return named | (_TASK.acceptor.is_null() & _TASK.project.in_(self.led))

    def _sources(self) -> Iterator[Condition]:
        within = self.within()
        if within is None:
            return
        plain = (_TASK.timers == 0) & within
        far = _TASK.due.is_null() | (_TASK.due > Mark.SOON)
        free = far & _TASK.blocked_since.is_null() & _TASK.closed.is_null()
        yield watched() & (_TASK.due <= Mark.SOON) & plain
        yield watched() & _TASK.blocked_since.is_null(False) & far & plain
        if self.shape.viewer:
            submitted = (_TASK.state == State.REVIEW) & _TASK.submitted.is_null(False)
            yield submitted & (_TASK.acceptor == Mark.VIEWER) & free & plain
            if self.led:
                by_position = _TASK.acceptor.is_null() & _TASK.project.in_(self.led)
                yield submitted & by_position & free & plain
        for stale in self._stale():
            yield (_TASK.state == State.DOING) & stale & free & plain

    def _stale(self) -> Iterator[Condition]:
        """News is missing; each in a shape that the index of news answers."""
        for urgent, priorities, cadence in _PACES:
            owed = (_TASK.urgent == urgent) & _TASK.priority.in_(priorities)
            yield owed & (_TASK.updated < Mark.STALE[self.shape.cadence or cadence])

    def within(self, *, besides: Condition = None) -> Condition:
        """The projects of this calendar, and the scope; None where nothing can be in it.

        ``besides``: what else makes a task mine.
        """
        here, scope, viewer = _TASK.project.in_(self.homes), self.shape.scope, Mark.VIEWER
        if scope == "all":
            return here
        if not self.shape.viewer:
            return None
        own = (_TASK.owner == viewer) | _TASK.id.in_(_supported_by(viewer)) | self.waits_for_me
        own |= (_TASK.state == State.REVIEW) & self.mine_to_accept
        if self.headed:
            long = _TASK.blocked_since <= Mark.DAY_AGO
            own |= _TASK.project.in_(self.headed) & long & watched()
        if besides is not None:
            own |= besides
        # Wrapped, so that no index of people is preferred to the one of the source.
        return here & fn.COALESCE(own if scope == "mine" else own | self._of_team(), False)

    def _of_team(self) -> Condition:
        return _TASK.project.in_(team_projects()) | _TASK.owner.in_(colleagues())

    def rule(self, results: Sequence[Any], *, nothing: Any = None) -> Condition:
        """The result that stands in the place of a task's worst rule, in the order of ``HELD``.

        For a task of a source; ``nothing`` for any task for which no rule may hold.
        """
        never = _TASK.id.is_null()
        review = (_TASK.state == State.REVIEW) & _TASK.submitted.is_null(False)
        accept = never if self.mine_to_accept is None else review & self.mine_to_accept
        waits = never if self.waits_for_me is None else self.waits_for_me
        blocked = _TASK.blocked_since.is_null(False)
        held = [
            _TASK.due < Mark.NOW,
            _TASK.blocked_since <= Mark.DAY_AGO,
            accept & (_TASK.submitted <= Mark.DAY_AGO),
            waits & blocked,
            accept,
            _TASK.due <= Mark.SOON,
            blocked,
        ]
        if nothing is None:
            return Case(None, tuple(zip(held, results, strict=False)), results[-1])
        silent = never
        for stale in self._stale():
            silent |= stale
        held.append((_TASK.state == State.DOING) & silent)
        worst = Case(None, tuple(zip(held, results, strict=True)), nothing)
        return Case(None, ((watched(), worst),), nothing)


def watched() -> Condition:
    """Whether a task is in a state in which it can need attention."""
    others = [state for state in State if state not in WATCHED]
    return _TASK.closed.is_null() & _TASK.state.not_in(others)


_PACES = (
    (True, tuple(Priority), Cadence.REALTIME),
    (False, (Priority.HIGH,), Cadence.DAILY),
    (False, (Priority.MEDIUM, Priority.LOW), Cadence.WEEKLY),
)
"""Whose news is owed how often, as core.policies.deadlines.cadence_for says."""


def team_projects() -> Condition:
    """The projects of the viewer's department or that they lead."""
    me = PersonTable.alias("me")
    department = me.select(me.department).where(me.id == Mark.VIEWER)
    theirs = (ProjectTable.lead == Mark.VIEWER) | ProjectTable.department.in_(department)
    return ProjectTable.select(ProjectTable.id).where(theirs)


def colleagues() -> Condition:
    """The members of the viewer's department."""
    me, colleague = PersonTable.alias("me"), PersonTable.alias("colleague")
    department = me.select(me.department).where(me.id == Mark.VIEWER)
    return colleague.select(colleague.id).where(colleague.department.in_(department))


def _held_up_by(viewer: PersonId) -> Condition:
    open_spell = (BlockTable.waiting_person == viewer) & BlockTable.ended.is_null()
    return BlockTable.select(BlockTable.task).where(open_spell)


def _supported_by(viewer: PersonId) -> Condition:
    table = CollaboratorTable
    return table.select(table.task).where(table.person == viewer)
