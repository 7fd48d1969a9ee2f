"""Reading the issue register: the list, and one issue with its history."""

from typing import TYPE_CHECKING, Any

from core.domain.refusals import Ambiguous, NotFound
from tui.cli import columns, reading

if TYPE_CHECKING:
    from datetime import tzinfo

    from core.domain.ids import IssueId
    from core.queries.issues import IssueRow, IssueView
    from tui.cli.request import Request

USUAL_LIMIT = 50


def run(request: "Request") -> None:
    """List the register, the next deadline first."""
    from core.queries.issues import Wanted, issues

    given = request.given
    wanted = Wanted(**_narrowed(request))
    rows = request.ask(issues, wanted, limit=given.number("limit") or USUAL_LIMIT)
    if given.flag("json"):
        request.json([row_json(request, row) for row in rows])
        return
    if not rows:
        request.note(request.words("No issue here. To raise one: duban issue add TITLE --impact …"))
        return
    words = request.words
    heads = (words("Id"), words("State"), words("Severity"), words("Level"), words("Due"))
    more = (words("Handler"), words("Task"), words("Title"))
    zones = reading.zones_of(request)
    lines = [_line(request, row, zone=zones[row.project]) for row in rows]
    columns.show((*heads, *more), lines)


def _narrowed(request: "Request") -> dict[str, Any]:
    """Which issues the options ask for; unresolved ones unless told otherwise."""
    from core.domain.trouble import UNRESOLVED

    given = request.given
    shown: dict[str, Any] = {} if given.flag("all") else {"states": UNRESOLVED}
    if text := given.text("state"):
        shown["states"] = (reading.issue_state(request, text),)
    if (text := given.text("project")) and (project := request.project(text)):
        shown["project"] = project.id
    if text := given.text("task"):
        shown["task"] = request.task(text)
    if given.flag("mine"):
        shown["viewer"] = request.person("me").id
    return shown


def _line(request: "Request", row: "IssueRow", *, zone: "tzinfo") -> tuple[str, ...]:
    """One issue as cells."""
    from tui.issue_terms import issue_state_word, severity_word
    from tui.issue_words import clock_words

    words = request.words
    return (
        row.key,
        issue_state_word(words, row.state),
        severity_word(words, row.severity),
        f"L{row.level}",
        clock_words(words, row, now=request.desk.now(), zone=zone),
        row.handler_name,
        row.task_key,
        row.title,
    )


def row_json(request: "Request", row: "IssueRow") -> dict[str, object]:
    """One issue; people by handle, tasks and projects by key."""
    from tui.cli.asjson import plain

    told: dict[str, object] = {name: plain(getattr(row, name)) for name in row._fields}
    told["number"], told["id"] = told["id"], told.pop("key")
    told["task"], told["project"] = told.pop("task_key") or None, told.pop("project_key")
    told["handler"] = request.handles().get(row.handler) if row.handler else None
    return told


def issue_named(request: "Request") -> "IssueId":
    """The issue that is named: by its key, or by that of a task which has one open issue."""
    from core.queries.issues import Wanted, find_issue, issues

    text = request.given.text("key")
    try:
        return request.ask(find_issue, text)
    except NotFound as missing:
        try:
            task = request.task(text)
        except NotFound:
            raise missing from None
    found = [one for one in request.ask(issues, Wanted(task=task)) if one.is_open]
    if len(found) == 1:
        return found[0].id
    if not found:
        raise NotFound("issue", text)
    raise Ambiguous("issue", text, matches=tuple(one.key for one in found))


def show(request: "Request") -> None:
    """Tell one issue with its history."""
    from core.queries.issues import issue_view
    from tui.issue_words import fact_words

    view = request.ask(issue_view, issue_named(request))
    zone = reading.calendar_of(request.project(view.row.project_key)).zone
    if request.given.flag("json"):
        request.json(_view_json(request, view))
        return
    words, now = request.words, request.desk.now()
    request.say(f"{view.issue.key} {view.issue.title}")
    gap = "：" if words.language == "zh_CN" else ": "
    request.say(*(f"{label}{gap}{said}" for label, said in fact_words(words, view, now, zone)))
    from tui.event_words import change_words, event_word

    names = {one.handle: one.name for one in view.people.values()}
    for row in view.history:
        at = f"{row.at.astimezone(zone):%Y-%m-%d %H:%M}"
        who = row.actor_name or words("the clock")
        request.say(f"{at} {event_word(words, row.kind)} · {who}")
        request.say(*(f"  {one}" for one in change_words(words, row, zone=zone, names=names)))
        request.say(*(f"  {line}" for line in row.reason.splitlines()))


def _view_json(request: "Request", view: "IssueView") -> dict[str, object]:
    from tui.cli.asjson import plain

    handles = request.handles()
    told: dict[str, object] = plain(view.issue)
    told |= row_json(request, view.row)
    told["reporter"] = handles.get(view.issue.reporter)
    told["clocks"] = {one.rule.value: plain(one.due) for one in view.clocks}
    told["raised"] = [
        {"rule": one.rule, "since": plain(one.since), "told": dict(one.told)} for one in view.raised
    ]
    told["history"] = [
        {
            "at": plain(one.at),
            "kind": plain(one.kind),
            "actor": handles.get(one.actor) if one.actor else None,
            "changes": plain(one.changes),
            "reason": one.reason,
        }
        for one in view.history
    ]
    return told
