"""Stored pictures of the screens, in both languages, on a small and a large terminal.

Behaviour is tested elsewhere; these show a change of looks. Look at each before it is stored
anew with ``--snapshot-update``.
"""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import demo
from core.clock import SetClock
from core.desk import Desk
from tui.bridge import Bridge
from tui.session import Session, SessionOptions, directory
from tui.shell import DubanApp

AT = SetClock(datetime(2026, 3, 11, 2, 30, tzinfo=UTC))
LANGUAGES = ("en", "zh_CN")
SIZES = ((80, 24), (120, 40))
SCREENS = {
    "board": ("right", "down"),
    "alerts": ("exclamation_mark",),
    "detail": ("right", "down", "down", "down", "enter"),
    "sync-log": ("2",),
    "review": ("3",),
    "responsibilities": ("5",),
    "history": ("6",),
    "submit": ("m", "right", "L"),
    "triage": ("t",),
    "team-standup": ("S", "down"),
    "find": ("f", "p", "a"),
}


@pytest.fixture(scope="session")
def teams(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A store with the demo team for each language, to be copied."""
    made = {}
    for language in LANGUAGES:
        made[language] = tmp_path_factory.mktemp(language) / "demo.db"
        with Desk(f"sqlite:///{made[language]}", actor="wang", clock=AT) as desk:
            demo.fill(desk, language=language, handle="wang", name="王强")
    return made


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_looks_as_it_did(
    snap_compare: Callable[..., bool],
    teams: dict[str, Path],
    tmp_path: Path,
    screen: str,
    language: str,
    size: tuple[int, int],
) -> None:
    store = f"sqlite:///{shutil.copy(teams[language], tmp_path / 'demo.db')}"
    bridge = Bridge(lambda: Desk(store, actor="wang", clock=AT).open())
    options = SessionOptions(store=store, handle="wang", language=language, clock=AT)
    session = Session(options, bridge)
    session.learn(bridge.soon(directory).result())

    assert snap_compare(DubanApp(session), press=SCREENS[screen], terminal_size=size)

    bridge.close()
