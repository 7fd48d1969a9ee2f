"""The store goes away, does not answer, or is kept busy: that is told, and nothing hangs."""

import asyncio
import os
import signal
import sqlite3
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from textual import events

from core.commands.setup import StartTeam
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.refusals import Unavailable
from core.domain.status import State
from tests.tui.conftest import Team, until
from tui.bridge import Bridge
from tui.session import directory
from tui.widgets.hints import Hints


@pytest.fixture
def server_team(postgres_url):
    made = Team(postgres_url)
    yield made
    made.desk.close()


def backends(url):
    """The processes that serve everybody else's connections to this database."""
    with psycopg.connect(url, autocommit=True) as other:
        found = other.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [row[0] for row in found.fetchall()]


def cut_all(url):
    numbers = backends(url)
    with psycopg.connect(url, autocommit=True) as other:
        for number in numbers:
            other.execute("SELECT pg_terminate_backend(%s, 2000)", (number,))


async def listens(bridge):
    while bridge.feed is None or not bridge.feed.ready.is_set():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def test_an_idle_board_is_fresh_again_after_every_connection_was_cut(server_team, drive):
    async with drive(server_team.url) as member:
        await listens(member.app.session.bridge)
        await asyncio.to_thread(cut_all, server_team.url)
        server_team.put("新任务")
        await until(lambda: "新任务" in member.picture)
        assert member.told == ""
        assert "No connection" not in member.picture


async def test_while_there_is_no_store_the_bottom_line_says_so(team, drive, monkeypatch):
    async with drive(team.url) as member:
        app, read = member.app, member.app.session.refresh_directory
        refused = [Unavailable("connection-lost")]

        async def lost():
            if refused:
                raise refused.pop()
            await read()

        monkeypatch.setattr(app.session, "refresh_directory", lost)
        renewing = asyncio.ensure_future(app._renew())
        await until(lambda: "No connection to the store; trying again." in member.picture)
        await renewing
        await member.pilot.pause()
        assert "No connection" not in member.picture
        assert "quit" in member.picture


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs signals")
async def test_a_server_that_does_not_answer_is_cut_off_and_the_command_is_kept(postgres_url):
    with Desk(postgres_url, actor="lixin") as desk:
        desk.do(StartTeam(handle="lixin", name="李欣"))
    bridge = Bridge(lambda: Desk(postgres_url, actor="lixin").open(), patience=1.0)
    silent = []
    bridge.on_silence = lambda: silent.append(1)
    changes = bridge.changes()
    news = asyncio.ensure_future(anext(changes))
    await listens(bridge)
    number = bridge.feed._database.backend
    os.kill(number, signal.SIGSTOP)
    try:
        async with asyncio.timeout(20):
            receipt = await bridge.do(CreateTask(project=1, title="一"))
    finally:
        os.kill(number, signal.SIGCONT)
    assert receipt.name
    assert silent
    news.cancel()
    await asyncio.wait([news])
    bridge.close()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs signals")
def test_a_server_that_falls_silent_before_the_board_is_seen_is_cut_off_too(postgres_url):
    with Desk(postgres_url, actor="lixin") as desk:
        desk.do(StartTeam(handle="lixin", name="李欣"))
    bridge = Bridge(lambda: Desk(postgres_url, actor="lixin").open(), patience=0.5)
    number = bridge.answer(bridge.soon(lambda desk: desk.store.database.backend))
    os.kill(number, signal.SIGSTOP)
    try:
        person = bridge.answer(bridge.soon(lambda desk: directory(desk).me))
    finally:
        os.kill(number, signal.SIGCONT)
    assert person.handle == "lixin"
    bridge.close()


async def test_whoever_leaves_does_not_wait_for_the_store(team):
    free = threading.Event()
    bridge = Bridge(lambda: Desk(team.url, actor="lixin").open())
    stuck = bridge.soon(lambda _: free.wait(20))
    before = time.monotonic()
    bridge.close()
    assert time.monotonic() - before < 2
    assert not stuck.done()
    free.set()


@contextmanager
def held(team):
    """Somebody else is saving."""
    other = sqlite3.connect(team.url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


async def test_waiting_for_somebody_who_saves_is_told_and_the_command_lands(team, drive):
    task = team.put("一", State.DOING, owner="lixin")
    async with drive(team.url) as member:
        await member.choose(task)
        with held(team) as lock:
            member.app.simulate_key("H")
            await until(lambda: "Somebody else is saving; waiting…" in member.picture)
            lock.rollback()
            await member.settles()
        assert team.card(task).state is State.TODO
        assert member.told == ""


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_leaving_while_a_command_waits(team, drive, key):
    team.put("一", owner="lixin")
    async with drive(team.url) as member:
        with held(team):
            member.app.simulate_key("L")
            await until(lambda: "waiting…" in member.picture)
            await asyncio.sleep(0.4)
            member.app.simulate_key(key)
            await until(lambda: member.app.return_code == 0)


async def test_a_busy_store_is_tried_once_more_under_the_same_command_id(team, drive, monkeypatch):
    async with drive(team.url) as member:
        session, send, numbers = member.app.session, member.app.session.send, []

        async def busy(command, *, command_id=None):
            numbers.append(command_id)
            if len(numbers) == 1:
                raise Unavailable("store-busy")
            return await send(command, command_id=command_id)

        monkeypatch.setattr(session, "send", busy)
        receipt = await member.app.screen.send(CreateTask(project=team.project, title="一"))
        assert receipt.name == "OPS-1"
        assert numbers[0] == numbers[1]


async def test_a_key_typed_ahead_does_not_wipe_a_message(team, drive):
    async with drive(team.url) as member:
        typed = events.Key("j", "j")
        member.app.screen.tell("told")
        member.app.post_message(typed)
        await member.settles()
        assert member.app.screen.query_one(Hints).message[0] == "told"
        await member.presses("j")
        assert member.told == ""


async def test_a_new_task_is_tried_once_more_too_and_stays_typed_if_refused(
    team, drive, monkeypatch
):
    async with drive(team.url) as member:
        session, send, numbers = member.app.session, member.app.session.send, []

        async def busy(command, *, command_id=None):
            numbers.append(command_id)
            if len(numbers) <= 3:
                raise Unavailable("store-busy")
            return await send(command, command_id=command_id)

        monkeypatch.setattr(session, "send", busy)
        await member.does("add")
        await member.types("月报")
        await member.presses("enter")
        assert "Please try again." in member.sentence
        assert member.field("title-field-input") == "月报"
        await member.presses("enter")
        assert member.told == "OPS-1 is on the board."
        assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
