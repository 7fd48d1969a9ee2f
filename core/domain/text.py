"""Text from people: what may be stored, how it is shown, how it is compared.

Three moments, three kinds of function. ``clean_line`` and ``clean_text`` stand at every way in
and refuse what no field may hold. ``visible`` stands before every drawing, because a store can
hold older or foreign text: it never refuses, it makes the hidden seen. ``fold`` is for search
and lookup only; its result is never shown.
"""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE_LIMIT: Final = 500
"""Code points a title or another one-line field may have."""

TEXT_LIMIT: Final = 10_000
"""Code points a description or another long field may have."""

_JOINERS: Final = "\u200c\u200d"
_ZERO_WIDTH_JOINER: Final = "\u200d"
_EMOJI_SELECTOR: Final = "\ufe0f"  # one cell to a terminal, two to Rich: rows would shift
_FILLERS: Final = "\u115f\u1160\u3164\uffa0"  # letters by category, yet nothing is drawn
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_UNSEEN: Final = _HIDDEN | {"Mn", "Me", "Zs"}
_BREAKS: Final = str.maketrans(dict.fromkeys("\x0b\x0c\u2028\u2029", "\n"))
_TAB_CELLS: Final = 4


class UnsafeText(ValueError):
    """Text that no field may hold.

    ``reason`` is one of ``control``, ``surrogate``, ``nul``, ``too-long`` and ``empty``;
    ``facts`` has ``code_point`` and ``position`` (from 0, in the text as given) for the first
    three, ``length`` and ``limit`` (code points) for ``too-long``, and is empty for ``empty``.
    """

    def __init__(self, reason: str, **facts: str | int) -> None:
        """Keep ``reason`` and ``facts`` for the sentence that an interface makes of them."""
        super().__init__(reason)
        self.reason = reason
        self.facts: Mapping[str, str | int] = facts


def is_hidden(character: str) -> bool:
    """Whether ``character`` would act on a terminal, or be there without being seen.

    Controls (newline and tab too), surrogates, line separators, bidi controls, zero-width and
    other format characters, Hangul fillers. The two joiners are not: scripts and emoji need them.
    """
    if character in _JOINERS:
        return False
    return character in _FILLERS or unicodedata.category(character) in _HIDDEN


def _mark(code: int) -> str:
    """What is drawn for one code point; most are drawn as they are."""
    character = chr(code)
    if character == _EMOJI_SELECTOR:
        return ""
    if not is_hidden(character):
        return character
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"


class _Marks(dict[int, str]):
    """Drawn text by code point, found once each."""

    def __missing__(self, code: int) -> str:
        self[code] = drawn = _mark(code)
        return drawn


_MARKS: Final = _Marks()


def visible(text: str) -> str:
    """``text`` as it may be drawn on one line: nothing in it acts, nothing in it hides.

    C0 and DEL become control pictures (``␛``), other hidden characters marks (``<U+202E>``);
    U+FE0F is dropped. A zero-width joiner stays inside an emoji and is dropped elsewhere, where
    terminals disagree with Rich about widths. Applying it twice changes nothing.
    """
    if text.isprintable() and not _has_odd_letters(text):
        return text
    drawn = text.translate(_MARKS)
    return _joined_emoji_only(drawn) if _ZERO_WIDTH_JOINER in drawn else drawn


def visible_lines(text: str) -> tuple[str, ...]:
    """The lines of a long text, each as ``visible`` draws it; none for an empty text."""
    return tuple(visible(line) for line in text.split("\n")) if text else ()


def _has_odd_letters(text: str) -> bool:
    """Whether printable ``text`` holds one of the few that ``isprintable`` lets pass."""
    if text.isascii():
        return False
    return _EMOJI_SELECTOR in text or any(filler in text for filler in _FILLERS)


def _joined_emoji_only(text: str) -> str:
    """``text`` without the zero-width joiners that do not stand between two symbols."""
    head, *rest = text.split(_ZERO_WIDTH_JOINER)
    parts = [head]
    for piece in rest:
        if _is_symbol(parts[-1][-1:]) and _is_symbol(piece[:1]):
            parts.append(_ZERO_WIDTH_JOINER)
        parts.append(piece)
    return "".join(parts)


def _is_symbol(character: str) -> bool:
    return bool(character) and unicodedata.category(character) in {"So", "Sk", "Sm"}


def clean_line(text: str, *, limit: int = LINE_LIMIT) -> str:
    """``text`` as a one-line field stores it: NFC, trimmed, every run of white space one space.

    Bidi and zero-width characters are kept: people may need them, and ``visible`` shows them.
    Raises ``UnsafeText`` for controls, NUL, lone surrogates, and text that is too long (after
    cleaning) or that would show nothing at all.
    """
    _refuse_controls(text)
    cleaned = _composed(" ".join(text.split()), limit)
    if all(map(_is_unseen, cleaned)):
        raise UnsafeText("empty")
    return cleaned


def clean_text(text: str, *, limit: int = TEXT_LIMIT) -> str:
    """``text`` as a long field stores it: NFC, one newline between lines, tabs made spaces.

    Spaces at line ends and blank lines around the text go; an empty text is allowed and stays
    empty. Raises ``UnsafeText`` as ``clean_line`` does, except ``empty``.
    """
    _refuse_controls(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS).split("\n")
    return _composed("\n".join(line.expandtabs(_TAB_CELLS).rstrip() for line in lines), limit)


def _refuse_controls(text: str) -> None:
    """Refuse what neither kind of field may hold; white-space controls are let through."""
    if text.isprintable():
        return
    for position, character in enumerate(text):
        if reason := _refusal(character):
            raise UnsafeText(reason, code_point=f"U+{ord(character):04X}", position=position)


def _refusal(character: str) -> str | None:
    """Why ``character`` may not be stored; None when it may."""
    if character == "\0":
        return "nul"
    if character.isprintable() or character in "\t\n\v\f\r":
        return None
    return {"Cc": "control", "Cs": "surrogate"}.get(unicodedata.category(character))


def _composed(text: str, limit: int) -> str:
    """``text`` in NFC without emoji selectors and outer white space; refuses ``too-long``."""
    stripped = text.replace(_EMOJI_SELECTOR, "").strip()
    # Composing a long run of combining marks is quadratic, so a text twice too long never is.
    composed = stripped if len(stripped) > 2 * limit else unicodedata.normalize("NFC", stripped)
    if len(composed) > limit:
        raise UnsafeText("too-long", length=len(composed), limit=limit)
    return composed


def _is_unseen(character: str) -> bool:
    return character in _FILLERS or unicodedata.category(character) in _UNSEEN


def fold(text: str) -> str:
    """``text`` as search and lookup compare it: width, case, spacing and hidden marks ignored.

    Full-width and half-width forms are equal, so are ``ß`` and ``SS``. Never shown or stored as
    a field.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    if not text.isprintable() or _EMOJI_SELECTOR in text:
        text = "".join(character for character in text if not _is_ignored(character))
    caseless = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(caseless.split())


def _is_ignored(character: str) -> bool:
    return character == _EMOJI_SELECTOR or unicodedata.category(character) == "Cf"


BREAK: Final = "¦"
"""What stands in ``spaced`` text where signs stood; nobody can type it as a word."""

_LONGEST_WORD: Final = 64
_RANGES: Final = (
    *((0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3040, 0x30FF), (0x3105, 0x312F)),
    *((0x31A0, 0x31FF), (0x3400, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)),
)
SINGLE: Final = "".join(f"{chr(first)}-{chr(last)}" for first, last in _RANGES)
"""Characters that are words of their own, as a regular expression's set has them."""


class _Parts(dict[int, str]):
    """What becomes of each code point of a folded text; found once each."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if not sign.isalnum():
            part = " " if sign.isspace() else f" {BREAK} "
        elif any(first <= code <= last for first, last in _RANGES):
            part = f" {sign} "
        else:
            part = sign
        self[code] = part
        return part


_PARTS: Final = _Parts()


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(r"(\d+)")


def spaced(text: str) -> str:
    """``text`` as it is searched: folded, its words parted by single spaces.

    Each CJK character is a word of its own, so that a phrase of them finds any part of a
    Chinese text; digits and letters part too (``OPS001`` is ``ops 001``). Signs between words
    become one BREAK. Both what is stored and what is asked for go through here.
    """
    words = _digits().sub(r" \1 ", fold(text).translate(_PARTS)).split()
    if BREAK in words:
        pairs = zip(words, ["", *words], strict=False)
        words = [word for word, before in pairs if not word == before == BREAK]
    if max(map(len, words), default=0) > _LONGEST_WORD:
        words = [piece for word in words for piece in _pieces(word)]
    return " ".join(words)


def _pieces(word: str) -> list[str]:
    """A word without end would be too long for an index."""
    return [word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD)]
