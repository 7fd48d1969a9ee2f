"""The table of actions, and a member's own keys over it."""

import importlib.util
from pathlib import Path

import pytest

from tui import keymap
from tui.actions import ACTIONS, BY_ID, bindings, of_scope
from tui.hinted import HINTS
from tui.keyboard import Scope, shown, with_twins
from tui.screens.board import BoardScreen
from tui.screens.detail import DetailScreen
from tui.screens.review import ReviewScreen
from tui.screens.synclog import SyncScreen
from tui.words import Words

ROOT = Path(__file__).parents[2]
SCREENS = {
    Scope.BOARD: BoardScreen,
    Scope.DETAIL: DetailScreen,
    Scope.SYNC: SyncScreen,
    Scope.REVIEW: ReviewScreen,
}


def test_our_own_keys_do_not_clash():
    assert keymap.check({}) == ()


def test_ids_are_unique():
    assert len(BY_ID) == len(ACTIONS)


@pytest.mark.parametrize("scope", SCREENS)
def test_every_action_of_a_screen_is_there(scope):
    methods = {f"act_{one.id.replace('-', '_')}" for one in of_scope(scope)}

    assert {name for name in methods if not hasattr(SCREENS[scope], name)} == set()


def test_hints_name_actions_that_are_possible_there():
    for scope, names in HINTS.items():
        possible = {one.id for one in of_scope(scope)}
        assert {one for name in names for one in name.split()} - possible == set()


def test_an_unknown_action_is_named():
    (problem,) = keymap.check({"ad": ("n",)})

    said = keymap.problem_words(Words(), problem)
    assert said.startswith("[keys] ad is not an action")


def test_a_clash_names_both_actions_and_the_key():
    (problem,) = keymap.check({"add": ("e",)})

    assert (problem.code, problem.action, problem.other, problem.key) == (
        "clash",
        "add",
        "edit",
        "e",
    )
    assert keymap.problem_words(Words("zh_CN"), problem) == (
        "[keys] 中 add 与 edit 不能共用按键 e。"
    )


def test_two_actions_may_swap_keys():
    assert keymap.check({"add": ("e",), "edit": ("a",)}) == ()


def test_actions_that_never_meet_may_share_a_key():
    assert keymap.check({"tick": ("z",)}) == ()


@pytest.mark.parametrize("key", ["", "ctrl+shift+nothing", "hyper+a", " ", "ab"])
def test_what_is_no_key_is_refused(key):
    problems = keymap.check({"add": (key,)})

    assert [one.code for one in problems] == ["bad-key"]


def test_full_width_twins_come_along():
    assert with_twins(("?", "L", "shift+right")) == ("?", "L", "shift+right", "？", "Ｌ")
    assert keymap.overrides({"help": ("f1", "!")}) == {"help": "f1,!,！"}


def test_bindings_run_the_action():
    found = {one.key: one.action for one in bindings(Scope.BOARD)}

    assert "act('help')" in found.values()


async def test_a_members_own_key_works_and_is_shown(team, drive):
    from tui.settings import Settings

    settings = Settings(keys={"add": ("n",), "help": ("f1",)})
    async with drive(team.url, settings=settings) as member:
        assert " n add" in member.picture
        await member.presses("a")
        assert member.screen == "BoardScreen"
        await member.presses("n")
        assert member.screen == "TaskForm"
        await member.presses("escape", "f1")
        assert member.screen == "HelpScreen"


def test_keys_are_shown_short():
    assert [shown(key) for key in ("shift+right", "enter", "ctrl+q")] == ["shift+→", "⏎", "ctrl+q"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_key_sheets_are_fresh(language):
    spec = importlib.util.spec_from_file_location("keys", ROOT / "docs" / "authoring" / "keys.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    written = tool.sheet_file(language).read_text(encoding="utf-8")
    assert written == tool.sheet(language), "run docs/authoring/keys.py"
