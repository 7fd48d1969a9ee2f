"""``duban close-out``, ``archive``, ``restore`` and ``cancel``."""

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
    """Take what has ended off the board, and write it down as files if a folder is named."""
    from core.commands.closing import ArchiveTask
    from core.domain.status import State

    task, seen = _found(request)
    if seen is not State.ARCHIVED or not request.given.text("to"):
        command = ArchiveTask(task=task, seen=seen, actual=request.given.text("result"))
        receipt = request.do(command)
        said = request.words("{key} is archived.", key=receipt.name)
        request.receipt(receipt, said)
    if folder := request.given.text("to"):
        _write(request, task, folder)


def _write(request: "Request", task: "TaskId", folder: str) -> None:
    from pathlib import Path

    from core.exchange.bundle import write_bundle
    from core.queries.archiving import archive_of
    from core.queries.detail import task_view
    from core.queries.history import events
    from tui.archive_text import archive_text
    from tui.cli.handing import supporters

    me = request.desk.me()
    found = request.ask(archive_of, task, viewer=me.id if me else None)
    told, view = request.ask(events, task=task, limit=_MOST), request.ask(task_view, task)
    helped = supporters(request, view)
    text = archive_text(request.words, found, view, told, supporters=helped)
    force = request.given.flag("force")
    made = write_bundle(request.desk, found, Path(folder), text=text, force=force)
    if not request.given.flag("json"):
        request.say(request.words("Written: {path}", path=str(made.folder)))


def close_out(request: "Request") -> None:
    """Say what came of a task."""
    from core.commands.closing import CloseOutTask
    from core.queries.archiving import result_of

    task, _ = _found(request)
    before = request.ask(result_of, task)
    said = request.given.text("result")
    command = CloseOutTask(task=task, actual=said, seen=before.actual if before else "")
    receipt = request.do(command)
    request.receipt(receipt, request.words("{key} is closed out.", key=receipt.name))


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
_MOST = 100_000

COMMANDS = {
    "archive": Command(
        "archive",
        archive,
        help=N_("Take a task that has ended off the board."),
        example="duban archive T001",
        writes=True,
        takes=(
            _KEY,
            Parameter("--result TEXT", N_("What came of it, against what was expected.")),
            Parameter("--to FOLDER", N_("Also write it there as files: Markdown and xlsx.")),
            Parameter("-f --force", N_("Replace the files if they are there.")),
        ),
    ).checked(needs=(("force", "to"),)),
    "close-out": Command(
        "close-out",
        close_out,
        help=N_("Say what came of a task that is done, against what was expected."),
        example='duban close-out T001 "satisfaction went from 71 to 83"',
        writes=True,
        takes=(_KEY, Parameter("RESULT...", N_("What came of it."))),
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
