"""``duban warn``, ``grant``, ``extend`` and ``nudge``: late work, and who can help it on."""

from typing import TYPE_CHECKING

from core.domain.refusals import Rejected
from tui.cli import reading
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.trouble import Extension
    from core.policies.calendar import WorkCalendar
    from core.queries.detail import TaskView
    from tui.cli.request import Request


def _view(request: "Request") -> "TaskView":
    from core.queries.detail import task_view

    return request.ask(task_view, request.task(request.given.text("key")))


def _when(request: "Request", view: "TaskView", text: str) -> "datetime":
    """A due that is one. Raises Usage."""
    found = reading.due(request, text, project=view.project)
    if found is None:
        words = request.words
        raise request.wrong(
            words("“{text}” is not a day. Try 2026-12-01, 12-01, +3d, fri, tomorrow.", text=text)
        )
    return found


def _asked(view: "TaskView", *, missing: str) -> "Extension":
    """The request that waits for an answer. Refuses ``missing`` and ``extension-decided``."""
    from core.domain.trouble import RequestState

    if view.extension is not None:
        return view.extension
    key, last = view.task.key, view.extensions[0] if view.extensions else None
    if last is None or last.state is RequestState.WITHDRAWN:
        raise Rejected(missing, key=key)
    raise Rejected("extension-decided", key=key, answer=last.state.value)


def warn(request: "Request") -> None:
    """Say that a task will be late and ask for a later due, or take that back."""
    given = request.given
    if given.flag("withdraw"):
        _take_back(request)
        return
    for name in ("expected", "code"):
        if not given.text(name):
            raise request.wrong(request.words("{name} is missing.", name=f"--{name}"))
    from core.commands.warning import WarnDelay
    from tui.due import due_text

    view = _view(request)
    expected = _when(request, view, given.text("expected"))
    receipt = request.do(
        WarnDelay(
            task=view.task.id,
            code=reading.delay_reason(request, given.text("code")),
            reason=given.text("reason"),
            expected=expected,
        )
    )
    when = due_text(expected, _calendar(view))
    said = request.words("{key}: the lead is asked for {when}.", key=receipt.name, when=when)
    request.receipt(receipt, said)


def _take_back(request: "Request") -> None:
    from core.commands.warning import WithdrawWarning

    asked = _asked(_view(request), missing="nothing-to-withdraw")
    receipt = request.do(WithdrawWarning(extension=asked.id))
    request.receipt(receipt, request.words("{key}: the warning is taken back.", key=receipt.name))


def grant(request: "Request") -> None:
    """Grant the later due that was asked for, or refuse it with the reason."""
    from core.commands.warning import GrantExtension, RefuseExtension
    from tui.due import due_text

    view, given, words = _view(request), request.given, request.words
    asked = _asked(view, missing="nothing-to-grant")
    if given.maybe("refuse") is not None:
        command = RefuseExtension(extension=asked.id, reason=given.text("refuse"))
        receipt = request.do(command)
        when = due_text(view.task.due, _calendar(view)) or words("nothing")
        request.receipt(receipt, words("{key}: refused, due {when}.", key=receipt.name, when=when))
        return
    receipt = request.do(GrantExtension(extension=asked.id, note=given.text("note")))
    when = due_text(asked.new_due, _calendar(view))
    request.receipt(receipt, words("{key}: granted, due {when}.", key=receipt.name, when=when))


def extend(request: "Request") -> None:
    """Move a due as the lead."""
    from core.commands.warning import ExtendDue
    from tui.due import due_text

    view, given = _view(request), request.given
    due = _when(request, view, given.text("when"))
    reason = given.text("reason")
    receipt = request.do(ExtendDue(task=view.task.id, due=due, reason=reason, seen=view.task.due))
    when = due_text(due, _calendar(view))
    request.receipt(receipt, request.words("{key}: due {when}.", key=receipt.name, when=when))


def _calendar(view: "TaskView") -> "WorkCalendar":
    from core.policies.calendar import calendar_named

    return calendar_named(view.project.calendar, time_zone=view.project.time_zone)


def nudge(request: "Request") -> None:
    """Remind whom a task waits for."""
    from core.commands.nudging import NudgeAwaited

    given = request.given
    named = request.person(given.text("person")) if given.text("person") else None
    task = request.task(given.text("key"))
    note = given.text("note")
    receipt = request.do(NudgeAwaited(task=task, note=note, person=named.id if named else None))
    request.receipt(receipt, request.words("{key}: nudged.", key=receipt.name))


_KEY = Parameter("KEY", suggests="tasks")

COMMANDS = {
    "warn": Command(
        "warn",
        warn,
        help=N_("Warn that a task will be late, and ask for a later due."),
        example='duban warn T001 "figures come late" --expected fri --code material',
        writes=True,
        takes=(
            _KEY,
            Parameter("[REASON]..."),
            Parameter("-e --expected WHEN", N_("When it is expected now.")),
            Parameter(
                "-c --code CODE",
                N_("requirements, resources, priority, communication, material or other."),
                suggests="delays",
            ),
            Parameter("--withdraw", N_("Take the warning back: it will be in time.")),
        ),
    ).checked(apart=("withdraw expected", "withdraw code", "withdraw reason")),
    "grant": Command(
        "grant",
        grant,
        help=N_("Grant the later due that is asked for, or refuse it."),
        example='duban grant T001 --note "agreed with the customer"',
        writes=True,
        takes=(
            _KEY,
            Parameter("--refuse REASON", N_("Refuse it, and say why.")),
            Parameter("--note TEXT", N_("A remark on the grant.")),
        ),
    ).checked(apart=("refuse note",)),
    "extend": Command(
        "extend",
        extend,
        help=N_("Move a task's due as its lead, and tell all concerned."),
        example='duban extend T001 2026-12-04 "the customer is away"',
        writes=True,
        takes=(_KEY, Parameter("WHEN"), Parameter("REASON...")),
    ),
    "nudge": Command(
        "nudge",
        nudge,
        help=N_("Nudge whom a task waits for, once in a working half-day."),
        example='duban nudge T001 "we need the figures today"',
        writes=True,
        takes=(
            _KEY,
            Parameter("[NOTE]..."),
            Parameter("--person WHO", N_("Somebody else than it waits for."), suggests="people"),
        ),
    ),
}
