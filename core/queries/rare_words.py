"""Which tasks a board's filter can show, where the search index tells it sooner than a look."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from core.domain.searching import FoundKind
from core.domain.text import SINGLE, fold
from core.queries.words import Term, sqlite_match
from core.store.searching import INDEX, is_fast
from core.store.tables import PersonTable

if TYPE_CHECKING:
    from core.store.database import Store

FEW: Final = 200
"""A word that more tasks have is soon met among the cards."""


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(f"[{SINGLE}]+")


def tasks_with(store: "Store", words: str) -> tuple[int, ...] | None:
    """The FEW tasks at most that can have every word of a filter; None if that is not known.

    Only Chinese words are asked for: the index finds them wherever they stand, as a filter does,
    and letters only at the beginning of a word. The filter itself still decides.
    """
    asked = [word for word in words.split() if _whole().fullmatch(fold(word))]
    if not asked or store.postgres or not is_fast(store):
        return None
    for word in asked:
        if not _is_somebody(store, word):
            found = _found(store, word)
            if len(found) <= FEW:
                return found
    return None


def _is_somebody(store: "Store", word: str) -> bool:
    """Whether it occurs in a name or a handle: their tasks are shown for that."""
    named = PersonTable.name.contains(word) | PersonTable.handle.contains(word.casefold())
    return store.row(PersonTable.select(PersonTable.id).where(named).limit(1)) is not None


def _found(store: "Store", word: str) -> tuple[int, ...]:
    term = Term(tuple(fold(word)), begins=False)
    match: Any = sqlite_match([term], kinds=[FoundKind.TASK.value], project=None)
    sql = (
        f"SELECT line.object_id FROM {INDEX} JOIN search_line line ON line.id = {INDEX}.rowid"  # noqa: S608
        f" WHERE {INDEX} MATCH ? LIMIT {FEW + 1}"
    )
    store.settle()
    return tuple(row[0] for row in store.sql(sql, (match,)).fetchall())
