"""What one transaction has still to write, and what it need not read again.

Only one writer at a time is in the store, so numbers that were read once can be counted up
here; what many commands add is written in bulk before the transaction ends.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from core.domain.ids import ProjectId, TaskId
from core.domain.status import State
from core.store import rows
from core.store.database import CHANNEL, Store
from core.store.later import Later
from core.store.logs import CounterTable, EventTable, ReceiptTable, TallyTable

if TYPE_CHECKING:
    from core.domain.searching import FoundKind
    from core.store.ledger import Told
    from core.store.searching import Noted

_MANY = 2_000
"""How many events may wait; more would only cost memory."""


class Tally(NamedTuple):
    """One column's counter."""

    project: ProjectId
    state: State


class Book:
    """Belongs to one transaction of one store; see ``book_of``."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.loaded: dict[tuple[type, int], Any] = {}
        """Records as they stand in this transaction."""
        self.bottoms: dict[tuple[State, TaskId | None], int] = {}
        """The last position of columns to which cards were added at the end."""
        self.later = Later(store)
        """Rows that nobody reads before they are written."""
        self.types: frozenset[str] | None = None
        """The work types; None if they were not needed yet."""
        self.told: list[Told] = []
        """What became of rows since the last command's events; the next one's hold it."""
        self._newest: int | None = None
        self._hash = ""
        self._counters: dict[str, int] = {}
        self._counted: set[str] = set()
        self._tallies: defaultdict[Tally, list[int]] = defaultdict(lambda: [0, 0])
        self._events: list[Sequence[Any]] = []
        self._receipts: list[Sequence[Any]] = []
        self._noted: dict[tuple[FoundKind, int], Noted] = {}

    @property
    def newest(self) -> int:
        """The number of the newest event, those included that are still to be written."""
        if self._newest is None:
            self._newest, self._hash = head(self._store)
        return self._newest

    def add_events(self, lines: Sequence[Sequence[Any]]) -> None:
        """Add lines in the order of EVENT_NAMES, numbered on from ``newest``."""
        self._newest = self.newest + len(lines)
        self._events.extend(lines)
        if len(self._events) >= _MANY:
            self.flush()

    def add_unread(self, record: object) -> None:
        """Insert a part of a task whose id nobody needs yet, and which no search looks into."""
        from core.store.ledger import added

        kind = type(record)
        values = rows.writing(kind).values(record)
        self.told.append(added(kind, self.later.add(kind, values), values))

    def add_receipt(self, values: Sequence[Any]) -> None:
        """Add a receipt; values in the order of RECEIPT_NAMES."""
        self._receipts.append(values)

    def note(self, kind: "FoundKind", number: int, noted: "Noted") -> None:
        """Have the words of a record written; how it stands last counts."""
        self._noted[kind, number] = noted

    def count(self, project: ProjectId, state: State, *, cards: int = 0, parts: int = 0) -> None:
        """Change the counters of a column."""
        tally = self._tallies[Tally(project, state)]
        tally[0] += cards
        tally[1] += parts

    def last_number(self, scope: str) -> int:
        """The last sequence number given in ``scope``; 0 if none was."""
        if scope not in self._counters:
            mark = "%s" if self._store.postgres else "?"
            sql = f"SELECT last FROM counter WHERE scope = {mark}"  # noqa: S608
            found = self._store.sql(sql, (scope,)).fetchone()
            self._counters[scope] = found[0] if found else 0
        return self._counters[scope]

    def give_number(self, scope: str, number: int) -> None:
        """Let ``number`` be the last one given in ``scope``."""
        self._counters[scope] = number
        self._counted.add(scope)

    def forget(self) -> None:
        """Read everything afresh: rows were changed behind the records."""
        self.loaded.clear()
        self.bottoms.clear()

    def flush(self) -> None:
        """Write what waits, so that a query sees it."""
        self.later.flush()
        if self._counted:
            numbers = [(scope, self._counters[scope]) for scope in sorted(self._counted)]
            self._counted.clear()
            self._write(CounterTable, ("scope", "last"), numbers, replacing="scope")
        if self._tallies:
            self._flush_tallies()
        if self._receipts:
            receipts, self._receipts = self._receipts, []
            self._write(ReceiptTable, RECEIPT_NAMES, receipts)
        if self._noted:
            from core.store import searching

            noted, self._noted = self._noted, {}
            searching.write(self._store, noted)
        if self._events:
            self._flush_events()

    def _flush_events(self) -> None:
        """PostgreSQL chains them by a trigger, so that nobody who writes there can but chain."""
        events, self._events = self._events, []
        if self._store.postgres:
            self._write(EventTable, EVENT_NAMES, events)
            self._store.sql("SELECT pg_notify(%s, %s)", (CHANNEL, str(self.newest)))
            return
        from core.store.ledger import chained

        chain = []
        for line in events:
            self._hash = chained(self._hash, line)
            chain.append((*line, self._hash))
        self._write(EventTable, (*EVENT_NAMES, "hash"), chain)

    def _flush_tallies(self) -> None:
        mark = "%s" if self._store.postgres else "?"
        changed = [
            (cards, parts, project, state.value)
            for (project, state), (cards, parts) in self._tallies.items()
            if cards or parts
        ]
        self._tallies.clear()
        self._store.many(
            f"UPDATE {rows.name_of(TallyTable)} SET cards = cards + {mark},"  # noqa: S608
            f" parts = parts + {mark} WHERE project_id = {mark} AND state = {mark}",
            changed,
        )

    def _write(
        self,
        table: Any,
        names: Sequence[str],
        lines: Sequence[Sequence[Any]],
        *,
        replacing: str = "",
    ) -> None:
        columns = [rows.fields_of(table)[name].column_name for name in names]
        marks = ", ".join(["%s" if self._store.postgres else "?"] * len(columns))
        sql = f"INSERT INTO {rows.name_of(table)} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
        if replacing:
            rest = ", ".join(f"{name} = excluded.{name}" for name in columns if name != replacing)
            sql += f" ON CONFLICT ({replacing}) DO UPDATE SET {rest}"
        self._store.many(sql, lines)


EVENT_NAMES = (
    "number",
    "at",
    "actor",
    "command_id",
    "kind",
    "project",
    "task",
    "subject",
    "changes",
    "reason",
    "rows",
)
"""In the order in which they are hashed."""
RECEIPT_NAMES = ("command_id", "fingerprint", "actor", "at", "first", "last", "outcome")


def book_of(store: Store) -> Book:
    """The book of the transaction that is open on ``store``."""
    if not isinstance(store.waiting, Book):
        assert store.database.in_transaction(), "only a transaction has a book"
        store.waiting = Book(store)
    return store.waiting


def head(store: Store) -> tuple[int, str]:
    """The newest event's number and hash; 0 and nothing in an empty store.

    A member's own role may not see the newest, and numbers on from it all the same.
    """
    database: Any = store.database
    seen = "duban_head()" if store.postgres and database.login else "event"
    found: tuple[int | None, str | None] | None = store.sql(
        f"SELECT number, hash FROM {seen} ORDER BY number DESC LIMIT 1"  # noqa: S608
    ).fetchone()
    return (found[0] or 0, found[1] or "") if found else (0, "")


def newest_event(store: Store) -> int:
    """The newest event's number; 0 in an empty store."""
    found = store.sql("SELECT max(number) FROM event").fetchone()
    return found[0] or 0
