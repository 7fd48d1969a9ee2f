"""Nudges: whom they reach, and once in a working half-day."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.commands.blocking import BlockTask
from core.commands.nudging import NudgeAwaited
from core.commands.people import AddDepartment, EditDepartment
from core.domain.ids import DepartmentId, TaskId
from core.domain.status import State
from core.domain.trouble import Nudge
from core.policies.calendar import WorkCalendar, calendar_named
from core.policies.days import DayKind, DayOverride, parse_office
from core.policies.nudging import half_day
from tests.office import MORNING, Office

CHINA = calendar_named("china")


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("now", "start", "end"),
    [
        ("2024-03-25 09:00", "2024-03-25 09:00", "2024-03-25 13:00"),
        ("2024-03-25 12:30", "2024-03-25 09:00", "2024-03-25 13:00"),
        ("2024-03-25 13:00", "2024-03-25 13:00", "2024-03-26 09:00"),
        ("2024-03-25 23:00", "2024-03-25 13:00", "2024-03-26 09:00"),
        ("2024-03-26 08:59", "2024-03-25 13:00", "2024-03-26 09:00"),
        ("2024-03-30 10:00", "2024-03-29 13:00", "2024-04-01 09:00"),  # a weekend
        ("2026-02-14 10:00", "2026-02-14 09:00", "2026-02-14 13:00"),  # a make-up Saturday
        ("2026-02-17 10:00", "2026-02-14 13:00", "2026-02-24 09:00"),  # the Spring Festival
    ],
)
def test_half_days(now: str, start: str, end: str) -> None:
    assert half_day(shanghai(now), CHINA) == (shanghai(start), shanghai(end))


def test_a_day_without_a_break_has_halves_too() -> None:
    calendar = WorkCalendar(office=parse_office("08:00-16:00"))
    found = half_day(shanghai("2024-03-25 12:30"), calendar)
    assert found == (shanghai("2024-03-25 12:00"), shanghai("2024-03-26 08:00"))


def test_a_half_day_has_one() -> None:
    day = shanghai("2024-03-25 09:00").date()
    calendar = WorkCalendar(company=(DayOverride(day=day, kind=DayKind.HALFDAY),))
    found = half_day(shanghai("2024-03-25 14:00"), calendar)
    assert found == (shanghai("2024-03-25 09:00"), shanghai("2024-03-26 09:00"))


FIRST, LAST = datetime(2024, 1, 1), datetime(2026, 12, 1)  # noqa: DTZ001 - the strategy's way
INSTANTS = st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(UTC))


@given(now=INSTANTS)
def test_half_days_leave_no_gap(now: datetime) -> None:
    found = half_day(now, CHINA)
    assert found.start <= now < found.end
    assert half_day(found.end, CHINA).start == found.end


def blocked(office: Office, **fields: object) -> TaskId:
    task = office.doing()
    given = {"task": task, "reason": "等", "waiting_for": "数据", **fields}
    office.do(BlockTask(**given), by="li")  # type: ignore[arg-type]
    return task


def reached(office: Office) -> list[int]:
    return [one.person for one in office.all(Nudge)]


def test_whom_the_block_waits_for_is_nudged(office: Office) -> None:
    task = blocked(office, waiting_person=office.zhao)
    office.do(NudgeAwaited(task=task, note="请今天给出数据"), by="li")
    (kept,) = office.all(Nudge)
    assert (kept.person, kept.by, kept.at, kept.note) == (
        office.zhao,
        office.li,
        MORNING,
        "请今天给出数据",
    )
    said = office.last()
    assert (said.kind, said.subject, said.reason) == ("nudged", "zhao", "请今天给出数据")


def test_a_departments_lead_answers_for_it(office: Office) -> None:
    tech = DepartmentId(office.do(AddDepartment(name="技术部")).id)
    office.do(EditDepartment(department=tech, lead=office.zhao))
    office.do(NudgeAwaited(task=blocked(office, waiting_department=tech)), by="li")
    assert reached(office) == [office.zhao]


def test_the_owner_of_the_task_that_is_awaited(office: Office) -> None:
    needed = office.doing(office.zhao)
    office.do(NudgeAwaited(task=blocked(office, waiting_task=needed)), by="li")
    assert reached(office) == [office.zhao]


def test_else_the_owner_is_nudged(office: Office) -> None:
    office.do(NudgeAwaited(task=office.doing()))
    office.clock.at += timedelta(days=1)
    office.do(NudgeAwaited(task=blocked(office)))
    assert reached(office) == [office.li, office.li]


def test_anybody_else_can_be_named(office: Office) -> None:
    office.do(NudgeAwaited(task=office.doing(), person=office.zhao))
    assert reached(office) == [office.zhao]


def test_one_nudge_in_a_working_half_day(office: Office) -> None:
    """Whoever sends it, about whatever."""
    office.do(NudgeAwaited(task=office.doing()))
    for command in (NudgeAwaited(task=office.doing()), NudgeAwaited(task=TaskId(1))):
        refusal = office.refused(command, by="zhao")
        assert (refusal.code, refusal.facts["person"]) == ("nudged-already", "李娜")
        assert refusal.facts["at"] == "2024-03-25T09:30:00+08:00"
        assert refusal.facts["next"] == "2024-03-25T13:00:00+08:00"
    office.clock.at = shanghai("2024-03-25 13:00")
    office.do(NudgeAwaited(task=TaskId(1)), by="zhao")
    assert reached(office) == [office.li, office.li]


def test_another_person_is_another_matter(office: Office) -> None:
    office.do(NudgeAwaited(task=office.doing()))
    office.do(NudgeAwaited(task=office.doing(office.zhao)))
    assert reached(office) == [office.li, office.zhao]


def test_what_nudging_refuses(office: Office) -> None:
    assert office.refused(NudgeAwaited(task=office.task())).code == "nobody-to-nudge"
    assert office.refused(NudgeAwaited(task=office.doing()), by="li").code == "nudge-yourself"
    done = office.task(owner=office.li, state=State.DONE)
    assert office.refused(NudgeAwaited(task=done)).code == "task-closed"
