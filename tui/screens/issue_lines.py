"""The issue register as lines, and one issue whole."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo

from core.domain.ids import ProjectId
from core.domain.trouble import IssueState
from core.queries.detail import TaskView
from core.queries.history import EventRow
from core.queries.issues import IssueRow, IssueView
from tui.event_words import change_words, event_word
from tui.issue_terms import issue_state_word, severity_word
from tui.issue_words import clock_words, fact_words, level_words
from tui.screens.task_lines import Teller
from tui.widgets.line import Line, Span
from tui.words import Words

Zones = Callable[[ProjectId], tzinfo]
"""Where the days of a project begin and end."""
_SEVERE = {"high": "duban-priority-high", "critical": "duban-danger"}
_STATES = {
    IssueState.OPEN: "duban-warning",
    IssueState.REOPENED: "duban-warning",
    IssueState.RESPONDED: "duban-doing",
    IssueState.RESOLVED: "duban-ok",
    IssueState.CLOSED: "duban-muted",
}
_LABEL = 14
_MARK = 2


def light(row: IssueRow, now: datetime) -> Span:
    """Red once a clock ran out or it went up, yellow while it is open."""
    due = row.next_due
    if due is None:
        return Span("  ")
    if due <= now or row.level:
        return Span("! ", "duban-danger")
    return Span("~ ", "duban-warning")


def register(
    words: Words, rows: Sequence[IssueRow], *, zones: Zones, now: datetime, projects: bool
) -> Iterator[Line]:
    """Two rows an issue; what is not resolved first, under a heading of its own."""
    waiting = [row for row in rows if row.is_open]
    over = [row for row in rows if not row.is_open]
    for heading, part in ((words("Unresolved"), waiting), (words("Resolved and closed"), over)):
        if part:
            text = f"{heading} {len(part)}"
            yield Line(text=text, color="duban-column-header", bold=True)
        for row in part:
            clock = clock_words(words, row, now=now, zone=zones(row.project))
            yield _line(words, row, clock, now=now, projects=projects)


def _line(words: Words, row: IssueRow, clock: str, *, now: datetime, projects: bool) -> Line:
    state = Span(f"  {issue_state_word(words, row.state)}", _STATES[row.state])
    level = level_words(words, row.level)
    tail = (Span(f"  {level}", "duban-escalated"),) if level else ()
    about = row.task_key or (row.project_key if projects else "")
    said = (row.handler_name, about)
    color = "duban-muted" if not row.is_open else "foreground"
    return Line(
        key=str(row.id),
        head=(light(row, now),),
        text=f"{row.key} {row.title}",
        color=color,
        tail=(*tail, state),
        below=tuple(_below(words, row, (clock, *said), now)),
    )


def _below(words: Words, row: IssueRow, said: Sequence[str], now: datetime) -> Iterator[Span]:
    """Severity, what is due next, who handles it and where."""
    severity = severity_word(words, row.severity)
    yield Span(severity, _SEVERE.get(row.severity, "duban-muted"))
    clock, *others = said
    rest = " · ".join(filter(None, others))
    late = row.next_due is not None and row.next_due <= now
    if clock:
        yield Span(f" · {clock}", "duban-overdue" if late else "duban-muted")
    yield Span(f" · {rest}" if rest else "", "duban-muted")


def issues_of(tell: Teller, view: TaskView, *, now: datetime, zone: tzinfo) -> Iterator[Line]:
    """A task's unresolved issues, each with what is due next."""
    words = tell.words
    for row in view.issues:
        late = row.level or (row.next_due is not None and row.next_due <= now)
        clock = clock_words(words, row, now=now, zone=zone)
        parts = (clock, level_words(words, row.level), row.impact)
        said = " · ".join(filter(None, (f"{row.key} {row.title}", *parts)))
        color = "duban-danger" if late else "duban-warning"
        head = (Span(words("Issue"), color, tell.label),)
        yield Line(key=f"issue:{row.id}", head=head, text=said, color=color, most=3)


def whole(words: Words, view: IssueView, *, now: datetime, zone: tzinfo) -> Iterator[Line]:
    """One issue with all that was written, and what became of it."""
    title = f"{view.issue.key} {view.issue.title}"
    yield Line(text=title, color="duban-column-header", bold=True, most=3)
    for label, said in fact_words(words, view, now, zone):
        head = (Span(label, "duban-muted", _LABEL),)
        yield Line(head=head, text=said, most=8)
    yield Line()
    yield Line(text=words("History"), color="duban-column-header", bold=True)
    names = {one.handle: one.name for one in view.people.values()}
    for row in reversed(view.history):
        yield from _event(words, row, zone, names)


def _event(words: Words, row: EventRow, zone: tzinfo, names: dict[str, str]) -> Iterator[Line]:
    who = row.actor_name or words("the clock")
    yield Line(
        head=(Span(f"{row.at.astimezone(zone):%m-%d %H:%M} ", "duban-muted"),),
        text=event_word(words, row.kind),
        tail=(Span(f"  {who}", "duban-key"),),
    )
    told = {
        name: pair for name, pair in row.changes.items() if name in {"level", "told", "handler"}
    }
    for said in change_words(words, row, zone=zone, names=names):
        if told or row.kind == "issue-edited":
            yield Line(head=(Span("  "),), text=said, color="duban-muted", most=2)
    if row.reason:
        yield Line(head=(Span("  “"),), text=f"{row.reason}”", most=3)
