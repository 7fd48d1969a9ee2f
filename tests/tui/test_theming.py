"""Themes are checked data, legible in every colour depth, and harmless when wrong."""

import re
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.widgets import Label

from tui.theming import (
    COLORS,
    MONO,
    MONO_THEME,
    VARIABLES,
    load_themes,
    paint,
    palette,
    problem_words,
    shipped_folder,
    textual_theme,
)
from tui.words import Words

ROOT = Path(__file__).parents[2]
SHIPPED = load_themes([shipped_folder()]).themes
LEGIBLE = 4.5
GROUNDS = ("surface", "duban-card", "duban-card-selected")
NOT_WORDS = {"duban-card", "duban-card-selected", "duban-progress-empty"}
INKS = sorted((VARIABLES.keys() | {"foreground"}) - NOT_WORDS)
GOOD = "dark = true\n[colors]\n" + "".join(f'{name} = "#abc"\n' for name in sorted(COLORS))


def as_shown(color, depth):
    """``color`` as a terminal of ``depth`` shows it."""
    if depth is None:
        return Color.parse(color)
    return Color(*RichColor.parse(color).downgrade(depth).get_truecolor())


def luminance(color):
    """Relative luminance as WCAG 2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(params=["dark", "light"])
def theme(request):
    return SHIPPED[request.param]


def test_dark_and_light_come_without_problems():
    shipped = load_themes([shipped_folder()])

    assert list(shipped.themes) == ["dark", "light"]
    assert shipped.problems == ()
    assert (SHIPPED["dark"].dark, SHIPPED["light"].dark) == (True, False)


def test_shipped_themes_leave_nothing_to_defaults():
    for file in shipped_folder().glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        assert [name for name in VARIABLES if f"\n{name} = " not in text] == []


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("depth", [None, ColorSystem.EIGHT_BIT], ids=["24-bit", "256"])
def test_every_word_is_legible(theme, ground, depth):
    colors = palette(theme)
    below = as_shown(colors[ground], depth)
    contrasts = {ink: contrast(below, as_shown(colors[ink], depth)) for ink in INKS}

    assert {ink: ratio for ink, ratio in contrasts.items() if ratio < LEGIBLE} == {}


@pytest.mark.parametrize("depth", [None, ColorSystem.EIGHT_BIT], ids=["24-bit", "256"])
def test_the_chosen_card_stands_out(theme, depth):
    colors = palette(theme)

    assert as_shown(colors["duban-card-selected"], depth) != as_shown(colors["duban-card"], depth)
    assert as_shown(colors["duban-card"], depth) != as_shown(colors["background"], depth)


def test_every_variable_used_is_declared():
    used = {
        (file.name, name)
        for pattern in ("*.tcss", "*.py")
        for file in (ROOT / "tui").rglob(pattern)
        for name in re.findall(r"\$(duban-[a-z0-9-]+)", file.read_text(encoding="utf-8"))
    }

    assert {(file, name) for file, name in used if name not in VARIABLES} == set()


def test_tables_agree():
    assert set(VARIABLES.values()) <= COLORS
    assert MONO.keys() <= VARIABLES.keys()
    assert all(name.startswith("duban-") for name in VARIABLES)


@pytest.mark.parametrize(
    ("content", "key", "code", "sentence"),
    [
        ("dark = ", "", "unreadable", "cannot be read"),
        (b"\xff\xfe", "", "unreadable", "cannot be read"),
        ("sharp = 1\n" + GOOD, "sharp", "unknown-key", "sharp is not a setting"),
        (GOOD + 'text = "#fff"', "colors.text", "unknown-key", "colors.text is not"),
        (GOOD + '[variables]\nduban-x = "#fff"', "variables.duban-x", "unknown-key", "duban-x"),
        (GOOD.replace("#abc", "red", 1), "colors.accent", "bad-color", "'red'; a color"),
        (GOOD + "boost = 7", "colors.boost", "bad-color", "colors.boost is 7"),
        (GOOD.replace("true", "'yes'"), "dark", "bad-value", "must be true or false"),
        (GOOD.replace("dark = true\n", ""), "dark", "missing", "dark is missing"),
        (GOOD.replace('error = "#abc"\n', ""), "colors.error", "missing", "colors.error is"),
        ("dark = true", "colors.accent", "missing", "colors.accent is missing"),
        ("dark = true\ncolors = 3", "colors", "bad-table", "colors is 3"),
    ],
)
def test_a_bad_theme_is_one_problem(tmp_path, content, key, code, sentence):
    file = tmp_path / "mine.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())

    loaded = load_themes([shipped_folder(), tmp_path])

    (problem,) = loaded.problems
    assert (problem.file, problem.key, problem.code) == (file, key, code)
    assert list(loaded.themes) == ["dark", "light"]
    said = problem_words(Words("en"), problem)
    assert str(file) in said
    assert sentence in said
    assert str(file) in problem_words(Words("zh_CN"), problem)


def test_a_folder_named_like_a_theme_is_a_problem_too(tmp_path):
    (tmp_path / "odd.toml").mkdir()

    assert [problem.code for problem in load_themes([tmp_path]).problems] == ["unreadable"]


def test_a_members_theme_counts_before_ours_and_may_be_short(tmp_path):
    (tmp_path / "dark.toml").write_text(GOOD + '[variables]\nduban-key = "#123456"')

    dark = load_themes([shipped_folder(), tmp_path, tmp_path / "none"]).themes["dark"]

    assert dark.variables["duban-overdue"] == "#abc"
    assert dark.variables["duban-key"] == "#123456"


def test_a_palette_cannot_be_changed(theme):
    colors = palette(theme)

    assert colors.keys() >= VARIABLES.keys() | COLORS
    with pytest.raises(TypeError):
        colors["duban-key"] = "#fff"


def test_paint_is_a_style_of_rich(theme):
    style = Style.parse(paint(theme, "duban-overdue", on="duban-card"))

    assert style.color.get_truecolor().hex == palette(theme)["duban-overdue"]
    assert style.bgcolor.get_truecolor().hex == palette(theme)["duban-card"]
    assert Style.parse(paint(theme, "duban-key")).bgcolor is None


def test_mono_tells_things_apart_without_color():
    chosen = Style.parse(paint(MONO_THEME, "duban-overdue", on="duban-card-selected"))

    assert chosen == Style(bold=True, underline=True, reverse=True)
    assert paint(MONO_THEME, "duban-muted", on="duban-card") == ""
    assert set(" ".join(MONO.values()).split()) == {"bold", "underline", "reverse"}


class Themed(App):
    """One label in each of our colours."""

    CSS = "".join(f"#{name} {{ color: ${name}; }}" for name in VARIABLES)

    def get_theme_variable_defaults(self):
        return dict(SHIPPED["dark"].variables)

    def compose(self):
        for name in VARIABLES:
            yield Label(name, id=name)


@pytest.mark.parametrize("name", ["dark", "light"])
async def test_textual_takes_the_theme(name):
    app = Themed()
    async with app.run_test() as pilot:
        app.register_theme(textual_theme(SHIPPED[name]))
        app.theme = name
        await pilot.pause()
        for variable in VARIABLES:
            shown = app.query_one(f"#{variable}").styles.color
            assert shown == Color.parse(SHIPPED[name].variables[variable])


async def test_mono_sends_no_color(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = Themed(ansi_color=True)
    async with app.run_test() as pilot:
        app.register_theme(textual_theme(MONO_THEME))
        app.theme = "mono"
        await pilot.pause()
        styles = [
            segment.style
            for y in range(app.size.height)
            for segment in app.screen._compositor.render_strips()[y]
            if segment.style
        ]

    assert styles
    assert {style.color.name for style in styles if style.color} <= {"default"}
    assert {style.bgcolor.name for style in styles if style.bgcolor} <= {"default"}
