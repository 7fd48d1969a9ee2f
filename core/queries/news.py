"""What has happened since somebody looked last, as far as it tells what to read again."""

from typing import NamedTuple

from core.domain.events import EventKind
from core.store import prepared
from core.store.database import Store
from core.store.logs import EventTable

_MANY = 200
_SINCE, _LIMIT = -1, -2
"""Marks; see core.store.prepared."""
_DIRECTORY = frozenset(
    {
        EventKind.PERSON_ADDED,
        EventKind.PERSON_EDITED,
        EventKind.PERSON_MERGED,
        EventKind.DEPARTMENT_ADDED,
        EventKind.DEPARTMENT_EDITED,
        EventKind.PROJECT_ADDED,
        EventKind.PROJECT_EDITED,
        EventKind.WORK_TYPE_ADDED,
        EventKind.CALENDAR_CHANGED,
        EventKind.IMPORT_APPLIED,
    }
)


class News(NamedTuple):
    """What is new."""

    mark: int
    """The newest event that was looked at."""
    directory: bool
    """Whether people, projects, departments or calendars may be others now."""


def news(store: Store, since: int) -> News:
    """What is new after event ``since``; one statement.

    Where that cannot be told (nothing was recorded, or very much), everything may be new.
    """
    lines = prepared.rows(
        store,
        "news",
        lambda: (
            EventTable.select(EventTable.number, EventTable.kind)
            .where(EventTable.number > _SINCE)
            .order_by(EventTable.number.desc())
            .limit(_LIMIT)
        ),
        {_SINCE: since, _LIMIT: _MANY},
    )
    unsure = not lines or len(lines) == _MANY
    mark = lines[0][0] if lines else since
    return News(mark, unsure or any(kind in _DIRECTORY for _, kind in lines))
