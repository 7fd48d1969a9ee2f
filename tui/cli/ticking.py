"""``duban tick``: one step of the clock, for cron and systemd timers."""

from typing import TYPE_CHECKING

from tui.cli import columns
from tui.cli.declared import Command
from tui.words import N_

if TYPE_CHECKING:
    from core.queries.ticking import RaisedRow
    from tui.cli.request import Request
    from tui.words import Words

_MOST = 2_000
"""Batches that one call works off; a store that needs more is ticked again soon."""
_SHOWN = 50


def run(request: "Request") -> None:
    """Raise what became due, batch by batch, and tell what that was.

    It is the clock that does it, whoever's account runs it: the log names nobody.
    """
    from core.queries.ticking import clock_behind, newest_raised, raised_since

    if request.ask(clock_behind, now=request.desk.now()):
        _say_behind(request)
        return
    last = request.ask(newest_raised)
    count = _tick(request)
    rows = request.ask(raised_since, last) if count else ()
    if request.given.flag("json"):
        alerts = [_as_json(row) for row in rows]
        request.json({"ok": True, "raised": count, "behind": False, "alerts": alerts})
        return
    _show(request, count, rows)


def _tick(request: "Request") -> int:
    """How many alerts were raised, in all batches."""
    from core.commands.ticking import BATCH, Tick

    nobody = request.desk.acting("", clock=request.desk.clock)
    count, number = 0, request.command_id
    for _ in range(_MOST):
        receipt = nobody.do(Tick(limit=BATCH), command_id=number)
        request.saved = request.saved or bool(receipt.id)
        count += receipt.id
        if receipt.id < BATCH or number is not None:
            break
    return count


def _say_behind(request: "Request") -> None:
    from tui.refusals import warning_words

    request.note(warning_words(request.words, "clock-behind", {}))
    if request.given.flag("json"):
        request.json({"ok": True, "raised": 0, "behind": True, "alerts": []})


def _as_json(row: "RaisedRow") -> dict[str, object]:
    from tui.cli.asjson import plain

    return {
        "rule": row.rule,
        "id": row.issue_key or row.task_key or row.project_key,
        "project": row.project_key,
        "task": row.task_key or None,
        "since": plain(row.since),
        "told": dict(row.told),
    }


def _show(request: "Request", count: int, rows: "tuple[RaisedRow, ...]") -> None:
    words = request.words
    if not count:
        request.say(words("Nothing is due."))
        return
    request.say(words.ngettext("{count} alert was raised.", "{count} alerts were raised.", count))
    heads = (words("Id"), words("What"), words("Since"), words("Told"))
    columns.show(heads, [_line(words, row) for row in rows[:_SHOWN]])
    if count > _SHOWN:
        request.say(words("… and {count} more", count=count - _SHOWN))


def _line(words: "Words", row: "RaisedRow") -> tuple[str, ...]:
    from tui.rule_words import rule_word

    key = row.issue_key or row.task_key or row.project_key
    since = f"{row.since.astimezone(row.zone):%Y-%m-%d %H:%M}"
    return (key, rule_word(words, row.rule), since, ", ".join(row.told))


COMMANDS = {
    "tick": Command(
        "tick",
        run,
        help=N_("Raise what became due and escalate; for cron or a systemd timer."),
        example="duban tick --json",
        writes=True,
    )
}
