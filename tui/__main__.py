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
    _postpone()
    from tui.cli.errors import unexpected
    from tui.cli.streams import make_ready

    make_ready()
    sys.excepthook = unexpected
    try:
        code = answered(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    _end(code)


def _postpone() -> None:
    """Leave unloaded what our libraries import for things that hardly any run comes to."""
    from core.hiding import postpone

    postpone("inspect", isclass=lambda thing: isinstance(thing, type))
    if hasattr(os, "uname"):
        postpone("platform", system=lambda: os.uname().sysname)
    for name in ("calendar", "ipaddress", "locale", "mimetypes", "socket", "textwrap"):
        postpone(name)


def answered(arguments: list[str]) -> int:
    """Do what the arguments ask; the exit code."""
    try:
        return _answered(arguments)
    except OSError as error:
        from tui.cli.streams import lost

        return lost(error, saved=False)


def _answered(arguments: list[str]) -> int:
    if arguments in (["--version"], ["-V"]):
        from core import __version__

        sys.stdout.write(f"duban {__version__}\n")
        return 0
    from tui.cli import quick

    found = quick.read(arguments)
    if found is None:
        from tui.cli.tree import call

        return call(arguments, _show_board)
    from tui.cli.errors import guarded
    from tui.cli.request import Request

    command, given = found
    request = Request(given, show_board=_show_board, creates=command.writes)
    return guarded(request, command)


def _show_board(options: "SessionOptions") -> int:
    """Run the app; the exit code."""
    from tui.few_colors import NONE, color_count

    if not options.settings.color or color_count() == NONE:
        os.environ["NO_COLOR"] = "1"  # Textual asks for nothing else
    from tui.app import run

    return run(options)


def _end(code: int) -> None:
    """End the process without taking it apart first, which takes longer than some commands."""
    try:
        sys.stdout.flush()
    except OSError as error:
        from tui.cli.streams import lost

        code = lost(error, saved=False)
    os._exit(code)


if __name__ == "__main__":
    main()
