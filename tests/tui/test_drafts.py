"""What was typed and not sent outlives the form, a refusal, and the program."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.clock import SetClock
from core.commands.setup import StartTeam
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import State
from core.domain.trouble import Severity
from core.queries.detail import task_view
from core.queries.issues import issues
from core.queries.meetings import meetings
from core.queries.synclog import SyncFilter, entries
from tests.bench.programs import environment
from tests.bench.terminal import NARROW, Terminal
from tui.drafts import Drafts, drafts_folder, drafts_of_handle

LONG_AGO = datetime(2024, 3, 25, 1, 30, tzinfo=UTC)
TYPED = "接口联调 half of it"


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(folder=tmp_path / "drafts" / "li", store="sqlite:////a.db")


def test_a_draft_is_found_until_it_is_dropped(drafts: Drafts) -> None:
    assert drafts.found("standup/1") == {}
    drafts.keep("standup/1", {"done": "a\nb", "next": "\x1b[2J"})
    drafts.keep("standup/2", {"done": "other"})
    assert drafts.found("standup/1") == {"done": "a\nb", "next": "\x1b[2J"}
    drafts.drop("standup/1")
    drafts.drop("standup/1")
    assert drafts.found("standup/1") == {}
    assert drafts.at("standup/2").found() == {"done": "other"}


def test_only_the_member_can_read_it_and_no_half_is_left(drafts: Drafts) -> None:
    drafts.keep("task/OPS", {"title": "秘密"})
    assert drafts.folder is not None
    (file,) = drafts.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(drafts.folder.stat().st_mode) == 0o700
    assert file.name.startswith("task-")


def test_another_store_and_another_member_have_their_own(drafts: Drafts) -> None:
    drafts.keep("standup/1", {"done": "mine"})
    other = Drafts(folder=drafts.folder, store="postgresql://u:secret@h/b")
    assert other.found("standup/1") == {}
    other.keep("standup/1", {"done": "theirs"})
    assert drafts.found("standup/1") == {"done": "mine"}
    assert drafts.folder is not None
    assert "secret" not in "".join(one.read_text() for one in drafts.folder.iterdir())


def test_a_handle_is_never_a_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DUBAN_STATE", str(tmp_path))
    for handle in ("../../etc", "..", "", "a/b", "李"):
        folder = drafts_of_handle(handle, "s").folder
        assert folder is not None
        assert folder.resolve().parent == drafts_folder()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"fields": 3}', b"\xff", b"[" * 9999])
def test_a_spoilt_file_is_no_draft(drafts: Drafts, content: bytes) -> None:
    drafts.keep("standup/1", {"done": "x"})
    assert drafts.folder is not None
    (file,) = drafts.folder.iterdir()
    file.write_bytes(content)
    assert drafts.found("standup/1") == {}


def test_what_is_no_text_is_passed_over(drafts: Drafts) -> None:
    drafts.keep("standup/1", {"done": "x"})
    assert drafts.folder is not None
    (file,) = drafts.folder.iterdir()
    file.write_text(json.dumps({"fields": {"done": "x", "next": 5}}))
    assert drafts.found("standup/1") == {"done": "x"}


def test_a_disk_that_fails_costs_no_more_than_the_draft(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    drafts = Drafts(folder=tmp_path / "file" / "drafts", store="s")
    drafts.keep("standup/1", {"done": "x"})
    drafts.drop("standup/1")
    assert drafts.found("standup/1") == {}


def test_without_a_folder_it_lives_as_long_as_the_program() -> None:
    drafts = Drafts(folder=None, store="s")
    drafts.keep("standup/1", {"done": "x"})
    assert drafts.found("standup/1") == {"done": "x"}
    drafts.drop("standup/1")
    assert drafts.found("standup/1") == {}


@pytest.fixture
def store(tmp_path: Path) -> str:
    """P01 owes an urgent update, whatever day it is."""
    url = f"sqlite:///{tmp_path}/rhythm.db"
    with Desk(url, actor="p01", clock=SetClock(LONG_AGO)) as desk:
        desk.do(StartTeam(handle="p01", name="Wang Qiang"))
        fields = {"urgent": True, "state": State.DOING, "owner": PersonId(1)}
        desk.do(CreateTask(project=ProjectId(1), title="Router", **fields))  # type: ignore[arg-type]
    return url


class Tmux:
    """A real tmux with a server of its own, seen through a pty."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self._folder = folder
        self._socket = ""
        self._settings = settings
        self._seen: list[Terminal] = []

    def run(self, *command: str) -> Terminal:
        """A session that runs ``command``, on a server of its own; its terminal."""
        self._socket = str(self._folder / f"tmux-{len(self._seen)}")  # the last may be ending yet
        line = (*self._tmux, "new-session", *command)
        self._seen.append(Terminal(line, size=NARROW, environment=self._settings))
        return self._seen[-1]

    @property
    def _tmux(self) -> tuple[str, ...]:
        return ("tmux", "-u", "-S", self._socket, "-f", os.devnull)

    def process(self) -> int:
        """What runs in the one pane."""
        said = subprocess.run(
            [*self._tmux, "list-panes", "-a", "-F", "#{pane_pid}"],
            check=True,
            capture_output=True,
            text=True,
            env=self._settings,
        )
        return int(said.stdout)

    def close(self) -> None:
        """End the server, and what it runs."""
        for terminal in self._seen:
            terminal.close()
        for socket in self._folder.glob("tmux-*"):
            end = ["tmux", "-S", str(socket), "kill-server"]
            subprocess.run(end, check=False, capture_output=True, env=self._settings)


@pytest.fixture
def tmux(tmp_path: Path, store: str) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("there is no tmux here")
    path = {"PATH": os.environ["PATH"], "DUBAN_STATE": str(tmp_path / "state")}
    made = Tmux(tmp_path, environment(tmp_path, DUBAN_STORE=store, **path))
    yield made
    made.close()


def test_a_killed_program_gives_the_text_back(tmux: Tmux, store: str) -> None:
    board = tmux.run(sys.executable, "-m", "tui")
    board.first("Router")
    board.settle()
    board.press("s")
    board.first("1 of 1")
    board.settle()
    board.press("\t\t")
    board.press(TYPED)
    board.settle(800)
    os.kill(tmux.process(), signal.SIGKILL)
    board.wait()

    again = tmux.run(sys.executable, "-m", "tui")
    again.first("Router")
    again.settle()
    again.press("s")
    again.first("This was typed before and not sent.")
    again.settle()
    assert TYPED.encode() in again.output
    again.press("\r")
    again.first("Said today")
    again.settle()

    with Desk(store, actor="p01") as desk:
        (update,) = desk.ask(task_view, TaskId(1)).updates
    assert update.next == TYPED
    assert list((Path(tmux._settings["DUBAN_STATE"]) / "drafts" / "p01").iterdir()) == []


@pytest.fixture
def hang_up_ends() -> Iterator[None]:
    """As in a terminal, also where the tests themselves outlive theirs (nohup)."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("hang_up_ends")
def test_a_closed_terminal_gives_the_text_back(tmp_path: Path, store: str) -> None:
    settings = environment(tmp_path, DUBAN_STORE=store, DUBAN_STATE=str(tmp_path / "state"))
    with Terminal((sys.executable, "-m", "tui"), size=NARROW, environment=settings) as board:
        board.first("Router")
        board.settle()
        board.press("s")
        board.first("1 of 1")
        board.press("\t\t")
        board.press(TYPED)
        board.settle(800)
        os.kill(board.process.pid, signal.SIGHUP)
        board.wait()
    (file,) = (tmp_path / "state" / "drafts" / "p01").iterdir()
    assert json.loads(file.read_text())["fields"]["next-input"] == TYPED


async def test_the_task_form_keeps_its_text(team, drive) -> None:
    async with drive(team.url) as member:
        await member.does("add")
        await member.types("季度报告")
        await member.presses("tab")
        await member.types("wang")
        member.app.screen.keep_now()
    async with drive(team.url) as member:
        await member.does("add")
        assert "This was typed before and not sent." in member.sentence
        assert (member.field("title-field-input"), member.field("owner-input")) == (
            "季度报告",
            "wang",
        )
        await member.presses("enter")
        await member.does("add")
        assert member.field("title-field-input") == ""
    assert "季度报告" in team.titles(State.TODO)


async def test_what_is_given_up_is_no_draft(team, drive) -> None:
    async with drive(team.url) as member:
        await member.does("add")
        await member.types("never")
        await member.presses("escape")
        await member.does("add")
        assert member.field("title-field-input") == ""


async def test_an_entry_of_the_sync_log_keeps_its_text(team, drive) -> None:
    async with drive(team.url) as member:
        await member.does("sync", "add")
        await member.types("topic")
        await member.presses("tab", "right", "tab")
        await member.types("text")
        member.app.screen.keep_now()
    async with drive(team.url) as member:
        await member.does("sync", "add")
        assert member.field("topic-input") == "topic"
        assert member.app.screen.standing()["content"] == "text"
        assert member.app.screen.standing()["kind"] == "problem"


# Given up with Esc: kept, told, offered again


async def test_an_entry_that_is_given_up_is_offered_again(team, drive):
    async with drive(team.url) as member:
        await member.does("sync", "add")
        await member.types("topic")
        await member.presses("tab", "right", "tab")
        await member.types("text")
        await member.presses("escape")
        assert member.told == "What was typed is kept; a goes on."
        await member.does("add")
        assert "This was typed before and not sent." in member.sentence
        assert member.field("topic-input") == "topic"
        assert member.app.screen.standing()["content"] == "text"
        await member.presses("ctrl+s")
        assert member.screen == "SyncScreen"
        await member.does("add")
        assert member.field("topic-input") == ""
        await member.presses("escape")
        assert member.told == ""
    assert [one.topic for one in team.desk.ask(entries, SyncFilter(), viewer=None)] == ["topic"]


async def test_minutes_that_are_given_up_are_offered_again(team, drive):
    async with drive(team.url) as member:
        await member.does("sync", "minutes")
        await member.types("例会")
        await member.presses("tab", "left", "tab", "tab")
        await member.types("said")
        await member.presses("escape")
        assert member.told == "What was typed is kept; M goes on."
    async with drive(team.url, language="zh_CN") as member:
        await member.does("sync", "minutes")
        assert member.field("topic-input") == "例会"
        standing = member.app.screen.standing()
        assert (standing["kind"], standing["minutes"]) == ("standup", "said")
        await member.presses("ctrl+s")
    assert [one.topic for one in team.desk.ask(meetings)] == ["例会"]


@pytest.mark.parametrize("place", ["card", "register"])
async def test_an_issue_that_is_given_up_is_offered_again(team, drive, place):
    task = team.put("Survey", State.DOING, owner="wang")
    opened, press = (("i",), "i") if place == "card" else (("4", "a"), "a")
    async with drive(team.url) as member:
        await member.choose(task)
        await member.presses(*opened)
        await member.types("no data")
        await member.presses("tab", "tab", "tab", "tab", "tab", "right")
        await member.presses("escape")
        assert member.told == f"What was typed is kept; {press} goes on."
        await member.presses(opened[-1])
        assert "This was typed before and not sent." in member.sentence
        assert member.field("what-input") == "no data"
        assert member.app.screen.standing()["severity"] == "high"
        await member.presses("tab")
        await member.types("a day lost")
        await member.presses("enter")
        await member.presses(opened[-1])
        assert member.field("what-input") == ""
    (row,) = team.desk.ask(issues)
    assert (row.title, row.severity) == ("no data", Severity.HIGH)


async def test_each_task_has_a_draft_of_its_own(team, drive):
    first = team.put("Survey", State.DOING, owner="wang")
    second = team.put("Report", State.DOING, owner="wang")
    async with drive(team.url) as member:
        await member.choose(first)
        await member.presses("i", "x", "escape")
        await member.choose(second)
        await member.presses("i")
        assert member.field("what-input") == ""


async def test_what_was_typed_and_taken_away_again_is_no_draft(team, drive):
    async with drive(team.url) as member:
        await member.does("sync", "add")
        await member.types("x")
        await member.presses("backspace", "escape")
        assert member.told == ""
        await member.does("add")
        assert "This was typed before" not in member.sentence
