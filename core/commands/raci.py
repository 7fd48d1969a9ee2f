"""Who is what to a task, by the letters of RACI (R18, R54, R129); its rule only warns (R142)."""

from collections.abc import Sequence
from typing import NamedTuple

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.domain.duties import Letter, RaciEntry
from core.domain.events import EventKind, Plain
from core.domain.ids import PersonId, TaskId
from core.domain.people import Person
from core.domain.refusals import BadValue, NotFound, Rejected
from core.domain.task import Task
from core.policies import raci
from core.policies.raci import Behind, Finding, Holder, ordered, written
from core.records import dataclass, replace
from core.store.work import Work

LABEL_LIMIT = 100


class Told(NamedTuple):
    """What somebody is to a task."""

    letters: tuple[Letter, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRaci:
    """Say what a person or a role is to a task; replaces what they were to it."""

    task: TaskId
    person: PersonId | None = None
    label: str = ""
    """A role's name; beside a person, the role in which they have the letters."""
    letters: tuple[Letter, ...]
    note: str = ""
    seen: Told | None = None
    """What its author saw set; None does not ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveRaci:
    """Take the letters of a person or a role away."""

    task: TaskId
    person: PersonId | None = None
    label: str = ""
    seen: Told | None = None


@handles(SetRaci)
def set_raci(command: SetRaci, work: Work) -> Outcome:
    """Warns of a task without A or R, and of one with several A.

    Refuses BadValue for nobody, for no letter and for one that is none, Conflict, and
    ``task-closed`` for an archived or cancelled task.
    """
    task = checks.kept_task(work, command.task)
    whose = _whose(command, work)
    _as_seen(command.seen, _of(whose, task, work), task)
    letters = ordered(checks.word("letters", one, Letter) for one in command.letters)
    if not letters:
        raise BadValue("letters", "", reason="empty")
    if {Letter.RESPONSIBLE, Letter.ACCOUNTABLE} & set(letters):
        checks.worker(work, "person", command.person)
    place(work, task, whose, told=Told(letters, checks.line("note", command.note)))
    _warn(task, work)
    return Outcome(task.id, task.key)


@handles(RemoveRaci)
def remove_raci(command: RemoveRaci, work: Work) -> Outcome:
    """Warns as SetRaci does.

    Refuses NotFound for who has no letter, ``raci-follows`` for letters that follow from the
    task's owner and acceptor, Conflict and ``task-closed``.
    """
    task = checks.kept_task(work, command.task)
    whose = _whose(command, work)
    before = _of(whose, task, work)
    if not before:
        _refuse_what_follows(whose, task, work)
    _as_seen(command.seen, before, task)
    place(work, task, whose, told=Told())
    _warn(task, work)
    return Outcome(task.id, task.key)


class Whose(NamedTuple):
    """A person in a role, or a role."""

    person: Person | None
    label: str

    @property
    def holder(self) -> Holder:
        """Whose letters they are."""
        return Holder(self.person.id) if self.person else Holder(label=self.label)

    @property
    def name(self) -> str:
        """What the log calls them."""
        return self.person.handle if self.person else self.label


def whose(work: Work, person: PersonId | None, label: str) -> Whose:
    """Who is meant. Refuses BadValue for nobody and for who was merged away."""
    found = checks.person(work, "person", person)
    said = checks.line("label", label, limit=LABEL_LIMIT)
    if found is None and not said:
        raise BadValue("person", "", reason="empty")
    return Whose(found, said)


def _whose(command: SetRaci | RemoveRaci, work: Work) -> Whose:
    return whose(work, command.person, command.label)


def _of(whose: Whose, task: Task, work: Work) -> tuple[RaciEntry, ...]:
    """What is set for them now."""
    known = work.all(RaciEntry, task=task.id)
    return tuple(one for one in known if raci.holder_of(one) == whose.holder)


def told_of(entries: Sequence[RaciEntry]) -> Told:
    """The letters of one holder and their note."""
    return Told(
        ordered(one.letter for one in entries), next((one.note for one in entries if one.note), "")
    )


def _as_seen(seen: Told | None, before: Sequence[RaciEntry], task: Task) -> None:
    if seen is not None:
        thought = Told(ordered(seen.letters), seen.note)
        checks.unchanged(
            "letters", seen=written(*thought), now=written(*told_of(before)), task=task
        )


def place(work: Work, task: Task, whose: Whose, *, told: Told) -> None:
    """Let their letters be these, and record it if that is something else; no letters removes."""
    before = _of(whose, task, work)
    changes = _changes(before, whose, told)
    if not changes:
        return
    label = whose.label or next((one.label for one in before), "")
    kept = {one.letter: one for one in before if one.letter in told.letters}
    for one in before:
        if kept.get(one.letter) is not one:
            work.remove(one)
    for letter in told.letters:
        if letter in kept:
            work.save(replace(kept[letter], label=label, note=told.note))
        else:
            person = whose.holder.person
            made = RaciEntry(
                task=task.id, person=person, label=label, letter=letter, note=told.note
            )
            work.add(made)
    kind = EventKind.RACI_SET if told.letters else EventKind.RACI_REMOVED
    work.record(kind, task, subject=whose.name, changes=changes)


def _changes(
    before: Sequence[RaciEntry], whose: Whose, told: Told
) -> dict[str, tuple[Plain, Plain]]:
    was = told_of(before)
    label = next((one.label for one in before), "")
    pairs = {
        "letters": (written(was.letters), written(told.letters)),
        "note": (was.note, told.note),
    }
    if whose.person is not None and whose.label and told.letters:
        pairs["role"] = (label, whose.label)
    return {name: (old or None, new or None) for name, (old, new) in pairs.items() if old != new}


def _behind(task: Task, work: Work) -> Behind:
    project = work.project(task.project)
    department = checks.department_of(work, project)
    leads = project.lead or (department.lead if department else None)
    return Behind(owner=task.owner, acceptor=task.acceptor, leads=leads)


def _warn(task: Task, work: Work) -> None:
    """Tell what the rule of RACI misses (R142); the letters are kept all the same."""
    found = raci.check(raci.duties(work.all(RaciEntry, task=task.id), _behind(task, work)))
    if Finding.WITHOUT_A in found:
        work.warn("raci-without-a", key=task.key)
    if Finding.SEVERAL_A in found:
        work.warn("raci-several-a", key=task.key)
    if Finding.WITHOUT_R in found:
        work.warn("raci-without-r", key=task.key)


def _refuse_what_follows(whose: Whose, task: Task, work: Work) -> None:
    found = raci.duties(work.all(RaciEntry, task=task.id), _behind(task, work))
    if any(one.holder == whose.holder for one in found):
        raise Rejected("raci-follows", key=task.key, person=whose.name)
    raise NotFound("letters", whose.name)
