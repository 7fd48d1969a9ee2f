"""The words for what the core tells apart: states, priorities, lights, roles.

The tables' keys are the values of the core's enums, so a member of an enum is a key too.
"""

from collections.abc import Mapping
from typing import Final

from tui.log_terms import LOGGED
from tui.words import N_, NC_, Words

STATES: Final[Mapping[str, str]] = {
    "draft": N_("Draft"),
    "todo": N_("To do"),
    "doing": N_("Doing"),
    "review": N_("In review"),
    "done": N_("Done"),
    "archived": N_("Archived"),
    "cancelled": N_("Cancelled"),
}
PRIORITIES: Final[Mapping[str, str]] = {
    "high": N_("High"),
    "medium": N_("Medium"),
    "low": N_("Low"),
}
LIGHTS: Final[Mapping[str, str]] = {
    "green": N_("green"),
    "yellow": N_("yellow"),
    "red": N_("red"),
}
BUCKETS: Final[Mapping[str, str]] = {
    "overdue": N_("Overdue"),
    "escalated": N_("Escalated"),
    "waiting": N_("Waiting for you"),
    "soon": N_("Due soon"),
}
ROLES: Final[Mapping[str, str]] = {
    "observer": N_("observer"),
    "member": N_("member"),
    "lead": N_("lead"),
    "admin": N_("admin"),
}
SYNC_KINDS: Final[Mapping[str, str]] = {
    "progress": NC_("sync entry", "Progress"),
    "problem": N_("Problem"),
    "decision": N_("Decision"),
    "deliverable": N_("Deliverable"),
    "note": N_("Note"),
}
MEETINGS: Final[Mapping[str, str]] = {
    "kick-off": N_("Kick-off"),
    "standup": N_("Standup"),
    "weekly": N_("Weekly meeting"),
    "ad-hoc": N_("Ad-hoc meeting"),
    "retro": N_("Retrospective"),
    "report": N_("Weekly report"),
}
VERDICTS: Final[Mapping[str, str]] = {
    "pending": N_("waiting for acceptance"),
    "accepted": N_("accepted"),
    "sent-back": N_("sent back"),
    "withdrawn": N_("withdrawn"),
}
FACETS: Final[Mapping[str, str]] = {
    "form": N_("form of delivery"),
    "scope": N_("scope of data"),
    "quality": N_("quality"),
    "other": N_("other"),
}

FIELDS: Final[Mapping[str, str]] = {
    "title": N_("Title"),
    "owner": N_("Owner"),
    "acceptor": N_("Acceptor"),
    "initiator": N_("Initiator"),
    "due": N_("Due"),
    "expected": N_("Expected date"),
    "start": N_("Start"),
    "priority": N_("Priority"),
    "state": N_("State"),
    "progress": N_("Progress"),
    "type": N_("Type"),
    "urgent": N_("Urgent"),
    "description": N_("Description"),
    "background": N_("Background"),
    "outcome": N_("Expected outcome"),
    "missing": N_("Missing"),
    "value": N_("Value"),
    "status_note": N_("Status note"),
    "risk_note": N_("Risk"),
    "delay_reason": N_("Reason of the delay"),
    "note": N_("Remarks"),
    "reason": N_("Reason"),
    "waiting_for": N_("Waiting for"),
    "waiting_person": N_("Waiting for"),
    "code": N_("Cause of the delay"),
    "critical": N_("Critical"),
    "block_kind": N_("Kind of block"),
    "resolve_by": N_("Resolved by"),
    "met_at": N_("They met"),
    "waiting_department": N_("Waiting for"),
    "waiting_task": N_("Waiting for"),
    "extension": N_("Request for a later due"),
    "findings": N_("Findings"),
    "resolution": N_("How it was resolved"),
    "topic": N_("Topic"),
    "content": N_("Content"),
    "audience": N_("For whom"),
    "reference": N_("Reference"),
    "remarks": N_("Remarks"),
    "day": N_("Day"),
    "done": N_("Done"),
    "next": N_("Next step"),
    "problems": N_("Problems"),
    "support": N_("Support needed"),
    "name": N_("Name"),
    "handle": N_("Handle"),
    "key": N_("Id"),
    "pattern": N_("Id pattern"),
    "external_id": N_("Foreign id"),
    "imported": N_("Imported"),
    "project": N_("Project"),
    "time_zone": N_("Time zone"),
    "calendar": N_("Calendar"),
    "store": N_("Store"),
    "person": N_("Person"),
    "placeholder": N_("Placeholder"),
    "manager": N_("Manager"),
    "lead": N_("Lead"),
    "wip": N_("WIP limit"),
    "rules": N_("Rules"),
    "away_until": N_("Away until"),
    "response_hours": N_("Response hours"),
    "scope": N_("Scope"),
    "text": N_("Text"),
    "location": N_("Location"),
    "edition": N_("Version"),
    "label": N_("Label"),
    "parent": N_("Parent task"),
    "position": N_("Place"),
    "kind": N_("Kind"),
    "goal": N_("Goal"),
    "customer": N_("Customer"),
    "field": N_("Field"),
    "source": N_("Source"),
    "round": N_("Round of review"),
    "role": N_("Role"),
    "department": N_("Department"),
    "cards": N_("Cards"),
    "facet": N_("About"),
    "limit": N_("Limit"),
    "issue": N_("Issue"),
    "impact": N_("Scope of impact"),
    "detail": N_("Details"),
    "proposal": N_("Proposed fix"),
    "parties": N_("Parties"),
    "severity": N_("Severity"),
    "handler": N_("Handler"),
    "occurred": N_("Occurred"),
    "response": N_("Response"),
    "respond_by": N_("Response by"),
    "level": N_("Level"),
    "told": N_("Told"),
    "since": N_("Since"),
    "people": N_("For whom"),
    "asks": N_("Asked"),
    "answers": N_("Answers"),
    "follow_up": N_("Follow-up"),
    "follow_up_owner": N_("Owner of the follow-up"),
    "follow_up_due": N_("Day of the follow-up"),
    "meeting": N_("Meeting"),
    "attendees": N_("Attendees"),
    "minutes": N_("Minutes"),
    "decisions": N_("Decisions"),
    "days": N_("Days"),
    "time": N_("Time"),
    "until": N_("Until"),
    "rule": N_("Rule"),
    "impersonation": N_("Acting as others"),
    "channel": N_("Channel"),
    "registered": N_("Registered"),
    "registered_by": N_("Registered by"),
    "letters": N_("Responsibilities"),
    "task": N_("Task"),
    "results": N_("Key results"),
    "completed": N_("Completed"),
    "deliverables": N_("Deliverables"),
    "claims": N_("Criteria claimed"),
    "points": N_("What criteria lack"),
    "own": N_("Own work"),
    "open_subtasks": N_("Open subtasks"),
    "open_subtasks_reason": N_("Why it ends before them"),
    "to": N_("To"),
    "met": N_("Met"),
    "target": N_("Target"),
    "actual": N_("Result"),
    **LOGGED,
}
"""A task's fields and a command's, by the core's name for them."""

_PEOPLE: Final = frozenset(
    "owner acceptor initiator person lead manager waiting_for waiting_person audience people told "
    "attendees parties handler asks follow_up_owner registered_by accepted_by submitted_by".split()
)
_NOBODY: Final = NC_("instead of a name", "nobody")

THINGS: Final[Mapping[str, str]] = {
    "task": N_("task"),
    "person": N_("person"),
    "project": N_("project"),
    "department": N_("department"),
    "entry": N_("entry"),
    "meeting": N_("meeting"),
    "meetingplan": N_("plan"),
    "deliverable": N_("deliverable"),
    "extension": N_("request for a later due"),
    "issue": N_("issue"),
    "letters": N_("responsibility"),
}


THEMES: Final[Mapping[str, str]] = {"dark": N_("Dark"), "light": N_("Light"), "mono": N_("Plain")}
"""Our own themes; a member's own one is called what its file is called."""


def theme_word(words: Words, theme: str) -> str:
    """The name of a theme."""
    return words(THEMES[theme]) if theme in THEMES else theme


def named(name: str, handle: str) -> str:
    """A member's name, with the handle where it says something else."""
    return name if name.casefold() == handle.casefold() else f"{name} ({handle})"


def field_word(words: Words, field: str) -> str:
    """The name of a field; the core's own name where we have none."""
    return words(FIELDS[field]) if field in FIELDS else field


def empty_word(words: Words, field: str) -> str:
    """What stands for no value of a field."""
    return words(_NOBODY if field in _PEOPLE else "nothing")


def thing_word(words: Words, thing: str) -> str:
    """The name of a kind of thing, in the middle of a sentence."""
    return words(THINGS[thing]) if thing in THINGS else thing


def state_word(words: Words, state: str) -> str:
    """The name of a workflow state, as a column is headed."""
    return words(STATES[state])


def priority_word(words: Words, priority: str) -> str:
    """The name of a priority."""
    return words(PRIORITIES[priority])


def light_word(words: Words, light: str) -> str:
    """The name of a light, to stand beside its color."""
    return words(LIGHTS[light])


def bucket_word(words: Words, bucket: str) -> str:
    """The name of a group of alerts."""
    return words(BUCKETS[bucket])


def role_word(words: Words, role: str) -> str:
    """The name of a role in a department."""
    return words(ROLES[role])


def sync_kind_word(words: Words, kind: str) -> str:
    """The name of a kind of sync entry."""
    return words(SYNC_KINDS[kind])


def meeting_word(words: Words, kind: str) -> str:
    """The name of a kind of meeting."""
    return words(MEETINGS[kind])


def verdict_word(words: Words, verdict: str) -> str:
    """What became of a submission."""
    return words(VERDICTS[verdict])


def facet_word(words: Words, facet: str) -> str:
    """What side of the work an acceptance criterion is about."""
    return words(FACETS[facet])
