"""``duban deliverables``, ``collaborators`` and ``depends``."""

from typing import TYPE_CHECKING, Any

from core.domain.refusals import NotFound
from tui.cli.criteria import KEY, REMOVE, added, chosen, listed, remove, view_of
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.domain.parts import Deliverable
    from core.queries.detail import TaskView
    from tui.cli.request import Request


def deliverables(request: "Request") -> None:
    """What is handed over."""
    from core.commands.parts import AddDeliverable, ChangeDeliverable

    view, given = view_of(request), request.given
    edition, location = given.maybe("edition"), given.maybe("location")
    if (name := given.maybe("add")) is not None:
        command = AddDeliverable(
            task=view.task.id, name=name, edition=edition or "", location=location or ""
        )
        receipt = request.do(command)
        added(request, receipt, receipt.name, view_of(request).deliverables)
    elif part := chosen(request, view.deliverables, "change"):
        _noted(request, ChangeDeliverable(deliverable=part.id, edition=edition, location=location))
    elif part := chosen(request, view.deliverables, "register"):
        _register(request, part, location)
    elif part := chosen(request, view.deliverables, "remove"):
        remove(request, "deliverable", part)
    else:
        _list(request, view.deliverables)


def _list(request: "Request", parts: "tuple[Deliverable, ...]") -> None:
    lines = [
        " ".join(filter(None, (_box(one), one.name, one.edition, one.location))) for one in parts
    ]
    listed(request, parts, lines)
    if any(one.registered is None for one in parts):
        words = request.words
        request.note(words("Register what is handed over: --register NUMBER --location LINK"))


def _noted(request: "Request", command: object) -> None:
    receipt = request.do(command)
    request.receipt(receipt, request.words("Noted: {what}", what=receipt.name))


def _box(part: "Deliverable") -> str:
    return "x" if part.registered else "-"


def _register(request: "Request", part: "Deliverable", location: str | None) -> None:
    """Say where it lies; the sync log tells everybody."""
    from core.commands.registering import RegisterDeliverable

    receipt = request.do(RegisterDeliverable(deliverable=part.id, location=location))
    request.receipt(receipt, request.words("Registered: {what}", what=receipt.name))


def collaborators(request: "Request") -> None:
    """Who supports the owner."""
    from core.commands.parts import AddCollaborator, ChangeCollaborator

    view, given = view_of(request), request.given
    scope, hours = given.maybe("scope"), given.number("hours")
    if (who := given.maybe("add")) is not None:
        command = AddCollaborator(
            task=view.task.id, scope=scope or "", response_hours=hours, **_who(request, who)
        )
        receipt = request.do(command)
        added(request, receipt, receipt.name or who, view_of(request).collaborators)
    elif part := chosen(request, view.collaborators, "change"):
        _noted(request, ChangeCollaborator(collaborator=part.id, scope=scope, response_hours=hours))
    elif part := chosen(request, view.collaborators, "remove"):
        remove(request, "collaborator", part)
    else:
        listed(request, view.collaborators, supporters(request, view))


def supporters(request: "Request", view: "TaskView") -> list[str]:
    """Who supports it, with what, and how fast they answer (R45)."""
    from core.queries.directory import departments

    words = request.words
    homes = {}
    if any(one.department is not None for one in view.collaborators):
        homes = {one.id: one.name for one in request.ask(departments)}
    lines = []
    for one in view.collaborators:
        home = homes.get(one.department, "") if one.department is not None else ""
        hours = one.response_hours
        said = words("answers within {hours} h", hours=hours) if hours else ""
        who = view.name(one.person) or home or one.label
        lines.append(" · ".join(filter(None, (who, " ".join(one.scope.split()), said))))
    return lines


def _who(request: "Request", text: str) -> dict[str, Any]:
    """A person, a department, or else a role in words."""
    from core.queries.directory import departments

    if not text.strip():
        return {"label": text}  # refused as an empty one
    try:
        return {"person": request.person(text).id}
    except NotFound:
        for one in request.ask(departments):
            if one.name == text:
                return {"department": one.id}
        return {"label": text}


def depends(request: "Request") -> None:
    """What a task waits for."""
    from core.commands.dependencies import AddDependency, RemoveDependency

    view, given = view_of(request), request.given
    for option, kind in (("on", AddDependency), ("not_on", RemoveDependency)):
        if other := given.text(option):
            receipt = request.do(kind(task=view.task.id, needs=request.task(other)))
            words = request.words
            said = words("{key} waits for {other}.", key=receipt.name, other=other)
            if kind is RemoveDependency:
                said = words("{key} no longer waits for {other}.", key=receipt.name, other=other)
            request.receipt(receipt, said)
            return
    lines = [f"{row.key} {row.title}" for row in view.needs]
    request.answer([row.key for row in view.needs], *lines)


COMMANDS = {
    "deliverables": Command(
        "deliverables",
        deliverables,
        help=N_("List or register what is handed over."),
        example='duban deliverables T001 --add "Interview questions" --edition V1.0',
        writes=True,
        takes=(
            KEY,
            Parameter("--add NAME", N_("Name one.")),
            Parameter("--change NUMBER", N_("Name its edition or place anew.")),
            Parameter("--register NUMBER", N_("It was handed over; the sync log tells it.")),
            Parameter("--edition TEXT", N_("Its edition, such as V1.0.")),
            Parameter("--location TEXT", N_("Where it is.")),
            REMOVE,
        ),
    ).checked(
        apart=("add change register remove", "register edition"),
        needs=(("edition", "add change"), ("location", "add change register")),
    ),
    "collaborators": Command(
        "collaborators",
        collaborators,
        help=N_("List or name who supports the owner."),
        example='duban collaborators T001 --add lin --scope "test data" --hours 4',
        writes=True,
        takes=(
            KEY,
            Parameter("--add WHO", N_("A person, a department or a role."), suggests="people"),
            Parameter("--change NUMBER", N_("Write it down anew.")),
            Parameter("--scope TEXT", N_("What they answer for.")),
            Parameter("--hours HOURS", N_("Within how many hours they answer.")),
            REMOVE,
        ),
    ).checked(apart=("add change remove",), needs=(("scope hours", "add change"),)),
    "depends": Command(
        "depends",
        depends,
        help=N_("List or say what a task waits for."),
        example="duban depends T002 --on T001",
        writes=True,
        takes=(
            KEY,
            Parameter("--on KEY", N_("It starts after this task."), suggests="tasks"),
            Parameter("--not-on KEY", N_("It no longer waits for this task."), suggests="tasks"),
        ),
    ).checked(apart=("on not_on",)),
}
