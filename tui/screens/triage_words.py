"""What a line of triage says: its causes, its cost and whose move it is; no screen is needed."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from core.policies.waiting_cost import Cost, Part
from core.queries.triage import TriageRow
from tui.durations import lasted
from tui.words import N_, Words, age_words, due_words


class Clock(NamedTuple):
    """When and where a line is read."""

    now: datetime
    zone: tzinfo
    closing: time

    def age(self, since: datetime) -> timedelta:
        """How long something has lasted."""
        return lasted(since, now=self.now, zone=self.zone)


CAUSES: Final = {
    "issue-second": N_("issue at level 2 for {age}"),
    "issue-escalated": N_("issue escalated {age} ago"),
    "swarm-late": N_("no meeting on the critical block, {age} late"),
    "resolution-late": N_("the time that was set passed {age} ago"),
    "blocked-long": N_("blocked {age}"),
    "issue-unanswered": N_("issue unanswered, {age} late"),
    "collaborator-late": N_("collaborator silent, {age} late"),
    "acceptance-late": N_("waiting {age} for acceptance"),
    "extension-late": N_("extension request undecided, {age} late"),
    "question-late": N_("question unanswered, {age} late"),
    "unacknowledged": N_("not taken on, {age} late"),
    "follow-up-late": N_("follow-up {age} late"),
    "retro-late": N_("retrospective {age} late"),
    "criteria-changed": N_("agreed criteria changed {age} ago"),
    "swarm": N_("critical block for {age}"),
    "issue-respond": N_("issue unanswered for {age}"),
    "extension": N_("extension requested {age} ago"),
    "question": N_("asked {age} ago"),
    "blocked-by-you": N_("waits for you {age}"),
    "blocked": N_("blocked {age}"),
    "issue-open": N_("issue unresolved for {age}"),
    "at-risk": N_("may be late"),
    "due-soon": N_("due soon"),
    "update-missing": N_("no update, {age} late"),
}
"""A line's worst cause, by rule; the age is that of the cause."""

OTHERS: Final = {
    "overdue": N_("overdue"),
    "issue-second": N_("issue at level 2"),
    "issue-escalated": N_("issue escalated"),
    "swarm-late": N_("no meeting yet"),
    "resolution-late": N_("the time that was set has passed"),
    "blocked-long": N_("blocked"),
    "issue-unanswered": N_("issue unanswered"),
    "collaborator-late": N_("collaborator silent"),
    "acceptance-late": N_("not accepted yet"),
    "extension-late": N_("extension request undecided"),
    "question-late": N_("question unanswered"),
    "unacknowledged": N_("not taken on"),
    "criteria-changed": N_("criteria changed"),
    "swarm": N_("critical block"),
    "issue-respond": N_("issue unanswered"),
    "extension": N_("extension requested"),
    "question": N_("question asked"),
    "blocked-by-you": N_("waits for you"),
    "blocked": N_("blocked"),
    "issue-open": N_("issue unresolved"),
    "at-risk": N_("may be late"),
    "update-missing": N_("no update"),
}
"""What else holds, in a word; what is not here goes without saying."""

PARTS: Final = {
    Part.LATE: N_("{hours} h late"),
    Part.WAITED: N_("{hours} h waited"),
    Part.TASKS: N_("{hours} h for tasks that need it"),
    Part.PEOPLE: N_("{hours} h for people kept waiting"),
    Part.LEVEL: N_("{hours} h for the escalation"),
}


def cause_words(words: Words, row: TriageRow, clock: Clock) -> str:
    """The worst cause and since when, such as ``overdue 3 days``."""
    alert = row.alert
    known = CAUSES.get(alert.rule)
    if alert.rule in {"overdue", "due-soon", "at-risk"} and alert.due is not None:
        due = due_words(words, alert.due, now=clock.now, zone=clock.zone, closing=clock.closing)
        if alert.rule != "at-risk":
            return due
        return _list(words, (words(known), due)) if known else due
    age = age_words(words, clock.age(alert.since))
    return words(known, age=age) if known else alert.rule


def why_words(words: Words, row: TriageRow, clock: Clock) -> str:
    """All that makes it cost what it costs, worst first, in one sentence."""
    return _list(words, _why(words, row, clock))


def _why(words: Words, row: TriageRow, clock: Clock) -> Iterator[str]:
    yield cause_words(words, row, clock)
    told = {_family(row.alert.rule)}
    for one in row.alert.others:
        if one in OTHERS and _family(one) not in told:
            told.add(_family(one))
            yield words(OTHERS[one])
    item = row.waiting
    if item.urgent:
        yield words("urgent")
    if item.tasks:
        yield words.ngettext("{count} task waits for it", "{count} tasks wait for it", item.tasks)
    elif item.people:
        yield words.ngettext("{count} person waits", "{count} people wait", item.people)


def _family(rule: str) -> str:
    """Causes that are about the same: of an issue, of a block, of a question."""
    return rule.partition("-")[0]


def cost_words(words: Words, cost: Cost) -> str:
    """How the cost is made up, in working hours: ``96 h = (24 h late + 24 h waited) × 2``."""
    said = " + ".join(words(PARTS[part], hours=_number(hours)) for part, hours in cost.parts)
    if cost.weight == 1:
        return f"{_number(cost.hours)} h = {said}"
    return f"{_number(cost.hours)} h = ({said}) × {_number(cost.weight)}"


def _number(value: float) -> str:
    """Whole, but for small ones."""
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def _list(words: Words, said: Iterator[str] | tuple[str, ...]) -> str:
    return ("，" if words.language == "zh_CN" else ", ").join(said)
