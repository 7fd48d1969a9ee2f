"""What is told of an issue, in one language: its clocks, and its facts one by one."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from core.domain.trouble import IssueState
from core.queries.issues import IssueRow, IssueView
from tui.durations import lasted
from tui.issue_terms import issue_state_word, severity_word
from tui.words import Words, age_words


def clock_words(words: Words, row: IssueRow, *, now: datetime, zone: tzinfo) -> str:
    """What is due next and how far off it is; how long ago for a resolved one."""
    due = row.next_due
    if due is None:
        if row.resolved is None:
            return ""
        return words("{age} ago", age=age_words(words, lasted(row.resolved, now=now, zone=zone)))
    waits = row.state is not IssueState.RESPONDED and due == row.respond_by
    late = due <= now
    age = age_words(words, lasted(due, now=now, zone=zone) if late else due - now)
    if waits:
        return words("response late {age}", age=age) if late else words("respond in {age}", age=age)
    return words("resolution late {age}", age=age) if late else words("resolve in {age}", age=age)


def level_words(words: Words, level: int) -> str:
    """How high it went; empty for level 0."""
    return words("level {level}", level=level) if level else ""


def fact_words(
    words: Words, view: IssueView, now: datetime, zone: tzinfo
) -> Iterator[tuple[str, str]]:
    """Label and text of each fact that is there, in the order of interest."""
    issue, row = view.issue, view.row

    def moment(at: datetime | None) -> str:
        return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""

    state = (issue_state_word(words, issue.state), clock_words(words, row, now=now, zone=zone))
    late = words("reported late") if issue.late else ""
    task = f"{row.task_key} {view.task_title}".strip()
    facts = (
        (words("State"), " · ".join(filter(None, (*state, level_words(words, issue.level))))),
        (words("Impact"), issue.impact),
        (words("Severity"), severity_word(words, issue.severity)),
        (words("Handler"), row.handler_name),
        (words("Task"), task),
        (words("Project"), row.project_key),
        (words("Details"), issue.detail),
        (words("Proposed fix"), issue.proposal),
        (words("Parties"), issue.parties),
        (words("Occurred"), moment(issue.occurred)),
        (words("Reported"), _joined(moment(issue.reported), row.reporter_name, late)),
        (words("Response by"), moment(issue.respond_by)),
        (words("Resolved by"), moment(issue.resolve_by)),
        (words("Level 2 from"), moment(row.second_by)),
        (words("Response"), _joined(issue.response, moment(issue.responded))),
        (words("How it was resolved"), _joined(issue.resolution, moment(issue.resolved))),
    )
    yield from ((label, said) for label, said in facts if said)


def _joined(*said: str) -> str:
    return " · ".join(filter(None, said))
