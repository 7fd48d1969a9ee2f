"""What is wrong with settings that read well: keys and themes that the board cannot use."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.words import N_, Words

if TYPE_CHECKING:
    from tui.settings import Settings

_THEME: Final = N_("“{text}” is not a theme; there are: {known}")


def trouble(words: Words, settings: "Settings", file: Path) -> str:
    """The first thing that is not right, with file and line; empty where all is."""
    from tui import keymap
    from tui.settings import line_in

    for problem in keymap.check(settings.keys):
        line = line_in(file, problem.action, table="keys")
        return _at(words, file, line, keymap.problem_words(words, problem))
    if said := theme_trouble(words, settings.theme):
        return _at(words, file, line_in(file, "theme"), said)
    return ""


def theme_trouble(words: Words, name: str) -> str:
    """What is wrong with a theme's name; empty for a theme, and for none."""
    from tui.theming import MONO_THEME, load_themes, shipped_folder

    known = (*load_themes([shipped_folder()]).themes, MONO_THEME.name)
    if not name or name in known:
        return ""
    return words(_THEME, text=name, known=", ".join(dict.fromkeys(known)))


def _at(words: Words, file: Path, line: int, said: str) -> str:
    return words("{file}, line {line}: {detail}", file=str(file), line=line, detail=said)
