"""Agreed criteria change with a reason, and the acceptor is told of it (R139)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core.commands.closing import CancelTask
from core.commands.editing import EditTask, Setting
from core.commands.importing import ImportParts
from core.commands.moving import MoveTask
from core.commands.parts import AddCriterion, ChangeCriterion, RemovePart
from core.commands.quieting import AckAlert
from core.commands.reviewing import AcceptTask, DelegateAcceptance, SendBack
from core.commands.ticking import Tick
from core.domain.ids import PartId, PersonId, TaskId
from core.domain.notices import Raised
from core.domain.status import State
from core.domain.timers import Target, Timer, TimerRule
from core.queries.alerts import alerts
from tests.office import Office

Change = Callable[[Office, TaskId, PartId], object]

CHANGES: dict[str, Change] = {
    "add": lambda _, task, __: AddCriterion(task=task, text="有封面", reason="客户要求"),
    "reword": lambda _, __, one: ChangeCriterion(criterion=one, text="有页码", reason="客户要求"),
    "remove": lambda _, __, one: RemovePart(kind="criterion", part=one, reason="客户要求"),
}


def begun(office: Office) -> tuple[TaskId, PartId]:
    """A task of li's in progress, with a criterion that wang will hold it against."""
    task = office.doing()
    made = office.do(AddCriterion(task=task, text="有目录", reason="漏了"))
    return task, PartId(made.id)


def told(office: Office, viewer: PersonId) -> list[str]:
    """The causes of the lines that are about something ``viewer`` must act on."""
    found = office.desk.ask(
        alerts, viewer=viewer, scope="mine", project=None, now=office.desk.now()
    )
    return [cause for one in found.rows if one.mine for cause in (one.rule, *one.others)]


def running(office: Office) -> list[PersonId | None]:
    """Who is still to be told."""
    rule = TimerRule.CRITERIA
    return [one.person for one in office.all(Timer) if one.rule is rule and one.ended is None]


@pytest.mark.parametrize("how", CHANGES)
def test_the_acceptor_is_told(office: Office, how: str) -> None:
    task, one = begun(office)
    assert running(office) == []  # wang, who accepts it, added it
    office.do(CHANGES[how](office, task, one), by="li")
    assert "criteria-changed" in told(office, office.wang)
    assert "criteria-changed" not in told(office, office.li)
    office.do(Tick())
    [raised] = [one for one in office.all(Raised) if one.rule == "criteria-changed"]
    assert raised.told == {"wang": "person"}


def test_before_the_work_begins_nobody_is_told(office: Office) -> None:
    task = office.task(owner=office.li)
    office.do(AddCriterion(task=task, text="有目录"), by="li")
    assert running(office) == []


def test_a_tick_of_a_criterion_tells_nobody(office: Office) -> None:
    task = office.task(owner=office.li, acceptor=office.zhao)
    one = PartId(office.do(AddCriterion(task=task, text="有目录")).id)
    office.do(MoveTask(task=task, to=State.DOING, seen=State.TODO), by="li")
    office.do(ChangeCriterion(criterion=one, met=True))
    assert running(office) == []


def test_a_table_tells_it_too(office: Office) -> None:
    office.person("chen", "陈晨")
    task = office.doing(acceptor=office.zhao)
    office.do(ImportParts(task=task, criteria=("有封面",), source="表.xlsx"))
    assert running(office) == [office.zhao]


def test_once_for_several_changes(office: Office) -> None:
    task, one = begun(office)
    for how in ("add", "reword", "remove"):
        office.do(CHANGES[how](office, task, one), by="li")
    assert running(office) == [office.wang]


def test_an_acknowledgement_is_enough(office: Office) -> None:
    task, one = begun(office)
    office.do(CHANGES["remove"](office, task, one), by="li")
    seen = AckAlert(
        target=Target.TASK,
        object=task,
        rule="criteria-changed",
        since=office.clock.now(),
        note="知道了",
    )
    office.do(seen)
    assert "criteria-changed" not in told(office, office.wang)


@pytest.mark.parametrize("end", ["accept", "send back", "cancel"])
def test_it_ends_with_the_verdict(office: Office, end: str) -> None:
    task, one = begun(office)
    office.do(CHANGES["remove"](office, task, one), by="li")
    office.submit(task)
    assert running(office) == [office.wang]
    ways = {
        "accept": AcceptTask(task=task),
        "send back": SendBack(task=task, findings="缺目录"),
        "cancel": CancelTask(task=task, seen=State.REVIEW, reason="不做了"),
    }
    office.do(ways[end])
    assert running(office) == []


def test_withdrawing_the_work_does_not_end_it(office: Office) -> None:
    task, one = begun(office)
    office.submit(task)
    office.do(CHANGES["remove"](office, task, one), by="li")
    office.clock.move(timedelta(minutes=1))
    office.do(MoveTask(task=task, to=State.DOING, seen=State.REVIEW), by="li")
    assert running(office) == [office.wang]


def test_whoever_accepts_instead_is_told_instead(office: Office) -> None:
    task, one = begun(office)
    office.submit(task)
    office.do(CHANGES["remove"](office, task, one), by="li")
    to = DelegateAcceptance(task=task, to=office.zhao, reason="出差", seen=office.wang)
    office.do(to)
    assert running(office) == [office.zhao]
    for acceptor in (office.wang, None):  # None: wang, by position
        now = office.get(task).acceptor
        back = (Setting("acceptor", now, acceptor),)
        office.do(EditTask(task=task, settings=back, reason="回来了"))
        assert running(office) == [office.wang]


def test_another_acceptor_of_what_is_submitted_needs_a_reason(office: Office) -> None:
    task = office.in_review()
    edit = EditTask(task=task, settings=(Setting("acceptor", None, office.zhao),))
    said = office.refused(edit)
    assert (said.code, said.facts["field"]) == ("reason-needed", "reason")
    own = (Setting("acceptor", None, office.li),)
    assert office.refused(EditTask(task=task, settings=own, reason="x")).code == "delegate-own"
    observer = (Setting("acceptor", None, office.sun),)
    said = office.refused(EditTask(task=task, settings=observer, reason="x"))
    assert said.code == "only-looks-on"
    office.do(EditTask(task=task, settings=edit.settings, reason="出差"))
    assert office.last().reason == "出差"
    office.do(AcceptTask(task=task), by="zhao")
