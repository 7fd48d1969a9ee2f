"""Entries of the sync log as lines: by day, and one of them whole."""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo
from itertools import groupby

from core.domain.status import SyncKind
from core.queries.synclog import SyncRow
from tui.due import WEEKDAYS
from tui.terms import sync_kind_word
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


def by_day(words: Words, rows: Sequence[SyncRow], *, today: date, projects: bool) -> Iterator[Line]:
    """A heading a day, and the day's entries; ``projects`` says whether to name the project."""
    for day, entries in groupby(rows, key=lambda row: row.day):
        said = f"{day.isoformat()} {words(WEEKDAYS[day.weekday()])}"
        heading = f"{said} · {words('today')}" if day == today else said
        yield Line(text=heading, color="duban-column-header", bold=True)
        for row in entries:
            about = row.task_key or (row.project_key if projects else "")
            tail = (Span(f"  {about}", "duban-muted"),) if about else ()
            yield Line(
                key=str(row.id),
                head=(Span(sync_kind_word(words, row.kind), KINDS[row.kind], _LABEL),),
                text=row.topic,
                tail=(*tail, Span(f"  {row.author_name}", "duban-muted")),
            )


def whole(words: Words, row: SyncRow, *, zone: tzinfo) -> Iterator[Line]:
    """One entry with all that was written (R93)."""
    yield Line(text=row.topic, color="duban-column-header", bold=True, most=3)
    kind, at = sync_kind_word(words, row.kind), f"{row.at.astimezone(zone):%H:%M}"
    said = " · ".join((kind, row.day.isoformat(), at, row.author_name))
    yield Line(text=said, color=KINDS[row.kind])
    if row.content:
        yield from (Line(text=text, most=20) for text in row.content.split("\n"))
    facts = (
        (words("For whom"), row.audience),
        (words("Reference"), row.reference),
        (words("Remarks"), row.remarks),
        (words("Task"), row.task_key),
        (words("Project"), row.project_key),
    )
    for label, text in facts:
        if text:
            yield Line(head=(Span(label, "duban-muted", _LABEL),), text=text, most=8)
