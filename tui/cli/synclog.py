"""``duban log``: the sync log, and ``duban log add``."""

from typing import TYPE_CHECKING, Any

from tui.cli import columns, reading
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from tui.cli.request import Request


def run(request: "Request") -> None:
    """List the entries, newest first."""
    from core.queries.synclog import SyncFilter, entries

    given = request.given
    rows = request.ask(entries, SyncFilter(**_narrowed(request)), limit=given.number("limit") or 50)
    if given.flag("json"):
        from tui.cli.asjson import plain

        people = request.handles()
        request.json([_as_json(plain(row), people) for row in rows])
        return
    from tui.terms import sync_kind_word

    words = request.words
    heads = [words("Day"), words("Kind"), words("Topic"), words("Content"), words("Who")]
    heads.append(words("Task"))
    lines = [
        (
            row.day.isoformat(),
            sync_kind_word(words, row.kind),
            row.topic,
            row.content.partition("\n")[0],
            row.author_name,
            row.task_key,
        )
        for row in rows
    ]
    if lines:
        columns.show(heads, lines)
    else:
        request.note(words("The log is empty. A first entry: duban log add TOPIC"))


def _narrowed(request: "Request") -> dict[str, Any]:
    """Which entries the options ask for."""
    given = request.given
    shown: dict[str, Any] = {}
    if text := given.text("kind"):
        shown["kind"] = reading.sync_kind(request, text)
    if text := given.text("person"):
        shown["person"] = request.person(text).id
    if (text := given.text("project")) and (project := request.project(text)):
        shown["project"] = project.id
    if text := given.text("task"):
        shown["task"] = request.task(text)
    for name, field in (("since", "day_from"), ("until", "day_to")):
        if text := given.text(name):
            shown[field] = reading.day(request, text)
    return shown


def _as_json(row: dict[str, Any], people: dict[int, str]) -> dict[str, Any]:
    row["task"] = row.pop("task_key") or None
    row["project"] = row.pop("project_key")
    row["author"] = people.get(row["author"])
    return row


def add(request: "Request") -> None:
    """Write an entry."""
    from core.commands.sync import AddSyncEntry

    given = request.given
    fields: dict[str, Any] = {
        name: given.text(name) for name in ("content", "audience", "reference", "remarks")
    }
    if text := given.text("task"):
        from core.queries.listing import project_of

        fields["task"] = request.task(text)
        project = request.ask(project_of, fields["task"])
    else:
        project = request.home()
    if text := given.text("kind"):
        fields["kind"] = reading.sync_kind(request, text)
    if text := given.text("day"):
        fields["day"] = reading.day(request, text, project=project)
    topic = given.text("topic")
    receipt = request.do(AddSyncEntry(project=project.id, topic=topic, **fields))
    request.receipt(receipt, request.words("Noted: {what}", what=receipt.name))


_KIND = Parameter(
    "-k --kind KIND",
    N_("progress, problem, decision, deliverable or note."),
    suggests="kinds",
)

COMMANDS = {
    "log": Command(
        "log",
        run,
        help=N_("Read the sync log; log add writes an entry."),
        example="duban log --kind decision --since 2026-11-01",
        takes=(
            _KIND,
            Parameter("--person WHO", N_("Only this author's."), suggests="people"),
            Parameter("--project KEY", N_("Only this project's."), suggests="projects"),
            Parameter("--task KEY", N_("Only this task's."), suggests="tasks"),
            Parameter("--since DAY", N_("From this day on.")),
            Parameter("--until DAY", N_("Up to this day.")),
            Parameter("-n --limit COUNT", N_("At most so many; 50 unless given.")),
        ),
    ).with_commands(
        Command(
            "add",
            add,
            help=N_("Write an entry into the sync log."),
            example='duban log add "Release moved" --kind decision --task T001',
            writes=True,
            takes=(
                Parameter("TOPIC..."),
                Parameter("--content TEXT", N_("What is told.")),
                _KIND,
                Parameter("--task KEY", N_("The task it belongs to."), suggests="tasks"),
                Parameter("--project KEY", N_("Its project."), suggests="projects"),
                Parameter("--audience WHOM", N_("Whom it is for.")),
                Parameter("--reference TEXT", N_("Where more is to be read.")),
                Parameter("--remarks TEXT", N_("A remark.")),
                Parameter("--day DAY", N_("The day it tells of; today unless given.")),
            ),
        )
    )
}
