"""``duban``: the command line, and the board where there is a terminal."""

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.session import SessionOptions


def main() -> None:
    """Run ``duban`` with the arguments of this process, and end it."""
    gc.disable()  # nothing that a command makes is worth collecting before it ends
    from tui.cli.errors import unexpected

    sys.excepthook = unexpected
    try:
        code = answered(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    _end(code)


def answered(arguments: list[str]) -> int:
    """Do what the arguments ask; the exit code."""
    if arguments in (["--version"], ["-V"]):
        from core import __version__

        sys.stdout.write(f"duban {__version__}\n")
        return 0
    from tui.cli import quick

    found = quick.read(arguments)
    try:
        if found is None:
            from tui.cli.tree import call

            return call(arguments, _show_board)
        from tui.cli.errors import guarded
        from tui.cli.request import Request

        command, given = found
        return guarded(Request(given, show_board=_show_board), command.run)
    except BrokenPipeError:
        return _hung_up()


def _show_board(options: "SessionOptions") -> int:
    """Run the app; the exit code."""
    from tui.app import run

    return run(options)


def _hung_up() -> int:
    """Nobody reads any more: leave quietly, as ``head`` expects."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return 0


def _end(code: int) -> None:
    """End the process without taking it apart first, which takes longer than some commands."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = _hung_up()
    os._exit(code)


if __name__ == "__main__":
    main()
