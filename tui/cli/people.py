"""``duban people`` and ``departments``."""

from typing import TYPE_CHECKING, Any

from tui.cli import columns, reading
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from datetime import date

    from core.domain.departments import Department
    from tui.cli.request import Request


def run(request: "Request") -> None:
    """List everybody."""
    from core.queries.directory import departments, people
    from tui.terms import role_word

    words = request.words
    found = request.ask(people)
    homes = {one.id: one.name for one in request.ask(departments)}
    handles = {one.id: one.handle for one in found}
    if request.given.flag("json"):
        lines = [
            {
                "handle": one.handle,
                "name": one.name,
                "role": one.role.value,
                "department": homes.get(one.department) if one.department else None,
                "manager": handles.get(one.manager) if one.manager else None,
                "placeholder": one.placeholder,
                "away_until": one.away_until.isoformat() if one.away_until else None,
            }
            for one in found
        ]
        request.json(lines)
        return
    heads = [words("Handle"), words("Name"), words("Role"), words("Department"), words("Manager")]
    heads.append(words("Away until"))
    rows = [
        (
            one.handle,
            one.name,
            words("placeholder") if one.placeholder else role_word(words, one.role),
            homes[one.department] if one.department else "",
            handles.get(one.manager, "") if one.manager else "",
            one.away_until.isoformat() if one.away_until else "",
        )
        for one in found
    ]
    columns.show(heads, rows)


def _fields(request: "Request") -> dict[str, Any]:
    """Role, department and manager as they are given."""
    given = request.given
    fields: dict[str, Any] = {}
    if text := given.text("role"):
        fields["role"] = reading.role(request, text)
    if text := given.text("department"):
        fields["department"] = department(request, text).id
    if text := given.text("manager"):
        fields["manager"] = request.person(text).id
    return fields


def department(request: "Request", text: str) -> "Department":
    """The department of that name. Refuses NotFound."""
    from core.domain.refusals import NotFound
    from core.queries.directory import departments
    from tui.cli.nearest import found_nothing

    found = request.ask(departments)
    for one in found:
        if one.name == text:
            return one
    raise found_nothing(NotFound("department", text), [one.name for one in found])


def add(request: "Request") -> None:
    """Add a member."""
    from core.commands.people import AddPerson

    given = request.given
    if request.desk.me() is None:
        request.begin()
    handle = given.text("handle").lstrip("@")
    command = AddPerson(handle=handle, name=given.text("name") or handle, **_fields(request))
    receipt = request.do(command)
    request.receipt(receipt, request.words("@{handle} added.", handle=receipt.name))


def edit(request: "Request") -> None:
    """Correct a person."""
    from core.commands.people import EditPerson

    given = request.given
    person = request.person(given.text("who"))
    command = EditPerson(
        person=person.id,
        handle=given.maybe("handle"),
        name=given.maybe("name"),
        away_until=_away(request, given.text("away")),
        **_fields(request),
    )
    receipt = request.do(command)
    request.receipt(receipt, request.words("@{handle} is changed.", handle=receipt.name))


def _away(request: "Request", text: str) -> "date | None":
    """Their last day away; ``none`` for somebody who is here again."""
    from core.commands.people import BACK

    if not text:
        return None
    return BACK if text.casefold() in {"none", "无"} else reading.day(request, text)


def merge(request: "Request") -> None:
    """Say who a placeholder is."""
    from core.commands.people import MergePerson

    given = request.given
    gone, real = request.person(given.text("placeholder")), request.person(given.text("who"))
    receipt = request.do(MergePerson(placeholder=gone.id, person=real.id))
    words = request.words
    said = words("{name} is @{handle} from now on.", name=gone.name, handle=receipt.name)
    request.receipt(receipt, said)


def list_departments(request: "Request") -> None:
    """List all departments."""
    from core.queries.directory import departments, people

    names = {one.id: one for one in request.ask(people, with_merged=True)}
    found = request.ask(departments)
    leads = [names[one.lead] if one.lead else None for one in found]
    if request.given.flag("json"):
        pairs = zip(found, leads, strict=True)
        request.json([{"name": one.name, "lead": lead and lead.handle} for one, lead in pairs])
        return
    rows = [(one.name, lead.name if lead else "") for one, lead in zip(found, leads, strict=True)]
    columns.show((request.words("Department"), request.words("Lead")), rows)


def add_department(request: "Request") -> None:
    """Add a department."""
    from core.commands.people import AddDepartment

    given = request.given
    if request.desk.me() is None:
        request.begin()
    lead = request.person(given.text("lead")).id if given.text("lead") else None
    receipt = request.do(AddDepartment(name=given.text("name"), lead=lead))
    request.receipt(receipt, request.words("Added: {what}", what=receipt.name))


def edit_department(request: "Request") -> None:
    """Rename a department or name its lead."""
    from core.commands.people import EditDepartment

    given = request.given
    lead = request.person(given.text("lead")).id if given.text("lead") else None
    found = department(request, given.text("name"))
    command = EditDepartment(department=found.id, name=given.maybe("new_name"), lead=lead)
    receipt = request.do(command)
    request.receipt(receipt, request.words("Changed: {what}", what=receipt.name))


_FIELDS = (
    Parameter("--role ROLE", N_("observer, member, lead or admin."), suggests="roles"),
    Parameter("--department NAME", N_("Their department.")),
    Parameter("--manager WHO", N_("Whom they report to."), suggests="people"),
)
_LEAD = Parameter("--lead WHO", N_("Who leads it."), suggests="people")

COMMANDS = {
    "people": Command(
        "people",
        run,
        help=N_("List people; add, edit or merge them."),
        example="duban people",
    ).with_commands(
        Command("list", run, help=N_("List everybody."), example="duban people list"),
        Command(
            "add",
            add,
            help=N_("Add a member."),
            example='duban people add lin "林晓" --role lead',
            writes=True,
            takes=(Parameter("HANDLE"), Parameter("[NAME]..."), *_FIELDS),
        ),
        Command(
            "edit",
            edit,
            help=N_("Correct a person."),
            example='duban people edit lin --name "Lin Xiao"',
            writes=True,
            takes=(
                Parameter("WHO", suggests="people"),
                Parameter("--handle HANDLE", N_("Their new handle.")),
                Parameter("--name NAME", N_("Their name.")),
                Parameter("--away DAY", N_("Away up to that day; none: here again.")),
                *_FIELDS,
            ),
        ),
        Command(
            "merge",
            merge,
            help=N_("Say who a placeholder of an import is."),
            example="duban people merge 王经理 wang",
            writes=True,
            takes=(
                Parameter("PLACEHOLDER", suggests="people"),
                Parameter("WHO", suggests="people"),
            ),
        ),
    ),
    "departments": Command(
        "departments",
        list_departments,
        help=N_("List departments; add or edit them."),
        example="duban departments",
    ).with_commands(
        Command(
            "list", list_departments, help=N_("List departments."), example="duban departments list"
        ),
        Command(
            "add",
            add_department,
            help=N_("Add a department."),
            example="duban departments add 运营部 --lead lin",
            writes=True,
            takes=(Parameter("NAME..."), _LEAD),
        ),
        Command(
            "edit",
            edit_department,
            help=N_("Rename a department or name its lead."),
            example="duban departments edit 运营部 --lead wang",
            writes=True,
            takes=(Parameter("NAME"), Parameter("--new-name NAME", N_("Its new name.")), _LEAD),
        ),
    ),
}
