"""How it is found out what a command comes to; the table is in needs.py.

It can depend on what a command sets: to tick a criterion is to judge, to word it is to edit; to
make a task for somebody else is to assign it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.domain.ids import ProjectId, TaskId
from core.domain.status import State
from core.policies.rights import BEFORE_START, Act

if TYPE_CHECKING:
    from core.commands import (
        blocking,
        editing,
        importing,
        issues,
        meetings,
        moving,
        parts,
        people,
        progress,
        projects,
        sync,
        tasks,
        warning,
    )
    from core.commands.members import AddMember, RemoveMember
    from core.domain.trouble import Issue
    from core.store.work import Work


class Need(NamedTuple):
    """What a command comes to, and what it is done to."""

    act: Act
    task: TaskId | None = None
    project: ProjectId | None = None
    issue: "Issue | None" = None


Asks = Callable[[Any, "Work"], "Need | None"]
"""What a command needs; None where everybody may who may write at all."""


def free(_: object, __: "Work") -> None:
    """Everybody who may write; the handler looks closer where it must."""


def judged(_: object, __: "Work") -> None:
    """The handler asks: it knows whose own work it is, and who stands in for the acceptor."""


def to_task(act: Act) -> Asks:
    """One act, to the task that the command names."""
    return lambda command, _: Need(act, command.task)


def to_project(act: Act) -> Asks:
    """One act, to the project that the command names."""
    return lambda command, _: Need(act, project=command.project)


def to_store(act: Act) -> Asks:
    """One act, to no task and no project."""
    return lambda _, __: Need(act)


def to_log(command: object, _: "Work") -> Need:
    """Something is told: of a task, a project, or neither."""
    return Need(Act.LOG, getattr(command, "task", None), getattr(command, "project", None))


def create(command: "tasks.CreateTask", work: "Work") -> Need:
    """For somebody else it is to assign."""
    other = command.owner is not None and command.owner != work.actor.id
    act = Act.ASSIGN if other else Act.CREATE
    return Need(act, command.parent, None if command.parent else command.project)


_WHO: Final = frozenset({"acceptor", "initiator"})


def edit(command: "editing.EditTask", work: "Work") -> Need:
    """Who accepts is no owner's to say, and an agreed due no owner's to move."""
    from core.policies.warnings import due_is_agreed

    task = work.task(command.task)
    fields = {setting.field for setting in command.settings}
    mine = task.initiator == work.actor.id and task.owner in {None, work.actor.id}
    if mine and task.state in BEFORE_START:
        return Need(Act.EDIT, task.id)
    if fields & _WHO:
        return Need(Act.ASSIGN, task.id)
    if "due" in fields and due_is_agreed(task.state, task.due):
        return Need(Act.GRANT_LATER, task.id)
    return Need(Act.EDIT, task.id)


def move(command: "moving.MoveTask", work: "Work") -> "Need | None":
    """A verdict is no move: the handler says so to whoever tries."""
    task = work.task(command.task)
    if command.to is State.DONE or task.state is State.REVIEW:
        return None
    if command.to is State.REVIEW:
        return Need(Act.SUBMIT, task.id)
    return Need(Act.KEEP if task.state is State.DONE else Act.WORK, task.id)


def update(command: "progress.UpdateProgress", work: "Work") -> Need:
    """What leaves the progress as it is can be told by whoever helps."""
    task = work.task(command.task)
    same = command.progress == task.progress and command.status_note in {None, task.status_note}
    return Need(Act.NOTE if same else Act.WORK, task.id)


def collaborator(command: "parts.ChangeCollaborator", work: "Work") -> Need:
    """Scope and hours are part of what a task says."""
    from core.domain.parts import Collaborator

    return Need(Act.EDIT, work.get(Collaborator, command.collaborator).task)


def criterion(command: "parts.ChangeCriterion", work: "Work") -> Need:
    """To tick one is to judge; to word one is to edit."""
    from core.domain.parts import Criterion

    task = work.get(Criterion, command.criterion).task
    return Need(Act.JUDGE if command.met is not None else Act.EDIT, task)


def milestone(command: "parts.ChangeMilestone", work: "Work") -> Need:
    """To reach one is work; to move one is to edit."""
    from core.domain.parts import Milestone

    task = work.get(Milestone, command.milestone).task
    return Need(Act.EDIT if command.due is not None else Act.WORK, task)


def deliverable(command: "parts.ChangeDeliverable", work: "Work") -> Need:
    """Whoever does the work registers what comes of it."""
    from core.domain.parts import Deliverable

    return Need(Act.WORK, work.get(Deliverable, command.deliverable).task)


def removed(command: "parts.RemovePart", work: "Work") -> "Need | None":
    """A deliverable goes with the work, anything else with what the task says."""
    from core.commands.parts import REMOVABLE

    if command.kind not in REMOVABLE:
        return None
    part: Any = work.get(REMOVABLE[command.kind][0], command.part)
    return Need(Act.WORK if command.kind == "deliverable" else Act.EDIT, part.task)


def resolution(command: "blocking.SetResolution", work: "Work") -> Need:
    """Whom the block waits for says by when, whether or not they are one of its collaborators."""
    from core.domain.spells import BlockSpell

    open_ones = work.all(BlockSpell, task=command.task, ended=None)
    mine = any(one.waiting_person == work.actor.id for one in open_ones)
    return Need(Act.LOG if mine else Act.NOTE, command.task)


def extension(act: Act) -> Asks:
    """One act, to the task whose later due is asked for."""

    def asks(command: "warning.GrantExtension", work: "Work") -> Need:
        from core.domain.trouble import Extension

        return Need(act, work.get(Extension, command.extension).task)

    return asks


def issue(act: Act) -> Asks:
    """One act, to the task of the issue, else to its project."""

    def asks(command: "issues.CloseIssue", work: "Work") -> "Need | None":
        from core.domain.trouble import Issue

        issue = work.get(Issue, command.issue)
        if act in {Act.RESOLVE, Act.CLOSE} and _is_reporters(command, issue, work):
            return None
        return Need(act, issue.task, None if issue.task else issue.project, issue)

    return asks


def issue_edit(command: "issues.EditIssue", work: "Work") -> "Need | None":
    """Whoever reported or resolves it may word it, and whoever may close it."""
    from core.domain.trouble import Issue

    found = work.get(Issue, command.issue)
    owner = work.task(found.task).owner if found.task else None
    if _is_reporters(command, found, work) or work.actor.id in {found.handler, owner}:
        return None
    return Need(Act.CLOSE, found.task, None if found.task else found.project, found)


def _is_reporters(command: object, issue: "Issue", work: "Work") -> bool:
    """Whoever reported an issue may correct it, and say that it is not solved after all."""
    mine = issue.reporter == work.actor.id
    return mine and type(command).__name__ in {"EditIssue", "ReopenIssue"}


def meeting(command: "meetings.HoldMeeting", _: "Work") -> Need:
    """A retro is part of closing; any other meeting is told."""
    from core.domain.meetings import MeetingKind

    act = Act.KEEP if command.kind == MeetingKind.RETRO else Act.LOG
    return Need(act, command.task, None if command.task else command.project)


def plan(command: "meetings.DropPlan", work: "Work") -> Need:
    """A plan is one of its project's rules."""
    from core.domain.meetings import MeetingPlan

    return Need(Act.RULES, project=work.get(MeetingPlan, command.plan).project)


def follow_up(command: "sync.MakeFollowUpTask", work: "Work") -> Need:
    """To make a task of it for somebody else is to assign. Refuses what they may not see."""
    from core.commands.sync import seen_entry

    entry = seen_entry(work, command.entry)
    other = entry.follow_up_owner is not None and entry.follow_up_owner != work.actor.id
    return Need(Act.ASSIGN if other else Act.CREATE, project=entry.project)


def person(command: "people.EditPerson", work: "Work") -> "Need | None":
    """People may correct their own name, and say that they are away."""
    own = command.person == work.actor.id
    others = (command.role, command.handle, command.department, command.manager)
    return None if own and not any(others) else Need(Act.TEAM)


def new_person(command: "people.AddPerson", _: "Work") -> "Need | None":
    """A placeholder is nobody yet: an import makes it of a name in a file."""
    return None if command.placeholder else Need(Act.TEAM)


def new_project(command: "projects.AddProject", work: "Work") -> "Need | None":
    """Whoever begins a project for themselves to lead; own work is accepted if an admin says so."""
    if command.self_accept:
        return Need(Act.TEAM)
    own = command.department is None and command.lead in {None, work.actor.id}
    return None if own else Need(Act.RULES)


def led_project(_: object, work: "Work") -> Need:
    """What all projects share: whoever leads one of them may."""
    from core.domain.departments import Department
    from core.domain.people import Project

    led = work.all(Project, lead=work.actor.id)
    for department in () if led else work.all(Department, lead=work.actor.id):
        led += work.all(Project, department=department.id)
    return Need(Act.RULES, project=led[0].id if led else None)


def project(command: "projects.EditProject", work: "Work") -> Need:
    """Whether people may accept their own work is no lead's to say, nor whether they are alone."""
    people = (command.restricted, command.lead, command.department)
    alone = any(one is not None for one in people) and work.project(command.project).self_accept
    act = Act.TEAM if command.self_accept or alone else Act.RULES
    return Need(act, project=command.project)


def members(command: "AddMember | RemoveMember", work: "Work") -> Need:
    """The same: whoever is on it ends that somebody is alone there."""
    alone = work.project(command.project).self_accept
    return Need(Act.TEAM if alone else Act.RULES, project=command.project)


def imported(command: "importing.ImportTask", _: "Work") -> Need:
    """A table is brought in by whoever sets the rules of the project."""
    task = command.task
    return Need(Act.RULES, task.parent, None if task.parent else task.project)
