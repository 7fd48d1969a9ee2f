"""The checks of ``duban doctor``."""

import os
import platform
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from core.domain.refusals import Refusal
from tui.cli import account
from tui.cli.answers import Usage
from tui.cli.errors import refusal_line
from tui.cli.settings_check import trouble
from tui.words import LANGUAGES, N_

if TYPE_CHECKING:
    from tui.cli.request import Request
    from tui.words import Words


class Finding(NamedTuple):
    """What a check found."""

    check: str
    ok: bool
    found: str
    advice: str = ""


CHECKS: Final[Mapping[str, str]] = {
    "python": "Python",
    "sqlite": "SQLite",
    "terminal": N_("Terminal"),
    "size": N_("Size"),
    "encoding": N_("Encoding"),
    "color": N_("Color"),
    "language": N_("Language"),
    "settings": N_("Settings"),
    "store": N_("Store"),
    "file": N_("File"),
    "folder": N_("Folder"),
    "engine": N_("Engine"),
    "schema": N_("Schema"),
    "integrity": N_("Integrity"),
    "counts": N_("Counts"),
    "blocked": N_("Blocked"),
    "search": N_("Search"),
    "logins": N_("Logins"),
    "person": N_("Person"),
    "calendar": N_("Calendar"),
}
"""What a check is called."""


def findings(request: "Request") -> Iterator[Finding]:
    """Every check, one after another; a store that cannot be opened ends its part early."""
    words = request.words_for_errors()
    yield from _program(words)
    yield from _terminal(words)
    yield _settings(request, words)
    try:
        yield from _store(request, words)
    except Refusal as refusal:
        yield Finding("store", False, refusal_line(words, refusal), words("See: duban --help"))
    except Usage as usage:
        yield Finding("store", False, usage.sentence, "")


def _program(words: "Words") -> Iterator[Finding]:
    right = sys.version_info >= (3, 11)
    advice = "" if right else words("duban needs Python 3.11 or newer.")
    yield Finding("python", right, platform.python_version(), advice)
    right = sqlite3.sqlite_version_info >= (3, 35)
    advice = "" if right else words("duban needs SQLite 3.35 or newer: take a newer Python.")
    yield Finding("sqlite", right, sqlite3.sqlite_version, advice)


def _terminal(words: "Words") -> Iterator[Finding]:
    kind = os.environ.get("TERM", "")
    plain = kind in {"", "dumb"}
    advice = words("Without a terminal duban shows the board as text.") if plain else ""
    yield Finding("terminal", True, kind or words("none"), advice)
    size = shutil.get_terminal_size()
    advice = words("Make the window 80 by 24 or larger.") if size < (80, 24) else ""
    yield Finding("size", not advice, f"{size.columns}x{size.lines}", advice)
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    advice = "" if encoding == "utf8" else words("Set LANG to a UTF-8 locale, such as C.UTF-8.")
    yield Finding("encoding", not advice, encoding, advice)
    colors = os.environ.get("COLORTERM", "")
    off = "NO_COLOR" in os.environ
    yield Finding("color", True, "NO_COLOR" if off else colors or words("as TERM says"))
    named = next(
        (os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), ""
    )
    spoken = LANGUAGES[words.language]
    named = named or words("no locale is set")
    yield Finding("language", True, f"{spoken} ({named})")


def _settings(request: "Request", words: "Words") -> Finding:
    file = account.settings_file()
    try:
        settings = request.settings
        said = trouble(words, settings, file) if settings else ""
    except Usage as usage:
        return Finding("settings", False, usage.sentence, words("Mend the file, or delete it."))
    if said:
        return Finding("settings", False, said, words("Mend the file, or delete it."))
    return Finding("settings", True, str(file) if settings else words("the usual ones"))


def _store(request: "Request", words: "Words") -> Iterator[Finding]:
    from core.queries import checkup

    store = request.ask(checkup.place)
    yield Finding("store", True, store)
    if request.desk.store.path is not None:
        yield from _permissions(request.desk.store.path, words)
    engine = request.ask(checkup.engine)
    yield Finding("engine", True, f"{engine.name} {engine.version}")
    right = engine.schema == engine.known_schema
    yield Finding("schema", right, engine.schema, "" if right else words("Update duban."))
    restore = words("Restore a backup, and keep this file for a look at what happened.")
    yield _sound(words, "integrity", request.ask(checkup.damage), restore)
    wrong = request.ask(checkup.wrong_tallies)
    recount = words("The counts in column heads are wrong: please report this.")
    yield _sound(words, "counts", wrong, recount)
    spells = tuple(str(number) for number in request.ask(checkup.wrong_spells))
    yield _sound(words, "blocked", spells, words("Unblock and block these tasks again."))
    yield _search(request, words)
    yield from _logins(request, words)
    me = request.desk.me()
    advice = words("Say who you are: duban config set person HANDLE") if me is None else ""
    yield Finding("person", True, f"@{request.handle}", advice)
    yield from _calendars(request, words)


def _sound(words: "Words", check: str, wrong: tuple[str, ...], advice: str) -> Finding:
    if not wrong:
        return Finding(check, True, words("in order"))
    return Finding(check, False, "; ".join(wrong[:5]), advice)


def _search(request: "Request", words: "Words") -> Finding:
    """The index holds nothing of its own: what is wrong is made anew at once."""
    from core.queries import checkup

    wrong = request.ask(checkup.wrong_words)
    if not wrong:
        return _sound(words, "search", wrong, "")
    count = request.ask(checkup.index_anew)
    return _sound(words, "search", wrong, words("Made anew; {count} lines.", count=count))


def _logins(request: "Request", words: "Words") -> Iterator[Finding]:
    """What members' logins may is set up once, and then again."""
    from core.queries.logins import is_behind

    behind = request.ask(is_behind)
    if behind:
        found = words("set up for other people, or by another duban")
        yield Finding(
            "logins", False, found, words("Again, with the same --prefix: duban db roles --apply")
        )
    elif behind is not None:
        yield Finding("logins", True, words("in order"))


def _permissions(file: Path, words: "Words") -> Iterator[Finding]:
    """Others on this machine must not read the store."""
    for check, path, right in (("file", file, 0o600), ("folder", file.parent, 0o700)):
        mode = stat.S_IMODE(path.stat().st_mode)
        open_to_others, shut = bool(mode & 0o077), f"chmod g-w {path}"
        advice = f"chmod {right:o} {path}" if open_to_others and check == "file" else ""
        if open_to_others and check == "folder":
            advice = words("Others can look into it; the file is closed to them all the same.")
        if mode & stat.S_IWGRP and check == "folder":
            advice = words("Its group can replace the store. Unless it should: {fix}", fix=shut)
        yield Finding(check, check == "folder" or not open_to_others, f"{mode:04o} {path}", advice)


def _calendars(request: "Request", words: "Words") -> Iterator[Finding]:
    from core.policies.calendar import calendar_named
    from core.queries.directory import projects

    today = request.desk.now().date()
    for name in sorted({one.calendar for one in request.ask(projects)} or {"china"}):
        known, year = calendar_named(name).is_published(today), today.year
        advice = words("Holidays of {year} are unknown: weekdays count as working days.", year=year)
        yield Finding("calendar", True, f"{name} {year}", "" if known else advice)
