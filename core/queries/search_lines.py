"""Which lines of the search index fit a question, newest first; see core.store.searching."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from peewee import SQL, Cast, NodeList, TextField, Value, fn

from core.domain.ids import PersonId
from core.domain.searching import FoundKind
from core.store.rhythm_tables import SearchTable
from core.store.searching import INDEX
from core.store.tables import Table

VIEWER, PROJECT, LIMIT = -1, -2, -3
MATCH: Final = "\0match"
LIKE: Final = "\0like"
"""Marks; see core.store.prepared. Behind LIKE stands the place of the term."""
_TAIL, _LONG_TAIL, _SHORT_TAIL = 2_000, 5_000, 500
"""Of the newest lines so many are looked at before PostgreSQL's index is asked: for one word, for
one among some of the lines, for several words."""


class _Index(Table):
    """The FTS5 table beside SearchTable."""

    rowid = TextField()
    all = TextField(column_name=INDEX)

    class Meta:
        """Name."""

        table_name = INDEX
        primary_key = False


class Shape(NamedTuple):
    """What the query for lines depends on; see core.store.prepared."""

    chosen: tuple[str, ...]
    viewer: bool
    likes: int = 0
    """How many terms each line is compared with; 0 where FTS5 answers alone."""
    phrases: tuple[int, ...] = ()
    """Which terms PostgreSQL's index does not tell for sure: those of several words."""
    project: bool = False
    recent: bool = False
    """Whether only the newest lines are looked at.

    For PostgreSQL, which would sort all that a usual word finds: among those there are enough of
    it, and what the index finds of a rarer word is soon sorted."""

    @property
    def tail(self) -> int:
        """How many of the newest lines; several words seldom stand in any of them."""
        if self.likes > 1:
            return _SHORT_TAIL
        return _LONG_TAIL if self.project or self.chosen else _TAIL


def lines(shape: Shape, *, postgres: bool) -> Any:
    """(kind, id) of the lines that fit, the one written last first."""
    query = SearchTable.select(SearchTable.kind, SearchTable.object)
    order: Any = SearchTable.id
    if not shape.likes:
        query = query.join(_Index, on=_Index.rowid == SearchTable.id)
        query = query.where(NodeList((_Index.all, SQL("MATCH"), Value(MATCH))))
        order = _Index.rowid
    elif shape.recent:
        newest = SearchTable.alias("newest")
        last = newest.select(fn.MAX(newest.id) - shape.tail)
        query = _compared(query.where(SearchTable.id > last), shape, range(shape.likes))
    elif postgres:
        query = _compared(query.where(_WORDS), shape, shape.phrases)
    else:
        query = _compared(query, shape, range(shape.likes))
    return query.where(_seen(shape)).order_by(order.desc()).limit(LIMIT)


def _seen(shape: Shape) -> Any:
    """Asked of one line after the other, and of sync entries alone."""
    from core.queries.visibility import may_see
    from core.store.rare_tables import SyncTable

    known = may_see(PersonId(VIEWER) if shape.viewer else None)
    entry = SyncTable.select(SyncTable.id).where((SyncTable.id == SearchTable.object) & known)
    return (SearchTable.kind != FoundKind.SYNC.value) | fn.EXISTS(entry)


def _compared(query: Any, shape: Shape, likes: Iterable[int]) -> Any:
    """Line by line, as an index alone does not tell which words stand beside each other."""
    if shape.chosen:
        query = query.where(SearchTable.kind.in_(shape.chosen))
    if shape.project:
        query = query.where(SearchTable.project == PROJECT)
    for place in likes:
        line = NodeList((SQL("' ' ||"), SearchTable.text, SQL("|| ' '")), parens=True)
        query = query.where(NodeList((line, SQL("LIKE"), Value(f"{LIKE}{place}"))))
    return query


_WORDS: Final = NodeList(
    (
        SQL("array_to_tsvector(string_to_array("),
        SearchTable.text,
        SQL(", ' ')) @@"),
        Cast(Value(MATCH), "tsquery"),
    )
)
"""Letter for letter the expression of PostgreSQL's index."""
