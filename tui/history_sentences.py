"""The sentences of a history, by kind of event."""

from collections.abc import Mapping
from typing import Final

from tui.words import N_

MOVED: Final = N_("{who} moved {key} from “{before}” to “{after}”")

OF_TASKS: Final[Mapping[str, str]] = {
    "task-created": N_("{who} created {key}"),
    "task-edited": N_("{who} edited {key}"),
    "task-assigned": N_("{who} assigned {key}"),
    "task-moved": N_("{who} moved {key}"),
    "task-reordered": N_("{who} put {key} elsewhere in its column"),
    "task-submitted": N_("{who} submitted {key} for review"),
    "task-acknowledged": N_("{who} took {key} on"),
    "task-claimed": N_("{who} claimed {key}"),
    "assignment-questioned": N_("{who} asked back before taking {key} on"),
    "assignment-returned": N_("{who} returned {key}"),
    "duty-confirmed": N_("{who} confirmed {key} as theirs"),
    "allocation-signed": N_("{who} signed for {what} who does what of {key}"),
    "task-accepted": N_("{who} accepted {key}"),
    "task-sent-back": N_("{who} sent {key} back"),
    "acceptance-delegated": N_("{who} delegated the acceptance of {key} to {what}"),
    "task-withdrawn": N_("{who} withdrew {key} from review"),
    "task-archived": N_("{who} archived {key}"),
    "task-restored": N_("{who} restored {key}"),
    "task-cancelled": N_("{who} cancelled {key}"),
    "task-closed-out": N_("{who} closed {key} out"),
    "task-blocked": N_("{who} blocked {key}"),
    "task-unblocked": N_("{who} unblocked {key}"),
    "resolution-set": N_("{who} set a time for ending the block of {key}"),
    "progress-updated": N_("{who} updated {key}"),
    "delay-warned": N_("{who} warned that {key} will be late"),
    "warning-withdrawn": N_("{who} took the warning about {key} back"),
    "due-extended": N_("{who} moved the due of {key}"),
    "extension-granted": N_("{who} granted {key} a later due"),
    "extension-refused": N_("{who} refused {key} a later due"),
    "nudged": N_("{who} nudged {what} about {key}"),
    "clarity-forced": N_("{who} started {key} although it is not clear yet"),
    "wip-exceeded": N_("{who} put {key} into “{what}” beyond its limit"),
    "raci-set": N_("{who} set the responsibilities of {what} for {key}"),
    "raci-removed": N_("{who} took the responsibilities of {what} for {key} away"),
}
"""What is done to a task as a whole."""

OF_PARTS: Final[Mapping[str, str]] = {
    "criterion-added": N_("{who} added the criterion “{what}” to {key}"),
    "criterion-changed": N_("{who} changed the criterion “{what}” of {key}"),
    "criterion-removed": N_("{who} removed the criterion “{what}” from {key}"),
    "milestone-added": N_("{who} added the milestone “{what}” to {key}"),
    "milestone-changed": N_("{who} changed the milestone “{what}” of {key}"),
    "milestone-removed": N_("{who} removed the milestone “{what}” from {key}"),
    "dependency-added": N_("{who} noted that {key} waits for {what}"),
    "dependency-removed": N_("{who} noted that {key} no longer waits for {what}"),
    "collaborator-added": N_("{who} named {what} as a supporter of {key}"),
    "collaborator-changed": N_("{who} changed what {what} supports in {key}"),
    "collaborator-removed": N_("{who} removed {what} as a supporter of {key}"),
    "deliverable-added": N_("{who} listed the deliverable “{what}” of {key}"),
    "deliverable-changed": N_("{who} changed the deliverable “{what}” of {key}"),
    "deliverable-removed": N_("{who} removed the deliverable “{what}” from {key}"),
    "deliverable-registered": N_("{who} registered the deliverable “{what}” of {key}"),
}
"""What is done to a part of a task."""

OF_TALK: Final[Mapping[str, str]] = {
    "sync-entry-added": N_("{who} wrote “{what}” in the sync log"),
    "question-asked": N_("{who} asked “{what}”"),
    "question-answered": N_("{who} answered “{what}”"),
    "follow-up-made": N_("{who} made the follow-up of “{what}” a task"),
    "meeting-held": N_("{who} recorded the meeting “{what}”"),
    "meeting-planned": N_("{who} planned meetings: {what}"),
    "meeting-unplanned": N_("{who} ended the plan of meetings: {what}"),
    "issue-raised": N_("{who} raised the issue {what}"),
    "issue-edited": N_("{who} edited the issue {what}"),
    "issue-responded": N_("{who} responded to the issue {what}"),
    "issue-resolved": N_("{who} resolved the issue {what}"),
    "issue-closed": N_("{who} closed the issue {what}"),
    "issue-reopened": N_("{who} reopened the issue {what}"),
    "issue-escalated": N_("{who} escalated the issue {what}"),
    "alert-raised": N_("{who} called attention to “{what}”"),
    "alert-acknowledged": N_("{who} took note of the alert “{what}”"),
    "alert-snoozed": N_("{who} snoozed the alert “{what}”"),
    "quiet-ended": N_("{who} lets the alert “{what}” be told again"),
}
"""What is said; the task that it is about, if any, stands behind it."""

OF_TEAM: Final[Mapping[str, str]] = {
    "person-added": N_("{who} added {what} to the team"),
    "person-edited": N_("{who} changed what is known of {what}"),
    "person-merged": N_("{who} merged {what} with somebody else"),
    "department-added": N_("{who} added the department {what}"),
    "department-edited": N_("{who} edited the department {what}"),
    "project-added": N_("{who} added the project {what}"),
    "project-edited": N_("{who} edited the project {what}"),
    "member-added": N_("{who} put {what} on the list of {project}"),
    "member-removed": N_("{who} took {what} off the list of {project}"),
    "work-type-added": N_("{who} added the work type “{what}”"),
    "calendar-changed": N_("{who} changed a day of the calendar: {what}"),
    "store-rule-changed": N_("{who} changed a rule of the store"),
    "import-applied": N_("{who} imported {what}"),
    "log-sealed": N_("{who} sealed the log"),
}
"""What is done to the team and its rules."""

SENTENCES: Final[Mapping[str, str]] = {**OF_TASKS, **OF_PARTS, **OF_TALK, **OF_TEAM}
"""By kind; a test holds each kind of the core to have one."""

OF_PEOPLE: Final = frozenset(
    "nudged acceptance-delegated collaborator-added collaborator-changed collaborator-removed "
    "member-added member-removed person-added person-edited resolution-set".split()
)
"""Kinds whose subject can be a person's handle."""
