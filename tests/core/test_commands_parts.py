"""Criteria, milestones, collaborators, deliverables, dependencies, updates and sync entries."""

from dataclasses import replace
from datetime import UTC, date, datetime

from core.commands.closing import CancelTask
from core.commands.dependencies import AddDependency, RemoveDependency
from core.commands.parts import (
    AddCollaborator,
    AddCriterion,
    AddDeliverable,
    AddMilestone,
    ChangeCollaborator,
    ChangeCriterion,
    ChangeDeliverable,
    ChangeMilestone,
    RemovePart,
)
from core.commands.people import AddDepartment
from core.commands.progress import UpdateProgress
from core.commands.projects import AddProject
from core.commands.sync import AddSyncEntry
from core.domain.ids import DepartmentId, PartId, ProjectId, TaskId
from core.domain.parts import Collaborator, Criterion, Deliverable, Dependency, Milestone
from core.domain.progress import ProgressUpdate
from core.domain.refusals import BadValue, Conflict, NotFound, Rejected
from core.domain.status import Facet, State, SyncKind
from core.domain.synclog import SyncEntry
from tests.office import MORNING, Office


def test_criteria(office: Office) -> None:
    task = office.task()
    made = office.do(AddCriterion(task=task, text="有目录", facet=Facet.FORM))
    assert office.last().subject == "有目录"
    number = PartId(made.id)
    office.do(ChangeCriterion(criterion=number, met=True))
    met = {"met": True, "met_by": office.wang}
    assert office.all(Criterion) == [
        Criterion(id=number, task=task, text="有目录", facet=Facet.FORM, **met)
    ]
    assert office.last().changes == {"met": [False, True], "met_by": [None, office.wang]}
    office.do(ChangeCriterion(criterion=number, met=False, text="有目录和页码"))
    assert office.all(Criterion)[0].met_by is None
    assert isinstance(office.refused(AddCriterion(task=task, text=" ")), BadValue)
    assert isinstance(office.refused(ChangeCriterion(criterion=PartId(9), met=True)), NotFound)


def test_two_members_change_one_criterion(office: Office) -> None:
    task = office.task(owner=office.li, acceptor=office.zhao)
    number = PartId(office.do(AddCriterion(task=task, text="有目录")).id)
    (seen,) = office.all(Criterion)
    office.do(ChangeCriterion(criterion=number, text="有页码", seen=seen), by="li")
    refusal = office.refused(ChangeCriterion(criterion=number, text="有封面", seen=seen))
    assert isinstance(refusal, Conflict)
    assert refusal.facts == {"key": "T001", "field": "text", "seen": "有目录", "now": "有页码"}
    # A different field of the same criterion, and the same value, do not clash.
    office.do(ChangeCriterion(criterion=number, met=True, seen=seen), by="zhao")
    office.do(ChangeCriterion(criterion=number, text="有页码", seen=seen))
    assert (office.all(Criterion)[0].text, office.all(Criterion)[0].met) == ("有页码", True)


def test_milestones_are_reached_on_the_projects_day(office: Office) -> None:
    far = office.do(AddProject(key="NY", name="NY", time_zone="America/New_York")).id
    office.clock.at = datetime(2024, 3, 25, 2, tzinfo=UTC)
    days = {}
    for project in (office.project, ProjectId(far)):
        task = office.task(project=project)
        made = office.do(AddMilestone(task=task, title="初稿", due=date(2024, 3, 28)))
        office.do(ChangeMilestone(milestone=PartId(made.id), reached=True))
        days[project] = office.view(task).milestones[0].done
    assert list(days.values()) == [date(2024, 3, 25), date(2024, 3, 24)]


def test_a_milestone_moves(office: Office) -> None:
    task = office.task()
    number = PartId(office.do(AddMilestone(task=task, title="初稿", due=date(2024, 3, 28))).id)
    office.do(ChangeMilestone(milestone=number, due=date(2024, 4, 1)))
    assert office.last().changes == {"due": ["2024-03-28", "2024-04-01"]}
    office.do(ChangeMilestone(milestone=number, reached=True))
    office.clock.at = datetime(2024, 3, 27, 2, tzinfo=UTC)
    assert office.do(ChangeMilestone(milestone=number, reached=True)).last == 0
    office.do(ChangeMilestone(milestone=number, reached=False))
    assert office.all(Milestone)[0].done is None
    refusal = office.refused(AddMilestone(task=task, title="x", due=date(1999, 1, 1)))
    assert refusal.facts["reason"] == "year"


def test_collaborators(office: Office) -> None:
    task = office.task()
    care = DepartmentId(office.do(AddDepartment(name="客户部")).id)
    first = office.do(AddCollaborator(task=task, person=office.li, scope="访谈", response_hours=4))
    office.do(AddCollaborator(task=task, department=care))
    office.do(AddCollaborator(task=task, label="客户对接人"))
    assert [one.subject for one in office.events()[-3:]] == ["li", "客户部", "客户对接人"]
    office.do(ChangeCollaborator(collaborator=PartId(first.id), response_hours=8))
    assert (office.last().subject, office.last().changes) == ("li", {"response_hours": [4, 8]})
    office.do(RemovePart(kind="collaborator", part=PartId(first.id)))
    assert (office.last().kind, office.last().subject) == ("collaborator-removed", "li")
    assert len(office.all(Collaborator)) == 2
    assert office.refused(AddCollaborator(task=task)).facts["reason"] == "empty"
    refusal = office.refused(AddCollaborator(task=task, label="x", response_hours=0))
    assert refusal.facts["reason"] == "range"


def test_deliverables(office: Office) -> None:
    task = office.task(owner=office.li)
    made = office.do(AddDeliverable(task=task, name="《访谈提纲》", edition="V1.0"), by="li")
    number = PartId(made.id)
    assert office.all(Deliverable)[0].registered_by is None
    assert office.do(ChangeDeliverable(deliverable=number, edition="V1.0")).last == 0
    office.do(ChangeDeliverable(deliverable=number, edition="V1.1"))
    stored = office.all(Deliverable)[0]
    assert (stored.edition, stored.registered_by) == ("V1.1", None)
    assert office.last().changes["edition"] == ["V1.0", "V1.1"]


def test_parts_are_removed_and_the_log_keeps_their_text(office: Office) -> None:
    task = office.task()
    adding = {
        "criterion": AddCriterion(task=task, text="有目录"),
        "milestone": AddMilestone(task=task, title="初稿", due=date(2024, 3, 28)),
        "deliverable": AddDeliverable(task=task, name="提纲"),
    }
    for kind, command in adding.items():
        made = office.do(command)
        office.do(RemovePart(kind=kind, part=PartId(made.id)))
        assert (office.last().kind, office.last().subject) == (f"{kind}-removed", made.name)
    assert not [*office.all(Criterion), *office.all(Milestone), *office.all(Deliverable)]
    assert office.refused(RemovePart(kind="task", part=PartId(1))).facts["reason"] == "unknown"
    kept = PartId(office.do(AddDeliverable(task=office.task(state=State.DONE), name="x")).id)
    assert office.refused(RemovePart(kind="deliverable", part=kept)).code == "task-closed"


def test_a_part_never_waits_for_the_whole(office: Office) -> None:
    whole = office.task()
    part = office.task(parent=whole)
    for task in (part, office.task(parent=part)):
        assert office.refused(AddDependency(task=task, needs=whole)).code == "circle"
    office.do(AddDependency(task=part, needs=office.task()))


def test_dependencies_never_run_in_a_circle(office: Office) -> None:
    one, two, three, four = (office.task() for _ in range(4))
    office.do(AddDependency(task=one, needs=two))
    office.do(AddDependency(task=two, needs=three))
    office.do(AddDependency(task=two, needs=four))
    assert (office.last().kind, office.last().subject) == ("dependency-added", "T004")
    assert office.do(AddDependency(task=one, needs=two)).last == 0
    refusal = office.refused(AddDependency(task=three, needs=one))
    assert isinstance(refusal, Rejected)
    assert (refusal.code, refusal.facts["way"]) == ("circle", ("T001", "T002", "T003"))
    assert office.refused(AddDependency(task=one, needs=one)).facts["way"] == ("T001",)
    office.do(RemoveDependency(task=two, needs=three))
    office.do(AddDependency(task=three, needs=one))
    assert len(office.all(Dependency)) == 3
    refusal = office.refused(RemoveDependency(task=two, needs=three))
    assert refusal.code == "no-such-dependency"


def test_what_is_put_away_waits_for_nothing_else(office: Office) -> None:
    one, two = office.task(), office.task()
    office.do(AddDependency(task=one, needs=two))
    office.do(CancelTask(task=one, seen=State.TODO, reason="不做了"))
    assert office.refused(AddDependency(task=one, needs=office.task())).code == "task-closed"
    assert office.refused(RemoveDependency(task=one, needs=two)).code == "task-closed"


def test_an_update_brings_its_task_up_to_date(office: Office) -> None:
    task = office.doing()
    command = UpdateProgress(
        task=task, progress=40, done="访谈三人", next="整理", problems="缺一人", status_note="顺利"
    )
    office.do(command, by="li")
    (update,) = office.all(ProgressUpdate)
    assert (update.person, update.day, update.at) == (office.li, date(2024, 3, 25), MORNING)
    now = office.get(task)
    assert (now.progress, now.status_note, now.updated) == (40, "顺利", MORNING)
    assert office.last().changes == {
        "progress": [0, 40],
        "status_note": ["", "顺利"],
        "done": [None, "访谈三人"],
        "next": [None, "整理"],
        "problems": [None, "缺一人"],
    }
    assert office.refused(replace(command, progress=-1)).facts["reason"] == "percent"
    assert office.refused(replace(command, day=date(2024, 3, 26))).facts["reason"] == "future"
    warnings = office.do(replace(command, progress=100)).warnings
    assert [one.code for one in warnings] == ["done-with-next"]


def test_updates_of_two_members_never_clash(office: Office) -> None:
    task = office.doing()
    for handle, progress in (("li", 30), ("wang", 20)):
        office.do(UpdateProgress(task=task, progress=progress), by=handle)
    assert [one.progress for one in office.view(task).updates] == [20, 30]
    assert office.get(task).progress == 20


def test_old_news_leave_a_task_as_it_is(office: Office) -> None:
    task = office.doing()
    office.do(UpdateProgress(task=task, progress=60))
    office.do(UpdateProgress(task=task, progress=10, day=date(2024, 3, 20)))
    assert office.get(task).progress == 60
    ended = office.task(state=State.DONE, progress=100)
    office.do(UpdateProgress(task=ended, progress=10, day=date(2024, 3, 20)))
    assert office.get(ended).progress == 100
    assert office.refused(UpdateProgress(task=ended, progress=10)).code == "task-closed"


def test_sync_entries(office: Office) -> None:
    task = office.task()
    made = office.do(
        AddSyncEntry(
            project=office.project,
            task=task,
            topic="延期",
            content="客户推迟",
            kind=SyncKind.DECISION,
            audience="项目组全体",
        ),
        by="li",
    )
    (entry,) = office.all(SyncEntry)
    assert (entry.id, entry.author, entry.day) == (made.id, office.li, date(2024, 3, 25))
    said = office.last()
    assert (said.kind, said.task, said.subject) == ("sync-entry-added", task, "延期")
    command = AddSyncEntry(project=office.project, topic="")
    assert office.refused(command).facts["reason"] == "empty"
    assert isinstance(office.refused(replace(command, topic="x", task=TaskId(99))), NotFound)


def test_a_new_edition_and_a_new_place_of_a_deliverable_do_not_clash(office: Office) -> None:
    task = office.task(owner=office.li)
    number = PartId(office.do(AddDeliverable(task=task, name="《调研报告》")).id)
    (seen,) = office.all(Deliverable)

    office.do(ChangeDeliverable(deliverable=number, edition="V1.1", seen=seen), by="li")
    office.do(ChangeDeliverable(deliverable=number, location="wiki/7", seen=seen))

    (kept,) = office.all(Deliverable)
    assert (kept.edition, kept.location) == ("V1.1", "wiki/7")


def test_two_who_tick_the_same_criterion_agree(office: Office) -> None:
    task = office.task(acceptor=office.zhao)
    number = PartId(office.do(AddCriterion(task=task, text="有目录")).id)
    (seen,) = office.all(Criterion)

    office.do(ChangeCriterion(criterion=number, met=True, seen=seen))
    office.do(ChangeCriterion(criterion=number, met=True, seen=seen), by="zhao")

    assert [one.met for one in office.all(Criterion)] == [True]
