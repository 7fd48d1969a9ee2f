"""Themes: colours as data, checked before use.

A theme is a TOML file: ``dark``, ``[colors]`` under Textual's names, ``[variables]`` under ours.
A file that is not right makes one problem and is left out; nothing else suffers from it.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import themes
from tui.few_colors import SIXTEEN, color_count, has_white_ground
from tui.words import N_, Words

if TYPE_CHECKING:
    from textual.theme import Theme as TextualTheme

COLORS: Final = frozenset(
    {
        "primary",
        "secondary",
        "accent",
        "success",
        "warning",
        "error",
        "foreground",
        "background",
        "surface",
        "panel",
    }
)
"""What every theme's ``[colors]`` must name; ``boost`` is the one that may be left out."""

VARIABLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "duban-todo": "foreground",
        "duban-doing": "primary",
        "duban-review": "secondary",
        "duban-done": "success",
        "duban-overdue": "error",
        "duban-soon": "warning",
        "duban-escalated": "accent",
        "duban-waiting": "secondary",
        "duban-blocked": "error",
        "duban-ok": "success",
        "duban-warning": "warning",
        "duban-danger": "error",
        "duban-card": "surface",
        "duban-card-selected": "panel",
        "duban-card-selected-text": "foreground",
        "duban-column-header": "foreground",
        "duban-muted": "secondary",
        "duban-priority-high": "error",
        "duban-priority-medium": "warning",
        "duban-priority-low": "secondary",
        "duban-progress-filled": "primary",
        "duban-progress-empty": "panel",
        "duban-key": "primary",
        "duban-mark-wip-over": "accent",
    }
)
"""Each of our variables, and the colour it takes where a theme does not set it."""

MONO: Final[Mapping[str, str]] = MappingProxyType(
    {
        "duban-overdue": "bold underline",
        "duban-escalated": "bold underline",
        "duban-danger": "bold underline",
        "duban-blocked": "bold",
        "duban-soon": "underline",
        "duban-warning": "underline",
        "duban-priority-high": "bold",
        "duban-column-header": "bold",
        "duban-card-selected": "reverse",
        "duban-key": "bold",
        "duban-mark-wip-over": "bold underline",
    }
)
"""How the mono theme tells variables apart; those not named here are plain."""

_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


class Theme(NamedTuple):
    """A checked theme."""

    name: str
    """The file's name without its ending; what the settings call it."""
    dark: bool
    colors: Mapping[str, str]
    """Hexadecimal by Textual's name; at least ``COLORS``."""
    variables: Mapping[str, str]
    """Hexadecimal by our name; each of ``VARIABLES``."""
    mono: bool = False
    """Whether nothing but bold, underline and reverse may tell things apart."""

    def __hash__(self) -> int:
        """Themes are told apart by name, light and colours."""
        return hash((self.name, self.dark, self.mono, *self.variables.values()))


class ThemeProblem(NamedTuple):
    """Why a theme file was left out: the first thing that is not right in it."""

    file: Path
    key: str
    """Like ``colors.primary``; empty where the file as a whole could not be read."""
    code: str
    """``unreadable``, ``unknown-key``, ``bad-color``, ``bad-table``, ``bad-value``, ``missing``."""
    value: str = ""
    """What stands there, or what the reader of the file said."""


class Themes(NamedTuple):
    """What the theme folders hold."""

    themes: Mapping[str, Theme]
    """By name, in order of name."""
    problems: tuple[ThemeProblem, ...]


MONO_THEME: Final = Theme(
    name="mono",
    dark=True,
    colors=MappingProxyType(dict.fromkeys(sorted(COLORS), "default")),
    variables=MappingProxyType(dict.fromkeys(VARIABLES, "default")),
    mono=True,
)
"""For NO_COLOR: the terminal's own two colours."""

_SENTENCES: Final = {
    "unreadable": N_("Theme {file} cannot be read: {value}"),
    "unknown-key": N_("Theme {file}: {key} is not a setting of a theme."),
    "bad-color": N_("Theme {file}: {key} is {value}; a color looks like #82aaff."),
    "bad-table": N_("Theme {file}: {key} is {value}; it must be a table of colors."),
    "bad-value": N_("Theme {file}: {key} is {value}; it must be true or false."),
    "missing": N_("Theme {file}: {key} is missing."),
}


def problem_words(words: Words, problem: ThemeProblem) -> str:
    """The sentence that names the file, the key and what would be right."""
    sentence = _SENTENCES[problem.code]
    return words(sentence, file=str(problem.file), key=problem.key, value=problem.value)


def shipped_folder() -> Path:
    """Where the themes that come with duban are."""
    return Path(themes.__file__).parent


def load_themes(folders: Iterable[Path]) -> Themes:
    """The themes in ``folders``; of two with one name the later folder's counts.

    A folder that does not exist holds no themes. Where the terminal has sixteen colors, each is
    given those that are legible there.
    """
    found: dict[str, Theme] = {}
    problems: list[ThemeProblem] = []
    for file in (file for folder in folders for file in sorted(folder.glob("*.toml"))):
        read = _read(file)
        if isinstance(read, Theme):
            found[read.name] = read
        else:
            problems.append(read)
    if color_count() == SIXTEEN:
        found = {name: _in_sixteen(theme) for name, theme in found.items()}
    return Themes(themes=MappingProxyType(dict(sorted(found.items()))), problems=tuple(problems))


def _in_sixteen(theme: Theme) -> Theme:
    name = "dark" if theme.dark or not has_white_ground() else "light"
    ours = _read(shipped_folder() / "sixteen" / f"{name}.toml")
    return ours._replace(name=theme.name) if isinstance(ours, Theme) else theme


def _read(file: Path) -> Theme | ThemeProblem:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return ThemeProblem(file=file, key="", code="unreadable", value=str(error))
    if (problem := _problem(file, content)) is not None:
        return problem
    colors: dict[str, str] = content["colors"]
    return Theme(
        name=file.stem,
        dark=content["dark"],
        colors=MappingProxyType(colors),
        variables=MappingProxyType(
            {name: colors[color] for name, color in VARIABLES.items()}
            | content.get("variables", {})
        ),
    )


def _problem(file: Path, content: dict[str, Any]) -> ThemeProblem | None:
    """The first thing that is not right in ``content``; None when all is."""
    tables = {"colors": COLORS | {"boost"}, "variables": frozenset(VARIABLES)}
    for key in content.keys() - tables.keys() - {"dark"}:
        return ThemeProblem(file=file, key=key, code="unknown-key")
    if not isinstance(content.get("dark"), bool):
        return _missing_or_bad(file, content, "dark")
    for table, names in tables.items():
        entries = content.get(table, {})
        if not isinstance(entries, dict):
            return ThemeProblem(file=file, key=table, code="bad-table", value=repr(entries))
        if (problem := _bad_entry(file, table, entries, names)) is not None:
            return problem
    for name in sorted(COLORS - content.get("colors", {}).keys()):
        return ThemeProblem(file=file, key=f"colors.{name}", code="missing")
    return None


def _missing_or_bad(file: Path, content: dict[str, Any], key: str) -> ThemeProblem:
    if key not in content:
        return ThemeProblem(file=file, key=key, code="missing")
    return ThemeProblem(file=file, key=key, code="bad-value", value=repr(content[key]))


def _bad_entry(
    file: Path, table: str, entries: dict[str, Any], names: frozenset[str]
) -> ThemeProblem | None:
    for name, color in entries.items():
        key = f"{table}.{name}"
        if name not in names:
            return ThemeProblem(file=file, key=key, code="unknown-key")
        if not isinstance(color, str) or not _HEX.fullmatch(color):
            return ThemeProblem(file=file, key=key, code="bad-color", value=repr(color))
    return None


def palette(theme: Theme) -> Mapping[str, str]:
    """Every color of ``theme`` by name, ours and Textual's; ``default`` throughout for mono."""
    return MappingProxyType({**theme.colors, **theme.variables})


@lru_cache(maxsize=512)
def paint(theme: Theme, name: str, *, on: str = "") -> str:
    """A Rich style definition: color ``name`` on color ``on``, or on nothing in particular.

    In mono it has no color: what both names mean in ``MONO`` is put together.
    """
    if theme.mono:
        return " ".join(dict.fromkeys(f"{MONO.get(name, '')} {MONO.get(on, '')}".split()))
    colors = palette(theme)
    return f"{colors[name]} on {colors[on]}" if on else colors[name]


def textual_theme(theme: Theme) -> "TextualTheme":
    """``theme`` as Textual knows it, to be registered with the app."""
    from textual.theme import Theme as TextualTheme

    if theme.mono:
        return _textual_mono(theme)
    cursor = {
        "footer-key-foreground": theme.variables["duban-key"],
        "block-cursor-background": theme.variables["duban-card-selected"],
        "block-cursor-foreground": theme.variables["duban-card-selected-text"],
    }
    if color_count() == SIXTEEN:  # where Textual mixes colors the nearest may be the one below
        cursor |= {
            "block-cursor-blurred-background": theme.variables["duban-card-selected"],
            "block-cursor-blurred-foreground": theme.variables["duban-card-selected-text"],
            "input-selection-background": theme.variables["duban-progress-empty"],
            "text-disabled": theme.variables["duban-muted"],
        }
    colors: dict[str, Any] = dict(theme.colors)
    return TextualTheme(
        name=theme.name, dark=theme.dark, variables={**theme.variables, **cursor}, **colors
    )


def _textual_mono(theme: Theme) -> "TextualTheme":
    from textual.theme import Theme as TextualTheme

    plain = "ansi_default"
    names = (*theme.variables, "ansi-background", "ansi-foreground", "footer-key-foreground")
    cursor = {
        "block-cursor-background": plain,
        "block-cursor-text-style": "reverse",
        "block-cursor-blurred-text-style": "underline",
        "input-cursor-text-style": "reverse",
        "button-focus-text-style": "reverse",
    }
    colors: dict[str, Any] = dict.fromkeys(theme.colors, plain)
    return TextualTheme(
        name=theme.name,
        dark=theme.dark,
        ansi=True,
        variables={**dict.fromkeys(names, plain), **cursor},
        **colors,
    )
