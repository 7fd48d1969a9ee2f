"""The lines of the triage screen: what waits, and the facts of one item."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from core.domain.status import OPEN_STATES, Light
from core.policies.calendar import WorkCalendar
from core.queries.triage import TriageFacts, TriageRow
from tui.cells import fit, measure
from tui.event_words import change_words, event_word
from tui.screens.task_lines import Teller, moment
from tui.screens.triage_words import Clock, cost_words, why_words
from tui.terms import priority_word, state_word
from tui.widgets.line import Line, Span
from tui.words import Words, age_words, due_words

_LIGHTS = {Light.RED: ("! ", "duban-danger"), Light.YELLOW: ("~ ", "duban-warning")}
_NO_LIGHT = ("  ", "duban-muted")
_LABEL = 14


class Marks(NamedTuple):
    """What the member has done to the lines, by mark."""

    selected: Collection[str] = ()
    decided: Mapping[str, str] = {}
    """What was decided, in a word."""


def list_lines(
    words: Words, rows: Sequence[TriageRow], marks: Marks, clock: Clock, *, room: int
) -> Iterator[Line]:
    """Two rows each: the task, then why it stands there, in at most ``room`` cells."""
    if not rows:
        yield Line(text=words("Nothing waits for a decision."), color="duban-ok", most=2)
    for row in rows:
        alert = row.alert
        chosen = row.mark in marks.selected
        light, color = _LIGHTS.get(alert.light, _NO_LIGHT)
        done = marks.decided.get(row.mark, "")
        if done:
            light, color = "✓ ", "duban-ok"
        head = Span("● ", "duban-key") if chosen else Span(light, color)
        said, below = done or why_words(words, row, clock), "duban-ok" if done else "duban-muted"
        actor = alert.actor or words("nobody")
        yield Line(
            key=row.mark,
            head=(head,),
            text=f"{alert.key} {alert.title}".rstrip(),
            color="duban-muted" if done else "foreground",
            tail=(Span(f"  → {actor}", "duban-muted"),),
            below=(Span(said if measure(said) <= room else fit(said, room), below),),
        )


class Shown(NamedTuple):
    """An item and its facts, with what they are told by."""

    row: TriageRow
    facts: TriageFacts
    calendar: WorkCalendar
    clock: Clock
    members: Mapping[str, str]
    """Names by handle."""
    wide: bool = True
    """Whether they stand beside the list; right under it the title is not said again."""


def fact_lines(words: Words, shown: Shown) -> Iterator[Line]:
    """What is needed to decide, the most telling first."""
    tell = Teller(words, label=_LABEL)
    row, facts = shown.row, shown.facts
    if shown.wide:
        title = f"{row.alert.key} {row.alert.title}".rstrip()
        yield Line(text=title, bold=True, color="duban-column-header", most=2)
    yield Line(text=why_words(words, row, shown.clock), most=3)
    yield from _requests(tell, shown)
    yield from _known(tell, row)
    yield from _task(tell, shown)
    yield from _needed(tell, facts)
    yield from _history(tell, shown)
    yield Line()
    yield tell.fact(words("Cost"), cost_words(words, row.cost), most=3)


def _requests(tell: Teller, shown: Shown) -> Iterator[Line]:
    """What somebody asks for, with its text."""
    words, facts, calendar = tell.words, shown.facts, shown.calendar
    if (asked := facts.extension) is not None:
        by = moment(asked.new_due, calendar)
        who = facts.name(asked.asked_by)
        said = words("{name} asks for {day}: {text}", name=who, day=by, text=asked.reason)
        yield tell.fact(words("Extension"), said, most=3)
    for question in facts.questions:
        who, whom = facts.name(question.author), facts.name(question.asks)
        said = f"{who} → {whom}: {question.topic} {question.content}".rstrip()
        yield tell.fact(words("Question"), said, most=3)
    for issue in facts.issues:
        level = f" L{issue.level}" if issue.level else ""
        said = f"{issue.key}{level} {issue.title} · {issue.impact}"
        yield tell.fact(words("Issue"), said, most=3)
    if (spell := facts.spell) is not None:
        age = age_words(words, shown.clock.age(spell.started))
        awaited = words("waiting for {name}", name=spell.waiting_for)
        yield tell.fact(words("Blocked"), f"{spell.reason} · {awaited} · {age}", most=3)
        if spell.resolve_by is not None:
            yield tell.fact(words("Resolved by"), moment(spell.resolve_by, calendar))
    if (last := facts.nudged) is not None:
        age = age_words(words, shown.clock.age(last.at))
        count = words.ngettext("{count} nudge", "{count} nudges", facts.nudges)
        said = words(
            "{count}, the last {age} ago to {name}",
            count=count,
            age=age,
            name=facts.name(last.person),
        )
        yield tell.fact(words("Nudged"), said)


def _known(tell: Teller, row: TriageRow) -> Iterator[Line]:
    """Who has acknowledged or snoozed it; told to those who lead them."""
    for one in row.alert.acks:
        yield tell.fact(tell.words("Known to"), f"{one.name} · {one.note}", most=2)


def _task(tell: Teller, shown: Shown) -> Iterator[Line]:
    """State, due, and what else its owner has in hand."""
    words, facts, clock = tell.words, shown.facts, shown.clock
    if (card := facts.card) is None:
        return
    owed = card.due if card.state in OPEN_STATES else None
    due = due_words(words, owed, now=clock.now, zone=clock.zone, closing=clock.closing)
    slips = (
        words.ngettext("moved {count} time", "moved {count} times", card.slips)
        if card.slips
        else ""
    )
    state = (state_word(words, card.state), f"{card.progress}%", due, slips)
    yield tell.fact(
        words("State"),
        " · ".join(filter(None, (*state, priority_word(words, card.priority)))),
        most=2,
    )
    load = facts.load
    if load is None:
        yield tell.fact(words("Owner"), card.owner_name or words("nobody"))
        return
    counts = (
        (load.open, words.ngettext("{count} open", "{count} open", load.open)),
        (load.doing, words.ngettext("{count} in progress", "{count} in progress", load.doing)),
        (load.overdue, words.ngettext("{count} overdue", "{count} overdue", load.overdue)),
        (load.blocked, words.ngettext("{count} blocked", "{count} blocked", load.blocked)),
    )
    said = " · ".join((card.owner_name, *(text for count, text in counts if count)))
    yield tell.fact(words("Owner"), said, most=2)


def _needed(tell: Teller, facts: TriageFacts) -> Iterator[Line]:
    """What cannot go on without it, and who waits."""
    words = tell.words
    if not facts.needed_by:
        return
    names = [facts.name(person) for person in facts.kept_waiting]
    yield from tell.heading(words("Needed by"), str(facts.needed))
    if names:
        between = "、" if words.language == "zh_CN" else ", "
        yield tell.fact(words("Kept waiting"), between.join(names), most=2)
    for card in facts.needed_by:
        state = Span(f"  {state_word(words, card.state)}", "duban-muted")
        owner = Span(f"  {card.owner_name or words('nobody')}", "duban-muted")
        yield Line(head=(Span(f"{card.key} ", "duban-key"),), text=card.title, tail=(state, owner))
    if facts.needed > len(facts.needed_by):
        count = facts.needed - len(facts.needed_by)
        yield tell.nothing(words("and {count} more", count=count))


def _history(tell: Teller, shown: Shown) -> Iterator[Line]:
    """What happened last."""
    words, zone = tell.words, shown.clock.zone
    if not shown.facts.events:
        return
    yield from tell.heading(words("What happened last"))
    for event in shown.facts.events:
        at = f"{event.at.astimezone(zone):%m-%d %H:%M} "
        changed = change_words(words, event, zone=zone, names=shown.members)
        said = " · ".join(changed) or shown.members.get(event.subject, event.subject)
        told = " ".join(filter(None, (event_word(words, event.kind), said)))
        told = f"{told} · {event.reason}" if event.reason else told
        yield Line(
            head=(Span(at, "duban-key"), Span(f"{event.actor_name} ", "duban-muted")),
            text=told,
            most=2,
        )
