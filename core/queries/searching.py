"""Finds words in tasks, updates, issues, sync entries and minutes, newest first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from peewee import JOIN, SQL, Cast, NodeList, TextField, Value, fn

from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.searching import FIELDS, FoundKind
from core.domain.status import State
from core.queries.words import (
    Place,
    Term,
    first_place,
    like,
    places,
    postgres_match,
    sqlite_match,
    terms,
)
from core.store import prepared, rows
from core.store.registry import table_named
from core.store.rhythm_tables import SearchTable
from core.store.searching import INDEX, is_fast
from core.store.tables import PersonTable, ProjectTable, Table, TaskTable

if TYPE_CHECKING:
    from core.store.database import Store

_BEFORE: Final = 16
_AFTER: Final = 100
"""Characters of a snippet before and after its first hit."""
_RECORDS: Final = {
    FoundKind.TASK: ("Task", "title", "created", "owner"),
    FoundKind.UPDATE: ("ProgressUpdate", "", "at", "person"),
    FoundKind.ISSUE: ("Issue", "title", "reported", "reporter"),
    FoundKind.SYNC: ("SyncEntry", "topic", "at", "author"),
    FoundKind.MEETING: ("Meeting", "topic", "at", "author"),
}
"""Name of the record; the fields that are its title (an update's is its task's), when it was
written down, and by whom."""
ELLIPSIS: Final = "…"
_TAIL: Final = 2_000
_VIEWER, _PROJECT, _LIMIT = -1, -2, -3
_FIRST: Final = -10
"""Marks; see core.store.prepared. Those of ids go down from _FIRST."""
_MATCH: Final = "\0match"
_LIKE: Final = "\0like"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One record in which all words occur."""

    kind: FoundKind
    id: int
    task: TaskId | None
    """What it belongs to; itself, if it is a task."""
    key: str
    """The task's or issue's; empty for what belongs to no task."""
    title: str
    title_places: tuple[Place, ...]
    snippet: str
    """A piece of another field with a hit in it, on one line; empty if the title has them all."""
    places: tuple[Place, ...]
    """The hits in ``snippet``."""
    project: ProjectId
    project_key: str
    time_zone: str
    """The project's, by name."""
    person: str
    """Who wrote it; a task's owner. Empty for nobody."""
    day: date | None
    """The day that it tells of; None for tasks and issues."""
    when: datetime
    """When it was written down; UTC."""
    state: State | None
    """The task's; None for what belongs to no task."""

    @property
    def ended(self) -> bool:
        """Whether its task is archived or cancelled."""
        return self.state in {State.ARCHIVED, State.CANCELLED}


class _Index(Table):
    """The FTS5 table beside SearchTable."""

    rowid = TextField()
    all = TextField(column_name=INDEX)

    class Meta:
        """Name."""

        table_name = INDEX
        primary_key = False


def search(
    store: "Store",
    words: str,
    *,
    viewer: PersonId | None,
    project: ProjectId | None = None,
    kinds: Collection[FoundKind] = (),
    limit: int = 50,
) -> tuple[Hit, ...]:
    """The newest records in which every word occurs; nothing for a question without words.

    A word of letters is found whole or by its beginning, from two letters on, a Chinese one
    anywhere; what stands in quotation marks is one phrase. Sync entries that ``viewer`` may not
    see are neither found nor counted. ``kinds``: only these; all if empty.
    """
    asked = terms(words)
    if not asked:
        return ()
    values: dict[Any, Any] = {_VIEWER: viewer, _PROJECT: project, _LIMIT: limit}
    shape = _Shape(chosen=tuple(sorted(kind.value for kind in kinds)), viewer=viewer is not None)
    if store.postgres or not is_fast(store):
        values |= {f"{_LIKE}{place}": like(one) for place, one in enumerate(asked)}
        values[_MATCH] = postgres_match(asked)
        shape = shape._replace(likes=len(asked), project=project is not None)
    else:
        values[_MATCH] = sqlite_match(asked, kinds=shape.chosen, project=project)
        shape = shape._replace(chosen=())
    found: list[tuple[Any, ...]] = []
    if store.postgres:
        found = _asked(store, shape._replace(recent=True), values)
    if len(found) < limit:
        found = _asked(store, shape, values)
    return _told(store, asked, [(FoundKind(kind), number) for kind, number in found])


def _asked(store: "Store", shape: "_Shape", values: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
    return prepared.rows(store, shape, lambda: _lines(shape, postgres=store.postgres), values)


class _Shape(NamedTuple):
    """What the query for lines depends on; see core.store.prepared."""

    chosen: tuple[str, ...]
    viewer: bool
    likes: int = 0
    """How many terms each line is compared with; 0 where FTS5 answers alone."""
    project: bool = False
    recent: bool = False
    """Whether only the newest _TAIL lines are looked at.

    For PostgreSQL, which would sort all that a usual word finds: among those there are enough of
    it, and what the index finds of a rarer word is soon sorted."""


def _lines(shape: _Shape, *, postgres: bool) -> Any:
    """(kind, id) of the lines that fit, the one written last first."""
    from core.queries.visibility import may_see
    from core.store.rare_tables import SyncTable

    query = SearchTable.select(SearchTable.kind, SearchTable.object)
    order: Any = SearchTable.id
    if shape.likes:
        query = _compared(query, shape)
        if shape.recent:
            newest = SearchTable.alias("newest")
            last = newest.select(fn.MAX(newest.id) - _TAIL)
            query = query.where(SearchTable.id > last)
        elif postgres:
            query = query.where(_WORDS)
    else:
        query = query.join(_Index, on=_Index.rowid == SearchTable.id)
        query = query.where(NodeList((_Index.all, SQL("MATCH"), Value(_MATCH))))
        order = _Index.rowid
    is_sync = SearchTable.kind == FoundKind.SYNC.value
    on = is_sync & (SyncTable.id == SearchTable.object)
    query = query.switch(SearchTable).join(SyncTable, JOIN.LEFT_OUTER, on=on)
    seen = may_see(PersonId(_VIEWER) if shape.viewer else None)
    return query.where(~is_sync | seen).order_by(order.desc()).limit(_LIMIT)


def _compared(query: Any, shape: _Shape) -> Any:
    """Line by line, as an index alone does not tell which words stand beside each other."""
    for place in range(shape.likes):
        line = NodeList((SQL("' ' ||"), SearchTable.text, SQL("|| ' '")), parens=True)
        query = query.where(NodeList((line, SQL("LIKE"), Value(f"{_LIKE}{place}"))))
    if shape.chosen:
        query = query.where(SearchTable.kind.in_(shape.chosen))
    if shape.project:
        query = query.where(SearchTable.project == _PROJECT)
    return query


_WORDS: Final = NodeList(
    (
        SQL("array_to_tsvector(string_to_array("),
        SearchTable.text,
        SQL(", ' ')) @@"),
        Cast(Value(_MATCH), "tsquery"),
    )
)
"""Letter for letter the expression of PostgreSQL's index."""


def _told(
    store: "Store", asked: Sequence[Term], found: Sequence[tuple[FoundKind, int]]
) -> tuple[Hit, ...]:
    """The hits in the order of ``found``; one statement for each kind among them."""
    hits: dict[tuple[FoundKind, int], Hit] = {}
    for kind in dict.fromkeys(kind for kind, _ in found):
        numbers = [number for each, number in found if each is kind]
        marks = range(_FIRST, _FIRST - len(numbers), -1)
        made = prepared.rows(
            store,
            ("found", kind, len(numbers)),
            lambda kind=kind, marks=marks: _records(kind, list(marks)),  # type: ignore[misc]
            dict(zip(marks, numbers, strict=True)),
        )
        hits |= {(kind, row[0]): _hit(kind, row, asked) for row in made}
    return tuple(hits[one] for one in found if one in hits)


@cache
def _columns(kind: FoundKind) -> tuple[Any, ...]:
    """As ``_hit`` reads them, the searched ones last."""
    name, _, when, _ = _RECORDS[kind]
    fields = rows.fields_of(table_named(name))
    return (
        *(fields["id"], TaskTable.id, TaskTable.key, TaskTable.title, TaskTable.state),
        *(ProjectTable.id, ProjectTable.key, ProjectTable.time_zone),
        *(PersonTable.name, fields[when]),
        *((fields["day"],) if "day" in fields else ()),
        *(fields[one] for one in FIELDS[kind]),
    )


@cache
def _reading(kind: FoundKind) -> rows.Reading:
    return rows.Reading(_columns(kind))


def _records(kind: FoundKind, numbers: Sequence[int]) -> Any:
    name, _, _, person = _RECORDS[kind]
    table: Any = table_named(name)
    fields = rows.fields_of(table)
    query = table.select(*_columns(kind))
    project: Any = TaskTable.project
    if kind is not FoundKind.TASK:
        query = query.join(TaskTable, JOIN.LEFT_OUTER, on=table.task == TaskTable.id)
        project = fields.get("project", project)
    query = query.switch(table).join(ProjectTable, on=project == ProjectTable.id)
    query = query.switch(table).join(
        PersonTable, JOIN.LEFT_OUTER, on=fields[person] == PersonTable.id
    )
    return query.where(table.id.in_(numbers))


def _hit(kind: FoundKind, row: Sequence[Any], asked: Sequence[Term]) -> Hit:
    values = _reading(kind).values(row)
    number, task, key, title, state, project, project_key, zone, person, when, *texts = values
    day = texts.pop(0) if len(texts) > len(FIELDS[kind]) else None
    fields = dict(zip(FIELDS[kind], texts, strict=True))
    title = fields.pop(_RECORDS[kind][1], title)
    key = fields.pop("key", key)
    own = kind is not FoundKind.UPDATE
    missing = [one for one in asked if not (own and first_place(title, one))]
    snippet, found = _snippet(list(fields.values()), missing)
    return Hit(
        kind=kind,
        id=number,
        task=task,
        key=key or "",
        title=title,
        title_places=places(title, asked) if own else (),
        snippet=snippet,
        places=found,
        project=project,
        project_key=project_key,
        time_zone=zone,
        person=person or "",
        day=day,
        when=when,
        state=state,
    )


def _snippet(texts: Sequence[str], missing: Sequence[Term]) -> tuple[str, tuple[Place, ...]]:
    """A piece of the text that has the most of ``missing``, and the places in it."""
    best, most, start = "", 0, 0
    for text in texts:
        found = [one for term in missing if (one := first_place(text, term)) is not None]
        if len(found) > most:
            best, most, start = text, len(found), min(place.start for place in found)
    if not most:
        return "", ()
    begin = max(start - _BEFORE, 0)
    piece = " ".join(best[begin : start + _AFTER].replace("\n", " ").split())
    piece = f"{ELLIPSIS if begin else ''}{piece}{ELLIPSIS if start + _AFTER < len(best) else ''}"
    return piece, places(piece, missing)
