"""One PostgreSQL role a member: the SQL that has the server hold them to the table of rights.

Guards hold for members' roles. The account that owns the tables, and superusers, act for anybody
as before; what nobody may do to the log is held by core.store.first_ledger. The functions lie in
core/store/roles; what they say of rights is made of core.policies.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from core.domain.refusals import BadValue, Rejected
from core.domain.status import OPEN_STATES, Role, State
from core.domain.work_types import KNOWN
from core.policies import workflow
from core.policies.rights import BEFORE_START, TABLE, Cell
from core.store import pg_sheets
from core.store.database import Store
from core.store.due import PATIENCE
from core.store.faults import CLASH_STATE, CLOCK_STATE
from core.store.tables import PersonTable

PREFIX: Final = "duban_"
"""How the names of roles begin, unless somebody says otherwise."""
LONGEST: Final = 63
"""Bytes of a role's name: PostgreSQL cuts what is longer, without a word."""
_PREFIX: Final = re.compile(r"[a-z][a-z0-9_]{0,19}")
_GROUPS: Final = ("reader", "member")
_FOLDER: Final = Path(__file__).with_name("roles")
_FILES: Final = ("sight", "standing", "guards", "parts")
_CLOSED: Final = (State.DONE, State.ARCHIVED, State.CANCELLED)
_PUT_AWAY: Final = (State.ARCHIVED, State.CANCELLED)
_EDITED: Final = (
    *("title", "description", "background", "outcome", "value", "type", "urgent", "priority"),
    *("start", "risk_note", "note"),
)


class Login(NamedTuple):
    """A member's role."""

    role: str
    person: int
    writes: bool
    """Whether they may write at all; an observer may not."""


class Plan(NamedTuple):
    """What is set up."""

    prefix: str
    database: str
    schema: str
    owner: str
    """Whose the tables are: the account of duban itself."""
    logins: tuple[Login, ...]
    left_out: tuple[str, ...]
    """Handles that make no name for a role: too long, or one that has another use."""


def plan(store: Store, *, prefix: str = PREFIX) -> Plan:
    """What the store asks for. Refuses ``postgres-only`` and BadValue for the prefix."""
    if not store.postgres:
        raise Rejected("postgres-only", path=store.file)
    if not _PREFIX.fullmatch(prefix):
        raise BadValue("prefix", prefix[:80], reason="rule", example=PREFIX)
    database, schema, owner = store.sql(
        "SELECT current_database(), nspname, pg_get_userbyid(relowner) FROM pg_class"
        " JOIN pg_namespace ON pg_namespace.oid = relnamespace"
        " WHERE pg_class.oid = 'task'::regclass"
    ).fetchone()
    columns = (PersonTable.handle, PersonTable.id, PersonTable.role)
    real = (PersonTable.placeholder == False) & PersonTable.merged_into.is_null()  # noqa: E712
    logins, left_out = [], []
    for handle, number, role in store.rows(
        PersonTable.select(*columns).where(real).order_by(PersonTable.handle)
    ):
        name = prefix + handle
        if len(name.encode()) > LONGEST or handle in _GROUPS:
            left_out.append(handle)
        else:
            logins.append(Login(name, number, role != Role.OBSERVER))
    return Plan(prefix, database, schema, owner, tuple(logins), tuple(left_out))


def apply(store: Store, planned: Plan) -> None:
    """Set it up in one transaction; twice is once. Refuses ``not-allowed-by-store``.

    The account must own the tables and may make roles.
    """
    with store.writing():
        store.database.connection().execute(body(planned))


def script(planned: Plan) -> str:
    """The whole of it for psql: one transaction."""
    return f"{_HEAD}\nBEGIN;\n{body(planned)}\nCOMMIT;\n"


_HEAD: Final = """\
-- One role for each member of this duban store; core/store/roles of duban has the same functions.
-- Run it as a superuser, or as the owner of the tables if that account may create roles.
-- Roles have no password: how people prove who they are is set in pg_hba.conf (peer), or with
--   ALTER ROLE ... PASSWORD '...' (scram-sha-256). Run it again whenever people come or go."""


def body(planned: Plan) -> str:
    """The statements, without a transaction of their own."""
    reader, member = (_quoted(planned.prefix + one) for one in _GROUPS)
    owner = _literal(planned.owner)
    apart = " AND ".join(
        f"NOT pg_has_role({who}, {owner}::name, 'MEMBER')"
        for who in ("session_user", "current_user")
    )
    sheets = pg_sheets.statements(reader=reader, member=member, apart=apart)
    said = "\n".join(
        [
            f"SET LOCAL search_path = {_quoted(planned.schema)}, pg_temp;",
            "SET LOCAL client_min_messages = warning;",
            _filled("groups", planned),
            *(_filled(name, planned) for name in _FILES),
            *(f"{statement};" for statement in sheets),
            _filled("logins", planned),
        ]
    )
    kept = _literal(f"{planned.prefix} {_digest(said)}")
    return f"{said}\nCOMMENT ON FUNCTION duban_me() IS {kept};"


def is_behind(store: Store) -> bool | None:
    """Whether what was set up last is not what ``apply`` would set up now; None if nothing was.

    People came or went, or another duban did it.
    """
    row = store.sql("SELECT obj_description(to_regprocedure('duban_me()'), 'pg_proc')").fetchone()
    if not row[0]:
        return None
    prefix, _, kept = row[0].partition(" ")
    return not body(plan(store, prefix=prefix)).endswith(f" {kept}';")


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _filled(name: str, planned: Plan) -> str:
    """A file of core/store/roles with what is known in place of ``@names@``."""
    text = (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    known = _known(planned)
    return re.sub(r"@(\w+)@", lambda found: known[found[1]], text)


def _known(planned: Plan) -> Mapping[str, str]:
    reader, member = (planned.prefix + one for one in _GROUPS)
    cells = (
        f"('{act}', '{standing}', '{cell}')"
        for act, row in TABLE.items()
        for standing, cell in row.items()
        if cell is not Cell.NO
    )
    logins = (
        f"({_literal(one.role)}, {one.person}, {str(one.writes).lower()})" for one in planned.logins
    )
    return {
        "schema": _quoted(planned.schema),
        "schema_name": _literal(planned.schema),
        "database": _literal(planned.database),
        "owner": _literal(planned.owner),
        "reader": _literal(reader),
        "member": _literal(member),
        "reader_role": _quoted(reader),
        "member_role": _quoted(member),
        "logins": ",\n      ".join(logins) or "(NULL, NULL, NULL)",
        "cells": ",\n    ".join(cells),
        "yes": Cell.YES.value,
        "no": Cell.NO.value,
        "own": Cell.OWN.value,
        "not_own": Cell.NOT_OWN.value,
        "before_start": _words(one for one in OPEN_STATES if one in BEFORE_START),
        "open_states": _words((State.DRAFT, State.TODO, State.DOING)),
        "closed_states": _words(_CLOSED),
        "put_away": _words(_PUT_AWAY),
        "work_types": _words(KNOWN),
        "ways": _words(_ways()),
        "edited": _words(_EDITED),
        "people": _words(pg_sheets.people()["task"]),
        "patience": str(int(PATIENCE.total_seconds() * 1_000_000)),
        "clock_state": CLOCK_STATE,
        "clash_state": CLASH_STATE,
    }


def _ways() -> list[str]:
    """Every step of the workflow, as ``before after``; restoring apart."""
    found = [f"{one} {other}" for one in State for other in workflow.next_states(one)]
    found += [f"{one} {State.ARCHIVED}" for one in State if workflow.may_archive(one)]
    return found + [f"{one} {State.CANCELLED}" for one in State if workflow.may_cancel(one)]


def _words(texts: Iterable[str]) -> str:
    return ", ".join(_literal(str(one)) for one in texts)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
