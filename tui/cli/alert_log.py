"""``duban alerts --raised`` and ``--quiet``: what was told, and what is not told just now."""

from typing import TYPE_CHECKING

from tui.cli import columns

if TYPE_CHECKING:
    from datetime import tzinfo

    from tui.cli.request import Request


def tell_raised(request: "Request") -> None:
    """What was raised, newest first, and who was told of it."""
    from core.queries.raised import raised
    from tui.rule_words import rule_word

    given, words = request.given, request.words
    project = request.project(given.text("project")) if given.text("project") else None
    limit = given.number("limit") or 50
    found = request.ask(raised, project=project.id if project else None, limit=limit)
    if given.flag("json"):
        from tui.cli.asjson import plain

        rows = [
            {
                "raised": plain(one.raised),
                "rule": one.rule,
                "id": one.key,
                "project": one.project_key,
                "since": plain(one.since),
                "told": dict(one.told),
            }
            for one in found
        ]
        request.json({"raised": rows})
        return
    if not found:
        request.say(words("Nothing was raised yet."))
        return
    heads = (words("Raised"), words("Id"), words("What"), words("Since"), words("Told"))
    lines = []
    for one in found:
        times = [f"{at.astimezone(one.zone):%Y-%m-%d %H:%M}" for at in (one.raised, one.since)]
        what = rule_word(words, one.rule)
        lines.append((times[0], one.key, what, times[1], ", ".join(one.told)))
    columns.show(heads, lines)


def tell_quiet(request: "Request") -> None:
    """Who has acknowledged or snoozed what: one's own, and for leads their people's."""
    from core.queries.quiet import quiets
    from tui.rule_words import rule_word

    words, me = request.words, request.desk.me()
    found = request.ask(quiets, viewer=me.id, now=request.desk.now()) if me else []
    if request.given.flag("json"):
        from tui.cli.asjson import plain

        rows = [
            {
                "number": one.mark.id,
                "id": one.key or None,
                "kind": one.mark.kind.value,
                "rule": one.rule or None,
                "person": one.mark.name,
                "note": one.mark.note,
                "at": plain(one.mark.at),
                "until": plain(one.mark.until),
            }
            for one in found
        ]
        request.json({"quiet": rows})
        return
    if not found:
        request.say(words("Nothing is quiet."))
        return
    zone = _zone(request)
    heads = (words("Id"), words("Who"), words("What"), words("Until"), words("Note"))
    lines = []
    for one in found:
        until = f"{one.mark.until.astimezone(zone):%Y-%m-%d %H:%M}" if one.mark.until else ""
        what = rule_word(words, one.rule) if one.rule else words("snoozed")
        lines.append((one.key, one.mark.name, what, until, one.mark.note))
    columns.show(heads, lines)


def _zone(request: "Request") -> "tzinfo | None":
    """Of the first project; the machine's where there is none."""
    from zoneinfo import ZoneInfo

    from core.queries.directory import projects

    found = request.ask(projects)
    return ZoneInfo(found[0].time_zone) if found else None
