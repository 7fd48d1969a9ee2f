"""The table of handlers. A family adds its own when it is imported, so that one costs only one."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from core.store.work import Work

Command = TypeVar("Command")


class Outcome(NamedTuple):
    """What a command made or changed."""

    id: int
    name: str
    """A task's or project's key, a person's handle, a part's text."""


Handler = Callable[[Any, Work], Outcome]

HANDLERS: dict[type, Handler] = {}
FOR_STRANGERS: set[type] = set()
"""The commands that people may send whom the store does not know; their handlers look closer."""
FAMILIES = {
    "CreateTask": "tasks",
    "EditTask": "editing",
    "AssignTask": "editing",
    "MoveTask": "moving",
    "ReorderTask": "moving",
    "ArchiveTask": "closing",
    "RestoreTask": "closing",
    "CancelTask": "closing",
    "UpdateProgress": "progress",
    "BlockTask": "blocking",
    "UnblockTask": "blocking",
    "WarnDelay": "warning",
    "GrantExtension": "warning",
    "RefuseExtension": "warning",
    "WithdrawWarning": "warning",
    "ExtendDue": "warning",
    "NudgeAwaited": "nudging",
    "SetResolution": "blocking",
    "AcceptTask": "reviewing",
    "SendBack": "reviewing",
    "AddSyncEntry": "sync",
    "MakeFollowUpTask": "sync",
    "HoldMeeting": "meetings",
    "PlanMeeting": "meetings",
    "DropPlan": "meetings",
    "RegisterDeliverable": "registering",
    "AddCriterion": "parts",
    "ChangeCriterion": "parts",
    "AddMilestone": "parts",
    "ChangeMilestone": "parts",
    "AddCollaborator": "parts",
    "ChangeCollaborator": "parts",
    "AddDeliverable": "parts",
    "ChangeDeliverable": "parts",
    "RemovePart": "parts",
    "AddDependency": "dependencies",
    "RemoveDependency": "dependencies",
    "AcknowledgeTask": "assigning",
    "QuestionAssignment": "assigning",
    "ReturnTask": "assigning",
    "ClaimTask": "assigning",
    "ConfirmDuty": "assigning",
    "SignAllocation": "assigning",
    "SetRaci": "raci",
    "RemoveRaci": "raci",
    "SubmitTask": "submitting",
    "DelegateAcceptance": "reviewing",
    "CloseOutTask": "closing",
    "AddMember": "members",
    "RemoveMember": "members",
    "AddPerson": "people",
    "EditPerson": "people",
    "MergePerson": "people",
    "AddDepartment": "people",
    "EditDepartment": "people",
    "AddProject": "projects",
    "EditProject": "projects",
    "AddWorkType": "projects",
    "SetCalendarDay": "projects",
    "StartTeam": "setup",
    "NoteImport": "setup",
    "RaiseIssue": "issues",
    "EditIssue": "issues",
    "RespondIssue": "issues",
    "ResolveIssue": "issues",
    "CloseIssue": "issues",
    "ReopenIssue": "issues",
    "EscalateIssue": "issues",
    "Tick": "ticking",
    "AckAlert": "quieting",
    "SnoozeAlert": "quieting",
    "EndQuiet": "quieting",
}
"""Which module of core.commands has which command; held against the modules by a test."""


def handles(
    kind: type[Command], *, strangers: bool = False
) -> Callable[[Callable[[Command, Work], Outcome]], Callable[[Command, Work], Outcome]]:
    """Mark a function as the handler of ``kind``; ``strangers``: see FOR_STRANGERS."""

    def add(handler: Callable[[Command, Work], Outcome]) -> Callable[[Command, Work], Outcome]:
        HANDLERS[kind] = handler
        if strangers:
            FOR_STRANGERS.add(kind)
        return handler

    return add
