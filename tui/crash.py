"""What is kept of an unexpected error: a log file of the member's own, without secrets."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from traceback import format_tb
from typing import NamedTuple
from urllib.parse import urlsplit

from tui.words import Words


class Kept(NamedTuple):
    """What a sentence about an unexpected error names."""

    number: str
    """Under which it stands in the log."""
    file: Path | None
    """The log; None where it could not be written."""
    problem: str = ""
    """Why it could not be written."""


def keep(error: BaseException, *, store: str = "") -> Kept:
    """Write to the log when and where an error happened, and of which kind it was.

    Neither its message nor local variables: what people typed may be there. The password in the
    URL ``store`` is taken out of what is left: lines of code.
    """
    from core.clock import SystemClock

    number = secrets.token_hex(4)
    text = "".join(_told(error))
    if password := urlsplit(store).password:
        text = text.replace(password, "***")
    file = log_file()
    try:
        _append(file, f"--- {SystemClock().now().isoformat()} {number}\n{text}\n")
    except OSError as problem:
        return Kept(number, None, problem.strerror or "")
    return Kept(number, file)


def report(error: BaseException, words: Words, store: str) -> str:
    """Keep the error of a screen; the sentence that tells of it."""
    number, file, _ = keep(getattr(error, "error", error), store=store)  # a worker's own
    if file is None:
        return words("duban has made a mistake ({number}) and ends. What was saved is safe.",
                     number=number)  # fmt: skip
    return words(
        "duban has made a mistake ({number}) and ends. What was saved is safe; {file} tells more.",
        number=number,
        file=str(file),
    )


def log_file() -> Path:
    """Where the platform keeps logs."""
    from platformdirs import user_state_path

    return user_state_path("duban", appauthor=False) / "errors.log"


def _told(error: BaseException) -> Iterator[str]:
    """Where it happened, and before it what led to it; the last line is its kind."""
    led = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if led is not None:
        yield from _told(led)
        yield "which led to\n"
    yield from format_tb(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}\n"


def _append(file: Path, text: str) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(file, flags, 0o600), "a", encoding="utf-8") as out:
        out.write(text)
