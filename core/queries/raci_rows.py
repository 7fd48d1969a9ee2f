"""The rows of a matrix of responsibilities, from what is stored of tasks and letters."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from core.domain.duties import Letter, RaciEntry
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import State
from core.policies import raci
from core.policies.raci import Behind, Duty, Finding, Holder, Source
from core.records import dataclass


class Column(NamedTuple):
    """A person or a role."""

    holder: Holder
    name: str
    """The person's, else the role's."""
    handle: str = ""
    """Empty for a role."""
    role: str = ""
    """In which a person has letters, as it was said first; empty for most."""


class Cell(NamedTuple):
    """What somebody is to a task."""

    letters: tuple[Letter, ...] = ()
    """All that count, in the order R, A, C, I."""
    derived: tuple[Letter, ...] = ()
    """Those of them that nobody set: they follow from the task's owner and acceptor."""
    note: str = ""

    @property
    def said(self) -> tuple[Letter, ...]:
        """Those that were set."""
        return tuple(one for one in self.letters if one not in self.derived)


NOTHING = Cell()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One task and who is what to it."""

    task: TaskId
    key: str
    external_id: str
    title: str
    state: State
    level: int = 0
    """0 for what stands by itself, 1 for its subtasks, and so on."""
    project: ProjectId
    project_key: str
    columns: tuple[Column, ...]
    """Those who are something to it, in the order in which they were named."""
    cells: Mapping[Holder, Cell]
    findings: tuple[Finding, ...]
    leads: str
    """The name of who accepts by position; empty where nobody does."""

    def cell(self, holder: Holder) -> Cell:
        """What somebody is to it; NOTHING for most."""
        return self.cells.get(holder, NOTHING)


class Somebody(NamedTuple):
    """A person as a row is read; no id where there is none."""

    id: PersonId | None
    name: str | None
    handle: str | None

    @property
    def column(self) -> Column:
        """Their column."""
        return Column(Holder(self.id), self.name or "", self.handle or "")


class Facts(NamedTuple):
    """What is stored of a task, as far as a row needs it; in the order of its columns."""

    task: TaskId
    key: str
    external_id: str
    title: str
    state: State
    parent: TaskId | None
    project: ProjectId
    project_key: str
    owner: Somebody
    acceptor: Somebody
    leads: Somebody

    @classmethod
    def of(cls, values: Sequence[Any]) -> "Facts":
        """From the values of a row; three of each person."""
        *plain, people = *values[:8], values[8:]
        return cls(*plain, *(Somebody(*people[at : at + 3]) for at in (0, 3, 6)))


class Named(NamedTuple):
    """An entry, and what its person is called."""

    entry: RaciEntry
    name: str
    handle: str

    @property
    def column(self) -> Column:
        """Whose it is."""
        role = self.entry.label if self.entry.person else ""
        name = self.name or self.entry.label
        return Column(raci.holder_of(self.entry), name, self.handle, role)


def row_of(facts: Facts, named: Sequence[Named], *, level: int = 0) -> MatrixRow:
    """A task's row, with the letters that follow from its owner and acceptor."""
    entries = [one.entry for one in named]
    behind = Behind(facts.owner.id, facts.acceptor.id, facts.leads.id)
    found = raci.duties(entries, behind)
    by_position = {
        Source.OWNER: facts.owner,
        Source.ACCEPTOR: facts.acceptor,
        Source.POSITION: facts.leads,
    }
    columns = [one.column for one in named]
    columns += [by_position[one.source].column for one in found if one.source in by_position]
    return MatrixRow(
        task=facts.task,
        key=facts.key,
        external_id=facts.external_id,
        title=facts.title,
        state=facts.state,
        level=level,
        project=facts.project,
        project_key=facts.project_key,
        columns=columns_of(columns),
        cells=_cells(found, entries),
        findings=raci.check(found),
        leads=facts.leads.name or "",
    )


def columns_of(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Each holder once, in the order of the first; with the first role that was said."""
    found: dict[Holder, Column] = {}
    for one in columns:
        known = found.setdefault(one.holder, one)
        if one.role and not known.role:
            found[one.holder] = known._replace(role=one.role)
    return tuple(found.values())


def _cells(found: Iterable[Duty], entries: Sequence[RaciEntry]) -> dict[Holder, Cell]:
    letters: dict[Holder, list[Duty]] = {}
    for one in found:
        letters.setdefault(one.holder, []).append(one)
    notes: dict[Holder, str] = {}
    for entry in entries:
        if entry.note:
            notes.setdefault(raci.holder_of(entry), entry.note)
    return {
        holder: Cell(
            letters=raci.ordered(one.letter for one in duties),
            derived=raci.ordered(one.letter for one in duties if one.source is not Source.SET),
            note=notes.get(holder, ""),
        )
        for holder, duties in letters.items()
    }
