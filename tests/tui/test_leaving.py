"""A screen is left while it still reads: what was read is shown nowhere, and nothing breaks."""

import asyncio

import pytest

from tui.widgets.lines import LineList


class Gate:
    """Holds what is read from the store back until it is opened."""

    def __init__(self, app, monkeypatch):
        self.asked, self.open = asyncio.Event(), asyncio.Event()
        ask = app.session.bridge.ask

        async def held(*values, **named):
            found = await ask(*values, **named)
            self.asked.set()
            await self.open.wait()
            return found

        monkeypatch.setattr(app.session.bridge, "ask", held)


@pytest.fixture
def taken_away(monkeypatch):
    """Set once a list is off its screen, whose other parts may still be there."""
    gone = []
    monkeypatch.setattr(LineList, "on_unmount", lambda _: [one() for one in gone], raising=False)
    return gone


async def test_news_come_while_the_screen_is_left(team, drive, monkeypatch):
    team.put("备份", due=-2)
    async with drive(team.url) as member:
        await member.presses("t")
        gate = Gate(member.app, monkeypatch)
        news = asyncio.ensure_future(member.app._read_again())
        await gate.asked.wait()
        left = member.app.screen
        await member.app.pop_screen()
        gate.open.set()
        assert await news is True
        assert left not in member.app.screen_stack
        assert "备份" in member.picture


@pytest.mark.parametrize("reads", ["the app", "the screen"])
async def test_the_program_ends_while_something_is_read(
    team, drive, monkeypatch, taken_away, reads
):
    team.put("备份", due=-2)
    async with drive(team.url) as member:
        app = member.app
        await member.presses("t")
        gate = Gate(app, monkeypatch)
        taken_away.append(gate.open.set)
        reader = app.screen if reads == "the screen" else app
        worker = reader.run_worker(app.screen.refresh_view())
        await gate.asked.wait()
    assert worker.is_cancelled
    assert app._exception is None


async def test_what_is_missing_on_a_screen_that_is_seen_is_still_a_mistake(team, drive):
    async with drive(team.url) as member:
        await member.presses("t")
        screen = member.app.screen
        assert screen.query_one("#waiting", LineList).lines
        await screen.query_one("#waiting").remove()
        with pytest.raises(Exception, match="#waiting"):
            await screen.show_anew()
