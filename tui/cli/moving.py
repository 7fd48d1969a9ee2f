"""``duban move``, ``accept`` and ``send-back``."""

from typing import TYPE_CHECKING

from tui.cli import reading
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.domain.ids import TaskId
    from core.domain.status import State
    from tui.cli.request import Request


def move(request: "Request") -> None:
    """Take a task to another state; a verdict on it where that is what the move means."""
    from core.domain.status import State
    from core.queries.board import card

    to = reading.state(request, request.given.text("state"))
    task = request.task(request.given.text("key"))
    row = request.ask(card, task)
    assert row is not None  # noqa: S101 - it has just been found
    if row.state is State.REVIEW and to is State.DONE:
        accept(request)
    elif row.state is State.REVIEW and to is State.DOING and request.given.text("findings"):
        send_back(request)
    elif to in {State.ARCHIVED, State.CANCELLED}:
        from tui.cli import closing

        (closing.archive if to is State.ARCHIVED else closing.cancel)(request)
    elif row.state in {State.ARCHIVED, State.CANCELLED}:
        from tui.cli import closing

        closing.restore(request)
    else:
        _move(request, task, to=to, seen=row.state)


def _move(request: "Request", task: "TaskId", *, to: "State", seen: "State") -> None:
    from core.commands.moving import MoveTask
    from tui.terms import state_word

    command = MoveTask(task=task, to=to, seen=seen, reason=request.given.text("reason"))
    receipt = request.do(command)
    words = request.words
    request.receipt(receipt, words("{key}: {state}", key=receipt.name, state=state_word(words, to)))


def accept(request: "Request") -> None:
    """Find the work good."""
    from core.commands.reviewing import AcceptTask

    task = request.task(request.given.text("key"))
    receipt = request.do(AcceptTask(task=task, note=request.given.text("note")))
    request.receipt(receipt, request.words("{key} is accepted.", key=receipt.name))


def send_back(request: "Request") -> None:
    """Send the work back, with what is missing."""
    from core.commands.reviewing import SendBack

    task = request.task(request.given.text("key"))
    receipt = request.do(SendBack(task=task, findings=request.given.text("findings")))
    request.receipt(receipt, request.words("{key} is sent back.", key=receipt.name))


_KEY = Parameter("KEY", suggests="tasks")
_FINDINGS = N_("What is missing, when it is sent back.")

COMMANDS = {
    "move": Command(
        "move",
        move,
        help=N_("Move a task to another column."),
        example="duban move T001 doing",
        writes=True,
        takes=(
            _KEY,
            Parameter("STATE", suggests="states"),
            Parameter("--reason TEXT", N_("Why, where that must be said.")),
            Parameter("--findings TEXT", _FINDINGS),
            Parameter("--note TEXT", N_("A remark on the acceptance.")),
        ),
    ),
    "accept": Command(
        "accept",
        accept,
        help=N_("Accept work that waits for it."),
        example="duban accept T001",
        writes=True,
        takes=(_KEY, Parameter("--note TEXT", N_("A remark on the acceptance."))),
    ),
    "send-back": Command(
        "send-back",
        send_back,
        help=N_("Send work back with findings."),
        example='duban send-back T001 --findings "figures of May are missing"',
        writes=True,
        takes=(_KEY, Parameter("--findings TEXT", _FINDINGS, required=True)),
    ),
}
