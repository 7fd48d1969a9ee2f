"""``duban members``: who sees a restricted project."""

from typing import TYPE_CHECKING, Any

from tui.cli import columns
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.domain.people import Person
    from tui.cli.request import Request


def show(request: "Request") -> None:
    """Tell whose names stand on the list, and whether it matters."""
    from core.queries.directory import find_project, members

    words = request.words
    project = request.ask(find_project, request.given.text("key"))
    found: tuple[Person, ...] = request.ask(members, project.id)
    if request.given.flag("json"):
        told = [{"handle": one.handle, "name": one.name} for one in found]
        request.json({"project": project.key, "restricted": project.restricted, "members": told})
        return
    if found:
        columns.show((words("Handle"), words("Name")), [(one.handle, one.name) for one in found])
    request.say(
        words(
            "Only they, its leads, and whoever owns or accepts a task in it see {key}.",
            key=project.key,
        )
        if project.restricted
        else words(
            "Everybody sees {key}. To restrict it: duban projects edit {key} --restricted",
            key=project.key,
        )
    )


def add(request: "Request") -> None:
    """Put somebody on the list."""
    from core.commands.members import AddMember

    _change(request, AddMember)


def remove(request: "Request") -> None:
    """Take somebody off the list."""
    from core.commands.members import RemoveMember

    _change(request, RemoveMember)


def _change(request: "Request", command: Any) -> None:  # noqa: ANN401 - either of the two
    from core.queries.directory import find_project

    project = request.ask(find_project, request.given.text("key"))
    person = request.person(request.given.text("who"))
    receipt = request.do(command(project=project.id, person=person.id))
    request.receipt(receipt, request.words("Changed: {what}", what=project.key))


_TAKES = (
    Parameter("KEY", N_("The project."), suggests="projects"),
    Parameter("WHO", N_("A handle or name."), suggests="people"),
)

COMMANDS = {
    "members": Command(
        "members",
        show,
        help=N_("Who sees a restricted project, besides those who lead it."),
        example="duban members OPS",
        takes=(Parameter("KEY", N_("The project."), suggests="projects"),),
    ).with_commands(
        Command(
            "add",
            add,
            help=N_("Let somebody see the project."),
            example="duban members add OPS li",
            takes=_TAKES,
            writes=True,
        ),
        Command(
            "remove",
            remove,
            help=N_("Take somebody off the list."),
            example="duban members remove OPS li",
            takes=_TAKES,
            writes=True,
        ),
    )
}
