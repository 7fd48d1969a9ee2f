"""Whether a store is sound: what ``duban doctor`` asks."""

import os
import sqlite3
from typing import NamedTuple

from peewee import fn

from core.domain.ids import TaskId
from core.domain.refusals import Unavailable
from core.store import migrate
from core.store.database import Store
from core.store.logs import TallyTable
from core.store.tables import TaskTable
from core.store.urls import is_postgres, shown_url, sqlite_file
from core.store.veiled import unveiled


class Engine(NamedTuple):
    """What keeps the store."""

    name: str
    """SQLite or PostgreSQL."""
    version: str
    schema: str
    """The newest migration that the store has."""
    known_schema: str
    """The newest that this duban has."""


def impersonation(store: Store) -> str:
    """Whether people may act as others here: ``open`` or ``closed``."""
    from core.store import facts

    return facts.impersonation(store)


def may_act_as(store: Store, handle: str) -> None:
    """Refuse ``impersonation-closed`` where only the account of that name acts as ``handle``."""
    from core.store import facts

    facts.may_act_as(store, handle)


def place(store: Store) -> str:
    """The file, or the URL without its password: as it may be shown."""
    return place_of(store.url)


def place_of(url: str) -> str:
    """The same of a store that is not open. Refuses BadValue."""
    return shown_url(url) if is_postgres(url) else sqlite_file(url)


def as_shown(url: str) -> str:
    """``url`` without its password; it need not be right."""
    return shown_url(url)


def must_exist(url: str) -> None:
    """Refuse ``store-missing`` for a file that is not there; PostgreSQL tells by itself."""
    if is_postgres(url):
        return
    path = sqlite_file(url)
    if not os.path.lexists(path):
        raise Unavailable("store-missing", path=path)


def engine(store: Store) -> Engine:
    """Which engine, and how far its tables are."""
    if store.postgres:
        name, version = "PostgreSQL", str(store.sql("SHOW server_version").fetchone()[0])
    else:
        name, version = "SQLite", sqlite3.sqlite_version
    return Engine(
        name=name,
        version=version,
        schema=migrate.newest(store.database) or "",
        known_schema=migrate.LATEST,
    )


@unveiled
def damage(store: Store) -> tuple[str, ...]:
    """What SQLite finds wrong in its own pages and references; PostgreSQL looks after itself."""
    if store.postgres:
        return ()
    said = [row[0] for row in store.sql("PRAGMA quick_check(5)").fetchall()]
    found = [line for line in said if line != "ok"]
    orphans = store.sql("PRAGMA foreign_key_check").fetchmany(5)
    return (*found, *(f"{row[0]} {row[1]} -> {row[2]}" for row in orphans))


@unveiled
def wrong_tallies(store: Store) -> tuple[str, ...]:
    """Columns whose kept count of cards is not what stands in them; empty if all are right."""
    counts = TaskTable.select(
        TaskTable.project, TaskTable.state, TaskTable.parent.is_null(), fn.COUNT(TaskTable.id)
    ).group_by(TaskTable.project, TaskTable.state, TaskTable.parent.is_null())
    real = {(row[0], row[1], bool(row[2])): row[3] for row in store.rows(counts)}
    columns = (TallyTable.project, TallyTable.state, TallyTable.cards, TallyTable.parts)
    found = []
    for project, state, cards, parts in store.rows(TallyTable.select(*columns)):
        for top, kept in ((True, cards), (False, parts)):
            stands = real.pop((project, state, top), 0)
            if stands != kept:
                found.append(f"{project} {state}: {kept} != {stands}")
    return (*found, *(f"{project} {state}: 0 != {n}" for (project, state, _), n in real.items()))


@unveiled
def wrong_spells(store: Store) -> tuple[TaskId, ...]:
    """Tasks that are marked blocked without an open spell, or the other way round; 20 at most."""
    from core.store.told_tables import BlockTable

    spells = BlockTable.select(BlockTable.task).where(BlockTable.ended.is_null())
    blocked = TaskTable.blocked_since.is_null(False)
    query = TaskTable.select(TaskTable.id).where(
        (blocked & TaskTable.id.not_in(spells)) | (~blocked & TaskTable.id.in_(spells))
    )
    return tuple(TaskId(row[0]) for row in store.rows(query.limit(20)))


@unveiled
def wrong_words(store: Store) -> tuple[str, ...]:
    """What the search index does not hold as it is; 20 at most. Reads all that is searched."""
    from core.store.searching import wrong_lines

    return wrong_lines(store)


@unveiled
def index_anew(store: Store) -> int:
    """Make the search index from what it is about; how many lines it has now."""
    from core.store.searching import rebuild

    return rebuild(store)
