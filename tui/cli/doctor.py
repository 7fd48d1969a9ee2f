"""``duban doctor``: what is not in order, and the way out of it."""

from typing import TYPE_CHECKING

from tui.cli.declared import Command
from tui.words import N_

if TYPE_CHECKING:
    from tui.cli.request import Request


def run(request: "Request") -> int:
    """Look at everything; 1 if something is not in order."""
    from tui.cli.checkup import findings

    found = list(findings(request))
    if request.given.flag("json"):
        request.json(
            [
                {"check": one.check, "ok": one.ok, "found": one.found, "advice": one.advice}
                for one in found
            ]
        )
    else:
        from tui.cli.checkup import CHECKS

        for one in found:
            mark = request.words("ok") if one.ok else request.words("WRONG")
            name = request.words(CHECKS[one.check])
            told = request.words("{name}: {value}", name=name, value=one.found)
            request.say(f"{mark}  {told}")
            if one.advice:
                request.say(f"    {one.advice}")
    return 0 if all(one.ok for one in found) else 1


COMMANDS = {
    "doctor": Command(
        "doctor",
        run,
        help=N_("Check Python, store, terminal and settings."),
        example="duban doctor",
    )
}
