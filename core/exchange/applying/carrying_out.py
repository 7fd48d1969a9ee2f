"""From what was weighed to commands, in one transaction."""

from collections.abc import Iterable

from core.commands.blocking import BlockTask
from core.commands.closing import ArchiveTask, CancelTask
from core.commands.dependencies import AddDependency
from core.commands.importing import ImportArchive, ImportEntry, ImportRaci, Part
from core.commands.progress import UpdateProgress
from core.commands.projects import AddProject, AddWorkType
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import OPEN_STATES, Priority, State
from core.exchange.applying.allotment import NewLetters
from core.exchange.applying.changing import Changing
from core.exchange.applying.hands import Hands
from core.exchange.applying.homes import Home
from core.exchange.applying.revision import block_words, line, work_type
from core.exchange.applying.weighing import BEGUN, Birth, Place, Weighed
from core.exchange.applying.weighing_logs import entry_topic
from core.exchange.planned import PlannedSyncEntry, PlannedTask, PlannedUpdate
from core.exchange.reading.words import read_type
from core.exchange.telling.names import bare
from core.exchange.telling.told import NOT_SAID
from core.policies.clocks import due_instant


class CarryingOut:
    """Sends the commands of one import."""

    def __init__(self, weighed: Weighed, hands: Hands, *, actor: PersonId | None) -> None:
        self._weighed = weighed
        self._hands = hands
        self._changing = Changing(weighed, hands)
        self._actor = actor
        self._made: dict[Birth, TaskId] = {}
        self._projects: dict[str, ProjectId] = {}
        self._progress: dict[TaskId, int] = {}
        self.changed = 0
        """How many stored tasks were changed."""
        self.projects = 0
        """How many projects were made."""

    def everything(self, *, people: Iterable[str], types: Iterable[str]) -> None:
        """All of it: who and what it names first, then tasks, then what is told of them."""
        for label in people:
            self._hands.add_person(label)
        for home in list(self._weighed.homes.used.values()):
            self._projects[home.key] = home.id or self._add_project(home)
        for label in types:
            self._hands.send(AddWorkType(label=label, urgent=read_type(label).value[1]))
        self._tasks()
        for update, place in self._weighed.updates:
            self._update(update, place)
        for entry, home in self._weighed.entries:
            self._enter(entry, home)
        for _, task, needed in self._weighed.links:
            self._hands.step(AddDependency(task=self._task(task), needs=self._task(needed)))
        for allotment in self._weighed.allotments:
            parts = tuple(map(self._part, allotment.parts))
            self._hands.send(ImportRaci(task=self._task(allotment.place), parts=parts))
            self.changed += bool(allotment.changes)

    def _part(self, one: NewLetters) -> Part:
        """Whoever has the letters; by name only now, when everybody is there."""
        person = one.holder.person if one.holder else None
        if one.holder is None and one.is_person:
            person = self._hands.person(one.label)
        label = one.role if person is not None else one.label
        if person is None and one.holder is not None:
            label = one.holder.label
        return Part(person, label, one.letters, one.note)

    def _tasks(self) -> None:
        # Ids of the file first, or a key that a pattern makes could be one of them.
        for birth in sorted(self._weighed.births, key=lambda one: not one.key):
            self._bear(birth)
        for revision in self._weighed.revisions:
            before = self._hands.last
            self._changing.change(revision)
            self.changed += self._hands.last > before
            if revision.progress is not None:
                self._progress[revision.file.task.id] = revision.progress

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
        return ProjectId(self._hands.send(command).id)

    def _task(self, place: Place) -> TaskId:
        return self._made[place] if isinstance(place, Birth) else place

    def _bear(self, birth: Birth) -> None:
        planned = birth.planned
        creation = self._creation(birth, self._first_state(birth))
        task = self._made[birth] = self._hands.bear(
            creation,
            helpers=planned.collaborators,
            criteria=planned.criteria,
            deliverables=planned.deliverables,
        )
        self._progress[task] = planned.progress or 0
        if planned.blocked_reason is not None and planned.state in OPEN_STATES:
            reason, waiting = block_words(planned)
            self._hands.step(BlockTask(task=task, reason=reason, waiting_for=waiting))
        if planned.state is State.ARCHIVED:
            command = ArchiveTask(task=task, seen=State.DONE)
            self._hands.send(ImportArchive(archive=command))
        if planned.state is State.CANCELLED:
            reason = planned.status_note or NOT_SAID
            self._hands.step(CancelTask(task=task, seen=State.TODO, reason=reason))

    def _first_state(self, birth: Birth) -> State:
        """The state in which the task is made: work that finds its column full has to wait."""
        planned = birth.planned
        begun = planned.state in BEGUN and birth.parent is None
        if begun and self._hands.is_full(birth.home.id, planned.state):
            state = planned.state.value
            self._weighed.doubt(planned, "state-kept", value=state, read_as=State.TODO.value)
            return State.TODO
        ends = {State.ARCHIVED: State.DONE, State.CANCELLED: State.TODO}
        return ends.get(planned.state, planned.state)

    def _creation(self, birth: Birth, state: State) -> CreateTask:
        planned, home = birth.planned, birth.home
        overlaid = planned.blocked_reason is not None or planned.delayed
        goal = line(planned.goal)
        return CreateTask(
            project=self._projects[home.key],
            title=line(planned.title),
            parent=self._task(birth.parent) if birth.parent is not None else None,
            key=birth.key,
            external_id=birth.external_id,
            state=state,
            description=planned.description,
            value="" if goal in (home.goal, home.name) else goal,
            type=work_type(planned),
            urgent=planned.urgent,
            priority=Priority(planned.priority),
            initiator=self._hands.person(bare(planned.initiator)),
            owner=self._hands.person(birth.owner),
            acceptor=self._hands.person(bare(planned.acceptor)),
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

    def _update(self, update: PlannedUpdate, place: Place) -> None:
        task = self._task(place)
        if task not in self._progress:
            file = self._weighed.files.get(task)
            self._progress[task] = file.task.progress if file else 0
        progress = self._progress[task] if update.progress is None else update.progress
        self._progress[task] = progress
        self._hands.step(
            UpdateProgress(
                task=task,
                progress=progress,
                done=update.done,
                next=update.next,
                problems=update.problems,
                day=update.on,
                person=self._hands.person(bare(update.person)),
            )
        )

    def _enter(self, entry: PlannedSyncEntry, home: Home) -> None:
        entered = AddSyncEntry(
            project=self._projects[home.key],
            topic=entry_topic(entry),
            content=entry.content,
            kind=entry.kind,
            audience=line("、".join(entry.audience)),
            reference=line(entry.reference),
            remarks=entry.remarks,
            day=entry.on,
            author=self._hands.person(bare(entry.author)),
        )
        self._hands.send(ImportEntry(entry=entered))


def _progress(planned: PlannedTask) -> int:
    """What is done is all done, unless the file says otherwise."""
    if planned.progress is not None:
        return planned.progress
    return 100 if planned.state in {State.DONE, State.ARCHIVED} else 0
