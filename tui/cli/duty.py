"""``duban acknowledge``, ``return``, ``claim``, ``confirm`` and ``sign``: whose a task is."""

from typing import TYPE_CHECKING

from tui.cli.criteria import view_of
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.domain.ids import DepartmentId
    from core.queries.allocation import SignRow
    from core.queries.detail import TaskView
    from tui.cli.request import Request


def acknowledge(request: "Request") -> None:
    """Take on what one was given, or ask back first."""
    from core.commands.assigning import AcknowledgeTask, QuestionAssignment

    task, words = request.task(request.given.text("key")), request.words
    if question := request.given.text("ask"):
        receipt = request.do(QuestionAssignment(task=task, question=question))
        said = words("Your question about {key} stands in the sync log.", key=receipt.name)
    else:
        receipt = request.do(AcknowledgeTask(task=task))
        said = words("You have taken {key} on.", key=receipt.name)
    request.receipt(receipt, said)


def give_back(request: "Request") -> None:
    """Give a task back before taking it on."""
    from core.commands.assigning import ReturnTask

    task, reason = request.task(request.given.text("key")), request.given.text("reason")
    receipt = request.do(ReturnTask(task=task, reason=reason))
    request.receipt(receipt, request.words("{key} was returned.", key=receipt.name))


def claim(request: "Request") -> None:
    """Take a task that nobody has."""
    from core.commands.assigning import ClaimTask

    receipt = request.do(ClaimTask(task=request.task(request.given.text("key"))))
    request.receipt(receipt, request.words("{key} is yours now.", key=receipt.name))


def confirm(request: "Request") -> None:
    """Say that a task is still one's own."""
    from core.commands.assigning import ConfirmDuty

    receipt = request.do(ConfirmDuty(task=request.task(request.given.text("key"))))
    request.receipt(receipt, request.words("Confirmed: {key} is still yours.", key=receipt.name))


def sign(request: "Request") -> None:
    """Sign who does what for a department, or list who has signed."""
    view = view_of(request)
    if request.given.flag("list"):
        _list(request, view)
        return
    from core.commands.assigning import SignAllocation

    department, name = _department(request, view)
    note = request.given.text("note")
    receipt = request.do(SignAllocation(task=view.task.id, department=department, note=note))
    said = request.words("{key}: signed for {name}.", key=receipt.name, name=name)
    request.receipt(receipt, said)


def _department(request: "Request", view: "TaskView") -> "tuple[DepartmentId, str]":
    """The one that is named, else the one that whoever acts leads and that has part in it.

    Who leads none of those signs for their own: the core says who may.
    """
    from core.queries.directory import departments

    words, name = request.words, request.given.text("department")
    known = request.ask(departments)
    if name:
        found = [one for one in known if one.name == name]
        if not found:
            from core.domain.refusals import NotFound
            from tui.cli.nearest import found_nothing

            missing = NotFound("department", name)
            raise found_nothing(missing, [one.name for one in known]) from missing
        return found[0].id, found[0].name
    me = request.desk.me()
    led = [one for one in view.signatures if me is not None and one.lead == me.id]
    if not led and me is not None:
        for one in known:
            if one.id == me.department:
                return one.id, one.name
    if len(led) != 1:
        raise request.wrong(words("Say for which department: --department NAME"))
    return led[0].department, led[0].name


def _list(request: "Request", view: "TaskView") -> None:
    from tui.cli.asjson import plain

    words, rows = request.words, view.signatures
    content = [
        {
            "department": one.name,
            "lead": view.name(one.lead),
            "people": [view.name(person) for person in one.people],
            "signed": plain(one.signed)["at"] if one.signed else None,
            "note": one.signed.note if one.signed else "",
            "stands": one.stands,
        }
        for one in rows
    ]
    lines = [f"{'x' if one.stands else '-'} {one.name}  {_said(request, one)}" for one in rows]
    if not lines:
        request.note(words("No department has part in it; nothing is to be signed."))
    request.answer(content, *lines)


def _said(request: "Request", one: "SignRow") -> str:
    words = request.words
    if one.signed is None:
        return words("not signed")
    if not one.stands:
        return words("signed, but changed since")
    return " ".join(filter(None, (words("signed"), one.signed.note)))


_KEY = Parameter("KEY", suggests="tasks")

COMMANDS = {
    "acknowledge": Command(
        "acknowledge",
        acknowledge,
        help=N_("Take on a task that you were given."),
        example="duban acknowledge T001",
        writes=True,
        takes=(_KEY, Parameter("--ask QUESTION", N_("Ask whoever gave it first."))),
    ),
    "return": Command(
        "return",
        give_back,
        help=N_("Give a task back that you have not taken on."),
        example='duban return T001 --reason "on leave until Friday"',
        writes=True,
        takes=(_KEY, Parameter("--reason TEXT", N_("Why it is returned."), required=True)),
    ),
    "claim": Command(
        "claim",
        claim,
        help=N_("Take a task that nobody has."),
        example="duban claim T001",
        writes=True,
        takes=(_KEY,),
    ),
    "confirm": Command(
        "confirm",
        confirm,
        help=N_("Confirm that a task is still yours."),
        example="duban confirm T001",
        writes=True,
        takes=(_KEY,),
    ),
    "sign": Command(
        "sign",
        sign,
        help=N_("Sign who does what of a task, for a department."),
        example='duban sign T001 --department "Marketing"',
        writes=True,
        takes=(
            _KEY,
            Parameter("--department NAME", N_("For which; your own unless given.")),
            Parameter("--note TEXT", N_("A remark beside the signature.")),
            Parameter("--list", N_("Only tell who has signed.")),
        ),
    ).checked(apart=("list department", "list note")),
}
