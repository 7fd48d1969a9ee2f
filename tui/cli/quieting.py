"""``duban ack`` and ``duban snooze``."""

from typing import TYPE_CHECKING

from core.domain.refusals import Rejected
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from core.policies.calendar import WorkCalendar
    from core.queries.alert_rows import AlertRow
    from tui.cli.answers import Usage
    from tui.cli.request import Request


def ack(request: "Request") -> None:
    """Say that the alert of a task or issue is known."""
    from core.commands.quieting import AckAlert

    row = _line(request)
    command = AckAlert(
        target=row.target,
        object=row.object,
        rule=row.rule,
        since=row.since,
        note=request.given.text("note"),
        until=_until(request, row, request.given.text("until")),
    )
    receipt = request.do(command)
    said = request.words("{key}: quiet for you while it lasts.", key=row.key)
    request.receipt(receipt, said)


def snooze(request: "Request") -> None:
    """Have no word of a task or issue until a time."""
    from core.commands.quieting import SnoozeAlert

    row, text = _line(request), request.given.text("until")
    until = _until(request, row, text)
    if until is None:
        raise _no_time(request, text)
    command = SnoozeAlert(
        target=row.target, object=row.object, until=until, reason=request.given.text("reason")
    )
    receipt = request.do(command)
    zone = _calendar(request, row).zone
    when = f"{until.astimezone(zone):%Y-%m-%d %H:%M}"
    request.receipt(receipt, request.words("{key}: quiet until {when}.", key=row.key, when=when))


def _line(request: "Request") -> "AlertRow":
    """The alert of the task, issue or project that is named. Refuses ``no-alert``."""
    from core.queries.alert_named import alert_named

    me, key = request.desk.me(), request.given.text("key")
    now = request.desk.now()
    try:
        return request.ask(alert_named, key, viewer=me.id if me else None, now=now)
    except Rejected:
        request.task(key)  # refuses what is not there at all
        raise


def _until(request: "Request", row: "AlertRow", text: str) -> "datetime | None":
    """The time that is written; None for none. Raises Usage."""
    from tui.due import NotADue
    from tui.until import read_until

    try:
        return read_until(text, now=request.desk.now(), calendar=_calendar(request, row))
    except NotADue:
        raise _no_time(request, text) from None


def _no_time(request: "Request", text: str) -> "Usage":
    words = request.words
    return request.wrong(
        words("“{text}” is not a time. Try 2h, tomorrow, fri, 12-01 15:00.", text=text)
    )


def _calendar(request: "Request", row: "AlertRow") -> "WorkCalendar":
    from core.queries.horizons import horizons

    return request.ask(horizons, now=request.desk.now())[row.project].calendar


COMMANDS = {
    "ack": Command(
        "ack",
        ack,
        help=N_("Say that you know of an alert; quiet for you while its cause lasts."),
        example='duban ack T001 "waiting for the vendor" --until fri',
        writes=True,
        takes=(
            Parameter("KEY", suggests="tasks"),
            Parameter("NOTE..."),
            Parameter("--until WHEN", N_("At most until then, such as 2h or tomorrow.")),
        ),
    ),
    "snooze": Command(
        "snooze",
        snooze,
        help=N_("Have no word of a task until a time; never of what is urgent."),
        example='duban snooze T001 tomorrow "meeting at ten"',
        writes=True,
        takes=(
            Parameter("KEY", suggests="tasks"),
            Parameter("UNTIL"),
            Parameter("REASON..."),
        ),
    ),
}
