"""People, departments, projects, work types, calendars; and how a store begins."""

from datetime import date
from importlib import import_module

import pytest

from core.commands.editing import EditTask, Setting
from core.commands.handlers import FAMILIES, FOR_STRANGERS, HANDLERS
from core.commands.parts import AddCollaborator
from core.commands.people import AddDepartment, AddPerson, EditDepartment, EditPerson, MergePerson
from core.commands.projects import AddProject, AddWorkType, EditProject, SetCalendarDay
from core.commands.setup import NoteImport, StartTeam
from core.commands.tasks import CreateTask
from core.commands.ticking import Tick
from core.desk import Desk
from core.domain.departments import Department
from core.domain.ids import DepartmentId, PersonId, ProjectId
from core.domain.parts import Collaborator
from core.domain.people import Person, Project
from core.domain.refusals import Ambiguous, BadValue, Conflict, NotFound, Rejected
from core.domain.status import Role, State
from core.domain.work_types import SIX, offered
from core.queries import directory
from core.store.day_tables import CalendarDayTable
from tests.office import Office


def test_a_team_begins_once(store_url: str) -> None:
    with Desk(store_url, actor="Wang") as desk:
        assert desk.me() is None
        with pytest.raises(Rejected) as caught:
            desk.do(CreateTask(project=ProjectId(1), title="t"))
        assert caught.value.code == "unknown-actor"
        begun = desk.do(StartTeam(handle="Wang", name="王强", project_name="任务"))
        me = desk.me()
        assert me is not None
        assert (me.handle, me.role) == ("wang", Role.ADMIN)
        assert begun.name == "T"
        (project,) = desk.ask(directory.projects)
        assert (project.lead, project.self_accept, project.pattern) == (
            me.id,
            True,
            "{key}{seq:03}",
        )
        with pytest.raises(Rejected) as caught:
            desk.do(StartTeam(handle="li", name="李"))
        assert caught.value.code == "not-empty"


def test_the_log_knows_who_began(office: Office) -> None:
    assert [(one.kind, one.actor) for one in office.events()[:2]] == [
        ("person-added", office.wang),
        ("project-added", office.wang),
    ]


def test_a_newcomer_joins_as_a_member_only(office: Office) -> None:
    for command in (
        AddPerson(handle="anna", name="Anna", role=Role.ADMIN),
        AddPerson(handle="anna", name="Anna", placeholder=True),
        AddPerson(handle="bert", name="Bert"),
    ):
        assert office.refused(command, by="anna").code == "unknown-actor"
    joined = office.do(AddPerson(handle="Anna", name="Anna"), by="anna")
    assert (office.last().actor, office.last().subject) == (joined.id, "anna")


def test_handles(office: Office) -> None:
    for handle, reason in (("", "empty"), ("a b", "handle"), ("LI", "taken"), ("-x", "handle")):
        refusal = office.refused(AddPerson(handle=handle, name="x"))
        assert (refusal.facts["field"], refusal.facts["reason"]) == ("handle", reason)
    assert office.do(AddPerson(handle="李四", name="李四")).name == "李四"


def test_editing_people(office: Office) -> None:
    (seen,) = (one for one in office.all(Person) if one.id == office.li)
    office.do(EditPerson(person=office.li, name="李 娜", role=Role.LEAD, seen=seen))
    assert office.last().changes == {"name": ["李娜", "李 娜"], "role": ["member", "lead"]}
    refusal = office.refused(EditPerson(person=office.li, name="李丽", seen=seen), by="li")
    assert isinstance(refusal, Conflict)
    office.do(EditPerson(person=office.li, manager=office.wang))
    refusal = office.refused(EditPerson(person=office.wang, manager=office.li))
    assert refusal.code == "manager-circle"
    assert office.refused(EditPerson(person=office.li, handle="zhao")).facts["reason"] == "taken"
    assert office.do(EditPerson(person=office.li, handle="li")).last == 0


def test_finding_people(office: Office) -> None:
    office.person("li2", "李娜")
    find = directory.find_person
    assert office.desk.ask(find, "@LI").id == office.li
    assert office.desk.ask(find, "赵敏").id == office.zhao
    with pytest.raises(Ambiguous) as caught:
        office.desk.ask(find, "李娜")
    assert caught.value.facts["matches"] == ("li", "li2")
    for text in ("nobody", "", "\udcff", "a\x00"):
        with pytest.raises(NotFound):
            office.desk.ask(find, text)


def test_finding_tasks(office: Office) -> None:
    first = office.task(external_id="CSAT-007")
    second = office.task(external_id="x")
    third = office.task(external_id="x")
    find = directory.find_task
    for text in ("T001", "t001", " t001 ", "CSAT-007", "csat-007", "Csat-007"):
        assert office.desk.ask(find, text) == first
    with pytest.raises(Ambiguous) as caught:
        office.desk.ask(find, "X")
    assert caught.value.facts["matches"] == ("T002", "T003")
    assert second < third
    with pytest.raises(NotFound) as missing:
        office.desk.ask(find, "T0")
    assert missing.value.facts["near"] == ("T001", "T002", "T003")
    for text in ("", "\udcff", "a\x00", "%", "'; DROP TABLE task; --"):
        with pytest.raises(NotFound):
            office.desk.ask(find, text)


def test_a_placeholder_is_merged_with_a_real_person(office: Office) -> None:
    someone = office.person("王经理", "*经理", placeholder=True)
    office.do(AddDepartment(name="客户部", lead=someone))
    task = office.task(owner=someone, acceptor=someone, initiator=someone)
    office.do(AddCollaborator(task=task, person=someone))
    office.do(EditProject(project=office.project, lead=someone))
    office.do(EditPerson(person=office.li, manager=someone))
    office.do(EditPerson(person=office.zhao, manager=someone))
    office.do(MergePerson(placeholder=someone, person=office.li))
    now = office.get(task)
    assert (now.owner, now.acceptor, now.initiator) == (office.li,) * 3
    assert office.all(Department)[0].lead == office.li
    assert office.all(Project)[0].lead == office.li
    assert office.all(Collaborator)[0].person == office.li
    managers = {one.handle: one.manager for one in office.all(Person)}
    assert (managers["li"], managers["zhao"]) == (None, office.li)
    assert office.desk.ask(directory.find_person, "王经理").id == office.li
    assert (office.last().kind, office.last().subject) == ("person-merged", "*经理")
    again = office.refused(MergePerson(placeholder=someone, person=office.zhao))
    assert again.facts["reason"] == "merged"
    refusal = office.refused(CreateTask(project=office.project, title="t", owner=someone), by="li")
    assert refusal.facts["reason"] == "merged"


def test_only_placeholders_are_merged(office: Office) -> None:
    refusal = office.refused(MergePerson(placeholder=office.li, person=office.zhao))
    assert refusal.code == "not-a-placeholder"
    someone = office.person("x", placeholder=True)
    refusal = office.refused(MergePerson(placeholder=someone, person=someone))
    assert refusal.code == "not-a-placeholder"


def test_a_placeholder_gets_a_free_handle(office: Office) -> None:
    names = [
        office.do(AddPerson(handle=wanted, name="x", placeholder=True)).name
        for wanted in ("li", "*经理", "*经理", "、")
    ]
    assert names == ["li2", "经理", "经理2", "someone"]


def test_departments(office: Office) -> None:
    made = DepartmentId(office.do(AddDepartment(name="市场部")).id)
    (seen,) = office.all(Department)
    office.do(EditDepartment(department=made, lead=office.li, name="市场部", seen=seen))
    assert office.last().changes == {"lead": [None, office.li]}
    refusal = office.refused(EditDepartment(department=made, lead=office.zhao, seen=seen))
    assert refusal.facts["field"] == "lead"
    assert office.refused(AddDepartment(name="市场部")).facts["reason"] == "taken"
    assert isinstance(office.refused(AddDepartment(name="x", lead=PersonId(99))), NotFound)


def test_projects(office: Office) -> None:
    office.do(AddProject(key="CSAT", name="满意度", wip={State.DOING: 3}, wip_hard=True))
    project = office.all(Project)[1]
    assert (project.wip, project.wip_hard, project.pattern) == (
        {State.DOING: 3},
        True,
        "{key}-{seq:03}",
    )
    office.do(EditProject(project=project.id, goal="提升 15%", wip={}, seen=project))
    assert office.last().changes == {"goal": ["", "提升 15%"], "wip": ["doing=3", ""]}
    refusal = office.refused(EditProject(project=project.id, goal="x", seen=project))
    assert (refusal.facts["field"], refusal.facts["now"]) == ("goal", "提升 15%")
    bad = {
        "key": ({"key": "CSAT"}, "taken"),
        "time_zone": ({"time_zone": "Mars/Base"}, "time-zone"),
        "calendar": ({"calendar": "moon"}, "unknown"),
        "wip": ({"wip": {State.DOING: 0}}, "range"),
        "name": ({"name": ""}, "empty"),
    }
    for field, (values, reason) in bad.items():
        refusal = office.refused(AddProject(**{"key": "N", "name": "n", **values}))
        assert isinstance(refusal, BadValue)
        assert (refusal.facts["field"], refusal.facts["reason"]) == (field, reason)


def test_work_types(office: Office) -> None:
    seeded = {one.label for one in office.desk.ask(directory.work_types)}
    assert {"项目型", "事务型", "协作型", "专项任务", "常规任务", "紧急任务"} == seeded
    with office.desk.together() as send:
        assert send(CreateTask(project=office.project, title="t", type="专项任务")).id
        assert send(AddWorkType(label="调研", kind="project")).last
        assert send(CreateTask(project=office.project, title="t", type="调研")).id
    assert office.do(AddWorkType(label="调研")).last == 0


def test_the_six_work_types_are_known_in_both_languages(office: Office) -> None:
    """What was written stays; the word joins the store with its kind when it is first used."""
    task = office.task(type="Regular task")
    assert office.get(task).type == "Regular task"
    found = {one.label: one for one in office.desk.ask(directory.work_types)}
    assert (found["Regular task"].kind, len(found)) == (found["常规任务"].kind, 7)
    kinds = [one.kind for one in office.events()][-2:]
    assert kinds == ["work-type-added", "task-created"]
    office.task(type="Regular task")
    assert len(office.desk.ask(directory.work_types)) == 7
    urgent = Setting("type", "Regular task", "Urgent task")
    office.do(EditTask(task=task, settings=(urgent,)))
    assert {one.label for one in office.desk.ask(directory.work_types) if one.urgent} == {
        "紧急任务",
        "Urgent task",
    }


@pytest.mark.parametrize(("place", "language"), [(0, "zh_CN"), (1, "en"), (1, "fr")])
def test_one_list_of_work_types_a_language(place: int, language: str) -> None:
    six = tuple(one[place] for one in SIX)
    assert offered(("项目型", "Urgent task", "巡检"), language) == (*six, "巡检")


def test_company_days(office: Office) -> None:
    for works in (False, True):
        day = SetCalendarDay(calendar="china", day=date(2024, 3, 29), works=works, name="团建")
        office.do(day)
    rows = office.store.rows(CalendarDayTable.select(CalendarDayTable.works))
    assert [bool(row[0]) for row in rows] == [True]
    assert office.last().subject == "china 2024-03-29"
    refusal = office.refused(SetCalendarDay(calendar="moon", day=date(2024, 3, 29), works=True))
    assert refusal.facts["reason"] == "unknown"


def test_an_import_leaves_a_line(office: Office) -> None:
    office.do(NoteImport(source="表.xlsx", created=3, changed=1, skipped=0, doubts=2))
    said = office.last()
    assert (said.kind, said.subject, said.changes["created"]) == (
        "import-applied",
        "表.xlsx",
        [None, 3],
    )


def test_every_command_is_in_the_table_of_families() -> None:
    for name, family in FAMILIES.items():
        assert getattr(import_module(f"core.commands.{family}"), name) in HANDLERS
    found = {kind.__name__: kind.__module__.rsplit(".", 1)[1] for kind in HANDLERS}
    assert {name: found[name] for name in FAMILIES} == FAMILIES
    assert {StartTeam, AddPerson, Tick} == FOR_STRANGERS
