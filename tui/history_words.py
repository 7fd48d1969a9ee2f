"""History as sentences: who did what to which task, and what it was before."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Final

from core.queries.history import EventRow
from tui.event_words import change_words, event_word, subject_words
from tui.terms import STATES
from tui.words import N_, Words

_MOVED: Final = N_("{who} moved {key} from “{before}” to “{after}”")
_SENTENCES: Final[Mapping[str, str]] = {
    "task-created": N_("{who} created {key}"),
    "task-edited": N_("{who} edited {key}"),
    "task-assigned": N_("{who} assigned {key}"),
    "task-acknowledged": N_("{who} took {key} on"),
    "task-claimed": N_("{who} claimed {key}"),
    "assignment-returned": N_("{who} returned {key}"),
    "duty-confirmed": N_("{who} confirmed {key} as theirs"),
    "task-accepted": N_("{who} accepted {key}"),
    "task-sent-back": N_("{who} sent {key} back"),
    "acceptance-delegated": N_("{who} delegated the acceptance of {key}"),
    "task-withdrawn": N_("{who} withdrew {key} from review"),
    "task-archived": N_("{who} archived {key}"),
    "task-restored": N_("{who} restored {key}"),
    "task-cancelled": N_("{who} cancelled {key}"),
    "task-closed-out": N_("{who} closed {key} out"),
    "task-blocked": N_("{who} blocked {key}"),
    "task-unblocked": N_("{who} unblocked {key}"),
    "progress-updated": N_("{who} updated {key}"),
    "delay-warned": N_("{who} warned that {key} will be late"),
    "due-extended": N_("{who} moved the due of {key}"),
    "extension-granted": N_("{who} granted {key} a later due"),
    "extension-refused": N_("{who} refused {key} a later due"),
    "nudged": N_("{who} nudged about {key}"),
    "clarity-forced": N_("{who} started {key} although it is not clear yet"),
}
"""By kind, for what is done to a task; anything else is told by its two or three words."""
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
        said = words(_MOVED, who=who, key=key, before=before, after=after)
    elif row.kind in _SENTENCES and row.task_key:
        said = words(_SENTENCES[row.kind], who=who, key=key)
    else:
        subject = (names or {}).get(row.subject) or subject_words(words, row)
        about = " ".join(dict.fromkeys(filter(None, (row.task_key, subject))))
        said = words(
            "{who}: {what} {about}", who=who, what=event_word(words, row.kind), about=about
        )
    comma = "，" if words.language == "zh_CN" else ", "
    return comma.join((said.strip(), *_asides(words, row)))


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
