"""``duban`` alone: the board in a terminal, else the same as plain text."""

import os
import sys
from typing import TYPE_CHECKING

from tui.cli.declared import Command
from tui.cli.table import BOARD
from tui.words import N_

if TYPE_CHECKING:
    from tui.cli.request import Request


def run(request: "Request") -> int:
    """Open the board; without a terminal write it as text and end."""
    request.creates = not request.given.text("store")
    if is_plain():
        from tui.cli.textboard import tell

        tell(request)
        return 0
    return _open(request)


def is_plain() -> bool:
    """Whether there is no terminal that a board can be drawn on.

    All three streams count: a session that lost one of them would never end.
    """
    if os.environ.get("TERM", "dumb" if os.name == "posix" else "windows") in {"", "dumb"}:
        return True
    return not all(one is not None and one.isatty() for one in (sys.stdin, sys.stdout, sys.stderr))


def _open(request: "Request") -> int:
    """Run the app."""
    from tui.cli import account
    from tui.session import SessionOptions
    from tui.settings import Settings

    if request.settings:
        from tui.cli.settings_check import trouble

        if said := trouble(request.words, request.settings, account.settings_file()):
            raise request.wrong(said)
    options = SessionOptions(
        store=request.store,
        handle=request.handle,
        settings=request.settings or Settings(),
        settings_file=account.settings_file(),
        language=request.words.language,
    )
    may_differ = bool(request.named) and not request.store.startswith("sqlite")
    if may_differ or request.handle.casefold() != account.login():
        request.desk.me()  # asks whether the store lets anybody act as somebody else
        request.close()
    assert request.show_board is not None  # noqa: S101 - __main__ hands it in
    return request.show_board(options)


COMMANDS = {
    BOARD: Command(
        BOARD,
        run,
        help=N_("A team's board: who does what by when, what is overdue, what waits for whom."),
        example="duban",
    )
}
