"""Prints a first migration made from today's tables, before the first release.

    python docs/authoring/migration.py > core/store/migrations/0001_first.py

After a release a change of the tables is a new numbered migration, written by hand.
"""

import peewee

from core.store import fields, tables
from core.store.registry import all_tables

STORAGE = {
    fields.UtcField: "BigIntegerField",
    fields.DayField: "DateField",
    fields.WordField: "CharField",
    fields.JsonField: "TextField",
}
ORDER = (
    tables.DepartmentTable,
    tables.PersonTable,
    tables.ProjectTable,
    tables.TaskTable,
    *(
        table
        for table in all_tables()
        if table
        not in (tables.DepartmentTable, tables.PersonTable, tables.ProjectTable, tables.TaskTable)
    ),
)
HEAD = '''"""The first tables: a frozen copy of core.store.tables and core.store.logs as released."""

from typing import Any

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

WORK_TYPES = (
    ("项目型", "project", False),
    ("事务型", "routine", False),
    ("协作型", "collaboration", False),
    ("专项任务", "project", False),
    ("常规任务", "routine", False),
    ("紧急任务", "routine", True),
)
'''


def name_of(table: type[tables.Table]) -> str:
    """The class name in the migration."""
    return table.__name__.removesuffix("Table")


def source(field: peewee.Field) -> str:
    """One field as the migration declares it."""
    said: list[str] = []
    kind = STORAGE.get(type(field), type(field).__name__)
    if isinstance(field, peewee.ForeignKeyField):
        same = field.rel_model is field.model
        said += [
            '"self"' if same else name_of(field.rel_model),
            "index=False",
            'on_delete="RESTRICT"',
        ]
    if field.primary_key and kind != "BigAutoField":
        said.append("primary_key=True")
    if field.unique and not field.primary_key:
        said.append("unique=True")
    if field.index and not field.unique and not isinstance(field, peewee.ForeignKeyField):
        said.append("index=True")
    if field.null:
        said.append("null=True")
    if kind == "CharField":
        said.append(f"max_length={field.max_length}")
    said += [f'constraints=[Check("{one.sql[7:-1]}")]' for one in field.constraints or ()]
    if field.column_name != field.name and not isinstance(field, peewee.ForeignKeyField):
        said.append(f'column_name="{field.column_name}"')
    return f"{kind}({', '.join(said)})"


def model(table: type[tables.Table]) -> list[str]:
    """The lines of one model."""
    meta = table._meta
    lines = [f"class {name_of(table)}(Base):"]
    lines += [f"    {field.name} = {source(field)}" for field in meta.sorted_fields]
    lines += ["", "    class Meta:", f'        table_name = "{meta.table_name}"']
    plain = [one for one in meta.indexes if isinstance(one, tuple)]
    if plain:
        lines.append(f"        indexes = {tuple(plain)!r}".replace("'", '"'))
    lines.append("")
    for one in meta.indexes:
        if not isinstance(one, tuple):
            columns = ", ".join(f"{name_of(table)}.{each.name}" for each in one._expressions)
            where = f', where=SQL("{one._where.sql}")' if one._where is not None else ""
            lines.append(f'{name_of(table)}.add_index({columns}{where}, name="{one._name}")')
    return lines


def main() -> None:
    """Print the migration."""
    lines = [
        HEAD,
        "def models(db: Any) -> list[type[Model]]:",
        '    """The tables, bound to ``db``."""',
        "",
    ]
    body = [
        "class Base(Model):",
        "    class Meta:",
        "        database = db",
        "        legacy_table_names = False",
        "",
    ]
    for table in ORDER:
        body += model(table)
        body.append("")
    names = ", ".join(name_of(table) for table in ORDER)
    body.append(f"return [{names}]")
    lines += [f"    {line}" if line else "" for line in body]
    lines += [
        "",
        "",
        "def up(migrator: Any, db: Any) -> None:  # noqa: ARG001 - playhouse gives both",
        '    """Make the tables, and the work types that the guides name (R27)."""',
        "    made = models(db)",
        "    db.create_tables(made)",
        '    kinds = next(one for one in made if one._meta.table_name == "work_type")',
        '    rows = [dict(zip(("label", "kind", "urgent"), row, strict=True)) for row in WORK_TYPES]',
        "    kinds.insert_many(rows).execute()",
    ]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
