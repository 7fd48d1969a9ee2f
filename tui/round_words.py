"""What is said of handing over and verdicts, on screens and on the command line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, tzinfo

from core.domain.ids import PersonId
from core.domain.reviews import Review
from core.domain.status import State
from core.queries.detail import TaskView
from core.queries.history import EventRow
from tui.durations import lasted
from tui.terms import verdict_word
from tui.words import Words, age_words

_BEGUN = frozenset({State.DRAFT, State.TODO, State.DOING})
_UNFINISHED = _BEGUN | {State.REVIEW}


def waited_words(words: Words, submitted: datetime | None, *, now: datetime, zone: tzinfo) -> str:
    """How long it has waited for a verdict, as alerts count it; empty where that is not known.

    ``zone`` is where the project is.
    """
    if submitted is None:
        return ""
    return age_words(words, lasted(submitted, now=now, zone=zone))


def acceptor_words(words: Words, view: TaskView, acceptors: Sequence[PersonId]) -> str:
    """Who accepts it; who is asked in their place where they cannot, or it is their own work.

    ``acceptors``: whoever may now, in the order in which they are asked.
    """
    named, asked = view.acceptor, next(iter(acceptors), None)
    if view.task.state is State.DONE:
        by = view.name(view.task.accepted_by)
        return by or words("nobody here; it came in done")
    said = view.name(named) or words("nobody")
    if view.task.closed is not None:
        return said
    if asked is None:
        return f"{said} · {words('nobody can accept it')}"
    if asked == named:
        return said
    instead = words("in their place {name}", name=view.name(asked))
    return f"{said} · {instead}"


def lacking(view: TaskView, one: Review) -> Iterator[str]:
    """What each criterion lacked that the findings of a round point at."""
    named = {str(criterion.id): criterion.text for criterion in view.criteria}
    for number, lacks in one.points.items():
        text = named.get(number) or one.claims.get(number, "")
        yield f"{text}: {lacks}" if text else lacks


def missing_first(words: Words, view: TaskView) -> str:
    """What it needs that is not done, where it is not handed over yet (R7, R49); or nothing."""
    keys = [one.key for one in view.needs if one.state in _UNFINISHED]
    if view.task.state not in _BEGUN or not keys:
        return ""
    return words("needs {keys} first", keys=", ".join(keys))


def round_lines(words: Words, view: TaskView) -> Iterator[tuple[str, ...]]:
    """A round each, newest first: verdict and by whom, then results, findings, what lacked."""
    for one in view.reviews:
        number = words("round {count}", count=one.round)
        who = view.name(one.decided_by or one.submitted_by)
        head = " · ".join(filter(None, (number, verdict_word(words, one.verdict), who)))
        results = f"→ {one.results}" if one.results else ""
        lacks = (f"↶ {said}" for said in lacking(view, one))
        yield tuple(filter(None, (head, results, one.findings, *lacks)))


def criteria_lines(
    words: Words, found: Iterable[EventRow], *, zone: tzinfo, at: Callable[[datetime], str]
) -> Iterator[tuple[str, ...]]:
    """A change of agreed criteria each: what, by whom and when; old and new; and why.

    ``at`` writes an instant; ``zone`` is where the project is.
    """
    from tui.event_words import change_words, event_word

    gap = "：" if words.language == "zh_CN" else ": "
    for row in found:
        said = f"{event_word(words, row.kind)}{gap}{row.subject}"
        head = f"{said} · {row.actor_name} {at(row.at)}"
        yield (head, *change_words(words, row, zone=zone), f"“{row.reason}”")
