"""The words of the matrix of responsibilities: letters, findings, and who somebody is in it."""

from collections.abc import Iterable, Mapping
from typing import Final

from core.domain.duties import Letter
from core.policies.raci import Finding
from core.queries.raci_rows import Cell, Column, MatrixRow
from tui.words import N_, Words

LETTERS: Final[Mapping[Letter, str]] = {
    Letter.RESPONSIBLE: N_("does it"),
    Letter.ACCOUNTABLE: N_("answers for it"),
    Letter.CONSULTED: N_("is asked"),
    Letter.INFORMED: N_("is told"),
}
"""What each letter means (R54)."""

FINDINGS: Final[Mapping[Finding, str]] = {
    Finding.WITHOUT_A: N_("no A"),
    Finding.SEVERAL_A: N_("several A"),
    Finding.WITHOUT_R: N_("no R"),
}
"""In a column of the matrix."""

MARK: Final = "!"
"""Goes before what is wrong."""
FOLLOWS: Final = "*"
"""Stands behind letters that nobody set."""


def legend(words: Words) -> str:
    """All letters with their meaning."""
    return " · ".join(f"{letter.value} {words(said)}" for letter, said in LETTERS.items())


def letters_word(words: Words, letters: Iterable[Letter]) -> str:
    """What these letters say, in words."""
    between = "、" if words.language == "zh_CN" else ", "
    return between.join(words(LETTERS[one]) for one in letters)


def cell_word(cell: Cell) -> str:
    """A cell as the guides write it, a star behind letters that follow: ``R*/C(审批)``."""
    said = "/".join(f"{one.value}{FOLLOWS * (one in cell.derived)}" for one in cell.letters)
    return f"{said}({cell.note})" if cell.note else said


def name_of(column: Column) -> str:
    """A person or a role, as a column is headed."""
    return f"{column.name} · {column.role}" if column.role else column.name


def found_words(words: Words, row: MatrixRow) -> str:
    """What is wrong with a task, in two or three words; empty if nothing is."""
    return ", ".join(words(FINDINGS[one]) for one in row.findings)


def found_sentence(words: Words, row: MatrixRow) -> str:
    """The same with who is meant, and who accepts where nobody is A."""
    return "; ".join(_sentence(words, row, one) for one in row.findings)


def _sentence(words: Words, row: MatrixRow, finding: Finding) -> str:
    if finding is Finding.SEVERAL_A:
        names = (
            one.name for one in row.columns if Letter.ACCOUNTABLE in row.cell(one.holder).letters
        )
        between = "、" if words.language == "zh_CN" else ", "
        return words("more than one is A: {names}", names=between.join(names))
    if finding is Finding.WITHOUT_A and row.leads:
        return words("nobody is A; {person} accepts by position", person=row.leads)
    return words("nobody is A") if finding is Finding.WITHOUT_A else words("nobody is R")
