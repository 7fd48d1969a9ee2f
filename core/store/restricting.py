"""Who may see a restricted sync entry (R95): the one condition that everything asks.

Shown to its author, to the people of its audience, to the members of its audience's departments,
and to leads: role lead, the lead of its project, the lead of its project's department.
"""

from typing import TYPE_CHECKING, Any

from peewee import fn

from core.domain.ids import PersonId
from core.domain.status import Role
from core.store.rare_tables import SyncTable
from core.store.rhythm_tables import AudienceTable
from core.store.tables import DepartmentTable, PersonTable, ProjectTable

if TYPE_CHECKING:
    from core.store.database import Store


def may_see(viewer: PersonId | None, *, entry: Any = SyncTable) -> Any:
    """The condition under which ``viewer`` sees a row of ``entry``, the table or an alias of it.

    None, somebody the store does not know, sees what is public only.
    """
    public = entry.restricted == False  # noqa: E712 - peewee words it so
    if viewer is None:
        return public
    own = PersonTable.select(PersonTable.department).where(
        (PersonTable.id == viewer) & PersonTable.department.is_null(False)
    )
    told = AudienceTable.select(AudienceTable.entry).where(
        (AudienceTable.person == viewer) | AudienceTable.department.in_(own)
    )
    leads = PersonTable.select(PersonTable.id).where(
        (PersonTable.id == viewer) & (PersonTable.role == Role.LEAD)
    )
    headed = DepartmentTable.select(DepartmentTable.id).where(DepartmentTable.lead == viewer)
    led = ProjectTable.select(ProjectTable.id).where(
        (ProjectTable.lead == viewer) | ProjectTable.department.in_(headed)
    )
    return (
        public
        | (entry.author == viewer)
        | entry.id.in_(told)
        | (entry.project.in_(led))
        | fn.EXISTS(leads)
    )


def sees(store: "Store", viewer: PersonId | None, number: int) -> bool:
    """Whether ``viewer`` sees that entry; False for one that does not exist."""
    query = SyncTable.select(SyncTable.id).where((SyncTable.id == number) & may_see(viewer))
    return store.row(query) is not None
