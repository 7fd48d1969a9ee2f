"""``duban update``."""

from typing import TYPE_CHECKING

from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from tui.cli.request import Request


def run(request: "Request") -> None:
    """Say how far a task is; without a number it stays as far as it was."""
    from core.commands.progress import UpdateProgress

    given = request.given
    task = request.task(given.text("key"))
    progress = _percent(request, given.text("progress"))
    if progress is None:
        from core.queries.listing import progress_of

        progress = request.ask(progress_of, task)
    receipt = request.do(
        UpdateProgress(
            task=task,
            progress=progress,
            done=given.text("done"),
            next=given.text("next"),
            problems=given.text("problems"),
            support=given.text("support"),
            status_note=given.maybe("note"),
        )
    )
    said = request.words("{key} is at {progress} %.", key=receipt.name, progress=progress)
    request.receipt(receipt, said)


def _percent(request: "Request", text: str) -> int | None:
    """``60`` or ``60%``; None for nothing."""
    number = text.strip().rstrip("%％")
    if not number:
        return None
    if not (number.isascii() and number.isdigit()):
        raise request.wrong(
            request.words("“{text}” is not a percentage; write it like 60.", text=text)
        )
    return int(number)


COMMANDS = {
    "update": Command(
        "update",
        run,
        help=N_("Say how far a task is, and what comes next."),
        example='duban update T001 60 --done "outline" --next "first draft"',
        writes=True,
        takes=(
            Parameter("KEY", suggests="tasks"),
            Parameter("[PROGRESS]"),
            Parameter("--done TEXT", N_("What is done.")),
            Parameter("--next TEXT", N_("What comes next.")),
            Parameter("--problems TEXT", N_("What is in the way.")),
            Parameter("--support TEXT", N_("What help is needed.")),
            Parameter("--note TEXT", N_("The task's status note, from now on.")),
        ),
    )
}
