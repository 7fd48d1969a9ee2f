"""Whose a column of a table of responsibilities is, as headings say it.

``客户对接人`` is a role, ``张三`` somebody who is known, ``执行人*专员`` and ``执行人(张三)`` are
people in a role.
"""

import re
from typing import Final, NamedTuple

from core.domain.ids import PersonId
from core.exchange.reading.nodes import MASK, masked, role_before
from core.exchange.telling.names import Names, bare
from core.policies.raci import Holder
from core.queries.raci_rows import Column

_IN_BRACKETS: Final = re.compile(r"(.+?)\s*[(\uff08]\s*([^()\uff08\uff09]+?)\s*[)\uff09]")


class Meant(NamedTuple):
    """Who is meant by a heading."""

    label: str
    """The person's name, else the role's."""
    is_person: bool
    role: str = ""
    """In which a person is named."""


def meant(heading: str, names: Names) -> Meant:
    """Who is meant. A name that nobody has is a role's; one that several share is a person's."""
    whole = bare(heading)
    if names.find(whole) is not None or names.is_shared(whole):
        return Meant(whole, is_person=True)
    if name := masked(heading):
        return Meant(name, is_person=True, role=role_before(heading))
    found = _IN_BRACKETS.fullmatch(whole)
    if found is not None:
        outer, inner = found.groups()
        for name, role in ((inner, outer), (outer, inner)):
            if names.find(name) is not None:
                return Meant(name, is_person=True, role=role)
    return Meant(whole, is_person=False)


def told(column: Column, names: Names) -> str:
    """The heading of a column, such that reading it means the same."""
    if column.holder.person is None:
        return column.holder.label
    name = names.told(column.holder.person)
    if not column.role:
        return name
    return f"{column.role}{name}" if name.startswith(MASK) else f"{column.role}({name})"


def holder(one: Meant, person: PersonId | None) -> Holder:
    """Whose column it is, where ``person`` is who bears the name."""
    return Holder(person) if one.is_person and person is not None else Holder(label=one.label)
