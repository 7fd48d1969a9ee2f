"""Entries of the sync log and meetings as lines: by day, and one of them whole."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from itertools import groupby

from core.domain.status import SyncKind
from core.queries.meetings import MeetingRow, MeetingView, PlanRow
from core.queries.synclog import SyncRow
from tui.due import WEEKDAYS
from tui.terms import meeting_word, sync_kind_word
from tui.widgets.header import Chip
from tui.widgets.line import Line, Span
from tui.words import Words

KINDS = {
    SyncKind.PROGRESS: "duban-doing",
    SyncKind.PROBLEM: "duban-danger",
    SyncKind.DECISION: "duban-review",
    SyncKind.DELIVERABLE: "duban-ok",
    SyncKind.NOTE: "duban-muted",
}
"""The kinds with their colors; each stands there as a word."""

_LABEL = 12
_MEETING_LABEL = 18


def by_day(words: Words, rows: Sequence[SyncRow], *, today: date, projects: bool) -> Iterator[Line]:
    """A heading a day, and the day's entries; ``projects`` says whether to name the project."""
    for day, entries in groupby(rows, key=lambda row: row.day):
        yield day_heading(words, day, today)
        for row in entries:
            about = row.task_key or (row.project_key if projects else "")
            tail = (Span(f"  {about}", "duban-muted"),) if about else ()
            locked = f"▣ {words('restricted')} "
            lock = (Span(locked, "duban-warning"),) if row.restricted else ()
            yield Line(
                key=str(row.id),
                head=(Span(sync_kind_word(words, row.kind), KINDS[row.kind], _LABEL), *lock),
                text=row.topic,
                tail=(*tail, Span(f"  {row.author_name}", "duban-muted"), *marks(words, row)),
            )


def meetings_by_day(
    words: Words, rows: Sequence[MeetingRow], *, today: date, projects: bool
) -> Iterator[Line]:
    """The same of meetings."""
    for day, held in groupby(rows, key=lambda row: row.day):
        yield day_heading(words, day, today)
        for row in held:
            about = row.task_key or (row.project_key if projects else "")
            tail = (Span(f"  {about}", "duban-muted"),) if about else ()
            yield Line(
                key=str(row.id),
                head=(Span(meeting_word(words, row.kind), "duban-key", _MEETING_LABEL),),
                text=row.topic,
                tail=(*tail, Span(f"  {row.author_name}", "duban-muted")),
            )


def day_heading(words: Words, day: date, today: date) -> Line:
    """A day, with its weekday."""
    said = f"{day.isoformat()} {words(WEEKDAYS[day.weekday()])}"
    heading = f"{said} · {words('today')}" if day == today else said
    return Line(text=heading, color="duban-column-header", bold=True)


def marks(words: Words, row: SyncRow) -> Iterator[Span]:
    """What it asks and agrees on, each with a mark and a word."""
    if row.follow_up_task_key:
        yield Span(f"  → {row.follow_up_task_key}", "duban-ok")
    elif row.follow_up:
        due = f"{row.follow_up_due:%m-%d}" if row.follow_up_due else words("follow-up")
        yield Span(f"  → {due}", "duban-soon")
    if row.asks is not None and row.answered:
        yield Span(f"  ✓ {words('answered')}", "duban-ok")
    elif row.asks is not None:
        yield Span(f"  ? {row.asks_name}", "duban-waiting")


def whole(words: Words, row: SyncRow, *, zone: tzinfo) -> Iterator[Line]:
    """One entry with all that was written (R93)."""
    yield Line(text=row.topic, color="duban-column-header", bold=True, most=3)
    kind, at = sync_kind_word(words, row.kind), f"{row.at.astimezone(zone):%H:%M}"
    said = " · ".join((kind, row.day.isoformat(), at, row.author_name))
    yield Line(text=said, color=KINDS[row.kind])
    if row.restricted:
        text = words("▣ restricted: its author, those below and leads see it")
        yield Line(text=text, color="duban-warning", most=2)
    yield from _linked(words, row)
    if row.content:
        yield from (Line(text=text, most=20) for text in row.content.split("\n"))
    facts = (
        (words("For whom"), row.audience),
        (words("Reference"), row.reference),
        (words("Remarks"), row.remarks),
        (words("Task"), row.task_key),
        (words("Project"), row.project_key),
        (words("Meeting"), f"#{row.meeting}" if row.meeting else ""),
        (words("Entry"), f"#{row.id}"),
    )
    yield from _facts(facts)


def _linked(words: Words, row: SyncRow) -> Iterator[Line]:
    """What it asks, answers and agrees on."""
    if row.asks is not None:
        said = words("answered") if row.answered else words("not answered yet")
        yield from _facts(((words("Question to"), f"{row.asks_name} · {said}"),))
    if row.answers is not None:
        yield from _facts(((words("Answers"), f"#{row.answers}"),))
    if row.follow_up:
        due = row.follow_up_due.isoformat() if row.follow_up_due else ""
        key = f"→ {row.follow_up_task_key}" if row.follow_up_task_key else ""
        said = " · ".join(filter(None, (row.follow_up, row.follow_up_owner_name, due, key)))
        yield from _facts(((words("Follow-up"), said),))


def meeting_whole(words: Words, view: MeetingView) -> Iterator[Line]:
    """One meeting: who was there, its minutes, what it decided."""
    row = view.meeting
    yield Line(text=row.topic, color="duban-column-header", bold=True, most=3)
    said = (meeting_word(words, row.kind), row.day.isoformat(), row.author_name)
    yield Line(text=" · ".join(said), color="duban-key")
    yield from _facts(((words("Attendees"), row.attendees),))
    if row.minutes:
        yield from (Line(text=text, most=20) for text in row.minutes.split("\n"))
    for one in view.decisions:
        head = (Span(words("Decision"), KINDS[SyncKind.DECISION], _LABEL),)
        yield Line(head=head, text=one.topic, most=4)
    yield from _facts(((words("Task"), row.task_key), (words("Project"), row.project_key)))


def _facts(facts: Sequence[tuple[str, str]]) -> Iterator[Line]:
    for label, text in facts:
        if text:
            yield Line(head=(Span(label, "duban-muted", _LABEL),), text=text, most=8)


def next_chip(words: Words, row: PlanRow, *, now: datetime, zone: tzinfo) -> Chip | None:
    """The next meeting: its kind and when, on the wall clock of its project; None if never."""
    if row.next is None:
        return None
    at = row.next.astimezone(zone)
    day = words("today") if at.date() == now.astimezone(zone).date() else f"{at:%m-%d}"
    when = f"{day} {at:%H:%M}"
    kind = meeting_word(words, row.plan.kind)
    return Chip(
        text=words("next: {meeting} {when}", meeting=kind, when=when),
        short=words("next: {when}", when=when),
        color="duban-key",
    )
