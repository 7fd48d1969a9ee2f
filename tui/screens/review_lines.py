"""The lines of the review screen: the queue, and the facts of one task."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from core.policies.calendar import WorkCalendar
from core.queries.detail import TaskView
from core.queries.reviews import ReviewRow
from tui.screens.task_lines import Teller, rounds
from tui.widgets.line import Line, Span
from tui.words import Words, age_words, due_words


def queue_lines(words: Words, rows: Sequence[ReviewRow], *, now: datetime) -> Iterator[Line]:
    """What waits, two rows each."""
    if not rows:
        yield Line(text=words("Nothing waits for you."), color="duban-ok", most=2)
        yield Line(text=words("m shows what waits for others."), most=2)
    for row in rows:
        age = age_words(words, now - row.submitted) if row.submitted else ""
        criteria = f"✓{row.criteria_met}/{row.criteria}" if row.criteria else ""
        again = words("round {count}", count=row.round) if row.round > 1 else ""
        said = " · ".join(filter(None, (row.owner_name, criteria, again)))
        yield Line(
            key=str(row.task),
            text=f"{row.key} {row.title}",
            tail=(Span(f" {age}", "duban-muted"),),
            below=(Span(f"  {said}", "duban-muted"),),
        )


def fact_lines(
    words: Words, view: TaskView, *, now: datetime, calendar: WorkCalendar
) -> Iterator[Line]:
    """What an acceptor looks at; only criteria can be chosen."""
    tell, task = Teller(words, label=14), view.task
    yield Line(text=task.title, bold=True, color="duban-column-header", most=3)
    yield tell.fact(words("Owner"), view.name(task.owner))
    yield tell.fact(words("Submitted by"), view.name(task.submitted_by))
    yield tell.fact(words("Acceptor"), view.name(view.acceptor) or words("nobody"))
    if task.due is not None:
        closing = calendar.office[-1][1]
        due = due_words(words, task.due, now=now, zone=calendar.zone, closing=closing)
        yield tell.fact(words("Due"), due)
    if task.outcome:
        yield tell.fact(words("Outcome"), task.outcome, most=4)
    met = sum(one.met for one in view.criteria)
    yield from tell.heading(words("Acceptance criteria"), f"{met}/{len(view.criteria)}")
    yield from tell.criteria(view)
    yield from tell.heading(words("Deliverables"), str(len(view.deliverables)))
    yield from (replace(line, key="") for line in tell.deliverables(view))
    yield from tell.heading(words("Rounds"), str(len(view.reviews)))
    yield from rounds(tell, view, calendar)
