"""``duban import``: a dry run first, then one transaction."""

import gc
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from core.exchange.apply import Look
    from core.exchange.planned import ImportPlan
    from core.exchange.verdicts import Applied, Change, Creation, Preview
    from tui.cli.request import Request
    from tui.words import Words

SHOWN: Final = 20
"""Most lines of each part of a dry run; ``--verbose`` shows all of them."""
_SELDOM: Final = 50_000
"""How many objects more there are before the next look for garbage."""


def run(request: "Request") -> None:
    """Show what a file would change; apply it where that is wanted.

    With ``--yes`` it is stored before a line is written, so a reader that leaves stops nothing.
    """
    from core.exchange.apply import look
    from core.exchange.plan import read_plan

    # What is loaded stays; of what a file makes, little refers to itself.
    gc.freeze()
    gc.set_threshold(_SELDOM)
    gc.enable()
    given, words = request.given, request.words
    now = given.flag("yes") and not given.flag("dry_run")
    project = given.text("project") or None
    today = request.desk.now().astimezone().date()
    plan = read_plan(Path(given.text("file")), today=today, zone=_zone(request, project))
    if not (now or given.flag("dry_run") or given.flag("json") or request.is_asked):
        raise request.wrong(
            words("Nobody can be asked here: add --yes to import, or --dry-run to look first.")
        )
    looked = look(request.desk, plan, project=project)
    shown = looked.preview
    done = (
        _apply(request, plan, looked) if now and (given.flag("json") or not shown.empty) else None
    )
    if given.flag("json"):
        _for_machines(request, shown, done)
        return
    limit = None if given.flag("verbose") else SHOWN
    request.say(*preview_lines(words, shown, limit=limit, done=done))
    if done is None and not given.flag("dry_run"):
        done = _asked(request, plan, looked)
    if done is not None:
        request.say(*applied_lines(words, done))


def _zone(request: "Request", project: str | None) -> "ZoneInfo":
    """Where moments that the file tells become days: where the project is, else the first one."""
    from zoneinfo import ZoneInfo

    from core.policies.calendar import DEFAULT_TIME_ZONE
    from core.queries.directory import find_project, projects

    found = request.desk.ask(find_project, project) if project else None
    first = min(request.desk.ask(projects), key=lambda one: one.id, default=found)
    home = found or first
    return ZoneInfo(home.time_zone if home else DEFAULT_TIME_ZONE)


def _asked(request: "Request", plan: "ImportPlan", looked: "Look") -> "Applied | None":
    """Apply the plan if the member wants it."""
    words = request.words
    if looked.preview.empty:
        if looked.preview.unchanged:
            request.say(words("Nothing to import: the board has it all."))
        else:
            request.say(words("Nothing to import: no table was found in it."))
        return None
    if not request.confirmed(words("Import this? [y/N]")):
        request.note(words("Nothing was imported. Add --yes to import it."))
        return None
    return _apply(request, plan, looked)


def _for_machines(request: "Request", shown: "Preview", done: "Applied | None") -> None:
    """The dry run, and with ``--yes`` what was done, as one JSON object."""
    from tui.cli.asjson import plain

    request.json({"preview": plain(shown), "applied": plain(done) if done else None})


def _apply(request: "Request", plan: "ImportPlan", looked: "Look") -> "Applied":
    from core.exchange.apply import apply

    if request.desk.me() is None:
        request.begin()
    project = request.given.text("project") or None
    number = request.command_id
    done = apply(request.desk, plan, project=project, command_id=number, looked=looked)
    request.saved = True
    return done


def preview_lines(
    words: "Words", shown: "Preview", *, limit: int | None, done: "Applied | None" = None
) -> Iterator[str]:
    """The dry run in lines: what is new, changed, left out, doubtful.

    What was ``done`` already is told as such.
    """
    created = [_creation(words, one) for one in shown.creates]
    changed = [_change(words, one) for one in shown.changes]
    if done is None:
        yield from _part(words, words("Would be created"), created, limit=limit)
        yield from _part(words, words("Would be changed"), changed, limit=limit)
    else:
        yield from _lines(words("Created ({count}):", count=len(created)), created, limit)
        yield from _lines(words("Changed ({count}):", count=len(changed)), changed, limit)
    people = [f"{label}" for label in shown.people_new]
    yield from _part(words, words("New placeholders for people"), people, limit=limit)
    projects = [f"{one.key} {one.name}" for one in shown.projects_new]
    yield from _part(words, words("New projects"), projects, limit=limit)
    yield from _part(words, words("New work types"), list(shown.work_types_new), limit=limit)
    from tui.cli.file_words import doubt_line, skipped_line

    skipped = [skipped_line(words, one) for one in shown.skipped]
    yield from _part(words, words("Left out"), skipped, limit=limit)
    yield from _part(
        words, words("Doubtful"), [doubt_line(words, one) for one in shown.doubts], limit=limit
    )
    if done is None:
        yield _counted(words, shown)


def _counted(words: "Words", shown: "Preview") -> str:
    return words(
        "{source}: {created} to create, {changed} to change, {unchanged} as they are, "
        "{skipped} left out, {doubts} doubtful.",
        source=shown.source,
        created=len(shown.creates),
        changed=len(shown.changes),
        unchanged=shown.unchanged,
        skipped=len(shown.skipped),
        doubts=len(shown.doubts),
    )


def _part(words: "Words", head: str, lines: Sequence[str], *, limit: int | None) -> Iterator[str]:
    yield from _lines(words("{head} ({count}):", head=head, count=len(lines)), lines, limit)


def _lines(head: str, lines: Sequence[str], limit: int | None) -> Iterator[str]:
    if not lines:
        return
    yield head
    yield from (f"  {line}" for line in lines[:limit])
    if limit is not None and len(lines) > limit:
        yield "  ..."


def _creation(words: "Words", one: "Creation") -> str:
    from core.exchange.planned import place

    where = place(one.sheet, one.row)
    kinds = {
        "update": words("update"),
        "sync-entry": words("sync entry"),
        "dependency": words("dependency"),
        "letters": words("responsibility"),
    }
    kind = kinds.get(one.kind, "")
    told = " ".join(filter(None, (kind, one.project, one.id, one.title)))
    return words("{name}: {value}", name=where, value=told)


def _change(words: "Words", one: "Change") -> str:
    from tui.cli.file_words import value_word
    from tui.terms import FIELDS, field_word

    said = []
    for one_field in one.differences:
        name = one_field.field
        told = field_word(words, name) if name in FIELDS else name
        old, new = one_field.old or "-", one_field.new or "-"
        if name in {"state", "priority"}:
            old, new = value_word(words, old), value_word(words, new)
        said.append(words("{name}: {value}", name=told, value=f"{old} → {new}"))
    named = f"{one.key} {one.title}"
    return words("{name}: {value}", name=named, value="; ".join(said))


def applied_lines(words: "Words", done: "Applied") -> Iterator[str]:
    """What the import did."""
    yield words(
        "Imported: {created} created, {changed} changed, {people} new placeholders.",
        created=done.created,
        changed=done.changed,
        people=done.people,
    )
    if done.people:
        yield words("Say who a placeholder is: duban people merge PLACEHOLDER WHO")


COMMANDS = {
    "import": Command(
        "import",
        run,
        help=N_("Bring in a table or another program's board; shows first what would change."),
        example="duban import tasks.xlsx",
        writes=True,
        takes=(
            Parameter("FILE", suggests="files"),
            Parameter("-y --yes", N_("Import without asking.")),
            Parameter("--dry-run", N_("Only show what would change.")),
            Parameter(
                "--project KEY", N_("Put everything into this project."), suggests="projects"
            ),
            Parameter("-v --verbose", N_("Show every line.")),
        ),
    ).checked(apart=("yes dry_run",))
}
