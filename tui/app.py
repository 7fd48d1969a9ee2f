"""Start the board: open the store while Textual is loaded, then run the app."""

import gc
import sys

from core.desk import Desk
from core.domain.refusals import Refusal
from core.hiding import hidden, postpone
from tui.bridge import Bridge
from tui.keymap import check
from tui.screens.board_question import opening
from tui.session import Session, SessionOptions
from tui.words import Words

USAGE = 2
"""The exit code for settings that cannot be used."""
UNAVAILABLE = 5
"""The exit code for a store that could not be opened, as on the command line."""


def run(options: SessionOptions) -> int:
    """Run the board until the member leaves; the exit code.

    0 after leaving, 1 after an unexpected error, 2 if the member's own keys cannot be used, 5 if
    the store could not be opened.
    """
    if problems := check(options.settings.keys):
        from tui.keymap import problem_words

        words = Words(options.language)
        sys.stderr.writelines(f"duban: {problem_words(words, one)}\n" for one in problems)
        return USAGE
    gc.disable()  # what start-up makes stays; looking through it costs a tenth of the start
    with hidden("bz2", "lzma", "zlib"):  # Textual loads it, but nobody here makes archives with it
        import shutil  # noqa: F401 - before there are threads that could miss what is hidden
    bridge = Bridge(lambda: Desk(options.store, actor=options.handle, clock=options.clock).open())
    session = Session(options, bridge)
    first = bridge.soon(lambda desk: opening(session, desk))
    without_palette()
    from tui.shell import DubanApp

    try:
        app = DubanApp(session, opening=bridge.answer(first))
        gc.freeze()
        gc.enable()
        app.run(mouse=options.settings.mouse)
    except Refusal as refusal:
        from tui.refusals import refusal_words

        sys.stderr.write(f"duban: {refusal_words(Words(options.language), refusal)}\n")
        return UNAVAILABLE
    finally:
        gc.enable()
        bridge.close()
    return app.return_code or 0


def without_palette() -> None:
    """Leave the command palette unloaded: nobody here opens it, and it brings ten widgets along.

    Textual's app only names these classes, as long as the palette is off.
    """
    import textual  # noqa: F401 - what it is a part of comes first

    stand_in = type("Palette", (), {})
    names = "CommandListItem CommandPalette DiscoveryHit Hit Hits Provider SimpleProvider"
    postpone("textual.command", **dict.fromkeys(names.split(), stand_in))
