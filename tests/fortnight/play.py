"""Plays the story through the command line with a moved clock, and tells what was alerted.

python -m tests.fortnight.play    prints the table that ``alerts.md`` holds
"""

import io
import json
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.clock import SetClock
from tui.__main__ import answered
from tui.cli.request import Request

HERE = Path(__file__).parent
SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2024, 9, 9, 8, tzinfo=SHANGHAI)
DAYS = 12
HALF_HOUR = timedelta(minutes=30)


class Failed(Exception):
    """A line of the story was not taken."""


def lines() -> Iterator[tuple[datetime, str, list[str]]]:
    """When, who, and what they type."""
    for line in (HERE / "story.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            day, hour, who, typed = line.split(None, 3)
            at = datetime.fromisoformat(f"2024-{day}T{hour}").replace(tzinfo=SHANGHAI)
            yield at, who, shlex.split(typed)


def ticks() -> Iterator[tuple[datetime, str, list[str]]]:
    """Every half-hour of the day, holidays too."""
    for day in range(DAYS):
        for step in range(23):
            yield FIRST + timedelta(days=day) + step * HALF_HOUR, "gao", ["tick"]


def call(store: str, at: datetime, who: str, typed: list[str]) -> str:
    """What ``duban`` answers. Raises Failed."""
    out, err = io.StringIO(), io.StringIO()
    before = Request.clock
    Request.clock = SetClock(at)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = answered([*typed, "--as", who, "--store", store])
    finally:
        Request.clock = before
    if code:
        raise Failed(f"{at:%m-%d %H:%M} {who} {typed}: {code} {err.getvalue()}")
    return out.getvalue()


def play(store: str) -> str:
    """The table of what was alerted, as Markdown; times of Shanghai."""
    steps = sorted([*lines(), *ticks()], key=lambda step: step[0])
    for at, who, typed in steps:
        call(store, at, who, typed)
    answer = json.loads(call(store, steps[-1][0], "gao", ["alerts", "--raised", "--json"]))
    return table(answer["raised"])


def table(raised: list[dict[str, Any]]) -> str:
    """One line an alert, in the order in which they came."""
    lines = [
        "| Raised | Alert | About | Since | Told |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {shanghai(one['raised'])} | {one['rule']} | {one['id']} | {shanghai(one['since'])}"
            f" | {told(one['told'])} |"
            for one in sorted(raised, key=lambda one: (one["raised"], one["rule"], one["id"]))
        ),
    ]
    return "\n".join(lines) + "\n"


def shanghai(text: str) -> str:
    """An instant as people there write it."""
    return f"{datetime.fromisoformat(text).astimezone(SHANGHAI):%a %m-%d %H:%M}"


def told(people: dict[str, str]) -> str:
    """Who was told, and as what."""
    return ", ".join(f"{handle} ({part})" for handle, part in people.items())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(play(f"sqlite:///{folder}/duban.db"))
