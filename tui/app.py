"""Start the board: open the store while Textual is loaded, then run the app."""

import gc
import sys

from core.desk import Desk
from core.domain.refusals import Refusal
from tui.bridge import Bridge
from tui.refusals import refusal_words
from tui.session import Session, SessionOptions, directory
from tui.words import Words

UNAVAILABLE = 5
"""The exit code for a store that could not be opened, as on the command line."""


def run(options: SessionOptions) -> int:
    """Run the board until the member leaves; the exit code.

    0 after leaving, 1 after an unexpected error, 5 if the store could not be opened.
    """
    gc.disable()  # what start-up makes stays; looking through it costs a tenth of the start
    bridge = Bridge(lambda: Desk(options.store, actor=options.handle, clock=options.clock).open())
    first = bridge.soon(directory)
    from tui.shell import DubanApp

    try:
        session = Session(options, bridge)
        session.begin(first.result())
        app = DubanApp(session)
        gc.freeze()
        gc.enable()
        app.run(mouse=options.settings.mouse)
    except Refusal as refusal:
        sys.stderr.write(refusal_words(Words(options.language), refusal) + "\n")
        return UNAVAILABLE
    finally:
        bridge.close()
    return app.return_code or 0
