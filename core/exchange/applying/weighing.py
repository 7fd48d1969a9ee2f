"""A plan held against the store: what is new, what changes, what is known. Nothing is stored."""

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Final

from core.domain.ids import PersonId, TaskId
from core.domain.people import Project
from core.domain.status import State
from core.domain.text import LINE_LIMIT
from core.exchange.applying.allotment import Allotment
from core.exchange.applying.homes import Home, Homes
from core.exchange.applying.known import ID_LIMIT, KnownTasks, identity
from core.exchange.applying.revising import Reviser
from core.exchange.applying.revision import TYPE_LIMIT, Revision, line, states
from core.exchange.planned import (
    Doubt,
    ImportPlan,
    PlannedDependency,
    PlannedSyncEntry,
    PlannedTask,
    PlannedUpdate,
    Skipped,
    place,
)
from core.exchange.planned_duties import PlannedNode
from core.exchange.tables import Field
from core.exchange.telling.names import NAME_LIMIT, bare, is_role
from core.exchange.telling.team import Ask, Team, team_of
from core.queries.exporting import Dossier
from core.records import dataclass

KEY_LIMIT: Final = 80
BEGUN: Final = frozenset({State.DOING, State.REVIEW})
_LIMITS: Final = {
    "external_id": ID_LIMIT,
    **dict.fromkeys(("initiator", "owner", "acceptor"), NAME_LIMIT),
    "type": TYPE_LIMIT,
    **dict.fromkeys(("risk_note", "status_note"), LINE_LIMIT),
}
"""How long the fields may be that the file's cells may exceed."""
Row = PlannedTask | PlannedUpdate | PlannedSyncEntry | PlannedDependency | PlannedNode


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Birth:
    """A task that has to be made; no two are equal."""

    planned: PlannedTask
    home: Home
    parent: "Place | None" = None
    key: str = ""
    """Empty if the project's pattern is to give it."""
    external_id: str
    owner: str = ""
    """A label."""


Place = TaskId | Birth
"""A task that is stored or will be: by its id, or as what is known of it."""


@dataclass(slots=True, kw_only=True)
class Weighed:
    """What applying a plan comes to."""

    team: Team
    homes: Homes
    births: list[Birth] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    """Those that change something."""
    updates: list[tuple[PlannedUpdate, "Place"]] = field(default_factory=list)
    entries: list[tuple[PlannedSyncEntry, Home]] = field(default_factory=list)
    links: list[tuple[PlannedDependency, "Place", "Place"]] = field(default_factory=list)
    """The task that waits, and the one it waits for."""
    allotments: list[Allotment] = field(default_factory=list)
    unchanged: int = 0
    doubts: list[Doubt] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    files: dict[TaskId, Dossier] = field(default_factory=dict)
    """What is stored of the tasks that the plan means."""
    labels: dict[str, bool] = field(default_factory=dict)
    """The names that are needed, in the order of the file; False while they only support."""

    def doubt(self, row: Row, code: str, *, value: str = "", read_as: str = "") -> None:
        """Note that a whole row is doubtful."""
        listed = row.sheet.endswith("[]")
        self.doubts.append(
            Doubt(
                sheet="" if listed else row.sheet,
                cell=place(row.sheet, row.row) if listed else f"{row.row}:{row.row}",
                heading="",
                value=value,
                code=code,
                read_as=read_as,
            )
        )

    def need(self, *labels: str, supporting: bool = False) -> None:
        """Note names that something is about to bear; those that only support may be roles."""
        for label in labels:
            if label:
                self.labels[label] = self.labels.get(label, False) or not supporting

    def needs_person(self, label: str) -> bool:
        """Whether ``label`` has to become a placeholder: it is no known name and no mere role."""
        if self.team.names.find(label) is not None:
            return False
        return self.labels[label] or not (is_role(label) or label in self.team.departments)


class Scales:
    """Weighs the tasks of a plan, in its order."""

    def __init__(
        self, ask: Ask, plan: ImportPlan, *, chosen: Project | None, actor: PersonId | None
    ) -> None:
        team = team_of(ask)
        self._plan = plan
        self._actor = actor
        self.known = KnownTasks(ask, plan, chosen=chosen.id if chosen else None)
        homes = Homes(team.projects, calendars=team.calendars, plan=plan, chosen=chosen)
        self.result = Weighed(team=team, homes=homes)
        self._reviser = Reviser(team, actor=actor)
        self._keys = set(self.known.keys)
        self._places: dict[str, Place] = {}
        self._nameless: dict[tuple[str, str], Place] = {}
        self._taken: set[TaskId] = set()

    def weigh_tasks(self) -> None:
        """Decide on every task."""
        for planned in _with_parents(self._plan.tasks, self.known):
            self._weigh(planned)

    def place(self, update: PlannedUpdate) -> Place | None:
        """The task that ``update`` tells of; None if its row was left out."""
        name = identity(update.task_external_id)
        if name:
            return self._places.get(name)
        places = (place for (title, _), place in self._nameless.items() if title == update.title)
        return next(places, None)

    def named(self, name: str) -> Place | None:
        """The task with that id, of the file or stored; None if there is none."""
        found = self._places.get(name)
        if found is None and (file := self.known.called(name)):
            found = file.task.id
        return found

    def file(self, place: Place) -> Dossier | None:
        """What is stored of a task; None if it is not yet."""
        return None if isinstance(place, Birth) else self.result.files.get(place)

    def _weigh(self, planned: PlannedTask) -> None:
        name = identity(planned.external_id)
        self._note_cuts(planned)
        parent = self._parent(planned)
        home = self._home(planned, parent)
        file = self._match(planned, name, home)
        if file is None and planned.implied and (planned.title, home.key) in self._nameless:
            return
        if file is None:
            place: Place = self.bear(planned, home=home, parent=parent, name=name)
        else:
            place = file.task.id
            self.result.files[place] = file
            self._revise(planned, file)
            if parent not in (None, file.task.parent) and states(planned, Field.PARENT):
                self.result.doubt(planned, "parent-kept", value=planned.parent_external_id)
        if name:
            self._places.setdefault(name, place)
        else:
            self._nameless[planned.title, home.key] = place

    def _note_cuts(self, planned: PlannedTask) -> None:
        for name, limit in _LIMITS.items():
            text: str = getattr(planned, name)
            if len(text) > limit:
                self.result.doubt(planned, "text-cut", value=text[:80], read_as=name)

    def _parent(self, planned: PlannedTask) -> Place | None:
        name = identity(planned.parent_external_id)
        if not name:
            return None
        place = self._places.get(name)
        if place is None and (file := self.known.called(name)):
            place = self._places[name] = file.task.id
            self.result.files[place] = file
        if place is None and states(planned, Field.PARENT):
            self.result.doubt(planned, "parent-unknown", value=name)
        return place

    def _home(self, planned: PlannedTask, parent: Place | None) -> Home:
        if isinstance(parent, Birth):
            return parent.home
        homes = self.result.homes
        if parent is not None:
            return homes.existing(self.result.files[parent].task.project)
        if file := self.known.called(identity(planned.external_id), title=_title(planned)):
            return homes.existing(file.task.project)
        home, guessed = homes.of(planned)
        if guessed:
            self.result.doubt(
                planned, "project-assumed", value=planned.external_id, read_as=home.key
            )
        return home

    def _match(self, planned: PlannedTask, name: str, home: Home) -> Dossier | None:
        if not name:
            again = planned.implied and (planned.title, home.key) in self._nameless
            return self.known.titled(planned, home=home.id, again=again) if home.id else None
        return self.known.called(name, title=_title(planned))

    def _revise(self, planned: PlannedTask, file: Dossier) -> None:
        if file.task.id in self._taken:
            self.result.doubt(
                planned, "same-task", value=planned.external_id, read_as=file.task.key
            )
            return
        self._taken.add(file.task.id)
        revision = self._reviser.revise(planned, file)
        for code, value, read_as in revision.doubts:
            self.result.doubt(planned, code, value=value, read_as=read_as)
        if not revision.differences:
            self.result.unchanged += not planned.implied
            return
        self.result.need(*revision.people.values())
        self.result.need(*revision.helpers, supporting=True)
        self.result.revisions.append(revision)

    def bear(self, planned: PlannedTask, *, home: Home, parent: Place | None, name: str) -> Birth:
        """Plan a task that is not stored; ``name`` is its id in the file, if it has one."""
        if name in self._keys:
            self.result.doubt(planned, "id-taken-here", value=name)
        key = "" if planned.foreign else self._key(name, home, parent)
        owner = bare(planned.owner)
        if planned.state in BEGUN and not owner:
            owner = bare(planned.initiator) or self.result.team.names.told(self._actor)
            self.result.doubt(planned, "owner-assumed", read_as=owner)
        names, done = self.result.team.names, planned.state in {State.DONE, State.ARCHIVED}
        if done and names.means(owner, self._actor):
            self.result.doubt(planned, "own-done", value=planned.state.value)
        for label in map(bare, (planned.owner, planned.initiator, planned.acceptor)):
            if label and names.is_shared(label):
                self.result.doubt(planned, "name-shared", value=label)
        if planned.process and planned.process not in (home.name, home.key):
            self.result.doubt(planned, "process-kept", value=planned.process, read_as=home.name)
        birth = Birth(
            planned=planned, home=home, parent=parent, key=key, external_id=name, owner=owner
        )
        self.result.need(bare(planned.initiator), owner, bare(planned.acceptor))
        self.result.need(*map(bare, planned.collaborators), supporting=True)
        self.result.births.append(birth)
        return birth

    def _key(self, name: str, home: Home, parent: Place | None) -> str:
        """``name`` as the task's key if it can be: in the project's pattern, or its parent's."""
        if not name or name in self._keys:
            return ""
        above = parent.key if isinstance(parent, Birth) else ""
        if parent is not None and not isinstance(parent, Birth):
            above = self.result.files[parent].task.key
        if parent is not None and not (above and name.startswith(f"{above}-")):
            return ""
        if parent is None and not home.fits(name):
            return ""
        self._keys.add(name)
        return name if len(name) <= KEY_LIMIT else ""


def _title(planned: PlannedTask) -> str:
    """The title that the file gives; empty where only an id stands for it."""
    return "" if planned.title == planned.external_id else line(planned.title)


def _with_parents(tasks: Iterable[PlannedTask], known: KnownTasks) -> Iterator[PlannedTask]:
    """``tasks``, each parent that only a table of updates names before its subtasks."""
    listed = list(tasks)
    there = {task.external_id for task in listed}
    for task in listed:
        name = task.parent_external_id
        stated = task.implied or states(task, Field.PARENT)
        if name and stated and name not in there and known.called(identity(name)) is None:
            there.add(name)
            yield _stub(task, name)
        yield task


def _stub(task: PlannedTask, name: str) -> PlannedTask:
    """A parent of which nothing but the id is known."""
    return PlannedTask(
        sheet=task.sheet,
        row=task.row,
        external_id=name,
        title=name,
        project_key=task.project_key,
        implied=True,
    )
