"""Roles of members on PostgreSQL: what ``duban db roles`` prints and executes."""

from typing import NamedTuple

from core.domain.people import Person
from core.domain.refusals import Rejected, Unavailable
from core.policies.permissions import may_set_rules
from core.store import facts
from core.store.database import Store
from core.store.veiled import unveiled


class Roles(NamedTuple):
    """What is to be set up, or was."""

    sql: str
    """For psql: one transaction."""
    names: tuple[str, ...]
    """The members' roles, by handle."""
    left_out: tuple[str, ...]
    """Handles that make no name for a role."""


def login(store: Store) -> str:
    """Whose PostgreSQL role is connected, as a handle; empty where the account acts for anybody."""
    return facts.login(store)


@unveiled
def roles(store: Store, *, prefix: str = "", by: Person | None = None) -> Roles:
    """What gives each member a role; ``by`` executes it, in one transaction.

    An empty ``prefix`` is the usual one. Refuses ``postgres-only``, BadValue for the prefix, and,
    executing it, ``not-an-admin``, ``roles-clash`` and ``roles-not-yours``.
    """
    from core.store import pg_roles

    planned = pg_roles.plan(store, prefix=prefix or pg_roles.PREFIX)
    if by is not None:
        if not may_set_rules(by):
            raise Rejected("not-an-admin")
        try:
            pg_roles.apply(store, planned)
        except Unavailable as error:
            if error.code != "not-allowed-by-store":
                raise
            raise Rejected("roles-not-yours") from error
    names = tuple(one.role for one in planned.logins)
    return Roles(pg_roles.script(planned), names, planned.left_out)


@unveiled
def is_behind(store: Store) -> bool | None:
    """Whether ``roles`` would set up something else by now; None where nothing is set up."""
    from core.store import pg_roles

    return pg_roles.is_behind(store) if store.postgres else None
