"""``duban block`` and ``unblock``."""

from typing import TYPE_CHECKING

from core.domain.refusals import NotFound
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.domain.people import Person
    from tui.cli.request import Request


def block(request: "Request") -> None:
    """Say that a task cannot go on, why, and whom or what it waits for."""
    from core.commands.blocking import BlockTask

    given = request.given
    task = request.task(given.text("key"))
    awaited = _person(request, given.text("for"))
    receipt = request.do(
        BlockTask(
            task=task,
            reason=given.text("reason"),
            waiting_for=awaited.name if awaited else given.text("for"),
            waiting_person=awaited.id if awaited else None,
        )
    )
    said = awaited.name if awaited else given.text("for")
    request.receipt(
        receipt, request.words("{key} is blocked; it waits for {who}.", key=receipt.name, who=said)
    )


def _person(request: "Request", text: str) -> "Person | None":
    """The person of the team that ``text`` names; None if it names something else."""
    try:
        return request.person(text)
    except NotFound:
        return None


def unblock(request: "Request") -> None:
    """Say that it goes on."""
    from core.commands.blocking import UnblockTask

    task = request.task(request.given.text("key"))
    command = UnblockTask(task=task, resolution=request.given.text("resolution"))
    receipt = request.do(command)
    request.receipt(receipt, request.words("{key} goes on.", key=receipt.name))


COMMANDS = {
    "block": Command(
        "block",
        block,
        help=N_("Say that a task cannot go on, and what it waits for."),
        example='duban block T001 "no test data" --for lin',
        writes=True,
        takes=(
            Parameter("KEY", suggests="tasks"),
            Parameter("REASON..."),
            Parameter(
                "--for WHO", N_("Whom or what it waits for."), required=True, suggests="people"
            ),
        ),
    ),
    "unblock": Command(
        "unblock",
        unblock,
        help=N_("Say that a blocked task goes on."),
        example='duban unblock T001 "data arrived"',
        writes=True,
        takes=(Parameter("KEY", suggests="tasks"), Parameter("[RESOLUTION]...")),
    ),
}
