"""Deliverables are registered: where they lie, and in the sync log (R96, D13)."""

from datetime import timedelta

from core.commands.parts import AddDeliverable, ChangeDeliverable, RemovePart
from core.commands.registering import RegisterDeliverable
from core.domain.ids import PartId
from core.domain.parts import Deliverable
from core.domain.status import SyncKind
from core.domain.timers import Timer, TimerRule
from core.queries.synclog import entries
from tests.office import MORNING, Office


def open_limits(office: Office) -> list[TimerRule]:
    return [one.rule for one in office.all(Timer) if one.ended is None]


def test_registering_writes_an_entry(office: Office) -> None:
    task = office.task(owner=office.li)
    made = office.do(AddDeliverable(task=task, name="《访谈提纲》", edition="V1.0"))
    command = RegisterDeliverable(deliverable=PartId(made.id))
    assert office.refused(command).facts["field"] == "location"
    office.do(RegisterDeliverable(deliverable=PartId(made.id), location="共享盘/提纲"), by="li")
    (stored,) = office.all(Deliverable)
    assert (stored.registered, stored.registered_by) == (MORNING, office.li)
    (row,) = office.desk.ask(entries)
    assert (row.kind, row.topic) == (SyncKind.DELIVERABLE, "《访谈提纲》 V1.0")
    assert (row.reference, row.task, row.author) == ("共享盘/提纲", task, office.li)


def test_the_limit_ends_with_the_last_deliverable(office: Office) -> None:
    task = office.doing()
    numbers = [
        PartId(office.do(AddDeliverable(task=task, name=name, location="盘")).id) for name in "ab"
    ]
    office.submit(task)
    assert open_limits(office) == [TimerRule.DELIVERABLE]
    office.do(RegisterDeliverable(deliverable=numbers[0]))
    assert open_limits(office) == [TimerRule.DELIVERABLE]
    office.clock.move(timedelta(hours=1))
    office.do(RegisterDeliverable(deliverable=numbers[1]))
    assert open_limits(office) == []


def test_a_deliverable_that_is_taken_away_is_owed_no_more(office: Office) -> None:
    task = office.doing()
    made = office.do(AddDeliverable(task=task, name="a"))
    office.submit(task)
    office.do(RemovePart(kind="deliverable", part=PartId(made.id)))
    assert open_limits(office) == []


def test_a_new_edition_of_what_is_registered_stays_so(office: Office) -> None:
    task = office.task(owner=office.li)
    made = PartId(office.do(AddDeliverable(task=task, name="a", location="盘")).id)
    office.do(RegisterDeliverable(deliverable=made), by="li")
    office.do(ChangeDeliverable(deliverable=made, edition="V2"))
    (stored,) = office.all(Deliverable)
    assert (stored.edition, stored.registered_by) == ("V2", office.wang)
