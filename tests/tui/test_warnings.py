"""Warnings, answers to them, nudges, blocks and moved dues at the keyboard."""

from datetime import timedelta

import pytest

from core.commands.blocking import BlockTask
from core.commands.dependencies import AddDependency
from core.commands.people import EditPerson
from core.commands.sync import AddSyncEntry
from core.commands.warning import WarnDelay
from core.domain.status import BlockKind, State
from core.domain.trouble import DelayReason, RequestState
from core.queries.detail import task_view
from tests.tui.conftest import NOW

WEEK = timedelta(days=7)


def view(team, task):
    return team.desk.ask(task_view, task)


@pytest.fixture
def doing(team):
    """A task of wang's, due in three days."""
    return team.put("对账", State.DOING, owner="wang", due=3)


def warned(team, task):
    command = WarnDelay(
        task=task, code=DelayReason.RESOURCES, reason="人手不足", expected=NOW + WEEK
    )
    team.by("wang").do(command)


# Warning


async def test_a_warning_takes_the_new_due_the_cause_and_a_word(team, drive, doing):
    async with drive(team.url, handle="wang") as member:
        await member.does("warn")
        assert "Due now: 2024-10-19 11:00" in member.sentence
        await member.types("10-23")
        await member.presses("enter", "right", "right", "enter")
        await member.types("排期冲突")
        await member.presses("enter")
        assert member.told == "OPS-1: the lead is asked for 2024-10-23."
    asked = view(team, doing).extension
    assert (asked.code, asked.reason) == (DelayReason.PRIORITY, "排期冲突")
    assert f"{asked.new_due:%Y-%m-%d %H:%M}" == "2024-10-23 10:00"


async def test_what_is_missing_is_told_and_what_was_typed_stays(team, drive, doing):
    async with drive(team.url, handle="wang") as member:
        await member.does("warn")
        await member.presses("tab", "tab", "x", "enter")
        assert "Say when it is expected now." in member.sentence
        await member.types("2024-10-17")
        await member.presses("tab", "tab", "enter")
        assert "is not after the due" in member.sentence
        assert (member.field("due-input"), member.field("reason-input")) == ("2024-10-17", "x")
        await member.presses("escape")
    assert view(team, doing).extensions == ()


async def test_a_day_that_is_over_is_told(team, drive, doing):
    async with drive(team.url, handle="wang", language="zh_CN") as member:
        await member.does("warn")
        await member.types("2024-10-01")
        await member.presses("enter", "enter", "x", "enter")
        assert "已经过去" in member.sentence
        assert member.field("due-input") == "2024-10-01"


async def test_the_same_key_takes_a_warning_back(team, drive, doing):
    warned(team, doing)
    async with drive(team.url, handle="wang") as member:
        await member.does("warn")
        assert "Take the warning back?" in member.sentence
        await member.presses("y")
    assert view(team, doing).extensions[0].state is RequestState.WITHDRAWN


# Answering


async def test_the_lead_grants_with_two_keys(team, drive, doing):
    warned(team, doing)
    async with drive(team.url) as member:
        await member.does("respond")
        assert "王磊 asks for 2024-10-23 11:00 in place of 2024-10-19 11:00." in member.sentence
        assert "Too few resources: 人手不足" in member.sentence
        await member.presses("enter")
        assert member.told == "OPS-1: granted, due 2024-10-23 11:00."
    assert (team.card(doing).due, team.card(doing).slips) == (NOW + WEEK, 1)


async def test_refusing_needs_a_reason(team, drive, doing):
    warned(team, doing)
    async with drive(team.url) as member:
        await member.does("respond")
        await member.presses("right", "enter")
        assert "Say why it is refused" in member.sentence
        await member.types("客户不同意")
        await member.presses("enter")
        assert member.told == "OPS-1: refused, due 2024-10-19 11:00."
    (asked,) = view(team, doing).extensions
    assert (asked.state, asked.answer) == (RequestState.REFUSED, "客户不同意")


async def test_others_are_told_who_answers(team, drive, doing):
    warned(team, doing)
    async with drive(team.url, handle="zhao") as member:
        await member.does("respond")
        assert "its lead has to answer" in member.told


async def test_nothing_to_answer(team, drive, doing):
    async with drive(team.url) as member:
        await member.does("respond")
        assert member.told == "Nothing about OPS-1 waits for your answer."


async def test_a_critical_block_gets_a_time(team, drive, doing):
    command = BlockTask(task=doing, reason="接口中断", waiting_for="IT", critical=True)
    team.by("wang").do(command)
    async with drive(team.url) as member:
        await member.does("respond")
        assert member.field("due-input") == "2024-10-16 15:00"
        assert "接口中断 - waits for IT" in member.sentence
        await member.presses("tab", "tab")
        await member.types("回滚")
        await member.presses("enter")
        assert member.told == "OPS-1 is to be resolved by 2024-10-16 15:00."
    spell = view(team, doing).spell
    assert (spell.met, spell.resolve_by) == (NOW, NOW + timedelta(hours=4))


async def test_a_time_that_is_over_keeps_the_prompt(team, drive, doing):
    command = BlockTask(task=doing, reason="接口中断", waiting_for="IT", critical=True)
    team.by("wang").do(command)
    async with drive(team.url) as member:
        await member.does("respond")
        await member.presses("ctrl+u")
        await member.types("2024-10-16 09:00")
        await member.presses("enter")
        assert "that time is over" in member.sentence
        assert member.field("due-input") == "2024-10-16 09:00"


async def test_whom_a_block_waits_for_says_by_when(team, drive, doing):
    command = BlockTask(task=doing, reason="等", waiting_for="", waiting_person=team.people["zhao"])
    team.by("wang").do(command)
    async with drive(team.url, handle="zhao") as member:
        await member.does("respond")
        await member.presses("enter")
    assert (view(team, doing).spell.met, view(team, doing).spell.resolve_by) == (
        None,
        NOW + timedelta(hours=4),
    )


async def test_a_question_about_the_task_is_answered(team, drive, doing):
    command = AddSyncEntry(
        project=team.project, task=doing, topic="何时完成?", asks=team.people["zhao"]
    )
    team.by("lixin").do(command)
    async with drive(team.url, handle="zhao") as member:
        await member.does("respond")
        assert "何时完成?" in member.sentence
        await member.types("周五")
        await member.presses("ctrl+s")
        await member.does("respond")
        assert "Nothing about OPS-1" in member.told


# Nudging


async def test_a_nudge_with_a_word(team, drive, doing):
    async with drive(team.url) as member:
        await member.does("nudge")
        assert "Nudge 王磊 about OPS-1" in member.sentence
        await member.types("请更新")
        await member.presses("enter")
        assert member.told == "王磊 is nudged about OPS-1."
        await member.does("nudge")
        await member.types("再看一下")
        await member.presses("enter")
        assert "was nudged at 2024-10-16 11:00" in member.sentence
        assert "2024-10-16 13:00" in member.sentence
        assert "再看一下" in member.sentence, "what was typed stays"
        await member.presses("escape")
    (nudge,) = view(team, doing).nudges
    assert (nudge.person, nudge.note) == (team.people["wang"], "请更新")


async def test_nobody_nudges_themselves(team, drive, doing):
    async with drive(team.url, handle="wang") as member:
        await member.does("nudge")
        assert member.told == "OPS-1 waits for you."


# Blocking


async def test_kind_and_urgency_of_a_block(team, drive, doing):
    async with drive(team.url) as member:
        await member.does("block")
        await member.types("接口中断")
        await member.presses("tab")
        await member.types("IT 部门")
        await member.presses("tab", "right", "right", "right", "tab", "right", "enter")
    spell = view(team, doing).spell
    assert (spell.reason, spell.waiting_for) == ("接口中断", "IT 部门")
    assert (spell.kind, spell.critical) == (BlockKind.TECHNICAL, True)


async def test_a_block_waits_for_a_task_that_must_come_first(team, drive, doing):
    needs = team.put("接口", State.DOING, owner="zhao")
    team.desk.do(AddDependency(task=doing, needs=needs))
    async with drive(team.url) as member:
        await member.choose(doing)
        await member.does("block")
        await member.types("等接口")
        await member.presses("enter")
        await member.types("OPS-2")
        await member.presses("enter")
    spell = view(team, doing).spell
    assert (spell.waiting_task, spell.waiting_for) == (needs, "OPS-2 接口")


# Moving a due


async def test_an_agreed_due_moves_with_a_reason_only(team, drive, doing):
    async with drive(team.url) as member:
        await member.does("due")
        await member.types("10-25")
        await member.presses("enter")
        assert "say why it moves" in member.sentence
        assert member.field("due-input") == "10-25"
        await member.types("客户改期")
        await member.presses("enter")
    assert f"{team.card(doing).due:%Y-%m-%d}" == "2024-10-25"


async def test_a_refused_due_keeps_the_reason(team, drive, doing):
    async with drive(team.url) as member:
        await member.does("due")
        await member.types("2024-10-01")
        await member.presses("tab")
        await member.types("客户改期")
        await member.presses("enter")
        assert "has gone by" in member.sentence
        assert (member.field("due-input"), member.field("reason-input")) == (
            "2024-10-01",
            "客户改期",
        )


async def test_the_form_asks_for_the_reason_when_the_due_moves(team, drive, doing):
    async with drive(team.url) as member:
        await member.does("edit")
        assert "Reason" not in member.picture
        await member.presses("tab", "tab", "ctrl+u")
        await member.types("10-25")
        await member.presses("enter")
        assert "say why it moves" in member.sentence
        await member.types("客户改期")
        await member.presses("enter")
    assert f"{team.card(doing).due:%Y-%m-%d}" == "2024-10-25"


async def test_the_form_asks_nothing_of_a_first_due(team, drive):
    task = team.put("对账", State.DOING, owner="wang")
    async with drive(team.url) as member:
        await member.does("edit")
        await member.presses("tab", "tab")
        await member.types("10-25")
        await member.presses("enter")
    assert f"{team.card(task).due:%Y-%m-%d}" == "2024-10-25"


# What the detail shows


async def test_the_detail_tells_of_trouble(team, drive, doing):
    warned(team, doing)
    team.by("wang").do(
        BlockTask(
            task=doing,
            reason="接口中断",
            waiting_for="IT",
            kind=BlockKind.TECHNICAL,
            critical=True,
        )
    )
    away = (NOW + timedelta(days=2)).date()
    wang = view(team, doing).people[team.people["wang"]]
    team.desk.do(EditPerson(person=wang.id, away_until=away))
    async with drive(team.url, size=(120, 40)) as member:
        await member.does("nudge")
        await member.presses("enter")
        await member.does("open")
        for text in (
            "waiting for IT · 接口中断",
            "Technical · critical · no time is set yet",
            "Nudged 1 time · 王磊 · 2024-10-16 11:00",
            "Later due 2024-10-23 11:00 · asked for by 王磊 · Too few resources",
            "王磊 · away until 2024-10-18",
            "Working time",
        ):
            assert text in member.sentence
