"""A stored task held against the row of a file that means it: what the row changes."""

from datetime import date
from typing import Final

from core.commands.editing import Setting
from core.domain.ids import PersonId
from core.domain.people import Project
from core.domain.status import State
from core.exchange.applying.known import identity
from core.exchange.applying.revision import Revision, line, states, work_type
from core.exchange.applying.standing import Standing
from core.exchange.planned import PlannedTask
from core.exchange.reading.parse import read_works
from core.exchange.reading.words import read_type
from core.exchange.tables import Field
from core.exchange.telling import told
from core.exchange.telling.names import bare
from core.exchange.telling.team import Team
from core.policies.clocks import due_instant
from core.queries.exporting import Dossier

_SHUT: Final = frozenset({State.ARCHIVED, State.CANCELLED})


class Reviser:
    """Holds rows against tasks; the words of cells are compared as our export would write them."""

    def __init__(self, team: Team, *, actor: PersonId | None) -> None:
        self._team = team
        self._tell = team.teller
        self._standing = Standing(team, actor=actor)

    def revise(self, planned: PlannedTask, file: Dossier) -> Revision:
        """What ``planned`` changes; nothing if the task is known from updates only."""
        draft = Revision(planned=planned, file=file)
        if not planned.implied:
            for step in (_texts, _kinds, self._goal, self._days, self._people):
                step(draft)
            for step in (self._standing.revise, self._helpers, self._works, self._place, _tie):
                step(draft)
        return _shut(draft) if file.task.state in _SHUT else draft

    def _project(self, draft: Revision) -> Project:
        return self._tell.projects[draft.file.task.project]

    def _goal(self, draft: Revision) -> None:
        if "goal" in draft.planned.given:
            goal = line(draft.planned.goal)
            if goal != self._tell.goal(draft.file):
                draft.set("value", goal)

    def _days(self, draft: Revision) -> None:
        planned, task = draft.planned, draft.file.task
        calendar = self._team.calendars[task.project]
        if "start_on" in planned.given and not _same_day(planned, planned.start_on, task.start):
            draft.set("start", planned.start_on)
        known = self._tell.due(task)
        due = planned.due_on if "due_on" in planned.given else None
        if due is not None and not _same_day(planned, due, known):
            draft.settings.append(Setting("due", task.due, due_instant(due, calendar)))
            draft.note("due", known, due)

    def _people(self, draft: Revision) -> None:
        planned, task = draft.planned, draft.file.task
        for name in ("initiator", "owner", "acceptor"):
            label, known = bare(getattr(planned, name)), getattr(task, name)
            if name not in planned.given or not label or self._team.names.means(label, known):
                continue
            if name == "owner" and task.closed is not None:
                draft.doubts.append(("owner-kept", label, self._team.names.told(known)))
                continue
            draft.people[name] = label
            draft.note(name, self._team.names.told(known), label)

    def _helpers(self, draft: Revision) -> None:
        planned, file = draft.planned, draft.file
        if "collaborators" not in planned.given:
            return
        listed = {bare(label): None for label in planned.collaborators}
        listed.pop("", None)
        known = self._tell.collaborators(file)
        if tuple(listed) == known:
            return
        owner = self._tell.names.told(file.task.owner)
        left = dict(listed)
        for one in file.collaborators:
            label = self._tell.collaborator(one)
            meant = [
                name
                for name in listed
                if name == label or (one.person and self._team.names.means(name, one.person))
            ]
            for name in meant:
                left.pop(name, None)
            if not meant and label != owner:
                draft.gone.append(one.id)
        draft.helpers = list(left)
        if left or draft.gone:
            draft.note(
                "collaborators", "、".join(self._tell.collaborators(file)), "、".join(listed)
            )

    def _works(self, draft: Revision) -> None:
        """Deliverables and criteria are only ever added to: verdicts and editions hang on them."""
        planned, file = draft.planned, draft.file
        known = {*read_works(told.works(file)), *(one.name for one in file.deliverables)}
        draft.deliverables = [
            name for name in map(line, planned.deliverables) if name and name not in known
        ]
        texts = {one.text for one in file.criteria}
        if planned.note != told.note(file) or states(planned, Field.CRITERIA):
            draft.criteria = [
                text for text in map(line, planned.criteria) if text and text not in texts
            ]
        for name in ("deliverables", "criteria"):
            if added := getattr(draft, name):
                draft.note(name, "", "、".join(added))

    def _place(self, draft: Revision) -> None:
        """A row never takes a task to another project."""
        planned, project = draft.planned, self._project(draft)
        for text in (planned.project_name, planned.process):
            if text and line(text) not in (project.name, project.key):
                draft.doubts.append(("process-kept", text, project.name))
                return


def _shut(draft: Revision) -> Revision:
    """What of ``draft`` may befall an archived or cancelled task: being archived, and no more."""
    kept = Revision(planned=draft.planned, file=draft.file, archive=draft.archive)
    kept.doubts = draft.doubts
    kept.differences = [one for one in draft.differences if draft.archive and one.field == "state"]
    if dropped := [one.field for one in draft.differences if one not in kept.differences]:
        kept.doubts.append(("closed-kept", "、".join(dropped), draft.file.task.key))
    return kept


def _tie(draft: Revision) -> None:
    """Keep the id by which the file knows a task made here, so that its title may change later.

    Only beside another change: our own exports write keys, and must change nothing.
    """
    name = identity(draft.planned.external_id)
    if draft.differences and name and not draft.file.task.external_id:
        draft.external_id = name
        draft.note("external_id", "", name)


def _same_day(planned: PlannedTask, said: date | None, known: date | None) -> bool:
    if said is None or known is None:
        return said == known
    if planned.year_assumed and (said.month, said.day) == (known.month, known.day):
        return True
    return said == known


def _texts(draft: Revision) -> None:
    planned, file = draft.planned, draft.file
    if "title" in planned.given:
        draft.set("title", line(planned.title))
    if "description" in planned.given:
        draft.set("description", planned.description)
    if "note" in planned.given and planned.note != told.note(file):
        draft.set("note", planned.note)
    if "risk_note" in planned.given:
        draft.set("risk_note", line(planned.risk_note))


def _kinds(draft: Revision) -> None:
    planned, task = draft.planned, draft.file.task
    label = work_type(planned)
    if "type" in planned.given:
        draft.set("type", label)
    if "priority" in planned.given:
        draft.set("priority", planned.priority)
    by_type = label == task.type and read_type(label).value[1]
    if planned.urgent and not task.urgent and not by_type:
        draft.set("urgent", True)
