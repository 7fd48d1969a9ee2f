"""``duban archive``, ``restore`` and ``cancel``."""

from typing import TYPE_CHECKING

from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.domain.ids import TaskId
    from core.domain.status import State
    from tui.cli.request import Request


def _found(request: "Request") -> tuple["TaskId", "State"]:
    """The task that is meant, and its state."""
    from core.queries.board import card

    task = request.task(request.given.text("key"))
    row = request.ask(card, task)
    assert row is not None  # noqa: S101 - it has just been found
    return task, row.state


def archive(request: "Request") -> None:
    """Take what has ended off the board."""
    from core.commands.closing import ArchiveTask

    task, seen = _found(request)
    receipt = request.do(ArchiveTask(task=task, seen=seen))
    request.receipt(receipt, request.words("{key} is archived.", key=receipt.name))


def cancel(request: "Request") -> None:
    """Give a task up."""
    from core.commands.closing import CancelTask

    task, seen = _found(request)
    command = CancelTask(task=task, seen=seen, reason=request.given.text("reason"))
    receipt = request.do(command)
    request.receipt(receipt, request.words("{key} is cancelled.", key=receipt.name))


def restore(request: "Request") -> None:
    """Bring an archived or cancelled task back."""
    from core.commands.closing import RestoreTask

    task, _ = _found(request)
    receipt = request.do(RestoreTask(task=task))
    request.receipt(receipt, request.words("{key} is back on the board.", key=receipt.name))


_KEY = Parameter("KEY", suggests="tasks")

COMMANDS = {
    "archive": Command(
        "archive",
        archive,
        help=N_("Take a task that has ended off the board."),
        example="duban archive T001",
        writes=True,
        takes=(_KEY,),
    ),
    "restore": Command(
        "restore",
        restore,
        help=N_("Bring an archived or cancelled task back."),
        example="duban restore T001",
        writes=True,
        takes=(_KEY,),
    ),
    "cancel": Command(
        "cancel",
        cancel,
        help=N_("Give a task up, with the reason."),
        example='duban cancel T001 --reason "the customer withdrew"',
        writes=True,
        takes=(_KEY, Parameter("--reason TEXT", N_("Why."), required=True)),
    ),
}
