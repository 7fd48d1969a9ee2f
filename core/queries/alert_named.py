"""The alert of something that is named by its key, as one types it."""

from datetime import datetime

from core.domain.ids import PersonId
from core.domain.refusals import Rejected
from core.queries.alert_rows import AlertRow
from core.queries.alerts import alerts
from core.store.database import Store

_EVERYTHING = 1_000_000


def alert_named(store: Store, key: str, *, viewer: PersonId | None, now: datetime) -> AlertRow:
    """The line of a task, an issue or a project, quiet ones included; of a task also by its issue.

    The viewer's own lines come first. Refuses ``no-alert``.
    """
    wanted = key.casefold()
    for scope in ("mine", "all"):
        if scope == "mine" and viewer is None:
            continue
        found = alerts(store, viewer=viewer, scope=scope, project=None, now=now, limit=_EVERYTHING)
        for row in (*found.rows, *found.quiet):
            if wanted in {row.key.casefold(), *(one.casefold() for one in row.issues)}:
                return row
    raise Rejected("no-alert", key=key)
