"""``duban add``."""

import sys
from typing import TYPE_CHECKING, Any

from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.domain.people import Project
    from tui.cli.request import Request

_TEXTS = ("type", "description", "background", "outcome", "value", "note", "external_id", "key")


def run(request: "Request") -> None:
    """Add the task and tell its key."""
    from core.commands.tasks import CreateTask

    given = request.given
    fields: dict[str, Any] = {
        name: given.text(name) for name in _TEXTS if given.maybe(name) is not None
    }
    if parent := given.text("parent"):
        from core.queries.listing import project_of

        fields["parent"] = request.task(parent)
        project = request.ask(project_of, fields["parent"])
        if (named := given.text("project")) and (found := request.project(named)):
            fields["project"] = found.id
    else:
        project = request.home()
        fields["project"] = project.id
    if owner := given.text("owner"):
        fields["owner"] = request.person(owner).id
    if acceptor := given.text("acceptor"):
        fields["acceptor"] = request.person(acceptor).id
    fields |= _read(request, project)
    title = given.text("title")
    receipt = request.do(CreateTask(title=title, urgent=given.flag("urgent"), **fields))
    request.receipt(receipt, _told(request, receipt.name, title.strip(), project=project))
    if sys.stdout.isatty():
        from tui.cli import clarity

        clarity.advise(request, receipt)


def _told(request: "Request", key: str, title: str, *, project: "Project") -> str:
    """What was added, and where to if it could have been elsewhere."""
    from core.queries.directory import projects

    words = request.words
    if len(request.ask(projects)) < 2:
        return words("{key} added: {title}", key=key, title=title)
    return words("{key} added to {project}: {title}", key=key, project=project.key, title=title)


def _read(request: "Request", project: "Project") -> dict[str, Any]:
    """The fields that are not plain text."""
    given, fields = request.given, dict[str, Any]()
    if not any(given.maybe(name) for name in ("due", "start", "priority", "state")):
        return fields
    from tui.cli import reading

    if text := given.text("due"):
        fields["due"] = reading.due(request, text, project=project)
    if text := given.text("start"):
        fields["start"] = reading.day(request, text, project=project)
    if text := given.text("priority"):
        fields["priority"] = reading.priority(request, text)
    if text := given.text("state"):
        fields["state"] = reading.state(request, text)
    return fields


COMMANDS = {
    "add": Command(
        "add",
        run,
        help=N_("Add a task."),
        example='duban add "Call the customer" --owner lin --due fri',
        writes=True,
        takes=(
            Parameter("TITLE..."),
            Parameter("-o --owner WHO", N_("Who does it."), suggests="people"),
            Parameter("-d --due WHEN", N_("Until when: 2026-12-01, +3d, fri, tomorrow.")),
            Parameter("-p --priority WORD", N_("high, medium or low."), suggests="priorities"),
            Parameter("--project KEY", N_("Its project."), suggests="projects"),
            Parameter("--parent KEY", N_("The task that it is a part of."), suggests="tasks"),
            Parameter("--urgent", N_("It is urgent.")),
            Parameter("--type LABEL", N_("The kind of work.")),
            Parameter("--start DAY", N_("The day it starts.")),
            Parameter("--state STATE", N_("The column it begins in."), suggests="states"),
            Parameter("--acceptor WHO", N_("Who accepts it."), suggests="people"),
            Parameter("--description TEXT", N_("What is to be done.")),
            Parameter("--background TEXT", N_("Why it came up.")),
            Parameter("--outcome TEXT", N_("The expected outcome.")),
            Parameter("--value TEXT", N_("Why it matters.")),
            Parameter("--note TEXT", N_("A remark.")),
            Parameter("--external-id ID", N_("Its id elsewhere.")),
            Parameter("--key KEY", N_("A key of your own.")),
        ),
    )
}
