"""On a terminal with few colors everything can be read, and what matters stands out."""

import re
import sys
from itertools import combinations
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color

from core import demo
from core.desk import Desk
from tests.bench.programs import environment
from tests.bench.terminal import NARROW, Terminal
from tests.tui.test_theming import INKS, contrast
from tui.few_colors import MANY, NONE, SIXTEEN, color_count
from tui.theming import load_themes, palette, shipped_folder, textual_theme

USUAL_PALETTES = {
    "VGA": "000 a00 0a0 a50 00a a0a 0aa aaa 555 f55 5f5 ff5 55f f5f 5ff fff",
    "xterm": (
        "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5"
        " 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
    ),
    "PuTTY": "000 b00 0b0 bb0 00b b0b 0bb bbb 555 f55 5f5 ff5 55f f5f 5ff fff",
}
LEGIBLE = 3.5
VISIBLE = 2.3
"""For a mark on the chosen card, where a word or the mark itself says the same."""
GROUNDS = ("background", "surface", "duban-card")
LIGHTS = ("duban-overdue", "duban-soon", "duban-waiting")


@pytest.fixture(params=["dark", "light"])
def sixteen(request, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    return load_themes([shipped_folder()]).themes[request.param]


def number(color):
    """Which of the sixteen Rich takes."""
    return RichColor.parse(color).downgrade(ColorSystem.STANDARD).number


def shown(usual, color):
    return Color.parse("#" + USUAL_PALETTES[usual].split()[number(color)])


@pytest.mark.parametrize(
    ("term", "count"),
    [
        ("xterm-256color", MANY),
        ("xterm-kitty", MANY),
        ("xterm", SIXTEEN),
        ("linux", SIXTEEN),
        ("screen", SIXTEEN),
        ("", SIXTEEN),
        ("vt100", NONE),
        ("VT220", NONE),
        ("xterm-mono", NONE),
    ],
)
def test_a_terminal_has_the_colors_it_says(monkeypatch, term, count):
    monkeypatch.setenv("TERM", term)

    assert color_count() == count
    monkeypatch.setenv("COLORTERM", "truecolor")
    assert color_count() == MANY


def test_each_color_is_one_of_the_sixteen(sixteen):
    assert {
        color for color in palette(sixteen).values() if shown("VGA", color).hex.lower() != color
    } == set()


def test_nothing_is_left_to_defaults(sixteen):
    file = shipped_folder() / "sixteen" / f"{sixteen.name}.toml"
    text = file.read_text(encoding="utf-8")

    assert [name for name in sixteen.variables if f"\n{name} = " not in text] == []


@pytest.mark.parametrize("usual", USUAL_PALETTES)
def test_every_word_is_legible(sixteen, usual):
    colors = palette(sixteen)
    for ground in GROUNDS:
        below = shown(usual, colors[ground])
        contrasts = {ink: contrast(below, shown(usual, colors[ink])) for ink in INKS}
        del contrasts["duban-card-selected-text"]
        assert {ink: ratio for ink, ratio in contrasts.items() if ratio < LEGIBLE} == {}


@pytest.mark.parametrize("usual", USUAL_PALETTES)
def test_the_chosen_card_stands_out_and_is_legible(sixteen, usual):
    colors = palette(sixteen)
    below = shown(usual, colors["duban-card-selected"])
    said = {ink: contrast(below, shown(usual, colors[ink])) for ink in INKS}

    assert below != shown(usual, colors["duban-card"])
    assert said["duban-card-selected-text"] >= 2 * LEGIBLE
    assert {ink: ratio for ink, ratio in said.items() if ratio < VISIBLE} == {}


def test_lights_and_states_are_told_apart(sixteen):
    colors = palette(sixteen)

    assert all(colors[one] != colors[two] for one, two in combinations(LIGHTS, 2))
    assert len({colors[f"duban-{state}"] for state in ("doing", "review", "done")}) == 3


def test_dark_grounds_are_those_that_every_terminal_has(monkeypatch):
    monkeypatch.setenv("TERM", "linux")
    colors = palette(load_themes([shipped_folder()]).themes["dark"])

    assert {number(colors[name]) for name in (*GROUNDS, "duban-card-selected")} <= set(range(8))


def test_the_console_of_linux_shows_every_theme_dark(monkeypatch):
    monkeypatch.setenv("TERM", "linux")

    themes = load_themes([shipped_folder()]).themes

    assert list(themes) == ["dark", "light"]
    assert themes["light"].name == "light"
    assert themes["light"].dark


def test_a_members_theme_is_as_dark_as_before(monkeypatch, tmp_path):
    text = (shipped_folder() / "light.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("TERM", "screen")

    mine = load_themes([tmp_path]).themes["mine"]

    assert not mine.dark
    assert number(mine.colors["background"]) == 15


def test_textual_is_told_what_it_would_mix(sixteen):
    variables = textual_theme(sixteen).variables

    assert variables["block-cursor-blurred-background"] == variables["duban-card-selected"]
    assert variables["text-disabled"] == variables["duban-muted"]


SGR = re.compile(rb"\x1b\[([\d;]*)m([^\x1b]*)")


@pytest.fixture
def demo_store(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/demo.db"
    with Desk(url, actor="p01") as desk:
        demo.fill(desk, language="en", handle="p01", name="Wang Qiang")
    return url


@pytest.fixture
def walk(tmp_path, demo_store):
    """What the board sends to a terminal of that kind."""

    def walked(term, theme, *, keys="l!j", setting=""):
        settings = tmp_path / "settings.toml"
        settings.write_text(f'theme = "{theme}"\n{setting}')
        told = environment(
            tmp_path, DUBAN_STORE=demo_store, DUBAN_SETTINGS=str(settings), TERM=term
        )
        del told["COLORTERM"]
        with Terminal((sys.executable, "-m", "tui"), size=NARROW, environment=told) as board:
            board.first("CSAT-003")
            board.settle()
            for key in keys:
                board.press(key)
            board.settle()
            return board.output

    return walked


def pairs(output):
    """Each ink and its ground that text was drawn with; None for the terminal's own."""
    found = set()
    for codes, text in SGR.findall(output):
        ink = ground = None
        for code in map(int, filter(None, codes.split(b";"))):
            if code in {39, 49}:
                continue
            if code // 10 in {3, 9}:
                ink = code % 10 + 8 * (code // 10 == 9)
            elif code // 10 in {4, 10}:
                ground = code % 10 + 8 * (code // 10 == 10)
        if text.strip():
            found.add((ink, ground))
    return found


@pytest.mark.parametrize("term", ["linux", "screen"])
def test_the_board_draws_no_text_in_the_color_of_its_ground(walk, term):
    grounds = set(range(8)) if term == "linux" else set(range(16))
    for theme, chosen in (("dark", (15, 4)), ("light", (15, 4) if term == "linux" else (0, 7))):
        drawn = pairs(walk(term, theme))

        assert chosen in drawn
        assert {ink for ink, ground in drawn if ink == ground} <= {None}
        assert {ground for _, ground in drawn} <= grounds | {None}


@pytest.mark.parametrize(("term", "setting"), [("vt100", ""), ("xterm", "color = false")])
def test_without_colors_none_is_sent_and_the_cursor_is_seen(walk, term, setting):
    output = walk(term, "dark", keys="o", setting=setting)

    assert pairs(output) == {(None, None)}
    assert re.search(rb"\x1b\[(2;)?7(;39;49)?m", output)
