"""From what was weighed to commands, in one transaction."""

from collections.abc import Iterable
from typing import Final

from core.commands.blocking import BlockTask, UnblockTask
from core.commands.closing import ArchiveTask, CancelTask
from core.commands.importing import Helper, ImportParts
from core.commands.moving import MoveTask
from core.commands.people import AddPerson
from core.commands.progress import UpdateProgress
from core.commands.projects import AddProject, AddWorkType
from core.commands.sync import AddSyncEntry
from core.commands.tasks import AssignTask, CreateTask, EditTask, Setting
from core.desk import Receipt, Send
from core.domain.ids import PartId, PersonId, ProjectId, TaskId
from core.domain.people import Person
from core.domain.status import OPEN_STATES, Priority, State
from core.exchange.homes import Home
from core.exchange.known import Ask
from core.exchange.names import bare
from core.exchange.planned import PlannedSyncEntry, PlannedTask, PlannedUpdate
from core.exchange.revision import Revision, block_words, line, work_type
from core.exchange.told import NOT_SAID
from core.exchange.weighing import Birth, Place, Weighed
from core.exchange.weighing_logs import entry_topic
from core.exchange.words import read_type
from core.policies import workflow
from core.policies.clocks import due_instant
from core.queries import board
from core.queries.board import Chosen

_AUDIENCE: Final = "、"


class CarryingOut:
    """Sends the commands of one import."""

    def __init__(self, weighed: Weighed, *, send: Send, ask: Ask, actor: PersonId | None) -> None:
        self._weighed = weighed
        self._team = weighed.team
        self._send = send
        self._ask = ask
        self._actor = actor
        self._made: dict[Birth, TaskId] = {}
        self._projects: dict[str, ProjectId] = {}
        self._progress: dict[TaskId, int] = {}
        self.first = 0
        """Number of the first event so far; 0 if there is none."""
        self.last = 0
        self.people = 0
        self.projects = 0

    def send(self, command: object, *, number: str = "") -> Receipt:
        """Apply one command, and count its events."""
        receipt = self._send(command, number=number)
        if receipt.last:
            self.first = self.first or receipt.first
            self.last = receipt.last
        return receipt

    def everything(self, *, people: Iterable[str], types: Iterable[str]) -> None:
        """All of it: who and what it names first, then tasks, then what is told of them."""
        for label in people:
            self._add_person(label)
        for label in types:
            self.send(AddWorkType(label=label, urgent=read_type(label).value[1]))
        for home in list(self._weighed.homes.used.values()):
            self._projects[home.key] = home.id or self._add_project(home)
        # Ids of the file first, or a key that a pattern makes could be one of them.
        for birth in sorted(self._weighed.births, key=lambda one: not one.key):
            self._bear(birth)
        for revision in self._weighed.revisions:
            self._revise(revision)
        for update, place in self._weighed.updates:
            self._update(update, place)
        for entry, home in self._weighed.entries:
            self._enter(entry, home)

    def _add_person(self, label: str) -> None:
        receipt = self.send(AddPerson(handle=label, name=label, placeholder=True))
        person = Person(id=PersonId(receipt.id), handle=receipt.name, name=label, placeholder=True)
        self._team.names.add(person)
        self.people += 1

    def _add_project(self, home: Home) -> ProjectId:
        """Whoever imports leads it: somebody must be asked to accept what is finished."""
        command = AddProject(
            key=home.key,
            name=home.name,
            pattern=home.pattern,
            lead=self._actor,
            time_zone=home.calendar.time_zone,
            calendar=home.calendar.name,
        )
        self.projects += 1
        return ProjectId(self.send(command).id)

    def _person(self, label: str) -> PersonId | None:
        found = self._team.names.find(label) if label else None
        return found.id if found else None

    def _task(self, place: Place) -> TaskId:
        return self._made[place] if isinstance(place, Birth) else place

    def _bear(self, birth: Birth) -> None:
        planned = birth.planned
        receipt = self.send(self._creation(birth))
        task = self._made[birth] = TaskId(receipt.id)
        self._progress[task] = planned.progress or 0
        self._parts(
            task,
            helpers=planned.collaborators,
            criteria=planned.criteria,
            deliverables=planned.deliverables,
        )
        if planned.blocked_reason is not None and planned.state in OPEN_STATES:
            reason, waiting = block_words(planned)
            self.send(BlockTask(task=task, reason=reason, waiting_for=waiting))
        if planned.state is State.ARCHIVED:
            self.send(ArchiveTask(task=task, seen=State.DONE))
        if planned.state is State.CANCELLED:
            reason = planned.status_note or NOT_SAID
            self.send(CancelTask(task=task, seen=State.TODO, reason=reason))

    def _creation(self, birth: Birth) -> CreateTask:
        planned, home = birth.planned, birth.home
        overlaid = planned.blocked_reason is not None or planned.delayed
        goal = line(planned.goal)
        return CreateTask(
            project=self._projects[home.key],
            title=line(planned.title),
            parent=self._task(birth.parent) if birth.parent is not None else None,
            key=birth.key,
            external_id=birth.external_id,
            state=_first_state(planned.state),
            description=planned.description,
            value="" if goal in (home.goal, home.name) else goal,
            type=work_type(planned),
            urgent=planned.urgent,
            priority=Priority(planned.priority),
            initiator=self._person(bare(planned.initiator)),
            owner=self._person(birth.owner),
            acceptor=self._person(bare(planned.acceptor)),
            start=planned.start_on,
            due=due_instant(planned.due_on, home.calendar) if planned.due_on else None,
            progress=_progress(planned),
            status_note="" if overlaid else line(planned.status_note),
            risk_note=line(planned.risk_note),
            note=planned.note,
            delay_reason=(line(planned.delay_reason) or NOT_SAID) if planned.delayed else "",
            expected=(
                due_instant(planned.expected_on, home.calendar) if planned.expected_on else None
            ),
        )

    def _parts(
        self,
        task: TaskId,
        *,
        helpers: Iterable[str] = (),
        criteria: Iterable[str] = (),
        deliverables: Iterable[str] = (),
        gone: Iterable[PartId] = (),
    ) -> None:
        command = ImportParts(
            task=task,
            helpers=tuple(self._helper(name) for name in dict.fromkeys(map(bare, helpers)) if name),
            criteria=tuple(filter(None, map(line, criteria))),
            deliverables=tuple(filter(None, map(line, deliverables))),
            gone=tuple(gone),
        )
        if command != ImportParts(task=task):
            self.send(command)

    def _helper(self, label: str) -> Helper:
        person = self._person(label)
        if person is not None:
            return Helper(person=person)
        department = self._team.departments.get(label)
        return Helper(department=department.id) if department else Helper(label=label)

    def _revise(self, revision: Revision) -> None:
        task, planned = revision.file.task, revision.planned
        settings = [
            *revision.settings,
            *(
                Setting(name, getattr(task, name), self._person(label))
                for name, label in revision.people.items()
                if name != "owner"
            ),
        ]
        if settings:
            self.send(EditTask(task=task.id, settings=tuple(settings)))
        if "owner" in revision.people:
            owner = self._person(revision.people["owner"])
            self.send(AssignTask(task=task.id, owner=owner, seen=task.owner))
        self._parts(
            task.id,
            helpers=revision.helpers,
            criteria=revision.criteria,
            deliverables=revision.deliverables,
            gone=revision.gone,
        )
        if revision.unblock:
            self.send(UnblockTask(task=task.id))
        self._move(revision)
        if revision.block:
            reason, waiting = revision.block
            self.send(BlockTask(task=task.id, reason=reason, waiting_for=waiting))
        if revision.progress is not None:
            self._progress[task.id] = revision.progress
            self.send(UpdateProgress(task=task.id, progress=revision.progress))
        if revision.archive:
            self.send(ArchiveTask(task=task.id, seen=task.state))
        if revision.cancel:
            self._cancel(revision, planned)

    def _move(self, revision: Revision) -> None:
        task, seen = revision.file.task, revision.file.task.state
        for state in revision.moves:
            if task.parent is None and self._is_full(task.project, state):
                self._weighed.doubt(
                    revision.planned, "state-kept", value=state.value, read_as=seen.value
                )
                return
            self.send(MoveTask(task=task.id, to=state, seen=seen))
            seen = state

    def _is_full(self, project: ProjectId, state: State) -> bool:
        """Whether a hard limit would refuse one more card."""
        rules = self._team.projects[project]
        if not rules.wip_hard or state not in rules.wip:
            return False
        heads = self._ask(board.columns, Chosen(project=project))
        cards = next((head.cards for head in heads if head.state is state), 0)
        return workflow.over_limit(cards, rules.wip[state])

    def _cancel(self, revision: Revision, planned: PlannedTask) -> None:
        task = revision.file.task
        below = self._ask(board.subtasks, task.id)
        if any(one.state in OPEN_STATES for one in below):
            self._weighed.doubt(
                planned, "state-kept", value=State.CANCELLED.value, read_as=task.state.value
            )
            return
        reason = planned.status_note or NOT_SAID
        self.send(CancelTask(task=task.id, seen=task.state, reason=reason))

    def _update(self, update: PlannedUpdate, place: Place) -> None:
        task = self._task(place)
        if task not in self._progress:
            file = self._weighed.files.get(task)
            self._progress[task] = file.task.progress if file else 0
        progress = self._progress[task] if update.progress is None else update.progress
        self._progress[task] = progress
        self.send(
            UpdateProgress(
                task=task,
                progress=progress,
                done=update.done,
                next=update.next,
                problems=update.problems,
                day=update.on,
                person=self._person(bare(update.person)),
            )
        )

    def _enter(self, entry: PlannedSyncEntry, home: Home) -> None:
        self.send(
            AddSyncEntry(
                project=self._projects[home.key],
                topic=entry_topic(entry),
                content=entry.content,
                kind=entry.kind,
                audience=line(_AUDIENCE.join(entry.audience)),
                reference=line(entry.reference),
                remarks=entry.remarks,
                day=entry.on,
                author=self._person(bare(entry.author)),
            )
        )


def _first_state(state: State) -> State:
    """The state in which a task can be made that shall end in ``state``."""
    return {State.ARCHIVED: State.DONE, State.CANCELLED: State.TODO}.get(state, state)


def _progress(planned: PlannedTask) -> int:
    """What is done is all done, unless the file says otherwise."""
    if planned.progress is not None:
        return planned.progress
    return 100 if planned.state in {State.DONE, State.ARCHIVED} else 0
