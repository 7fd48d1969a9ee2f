"""``duban history``: what was done to a task or by a person, in sentences."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tui.cli import reading
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.queries.history import EventRow
    from tui.cli.request import Request

_USUAL = 200


def run(request: "Request") -> None:
    """Tell it oldest first: the newest so many that fit."""
    from core.queries.history import NEWEST, events

    given, words = request.given, request.words
    zones = _zones(request)
    found: tuple[EventRow, ...] = request.ask(
        events, before=NEWEST, limit=given.number("limit") or _USUAL, **_about(request, zones[None])
    )
    rows = tuple(reversed(found))
    names = _names(request) if rows else {}
    if given.flag("json"):
        request.json([_as_json(request, row, zones, names=names) for row in rows])
        return
    from tui.history_words import details, sentence

    for row in rows:
        zone = zones.get(row.project, zones[None])
        at = f"{row.at.astimezone(zone):%Y-%m-%d %H:%M}"
        request.say(f"{at}  {sentence(words, row, names=names)}")
        said = details(words, row, zone=zone, names=names)
        request.say(*(f"{'':18}{one}" for one in said))
    if not rows:
        request.say(words("Nothing was done yet that fits."))


def _about(request: "Request", zone: ZoneInfo) -> dict[str, Any]:
    given = request.given
    about: dict[str, Any] = {}
    if text := given.text("key"):
        about["task"] = request.task(text)
    if text := given.text("person"):
        about["actor"] = request.person(text).id
    if (text := given.text("project")) and (project := request.project(text)):
        about["project"] = project.id
    if text := given.text("kind"):
        about["kind"] = _kind(request, text)
    for name, later in (("since", 0), ("until", 1)):
        if text := given.text(name):
            day = reading.day(request, text) + timedelta(days=later)
            about[name] = datetime.combine(day, time(), zone)
    return about


def _kind(request: "Request", text: str) -> Any:  # noqa: ANN401 - a word of the log
    """A kind by its id or by the words that a history tells."""
    from core.domain.events import EventKind
    from tui.event_words import EVENTS

    for kind, said in EVENTS.items():
        if text.casefold() in {kind, request.words(said).casefold()}:
            return EventKind(kind)
    raise request.wrong(
        request.words("There is no kind “{text}”; try task-moved or progress-updated.", text=text)
    )


def _zones(request: "Request") -> dict[int | None, ZoneInfo]:
    from core.queries.directory import projects

    found = request.ask(projects)
    zones: dict[int | None, ZoneInfo] = {one.id: ZoneInfo(one.time_zone) for one in found}
    zones[None] = ZoneInfo(found[0].time_zone) if found else ZoneInfo("UTC")
    return zones


def _names(request: "Request") -> dict[str, str]:
    """What those are called whose handles the log keeps."""
    from core.queries.directory import people

    return {one.handle: one.name for one in request.ask(people, with_merged=True)}


def _as_json(
    request: "Request",
    row: "EventRow",
    zones: dict[int | None, ZoneInfo],
    *,
    names: dict[str, str],
) -> dict[str, Any]:
    from tui.history_words import sentence

    return {
        "number": row.number,
        "at": row.at.astimezone(zones.get(row.project, zones[None])).isoformat(),
        "kind": row.kind,
        "actor": row.actor_name,
        "task": row.task_key or None,
        "said": sentence(request.words, row, names=names),
        "changes": {field: list(pair) for field, pair in row.changes.items()},
        "reason": row.reason,
    }


COMMANDS = {
    "history": Command(
        "history",
        run,
        help=N_("Tell what was done to a task, or by a person, with old and new values."),
        example="duban history CSAT-002",
        takes=(
            Parameter("[KEY]", N_("The task; without it everything."), suggests="tasks"),
            Parameter("--person WHO", N_("Only what this person did."), suggests="people"),
            Parameter("--project KEY", N_("Only this project's."), suggests="projects"),
            Parameter("--kind KIND", N_("Only what is of this kind, such as task-moved.")),
            Parameter("--since DAY", N_("From this day on.")),
            Parameter("--until DAY", N_("Up to this day, counted in.")),
            Parameter("-n --limit COUNT", N_("At most so many, the newest.")),
        ),
    )
}
