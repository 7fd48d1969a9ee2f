"""Values that stand for others in the queries of alerts, and whose news is owed how often."""

from datetime import UTC, date, datetime
from typing import Final

from core.domain.ids import PersonId
from core.domain.status import Priority
from core.policies.deadlines import Cadence


class Mark:
    """Values that stand for others in a query whose text is worked out once.

    No row holds them: instants of 1971, numbers below zero. See core.store.prepared.
    """

    NOW, SOON, DAY_AGO, TODAY_ENDS = (datetime(1971, 1, day, tzinfo=UTC) for day in range(1, 5))
    STALE: Final = {
        cadence: datetime(1971, 2, day, tzinfo=UTC) for day, cadence in enumerate(Cadence, 1)
    }
    VIEWER = PersonId(-1)
    HOMES, LED, HEADED, MANAGED, SEATED, STANDING = LISTS = tuple(
        -100_000 * place for place in range(1, 7)
    )
    TODAY: Final = date(1971, 3, 1)


TODAY: Final = Mark.TODAY.isoformat()
"""The mark as it stands among a query's values."""

PACES = (
    (True, tuple(Priority), Cadence.REALTIME),
    (False, (Priority.HIGH,), Cadence.DAILY),
    (False, (Priority.MEDIUM, Priority.LOW), Cadence.WEEKLY),
)
"""Whose news is owed how often, as core.policies.deadlines.cadence_for says."""
