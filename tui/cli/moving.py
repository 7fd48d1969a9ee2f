"""``duban move``."""

from typing import TYPE_CHECKING

from tui.cli import reading
from tui.cli.declared import Command, Parameter
from tui.cli.reviewing import FINDINGS, KEY, NOTE, SUBMITTING
from tui.words import N_

if TYPE_CHECKING:
    from core.domain.ids import TaskId
    from core.domain.status import State
    from tui.cli.request import Request


def move(request: "Request") -> None:
    """Take a task to another state; a submission or a verdict where that is what it means."""
    from core.domain.status import State
    from core.queries.board import card

    to = reading.state(request, request.given.text("state"))
    task = request.task(request.given.text("key"))
    row = request.ask(card, task)
    assert row is not None  # noqa: S101 - it has just been found
    if row.state is State.REVIEW and to in {State.DOING, State.DONE}:
        _judge(request, task, to=to)
    elif row.state is State.DOING and to is State.REVIEW:
        from tui.cli.reviewing import submit

        submit(request)
    elif to in {State.ARCHIVED, State.CANCELLED}:
        from tui.cli import closing

        (closing.archive if to is State.ARCHIVED else closing.cancel)(request)
    elif row.state in {State.ARCHIVED, State.CANCELLED}:
        from tui.cli import closing

        closing.restore(request)
    else:
        _move(request, task, to=to, seen=row.state)


def _judge(request: "Request", task: "TaskId", *, to: "State") -> None:
    """Accept, send back with findings, or withdraw."""
    from core.domain.status import State
    from tui.cli import reviewing

    if to is State.DONE:
        reviewing.accept(request)
    elif request.given.text("findings"):
        reviewing.send_back(request)
    else:
        _move(request, task, to=to, seen=State.REVIEW)


def _move(request: "Request", task: "TaskId", *, to: "State", seen: "State") -> None:
    from core.commands.moving import MoveTask
    from tui.terms import state_word

    given = request.given
    command = MoveTask(
        task=task, to=to, seen=seen, reason=given.text("reason"), force=given.flag("force")
    )
    receipt = request.do(command)
    words = request.words
    request.receipt(receipt, words("{key}: {state}", key=receipt.name, state=state_word(words, to)))


COMMANDS = {
    "move": Command(
        "move",
        move,
        help=N_("Move a task to another column."),
        example="duban move T001 doing",
        writes=True,
        takes=(
            KEY,
            Parameter("STATE", suggests="states"),
            Parameter("--reason TEXT", N_("Why, where that must be said.")),
            Parameter("--force", N_("Begin it although it is not clear; say --reason too.")),
            FINDINGS,
            NOTE,
            *SUBMITTING,
        ),
    ),
}
