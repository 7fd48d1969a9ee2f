"""``duban criteria`` and ``milestones``: list, add, tick, remove by number."""

from typing import TYPE_CHECKING, Any

from tui.cli import reading
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.desk import Receipt
    from core.queries.detail import TaskView
    from tui.cli.request import Request


def view_of(request: "Request") -> "TaskView":
    """The task that is meant, with its parts."""
    from core.queries.detail import task_view

    return request.ask(task_view, request.task(request.given.text("key")))


def chosen(request: "Request", parts: tuple[Any, ...], option: str) -> Any:  # noqa: ANN401
    """The part whose number the option gives; None if it is not given. Raises Usage."""
    number = request.given.number(option)
    if number is None:
        return None
    if not 1 <= number <= len(parts):
        words = request.words
        raise request.wrong(
            words(
                "There is no number {number}; there are {count}.", number=number, count=len(parts)
            )
        )
    return parts[number - 1]


def remove(request: "Request", kind: str, part: Any) -> None:  # noqa: ANN401 - any part
    """Take a part away."""
    from core.commands.parts import RemovePart

    reason = request.given.text("reason")
    receipt = request.do(RemovePart(kind=kind, part=part.id, reason=reason))
    request.receipt(receipt, request.words("Removed: {what}", what=receipt.name))


def added(request: "Request", receipt: "Receipt", what: str, parts: tuple[Any, ...]) -> None:
    """Tell what was added, and the number by which it is changed or removed."""
    words = request.words
    number = next((place for place, one in enumerate(parts, 1) if one.id == receipt.id), None)
    if number is None:  # further down than the parts are read
        said = words("Added: {what}", what=what)
    else:
        said = words("Added as number {number}: {what}", number=number, what=what)
    request.receipt(receipt, said)


def listed(request: "Request", parts: tuple[Any, ...], lines: list[str]) -> None:
    """Tell the parts with their numbers."""
    from tui.cli.asjson import plain

    request.answer(plain(parts), *(f"{number}. {line}" for number, line in enumerate(lines, 1)))


def criteria(request: "Request") -> None:
    """What the acceptor checks."""
    from core.commands.parts import AddCriterion, ChangeCriterion

    view, given = view_of(request), request.given
    if (text := given.maybe("add")) is not None:
        facet = reading.facet(request, given.text("facet") or "other")
        reason = given.text("reason")
        command = AddCriterion(task=view.task.id, text=text, facet=facet, reason=reason)
        receipt = request.do(command)
        added(request, receipt, receipt.name, view_of(request).criteria)
        return
    for option, met in (("met", True), ("unmet", False)):
        if part := chosen(request, view.criteria, option):
            receipt = request.do(ChangeCriterion(criterion=part.id, met=met))
            request.receipt(receipt, f"{'x' if met else ' '} {part.text}")
            return
    if part := chosen(request, view.criteria, "remove"):
        remove(request, "criterion", part)
        return
    lines = [f"{'x' if one.met else ' '} {one.text}" for one in view.criteria]
    listed(request, view.criteria, lines)


def milestones(request: "Request") -> None:
    """The key nodes and their days."""
    from core.commands.parts import AddMilestone, ChangeMilestone

    view, given = view_of(request), request.given
    due = (
        reading.day(request, given.text("due"), project=view.project) if given.text("due") else None
    )
    if (title := given.maybe("add")) is not None:
        if due is None:
            raise request.wrong(request.words("A milestone needs its day: --due DAY"))
        receipt = request.do(AddMilestone(task=view.task.id, title=title, due=due))
        added(request, receipt, receipt.name, view_of(request).milestones)
        return
    for option, reached in (("reached", True), ("unreached", False), ("move", None)):
        if part := chosen(request, view.milestones, option):
            receipt = request.do(ChangeMilestone(milestone=part.id, reached=reached, due=due))
            request.receipt(receipt, request.words("Changed: {what}", what=part.title))
            return
    if part := chosen(request, view.milestones, "remove"):
        remove(request, "milestone", part)
        return
    lines = [
        f"{'x' if one.done else ' '} {one.due.isoformat()} {one.title}" for one in view.milestones
    ]
    listed(request, view.milestones, lines)


KEY = Parameter("KEY", suggests="tasks")
REMOVE = Parameter("--remove NUMBER", N_("Take it away."))

COMMANDS = {
    "criteria": Command(
        "criteria",
        criteria,
        help=N_("List, add or tick acceptance criteria."),
        example='duban criteria T001 --add "figures agree with the ledger"',
        writes=True,
        takes=(
            KEY,
            Parameter("--add TEXT", N_("Add one.")),
            Parameter("--facet WORD", N_("form, scope, quality or other."), suggests="facets"),
            Parameter("--met NUMBER", N_("It is met.")),
            Parameter("--unmet NUMBER", N_("It is not met after all.")),
            REMOVE,
            Parameter("--reason TEXT", N_("Why, once the work has begun.")),
        ),
    ).checked(apart=("add met unmet remove",), needs=(("facet", "add"), ("reason", "add remove"))),
    "milestones": Command(
        "milestones",
        milestones,
        help=N_("List, add or reach milestones."),
        example='duban milestones T001 --add "first draft" --due 2026-12-01',
        writes=True,
        takes=(
            KEY,
            Parameter("--add TITLE", N_("Add one.")),
            Parameter("--due DAY", N_("Its day.")),
            Parameter("--reached NUMBER", N_("It is reached.")),
            Parameter("--unreached NUMBER", N_("It is not reached after all.")),
            Parameter("--move NUMBER", N_("Give it the day of --due.")),
            REMOVE,
        ),
    ).checked(
        apart=("add reached unreached move remove",),
        needs=(("due", "add reached unreached move"), ("move", "due")),
    ),
}
