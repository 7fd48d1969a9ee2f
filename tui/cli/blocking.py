"""``duban block`` and ``unblock``."""

from typing import TYPE_CHECKING, Any

from core.domain.refusals import NotFound
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.domain.people import Person
    from tui.cli.request import Request


def block(request: "Request") -> None:
    """Say that a task cannot go on, why, and what it waits for; or by when it will be resolved."""
    given = request.given
    if given.text("resolve_by"):
        if given.text("for"):
            raise request.wrong(
                request.words("--resolve-by is for a task that is blocked; block it first.")
            )
        _resolve_by(request)
        return
    if not given.text("reason"):
        raise request.wrong(request.words("{name} is missing.", name="REASON"))
    if not any(given.text(name) for name in ("for", "department", "on_task")):
        raise request.wrong(request.words("{name} is missing.", name="--for"))
    from core.commands.blocking import BlockTask

    task = request.task(given.text("key"))
    command = BlockTask(
        task=task,
        reason=given.text("reason"),
        critical=given.flag("critical"),
        **_awaited(request),
    )
    receipt = request.do(command)
    said = command.waiting_for or given.text("department") or given.text("on_task")
    request.receipt(
        receipt, request.words("{key} is blocked; it waits for {who}.", key=receipt.name, who=said)
    )


def _awaited(request: "Request") -> "dict[str, Any]":
    """Whom or what it waits for, in words and as what the team knows by that name."""
    given = request.given
    found: dict[str, Any] = {"waiting_for": given.text("for")}
    if (person := _person(request, given.text("for"))) is not None:
        found |= {"waiting_for": person.name, "waiting_person": person.id}
    if given.text("department"):
        from tui.cli.people import department

        found["waiting_department"] = department(request, given.text("department")).id
    if given.text("on_task"):
        found["waiting_task"] = request.task(given.text("on_task"))
    if given.text("kind"):
        from tui.cli import reading

        found["kind"] = reading.block_kind(request, given.text("kind"))
    return found


def _resolve_by(request: "Request") -> None:
    """Say by when a block will be resolved; those concerned met, unless it says otherwise."""
    from core.commands.blocking import SetResolution
    from core.queries.listing import project_of
    from tui.cli import reading
    from tui.due import due_text

    given, words = request.given, request.words
    task = request.task(given.text("key"))
    project = request.ask(project_of, task)
    by = reading.due(request, given.text("resolve_by"), project=project)
    if by is None:
        raise request.wrong(words("{name} is missing.", name="--resolve-by"))
    met = not given.flag("without_meeting")
    note = given.text("reason")
    receipt = request.do(SetResolution(task=task, resolve_by=by, met=met, note=note))
    when = due_text(by, reading.calendar_of(project))
    said = words("{key} is to be resolved by {when}.", key=receipt.name, when=when)
    request.receipt(receipt, said)


def _person(request: "Request", text: str) -> "Person | None":
    """The person of the team that ``text`` names; None if it names something else."""
    if not text:
        return None
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
            Parameter("[REASON]..."),
            Parameter("--for WHO", N_("Whom or what it waits for."), suggests="people"),
            Parameter("--department NAME", N_("The department that it waits for.")),
            Parameter("--on-task KEY", N_("The task that it waits for."), suggests="tasks"),
            Parameter(
                "--kind KIND",
                N_("What it lacks: waiting, resource, decision, technical or external."),
                suggests="blocks",
            ),
            Parameter("--critical", N_("Sudden and critical: meet within two hours.")),
            Parameter("--resolve-by WHEN", N_("Of a blocked task: by when it is resolved.")),
            Parameter("--without-meeting", N_("That time was set without meeting.")),
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
