"""Responsibilities by letter: what counts of a task's row (R54), what is wrong with it (R142)."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from core.domain.duties import Letter, RaciEntry
from core.domain.ids import PersonId


class Source(StrEnum):
    """Where a letter comes from."""

    SET = "set"
    OWNER = "owner"
    """R of whoever owns the task, where no R was set."""
    ACCEPTOR = "acceptor"
    """A of whoever the task names as its acceptor, where no A was set."""
    POSITION = "position"
    """A of whoever leads, and only of a task for which nothing at all was set."""


class Finding(StrEnum):
    """What a row lacks, or has too much of."""

    WITHOUT_A = "without-a"
    SEVERAL_A = "several-a"
    WITHOUT_R = "without-r"


class Holder(NamedTuple):
    """Whose a letter is: a person's, else a role's by its name."""

    person: PersonId | None = None
    label: str = ""
    """Empty where ``person`` is given, whatever role they have it in."""


class Duty(NamedTuple):
    """A letter that counts."""

    holder: Holder
    letter: Letter
    source: Source = Source.SET


class Behind(NamedTuple):
    """Who has a task by its own fields; what was not set follows from them."""

    owner: PersonId | None = None
    acceptor: PersonId | None = None
    """Only if the task names them."""
    leads: PersonId | None = None
    """Who accepts by position."""


def holder_of(entry: RaciEntry) -> Holder:
    """Whose letter it is."""
    return Holder(label=entry.label) if entry.person is None else Holder(entry.person)


def duties(entries: Iterable[RaciEntry], behind: Behind) -> tuple[Duty, ...]:
    """The letters of one task: those that were set, each once, then those that follow."""
    found = [Duty(holder, letter) for holder, letter in _each(entries)]
    said = {one.letter for one in found}
    is_set = bool(found)
    if behind.owner is not None and Letter.RESPONSIBLE not in said:
        found.append(Duty(Holder(behind.owner), Letter.RESPONSIBLE, Source.OWNER))
    if Letter.ACCOUNTABLE not in said:
        if behind.acceptor is not None:
            found.append(Duty(Holder(behind.acceptor), Letter.ACCOUNTABLE, Source.ACCEPTOR))
        elif behind.leads is not None and not is_set:
            found.append(Duty(Holder(behind.leads), Letter.ACCOUNTABLE, Source.POSITION))
    return tuple(found)


def _each(entries: Iterable[RaciEntry]) -> Iterable[tuple[Holder, Letter]]:
    """A person who took another's place may have a letter twice."""
    return dict.fromkeys((holder_of(one), one.letter) for one in entries)


def check(entries: Iterable[Duty]) -> tuple[Finding, ...]:
    """What is wrong with the letters of one task: exactly one A is right, and at least one R."""
    letters = [letter for _, letter in dict.fromkeys((one.holder, one.letter) for one in entries)]
    found = []
    if Letter.ACCOUNTABLE not in letters:
        found.append(Finding.WITHOUT_A)
    if letters.count(Letter.ACCOUNTABLE) > 1:
        found.append(Finding.SEVERAL_A)
    if Letter.RESPONSIBLE not in letters:
        found.append(Finding.WITHOUT_R)
    return tuple(found)


def ordered(letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Each once, in the order R, A, C, I."""
    given = set(letters)
    return tuple(one for one in Letter if one in given)


def written(letters: Iterable[Letter], note: str = "") -> str:
    """As the guides write a cell: ``R/A(审批)``; empty for no letters."""
    said = "/".join(one.value for one in letters)
    return f"{said}({note})" if note and said else said
