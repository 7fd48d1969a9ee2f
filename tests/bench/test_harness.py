"""The harness that measures: it must see, count and answer before its figures mean anything."""

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from core.clock import SetClock, SystemClock
from core.desk import Desk
from core.domain.ids import TaskId
from core.domain.status import BOARD_STATES, State
from core.queries import board
from core.queries.alerts import Alerts, alerts
from tests.bench.figures import Budget, Figure, table
from tests.bench.programs import ECHO_MARK, EMPTY_APP, EMPTY_MARK, environment
from tests.bench.stores import Shelf, broken, fill, first_key
from tests.bench.team import ME
from tests.bench.terminal import NARROW, Silent, Terminal
from tests.bench.worse import worsen

ECHO = """
import os, termios, tty
tty.setraw(0)
os.write(1, b"ready")
while (got := os.read(0, 100)) != b"q":
    os.write(1, b"[" + got + b"]")
"""
ASK = """
import os, termios, tty
tty.setraw(0)
for query in (b"\\x1b[c", b"\\x1b[6n", b"\\x1b[?2026$p", b"\\x1b]11;?\\x07"):
    for piece in (query[:2], query[2:]):
        os.write(1, piece)
    os.write(1, b"<" + os.read(0, 100).replace(b"\\x1b", b"ESC") + b">")
"""
WEDNESDAY = datetime.fromisoformat("2026-03-18T10:30:00+08:00")
Start = Callable[[str], Terminal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Runs a Python text on a terminal."""
    started: list[Terminal] = []

    def run(text: str) -> Terminal:
        command = (sys.executable, "-c", text)
        started.append(Terminal(command, size=NARROW, environment=environment(tmp_path)))
        return started[-1]

    yield run
    for terminal in started:
        terminal.close()


def test_a_marker_is_seen_and_a_key_is_timed(start: Start) -> None:
    terminal = start(ECHO)
    assert terminal.first("ready") > 0

    reply = terminal.press("x", quiet_ms=50)

    assert terminal.output.endswith(b"[x]")
    assert reply.size == 3
    assert reply.first is not None
    assert reply.last is not None
    assert 0 < reply.first <= reply.last


def test_a_held_key_and_rest_are_counted(start: Start) -> None:
    terminal = start(ECHO)
    terminal.first("ready")

    assert terminal.hold("x", presses=5, per_second=100) >= 0
    assert terminal.output == b"ready" + b"[x]" * 5
    assert terminal.rest(0.05).size == 0
    assert terminal.press("q", quiet_ms=50).size == 0
    assert terminal.wait() == 0


def test_queries_are_answered_as_xterm_does(start: Start) -> None:
    terminal = start(ASK)

    assert terminal.wait() == 0
    for answer in ("<ESC[?64;1;2", "<ESC[1;1R>", "<ESC[?2026;0$y>", "<ESC]11;rgb:0000/0000/0000"):
        assert answer.encode() in terminal.output


def test_the_size_is_told_and_what_does_not_come_is_named(start: Start) -> None:
    terminal = start("import os; print(os.get_terminal_size())")

    terminal.first("columns=80, lines=24")
    with pytest.raises(Silent, match="nothing like that"):
        terminal.first("nothing like that")


def test_the_empty_app_is_a_floor(tmp_path: Path) -> None:
    with Terminal(EMPTY_APP, environment=environment(tmp_path)) as empty:
        empty.first(EMPTY_MARK)
        empty.settle(100)
        assert empty.press("q").size > 0
        assert ECHO_MARK.encode() in empty.output


def test_a_store_of_any_size_is_sound(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert broken(shelf.url(10)) == []
    assert broken(shelf.url(1_000)) == []


def test_many_kinds_of_things_go_wrong_and_more_of_them_in_a_worse_store(tmp_path: Path) -> None:
    url, size = f"sqlite:///{tmp_path / 'wednesday.db'}", 4_000
    fill(url, size, now=WEDNESDAY)
    found = _alerts(url)
    assert len({one.rule for one in found.rows}) >= 15
    usual = sum(found.counts.values())
    assert size * 0.04 < usual < size * 0.06

    worsen(url, 300, now=WEDNESDAY)

    assert broken(url) == []
    assert sum(_alerts(url).counts.values()) == usual + 300


def _alerts(url: str) -> Alerts:
    with Desk(url, actor=ME, clock=SetClock(WEDNESDAY)) as desk:
        me = desk.me()
        assert me is not None
        found: Alerts = desk.ask(
            alerts, viewer=me.id, scope="all", project=None, now=WEDNESDAY, limit=10_000
        )
    return found


def test_a_filled_store_shows_its_first_card_and_takes_commands(tmp_path: Path) -> None:
    from core.commands.moving import MoveTask
    from core.commands.tasks import CreateTask

    shelf = Shelf(tmp_path)
    url = shelf.copy(1_000)
    with Desk(url, actor=ME) as desk:
        for state in BOARD_STATES:
            assert desk.ask(board.cards, board.Chosen(), state)
        first = desk.ask(board.cards, board.Chosen(), State.TODO)[0]
        assert first.key == shelf.first_card(1_000)
        moved = desk.do(MoveTask(task=TaskId(first.id), to=State.DOING, seen=State.TODO))
        made = desk.do(CreateTask(project=first.project, title="the next one"))
        assert {one.code for one in moved.warnings} <= {"unclear"}
        assert made.warnings == ()

    assert broken(url) == []
    assert first_key(shelf.url(1_000)) == first.key


def test_postgresql_is_filled_the_same(empty_postgres_url: str, tmp_path: Path) -> None:
    fill(empty_postgres_url, 100, now=SystemClock().now())

    assert broken(empty_postgres_url) == []


def test_the_table_says_what_is_over_its_budget() -> None:
    figure = Figure(name="scroll", budget=Budget(most=16, growth=1.3), floor=2.0)
    for size, value in ((10, 4.0), (1_000, 10.0), (100_000, 12.0), (100_000, 14.0)):
        figure.add(size, value)
    figure.add(10, None)

    assert figure.values == {10: 4.0, 1_000: 10.0, 100_000: 13.0}
    assert figure.growth == 1.3
    assert figure.floors == 6.5
    assert figure.verdict == "ok"
    figure.add(1_000, 6.0)
    assert figure.verdict == "**over**"
    line = table([figure], (10, 1_000, 10_000, 100_000)).splitlines()[-1]
    assert line == (
        "| scroll, ms | 4 | 8 | – | 13 | 2 | 6.5 | 1.62 | 16 ms, growth 1.3 | **over** |"
    )
