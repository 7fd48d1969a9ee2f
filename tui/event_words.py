"""What happened, in words: the lines of a history."""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Final

from core.domain.events import Plain
from core.queries.history import EventRow
from tui.clarity_words import listed
from tui.issue_terms import ISSUE_STATES, SEVERITIES
from tui.rule_words import RULES
from tui.terms import (
    FACETS,
    MEETINGS,
    PRIORITIES,
    ROLES,
    STATES,
    SYNC_KINDS,
    empty_word,
    field_word,
)
from tui.warning_terms import BLOCK_KINDS, DELAY_REASONS
from tui.words import N_, Words

EVENTS: Final[Mapping[str, str]] = {
    "task-created": N_("created"),
    "task-edited": N_("edited"),
    "task-assigned": N_("assigned"),
    "task-moved": N_("moved"),
    "task-reordered": N_("put elsewhere in its column"),
    "task-archived": N_("archived"),
    "task-restored": N_("restored"),
    "task-cancelled": N_("cancelled"),
    "task-submitted": N_("submitted for review"),
    "task-withdrawn": N_("withdrawn from review"),
    "task-accepted": N_("accepted"),
    "task-sent-back": N_("sent back"),
    "task-acknowledged": N_("taken on"),
    "assignment-questioned": N_("asked back before taking it on"),
    "assignment-returned": N_("returned before it was taken on"),
    "task-claimed": N_("claimed"),
    "duty-confirmed": N_("confirmed as theirs"),
    "allocation-signed": N_("allocation signed"),
    "acceptance-delegated": N_("acceptance delegated"),
    "wip-exceeded": N_("exceeded the WIP limit"),
    "progress-updated": N_("progress updated"),
    "task-blocked": N_("blocked"),
    "task-unblocked": N_("unblocked"),
    "criterion-added": N_("criterion added"),
    "criterion-changed": N_("criterion changed"),
    "criterion-removed": N_("criterion removed"),
    "milestone-added": N_("milestone added"),
    "milestone-changed": N_("milestone changed"),
    "milestone-removed": N_("milestone removed"),
    "dependency-added": N_("dependency added"),
    "dependency-removed": N_("dependency removed"),
    "collaborator-added": N_("collaborator added"),
    "collaborator-changed": N_("collaborator changed"),
    "collaborator-removed": N_("collaborator removed"),
    "deliverable-added": N_("deliverable added"),
    "deliverable-changed": N_("deliverable changed"),
    "deliverable-removed": N_("deliverable removed"),
    "delay-warned": N_("warned of a delay"),
    "warning-withdrawn": N_("warning taken back"),
    "extension-granted": N_("later due granted"),
    "extension-refused": N_("later due refused"),
    "due-extended": N_("due moved by the lead"),
    "resolution-set": N_("time to resolve it set"),
    "nudged": N_("nudged"),
    "issue-raised": N_("issue raised"),
    "issue-edited": N_("issue edited"),
    "issue-responded": N_("issue responded to"),
    "issue-resolved": N_("issue resolved"),
    "issue-closed": N_("issue closed"),
    "issue-reopened": N_("issue reopened"),
    "issue-escalated": N_("issue escalated"),
    "alert-raised": N_("attention called"),
    "alert-acknowledged": N_("alert acknowledged"),
    "alert-snoozed": N_("alert snoozed"),
    "quiet-ended": N_("alert told again"),
    "sync-entry-added": N_("entry in the sync log"),
    "question-asked": N_("question asked"),
    "question-answered": N_("question answered"),
    "follow-up-made": N_("follow-up became a task"),
    "meeting-held": N_("meeting held"),
    "meeting-planned": N_("meeting planned"),
    "meeting-unplanned": N_("meeting no longer planned"),
    "deliverable-registered": N_("deliverable registered"),
    "person-added": N_("person added"),
    "person-edited": N_("person edited"),
    "person-merged": N_("person merged"),
    "department-added": N_("department added"),
    "department-edited": N_("department edited"),
    "project-added": N_("project added"),
    "project-edited": N_("project edited"),
    "clarity-forced": N_("begun although it is not clear"),
    "task-closed-out": N_("closed out"),
    "member-added": N_("member added"),
    "member-removed": N_("member taken off"),
    "work-type-added": N_("work type added"),
    "calendar-changed": N_("calendar changed"),
    "raci-set": N_("responsibilities set"),
    "raci-removed": N_("responsibilities taken away"),
    "import-applied": N_("import applied"),
    "store-rule-changed": N_("rule of the store changed"),
    "log-sealed": N_("log sealed"),
}
"""By the event's kind; held against the core's kinds by a test."""

_INSTANTS: Final = frozenset(
    "due expected baseline_due blocked_since updated met_at resolve_by respond_by occurred "
    "since until registered closed submitted".split()
)
_SILENT: Final = frozenset({"version", "baseline_due", "slips", "position", "folded", "met_by"})
_MEMBERS: Final = frozenset(
    "owner acceptor initiator person lead manager waiting_for waiting_person".split()
)
_OWN_WORDS: Final = frozenset({"subject", "key"})


_KNOWN: Final[Mapping[str, Mapping[str, str]]] = {
    "state": {**STATES, **ISSUE_STATES},
    "severity": SEVERITIES,
    "priority": PRIORITIES,
    "role": ROLES,
    "facet": FACETS,
    "kind": SYNC_KINDS,
    "meeting": MEETINGS,
    "code": DELAY_REASONS,
    "block_kind": BLOCK_KINDS,
    "rule": RULES,
}


_OF_ALERTS: Final = frozenset("alert-raised alert-acknowledged alert-snoozed quiet-ended".split())
_OF_MEETINGS: Final = frozenset({"meeting-planned", "meeting-unplanned"})


def event_word(words: Words, kind: str) -> str:
    """What happened, in two or three words."""
    return words(EVENTS[kind]) if kind in EVENTS else kind


def subject_words(words: Words, row: EventRow) -> str:
    """What it is about besides its task; a column is called as on the board."""
    if row.kind == "wip-exceeded" and row.subject in STATES:
        return words(STATES[row.subject])
    if row.kind in _OF_ALERTS and row.subject in RULES:
        return words(RULES[row.subject])
    if row.kind in _OF_MEETINGS and row.subject in MEETINGS:
        return words(MEETINGS[row.subject])
    return row.subject


def change_words(
    words: Words, row: EventRow, *, zone: tzinfo, names: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Each changed field as “field: old → new”, old values where there were any.

    What was never there and is left empty is not told.
    ``names`` says what members are called whose handle was stored.
    """
    for field, (old, new) in row.changes.items():
        if field in _SILENT or field in _OWN_WORDS or (old is None and new in {None, ""}):
            continue
        if field == "implied":
            yield words("by working on it")
            continue
        before, after = (_value(words, field, value, zone) for value in (old, new))
        if names and field in _MEMBERS:
            before, after = names.get(before, before), names.get(after, after)
        if names and field == "told":
            after = ", ".join(names.get(one, one) for one in after.split(", "))
        label = words("met") if field == "met" else field_word(words, field)
        gap = "：" if words.language == "zh_CN" else ": "
        after = after or empty_word(words, field)
        said = f"{before} → {after}" if before else after
        yield f"{label}{gap}{said}"


def _value(words: Words, field: str, value: Plain, zone: tzinfo) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    text = str(value)
    if field in _INSTANTS:
        return f"{datetime.fromisoformat(text).astimezone(zone):%Y-%m-%d %H:%M}"
    if field == "progress":
        return f"{text}%"
    if field == "missing":
        return listed(words, text.split(", "))
    known = _KNOWN.get(field, {})
    return words(known[text]) if text in known else text.replace("\n", " ")
