"""The first minutes: a demo team, an empty start, and who is here."""

import pytest

from core.commands.people import AddPerson
from core.desk import Desk
from core.domain.events import EventKind
from core.domain.status import State
from core.queries import board, directory
from core.queries.board import Chosen
from core.queries.history import events
from tests.tui.conftest import until
from tui.screens.welcome import account_name


@pytest.fixture
def empty(sqlite_url):
    with Desk(sqlite_url, actor="lixin"):
        return sqlite_url


def test_the_account_has_a_name():
    assert account_name()


async def test_an_empty_start_makes_me_and_one_project(empty, drive):
    async with drive(empty) as member:
        assert member.screen == "WelcomeScreen"
        await member.presses("down", "enter")
        assert member.screen == "BoardScreen"
        assert "Nothing here yet; a" in member.picture
    with Desk(empty, actor="lixin") as desk:
        assert desk.me().handle == "lixin"
        assert len(desk.ask(directory.projects)) == 1


async def test_my_name_can_be_corrected_first(empty, drive):
    async with drive(empty) as member:
        await member.presses("down", "down", "enter")
        await member.presses(*["backspace"] * 60)
        await member.types("李欣")
        await member.presses("enter")
        assert "李欣" in member.picture
        await member.presses("up", "enter")
    with Desk(empty, actor="lixin") as desk:
        assert desk.me().name == "李欣"


async def test_a_name_is_needed(empty, drive):
    async with drive(empty) as member:
        await member.presses("down", "down", "enter")
        await member.presses(*["backspace"] * 60, "enter")
        assert "Others must know whom they work with." in member.picture


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_the_demo_team_moves_in(empty, drive, language):
    async with drive(empty, language=language) as member:
        await member.presses("enter")
        await until(lambda: member.screen == "BoardScreen")
        await member.settles()
        assert member.chosen
    with Desk(empty, actor="lixin") as desk:
        assert desk.ask(board.cards, Chosen(), State.DOING)


async def test_the_language_changes_at_once_and_is_kept(empty, drive, tmp_path):
    async with drive(empty) as member:
        await member.presses("down", "down", "down", "enter")
        assert "欢迎使用 duban。" in member.picture
    assert 'language = "zh_CN"' in (tmp_path / "settings.toml").read_text(encoding="utf-8")


async def test_somebody_unknown_chooses_who_they_are(team, drive):
    async with drive(team.url, handle="root") as member:
        assert "does not know the account “root”" in member.sentence
        await member.presses("down", "enter")
        assert member.screen == "BoardScreen"
        assert "王磊" in member.picture.splitlines()[0]


async def test_somebody_new_joins(team, drive):
    async with drive(team.url, handle="sun") as member:
        await member.presses("down", "down", "down", "enter")
        assert member.screen == "BoardScreen"
    with Desk(team.url, actor="sun") as desk:
        assert desk.me().handle == "sun"


async def test_who_joins_does_so_in_their_own_name(team, drive):
    """Whoever is listed first need not be an administrator."""
    team.desk.do(AddPerson(handle="an", name="安"))
    async with drive(team.url, handle="sun") as member:
        await member.presses(*["down"] * 4, "enter")
        assert member.screen == "BoardScreen"
    (added,) = team.desk.ask(events, before=1_000_000, limit=1)
    handles = {one.id: one.handle for one in team.desk.ask(directory.people)}
    assert (added.kind, handles[added.actor]) == (EventKind.PERSON_ADDED, "sun")


async def test_help_is_there_from_the_start(empty, drive):
    async with drive(empty) as member:
        await member.presses("question_mark")
        assert member.screen == "HelpScreen"
        await member.presses("escape")
        assert member.screen == "WelcomeScreen"
