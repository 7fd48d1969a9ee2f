"""``duban edit``, ``assign`` and ``reorder``."""

from typing import TYPE_CHECKING, Any, Final

from tui.cli import reading
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from core.domain.people import Project
    from core.queries.detail import TaskView
    from tui.cli.request import Request

_TEXTS: Final = (
    "title",
    "description",
    "background",
    "outcome",
    "value",
    "type",
    "status_note",
    "risk_note",
    "delay_reason",
    "note",
)
NOBODY: Final = frozenset({"nobody", "none", "-", "无"})


def edit(request: "Request") -> None:
    """Set the fields that are given; others stay as they are."""
    from core.commands.editing import EditTask, Setting
    from core.queries.detail import task_view

    view = request.ask(task_view, request.task(request.given.text("key")))
    settings = tuple(
        Setting(field, getattr(view.task, field), value) for field, value in _wanted(request, view)
    )
    if not settings:
        raise request.wrong(
            request.words("Say what to change, such as --title TEXT or --due WHEN.")
        )
    command = EditTask(task=view.task.id, settings=settings, reason=request.given.text("reason"))
    receipt = request.do(command)
    said = request.words("{key} is changed.", key=receipt.name)
    if not receipt.last:
        said = request.words("{key} was so already.", key=receipt.name)
    request.receipt(receipt, said)


def _wanted(request: "Request", view: "TaskView") -> "Iterator[tuple[str, Any]]":
    """Field and new value of each option that is given."""
    given = request.given
    for field in _TEXTS:
        if given.maybe(field) is not None:
            yield field, given.text(field)
    for field, read in _READERS.items():
        if given.maybe(field) is not None:
            yield field, read(request, given.text(field), view.project)
    if given.switch("urgent") is not None:
        yield "urgent", given.switch("urgent")


def _due(request: "Request", text: str, project: "Project") -> object:
    return reading.due(request, text, project=project)


def _priority(request: "Request", text: str, _: "Project") -> object:
    return reading.priority(request, text)


def _person(request: "Request", text: str, _: "Project") -> object:
    return None if text in NOBODY else request.person(text).id


def _day(request: "Request", text: str, project: "Project") -> object:
    return None if text in NOBODY or not text else reading.day(request, text, project=project)


_READERS: "Final[Mapping[str, Callable[[Request, str, Project], object]]]" = {
    "due": _due,
    "expected": _due,
    "start": _day,
    "priority": _priority,
    "initiator": _person,
    "acceptor": _person,
}


def assign(request: "Request") -> None:
    """Make somebody the one who does it."""
    from core.commands.editing import AssignTask
    from core.queries.board import card

    given = request.given
    task = request.task(given.text("key"))
    row = request.ask(card, task)
    assert row is not None  # noqa: S101 - it has just been found
    owner = None if given.text("who") in NOBODY else request.person(given.text("who"))
    me = request.desk.me()
    if row.owner is None and owner is not None and me is not None and owner.id == me.id:
        from core.commands.assigning import ClaimTask

        command: object = ClaimTask(task=task)
    else:
        command = AssignTask(
            task=task,
            owner=owner.id if owner else None,
            seen=row.owner,
            reason=given.text("reason"),
            notes=given.text("notes"),
        )
    receipt = request.do(command)
    if owner is None:
        said = request.words("{key} has no owner now.", key=receipt.name)
    else:
        said = request.words("{key} is now {name}'s.", key=receipt.name, name=owner.name)
    request.receipt(receipt, said)


def reorder(request: "Request") -> None:
    """Put a task right above or below another one of its column."""
    from core.commands.moving import ReorderTask

    given = request.given
    above, below = given.text("above"), given.text("below")
    if bool(above) is bool(below):
        raise request.wrong(request.words("Say either --above KEY or --below KEY."))
    receipt = request.do(
        ReorderTask(
            task=request.task(given.text("key")),
            neighbour=request.task(above or below),
            below=bool(below),
        )
    )
    request.receipt(receipt, request.words("{key} has its new place.", key=receipt.name))


_KEY = Parameter("KEY", suggests="tasks")

COMMANDS = {
    "edit": Command(
        "edit",
        edit,
        help=N_("Change fields of a task."),
        example='duban edit T001 --due 2026-12-01 --reason "customer asked"',
        writes=True,
        takes=(
            _KEY,
            Parameter("--title TEXT", N_("What it is called.")),
            Parameter("-d --due WHEN", N_("Until when; none takes it away.")),
            Parameter("-p --priority WORD", N_("high, medium or low."), suggests="priorities"),
            Parameter("--urgent/--not-urgent", N_("Whether it is urgent.")),
            Parameter("--start DAY", N_("The day it starts.")),
            Parameter("--type LABEL", N_("The kind of work.")),
            Parameter("--acceptor WHO", N_("Who accepts it."), suggests="people"),
            Parameter("--initiator WHO", N_("Who asked for it."), suggests="people"),
            Parameter("--description TEXT", N_("What is to be done.")),
            Parameter("--background TEXT", N_("Why it came up.")),
            Parameter("--outcome TEXT", N_("The expected outcome.")),
            Parameter("--value TEXT", N_("Why it matters.")),
            Parameter("--status-note TEXT", N_("How it stands.")),
            Parameter("--risk-note TEXT", N_("What may go wrong.")),
            Parameter("--delay-reason TEXT", N_("Why it will be late.")),
            Parameter("--expected WHEN", N_("When a late task is expected now.")),
            Parameter("--note TEXT", N_("A remark.")),
            Parameter("--reason TEXT", N_("Why it is changed.")),
        ),
    ),
    "assign": Command(
        "assign",
        assign,
        help=N_("Say who does a task."),
        example="duban assign T001 lin",
        writes=True,
        takes=(
            _KEY,
            Parameter("WHO", suggests="people"),
            Parameter("--notes TEXT", N_("What is handed over; needed once work has begun.")),
            Parameter("--reason TEXT", N_("Why it is changed.")),
        ),
    ),
    "reorder": Command(
        "reorder",
        reorder,
        help=N_("Put a task above or below another one."),
        example="duban reorder T003 --above T001",
        writes=True,
        takes=(
            _KEY,
            Parameter("--above KEY", N_("The task that it shall stand above."), suggests="tasks"),
            Parameter("--below KEY", N_("The task that it shall stand below."), suggests="tasks"),
        ),
    ),
}
