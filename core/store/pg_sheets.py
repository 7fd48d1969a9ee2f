"""What members' roles may read and write of each table of a PostgreSQL store, before any guard.

Columns that nobody sets after a row was made are granted to nobody; rows that go with a project
or a task are seen by those who see it (core/store/roles/sight.sql).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from peewee import ForeignKeyField

from core.store.registry import all_tables
from core.store.rows import fields_of, name_of
from core.store.tables import PersonTable
from core.store.veiled import NAME_TASKS

ALL: Final = "*"
"""Every column but those that stay as they were made."""
_TEAM: Final = "(SELECT duban_me()) IS NOT NULL"
_PROJECT: Final = "project_id = ANY ((SELECT duban_projects())::bigint[])"
_TASK: Final = "EXISTS (SELECT 1 FROM task seen WHERE seen.id = task_id)"
_LASTING: Final[Mapping[str, frozenset[str]]] = {
    "task": frozenset({"project_id", "key", "parent_id", "created"}),
    "project": frozenset({"key"}),
    "issue": frozenset(
        {"project_id", "task_id", "key", "reported", "reporter_id", "occurred", "late"}
    ),
}


class Sheet(NamedTuple):
    """One table."""

    seen: str
    """The condition under which a member sees a row, and may write it."""
    changed: str = ""
    """The columns that may be set later, in words; ALL; or none."""
    removed: bool = False
    added: bool = True


SHEETS: Final[Mapping[str, Sheet]] = {
    "department": Sheet(_TEAM, ALL),
    "person": Sheet(_TEAM, ALL),
    "project": Sheet(
        "(NOT restricted OR lead_id = (SELECT duban_me()) OR"
        " id = ANY ((SELECT duban_projects())::bigint[])) AND (SELECT duban_me()) IS NOT NULL",
        ALL,
    ),
    "task": Sheet(_PROJECT, ALL),
    "collaborator": Sheet(_TASK, "scope response_hours", removed=True),
    "milestone": Sheet(_TASK, "title due done", removed=True),
    "dependency": Sheet(
        f"{_TASK} AND EXISTS (SELECT 1 FROM task needed WHERE needed.id = needs_id)",  # noqa: S608
        removed=True,
    ),
    "criterion": Sheet(_TASK, "text facet met met_by_id", removed=True),
    "deliverable": Sheet(_TASK, "name edition location registered registered_by_id", removed=True),
    "progress_update": Sheet(_TASK),
    "block_spell": Sheet(_TASK, "met resolve_by ended resolution"),
    "review": Sheet(_TASK, "verdict decided decided_by_id findings points handed"),
    "sync_entry": Sheet(
        f"{_PROJECT} AND (NOT restricted OR author_id = (SELECT duban_me())"
        " OR duban_sees_entry(id, project_id))",
        "follow_up_task_id",
    ),
    "sync_audience": Sheet("EXISTS (SELECT 1 FROM sync_entry seen WHERE seen.id = entry_id)"),
    "extension": Sheet(_TASK, "state decided decided_by_id answer"),
    "issue": Sheet(_PROJECT, ALL),
    "nudge": Sheet(_TASK),
    "timer": Sheet(_PROJECT, "due urgent ended person_id"),
    "raised_alert": Sheet(_PROJECT),
    "quiet": Sheet(
        "CASE target WHEN 'project' THEN EXISTS (SELECT 1 FROM project p WHERE p.id = object_id)"
        " WHEN 'issue' THEN EXISTS (SELECT 1 FROM issue i WHERE i.id = object_id)"
        " WHEN 'entry' THEN EXISTS (SELECT 1 FROM sync_entry e WHERE e.id = object_id)"
        " WHEN 'plan' THEN EXISTS (SELECT 1 FROM meeting_plan m WHERE m.id = object_id)"
        " WHEN 'extension' THEN EXISTS (SELECT 1 FROM extension x WHERE x.id = object_id)"
        " WHEN 'spell' THEN EXISTS (SELECT 1 FROM block_spell b WHERE b.id = object_id)"
        " ELSE EXISTS (SELECT 1 FROM task t WHERE t.id = object_id) END",
        "ended",
    ),
    "meeting": Sheet(_PROJECT),
    "meeting_plan": Sheet(_PROJECT, "days time channel", removed=True),
    "assignment": Sheet(_TASK, "acknowledged confirmed ended returned reason"),
    "raci": Sheet(_TASK, "label letter note", removed=True),
    "sign_off": Sheet(_TASK),
    "project_member": Sheet(_PROJECT, removed=True),
    "close_out": Sheet(_TASK, "target actual at by_id"),
    "event": Sheet(
        f"(project_id IS NULL AND {_TEAM} OR {_PROJECT}) AND (kind NOT IN {NAME_TASKS}"  # noqa: S608
        " OR EXISTS (SELECT 1 FROM task named WHERE named.key = subject))"
    ),
    "receipt": Sheet("actor_id = (SELECT duban_me())"),
    "tally": Sheet(_PROJECT, "cards parts"),
    "counter": Sheet(
        "CASE split_part(scope, '/', 1) WHEN 'task'"
        " THEN EXISTS (SELECT 1 FROM task t WHERE t.id = split_part(scope, '/', 2)::bigint)"
        " ELSE split_part(scope, '/', 2)::bigint ="
        " ANY ((SELECT duban_projects())::bigint[]) END",
        "last",
    ),
    "work_type": Sheet(_TEAM),
    "calendar_day": Sheet(_TEAM, "works name"),
    "search_line": Sheet(
        f"{_PROJECT} AND (kind <> 'sync'"  # noqa: S608
        " OR EXISTS (SELECT 1 FROM sync_entry seen WHERE seen.id = object_id))",
        "task_id project_id text",
        removed=True,
    ),
    "meta": Sheet(_TEAM, "value"),
    "schema_migration": Sheet(_TEAM, added=False),
}
"""By table; held against the declaration by a test."""
_UNSEEN: Final[Mapping[str, frozenset[str]]] = {"event": frozenset({"rows"})}
"""What would tell of rows that not everybody sees."""
_MADE: Final[Mapping[str, frozenset[str]]] = {"event": frozenset({"hash"})}
"""What the server works out."""
_OWN_GUARDS: Final = frozenset({"task", "event", "schema_migration"})


def columns() -> dict[str, tuple[str, ...]]:
    """The columns of each table."""
    found = {
        name_of(one): tuple(field.column_name for field in fields_of(one).values())
        for one in all_tables()
    }
    return {**found, "schema_migration": ()}


def people() -> dict[str, tuple[str, ...]]:
    """The columns of each table that name a person: merging a placeholder sets them."""
    found = {}
    for one in all_tables():
        fields: Any = fields_of(one).values()
        found[name_of(one)] = tuple(
            field.column_name
            for field in fields
            if isinstance(field, ForeignKeyField) and field.rel_model is PersonTable
        )
    found["department"] = ("lead_id",)
    return found


class _Table(NamedTuple):
    """A table with its sheet, and for whom the statements are."""

    name: str
    sheet: Sheet
    every: tuple[str, ...]
    persons: tuple[str, ...]
    reader: str
    member: str
    apart: str

    @property
    def changed(self) -> tuple[str, ...]:
        """What may be set later, merging apart."""
        if self.sheet.changed != ALL:
            return tuple(self.sheet.changed.split())
        lasting = _LASTING.get(self.name, frozenset()) | {"id"}
        return tuple(one for one in self.every if one not in lasting)


def statements(*, reader: str, member: str, apart: str) -> Iterator[str]:
    """Grants, policies and triggers of every table.

    ``reader`` and ``member`` are the quoted group roles, ``apart`` the condition for whoever no
    guard holds for.
    """
    every, persons = columns(), people()
    for name, sheet in SHEETS.items():
        table = _Table(name, sheet, every[name], persons.get(name, ()), reader, member, apart)
        yield from _granted(table)
        yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
        yield f"DROP POLICY IF EXISTS duban_sight ON {name}"
        yield f"CREATE POLICY duban_sight ON {name} USING ({sheet.seen})"
        if name not in _OWN_GUARDS:
            call = f"duban_guard('{' '.join(table.persons)}', '{' '.join(table.changed)}')"
            yield from _trigger(name, "BEFORE INSERT OR UPDATE OR DELETE", apart, call=call)
    yield from _own_guards(apart)


def _granted(table: _Table) -> Iterator[str]:
    name, reader, member = table.name, table.reader, table.member
    yield f"REVOKE ALL ON {name} FROM {reader}, {member}"
    unseen = _UNSEEN.get(name, frozenset())
    read = f" ({_listed(one for one in table.every if one not in unseen)})" if unseen else ""
    yield f"GRANT SELECT{read} ON {name} TO {reader}"
    if table.sheet.added:
        made = _MADE.get(name, frozenset()) | {"id"}
        added = _listed(one for one in table.every if one not in made)
        yield f"GRANT INSERT ({added}) ON {name} TO {member}"
    if changed := dict.fromkeys((*table.changed, *table.persons)):
        yield f"GRANT UPDATE ({_listed(changed)}) ON {name} TO {member}"
    if table.sheet.removed:
        yield f"GRANT DELETE ON {name} TO {member}"
    if "id" in table.every:
        yield f"GRANT USAGE ON SEQUENCE {name}_id_seq TO {member}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{one}"' for one in names)


def _trigger(
    table: str, when: str, apart: str, *, call: str, name: str = "duban_guard", late: bool = False
) -> Iterator[str]:
    kind, then = (
        ("CONSTRAINT TRIGGER", " DEFERRABLE INITIALLY DEFERRED") if late else ("TRIGGER", "")
    )
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield (
        f"CREATE {kind} {name} {when} ON {table}{then} FOR EACH ROW WHEN ({apart})"
        f" EXECUTE FUNCTION {call}"
    )


def _own_guards(apart: str) -> Iterator[str]:
    made, owned = "AFTER INSERT", "AFTER INSERT OR UPDATE"
    yield from _trigger("task", "BEFORE INSERT OR UPDATE", apart, call="duban_guard_task()")
    told = "duban_import_told()"
    yield from _trigger("task", made, apart, call=told, name="duban_told", late=True)
    kept = "duban_keep_assignment()"
    whose = f"{owned} OF owner_id"
    yield from _trigger("task", whose, apart, call=kept, name="duban_kept", late=True)
    yield from _trigger("assignment", owned, apart, call=kept, name="duban_kept", late=True)
    # Before event_written, which works out the hash: triggers run in the order of their names.
    stamp = "duban_stamp_event()"
    yield from _trigger("event", "BEFORE INSERT", apart, call=stamp, name="duban_stamp")
