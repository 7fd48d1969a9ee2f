"""Tasks and lessons like the one that is being written (R140, R144).

Two texts are alike by the units they share: pairs of neighbouring CJK characters, and words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from peewee import JOIN

from core.domain.ids import TaskId
from core.domain.searching import FoundKind
from core.domain.status import OPEN_STATES, State
from core.domain.text import BREAK, SINGLE, spaced
from core.queries.by_ids import among_ids, rows_of
from core.records import dataclass, replace
from core.store import rows
from core.store import similar as candidates
from core.store.rhythm_tables import MeetingTable
from core.store.tables import PersonTable, ProjectTable, TaskTable

if TYPE_CHECKING:
    from core.store.database import Store

_MOST: Final = 12
"""Units that are looked for; a longer text is narrowed to the first of them."""
_LONGEST: Final = 200
"""Characters of a text that are looked at."""
_SMALL: Final = frozenset(
    "a an and as at by for from in into is it of on or our so that the this to up we with".split()
)
_PLURAL: Final = 4
"""Letters from which on a word's last s is left out."""
_TASK_COLUMNS: Final[tuple[Any, ...]] = (
    *(TaskTable.id, TaskTable.key, TaskTable.title, TaskTable.state),
    PersonTable.name,
)
_LESSON_COLUMNS: Final[tuple[Any, ...]] = (
    *(MeetingTable.id, MeetingTable.topic, MeetingTable.minutes, MeetingTable.day),
    *(ProjectTable.key, PersonTable.name),
)
_TASK = rows.Reading(_TASK_COLUMNS)
_LESSON = rows.Reading(_LESSON_COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """A task, or the minutes of a retrospective."""

    kind: FoundKind
    id: int
    key: str
    """The task's; the project's of a lesson."""
    title: str
    state: State | None = None
    """None for a lesson."""
    owner: str
    """A name; a lesson's author. Empty for nobody."""
    day: date | None = None
    """Of a lesson."""
    shared: int = 0
    """How many units it shares with the text."""

    @property
    def is_open(self) -> bool:
        """Whether it is a task that has not ended."""
        return self.state in OPEN_STATES


def units(text: str) -> tuple[str, ...]:
    """What a text is compared by, as the index has it; none for a text without words."""
    found: dict[str, None] = {}
    run: list[str] = []
    for token in (*spaced(text[:_LONGEST]).split(), BREAK):
        if re.fullmatch(f"[{SINGLE}]", token):
            run.append(token)
            continue
        found |= dict.fromkeys(_pairs(run))
        run.clear()
        if token != BREAK and token not in _SMALL:
            found[_singular(token)] = None
    return tuple(found)[:_MOST]


def _pairs(run: Sequence[str]) -> Iterable[str]:
    return [" ".join(pair) for pair in pairwise(run)] or run


def _singular(word: str) -> str:
    whole = len(word) > _PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if whole else word


def similar(
    store: "Store", text: str, *, apart: TaskId | None = None, limit: int = 3
) -> tuple[Similar, ...]:
    """Up to ``limit`` tasks like ``text``, open ones first, then as many lessons.

    Alike is what shares two units of five, and two at least. ``apart`` is left out: the task whose
    text it is. A word's last s does not matter. Of old tasks only those are found that the index
    finds among its newest lines for a unit, or that have all.
    """
    asked = units(text)
    if not asked:
        return ()
    tasks = _alike(_tasks(store, candidates.tasks(store, asked)), asked)
    tasks = [one for one in tasks if one.id != apart]
    tasks.sort(key=lambda one: not one.is_open)
    lessons = _alike(_lessons(store, candidates.lessons(store, asked)), asked)
    return (*tasks[:limit], *lessons[:limit])


def _alike(found: Iterable[tuple[Similar, str]], asked: Sequence[str]) -> list[Similar]:
    """Those that share enough, what shares most first, then the newest."""
    least = max(min(2, len(asked)), -(-2 * len(asked) // 5))
    counted = [(one, _count(text, asked)) for one, text in found]
    alike = [replace(one, shared=shared) for one, shared in counted if shared >= least]
    return sorted(alike, key=lambda one: (-one.shared, -one.id))


def _count(text: str, asked: Sequence[str]) -> int:
    """How many of the units stand in ``text``; of several letters also as a word's beginning."""
    line = f" {spaced(text)} "
    return sum(f" {one}" in line if len(one) >= _PLURAL else f" {one} " in line for one in asked)


def _about_tasks(*, postgres: bool) -> Any:
    query = TaskTable.select(*_TASK_COLUMNS)
    query = query.join(PersonTable, JOIN.LEFT_OUTER, on=TaskTable.owner == PersonTable.id)
    return query.where(among_ids(TaskTable.id, postgres=postgres))


def _about_lessons(*, postgres: bool) -> Any:
    table: Any = MeetingTable
    query = table.select(*_LESSON_COLUMNS)
    query = query.join(ProjectTable, on=table.project == ProjectTable.id)
    query = query.switch(table).join(PersonTable, on=table.author == PersonTable.id)
    return query.where(among_ids(table.id, postgres=postgres))


def _tasks(store: "Store", numbers: Sequence[int]) -> Iterator[tuple[Similar, str]]:
    """The tasks, each with its title."""
    postgres = store.postgres
    for row in rows_of(store, "similar tasks", lambda: _about_tasks(postgres=postgres), numbers):
        number, key, title, state, name = _TASK.values(row)
        one = Similar(
            kind=FoundKind.TASK, id=number, key=key, title=title, state=state, owner=name or ""
        )
        yield one, title


def _lessons(store: "Store", numbers: Sequence[int]) -> Iterator[tuple[Similar, str]]:
    """The minutes, each with topic and text."""
    postgres = store.postgres
    for row in rows_of(store, "lessons", lambda: _about_lessons(postgres=postgres), numbers):
        number, topic, minutes, day, key, name = _LESSON.values(row)
        one = Similar(kind=FoundKind.MEETING, id=number, key=key, title=topic, owner=name, day=day)
        yield one, f"{topic} {BREAK} {minutes}"
