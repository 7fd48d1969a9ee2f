"""``duban triage``."""

from typing import TYPE_CHECKING, Any, Final

from tui.cli import columns
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.domain.ids import ProjectId
    from core.queries.triage import Triage, TriageRow
    from tui.cli.request import Request
    from tui.screens.triage_words import Clock
    from tui.words import Words

_LIGHTS: Final = {"red": "!", "yellow": "~", "green": " "}
_USUAL_LIMIT: Final = 50

_NEXT: Final = {
    "extension": "duban grant {key}",
    "extension-late": "duban grant {key}",
    "question": "duban log ls --task {key}",
    "question-late": "duban log ls --task {key}",
    "issue-respond": "duban issue respond {issue} TEXT",
    "issue-unanswered": "duban issue respond {issue} TEXT",
    "issue-open": "duban issue resolve {issue} TEXT",
    "issue-escalated": "duban issue resolve {issue} TEXT",
    "issue-second": "duban issue resolve {issue} TEXT",
    "acceptance-late": "duban accept {key}",
    "retro-late": "duban meeting add retro TOPIC --task {key}",
}
"""What answers a cause, by rule."""
_MINE: Final = {
    "warn": "duban warn {key} REASON --expected WHEN --code CODE",
    "block": "duban unblock {key}",
    "move-next": "duban accept {key}",
    "progress": "duban update {key} PERCENT",
    "take-on": "duban acknowledge {key}",
}
"""What the one who must act does, by the rule's key."""
_NUDGE: Final = "duban nudge {key}"


def run(request: "Request") -> None:
    """Tell what waits for a decision, costliest first."""
    from tui.screens.triage_words import why_words

    found = _asked(request)
    words, clocks = request.words, _clocks(request)
    why = [why_words(words, row, clocks[row.alert.project]) for row in found.rows]
    if request.given.flag("json"):
        handles = request.handles()
        told = [
            {**_as_json(row, handles), "why": said}
            for row, said in zip(found.rows, why, strict=True)
        ]
        request.json({"total": found.total, "items": told})
        return
    if found.rows:
        heads = ("", words("Id"), words("Title"), words("Why"), words("Up to"), words("Next"))
        lines = [_line(words, row, said) for row, said in zip(found.rows, why, strict=True)]
        columns.show(heads, lines)
    total = words.ngettext("{count} item waits", "{count} items wait", found.total)
    request.say(total if found.total else words("Nothing waits for a decision."))


def _asked(request: "Request") -> "Triage":
    from core.queries.triage import Window, triage

    given = request.given
    me = request.desk.me()
    scope = "mine" if given.flag("mine") else "team" if given.flag("team") else "all"
    project = request.project(given.text("project")) if given.text("project") else None
    return request.ask(
        triage,
        viewer=me.id if me else None,
        scope=scope,
        project=project.id if project else None,
        now=request.desk.now(),
        window=Window(limit=given.number("limit") or _USUAL_LIMIT),
    )


def _clocks(request: "Request") -> "dict[ProjectId, Clock]":
    """When and where each project's lines are read."""
    from core.policies.calendar import calendar_named
    from core.queries.directory import projects
    from tui.screens.triage_words import Clock

    now, found = request.desk.now(), {}
    for one in request.ask(projects):
        calendar = calendar_named(one.calendar, time_zone=one.time_zone)
        found[one.id] = Clock(now, calendar.zone, calendar.office[-1][1])
    return found


def next_command(row: "TriageRow") -> str:
    """What to type next, with the words in capitals to be filled in."""
    alert = row.alert
    issue = next(iter(alert.issues), alert.key)
    asked = {"extension", "extension-late"} & {alert.rule, *alert.others}
    known = _NEXT["extension"] if asked else _NEXT.get(alert.rule)
    if known is None and alert.mine:
        known = _MINE.get(alert.action)
    if known is None and row.about.task is None:
        known = "duban log ls --project {project}"
    return (known or _NUDGE).format(key=alert.key, issue=issue, project=alert.project_key)


def _line(words: "Words", row: "TriageRow", why: str) -> tuple[str, ...]:
    alert = row.alert
    actor = alert.actor or words("nobody")
    return (_LIGHTS[alert.light], alert.key, alert.title, why, actor, next_command(row))


def _as_json(row: "TriageRow", handles: "Mapping[int, str]") -> dict[str, Any]:
    """One item; tasks, issues and projects by key, hours as numbers."""
    from tui.cli.asjson import moment

    alert, waiting = row.alert, row.waiting
    return {
        "id": alert.key,
        "target": alert.target.value,
        "number": alert.object,
        "project": alert.project_key,
        "title": alert.title,
        "rule": alert.rule,
        "others": list(alert.others),
        "bucket": alert.bucket.value,
        "light": alert.light.value,
        "since": moment(alert.since),
        "due": moment(alert.due),
        "actor": alert.actor,
        "actor_handle": handles.get(alert.actor_person) if alert.actor_person else None,
        "owner": alert.owner_name,
        "cost": round(row.cost.hours, 2),
        "parts": {part.value: round(hours, 2) for part, hours in row.cost.parts},
        "weight": row.cost.weight,
        "level": waiting.level,
        "urgent": waiting.urgent,
        "priority": waiting.priority.value,
        "needed_by": waiting.tasks,
        "kept_waiting": waiting.people,
        "issues": list(alert.issues),
        "next": next_command(row),
    }


COMMANDS = {
    "triage": Command(
        "triage",
        run,
        help=N_("Tell what waits for a decision, costliest to leave waiting first."),
        example="duban triage --team",
        takes=(
            Parameter("--team", N_("Only my team's.")),
            Parameter("-m --mine", N_("Only mine.")),
            Parameter("--project KEY", N_("Only this project's."), suggests="projects"),
            Parameter("-n --limit COUNT", N_("At most so many; 50 unless given.")),
        ),
    ).checked(apart=("mine team",))
}
