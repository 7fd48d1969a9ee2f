"""Which tasks can need attention: conditions that indexes answer, for one viewer.

They select with the limits of a ``Horizon``; the rules of core.policies.rules decide. The tasks
about which a limit runs are selected apart, by core.queries.alert_timers.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any, Final, Literal, NamedTuple

from peewee import Case, fn

from core.domain.ids import PersonId, ProjectId
from core.domain.status import State
from core.policies.alerts import WATCHED
from core.policies.clocks import local_day
from core.policies.deadlines import Cadence
from core.policies.rules import PLACE
from core.queries.alert_marks import PACES, TODAY, Mark
from core.queries.alert_people import (
    absent,
    colleagues,
    held_up_by,
    supported_by,
    team_projects,
)
from core.queries.by_ids import given_ids
from core.queries.horizons import Group
from core.queries.ladders import Ladders
from core.store import prepared
from core.store.database import Store
from core.store.tables import TaskTable

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
SILENT: Final = "update-missing"
_ACCEPTANCE: Final = ("acceptance-late", "acceptance")
_BEFORE_SOON: Final = ("blocked-long", "acceptance-late", "blocked-by-you", "acceptance")


class Source(NamedTuple):
    """Some of the tasks about which no limit runs."""

    where: Condition
    """An index answers it, and no other source holds the same task."""
    held: tuple[str, ...]
    """The rules that can be the worst of its tasks, worst first; one of them is."""

    @property
    def places(self) -> dict[str, int]:
        """The place of each of these rules in the table."""
        return {rule: PLACE[rule] for rule in self.held}


class Shape(NamedTuple):
    """All that the words of the conditions depend on; what is left are values."""

    scope: Scope
    viewer: bool
    """Whether there is one."""
    homes: int
    """How many projects; so are the next five."""
    led: int
    headed: int
    managed: int
    seated: int
    standing: int
    cadence: Cadence | None


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
        seated, standing = ladders.accepts_in(group, viewer)
        lists = (tuple(self.homes), self.led, headed, managed, seated, standing)
        self.shape = Shape(
            scope=question.scope,
            viewer=viewer is not None,
            homes=len(self.homes),
            led=len(self.led),
            headed=len(headed),
            managed=len(managed),
            seated=len(seated),
            standing=len(standing),
            cadence=group.horizon.cadence,
        )
        self.conditions = _conditions(self.shape)
        self.given = self._given(lists)

    def _given(self, lists: Sequence[Sequence[int]]) -> dict[Any, Any]:
        at, stored = self.at, TaskTable.due.db_value
        instants = {Mark.NOW: at.now, Mark.SOON: at.soon, Mark.DAY_AGO: at.day_ago}
        instants[Mark.TODAY_ENDS] = at.today_ends
        instants |= {mark: at.stale[cadence] for cadence, mark in Mark.STALE.items()}
        given: dict[Any, Any] = {
            stored(mark): stored(instant) for mark, instant in instants.items()
        }
        given[Mark.VIEWER] = self.question.viewer
        given[TODAY] = local_day(at.now, at.calendar).isoformat()
        for mark, numbers in zip(Mark.LISTS, lists, strict=True):
            given |= {mark - place: number for place, number in enumerate(numbers)}
        return given

    @property
    def known_team(self) -> tuple[ProjectId, ...]:
        """The projects of the viewer's department; none unless the scope is the team's."""
        own = self.department
        return tuple(one.id for one in self.homes.values() if own and one.department == own)

    def asked(
        self,
        store: Store,
        name: Hashable,
        write: Callable[[], Any],
        *,
        ids: Sequence[int] | None = None,
    ) -> list[tuple[Any, ...]]:
        """The rows of a query with marks; ``name`` and the shape are all that it depends on.

        ``ids`` stand for the mark of core.queries.by_ids.
        """
        given = self.given if ids is None else self.given | given_ids(store, ids)
        return prepared.rows(store, (name, self.shape), write, given)

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
        self.viewer = Mark.VIEWER if shape.viewer else None
        lists = zip(Mark.LISTS, shape[2:8], strict=True)
        marks = [[mark - place for place in range(count)] for mark, count in lists]
        self.homes, self.led, self.headed, self.managed, self.seated, self.standing = marks
        """Projects: all, that the viewer leads, in which they act on level 1, on level 2, in which
        they accept by position, and in which they stand in for acceptors who are not there."""
        self.mine_to_accept = self._accepts() if shape.viewer else None
        self.waits_for_me = _TASK.id.in_(held_up_by(Mark.VIEWER)) if shape.viewer else None
        self.sources = tuple(self._sources())

    def _accepts(self) -> Condition:
        named = _TASK.acceptor == Mark.VIEWER
        found = named | (_TASK.acceptor.is_null() & _TASK.project.in_(self.seated))
        return found | self._in_place() if self.standing else found

    def _in_place(self) -> Condition:
        other = _TASK.acceptor.in_(absent(Mark.TODAY)) & (_TASK.acceptor != Mark.VIEWER)
        return fn.COALESCE(other & _TASK.project.in_(self.standing), False)

    def _sources(self) -> Iterator[Source]:
        within = self.within()
        if within is None:
            return
        plain = (_TASK.timers == 0) & within
        far = _TASK.due.is_null() | (_TASK.due > Mark.SOON)
        soon = (_TASK.due >= Mark.NOW) & (_TASK.due <= Mark.SOON)
        blocked = _TASK.blocked_since.is_null(False) & far
        worse = _BEFORE_SOON if self.shape.viewer else ("blocked-long",)
        yield Source(watched() & (_TASK.due < Mark.NOW) & plain, ("overdue",))
        yield Source(watched() & soon & plain, (*worse, "due-soon"))
        yield Source(watched() & blocked & plain, (*worse, "blocked"))
        free = far & _TASK.blocked_since.is_null() & _TASK.closed.is_null() & plain
        if self.shape.viewer:
            # Wrapped, so that the index of acceptors is preferred to those of states.
            review = fn.COALESCE(_TASK.state, "") == State.REVIEW
            submitted = review & _TASK.submitted.is_null(False) & free
            yield Source(submitted & (_TASK.acceptor == Mark.VIEWER), _ACCEPTANCE)
            if self.seated:
                by_position = _TASK.acceptor.is_null() & _TASK.project.in_(self.seated)
                yield Source(submitted & by_position, _ACCEPTANCE)
            if self.standing:
                yield Source(submitted & self._in_place(), _ACCEPTANCE)
        for stale in self._stale():
            yield Source((_TASK.state == State.DOING) & stale & free, (SILENT,))

    def _stale(self) -> Iterator[Condition]:
        """News is missing; each in a shape that the index of news answers."""
        for urgent, priorities, cadence in PACES:
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
        own = (_TASK.owner == viewer) | _TASK.id.in_(supported_by(viewer)) | self.waits_for_me
        own |= (_TASK.state == State.REVIEW) & self.mine_to_accept
        if self.headed:
            long = _TASK.blocked_since <= Mark.DAY_AGO
            own |= _TASK.project.in_(self.headed) & long & watched()
        if besides is not None:
            own |= besides
        # Wrapped, so that no index of people is preferred to the one of the source.
        return here & fn.COALESCE(own if scope == "mine" else own | self._of_team(), False)

    def _of_team(self) -> Condition:
        viewer = Mark.VIEWER
        return _TASK.project.in_(team_projects(viewer)) | _TASK.owner.in_(colleagues(viewer))

    def worst(self, results: Mapping[str, Any]) -> Condition:
        """The result for a task's worst rule, of those in ``results``: one of them holds."""
        *others, last = results
        if not others:
            return results[last]
        held = self._holding()
        return Case(None, tuple((held[rule], results[rule]) for rule in others), results[last])

    def worst_of_any(self, results: Mapping[str, Any], *, nothing: Any) -> Condition:
        """The same of any task; ``nothing`` where none of the rules holds."""
        held = self._holding()
        worst = Case(None, tuple((held[rule], result) for rule, result in results.items()), nothing)
        return Case(None, ((watched(), worst),), nothing)

    def _holding(self) -> dict[str, Condition]:
        """When each rule holds for a task that is watched, unless a worse one does."""
        never = _TASK.id.is_null()
        review = (_TASK.state == State.REVIEW) & _TASK.submitted.is_null(False)
        accept = never if self.mine_to_accept is None else review & self.mine_to_accept
        waits = never if self.waits_for_me is None else self.waits_for_me
        blocked = _TASK.blocked_since.is_null(False)
        silent = reduce(or_, self._stale())
        held = (
            _TASK.due < Mark.NOW,
            _TASK.blocked_since <= Mark.DAY_AGO,
            accept & (_TASK.submitted <= Mark.DAY_AGO),
            waits & blocked,
            accept,
            _TASK.due <= Mark.SOON,
            blocked,
            (_TASK.state == State.DOING) & silent,
        )
        return dict(zip(HELD, held, strict=True))


def watched() -> Condition:
    """Whether a task is in a state in which it can need attention."""
    others = [state for state in State if state not in WATCHED]
    return _TASK.closed.is_null() & _TASK.state.not_in(others)
