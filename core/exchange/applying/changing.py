"""A stored task brought to what a row of a file says, command by command."""

from core.commands.blocking import BlockTask, UnblockTask
from core.commands.closing import ArchiveTask, CancelTask
from core.commands.editing import AssignTask, EditTask, Setting
from core.commands.importing import ImportArchive, ImportEdits, ImportOwner, ImportSubmission
from core.commands.moving import MoveTask
from core.commands.progress import UpdateProgress
from core.domain.ids import TaskId
from core.domain.status import OPEN_STATES, State
from core.exchange.applying.hands import Hands
from core.exchange.applying.revision import Revision
from core.exchange.applying.weighing import Weighed
from core.exchange.telling.told import NOT_SAID
from core.queries import board
from core.queries.definition import definition


class Changing:
    """Carries revisions out; what a rule forbids only now becomes a doubt."""

    def __init__(self, weighed: Weighed, hands: Hands) -> None:
        self._weighed = weighed
        self._hands = hands

    def change(self, revision: Revision) -> None:
        """Send the commands that ``revision`` comes to."""
        task = revision.file.task
        settings = [
            *revision.settings,
            *(
                Setting(name, getattr(task, name), self._hands.person(label))
                for name, label in revision.people.items()
                if name != "owner"
            ),
        ]
        if settings:
            edit = EditTask(task=task.id, settings=tuple(settings), reason=self._reason(settings))
            self._hands.send(ImportEdits(edit=edit))
        if "owner" in revision.people:
            owner = self._hands.person(revision.people["owner"])
            assign = AssignTask(task=task.id, owner=owner, seen=task.owner)
            self._hands.send(ImportOwner(assign=assign))
        self._hands.parts(
            task.id,
            helpers=revision.helpers,
            criteria=revision.criteria,
            deliverables=revision.deliverables,
            gone=revision.gone,
            external_id=revision.external_id,
        )
        if revision.unblock:
            self._hands.step(UnblockTask(task=task.id))
        self._move(revision)
        if revision.block:
            reason, waiting = revision.block
            self._hands.step(BlockTask(task=task.id, reason=reason, waiting_for=waiting))
        if revision.progress is not None:
            self._hands.step(UpdateProgress(task=task.id, progress=revision.progress))
        if revision.archive:
            command = ArchiveTask(task=task.id, seen=task.state)
            self._hands.send(ImportArchive(archive=command))
        if revision.cancel:
            self._cancel(revision)

    def _reason(self, settings: list[Setting]) -> str:
        """Why a due moves: a file says so."""
        return self._hands.source if any(one.field == "due" for one in settings) else ""

    def _move(self, revision: Revision) -> None:
        task, seen = revision.file.task, revision.file.task.state
        for state in revision.moves:
            full = task.parent is None and self._hands.is_full(task.project, state)
            if full or self._is_unclear(task.id, seen=seen, to=state):
                self._weighed.doubt(
                    revision.planned, "state-kept", value=state.value, read_as=seen.value
                )
                return
            if state is State.REVIEW:
                told = revision.planned.status_note or revision.planned.note
                self._hands.send(ImportSubmission(task=task.id, results=told))
            else:
                self._hands.step(MoveTask(task=task.id, to=state, seen=seen))
            seen = state

    def _is_unclear(self, task: TaskId, *, seen: State, to: State) -> bool:
        """Whether the project lets nobody begin it: a file says it was begun, not why."""
        if to is not State.DOING or seen not in {State.DRAFT, State.TODO}:
            return False
        found = self._hands.ask(definition, task)
        return found.is_required and bool(found.gaps)

    def _cancel(self, revision: Revision) -> None:
        task, planned = revision.file.task, revision.planned
        below = self._hands.ask(board.subtasks, task.id)
        if any(one.state in OPEN_STATES for one in below):
            self._weighed.doubt(
                planned, "state-kept", value=State.CANCELLED.value, read_as=task.state.value
            )
            return
        reason = planned.status_note or NOT_SAID
        self._hands.step(CancelTask(task=task.id, seen=task.state, reason=reason))
