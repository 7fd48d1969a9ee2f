"""Rounds of review as lines: what was handed over and found, and what differs since."""

from collections.abc import Iterator

from core.domain.reviews import Review
from core.domain.status import State, Verdict
from core.policies.calendar import WorkCalendar
from core.policies.round_diff import Changed, round_diff
from core.queries.detail import TaskView
from tui.round_words import lacking, missing_first
from tui.screens.task_lines import Teller, moment
from tui.terms import verdict_word
from tui.widgets.line import Line, Span
from tui.words import Words


def rounds(tell: Teller, view: TaskView, calendar: WorkCalendar) -> Iterator[Line]:
    """Every round of review, newest first, with its results and findings (R106, R107)."""
    words = tell.words
    for one in view.reviews:
        at = one.decided or one.submitted
        who = view.name(one.decided_by or one.submitted_by)
        said = (verdict_word(words, one.verdict), who, moment(at, calendar))
        head = (Span(words("round {count}", count=one.round) + "  ", "duban-key"),)
        yield Line(head=head, text=" · ".join(said), color="duban-muted", most=2)
        if one.results:
            yield Line(head=(Span("  → ", "duban-ok"),), text=one.results, most=4)
        for handed in one.handed.values():
            yield Line(head=(Span("  ◆ ", "duban-key"),), text=handed, color="duban-muted", most=2)
        if one.findings:
            yield Line(head=(Span("  ", "duban-muted"),), text=one.findings, most=8)
        yield from points(view, one)


def points(view: TaskView, one: Review) -> Iterator[Line]:
    """What each criterion lacked that the findings point at."""
    for said in lacking(view, one):
        yield Line(head=(Span("  ↶ ", "duban-warning"),), text=said, most=4)


def submission(tell: Teller, view: TaskView) -> Iterator[Line]:
    """What its submitter says: results, and when the work was finished (R102)."""
    now = view.reviews[0] if view.reviews else None
    if now is None or now.verdict is not Verdict.PENDING:
        return
    words = tell.words
    if now.completed is not None:
        yield tell.fact(words("Completed"), now.completed.isoformat())
    text = now.results or words("none named: it was imported")
    yield tell.fact(words("Key results"), text, most=6)


def claimed(view: TaskView) -> frozenset[str]:
    """The ids of the criteria that the open round claims as met."""
    now = view.reviews[0] if view.reviews else None
    return frozenset(now.claims) if now and now.verdict is Verdict.PENDING else frozenset()


def lacked(view: TaskView) -> dict[str, str]:
    """What criteria lacked when it was sent back the last time, by id."""
    last = next((one for one in view.reviews if one.verdict is Verdict.SENT_BACK), None)
    return dict(last.points) if last else {}


def differences(tell: Teller, view: TaskView) -> Iterator[Line]:
    """What the newest round has that the one before it had not."""
    if len(view.reviews) < 2:
        return
    after, before = view.reviews[:2]
    found, words = round_diff(before, after), tell.words
    yield from tell.heading(words("Since round {count}", count=before.round))
    if not found:
        yield tell.nothing(words("Nothing is different."))
    yield from _changed(words, found.deliverables)
    yield from _changed(words, found.claims, label=words("claim"))
    if found.results is not None:
        yield _difference("~", words("Key results"), "duban-warning")
        if found.results[0]:
            yield Line(head=(Span("  - ", "duban-muted"),), text=found.results[0], most=3)
        yield Line(head=(Span("  + ", "duban-ok"),), text=found.results[1], most=3)


def _changed(words: Words, found: Changed, *, label: str = "") -> Iterator[Line]:
    def told(text: str) -> str:
        return words("{name}: {value}", name=label, value=text) if label else text

    for text in found.added:
        yield _difference("+", told(text), "duban-ok")
    for old, new in found.changed:
        yield _difference("~", told(f"{old} → {new}"), "duban-warning")
    for text in found.removed:
        yield _difference("-", told(text), "duban-muted")


def _difference(mark: str, text: str, color: str) -> Line:
    return Line(head=(Span(f"{mark} ", color),), text=text, most=3)


def sent_back(tell: Teller, view: TaskView) -> Iterator[Line]:
    """The findings, as long as it is not submitted again (R106)."""
    judged = (Verdict.SENT_BACK, Verdict.ACCEPTED)
    last = next((one for one in view.reviews if one.verdict in judged), None)
    if view.task.state is not State.DOING or last is None:
        return
    if last.verdict is not Verdict.SENT_BACK:
        return
    words = tell.words
    yield Line(
        head=(Span(words("Sent back"), "duban-warning", tell.label),),
        text=f"{last.findings} · {view.name(last.decided_by)}",
        color="duban-warning",
        most=6,
    )
    yield from points(view, last)


def ended(tell: Teller, view: TaskView, calendar: WorkCalendar) -> Iterator[Line]:
    """When it was closed and by whom, and what came of it (R108)."""
    words = tell.words
    if view.task.closed is not None:
        closed = (moment(view.task.closed, calendar), view.name(view.task.accepted_by))
        yield tell.fact(words("Closed"), " · ".join(filter(None, closed)))
    if view.result is not None:
        yield tell.fact(words("Result"), view.result.actual, most=12)


def not_ready(tell: Teller, view: TaskView) -> Iterator[Line]:
    """What it needs first that is not done (R7, R49)."""
    if said := missing_first(tell.words, view):
        yield Line(
            head=(Span(tell.words("Not yet ready"), "duban-warning", tell.label),),
            text=said,
            color="duban-warning",
            most=2,
        )
