"""History as sentences: who did what to which task, and what it was before."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Final

from core.queries.history import EventRow
from tui.event_words import change_words, event_word, subject_words
from tui.history_sentences import MOVED, OF_PEOPLE, OF_TALK, SENTENCES
from tui.terms import STATES
from tui.words import Words

_MOVES: Final = frozenset({"task-moved", "task-submitted"})
"""Told as a way from one state to another; a verdict is told as such."""
_IN_SENTENCE: Final = frozenset({"state", "round", "deliverables"})


def sentence(words: Words, row: EventRow, *, names: Mapping[str, str] | None = None) -> str:
    """Such as “Li moved CSAT-002 from “Doing” to “In review”, round 2, 3 deliverables”.

    ``names``: those of people, by handle.
    """
    nobody = "duban" if row.actor is None else words("somebody")  # the clock has no name
    who, key = row.actor_name or nobody, row.task_key or row.subject
    state = row.changes.get("state")
    if row.kind in _MOVES and state and state[0]:
        before, after = (words(STATES.get(str(one), str(one))) for one in state)
        said = words(MOVED, who=who, key=key, before=before, after=after)
    else:
        known = names if names and row.kind in OF_PEOPLE else {}
        subject = known.get(row.subject) or subject_words(words, row)
        said = _said(words, row, who=who, subject=subject)
    comma = "，" if words.language == "zh_CN" else ", "
    return comma.join((said.strip(), *_asides(words, row)))


def _said(words: Words, row: EventRow, *, who: str, subject: str) -> str:
    """Its kind's sentence; the kind's few words where that would have a hole."""
    if row.kind in OF_TALK:
        subject = subject or row.task_key or row.project_key  # an alert about the task itself
    facts = {"key": row.task_key, "what": subject, "project": row.project_key}
    kind = SENTENCES.get(row.kind)
    if kind and all(fact or f"{{{name}}}" not in kind for name, fact in facts.items()):
        said = words(kind, who=who, **facts)
        if row.kind in OF_TALK and row.task_key not in {"", subject}:
            return words("{said} ({what})", said=said, what=row.task_key)
        return said
    about = " ".join(dict.fromkeys(filter(None, (row.task_key, subject))))
    what = event_word(words, row.kind)
    return words("{who}: {what} {about}", who=who, what=what, about=about)


def _asides(words: Words, row: EventRow) -> Iterator[str]:
    """The round, and how many deliverables were handed over."""
    _, number = row.changes.get("round", (None, None))
    if number and row.kind in {"task-submitted", "task-sent-back"}:
        yield words("round {round}", round=number)
    _, handed = row.changes.get("deliverables", (None, None))
    if row.kind == "task-submitted" and handed:
        count = len(str(handed).split("; "))
        yield words.ngettext("{count} deliverable", "{count} deliverables", count)


def details(
    words: Words, row: EventRow, *, zone: tzinfo, names: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Each changed field as “field: old → new”, without what the sentence tells; then why."""
    told = _IN_SENTENCE if row.kind in _MOVES else frozenset()
    kept = {field: pair for field, pair in row.changes.items() if field not in told}
    if "deliverables" in row.changes and row.kind == "task-submitted":
        kept["deliverables"] = row.changes["deliverables"]
    from core.records import replace

    yield from change_words(words, replace(row, changes=kept), zone=zone, names=names)
    if row.reason:
        yield words("why: {reason}", reason=" ".join(row.reason.split()))
