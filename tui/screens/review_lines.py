"""The lines of the review screen: the queue, and the facts of one task."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo

from core.domain.ids import PersonId, ProjectId
from core.policies.calendar import WorkCalendar
from core.queries.detail import TaskView
from core.queries.history import EventRow
from core.queries.reviews import ReviewRow, VerdictFacts
from core.records import replace
from tui.durations import lasted
from tui.panes.alert_words import short_age
from tui.round_words import acceptor_words, criteria_lines, waited_words
from tui.screens.round_lines import claimed, differences, lacked, rounds, submission
from tui.screens.task_lines import Teller, moment
from tui.widgets.line import Line, Span
from tui.words import Words, due_words

_ROWS = 12
"""Rows that what was changed about a criterion may take: its end says who did it, and why."""


def queue_lines(
    words: Words,
    rows: Sequence[ReviewRow],
    *,
    now: datetime,
    zones: Mapping[ProjectId, tzinfo],
    viewer: PersonId | None,
    brief: bool = False,
) -> Iterator[Line]:
    """What waits, two rows each; and for whom, where that is somebody else.

    ``zones`` says where the days of each project begin and end; ``brief``: there is little room.
    """
    if not rows:
        yield Line(text=words("Nothing waits for you."), color="duban-ok", most=2)
        yield Line(text=words("m shows what waits for others."), most=2)
    for row in rows:
        age, zone = "", zones[row.project]
        if brief and row.submitted is not None:
            age = short_age(words, lasted(row.submitted, now=now, zone=zone))
        elif not brief:
            age = waited_words(words, row.submitted, now=now, zone=zone)
        criteria = f"✓{row.criteria_met}/{row.criteria}" if row.criteria else ""
        again = words("round {count}", count=row.round) if row.round > 1 else ""
        said = " · ".join(
            filter(None, (row.owner_name, criteria, again, _place(words, row, viewer)))
        )
        yield Line(
            key=str(row.task),
            text=f"{row.key} {row.title}",
            tail=(Span(f" {age}", "duban-muted"),),
            below=(Span(f"  {said}", "duban-muted"),),
        )


def _place(words: Words, row: ReviewRow, viewer: PersonId | None) -> str:
    """For whom it waits, where that does not go without saying."""
    if row.asked is None:
        return words("nobody can accept it")
    if row.asked != row.acceptor and row.acceptor_name:
        return words("in place of {name}", name=row.acceptor_name)
    return "" if row.asked == viewer else words("waits for {name}", name=row.asked_name)


def fact_lines(
    words: Words, view: TaskView, verdict: VerdictFacts, *, now: datetime, calendar: WorkCalendar
) -> Iterator[Line]:
    """What an acceptor looks at; only criteria can be chosen."""
    tell, task = Teller(words, label=14), view.task
    yield Line(text=task.title, bold=True, color="duban-column-header", most=3)
    yield tell.fact(words("Owner"), view.name(task.owner))
    if task.submitted_by != task.owner:
        yield tell.fact(words("Submitted by"), view.name(task.submitted_by))
    yield tell.fact(words("Acceptor"), acceptor_words(words, view, verdict.acceptors), most=2)
    if task.due is not None:
        closing = calendar.office[-1][1]
        due = due_words(words, task.due, now=now, zone=calendar.zone, closing=closing)
        yield tell.fact(words("Due"), due)
    yield from submission(tell, view)
    if task.outcome:
        yield tell.fact(words("Outcome"), task.outcome, most=4)
    met = sum(one.met for one in view.criteria)
    yield from tell.heading(words("Acceptance criteria"), f"{met}/{len(view.criteria)}")
    yield from _criteria(tell, view)
    yield from _changes(tell, verdict.criteria_changes, calendar)
    yield from tell.heading(words("Deliverables"), str(len(view.deliverables)))
    yield from (replace(line, key="") for line in tell.deliverables(view))
    yield from differences(tell, view)
    yield from tell.heading(words("Rounds"), str(len(view.reviews)))
    yield from rounds(tell, view, calendar)


def _criteria(tell: Teller, view: TaskView) -> Iterator[Line]:
    """Each with whether it is claimed, and what it lacked the last time."""
    claims, points, words = claimed(view), lacked(view), tell.words
    for line in tell.criteria(view):
        number = line.key.partition(":")[2]
        said = "" if number in claims else words("not claimed")
        tail = (*line.tail, Span(f"  {said}", "duban-warning")) if said else line.tail
        lacks = points.get(number)
        below = (Span(f"    ↶ {lacks}", "duban-warning"),) if lacks else ()
        yield replace(line, tail=tail, below=below)


def _changes(tell: Teller, found: Sequence[EventRow], calendar: WorkCalendar) -> Iterator[Line]:
    """What was changed about them since the work began (R139)."""
    words = tell.words
    if found:
        yield Line(text=words("Changed since the start:"), color="duban-warning", most=2)
    changed = criteria_lines(
        words, found, zone=calendar.zone, at=lambda instant: moment(instant, calendar)
    )
    for head, *told, reason in changed:
        yield Line(head=(Span("~ ", "duban-warning"),), text=head, most=_ROWS)
        for said in told:
            yield Line(head=(Span("  "),), text=said, color="duban-muted", most=_ROWS)
        yield Line(head=(Span("  "),), text=reason, most=_ROWS)
