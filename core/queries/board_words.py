"""What a word of a board's filter asks of a task."""

import re
from typing import Any

from peewee import SQL, NodeList, Value

from core.store.tables import PersonTable, TaskTable


def written(word: str) -> Any:
    """Whether a folded word occurs in what is written on a task.

    peewee's own way would fold all of it once more on PostgreSQL, which takes twice as long.
    """
    pattern = re.sub(r"([!%_])", r"!\1", word)
    like = (TaskTable.folded, SQL("LIKE"), Value(f"%{pattern}%"), SQL("ESCAPE '!'"))
    return NodeList(like, parens=True)


def owned_by(name: str) -> Any:
    """Whether ``name`` occurs in the owner's name or handle; null without an owner.

    People are looked through once, not for each task.
    """
    person = PersonTable.alias("named")
    named = person.name.contains(name) | person.handle.contains(name.casefold())
    return TaskTable.owner.in_(person.select(person.id).where(named))
