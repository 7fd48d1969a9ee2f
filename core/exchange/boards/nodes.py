"""Values of JSON files by name, whatever stands there: what has another shape is a doubt."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from math import isfinite
from typing import Final, TypeVar

from core.exchange.boards.findings import SHOWN, Findings
from core.exchange.cells import plain
from core.exchange.reading import clean
from core.exchange.reading.clean import Reading
from core.exchange.reading.dates import FIRST, LAST

_NOTHING: Final[Mapping[str, object]] = {}
_COMPACT: Final = "%Y%m%dT%H%M%SZ"
Value = TypeVar("Value")


class Node:
    """One object of a JSON file; a missing value, and null, are empty."""

    def __init__(self, value: Mapping[str, object], *, path: str, findings: Findings) -> None:
        self._value = value
        self.path = path
        """Like ``cards[3]``; empty for the whole file."""
        self.findings = findings

    def names(self) -> tuple[str, ...]:
        """The names of its values."""
        return tuple(self._value)

    def raw(self, key: str) -> object:
        """The value as it stands there."""
        return self._value.get(key)

    def at(self, key: str) -> str:
        """The path of a value."""
        return f"{self.path}.{key}" if self.path else key

    def doubt(self, key: str, code: str, *, read_as: str = "") -> None:
        """Note that the value of ``key`` is doubtful."""
        shown = _shown(self.raw(key))
        self.findings.doubt(code, cell=self.at(key), value=shown, read_as=read_as)

    def line(self, key: str) -> str:
        """The value as one clean line."""
        return self._clean(key, clean.line(self.text(key)))

    def lines(self, key: str) -> str:
        """The value as clean text of several lines."""
        return self._clean(key, clean.lines(self.text(key)))

    def _clean(self, key: str, reading: Reading[str]) -> str:
        for code in reading.doubts:
            self.doubt(key, code, read_as=reading.value)
        return reading.value

    def text(self, key: str) -> str:
        """The value as written; a number is doubtful, but as good as a text."""
        value = self.raw(key)
        if value is None or isinstance(value, str):
            return value or ""
        text = plain(value) if isinstance(value, int | float) and _is_number(value) else ""
        self.doubt(key, "wrong-shape", read_as=text)
        return text

    def word(self, key: str) -> str:
        """The value if it is a text, to be compared; empty if it is anything else."""
        value = self.raw(key)
        return value if isinstance(value, str) else ""

    def flag(self, key: str) -> bool:
        """The value as yes or no; no where nothing stands."""
        return bool(self._shaped(key, bool))

    def number(self, key: str) -> float:
        """The value as a number; 0 where nothing stands. Trello's ``"top"`` is no doubt."""
        value = self.raw(key)
        return float(value) if isinstance(value, int | float) and _is_number(value) else 0.0

    def child(self, key: str) -> "Node":
        """The object under ``key``; an empty one if there is none."""
        value = self._shaped(key, dict)
        return Node(value or _NOTHING, path=self.at(key), findings=self.findings)

    def items(self, key: str) -> "Iterator[tuple[int, Node]]":
        """The objects in the list under ``key``, with their places from 0."""
        yield from objects(self._shaped(key, list) or [], self.at(key), self.findings)

    def count(self, key: str) -> int:
        """How many values the list under ``key`` has."""
        value = self.raw(key)
        return len(value) if isinstance(value, list) else 0

    def words(self, key: str) -> tuple[str, ...]:
        """The texts in the list under ``key``, each clean and once."""
        listed = self._shaped(key, list) or []
        texts = [clean.line(one).value for one in listed if isinstance(one, str)]
        if len(texts) < len(listed):
            self.doubt(key, "wrong-shape", read_as="、".join(texts))
        return tuple(dict.fromkeys(filter(None, texts)))

    def _shaped(self, key: str, shape: type[Value]) -> Value | None:
        value = self.raw(key)
        if value is None or isinstance(value, shape):
            return value
        self.doubt(key, "wrong-shape")
        return None

    def instant(self, key: str) -> datetime | None:
        """The moment under ``key``: ISO 8601 with its offset, or ``20231015T000000Z``."""
        text = self.text(key).strip()
        if not text:
            return None
        moment = _moment(text)
        if moment is None:
            self.doubt(key, "date-unreadable")
        return moment

    def day(self, key: str, *, zone: tzinfo) -> date | None:
        """The day of the moment under ``key`` in ``zone``; a time of day is a doubt."""
        moment = self.instant(key)
        if moment is None:
            return None
        local = local_time(moment, zone)
        if local is None or not FIRST <= local.date() <= LAST:
            self.doubt(key, "date-out-of-range")
            return None
        if local.time() >= time(0, 1):
            self.doubt(key, "time-dropped", read_as=local.date().isoformat())
        return local.date()


def objects(listed: list[object], path: str, findings: Findings) -> Iterator[tuple[int, Node]]:
    """The objects of a list at ``path``; whatever else it holds is a doubt."""
    for place, one in enumerate(listed):
        here = f"{path}[{place}]"
        if isinstance(one, dict):
            yield place, Node(one, path=here, findings=findings)
        else:
            findings.doubt("wrong-shape", cell=here, value=_shown(one))


def _moment(text: str) -> datetime | None:
    try:
        if text.endswith("Z") and len(text) == 16 and "-" not in text:
            return datetime.strptime(text, _COMPACT).replace(tzinfo=UTC)
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def local_time(moment: datetime, zone: tzinfo) -> datetime | None:
    """``moment`` as clocks in ``zone`` show it; None beyond the calendar's ends."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return None


def _is_number(value: int | float) -> bool:
    return not isinstance(value, bool) and isfinite(value)


def _shown(value: object) -> str:
    """The start of ``value`` in one line; of lists and objects only what they are."""
    if isinstance(value, list | dict):
        return f"[{len(value)}]" if isinstance(value, list) else f"{{{len(value)}}}"
    return clean.line(str(value)[:SHOWN]).value
