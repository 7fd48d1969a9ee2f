"""Facts about a store itself: who may act in it, and what else holds for all of it."""

from typing import Final

from core.domain.refusals import Rejected
from core.store.database import Store
from core.store.logs import MetaTable

IMPERSONATION: Final = "impersonation"
"""Whether people may act as others: ``open`` as in a new store, or ``closed``."""
OPEN: Final = "open"
CLOSED: Final = "closed"


def fact(store: Store, name: str) -> str:
    """What was noted; empty if nothing was."""
    found: str | None = store.value(MetaTable.select(MetaTable.value).where(MetaTable.name == name))
    return found or ""


def impersonation(store: Store) -> str:
    """OPEN or CLOSED."""
    return CLOSED if fact(store, IMPERSONATION) == CLOSED else OPEN


def login(store: Store) -> str:
    """Whose PostgreSQL role is connected, as a handle; empty where the account acts for anybody."""
    return str(getattr(store.database, "login", ""))


def may_act_as(store: Store, handle: str) -> None:
    """Refuse ``impersonation-closed`` where nobody acts as ``handle`` but under that account.

    Whoever is connected under a role of their own acts as nobody else, whatever the store says.
    """
    own = login(store)
    if own and own == handle.casefold():
        return
    if own:
        raise Rejected("own-login", person=handle, own=own)
    if impersonation(store) == CLOSED:
        raise Rejected("impersonation-closed", person=handle)


def keep(store: Store, name: str, value: str) -> None:
    """Note a fact, over what was noted before; the command records it."""
    from core.store.book import book_of

    store.run(
        MetaTable.insert({"name": name, "value": value}).on_conflict(
            conflict_target=[MetaTable.name], update={MetaTable.value: value}
        )
    )
    book_of(store).told.append(("meta", name, {"value": value}))
