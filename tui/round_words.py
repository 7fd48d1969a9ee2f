"""What is said of handing over and verdicts, on screens and on the command line."""

from collections.abc import Iterator

from core.domain.reviews import Review
from core.domain.status import State
from core.queries.detail import TaskView
from tui.terms import verdict_word
from tui.words import Words

_BEGUN = frozenset({State.DRAFT, State.TODO, State.DOING})
_UNFINISHED = _BEGUN | {State.REVIEW}


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
