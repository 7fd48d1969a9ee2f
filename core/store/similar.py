"""Candidates that share words with a text: few, and found at the same cost in any store."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from core.domain.meetings import MeetingKind
from core.domain.searching import FoundKind
from core.store.searching import INDEX, is_fast

if TYPE_CHECKING:
    from core.store.database import Store

_NEWEST: Final = 1_000
"""Of the newest tasks so many titles are read, whatever is shared."""
_MEETINGS: Final = 500
_EACH: Final = 12
"""How many lines of the index are taken for one unit: the newest."""
_UNITS: Final = 4
"""How many units the index is asked for one by one."""
_MOST: Final = 16
_ALL: Final = 9
"""What a line that has every unit counts more."""


def tasks(store: "Store", units: Sequence[str]) -> list[int]:
    """Ids of tasks that may share most of ``units``, as core.domain.text.spaced has them.

    The newest by their titles; of all others those that the index finds.
    """
    found = dict.fromkeys(_newest(store, units))
    if store.postgres:
        found |= dict.fromkeys(_by_all(store, units))
    elif is_fast(store):
        found |= dict.fromkeys(_by_units(store, units))
    return list(found)


def _newest(store: "Store", units: Sequence[str]) -> list[int]:
    plain = [unit if unit.isascii() else unit.replace(" ", "") for unit in units]
    shared = _shared("folded", len(units), postgres=store.postgres)
    sql = (
        f"SELECT id FROM task WHERE id > (SELECT max(id) FROM task) - {_NEWEST}"  # noqa: S608
        f" ORDER BY {shared} DESC, id DESC LIMIT {_MOST}"
    )
    return [row[0] for row in store.sql(sql, plain).fetchall()]


def lessons(store: "Store", units: Sequence[str]) -> list[int]:
    """Ids of the minutes of retrospectives among the newest meetings that share ``units``."""
    shared = _shared("line.text", len(units), postgres=store.postgres)
    sql = (
        "SELECT held.id FROM meeting held"  # noqa: S608
        f" JOIN search_line line ON line.kind = '{FoundKind.MEETING.value}'"
        f" AND line.object_id = held.id WHERE held.kind = '{MeetingKind.RETRO.value}'"
        f" AND held.id > (SELECT max(id) FROM meeting) - {_MEETINGS}"
        f" ORDER BY {shared} DESC, held.id DESC LIMIT {_MOST}"
    )
    return [row[0] for row in store.sql(sql, list(units)).fetchall()]


def _shared(column: str, count: int, *, postgres: bool) -> str:
    """How many of so many texts occur in ``column``."""
    one = (
        f"CASE WHEN {'strpos' if postgres else 'instr'}({column}, {'%s' if postgres else '?'}) > 0"
    )
    return " + ".join([f"{one} THEN 1 ELSE 0 END"] * count)


def _by_units(store: "Store", units: Sequence[str]) -> list[int]:
    """By FTS5: the newest lines of some units, and those with all units."""
    phrases = [f'"{unit}"' for unit in units]
    some = phrases[:: -(-len(phrases) // _UNITS)]
    asked = [(one, 1) for one in some] + [(" AND ".join(phrases), _ALL)]
    each = " UNION ALL ".join(
        f"SELECT line, {weight} AS weight FROM (SELECT rowid AS line FROM {INDEX}"  # noqa: S608
        f" WHERE {INDEX} MATCH ? ORDER BY rowid DESC LIMIT {_EACH})"
        for _, weight in asked
    )
    sql = (
        "SELECT line.object_id FROM (SELECT line, sum(weight) AS shared"  # noqa: S608
        f" FROM ({each}) GROUP BY line ORDER BY shared DESC, line DESC LIMIT {_MOST}) best"
        f" JOIN search_line line ON line.id = best.line AND line.kind = '{FoundKind.TASK.value}'"
    )
    kind = FoundKind.TASK.value
    values = [f'kind : "{kind}" AND text : ({words})' for words, _ in asked]
    return [row[0] for row in store.sql(sql, values).fetchall()]


def _by_all(store: "Store", units: Sequence[str]) -> list[int]:
    """By PostgreSQL's index: the newest tasks with all words of all units."""
    tokens = dict.fromkeys(token for unit in units for token in unit.split())
    match = " & ".join(f"'{token}'" for token in tokens)
    sql = (
        "SELECT object_id FROM search_line"  # noqa: S608
        " WHERE array_to_tsvector(string_to_array(text, ' ')) @@ %s::tsquery"
        f" AND kind = '{FoundKind.TASK.value}' ORDER BY id DESC LIMIT {_EACH}"
    )
    return [row[0] for row in store.sql(sql, [match]).fetchall()]
