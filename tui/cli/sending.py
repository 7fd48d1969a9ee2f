"""Commands on their way to the desk."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from core.domain.refusals import OutcomeUnknown, Rejected
from tui.cli import account

if TYPE_CHECKING:
    from core.desk import Receipt
    from tui.cli.request import Request


def command_id(request: "Request") -> UUID | None:
    """The id of ``--cmd-id``. Raises Usage for what is no UUID."""
    text = request.given.text("cmd_id")
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        request.wrong(request.words("--cmd-id {text} is not a UUID.", text=text))


def send(request: "Request", command: object) -> "Receipt":
    """Apply ``command``, and tell its warnings on stderr."""
    number = command_id(request) or uuid4()
    try:
        receipt = _sent(request, command, number)
    except OutcomeUnknown as refusal:
        refusal.facts["command_id"] = str(number)
        raise
    if receipt.warnings:
        from tui.refusals import warning_words

        for warning in receipt.warnings:
            request.note(warning_words(request.words, warning.code, warning.facts))
    return receipt


def _sent(request: "Request", command: object, number: UUID) -> "Receipt":
    try:
        return request.desk.do(command, command_id=number)
    except Rejected as refusal:
        if refusal.code != "unknown-actor" or not begin(request):
            raise
    return request.desk.do(command, command_id=number)


def begin(request: "Request") -> bool:
    """Begin a team where nobody is yet; whether it did."""
    from core.commands.setup import StartTeam
    from core.queries.directory import people

    if any(not one.placeholder for one in request.ask(people)):
        return False
    own = request.handle == account.handle()
    name = account.name() if own else request.handle
    tasks = request.words("Tasks")
    try:
        request.desk.do(StartTeam(handle=request.handle, name=name, project_name=tasks))
    except Rejected as refusal:
        if refusal.code != "not-empty":
            raise
        return True
    request.note(
        request.words(
            "A new board in {store}: you are @{handle}, its first project is T.",
            store=shown_store(request),
            handle=request.handle,
        )
    )
    return True


def shown_store(request: "Request") -> str:
    """The store as it may be shown: a path, or a URL without its password."""
    from core.queries.checkup import place

    return request.ask(place)
