"""Department leads sign who does what of a task and its subtasks (R53)."""

import pytest

from core.commands.assigning import ClaimTask, SignAllocation
from core.commands.closing import CancelTask
from core.commands.parts import AddCollaborator
from core.commands.people import AddDepartment, EditPerson
from core.commands.progress import UpdateProgress
from core.domain.duties import SignOff
from core.domain.ids import DepartmentId, TaskId
from core.domain.status import State, SyncKind
from core.domain.synclog import SyncEntry
from core.queries.allocation import allocation
from tests.office import MORNING, Office


class Departments:
    """Marketing, led by wang, and engineering, led by zhao, whose member is li."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.market = DepartmentId(office.do(AddDepartment(name="市场部", lead=office.wang)).id)
        self.tech = DepartmentId(office.do(AddDepartment(name="技术部", lead=office.zhao)).id)
        for person, home in (
            (office.wang, self.market),
            (office.li, self.tech),
            (office.zhao, self.tech),
        ):
            office.do(EditPerson(person=person, department=home))
        self.task = office.task("新品推广", owner=office.wang)
        self.part = office.task("接口改造", parent=self.task, owner=office.li)

    def sign(self, department: DepartmentId, by: str, note: str = "") -> None:
        self.office.do(SignAllocation(task=self.task, department=department, note=note), by=by)

    def standing(self) -> dict[str, tuple[bool, bool]]:
        """By department: whether it signed, and whether that stands."""
        rows = self.office.desk.ask(allocation, self.task)
        return {one.name: (one.signed is not None, one.stands) for one in rows}


@pytest.fixture
def two(office: Office) -> Departments:
    return Departments(office)


def test_who_has_part_in_it_signs(two: Departments) -> None:
    assert two.standing() == {"市场部": (False, False), "技术部": (False, False)}
    two.sign(two.tech, "zhao", note="7 月起")
    assert two.standing() == {"市场部": (False, False), "技术部": (True, True)}
    (signed,) = two.office.all(SignOff)
    assert (signed.person, signed.at, signed.note) == (two.office.zhao, MORNING, "7 月起")
    last = two.office.last()
    assert (last.kind, last.subject, last.reason) == ("allocation-signed", "技术部", "7 月起")
    (row, *_) = [one for one in two.office.desk.ask(allocation, two.task) if one.name == "技术部"]
    assert row.people == (two.office.li,)


def test_the_last_signature_publishes_it(two: Departments) -> None:
    two.sign(two.tech, "zhao")
    assert two.office.all(SyncEntry) == []
    two.sign(two.market, "wang")
    (entry,) = two.office.all(SyncEntry)
    assert (entry.kind, entry.topic) == (SyncKind.DECISION, "T001 新品推广")
    assert entry.content == "T001 新品推广 · 王强\nT001-01 接口改造 · 李娜"


@pytest.mark.parametrize("change", ["claim", "helper", "subtask", "cancel"])
def test_what_changes_is_signed_anew(two: Departments, change: str) -> None:
    office = two.office
    free = office.task("投放", parent=two.task)
    two.sign(two.tech, "zhao")
    if change == "claim":
        office.do(ClaimTask(task=free))
    elif change == "helper":
        office.do(AddCollaborator(task=two.part, person=office.wang))
    elif change == "subtask":
        office.task("验收", parent=two.part)
    else:
        office.do(CancelTask(task=free, seen=State.TODO, reason="不做了"))
    assert two.standing()["技术部"] == (True, False)
    two.sign(two.tech, "zhao")
    assert two.standing()["技术部"] == (True, True)


def test_other_news_changes_nothing(two: Departments) -> None:
    two.sign(two.tech, "zhao")
    two.office.do(UpdateProgress(task=two.part, progress=10), by="li")
    assert two.standing()["技术部"] == (True, True)


def test_a_department_that_helps_has_part(two: Departments) -> None:
    office = two.office
    design = DepartmentId(office.do(AddDepartment(name="设计部", lead=office.li)).id)
    office.do(AddCollaborator(task=two.part, department=design))
    assert "设计部" in two.standing()


def test_what_was_given_up_has_none(two: Departments) -> None:
    two.office.do(CancelTask(task=two.part, seen=State.TODO, reason="不做了"))
    assert list(two.standing()) == ["市场部"]


def test_only_its_lead_signs(two: Departments) -> None:
    command = SignAllocation(task=two.task, department=two.tech)
    for handle in ("li", "wang"):
        assert two.office.refused(command, by=handle).code == "not-your-department"


def test_only_who_has_part_in_it(two: Departments) -> None:
    alone = TaskId(two.office.task("自己的事", owner=two.office.wang))
    command = SignAllocation(task=alone, department=two.tech)
    assert two.office.refused(command, by="zhao").code == "department-not-concerned"
