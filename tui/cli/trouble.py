"""What ``duban show`` tells of trouble: blocks, warnings, nudges, and how long work took."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.policies.blocked_time import CycleTime
    from core.policies.calendar import WorkCalendar
    from core.queries.detail import TaskView
    from tui.words import Words


def trouble_json(
    view: "TaskView", cycle: "CycleTime | None", handles: dict[object, str]
) -> dict[str, object]:
    """The open request, all requests, nudges, and the cycle time in hours; people by handle."""
    from tui.cli.asjson import plain

    people = ("asked_by", "decided_by", "person", "by")

    def told(part: object) -> dict[str, object]:
        found: dict[str, object] = plain(part)
        found.pop("task", None)
        return found | {name: handles.get(found[name]) for name in people if name in found}

    return {
        "extension": told(view.extension) if view.extension else None,
        "extensions": [told(one) for one in view.extensions],
        "nudges": [told(one) for one in view.nudges],
        "cycle": cycle
        and {
            "hours": _hours(cycle.total),
            "blocked_hours": _hours(cycle.blocked),
            "worked_hours": _hours(cycle.worked),
        },
    }


def _hours(span: timedelta) -> float:
    return round(span / timedelta(hours=1), 2)


def block_facts(
    words: "Words", view: "TaskView", calendar: "WorkCalendar"
) -> Iterator[tuple[str, str]]:
    """What it lacks, by when it is resolved, and how often somebody was nudged."""
    from tui.warning_terms import block_kind_word

    spell = view.spell
    if spell is None:
        return
    kind = block_kind_word(words, spell.kind)
    yield words("Kind of block"), f"{kind} · {words('critical')}" if spell.critical else kind
    yield words("Resolved by"), _at(spell.resolve_by, calendar)


def warning_facts(
    words: "Words", view: "TaskView", calendar: "WorkCalendar"
) -> Iterator[tuple[str, str]]:
    """The later due that is asked for, and the last nudge."""
    from tui.warning_terms import delay_word

    asked = view.extension
    if asked is not None:
        said = words(
            "{when}, asked for by {name} · {cause}: {reason}",
            when=_at(asked.new_due, calendar),
            name=view.name(asked.asked_by),
            cause=delay_word(words, asked.code),
            reason=" ".join(asked.reason.split()),
        )
        yield words("Later due"), said
    if view.nudges:
        last = view.nudges[0]
        times = words.ngettext("{count} time", "{count} times", len(view.nudges))
        when = f"{last.at.astimezone(calendar.zone):%Y-%m-%d %H:%M}"
        yield words("Nudged"), f"{times} · {view.name(last.person)} · {when}"


def cycle_fact(words: "Words", cycle: "CycleTime | None") -> str:
    """Office hours that it took, and how many of them it was blocked; empty if not begun."""
    if cycle is None:
        return ""
    from tui.words import hours_words

    said = hours_words(words, cycle.worked)
    if not cycle.blocked:
        return said
    return words(
        "{worked} + {blocked} blocked", worked=said, blocked=hours_words(words, cycle.blocked)
    )


def _at(instant: datetime | None, calendar: "WorkCalendar") -> str:
    from tui.due import due_text

    return due_text(instant, calendar)
