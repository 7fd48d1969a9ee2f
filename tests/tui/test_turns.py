"""The app as it is run, where Textual lets tasks begin at once on Python 3.12 and newer."""

import asyncio

from tui.bridge import Bridge
from tui.session import Session, SessionOptions, directory
from tui.shell import DubanApp


def test_a_screen_is_made_with_its_own_style_sheet(team):
    bridge = Bridge(lambda: team.by("lixin"))
    session = Session(SessionOptions(store=team.url, handle="lixin", clock=team.clock), bridge)
    session.begin(bridge.soon(directory).result())
    seen = []

    async def look(pilot):
        await pilot.press("3")
        await pilot.pause()
        seen.append(asyncio.get_running_loop().get_task_factory())
        seen.append(pilot.app.screen.query_one("#facts").styles.border_left[0])
        pilot.app.exit()

    DubanApp(session).run(headless=True, auto_pilot=look, size=(100, 30))
    bridge.close()

    assert seen == [None, "solid"]
