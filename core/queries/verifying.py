"""Whether the log is whole and the rows are what it says: what ``duban verify`` asks."""

from collections.abc import Callable

from core.domain.flaws import Soundness
from core.store.database import Store
from core.store.veiled import unveiled


@unveiled
def verify(
    store: Store,
    *,
    head: str = "",
    values: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Soundness:
    """Read the whole log and every row, as they are at one moment.

    ``head`` is a hash that an earlier reading gave. Without ``values`` the flaws do not say what
    stands in rows: some is restricted. ``progress`` is told how much was read, and of how much.
    """
    from core.store import verifying

    with verifying.snapshot(store):
        reading = verifying.Reading(store, head=head.strip().lower(), progress=progress)
        reading.all()
        flaws = verifying.told_values(store, reading.flaws) if values else reading.flaws
        return reading.soundness(flaws if values else verifying.without_values(flaws))
