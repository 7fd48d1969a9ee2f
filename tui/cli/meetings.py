"""``duban meeting``: minutes of meetings, and the plan of when they are held."""

import re
from typing import TYPE_CHECKING, Any

from tui.cli import columns, reading
from tui.cli.declared import Command, Parameter
from tui.cli.synclog import as_json as entry_json
from tui.cli.synclog import viewer
from tui.words import N_

if TYPE_CHECKING:
    from core.queries.meetings import MeetingRow, PlanRow
    from tui.cli.request import Request
    from tui.words import Words


def run(request: "Request") -> None:
    """List the meetings, newest first."""
    from core.queries.meetings import meetings
    from tui.terms import meeting_word

    given, words = request.given, request.words
    project = request.project(given.text("project")) if given.text("project") else None
    number = project.id if project else None
    rows = request.ask(meetings, project=number, limit=given.number("limit") or 50)
    if given.flag("json"):
        people = request.handles()
        request.json([_as_json(row, people) for row in rows])
        return
    heads = [words("No."), words("Day"), words("Kind"), words("Topic"), words("Who")]
    lines = [
        (
            str(row.id),
            row.day.isoformat(),
            meeting_word(words, row.kind),
            row.topic,
            row.author_name,
            row.task_key or row.project_key,
        )
        for row in rows
    ]
    if lines:
        columns.show([*heads, words("Task")], lines)
    else:
        request.note(words("No meeting yet. A first one: duban meeting add KIND TOPIC"))


def _as_json(found: "MeetingRow", people: dict[int, str]) -> dict[str, Any]:
    from tui.cli.asjson import plain

    row: dict[str, Any] = plain(found)
    row["task"] = row.pop("task_key") or None
    row["project"] = row.pop("project_key")
    row["author"] = people.get(row["author"])
    return row


def show(request: "Request") -> None:
    """One meeting: its minutes, and what it decided."""
    from core.domain.ids import PartId
    from core.queries.meetings import meeting
    from tui.terms import meeting_word

    number, words = PartId(request.given.number("number") or 0), request.words
    found = request.ask(meeting, number, viewer=viewer(request))
    row, people = found.meeting, request.handles()
    decided = [entry_json(one, people) for one in found.decisions]
    said = (meeting_word(words, row.kind), row.day.isoformat(), row.author_name, row.project_key)
    lines = [f"#{row.id} {row.topic}", " · ".join((*said, row.task_key)).rstrip(" ·")]
    if row.attendees:
        lines.append(f"{words('Attendees')}  {row.attendees}")
    lines += row.minutes.split("\n") if row.minutes else []
    lines += [f"{words('Decision')}  #{one.id} {one.topic}" for one in found.decisions]
    request.answer({**_as_json(row, people), "decisions": decided}, *lines)


def add(request: "Request") -> None:
    """Write the minutes of a meeting."""
    from core.commands.meetings import HoldMeeting

    given = request.given
    fields: dict[str, Any] = {name: given.text(name) for name in ("attendees", "minutes")}
    kind = reading.meeting_kind(request, given.text("kind"))
    if text := given.text("task"):
        from core.queries.listing import project_of

        fields["task"] = request.task(text)
        project = request.ask(project_of, fields["task"])
    else:
        project = request.home()
    if text := given.text("day"):
        fields["day"] = reading.day(request, text, project=project)
    decided = filter(None, map(str.strip, re.split(r"[\n;；]+", given.text("decisions"))))
    topic = given.text("topic")
    command = HoldMeeting(
        project=project.id, kind=kind, topic=topic, decisions=tuple(decided), **fields
    )
    receipt = request.do(command)
    words = request.words
    said = words("Meeting #{number} noted: {topic}", number=receipt.id, topic=receipt.name)
    request.receipt(receipt, said)


def plan(request: "Request") -> None:
    """Plan one kind of meeting; without a kind, list what is planned."""
    from core.commands.meetings import PlanMeeting
    from tui.terms import meeting_word

    given = request.given
    if not (text := given.text("kind")):
        _list_plans(request)
        return
    kind = reading.meeting_kind(request, text)
    if not (days := given.text("days")):
        raise request.wrong(request.words("Say on which days: --days daily, last or mon,wed,fri"))
    fields = {"channel": given.text("channel")}
    if at := given.text("time"):
        fields["time"] = at
    command = PlanMeeting(project=request.home().id, kind=kind, days=days, **fields)
    receipt = request.do(command)
    words = request.words
    what = meeting_word(words, kind)
    request.receipt(receipt, words("Plan #{number}: {what}", number=receipt.id, what=what))


def _list_plans(request: "Request") -> None:
    from core.queries.meetings import plans
    from tui.terms import meeting_word

    given, words = request.given, request.words
    project = request.project(given.text("project")) if given.text("project") else None
    rows = request.ask(plans, now=request.desk.now(), project=project.id if project else None)
    if given.flag("json"):
        request.json([_plan_json(row) for row in rows])
        return
    heads = [words("No."), words("Project"), words("Kind"), words("Days"), words("Time")]
    heads += [words("Channel"), words("Next meeting")]
    lines = [
        (
            str(row.plan.id),
            row.project_key,
            meeting_word(words, row.plan.kind),
            row.plan.days,
            row.plan.time,
            row.plan.channel,
            _next(request, row),
        )
        for row in rows
    ]
    if lines:
        columns.show(heads, lines)
    else:
        request.note(_unplanned(words))


def _unplanned(words: "Words") -> str:
    return words("No meeting is planned. Try: duban meeting plan weekly --days last")


def _next(request: "Request", row: "PlanRow") -> str:
    from zoneinfo import ZoneInfo

    from core.queries.directory import projects

    found = next(one for one in request.ask(projects) if one.id == row.plan.project)
    zone = ZoneInfo(found.time_zone)
    return f"{row.next.astimezone(zone):%Y-%m-%d %H:%M}" if row.next else "–"


def _plan_json(row: "PlanRow") -> dict[str, Any]:
    from tui.cli.asjson import plain

    found: dict[str, Any] = plain(row.plan)
    return {**found, "project": row.project_key, "next": plain(row.next)}


def drop(request: "Request") -> None:
    """Plan such meetings no longer."""
    from core.commands.meetings import DropPlan
    from core.domain.ids import PartId

    receipt = request.do(DropPlan(plan=PartId(request.given.number("number") or 0)))
    request.receipt(receipt, request.words("Removed: {what}", what=receipt.name))


_KINDS = N_("kick-off, standup, weekly, ad-hoc, retro or report.")
_PROJECT = Parameter("--project KEY", N_("Its project."), suggests="projects")

COMMANDS = {
    "meeting": Command(
        "meeting",
        run,
        help=N_("List meetings; meeting add writes minutes, meeting plan says when."),
        example="duban meeting --project T",
        takes=(
            Parameter("--project KEY", N_("Only this project's."), suggests="projects"),
            Parameter("-n --limit COUNT", N_("At most so many; 50 unless given.")),
        ),
    ).with_commands(
        Command(
            "add",
            add,
            help=N_("Write down a meeting and what it decided."),
            example='duban meeting add weekly "Week 47" --decisions "Ship on Friday"',
            writes=True,
            takes=(
                Parameter("KIND", _KINDS, suggests="meetings"),
                Parameter("TOPIC..."),
                Parameter("--attendees NAMES", N_("Who was there.")),
                Parameter("--minutes TEXT", N_("What was said.")),
                Parameter("--decisions TEXT", N_("What was decided, between semicolons.")),
                Parameter("--task KEY", N_("The task it was about."), suggests="tasks"),
                _PROJECT,
                Parameter("--day DAY", N_("Its day; today unless given.")),
            ),
        ),
        Command(
            "ls",
            run,
            help=N_("List meetings, newest first."),
            example="duban meeting ls --limit 10",
            takes=(
                Parameter("--project KEY", N_("Only this project's."), suggests="projects"),
                Parameter("-n --limit COUNT", N_("At most so many; 50 unless given.")),
            ),
        ),
        Command(
            "show",
            show,
            help=N_("Read the minutes of one meeting."),
            example="duban meeting show 3",
            takes=(Parameter("NUMBER"),),
        ),
        Command(
            "plan",
            plan,
            help=N_("Plan a kind of meeting; without a kind, list what is planned."),
            example="duban meeting plan weekly --days fri --time 16:00",
            writes=True,
            takes=(
                Parameter("[KIND]", _KINDS, suggests="meetings"),
                Parameter("--days DAYS", N_("daily, last (workday of the week) or mon,wed,fri.")),
                Parameter("--time HH:MM", N_("On the project's clock; 09:30 unless given.")),
                Parameter("--channel TEXT", N_("Room, phone, document, chat.")),
                _PROJECT,
            ),
        ),
        Command(
            "drop",
            drop,
            help=N_("Plan a kind of meeting no longer."),
            example="duban meeting drop 2",
            writes=True,
            takes=(Parameter("NUMBER"),),
        ),
    )
}
