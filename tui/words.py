"""The interface's words, in the member's language.

The English sentence in the code is the key; ``tui/locale`` holds the other languages, compiled.
For English nothing is loaded. ``Words`` is handed around, never global, so that one process can
speak two languages.
"""

import os
from collections.abc import Mapping
from datetime import datetime, time, timedelta, tzinfo
from functools import cache
from typing import TYPE_CHECKING, Final

from core.domain.text import visible
from tui.durations import lasted

if TYPE_CHECKING:
    from gettext import GNUTranslations

ENGLISH: Final = "en"
CHINESE: Final = "zh_CN"
LANGUAGES: Final[Mapping[str, str]] = {ENGLISH: "English", CHINESE: "简体中文"}
"""Known languages, each by its own name for itself."""

_LOCALE: Final = os.path.join(os.path.dirname(__file__), "locale")
_SETTINGS: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_NEAR: Final = timedelta(days=7)
_DAY: Final = 8
"""Office hours that make a working day, for those who read."""
_IN_CONTEXT: Final = "\x04"
"""What stands between context and sentence in a compiled catalogue."""


class UnknownLanguage(ValueError):
    """A configured language that duban does not speak."""

    def __init__(self, language: str) -> None:
        """Keep ``language``; ``known`` has what may stand there instead."""
        super().__init__(f"{language!r} is not one of {', '.join(LANGUAGES)}")
        self.language = language
        self.known: tuple[str, ...] = tuple(LANGUAGES)


def choose_language(configured: str = "", *, environ: Mapping[str, str] = os.environ) -> str:
    """The language to speak: ``configured``, else what the environment says, else English.

    A configured language that is not known raises ``UnknownLanguage``; one in the environment
    is passed over, since it was not set for duban.
    """
    if configured:
        if (known := _known(configured)) is None:
            raise UnknownLanguage(configured)
        return known
    wanted = next((environ[name] for name in _SETTINGS if environ.get(name)), "")
    return _known(wanted) or ENGLISH


def _known(language: str) -> str | None:
    """The known language that a name like ``zh_CN.UTF-8`` or ``zh-Hans`` stands for."""
    base = language.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")[0]
    return {"en": ENGLISH, "zh": CHINESE}.get(base.lower())


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Mark a sentence of a table for the catalogues; it is translated where it is shown."""
    return message


def NC_(context: str, message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """``N_`` for a word that other languages say otherwise in this context."""
    return f"{context}{_IN_CONTEXT}{message}"


class Words:
    """Sentences in one language.

    Facts are named in a sentence as ``{name}`` and put in as data: braces and brackets in them
    mean nothing, and what acts on a terminal is made visible.
    """

    def __init__(self, language: str = ENGLISH) -> None:
        """Speak ``language``, one of ``LANGUAGES``; raises ``UnknownLanguage`` for others."""
        if language not in LANGUAGES:
            raise UnknownLanguage(language)
        self.language = language
        self._catalogue = None if language == ENGLISH else _catalogue(language)

    def __call__(self, message: str, /, **facts: object) -> str:
        """``message`` in this language; English where its catalogue lacks it.

        Without facts nothing is put in, so that braces in ``message`` stay as they are.
        """
        if self._catalogue is not None:
            message = self._catalogue.gettext(message)
        if _IN_CONTEXT in message:  # English, or the catalogue lacks this context
            return self(message.partition(_IN_CONTEXT)[2], **facts)
        return self._filled(message, facts) if facts else message

    def ngettext(self, one: str, many: str, count: int, /, **facts: object) -> str:
        """The form for ``count`` things; ``{count}`` may be named in it."""
        if self._catalogue is not None:
            message = self._catalogue.ngettext(one, many, count)
        else:
            message = one if count == 1 else many
        return self._filled(message, {"count": count, **facts})

    def joined(self, *sentences: str) -> str:
        """Sentences one after the other; between Chinese ones stands no space."""
        gap = "" if self.language == CHINESE else " "
        return gap.join(filter(None, sentences))

    def _filled(self, message: str, facts: Mapping[str, object]) -> str:
        shown = {n: visible(fact) if isinstance(fact, str) else fact for n, fact in facts.items()}
        if self._catalogue is not None:
            for place, name, edge in _beside(message):
                if _is_latin(shown.get(name), edge):
                    message = f"{message[:place]} {message[place:]}"
        return message.format_map(shown)


@cache
def _beside(message: str) -> tuple[tuple[int, str, int], ...]:
    """Where a fact touches Chinese: the place, its name, and its first or last character.

    The last place comes first. A Latin name gets a space there, as Chinese is set.
    """
    import re

    after = re.finditer(r"(?<=[\u3400-\u9fff])\{(\w+)\}", message)
    before = re.finditer(r"\{(\w+)\}(?=[\u3400-\u9fff])", message)
    found = [(one.start(), one[1], 0) for one in after]
    found += [(one.end(), one[1], -1) for one in before]
    return tuple(sorted(found, reverse=True))


def _is_latin(fact: object, edge: int) -> bool:
    """Whether a fact has letters that are not Chinese, and such a letter or a digit at its edge.

    Figures alone, as in “3天”, stay as the sentence has them.
    """
    if not isinstance(fact, str) or not fact or not _is_letter(fact[edge]):
        return False
    return any(one.isalpha() and _is_letter(one) for one in fact)


def _is_letter(character: str) -> bool:
    return character < "\u2e80" and character.isalnum()


@cache
def _catalogue(language: str) -> "GNUTranslations":
    """The compiled catalogue of ``language``, read once."""
    from gettext import GNUTranslations

    with open(os.path.join(_LOCALE, language, "LC_MESSAGES", "duban.mo"), "rb") as compiled:
        return GNUTranslations(compiled)


def due_words(
    words: Words, due: datetime | None, *, now: datetime, zone: tzinfo, closing: time
) -> str:
    """How far off ``due`` is, for a card; empty where nothing is due.

    Days are counted on the calendar of ``zone``. Beside "today" and "tomorrow" stands the hour,
    unless it is ``closing``, when the working day ends and most work is due.
    """
    if due is None:
        return ""
    local, here = due.astimezone(zone), now.astimezone(zone)
    days = (local.date() - here.date()).days
    if due < now:
        return _overdue_words(words, lasted(due, now=now, zone=zone))
    if days > 1:
        return _later_words(words, local, here)
    day = words("tomorrow") if days else words("today")
    if local.time().replace(second=0, microsecond=0) == closing:
        return day
    return words("{day} {hour}", day=day, hour=f"{local:%H:%M}")


def _overdue_words(words: Words, late: timedelta) -> str:
    if late.days:
        return words.ngettext("overdue {count} day", "overdue {count} days", late.days)
    return words("overdue {hours} h", hours=max(1, late // timedelta(hours=1)))


def _later_words(words: Words, due: datetime, now: datetime) -> str:
    """In how many days within a week, else the day; with the year where it is another one."""
    days = (due.date() - now.date()).days
    if timedelta(days=days) <= _NEAR:
        return words.ngettext("in {count} day", "in {count} days", days)
    day = f"{due:%m-%d}" if due.year == now.year else f"{due:%Y-%m-%d}"
    return words("due {day}", day=day)


def age_words(words: Words, age: timedelta) -> str:
    """A span, in its largest whole unit up to days; see ``lasted`` for how long it is."""
    age = max(age, timedelta(0))
    if days := age // timedelta(days=1):
        return words.ngettext("{count} day", "{count} days", days)
    if hours := age // timedelta(hours=1):
        return words("{hours} h", hours=hours)
    if age < timedelta(minutes=1):
        return words("less than a minute")
    return words("{minutes} min", minutes=age // timedelta(minutes=1))


def hours_words(words: Words, span: timedelta) -> str:
    """Working days and hours, such as “2 days 3 h”; minutes only below an hour."""
    minutes = round(span / timedelta(minutes=1))
    if minutes < 60:
        return words("{minutes} min", minutes=minutes)
    days, hours = divmod(round(minutes / 60), _DAY)
    parts = [words.ngettext("{count} day", "{count} days", days)] if days else []
    parts += [words("{hours} h", hours=hours)] if hours or not days else []
    return " ".join(parts)
