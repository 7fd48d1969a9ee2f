"""What is kept of an unexpected error: a log file of the member's own, without secrets."""

import os
import secrets
from pathlib import Path
from traceback import format_exception
from urllib.parse import urlsplit

from tui.words import Words


def report(error: BaseException, words: Words, store: str) -> str:
    """Write the error to the log; the sentence that tells of it.

    No local variables, and not the store's password.
    """
    number = secrets.token_hex(4)
    text = "".join(format_exception(getattr(error, "error", error)))  # a worker's own
    if password := urlsplit(store).password:
        text = text.replace(password, "***")
    file = log_file()
    try:
        _append(file, f"--- {number}\n{text}\n")
    except OSError:
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


def _append(file: Path, text: str) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(file, flags, 0o600), "a", encoding="utf-8") as out:
        out.write(text)
