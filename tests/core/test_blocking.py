"""Blocks: kinds, the limits that a critical one and a collaborator set, resolution times."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.commands.blocking import BlockTask, SetResolution, UnblockTask
from core.commands.closing import CancelTask
from core.commands.parts import AddCollaborator
from core.commands.people import AddDepartment, EditDepartment
from core.commands.projects import EditProject
from core.domain.ids import DepartmentId, TaskId
from core.domain.spells import BlockSpell
from core.domain.status import BlockKind, State
from core.domain.timers import Target, Timer, TimerRule
from tests.office import MORNING, Office


def block(task: TaskId, **fields: Any) -> BlockTask:
    given = {"reason": "等待技术部接口支持", "waiting_for": "技术部"}
    return BlockTask(task=task, **{**given, **fields})


def timers(office: Office) -> dict[TimerRule, Timer]:
    return {one.rule: one for one in office.all(Timer) if one.ended is None}


def spell(office: Office) -> BlockSpell:
    found: BlockSpell = office.all(BlockSpell)[-1]
    return found


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=8)


def test_a_block_says_what_kind_of_thing_is_missing(office: Office) -> None:
    office.do(block(office.doing(), kind=BlockKind.DECISION), by="li")
    assert spell(office).kind is BlockKind.DECISION
    assert office.last().changes == {
        "waiting_for": [None, "技术部"],
        "block_kind": [None, "decision"],
    }
    assert timers(office) == {}


def test_a_usual_block_waits_for_somebody(office: Office) -> None:
    office.do(block(office.doing()), by="li")
    assert (spell(office).kind, spell(office).critical) == (BlockKind.WAITING, False)


def test_what_it_waits_for_can_be_a_department_or_a_task(office: Office) -> None:
    tech = DepartmentId(office.do(AddDepartment(name="技术部")).id)
    needed = office.task("接口")
    command = block(office.doing(), waiting_for="", waiting_department=tech, waiting_task=needed)
    office.do(command, by="li")
    kept = spell(office)
    assert (kept.waiting_department, kept.waiting_task) == (tech, needed)
    assert kept.waiting_for == "技术部、T001"


def test_nothing_waits_for_itself(office: Office) -> None:
    task = office.doing()
    refusal = office.refused(block(task, waiting_task=task))
    assert (refusal.facts["field"], refusal.facts["reason"]) == ("waiting_task", "itself")


def test_a_kind_that_is_none(office: Office) -> None:
    refusal = office.refused(block(office.doing(), kind="mood"))
    assert (refusal.facts["field"], refusal.facts["reason"]) == ("kind", "unknown")


@pytest.mark.parametrize(
    ("start", "wall", "workhours"),
    [
        ("2026-04-30 17:30", "2026-04-30 19:30", "2026-05-06 10:30"),
        ("2026-05-09 11:30", "2026-05-09 13:30", "2026-05-09 14:30"),
    ],
)
def test_a_critical_block_is_met_about_within_two_hours(
    office: Office, start: str, wall: str, workhours: str
) -> None:
    """D8: day and night, unless the project has hours of its own for what is not urgent."""
    office.clock.at = shanghai(start)
    office.do(block(office.doing(), critical=True), by="li")
    timer = timers(office)[TimerRule.SWARM]
    assert (timer.due, timer.urgent, timer.target) == (shanghai(wall), True, Target.SPELL)
    assert timer.object == spell(office).id
    assert office.last().changes["critical"] == [False, True]

    office.do(EditProject(project=office.project, rules={"swarm": "2 workhours"}))
    calm = office.doing()
    office.do(block(calm, critical=True), by="li")
    timer = next(one for one in office.all(Timer) if one.task == calm)
    assert (timer.due, timer.urgent) == (shanghai(workhours), False)

    urgent = office.doing(urgent=True)
    office.do(block(urgent, critical=True), by="li")
    timer = next(one for one in office.all(Timer) if one.task == urgent)
    assert (timer.due, timer.urgent) == (shanghai(wall), True)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-02-14 16:00", "2026-02-25 16:00"),
        ("2026-02-13 16:00", "2026-02-24 16:00"),
    ],
)
def test_a_collaborator_responds_within_48_hours(office: Office, start: str, due: str) -> None:
    """D12, on the days that are worked."""
    office.clock.at = shanghai(start)
    task = office.doing()
    office.do(AddCollaborator(task=task, person=office.zhao))
    office.do(block(task, waiting_for="", waiting_person=office.zhao), by="li")
    timer = timers(office)[TimerRule.COLLABORATOR]
    assert (timer.due, timer.person) == (shanghai(due), office.zhao)


def test_hours_agreed_with_a_collaborator_count(office: Office) -> None:
    office.clock.at = shanghai("2026-02-14 16:00")
    task = office.doing()
    office.do(AddCollaborator(task=task, person=office.zhao, response_hours=24))
    office.do(block(task, waiting_person=office.zhao), by="li")
    assert timers(office)[TimerRule.COLLABORATOR].due == shanghai("2026-02-24 16:00")


def test_a_supporting_department_responds_through_its_lead(office: Office) -> None:
    tech = DepartmentId(office.do(AddDepartment(name="技术部")).id)
    office.do(EditDepartment(department=tech, lead=office.zhao))
    task = office.doing()
    office.do(AddCollaborator(task=task, department=tech))
    office.do(block(task, waiting_department=tech), by="li")
    assert timers(office)[TimerRule.COLLABORATOR].person == office.zhao


def test_others_owe_no_response(office: Office) -> None:
    office.do(block(office.doing(), waiting_person=office.zhao), by="li")
    assert timers(office) == {}


def test_a_resolution_time_ends_the_meeting_and_begins_to_run(office: Office) -> None:
    task = office.doing()
    office.do(AddCollaborator(task=task, person=office.zhao))
    office.do(block(task, waiting_person=office.zhao, critical=True), by="li")
    assert set(timers(office)) == {TimerRule.SWARM, TimerRule.COLLABORATOR}
    office.clock.at += timedelta(hours=1)
    by = MORNING + timedelta(hours=6)
    office.do(SetResolution(task=task, resolve_by=by, note="今天 15:30 前修好"), by="zhao")
    kept = spell(office)
    assert (kept.met, kept.resolve_by) == (office.clock.at, by)
    (timer,) = timers(office).values()
    assert (timer.rule, timer.due, timer.person) == (TimerRule.RESOLUTION, by, office.zhao)
    said = office.last()
    assert (said.kind, said.reason) == ("resolution-set", "今天 15:30 前修好")
    assert said.changes["resolve_by"] == [None, by.isoformat()]


def test_a_later_time_replaces_the_first(office: Office) -> None:
    task = office.doing()
    office.do(block(task, critical=True), by="li")
    for hours in (2, 5):
        office.do(SetResolution(task=task, resolve_by=MORNING + timedelta(hours=hours)))
    (timer,) = timers(office).values()
    assert timer.due == MORNING + timedelta(hours=5)
    assert spell(office).met == MORNING


def test_a_time_can_be_set_without_a_meeting(office: Office) -> None:
    task = office.doing()
    office.do(block(task), by="li")
    later = MORNING + timedelta(hours=2)
    office.do(SetResolution(task=task, resolve_by=later, met=False))
    assert (spell(office).met, spell(office).resolve_by) == (None, later)


def test_what_setting_a_time_refuses(office: Office) -> None:
    task = office.doing()
    later = MORNING + timedelta(hours=2)
    assert office.refused(SetResolution(task=task, resolve_by=later)).code == "not-blocked"
    office.do(block(task), by="li")
    refusal = office.refused(SetResolution(task=task, resolve_by=MORNING))
    assert (refusal.facts["field"], refusal.facts["reason"]) == ("resolve_by", "over")


def test_unblocking_ends_the_limits(office: Office) -> None:
    task = office.doing()
    office.do(block(task, critical=True), by="li")
    office.do(UnblockTask(task=task, resolution="修好了"), by="li")
    assert timers(office) == {}


def test_a_time_that_was_set_ends_with_the_block(office: Office) -> None:
    task = office.doing()
    office.do(block(task), by="li")
    office.do(SetResolution(task=task, resolve_by=MORNING + timedelta(hours=2)))
    office.do(UnblockTask(task=task), by="li")
    assert timers(office) == {}


def test_giving_a_task_up_ends_them_too(office: Office) -> None:
    task = office.doing()
    office.do(block(task, critical=True), by="li")
    office.do(CancelTask(task=task, seen=State.DOING, reason="不做了"))
    assert timers(office) == {}


def test_tasks_do_not_wait_for_each_other_in_a_circle(office: Office) -> None:
    first, second, third = office.doing(), office.doing(), office.doing()
    office.do(BlockTask(task=first, reason="r", waiting_for="", waiting_task=second))
    office.do(BlockTask(task=second, reason="r", waiting_for="", waiting_task=third))
    refusal = office.refused(BlockTask(task=third, reason="r", waiting_for="", waiting_task=first))
    assert refusal.code == "circle"
    assert refusal.facts["way"] == ("T003", "T001", "T002")
