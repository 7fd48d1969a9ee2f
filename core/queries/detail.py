"""Everything about one task, for its detail screen and ``duban show``."""

from collections.abc import Mapping
from typing import TypeVar

from core.domain.assignments import Assignment
from core.domain.departments import Department
from core.domain.duties import CloseOut
from core.domain.ids import PersonId, TaskId
from core.domain.parts import Collaborator, Criterion, Deliverable, Dependency, Milestone
from core.domain.people import Person, Project
from core.domain.progress import ProgressUpdate
from core.domain.refusals import NotFound
from core.domain.reviews import Review
from core.domain.spells import BlockSpell
from core.domain.task import Task
from core.domain.trouble import UNRESOLVED, Extension, Nudge, RequestState
from core.policies.permissions import acceptor_of
from core.queries.allocation import SignRow, allocation
from core.queries.board import CardRow, card, cards_by_id, subtasks
from core.queries.directory import people
from core.queries.issues import IssueRow, Wanted, issues
from core.records import dataclass
from core.store import rows
from core.store.database import Store

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A task with all its parts, and the names of everybody it speaks of."""

    task: Task
    project: Project
    department: Department | None
    parent: CardRow | None
    subtasks: tuple[CardRow, ...]
    milestones: tuple[Milestone, ...]
    """By day."""
    criteria: tuple[Criterion, ...]
    collaborators: tuple[Collaborator, ...]
    deliverables: tuple[Deliverable, ...]
    needs: tuple[CardRow, ...]
    """What must be finished before it."""
    needed_by: tuple[CardRow, ...]
    updates: tuple[ProgressUpdate, ...]
    """Newest first, 50 at most."""
    spells: tuple[BlockSpell, ...]
    """Newest first."""
    reviews: tuple[Review, ...]
    """Newest round first."""
    extensions: tuple[Extension, ...]
    """Requests for a later due, newest first."""
    nudges: tuple[Nudge, ...]
    """Newest first, 50 at most."""
    issues: tuple[IssueRow, ...]
    """Those that are not resolved, by what is due next, 50 at most."""
    assignments: tuple[Assignment, ...]
    """Whose it was and is, newest first."""
    signatures: tuple[SignRow, ...]
    """Of what is split up or supported: the departments that have part in it (R53)."""
    result: CloseOut | None
    """What came of it, once that was said (R108)."""
    acceptor: PersonId | None
    """Who accepts it, named or by position (R65)."""
    people: Mapping[PersonId, Person]
    """Everybody named above, by id."""

    def name(self, person: PersonId | None) -> str:
        """A person's name; empty for nobody."""
        found = self.people.get(person) if person is not None else None
        return found.name if found else ""

    @property
    def spell(self) -> BlockSpell | None:
        """The open block spell; None if the task is not blocked."""
        return next((one for one in self.spells if one.ended is None), None)

    @property
    def held(self) -> Assignment | None:
        """Whose it is, and since when; None if nobody has it."""
        return next((one for one in self.assignments if one.ended is None), None)

    @property
    def extension(self) -> Extension | None:
        """The request that waits for the lead's answer; None if there is none."""
        return next((one for one in self.extensions if one.state is RequestState.ASKED), None)


def _one(store: Store, kind: type[Part], number: int | None) -> Part | None:
    if number is None:
        return None
    form = rows.shape(kind)
    row = store.row(form.table.select(*form.columns).where(form.table.id == number))
    return None if row is None else rows.record(kind, row)


def _parts(store: Store, kind: type[Part], task: TaskId, *, order: str) -> tuple[Part, ...]:
    """The task's parts of one kind, 50 at most; ``order`` is a field, with ``-`` newest first."""
    form = rows.shape(kind)
    column = form.table._meta.fields[order.lstrip("-")]
    query = form.table.select(*form.columns).where(form.table.task == task)
    places = (column, rows.fields_of(form.table)["id"])
    ordered = query.order_by(*(one.desc() if order.startswith("-") else one for one in places))
    return tuple(rows.record(kind, row) for row in store.rows(ordered.limit(50)))


def needed(store: Store, number: TaskId) -> tuple[CardRow, ...]:
    """What must be finished before a task."""
    return cards_by_id(store, [one.needs for one in _parts(store, Dependency, number, order="id")])


def task_view(store: Store, number: TaskId) -> TaskView:
    """The task and its parts. Refuses NotFound."""
    task = _one(store, Task, number)
    if task is None:
        raise NotFound("task", number)
    project = _one(store, Project, task.project)
    if project is None:
        raise NotFound("project", task.project)
    department = _one(store, Department, project.department)
    form = rows.shape(Dependency)
    waiting = form.table.select(form.table.task).where(form.table.needs == number)
    needed_by = [row[0] for row in store.rows(waiting.limit(50))]
    children, helpers = subtasks(store, number), _parts(store, Collaborator, number, order="id")
    return TaskView(
        task=task,
        project=project,
        department=department,
        parent=card(store, task.parent) if task.parent else None,
        subtasks=children,
        milestones=_parts(store, Milestone, number, order="due"),
        criteria=_parts(store, Criterion, number, order="id"),
        collaborators=helpers,
        deliverables=_parts(store, Deliverable, number, order="id"),
        needs=needed(store, number),
        needed_by=cards_by_id(store, needed_by),
        updates=_parts(store, ProgressUpdate, number, order="-at"),
        spells=_parts(store, BlockSpell, number, order="-started"),
        reviews=_parts(store, Review, number, order="-round"),
        extensions=_parts(store, Extension, number, order="-asked"),
        nudges=_parts(store, Nudge, number, order="-at"),
        issues=issues(store, Wanted(task=number, states=UNRESOLVED), limit=50),
        assignments=_parts(store, Assignment, number, order="-at"),
        signatures=allocation(store, number) if children or helpers else (),
        result=next(iter(_parts(store, CloseOut, number, order="id")), None),
        acceptor=acceptor_of(task, project, department),
        people={one.id: one for one in people(store, with_merged=True)},
    )
