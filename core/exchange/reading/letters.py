"""Letters of RACI as people write them into cells: ``A(审批)``, ``R/A``, ``C：提供数据``."""

import re
from typing import Final, NamedTuple

from core.domain.duties import Letter
from core.exchange.cells import Value, plain
from core.exchange.reading import clean
from core.exchange.reading.parse import NOBODY
from core.policies.raci import ordered

_LONGEST: Final = 2_000
_HALF: Final = {ord(one) + 0xFEE0: one for one in "RACIraci()/,;:|&+"}
_SIGNS: Final = " \t\r\n/、,;|&+"
_LETTERS: Final = re.compile(r"[RACI](?:[\s/、,;|&+]*[RACI])*(?![A-Z0-9])", re.IGNORECASE)
_BETWEEN: Final = "; "
_WORDS: Final = {
    "执行 执行者 执行人 responsible": Letter.RESPONSIBLE,
    "审批 审批人 负责 负责人 批准 accountable": Letter.ACCOUNTABLE,
    "咨询 咨询者 被咨询 consulted": Letter.CONSULTED,
    "知情 知情人 告知 被告知 informed": Letter.INFORMED,
}
_BY_WORD: Final = {word: letter for words, letter in _WORDS.items() for word in words.split()}


class Letters(NamedTuple):
    """What a cell says somebody is."""

    letters: tuple[Letter, ...] = ()
    note: str = ""


def is_lettered(text: str) -> bool:
    """Whether ``text`` begins with letters; words such as 执行人 name a role as well."""
    return _LETTERS.match(text.translate(_HALF)) is not None


def read_letters(value: Value) -> Letters | None:
    """The letters of a cell and their note; none for ``-``, and None for what is no letter."""
    text = plain(value).strip()[:_LONGEST]
    if text.lower() in NOBODY:
        return Letters()
    if (letter := _BY_WORD.get(text.lower())) is not None:
        return Letters((letter,))
    letters: list[Letter] = []
    notes: list[str] = []
    rest = text if text.isascii() else text.translate(_HALF)
    while match := _LETTERS.match(rest):
        letters += (Letter(one) for one in match.group().upper() if one.isalpha())
        note, rest = _note(rest[match.end() :].strip())
        notes += filter(None, [clean.line(note).value])
    if not letters:
        return None
    return Letters(ordered(letters), clean.line(_BETWEEN.join(dict.fromkeys(notes))).value)


def _note(text: str) -> tuple[str, str]:
    """What is said of the letters before, and where other letters go on."""
    end = _closing(text)
    after = text[end + 1 :].lstrip(_SIGNS)
    if end and (not after or _LETTERS.match(after)):
        return text[1:end], after
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1], ""
    return text.lstrip(":-—– "), ""


def _closing(text: str) -> int:
    """Where the bracket closes with which ``text`` begins; 0 if it begins with none."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return at
    return 0
