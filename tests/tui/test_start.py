"""What is loaded and read before the board is seen: what its first picture needs."""

import subprocess
import sys

from core.domain.status import BOARD_STATES, State
from tui.screens.board_question import opening
from tui.session import Session, SessionOptions

_LATER = (
    "core.commands",
    "core.exchange",
    "core.queries.alerts",
    "core.store.part_tables",
    "core.store.work",
    "openpyxl",
    "pendulum",
    "psycopg",
    "tui.panes",
    "tui.prompts",
    "tui.refusals",
    "tui.screens.card_moves",
    "tui.screens.detail",
)


def test_the_shell_loads_nothing_that_its_first_picture_does_not_need():
    program = "import sys, tui.app, tui.shell; print(*sorted(sys.modules), sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = done.stdout.split()
    assert "tui.screens.board" in loaded
    assert [one for one in loaded if one in _LATER] == []


def test_the_first_picture_is_read_before_there_is_an_app(team):
    team.put("A first card")
    session = Session(SessionOptions(store=team.url, handle="lixin", clock=team.clock), None)
    found = opening(session, team.desk)
    assert session.is_known
    assert found is not None
    assert {one.state for one in found.answers} == set(BOARD_STATES)
    shown = {one.state: rows for one, rows in found.answers.items()}
    assert [row.title for row in shown[State.TODO]] == ["A first card"]


def test_nothing_is_read_for_a_stranger(team):
    session = Session(SessionOptions(store=team.url, handle="nobody", clock=team.clock), None)
    assert opening(session, team.by("nobody")) is None
    assert session.projects
