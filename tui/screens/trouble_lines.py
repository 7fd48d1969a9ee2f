"""What the detail screen says of trouble: a block, an early warning, nudges; and who is away."""

from collections.abc import Iterator
from datetime import date

from core.domain.people import Person
from core.policies.blocked_time import CycleTime
from core.policies.calendar import WorkCalendar
from core.queries.detail import TaskView
from tui.due import due_text
from tui.durations import lasted
from tui.screens.task_lines import Teller, moment
from tui.warning_terms import block_kind_word, delay_word, request_word
from tui.widgets.line import Line, Span
from tui.widgets.marks import Look
from tui.words import Words, age_words, hours_words


def blocked(tell: Teller, view: TaskView, *, look: Look, calendar: WorkCalendar) -> Iterator[Line]:
    """Since when it waits, for whom and why; what it lacks, and by when that is resolved."""
    spell, words = view.spell, tell.words
    if spell is None:
        return
    age = age_words(words, lasted(spell.started, now=look.now, zone=look.zone))
    said = words("{age}, waiting for {name}", age=age, name=spell.waiting_for)
    yield Line(
        key="field:blocked",
        head=(Span(words("Blocked"), "duban-blocked", tell.label),),
        text=f"{said} · {spell.reason}",
        color="duban-blocked",
        most=4,
    )
    facts = [block_kind_word(words, spell.kind)] if spell.kind != "waiting" else []
    if spell.critical:
        facts.append(words("critical"))
    if spell.resolve_by is not None:
        facts.append(words("resolved by {when}", when=due_text(spell.resolve_by, calendar)))
    elif spell.critical:
        facts.append(words("no time is set yet"))
    if facts:
        late = spell.resolve_by is not None and spell.resolve_by < look.now
        yield Line(
            key="field:resolution",
            head=(Span("", "duban-muted", tell.label),),
            text=" · ".join(facts),
            color="duban-overdue" if late else "duban-warning",
            most=2,
        )


def nudged(tell: Teller, view: TaskView, *, calendar: WorkCalendar) -> Iterator[Line]:
    """How often somebody was nudged, and when last."""
    if not view.nudges:
        return
    words, last = tell.words, view.nudges[0]
    times = words.ngettext("{count} time", "{count} times", len(view.nudges))
    said = (times, view.name(last.person), moment(last.at, calendar), last.note)
    text = " · ".join(filter(None, said))
    yield tell.fact(words("Nudged"), text, key="field:nudges", most=2)


def warned(tell: Teller, view: TaskView, *, calendar: WorkCalendar) -> Iterator[Line]:
    """The later due that is asked for; else what became of the last one, while it is delayed."""
    words = tell.words
    asked = view.extension or next(iter(view.extensions), None)
    if asked is None or (view.extension is None and not view.task.delay_reason):
        return
    new = due_text(asked.new_due, calendar)
    said = [new, request_word(words, asked.state)]
    if view.extension is not None:
        said[1] = words("asked for by {name}", name=view.name(asked.asked_by))
    cause = delay_word(words, asked.code)
    answer = f"“{asked.answer}”" if asked.answer else ""
    yield Line(
        key="field:extension",
        head=(Span(words("Later due"), "duban-warning", tell.label),),
        text=" · ".join(filter(None, (*said, cause, answer))),
        color="duban-warning" if view.extension else "duban-muted",
        most=3,
    )


def took(words: Words, cycle: CycleTime | None) -> str:
    """Office hours of work, those apart in which it was blocked; empty if it has not begun."""
    if cycle is None:
        return ""
    worked = hours_words(words, cycle.worked)
    if not cycle.blocked:
        return worked
    blocked_for = hours_words(words, cycle.blocked)
    return words("{worked} + {blocked} blocked", worked=worked, blocked=blocked_for)


def away(words: Words, person: Person | None, *, today: date) -> str:
    """Says so behind a name, where somebody is away."""
    if person is None or person.away_until is None or person.away_until < today:
        return ""
    said = words("away until {day}", day=person.away_until.isoformat())
    return f" · {said}"
