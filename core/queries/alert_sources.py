"""Which tasks can need attention: conditions that indexes answer, for one viewer.

They select with the limits of a ``Horizon``; the rules of core.policies.alerts decide.
"""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from peewee import Case, fn

from core.domain.ids import PersonId, ProjectId
from core.domain.status import Priority, State
from core.policies.alerts import WATCHED
from core.policies.deadlines import Cadence
from core.queries.horizons import Group
from core.store.part_tables import CollaboratorTable
from core.store.tables import PersonTable, ProjectTable, TaskTable
from core.store.told_tables import BlockTable

Scope = Literal["mine", "team", "all"]
"""Mine: what I own, support, must accept, or hold up. Team: that, the projects of my department
or that I lead, and what its members own. Without a viewer both are empty."""


class Question(NamedTuple):
    """Who looks at what."""

    viewer: PersonId | None
    scope: Scope
    project: ProjectId | None


Condition = Any
"""What peewee makes of comparing columns; it has no type of its own."""

_TASK: Any = TaskTable


class View:
    """The conditions of one viewer on the projects of one calendar."""

    def __init__(self, group: Group, question: Question) -> None:
        self.at = group.horizon
        self.homes = {one.id: one for one in group.projects}
        self.question = question
        viewer = question.viewer
        self.mine_to_accept = self._accepts(viewer) if viewer else None
        self.waits_for_me = _TASK.id.in_(_held_up_by(viewer)) if viewer else None

    def _accepts(self, viewer: PersonId) -> Condition:
        by_position = [one.id for one in self.homes.values() if one.acceptor == viewer]
        named = _TASK.acceptor == viewer
        return named | (_TASK.acceptor.is_null() & _TASK.project.in_(by_position))

    def sources(self) -> Iterator[Condition]:
        """Conditions that an index answers, and of which no two hold for the same task."""
        watched = _TASK.closed.is_null() & _TASK.state.not_in(
            [state for state in State if state not in WATCHED]
        )
        far = _TASK.due.is_null() | (_TASK.due > self.at.soon)
        free = far & _TASK.blocked_since.is_null() & _TASK.closed.is_null()
        within = self._within()
        if within is None:
            return
        yield watched & (_TASK.due <= self.at.soon) & within
        yield watched & _TASK.blocked_since.is_null(False) & far & within
        if self.mine_to_accept is not None:
            submitted = (_TASK.state == State.REVIEW) & _TASK.submitted.is_null(False)
            yield submitted & self.mine_to_accept & free & within
        for urgent, priorities, cadence in _PACES:
            owed = (_TASK.urgent == urgent) & _TASK.priority.in_(priorities)
            stale = owed & (_TASK.updated < self.at.stale[cadence])
            yield (_TASK.state == State.DOING) & stale & free & within

    def _within(self) -> Condition:
        """The projects of this calendar, and the scope; None where nothing can be in it."""
        here = _TASK.project.in_(list(self.homes))
        viewer, scope = self.question.viewer, self.question.scope
        if scope == "all":
            return here
        if viewer is None:
            return None
        own = (_TASK.owner == viewer) | _TASK.id.in_(_supported_by(viewer)) | self.waits_for_me
        own |= (_TASK.state == State.REVIEW) & self.mine_to_accept
        # Wrapped, so that no index of people is preferred to the one of the source.
        return here & fn.COALESCE(own if scope == "mine" else own | _of_team(viewer), False)

    def rule(self, results: tuple[Any, ...]) -> Condition:
        """For a task of a source: the result that stands in the place of its worst rule."""
        never = _TASK.id.is_null()
        review = (_TASK.state == State.REVIEW) & _TASK.submitted.is_null(False)
        accept = never if self.mine_to_accept is None else review & self.mine_to_accept
        waits = never if self.waits_for_me is None else self.waits_for_me
        blocked = _TASK.blocked_since.is_null(False)
        held = (
            _TASK.due < self.at.now,
            _TASK.blocked_since <= self.at.day_ago,
            accept & (_TASK.submitted <= self.at.day_ago),
            waits & blocked,
            accept,
            _TASK.due <= self.at.soon,
            blocked,
        )
        return Case(None, tuple(zip(held, results, strict=False)), results[-1])


_PACES = (
    (True, tuple(Priority), Cadence.REALTIME),
    (False, (Priority.HIGH,), Cadence.DAILY),
    (False, (Priority.MEDIUM, Priority.LOW), Cadence.WEEKLY),
)
"""Whose news is owed how often, as core.policies.deadlines.cadence_for says."""


def _held_up_by(viewer: PersonId) -> Condition:
    open_spell = (BlockTable.waiting_person == viewer) & BlockTable.ended.is_null()
    return BlockTable.select(BlockTable.task).where(open_spell)


def _supported_by(viewer: PersonId) -> Condition:
    table = CollaboratorTable
    return table.select(table.task).where(table.person == viewer)


def _of_team(viewer: PersonId) -> Condition:
    me, colleague = PersonTable.alias("me"), PersonTable.alias("colleague")
    department = me.select(me.department).where(me.id == viewer)
    theirs = (ProjectTable.lead == viewer) | ProjectTable.department.in_(department)
    colleagues = colleague.select(colleague.id).where(colleague.department.in_(department))
    projects = ProjectTable.select(ProjectTable.id).where(theirs)
    return _TASK.project.in_(projects) | _TASK.owner.in_(colleagues)
