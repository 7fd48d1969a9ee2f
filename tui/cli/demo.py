"""``duban demo``: a sample team to look around in."""

import gc
from typing import TYPE_CHECKING

from tui.cli import account
from tui.cli.declared import Command
from tui.words import N_

if TYPE_CHECKING:
    from tui.cli.request import Request


def run(request: "Request") -> None:
    """Fill an empty store. Refuses ``not-empty``."""
    from core.demo import fill

    gc.enable()
    request.creates = True
    own = request.handle == account.handle()
    name = account.name() if own else request.handle
    words = request.words
    fill(request.desk, language=words.language, handle=request.handle, name=name)
    request.saved = True
    request.answer(
        {"ok": True}, words("The demo team is here. Look at it with: duban, or duban ls")
    )


COMMANDS = {
    "demo": Command(
        "demo",
        run,
        help=N_("Fill an empty store with a demo team."),
        example="duban --store sqlite:///demo.db demo",
    )
}
