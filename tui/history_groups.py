"""What a history can be narrowed to: kinds of events that belong together."""

from collections.abc import Mapping
from typing import Final

from tui.words import N_

GROUPS: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "ways": (
        N_("Moves"),
        frozenset(
            "task-created task-moved task-reordered task-submitted task-withdrawn task-archived "
            "task-restored task-cancelled task-closed-out clarity-forced wip-exceeded".split()
        ),
    ),
    "verdicts": (
        N_("Verdicts"),
        frozenset("task-accepted task-sent-back acceptance-delegated".split()),
    ),
    "owners": (
        N_("Owners"),
        frozenset(
            "task-assigned task-acknowledged assignment-questioned assignment-returned "
            "task-claimed duty-confirmed allocation-signed raci-set raci-removed "
            "collaborator-added collaborator-changed collaborator-removed".split()
        ),
    ),
    "edits": (
        N_("Edits"),
        frozenset(
            "task-edited due-extended criterion-added criterion-changed criterion-removed "
            "milestone-added milestone-changed milestone-removed dependency-added "
            "dependency-removed deliverable-added deliverable-changed deliverable-removed "
            "deliverable-registered".split()
        ),
    ),
    "told": (
        N_("What was told"),
        frozenset(
            "progress-updated sync-entry-added question-asked question-answered follow-up-made "
            "meeting-held meeting-planned meeting-unplanned".split()
        ),
    ),
    "trouble": (
        N_("Trouble"),
        frozenset(
            "task-blocked task-unblocked resolution-set delay-warned warning-withdrawn "
            "extension-granted extension-refused nudged issue-raised issue-edited "
            "issue-responded issue-resolved issue-closed issue-reopened issue-escalated "
            "alert-raised alert-acknowledged alert-snoozed quiet-ended".split()
        ),
    ),
    "team": (
        N_("Team and rules"),
        frozenset(
            "person-added person-edited person-merged department-added department-edited "
            "project-added project-edited member-added member-removed work-type-added "
            "calendar-changed store-rule-changed import-applied log-sealed".split()
        ),
    ),
}
"""By id: what it is called, and its kinds. A test holds each kind to be in one of them."""
