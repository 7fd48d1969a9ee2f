"""``duban events``: what happened, in order."""

import sys
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.queries.history import EventRow
    from tui.cli.request import Request

_PAGE = 500


def run(request: "Request") -> None:
    """Tell the events after a number, oldest first; as JSON, one a line."""
    from core.queries.history import events

    given = request.given
    about: dict[str, Any] = {}
    if text := given.text("task"):
        about["task"] = request.task(text)
    if text := given.text("person"):
        about["actor"] = request.person(text).id
    if (text := given.text("project")) and (project := request.project(text)):
        about["project"] = project.id
    people, zones = _people(request), _zones(request)
    after, left = given.number("after") or 0, given.number("limit")
    while left is None or left > 0:
        size = _PAGE if left is None else min(left, _PAGE)
        rows = request.ask(events, after=after, limit=size, **about)
        for row in rows:
            _tell(request, row, people, zones=zones)
        if len(rows) < size:
            break
        after = rows[-1].number
        left = None if left is None else left - len(rows)
    sys.stdout.flush()


def _people(request: "Request") -> dict[int, str]:
    return request.handles() if request.given.flag("json") else {}


def _zones(request: "Request") -> dict[int | None, ZoneInfo]:
    """Each project's time zone; under None that of what belongs to no project."""
    from core.queries.directory import projects

    found = request.ask(projects)
    zones: dict[int | None, ZoneInfo] = {one.id: ZoneInfo(one.time_zone) for one in found}
    zones[None] = ZoneInfo(found[0].time_zone) if found else ZoneInfo("UTC")
    return zones


def _tell(
    request: "Request",
    row: "EventRow",
    people: dict[int, str],
    *,
    zones: dict[int | None, ZoneInfo],
) -> None:
    if request.given.flag("json"):
        from tui.cli.asjson import plain

        request.json(as_json(plain(row), people))
        return
    from tui.event_words import event_word

    said = event_word(request.words, row.kind)
    about = " ".join(filter(None, (row.task_key or row.subject, row.task_title)))
    at = f"{row.at.astimezone(zones.get(row.project, zones[None])):%Y-%m-%d %H:%M}"
    request.say(f"{row.number} {at} {row.actor_name} {said} {about} {row.reason}".rstrip())


def as_json(row: dict[str, Any], people: "Mapping[int, str]") -> dict[str, Any]:
    """A line of the log: people by handle, task and project by key, times in UTC."""
    row["task"] = row.pop("task_key") or None
    row["project"] = row.pop("project_key") or None
    row["actor"] = people.get(row["actor"])
    row["cmd_id"] = row.pop("command_id")
    return row


COMMANDS = {
    "events": Command(
        "events",
        run,
        help=N_("Tell what happened, oldest first."),
        example="duban events --after 120 --json",
        takes=(
            Parameter("--after NUMBER", N_("Only what came after this event.")),
            Parameter("--task KEY", N_("Only this task's."), suggests="tasks"),
            Parameter("--person WHO", N_("Only what this person did."), suggests="people"),
            Parameter("--project KEY", N_("Only this project's."), suggests="projects"),
            Parameter("-n --limit COUNT", N_("At most so many.")),
        ),
    )
}
