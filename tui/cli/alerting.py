"""``duban alerts``."""

from typing import TYPE_CHECKING, Any, Final

from tui.cli import columns, reading
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from core.domain.people import Project
    from core.queries.alert_rows import AlertRow
    from core.queries.alerts import Alerts
    from tui.cli.request import Request
    from tui.words import Words

LIGHTS: Final = {"red": "!", "yellow": "~", "green": " "}
SAID: Final = {
    "overdue": N_("overdue {age}"),
    "blocked-long": N_("blocked {age}"),
    "blocked": N_("blocked {age}"),
    "blocked-by-you": N_("waits for you {age}"),
    "acceptance": N_("submitted {age} ago"),
    "acceptance-late": N_("submitted {age} ago"),
    "update-missing": N_("no update, late {age}"),
}
"""What is amiss, by rule; the others are called by their name, with their age where it tells."""
NAMED: Final = frozenset({"due-soon", "at-risk", "retro", "meeting", "follow-up"})
"""Rules whose age says nothing."""
USUAL_LIMIT: Final = 50


def run(request: "Request") -> None:
    """Tell what needs attention, worst first; or what was raised, or made quiet."""
    if request.given.flag("raised"):
        from tui.cli.alert_log import tell_raised

        tell_raised(request)
        return
    if request.given.flag("quiet"):
        from tui.cli.alert_log import tell_quiet

        tell_quiet(request)
        return
    found = asked(request, limit=request.given.number("limit") or USUAL_LIMIT)
    now, words = request.desk.now(), request.words
    if request.given.flag("json"):
        from tui.cli.asjson import plain

        counts = {bucket.value: count for bucket, count in found.counts.items()}
        lines = {"alerts": found.rows, "quiet": found.quiet}
        told = {name: [as_json(plain(row)) for row in rows] for name, rows in lines.items()}
        request.json({"counts": counts, **told})
        return
    if found.rows:
        heads = ("", words("Id"), words("What"), words("Title"), words("Up to"), words("Group"))
        zones = reading.zones_of(request)
        shown = [line(words, row, now=now, zone=zones[row.project]) for row in found.rows]
        columns.show(heads, shown)
    request.say(counts_line(words, found))
    if found.quiet:
        said = words.ngettext("{count} quiet", "{count} quiet", len(found.quiet))
        request.say(f"{said} (duban alerts --quiet)")


def asked(request: "Request", *, limit: int, shown: "Project | None" = None) -> "Alerts":
    """The alerts in the scope that is asked for; all of them, or those of the one ``shown``."""
    from core.queries.alerts import alerts

    given = request.given
    scope: Any = "mine" if given.flag("mine") else "team" if given.flag("team") else "all"
    me = request.desk.me()
    project = request.project(given.text("project")) if given.text("project") else shown
    return request.ask(
        alerts,
        viewer=me.id if me else None,
        scope=scope,
        project=project.id if project else None,
        now=request.desk.now(),
        limit=limit,
    )


def as_json(row: dict[str, Any]) -> dict[str, Any]:
    """One alert; tasks and projects by key."""
    row["id"] = row.pop("key")
    row["project"] = row.pop("project_key")
    row["kind"] = row.pop("target")
    for name in ("task", "object", "actor_person", "issue"):
        row.pop(name)
    return row


def line(words: "Words", row: "AlertRow", *, now: "datetime", zone: "tzinfo") -> tuple[str, ...]:
    """One alert as cells: light, id, what is amiss, title, whose turn it is, group."""
    from tui.alert_titles import titled
    from tui.durations import lasted
    from tui.rule_words import rule_word
    from tui.terms import bucket_word
    from tui.words import age_words

    age = age_words(words, lasted(row.since, now=now, zone=zone))
    known = SAID.get(row.rule)
    if known:
        said = words(known, age=age)
    elif row.rule in NAMED:
        said = rule_word(words, row.rule)
    else:
        said = words("{what}, {age}", what=rule_word(words, row.rule), age=age)
    return (
        LIGHTS[row.light],
        row.key,
        said,
        titled(words, row),
        row.actor,
        bucket_word(words, row.bucket),
    )


def counts_line(words: "Words", found: "Alerts") -> str:
    """How many there are of each group."""
    from tui.terms import bucket_word

    counted = [
        f"{bucket_word(words, bucket)} {count}" for bucket, count in found.counts.items() if count
    ]
    return " · ".join(counted) or words("Nothing needs attention.")


COMMANDS = {
    "alerts": Command(
        "alerts",
        run,
        help=N_("Tell what needs attention, worst first."),
        example="duban alerts --mine",
        takes=(
            Parameter("-m --mine", N_("Only mine.")),
            Parameter("--team", N_("Only my team's.")),
            Parameter("--project KEY", N_("Only this project's."), suggests="projects"),
            Parameter("--raised", N_("What was raised, newest first, and who was told.")),
            Parameter("--quiet", N_("Who has acknowledged or snoozed what.")),
            Parameter("-n --limit COUNT", N_("At most so many; 50 unless given.")),
        ),
    ).checked(apart=("mine team raised quiet", "quiet project", "quiet limit"))
}
