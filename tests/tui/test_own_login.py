"""The board of somebody who has a role of their own on PostgreSQL."""

from collections.abc import Iterator

import pytest

from core.desk import Desk
from core.domain.refusals import Rejected
from core.domain.status import State
from tests.logins import Team
from tui.bridge import Bridge
from tui.screens.board_question import opening
from tui.session import Session, SessionOptions


@pytest.fixture
def logins(postgres_url: str) -> Iterator[Team]:
    made = Team(postgres_url)
    yield made
    made.drop()


async def test_whose_role_it_is_sits_at_the_board(logins, drive):
    task = logins.doing(logins.li, title="甲")
    waiting = logins.task("乙", owner=logins.li)
    async with drive(logins.url_of("li"), handle="wang", clock=logins.clock) as member:
        assert member.app.session.me.handle == "li"
        await member.choose(waiting)
        await member.does("move-next")
        assert logins.get(waiting).state is State.DOING
        await member.choose(task)
        await member.does("move-previous")
        assert logins.get(task).state is State.TODO
        with pytest.raises(Rejected) as caught:
            await member.app.session.become("zhao")
        assert caught.value.code == "own-login"
    assert {one.actor for one in logins.events() if one.kind == "task-moved"} == {logins.li}


def test_the_session_is_told_who_it_is(logins):
    options = SessionOptions(store=logins.url_of("li"), handle="wang", clock=logins.clock)
    bridge = Bridge(lambda: Desk(options.store, actor="wang", clock=logins.clock).open())
    try:
        session = Session(options, bridge)
        bridge.soon(lambda desk: opening(session, desk)).result()
        assert (session.handle, session.me.handle) == ("li", "li")
    finally:
        bridge.close()
