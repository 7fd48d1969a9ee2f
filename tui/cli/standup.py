"""``duban standup``: what I owe, line by line where there is a terminal; the team; the summary."""

from typing import TYPE_CHECKING, Any

from core.domain.status import progress_shown
from tui.cli import columns
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.domain.people import Person
    from core.domain.progress import ProgressUpdate
    from core.queries.standup import OwedRow, Part, StandupTask
    from core.queries.standup_team import PersonSaid
    from tui.cli.request import Request
    from tui.widgets.line import Line


def run(request: "Request") -> int | None:
    """Say how my tasks stand; or list it, where nobody can be asked."""
    given = request.given
    if given.flag("summary"):
        _summary(request)
    elif given.flag("missing"):
        _missing(request)
    elif given.flag("team"):
        _team(request)
    else:
        from core.queries.standup import owed

        rows = request.ask(owed, _me(request).id, now=request.desk.now())
        if rows and request.is_asked and not given.flag("json"):
            from tui.cli.standup_asking import ask_each

            return ask_each(request, rows)
        _owed(request, rows, nothing=request.words("You owe no update today."))
    return None


def _me(request: "Request") -> "Person":
    me = request.desk.me()
    if me is None:
        from core.domain.refusals import Rejected

        raise Rejected("unknown-actor", person=request.handle)
    return me


def _part(request: "Request") -> "Part":
    from core.queries.standup import Part
    from tui.cli.people import department

    given = request.given
    project = request.project(given.text("project")) if given.text("project") else None
    home = department(request, given.text("department")) if given.text("department") else None
    return Part(project.id if project else None, home.id if home else None)


def _missing(request: "Request") -> None:
    """The updates whose deadline has passed (D17)."""
    from core.queries.standup import missing

    rows = request.ask(missing, now=request.desk.now(), part=_part(request))
    said = request.words("Everybody has said what was owed.")
    _owed(request, rows, nothing=said)


def _owed(request: "Request", rows: "tuple[OwedRow, ...]", *, nothing: str) -> None:
    if request.given.flag("json"):
        request.json([_owed_json(row) for row in rows])
        return
    if not rows:
        request.say(nothing)
        return
    from core.queries.homes import homes
    from tui.durations import lasted
    from tui.words import age_words

    words, now, found = request.words, request.desk.now(), request.ask(homes)

    def by(row: "OwedRow") -> str:
        zone = found[row.task.project].calendar.zone
        at = f"{row.owing.by.astimezone(zone):%m-%d %H:%M}"
        age = age_words(words, lasted(row.owing.by, now=now, zone=zone))
        late = words("late {age}", age=age)
        return f"{at} · {late}" if row.owing.late else at

    heads = (words("Id"), words("Title"), words("Owner"), words("Progress %"))
    lines = [
        (
            row.task.key,
            row.task.title,
            row.task.owner_name,
            str(row.task.progress),
            by(row),
            " ".join(row.last.next.split()) if row.last else "",
        )
        for row in rows
    ]
    columns.show((*heads, words("Update by"), words("Planned")), lines)


def _owed_json(row: "OwedRow") -> dict[str, Any]:
    from tui.cli.asjson import moment

    return {
        **_task_json(row.task),
        "by": moment(row.owing.by),
        "late": row.owing.late,
        "last": _update_json(row.last),
    }


def _task_json(task: "StandupTask") -> dict[str, Any]:
    from tui.cli.asjson import moment, plain

    return {
        "id": task.key,
        "title": task.title,
        "project": task.project_key,
        "owner": task.owner_handle,
        "away_until": plain(task.owner_away),
        "state": task.state.value,
        "priority": task.priority.value,
        "urgent": task.urgent,
        "progress": progress_shown(task.state, task.progress),
        "due": moment(task.due),
    }


def _update_json(update: "ProgressUpdate | None") -> dict[str, Any] | None:
    if update is None:
        return None
    from tui.cli.asjson import plain

    names = ("day", "at", "progress", "done", "next", "problems", "support")
    return {name: plain(getattr(update, name)) for name in names}


def _summary(request: "Request") -> None:
    """What I said today, as Markdown."""
    from core.policies.clocks import local_day
    from core.queries.homes import homes
    from core.queries.standup import said_today
    from tui.standup_words import markdown

    me, now = _me(request), request.desk.now()
    rows = request.ask(said_today, me.id, now=now)
    if request.given.flag("json"):
        said = [
            {**_task_json(one.task), "before": one.before, "update": _update_json(one.update)}
            for one in rows
        ]
        request.json(said)
        return
    if not rows:
        request.note(request.words("You have said nothing today."))
        return
    home = request.ask(homes)[rows[0].task.project]
    day = local_day(now, home.calendar).isoformat()
    request.say(*markdown(request.words, rows, name=me.name, day=day).split("\n"))


def _team(request: "Request") -> None:
    """Who has said what, person by person."""
    from core.queries.standup_team import team

    rows = request.ask(team, now=request.desk.now(), part=_part(request))
    if request.given.flag("json"):
        request.json([_person_json(one) for one in rows])
        return
    from core.queries.homes import homes
    from tui.screens.teamup_lines import people_lines, person_lines

    words, now, found = request.words, request.desk.now(), request.ask(homes)
    if not rows:
        request.say(*(line.text for line in people_lines(words, rows, late=0)))
    for one in rows:
        request.say(*map(_text, person_lines(words, one, homes=found, now=now)))
        request.say("")


def _text(line: "Line") -> str:
    """A line of the screen as plain text."""
    from tui.cells import fit

    head = "".join(fit(span.text, span.cells) for span in line.head)
    return head + line.text + "".join(span.text for span in line.tail)


def _person_json(one: "PersonSaid") -> dict[str, Any]:
    from tui.cli.asjson import moment, plain

    return {
        "handle": one.handle,
        "name": one.name,
        "mark": one.mark.value,
        "away_until": plain(one.away_until),
        "since": moment(one.since),
        "tasks": [
            {
                **_task_json(line.task),
                "before": _update_json(line.before),
                "today": _update_json(line.today),
                "blocked": line.block and line.block._asdict(),
                "owes_by": moment(line.owing.by) if line.owing else None,
            }
            for line in one.tasks
        ],
    }


COMMANDS = {
    "standup": Command(
        "standup",
        run,
        help=N_("Say how my tasks stand, one after another; tell who has said what."),
        example="duban standup --team",
        takes=(
            Parameter("--team", N_("Who has said what, person by person.")),
            Parameter("--missing", N_("Whose update is missing, and since when.")),
            Parameter("--summary", N_("What I said today, as Markdown.")),
            Parameter("--project KEY", N_("Only this project's."), suggests="projects"),
            Parameter("--department NAME", N_("Only this department's people.")),
        ),
    ).checked(apart=("team missing summary",), needs=(("project department", "team missing"),))
}
