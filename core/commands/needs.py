"""What each command comes to, for the table of rights: by the name of the command."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from core.commands import needed
from core.commands.needed import Asks, Need
from core.domain.status import Role
from core.policies.rights import Act

if TYPE_CHECKING:
    from core.commands.importing import ImportStep
    from core.store.work import Work


def _step(command: "ImportStep", work: "Work") -> Need | None:
    """An administrator brings tables in; for anybody else it is what it would be by hand."""
    step = command.step
    if work.actor.role is Role.ADMIN:
        return Need(Act.RULES, step.task)
    return NEEDS[type(step).__name__](step, work)


NEEDS: Final[Mapping[str, Asks]] = {
    "CreateTask": needed.create,
    "EditTask": needed.edit,
    "AssignTask": needed.to_task(Act.ASSIGN),
    "MoveTask": needed.move,
    "ReorderTask": needed.to_log,
    "ArchiveTask": needed.to_task(Act.KEEP),
    "RestoreTask": needed.to_task(Act.KEEP),
    "CancelTask": needed.to_task(Act.KEEP),
    "CloseOutTask": needed.to_task(Act.KEEP),
    "UpdateProgress": needed.update,
    "BlockTask": needed.to_task(Act.WORK),
    "UnblockTask": needed.to_task(Act.WORK),
    "SetResolution": needed.resolution,
    "WarnDelay": needed.to_task(Act.ASK_LATER),
    "WithdrawWarning": needed.extension(Act.ASK_LATER),
    "GrantExtension": needed.extension(Act.GRANT_LATER),
    "RefuseExtension": needed.extension(Act.GRANT_LATER),
    "ExtendDue": needed.to_task(Act.GRANT_LATER),
    "NudgeAwaited": needed.to_log,
    "SubmitTask": needed.to_task(Act.SUBMIT),
    "AcceptTask": needed.judged,
    "SendBack": needed.judged,
    "DelegateAcceptance": needed.judged,
    "AcknowledgeTask": needed.to_task(Act.TAKE_ON),
    "QuestionAssignment": needed.to_task(Act.TAKE_ON),
    "ReturnTask": needed.to_task(Act.TAKE_ON),
    "ConfirmDuty": needed.to_task(Act.TAKE_ON),
    "ClaimTask": needed.to_task(Act.CLAIM),
    "SignAllocation": needed.free,
    "SetRaci": needed.to_task(Act.ASSIGN),
    "RemoveRaci": needed.to_task(Act.ASSIGN),
    "AddSyncEntry": needed.to_log,
    "MakeFollowUpTask": needed.follow_up,
    "HoldMeeting": needed.meeting,
    "PlanMeeting": needed.to_project(Act.RULES),
    "DropPlan": needed.plan,
    "RegisterDeliverable": needed.deliverable,
    "AddCriterion": needed.to_task(Act.EDIT),
    "ChangeCriterion": needed.criterion,
    "AddMilestone": needed.to_task(Act.EDIT),
    "ChangeMilestone": needed.milestone,
    "AddCollaborator": needed.to_task(Act.EDIT),
    "ChangeCollaborator": needed.collaborator,
    "AddDeliverable": needed.to_task(Act.WORK),
    "ChangeDeliverable": needed.deliverable,
    "RemovePart": needed.removed,
    "AddDependency": needed.to_task(Act.EDIT),
    "RemoveDependency": needed.to_task(Act.EDIT),
    "AddPerson": needed.new_person,
    "EditPerson": needed.person,
    "MergePerson": needed.to_store(Act.TEAM),
    "AddDepartment": needed.to_store(Act.TEAM),
    "EditDepartment": needed.to_store(Act.TEAM),
    "AddProject": needed.new_project,
    "EditProject": needed.project,
    "AddMember": needed.members,
    "RemoveMember": needed.members,
    "AddWorkType": needed.led_project,
    "SetCalendarDay": needed.to_store(Act.RULES),
    "SetImpersonation": needed.to_store(Act.TEAM),
    "StartTeam": needed.free,
    "NoteImport": needed.led_project,
    "ImportTask": needed.imported,
    "ImportEdits": lambda command, _: Need(Act.RULES, command.edit.task),
    "ImportStep": _step,
    "ImportOwner": lambda command, _: Need(Act.RULES, command.assign.task),
    "ImportSubmission": lambda command, _: Need(Act.RULES, command.task),
    "ImportParts": needed.to_task(Act.RULES),
    "ImportRaci": needed.to_task(Act.RULES),
    "ImportArchive": lambda command, _: Need(Act.RULES, command.archive.task),
    "ImportEntry": lambda command, _: Need(Act.LOG, project=command.entry.project),
    "RaiseIssue": lambda command, _: Need(
        Act.RAISE, command.task, None if command.task else command.project
    ),
    "EditIssue": needed.issue_edit,
    "RespondIssue": needed.issue(Act.RESOLVE),
    "ResolveIssue": needed.issue(Act.RESOLVE),
    "CloseIssue": needed.issue(Act.CLOSE),
    "ReopenIssue": needed.issue(Act.CLOSE),
    "EscalateIssue": needed.issue(Act.ESCALATE),
    "Tick": needed.free,
    "AckAlert": needed.free,
    "SnoozeAlert": needed.free,
    "EndQuiet": needed.free,
}
"""By the name of the command, so that none is loaded for it; a test holds it against HANDLERS."""
