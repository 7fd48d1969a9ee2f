"""Where a store is closed, the board lets nobody become somebody else."""

import pytest

from core.commands.store_rules import SetImpersonation
from core.domain.refusals import Rejected
from tests.tui.stage import open_desk, set_stage, sitting


async def test_a_closed_store_lets_nobody_be_chosen(sqlite_url: str):
    set_stage(sqlite_url)
    async with sitting(sqlite_url) as member:
        session = member.app.session
        await session.become("li")
        await session.become("wang")
        desk = open_desk(sqlite_url)
        desk.do(SetImpersonation(allowed=False))
        desk.close()

        with pytest.raises(Rejected) as caught:
            await session.become("li")
        assert caught.value.code == "impersonation-closed"
        assert session.handle == "wang"
        await session.become("Wang")
