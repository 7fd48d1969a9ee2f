"""Draws README's picture, docs/board.svg: the real board of the demo team on a fixed day.

PYTHONPATH=. python docs/authoring/picture.py
"""

import asyncio
import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

os.environ |= {"TEXTUAL_ANIMATION": "none", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
os.environ.pop("NO_COLOR", None)  # the same picture, whatever terminal it is drawn from

from core import demo
from core.clock import SetClock
from core.desk import Desk
from tui.bridge import Bridge
from tui.session import Session, SessionOptions, directory
from tui.shell import DubanApp

AT = SetClock(datetime(2026, 3, 11, 2, 30, tzinfo=UTC))
SIZE = (120, 36)
KEYS = ("right", "down", "exclamation_mark")
FONTS = "ui-monospace, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'Sarasa Mono SC', monospace"
TARGET = Path(__file__).parents[1] / "board.svg"


async def picture(store: str) -> str:
    """The board after KEYS, as an SVG that loads nothing from elsewhere."""
    bridge = Bridge(lambda: Desk(store, actor="wang", clock=AT).open())
    session = Session(
        SessionOptions(store=store, handle="wang", language="zh_CN", clock=AT), bridge
    )
    session.learn(bridge.soon(directory).result())
    app = DubanApp(session)
    async with app.run_test(size=SIZE) as pilot:
        for key in KEYS:
            await pilot.press(key)
        await pilot.pause()
        drawn = app.export_screenshot(title="duban")
    bridge.close()
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return re.sub(r"font-family: (Fira Code|monospace)[^;]*;", f"font-family: {FONTS};", drawn)


def main() -> None:
    """Make the demo store, draw it, write the file."""
    with tempfile.TemporaryDirectory() as folder:
        store = f"sqlite:///{folder}/demo.db"
        with Desk(store, actor="wang", clock=AT) as desk:
            demo.fill(desk, language="zh_CN", handle="wang", name="王强")
        TARGET.write_text(asyncio.run(picture(store)), encoding="utf-8")


if __name__ == "__main__":
    main()
