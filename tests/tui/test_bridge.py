"""The store thread: in order, awaited, refusals raised where they belong, news of others."""

import asyncio

import pytest

from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.refusals import BadValue, Unavailable
from core.domain.status import State
from core.queries import board
from core.queries.board import Chosen
from tui.bridge import Bridge


@pytest.fixture
def bridge(team):
    made = Bridge(lambda: Desk(team.url, actor="lixin", clock=team.clock).open())
    yield made
    made.close()


async def test_commands_are_applied_in_their_order(team, bridge):
    titles = [f"task {number}" for number in range(20)]
    commands = [CreateTask(project=team.project, title=title) for title in titles]
    await asyncio.gather(*(bridge.do(command) for command in commands))

    assert team.titles(State.TODO) == titles


async def test_a_refusal_is_raised_where_it_was_asked(team, bridge):
    with pytest.raises(BadValue):
        await bridge.do(CreateTask(project=team.project, title=" "))
    assert await bridge.ask(board.cards, Chosen(), State.TODO) == ()


async def test_close_waits_for_what_is_queued_and_may_be_called_twice(team, bridge):
    made = bridge.soon(lambda desk: desk.do(CreateTask(project=team.project, title="last")))
    bridge.close()
    bridge.close()

    assert made.result().name == "OPS-1"


async def test_a_store_that_cannot_be_opened_refuses_every_question(tmp_path):
    bridge = Bridge(lambda: Desk(f"sqlite:///{tmp_path}", actor="wang").open())
    with pytest.raises(Unavailable):
        await bridge.ask(board.cards, Chosen(), State.TODO)
    bridge.close()


@pytest.fixture
def shared_url(store_url):
    with Desk(store_url, actor="lixin"):
        return store_url


async def test_what_others_change_is_news_and_my_own_is_not(shared_url):
    from core.commands.setup import StartTeam

    with Desk(shared_url, actor="lixin") as other:
        other.do(StartTeam(handle="lixin", name="李欣"))
        bridge = Bridge(lambda: Desk(shared_url, actor="lixin").open())
        changes = bridge.changes()
        news = asyncio.ensure_future(anext(changes))
        await _listens(bridge)
        await bridge.do(CreateTask(project=1, title="mine"))
        await asyncio.wait([news], timeout=0.4)
        assert not news.done()
        other.do(CreateTask(project=1, title="theirs"))
        await asyncio.wait_for(news, timeout=5)
        await changes.aclose()
        bridge.close()


async def _listens(bridge):
    """Wait until nothing that happens from now on would be missed."""
    while bridge.feed is None:  # noqa: ASYNC110
        await asyncio.sleep(0)
    ready = getattr(bridge.feed, "ready", None)
    if ready is not None:
        assert await asyncio.to_thread(ready.wait, 10)
