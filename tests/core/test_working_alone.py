"""Who works alone on a project may accept their own work there, where it allows that (R65)."""

import pytest

from core.commands.importing import ImportTask
from core.commands.members import AddMember, RemoveMember
from core.commands.people import AddDepartment, AddPerson, EditPerson
from core.commands.projects import AddProject, EditProject
from core.commands.reviewing import AcceptTask, DelegateAcceptance
from core.commands.tasks import CreateTask
from core.domain.ids import DEFAULT_PATTERN, DepartmentId, ProjectId, TaskId
from core.domain.people import Person, Project
from core.domain.status import Role, State
from core.policies.rights import Act
from core.queries.accepting import Seating
from core.queries.reviews import queue, verdict_facts
from core.queries.rights import rights_of
from tests.office import Office


@pytest.fixture
def alone(office: Office) -> Office:
    """Wang, whom only observers look at."""
    for one in (office.li, office.zhao):
        office.do(EditPerson(person=one, role=Role.OBSERVER))
    office.do(EditProject(project=office.project, self_accept=True))
    return office


def own_project(office: Office) -> ProjectId:
    """A restricted project of zhao's in which zhao may accept."""
    made = office.do(AddProject(key="Z", name="赵敏", pattern=DEFAULT_PATTERN, lead=office.zhao))
    project = ProjectId(made.id)
    office.do(EditProject(project=project, restricted=True, self_accept=True))
    return project


def accepts(office: Office, task: TaskId, by: str) -> bool:
    """Whether they do; what is shown of it says the same before."""
    person = next(one.id for one in office.all(Person) if one.handle == by)
    now = office.clock.now()
    facts = office.by(by).ask(verdict_facts, task, now=now)
    found = office.by(by).ask(rights_of, task, viewer=person, now=now)
    told = {one.person: one for one in found.holders}
    may = Act.JUDGE in told[person].may
    assert (person in facts.own) is told[person].own
    if may:
        receipt = office.do(AcceptTask(task=task), by=by)
        assert [one.code for one in receipt.warnings] == ["accepted-own-work"]
        assert office.last().changes["own"] == [None, True]
    else:
        assert office.refused(AcceptTask(task=task), by=by).code == "own-work"
    return may


def test_whoever_works_alone_accepts_and_the_log_says_so(alone: Office) -> None:
    task = alone.in_review(alone.wang, by="wang")
    found = alone.desk.ask(queue, alone.wang, now=alone.clock.now())
    assert [(one.task, one.asked_name) for one in found] == [(task, "王强")]
    assert accepts(alone, task, "wang")


def test_it_ends_for_good_once_there_is_somebody_else(alone: Office) -> None:
    task = alone.in_review(alone.wang, by="wang")
    qian = alone.person("qian", "钱")
    said = alone.last()
    assert (said.kind, said.changes) == ("project-edited", {"self_accept": [True, False]})
    assert not accepts(alone, task, "wang")
    alone.do(EditPerson(person=qian, role=Role.OBSERVER))
    assert not accepts(alone, task, "wang")
    assert (
        alone.refused(
            DelegateAcceptance(task=task, to=alone.wang, reason="x", seen=alone.wang)
        ).code
        == "own-work"
    )


def test_a_name_in_a_file_is_nobody_else(alone: Office) -> None:
    alone.do(AddPerson(handle="某某", name="某某", placeholder=True))
    assert accepts(alone, alone.in_review(alone.wang, by="wang"), "wang")


def test_alone_where_the_acceptor_is_only_a_name(alone: Office) -> None:
    ghost = alone.person("某某", "某某", placeholder=True)
    alone.do(EditProject(project=alone.project, lead=ghost))
    task = alone.in_review(alone.wang, by="wang")
    assert alone.desk.ask(Seating, alone.clock.now()).asked(
        alone.project, None, frozenset({alone.wang})
    ) == (alone.wang,)
    assert accepts(alone, task, "wang")


def test_not_where_the_project_does_not_say_so(alone: Office) -> None:
    alone.do(EditProject(project=alone.project, self_accept=False))
    assert not accepts(alone, alone.in_review(alone.wang, by="wang"), "wang")


def test_a_project_of_several_does_not_allow_it(office: Office) -> None:
    said = office.refused(EditProject(project=office.project, self_accept=True))
    assert (said.code, said.facts["key"]) == ("not-one-person", "T")
    added = AddProject(key="N", name="新", pattern=DEFAULT_PATTERN, self_accept=True)
    assert office.refused(added).code == "not-one-person"


def test_a_restricted_project_of_one_among_many(office: Office) -> None:
    project = own_project(office)
    task = office.in_review(office.zhao, project=project, by="zhao")
    assert accepts(office, task, "zhao")


@pytest.mark.parametrize("how", ["member", "owner", "acceptor", "open"])
def test_a_restricted_project_is_no_longer_of_one(office: Office, how: str) -> None:
    project = own_project(office)
    task = office.in_review(office.zhao, project=project, by="zhao")
    if how == "member":
        office.do(AddMember(project=project, person=office.li))
    elif how == "open":
        office.do(EditProject(project=project, restricted=False))
    else:
        more = {how: office.li, "state": State.TODO}
        made = CreateTask(project=project, title="别的", **more)
        office.do(ImportTask(task=made), by="zhao")
    assert not accepts(office, task, "zhao")


def test_an_admin_is_not_alone_with_what_another_leads(office: Office) -> None:
    """Wang sees the project as its admin, but has no part in it, and leads nothing there."""
    project = own_project(office)
    task = office.in_review(office.zhao, project=project, by="zhao")
    assert office.refused(AcceptTask(task=task)).code == "not-the-acceptor"
    kept = next(one for one in office.all(Project) if one.id == project)
    assert kept.self_accept


def test_whether_somebody_is_alone_there_is_no_leads_to_say(office: Office) -> None:
    """Else a lead would take the others off, accept, and let them in again."""
    project = own_project(office)
    department = DepartmentId(office.do(AddDepartment(name="市场部")).id)
    office.do(AddMember(project=project, person=office.li))
    for command in (
        RemoveMember(project=project, person=office.li),
        AddMember(project=project, person=office.wang),
        EditProject(project=project, restricted=False),
        EditProject(project=project, lead=office.li),
        EditProject(project=project, department=department),
    ):
        refusal = office.refused(command, by="zhao")
        assert (refusal.code, refusal.facts["may"]) == ("not-allowed", ("admin",))
    office.do(EditProject(project=project, goal="读书"), by="zhao")


def test_a_project_of_ones_own_does_not_allow_it_by_itself(office: Office) -> None:
    """Who begins one leads it; that own work is accepted there is an admin's to say."""
    added = AddProject(key="L", name="李", restricted=True, self_accept=True)
    refusal = office.refused(added, by="li")
    assert (refusal.code, refusal.facts["may"]) == ("not-allowed", ("admin",))
    office.do(AddProject(key="L", name="李", restricted=True), by="li")


def test_a_role_that_acts_ends_it_too(alone: Office) -> None:
    alone.do(EditPerson(person=alone.li, role=Role.MEMBER))
    assert alone.last().changes == {"self_accept": [True, False]}
