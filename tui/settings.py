"""The member's settings: one TOML file, shared by the board and the command line."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from core.records import dataclass, names_of
from tui.words import LANGUAGES, N_, Words, choose_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What may stand in ``settings.toml``; an empty text means: as duban finds best."""

    store: str = ""
    """The store's URL."""
    language: str = ""
    theme: str = ""
    person: str = ""
    """The handle of whoever uses this account."""
    project: str = ""
    """The key of the project that was looked at last."""
    compact: bool = False
    """One line a card."""
    mouse: bool = True
    color: bool = True
    """False draws in the terminal's own two colours, as NO_COLOR does."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Own keys by action id."""

    def write(self, file: Path) -> None:
        """Keep what differs from the beginning; the file is the member's own (0600)."""
        import tomli_w

        usual = Settings()
        kept: dict[str, Any] = {
            name: getattr(self, name)
            for name in KNOWN
            if getattr(self, name) != getattr(usual, name)
        }
        if "keys" in kept:
            kept["keys"] = {name: list(keys) for name, keys in self.keys.items()}
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            tomli_w.dump(kept, out)
        new.replace(file)


KNOWN: Final = names_of(Settings)
"""The keys that the file may have."""


class SettingsProblem(Exception):
    """The file cannot be used: a code, and facts for its sentence."""

    def __init__(self, code: str, *, file: Path, line: int, **facts: object) -> None:
        self.code = code
        self.file = file
        self.line = line
        """From 1; 0 where no line is to blame."""
        self.facts = facts
        super().__init__(code, file.name, line)


_SENTENCES: Final = {
    "unreadable": N_("{file} cannot be read: {detail}"),
    "syntax": N_("{file}, line {line}: {detail}"),
    "unknown-key": N_("{file}, line {line}: unknown key “{key}”; known: {known}"),
    "bad-value": N_("{file}, line {line}: {key} is {value}; it must be {right}"),
}
_RIGHT: Final = {
    "text": N_("a text in quotes"),
    "truth": N_("true or false"),
    "keys": N_('a table of keys, such as add = ["n"]'),
}


def problem_words(words: Words, problem: SettingsProblem) -> str:
    """The sentence that names file, line, key and what would be right."""
    facts = dict(problem.facts)
    if "right" in facts:
        right = str(facts["right"])
        facts["right"] = words(_RIGHT[right]) if right in _RIGHT else right
    sentence = _SENTENCES[problem.code]
    return words(sentence, file=str(problem.file), line=problem.line, **facts)


def settings_file() -> Path:
    """Where the platform keeps settings; ``DUBAN_SETTINGS`` names another file."""
    if named := os.environ.get("DUBAN_SETTINGS"):
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("duban", appauthor=False) / "settings.toml"


def read_settings(file: Path) -> Settings:
    """The settings in ``file``; the usual ones if there is no such file.

    Raises SettingsProblem for the first thing that is not right.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise SettingsProblem("unreadable", file=file, line=0, detail=str(error)) from error
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise SettingsProblem("syntax", file=file, line=line, detail=str(error)) from error
    return _checked(content, file, text)


def _checked(content: dict[str, Any], file: Path, text: str) -> Settings:
    values: dict[str, Any] = {}
    for key, value in content.items():
        if key not in KNOWN:
            known = ", ".join(KNOWN)
            raise SettingsProblem(
                "unknown-key", file=file, line=_line_of(text, key), key=key, known=known
            )
        right = _wrong(key, value)
        if right:
            raise SettingsProblem(
                "bad-value",
                file=file,
                line=_line_of(text, key),
                key=key,
                value=_short(value),
                right=right,
            )
        values[key] = value
    if "keys" in values:
        values["keys"] = _key_table(values["keys"], file, text)
    return Settings(**values)


def _wrong(key: str, value: object) -> str:
    """What would be right, where ``value`` is not; empty where it is."""
    kinds: dict[str, tuple[type, str]] = {
        "compact": (bool, "truth"),
        "mouse": (bool, "truth"),
        "color": (bool, "truth"),
        "keys": (dict, "keys"),
    }
    kind, name = kinds.get(key, (str, "text"))
    if not isinstance(value, kind):
        return name
    if key == "language" and isinstance(value, str) and not _speaks(value):
        return ", ".join(LANGUAGES)
    return ""


def _speaks(language: str) -> bool:
    try:
        choose_language(language)
    except ValueError:
        return False
    return True


def _key_table(table: dict[str, Any], file: Path, text: str) -> Mapping[str, tuple[str, ...]]:
    keys: dict[str, tuple[str, ...]] = {}
    for name, value in table.items():
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            raise SettingsProblem(
                "bad-value",
                file=file,
                line=_line_of(text, name),
                key=f"keys.{name}",
                value=_short(value),
                right="keys",
            )
        keys[name] = tuple(given)
    return MappingProxyType(keys)


def _short(value: object) -> str:
    return repr(value)[:60]


def line_in(file: Path, key: str, *, table: str = "") -> int:
    """The line of ``file``, from 1, on which ``key`` stands; in ``table`` if one is named."""
    text = file.read_text(encoding="utf-8")
    start = text.find(f"[{table}]") if table else -1
    if start < 0:
        return _line_of(text, key)
    return text.count("\n", 0, start) + _line_of(text[start:], key)


def _line_of(text: str, key: str) -> int:
    """The line, from 1, on which ``key`` or its table stands."""
    name = re.escape(key)
    wanted = re.compile(rf"""\s*\[?\s*["']?{name}["']?\s*[=.\]]""")
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if wanted.match(line)), 1)
