"""Rows that are written late in a transaction: nothing in between misses them or their numbers."""

import pytest

from core.commands.editing import AssignTask
from core.commands.importing import Helper, ImportTask
from core.commands.parts import AddCollaborator, RemovePart
from core.commands.tasks import CreateTask
from core.domain.assignments import Assignment
from core.domain.ids import PartId, TaskId
from core.domain.parts import Collaborator
from core.domain.refusals import BadValue
from core.queries import detail
from tests.ledgers import flaws
from tests.office import Office


def imported(office: Office, *labels: str) -> ImportTask:
    task = CreateTask(project=office.project, title="调研", owner=office.li)
    return ImportTask(task=task, helpers=tuple(Helper(label=one) for one in labels))


def test_what_comes_next_finds_them_and_the_ledger_knows_them(office: Office) -> None:
    with office.desk.together() as send:
        first = TaskId(send(imported(office, "法务", "客户")).id)
        send(AddCollaborator(task=first, label="财务"))
        second = TaskId(send(imported(office, "数据部")).id)
        send(AssignTask(task=second, owner=office.zhao, seen=office.li))
        send(RemovePart(kind="collaborator", part=PartId(4)))
        third = TaskId(send(imported(office, "行政")).id)
        view = office.desk.ask(detail.task_view, third)
        assert [one.label for one in view.collaborators] == ["行政"]
    kept = office.all(Collaborator)
    assert [one.label for one in kept] == ["法务", "客户", "财务", "行政"]
    held = [(one.task, one.owner, one.ended is None) for one in office.all(Assignment)]
    assert held == [
        (first, office.li, True),
        (second, office.li, False),
        (second, office.zhao, True),
        (third, office.li, True),
    ]
    assert not flaws(office.desk)


def test_none_is_left_of_what_is_refused(office: Office) -> None:
    office.desk.do(imported(office, "法务"))
    wanted = (imported(office, "客户"), CreateTask(project=office.project, title=""))
    with pytest.raises(BadValue), office.desk.together() as send:
        list(map(send, wanted))
    office.desk.do(imported(office, "财务"))
    assert [one.label for one in office.all(Collaborator)] == ["法务", "财务"]
    assert not flaws(office.desk)
