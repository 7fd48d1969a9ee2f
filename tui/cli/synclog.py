"""``duban log``: the sync log; ``log add``, ``log show`` and ``log task``."""

from typing import TYPE_CHECKING, Any

from core.domain.refusals import NotFound
from tui.cli import columns, reading
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.domain.ids import PersonId
    from core.domain.people import Project
    from core.queries.synclog import SyncRow
    from tui.cli.request import Request
    from tui.words import Words


def viewer(request: "Request") -> "PersonId | None":
    """Whose restricted entries are shown."""
    me = request.desk.me()
    return me.id if me else None


def run(request: "Request") -> None:
    """List the entries that whoever asks may see, newest first."""
    from core.queries.synclog import SyncFilter, entries

    given = request.given
    shown, limit = SyncFilter(**_narrowed(request)), given.number("limit") or 50
    rows = request.ask(entries, shown, viewer=viewer(request), limit=limit)
    if given.flag("json"):
        people = request.handles()
        request.json([as_json(row, people) for row in rows])
        return
    from tui.terms import sync_kind_word

    words = request.words
    heads = [words("No."), words("Day"), words("Kind"), words("Topic"), words("Content")]
    heads += [words("Who"), words("Task")]
    lines = [
        (
            str(row.id),
            row.day.isoformat(),
            sync_kind_word(words, row.kind),
            " ".join((row.topic, *_marks(words, row))),
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


def _marks(words: "Words", row: "SyncRow") -> list[str]:
    """What is special about an entry, in brackets."""
    said = [words("restricted")] if row.restricted else []
    if row.asks_name:
        word = words("answered") if row.answered else words("open question")
        said.append(f"{word} @{row.asks_name}")
    if row.follow_up:
        said.append(row.follow_up_task_key or words("follow-up"))
    return [f"[{one}]" for one in said]


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


def as_json(found: "SyncRow", people: dict[int, str]) -> dict[str, Any]:
    """An entry; people by handle, tasks by key."""
    from tui.cli.asjson import plain

    row: dict[str, Any] = plain(found)
    row["task"] = row.pop("task_key") or None
    row["project"] = row.pop("project_key")
    row["follow_up_task"] = row.pop("follow_up_task_key") or None
    for name in ("author", "asks", "follow_up_owner"):
        row[name] = people.get(row[name])
    return row


def show(request: "Request") -> None:
    """One entry with all that was written."""
    from core.domain.ids import PartId
    from core.queries.synclog import entry
    from tui.terms import field_word, sync_kind_word

    number = PartId(request.given.number("number") or 0)
    row = request.ask(entry, number, viewer=viewer(request))
    words = request.words
    agreed = (row.follow_up, row.follow_up_owner_name, row.follow_up_due, row.follow_up_task_key)
    facts = {
        "audience": row.audience,
        "reference": row.reference,
        "remarks": row.remarks,
        "asks": row.asks_name,
        "answers": f"#{row.answers}" if row.answers else "",
        "follow_up": " · ".join(str(one) for one in agreed if one),
        "meeting": f"#{row.meeting}" if row.meeting else "",
        "task": row.task_key,
        "project": row.project_key,
    }
    lines = [f"#{row.id} {row.topic}", " ".join(_marks(words, row)), row.content]
    said = (sync_kind_word(words, row.kind), row.day.isoformat(), row.author_name)
    lines.insert(1, " · ".join(said))
    lines += [f"{field_word(words, name)}  {text}" for name, text in facts.items() if text]
    request.answer(as_json(row, request.handles()), *filter(None, lines))


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
    fields |= _concerned(request) | _agreed(request, project)
    topic = given.text("topic")
    receipt = request.do(AddSyncEntry(project=project.id, topic=topic, **fields))
    words = request.words
    said = words("Entry #{number} noted: {topic}", number=receipt.id, topic=topic)
    request.receipt(receipt, said)


def _concerned(request: "Request") -> dict[str, Any]:
    """For whom it is, who should answer, and what it answers."""
    from core.domain.ids import PartId

    given = request.given
    fields: dict[str, Any] = {"restricted": given.flag("restricted")}
    if text := given.text("to"):
        people, departments = _named(request, text)
        fields |= {"people": people, "departments": departments}
    if text := given.text("ask"):
        fields["asks"] = request.person(text).id
    if number := given.number("answers"):
        fields["answers"] = PartId(number)
    return fields


def _named(request: "Request", text: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """People and departments by name. Refuses NotFound and Ambiguous."""
    from core.queries.directory import departments

    known = {one.name: one.id for one in request.ask(departments)}
    people, found = [], []
    for name in filter(None, (one.strip() for one in text.replace("、", ",").split(","))):
        try:
            people.append(request.person(name).id)
        except NotFound:
            if name not in known:
                raise
            found.append(known[name])
    return tuple(people), tuple(found)


def _agreed(request: "Request", project: "Project") -> dict[str, Any]:
    """What is to be done, by whom and until when."""
    given = request.given
    fields: dict[str, Any] = {"follow_up": given.text("follow_up")}
    if text := given.text("owner"):
        fields["follow_up_owner"] = request.person(text).id
    if text := given.text("due"):
        fields["follow_up_due"] = reading.day(request, text, project=project)
    return fields


def task(request: "Request") -> None:
    """Make a task of what an entry agreed on."""
    from core.commands.sync import MakeFollowUpTask
    from core.domain.ids import PartId

    number = PartId(request.given.number("number") or 0)
    openly = request.given.flag("openly")
    receipt = request.do(MakeFollowUpTask(entry=number, openly=openly))
    request.receipt(receipt, request.words("Added: {what}", what=receipt.name))


_KIND = Parameter(
    "-k --kind KIND",
    N_("progress, problem, decision, deliverable or note."),
    suggests="kinds",
)
_ADDS = (
    Parameter("TOPIC..."),
    Parameter("--content TEXT", N_("What is told.")),
    _KIND,
    Parameter("--task KEY", N_("The task it belongs to."), suggests="tasks"),
    Parameter("--project KEY", N_("Its project."), suggests="projects"),
    Parameter("--audience WHOM", N_("Whom it is for, in any words.")),
    Parameter("--to NAMES", N_("Whom it is for: people and departments, between commas.")),
    Parameter("--restricted", N_("Only for those, for me and for leads.")),
    Parameter("--ask WHO", N_("Who should answer."), suggests="people"),
    Parameter("--answers NUMBER", N_("The entry that asked.")),
    Parameter("--follow-up TEXT", N_("What is to be done now.")),
    Parameter("--owner WHO", N_("By whom."), suggests="people"),
    Parameter("--due DAY", N_("Until when.")),
    Parameter("--reference TEXT", N_("Where more is to be read.")),
    Parameter("--remarks TEXT", N_("A remark.")),
    Parameter("--day DAY", N_("The day it tells of; today unless given.")),
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
            takes=_ADDS,
        ),
        Command(
            "show",
            show,
            help=N_("Read one entry whole."),
            example="duban log show 12",
            takes=(Parameter("NUMBER"),),
        ),
        Command(
            "task",
            task,
            help=N_("Make a task of an entry's follow-up."),
            example="duban log task 12",
            writes=True,
            takes=(
                Parameter("NUMBER"),
                Parameter("--openly", N_("Of a restricted entry too: everybody sees tasks.")),
            ),
        ),
    )
}
