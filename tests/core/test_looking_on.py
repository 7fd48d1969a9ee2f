"""Whoever only looks on, or has left, is given nothing to do; somebody looks after people."""

import pytest

from core.commands.editing import AssignTask, EditTask, Setting
from core.commands.importing import ImportTask
from core.commands.parts import AddCollaborator
from core.commands.people import EditPerson
from core.commands.raci import SetRaci
from core.commands.setup import NoteImport
from core.commands.tasks import CreateTask
from core.domain.duties import Letter
from core.domain.status import Role
from tests.office import Office


def test_an_observer_is_given_nothing(office: Office) -> None:
    task, sun = office.task(owner=office.li), office.sun
    for command in (
        CreateTask(project=office.project, title="x", owner=sun),
        CreateTask(project=office.project, title="x", acceptor=sun),
        AssignTask(task=task, owner=sun, seen=office.li),
        EditTask(task=task, settings=(Setting("acceptor", None, sun),)),
        AddCollaborator(task=task, person=sun),
        SetRaci(task=task, person=sun, letters=(Letter.RESPONSIBLE,)),
        SetRaci(task=task, person=sun, letters=(Letter.ACCOUNTABLE, Letter.INFORMED)),
    ):
        refusal = office.refused(command)
        assert (refusal.code, refusal.facts["person"]) == ("only-looks-on", "sun")
    office.do(SetRaci(task=task, person=sun, letters=(Letter.INFORMED,)))


def test_a_table_may_tell_of_who_has_left(office: Office) -> None:
    old = CreateTask(project=office.project, title="旧任务", owner=office.sun)
    assert office.do(ImportTask(task=old)).last


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.LEAD])
def test_the_last_administrator_stays_one(office: Office, role: Role) -> None:
    refusal = office.refused(EditPerson(person=office.wang, role=role))
    assert (refusal.code, refusal.facts["person"]) == ("last-admin", "wang")
    office.do(EditPerson(person=office.li, role=Role.ADMIN))
    office.do(EditPerson(person=office.wang, role=role))
    assert office.refused(EditPerson(person=office.li, role=role), by="li").code == "last-admin"


def test_a_placeholder_looks_after_nobody(office: Office) -> None:
    office.person("某某", "某某", role=Role.ADMIN, placeholder=True)
    role = EditPerson(person=office.wang, role=Role.MEMBER)
    assert office.refused(role).code == "last-admin"


def test_only_who_may_import_says_that_something_was(office: Office) -> None:
    note = NoteImport(source="x.csv", created=1, changed=0, skipped=0, doubts=0)
    assert office.refused(note, by="li").code == "not-allowed"
    assert office.do(note).last


def test_owner_and_acceptor_in_one_warn(office: Office) -> None:
    made = office.do(
        CreateTask(project=office.project, title="x", owner=office.li, acceptor=office.li)
    )
    assert [one.code for one in made.warnings] == ["accepts-own"]
    task = office.task(owner=office.li)
    own = EditTask(task=task, settings=(Setting("acceptor", None, office.li),))
    assert [one.code for one in office.do(own).warnings] == ["accepts-own"]
    give = AssignTask(task=task, owner=office.zhao, seen=office.li)
    assert office.do(give).warnings == ()
    back = AssignTask(task=task, owner=office.li, seen=office.zhao)
    assert [one.code for one in office.do(back).warnings] == ["accepts-own"]
