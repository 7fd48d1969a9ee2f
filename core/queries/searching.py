"""Finds words in tasks, updates, issues, sync entries and minutes, newest first."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from peewee import JOIN

from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.searching import FIELDS, FoundKind
from core.domain.status import State
from core.queries.by_ids import among_ids, rows_of
from core.queries.search_lines import LIKE, LIMIT, MATCH, PROJECT, VIEWER, Shape, lines
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
from core.records import dataclass
from core.store import prepared, rows
from core.store.registry import table_named
from core.store.searching import is_fast
from core.store.tables import PersonTable, ProjectTable, TaskTable

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
    values: dict[Any, Any] = {VIEWER: viewer, PROJECT: project, LIMIT: limit}
    shape = Shape(chosen=tuple(sorted(kind.value for kind in kinds)), viewer=viewer is not None)
    if store.postgres or not is_fast(store):
        values |= {f"{LIKE}{place}": like(one) for place, one in enumerate(asked)}
        values[MATCH] = postgres_match(asked)
        phrases = (place for place, one in enumerate(asked) if len(one.tokens) > 1)
        shape = shape._replace(
            likes=len(asked), phrases=tuple(phrases), project=project is not None
        )
    else:
        values[MATCH] = sqlite_match(asked, kinds=shape.chosen, project=project)
        shape = shape._replace(chosen=())
    found: list[tuple[Any, ...]] = []
    if store.postgres and len(asked) == 1:  # of several words the newest lines hold too few
        found = _asked(store, shape._replace(recent=True), values)
    if len(found) < limit:
        found = _asked(store, shape, values)
    return _told(store, asked, [(FoundKind(kind), number) for kind, number in found])


def _asked(store: "Store", shape: Shape, values: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
    return prepared.rows(store, shape, lambda: lines(shape, postgres=store.postgres), values)


def _told(
    store: "Store", asked: Sequence[Term], found: Sequence[tuple[FoundKind, int]]
) -> tuple[Hit, ...]:
    """The hits in the order of ``found``; one statement for each kind among them."""
    hits: dict[tuple[FoundKind, int], Hit] = {}
    for kind in dict.fromkeys(kind for kind, _ in found):
        numbers = [number for each, number in found if each is kind]
        made = rows_of(
            store,
            ("found", kind),
            lambda kind=kind: _records(kind, postgres=store.postgres),  # type: ignore[misc]
            numbers,
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


def _records(kind: FoundKind, *, postgres: bool) -> Any:
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
    return query.where(among_ids(table.id, postgres=postgres))


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
