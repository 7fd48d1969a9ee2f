"""``duban ls``."""

from typing import TYPE_CHECKING, Any

from core.domain.status import progress_shown
from tui.cli import columns
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from core.queries.listing import Blocked, ListRow, Wanted
    from tui.cli.request import Request

USUAL_LIMIT = 50


def run(request: "Request") -> None:
    """List tasks: a table for a terminal, plain text for a pipe, JSON where asked for."""
    from core.queries.listing import blocked, tasks

    limit = request.given.number("limit")
    limit = USUAL_LIMIT if limit is None else limit
    rows = request.ask(
        tasks, wanted(request), order=_order(request), limit=limit + 1 if limit else None
    )
    more, rows = len(rows) > limit > 0, rows[:limit] if limit else rows
    stuck = [row.id for row in rows if row.blocked_since]
    why = request.ask(blocked, stuck) if stuck else {}
    if request.given.flag("json"):
        request.json([as_json(row, why.get(row.id), request.desk.now()) for row in rows])
    elif rows:
        _show(request, rows, why)
    else:
        request.note(request.words("No task fits. A new one: duban add TITLE"))
    if more:
        request.note(
            request.words("Only the first {count} are shown; --limit 0 shows all.", count=limit)
        )


def wanted(request: "Request") -> "Wanted":
    """What the options ask for."""
    from core.queries.listing import ON_THE_BOARD, Wanted

    given = request.given
    fields: dict[str, Any] = {}
    owner = "me" if given.flag("mine") else given.text("owner")
    if owner:
        fields["owner"] = request.person(owner).id
    if project := given.text("project"):
        found = request.project(project)
        fields["project"] = found.id if found else None
    if parent := given.text("parent"):
        fields["parent"] = request.task(parent)
    if given.flag("overdue"):
        fields["overdue_at"] = request.desk.now()
    states: tuple[Any, ...] = ON_THE_BOARD
    if given.flag("all"):
        from core.domain.status import State

        states = tuple(State)
    elif texts := given.texts("state"):
        from tui.cli import reading

        states = tuple(reading.state(request, one) for text in texts for one in text.split(","))
    return Wanted(
        words=given.texts("words"),
        states=states,
        blocked=given.flag("blocked"),
        unassigned=given.flag("unassigned"),
        top_level=given.flag("top"),
        **fields,
    )


def _order(request: "Request") -> Any:  # noqa: ANN401 - a literal of core.queries.listing
    order = request.given.text("order") or "newest"
    if order not in {"newest", "board", "due"}:
        words = request.words
        known = "newest, board, due"
        raise request.wrong(words("“{text}” is not one of: {known}", text=order, known=known))
    return order


def as_json(row: "ListRow", why: "Blocked | None", now: "datetime") -> dict[str, object]:
    """A task as JSON; its names never change."""
    from tui.cli.asjson import moment

    here = zone(row)
    return {
        "id": row.key,
        "external_id": row.external_id,
        "title": row.title,
        "state": row.state.value,
        "owner": row.owner or None,
        "owner_name": row.owner_name,
        "due": moment(row.due, here),
        "priority": row.priority.value,
        "progress": progress_shown(row.state, row.progress, before=row.before),
        "blocked": row.blocked_since is not None,
        "blocked_since": moment(row.blocked_since, here),
        "blocked_reason": why.reason if why else "",
        "waiting_for": why.waiting_for if why else "",
        "overdue": is_overdue(row, now),
        "urgent": row.urgent,
        "project": row.project_key,
        "parent": row.parent_key or None,
        "type": row.type,
        "start": row.start.isoformat() if row.start else None,
        "slips": row.slips,
        "round": row.round,
        "created": moment(row.created, here),
        "closed": moment(row.closed, here),
        "version": row.version,
    }


def is_overdue(row: "ListRow", now: "datetime") -> bool:
    """Whether it should have been finished by now."""
    return row.closed is None and row.due is not None and row.due < now


def zone(row: "ListRow") -> "tzinfo":
    """The time zone of the task's project."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(row.time_zone)


def _show(request: "Request", rows: "tuple[ListRow, ...]", why: "dict[Any, Blocked]") -> None:
    from tui.terms import priority_word, state_word

    words, now = request.words, request.desk.now()
    heads = (
        words("Id"),
        words("State"),
        words("Title"),
        words("Owner"),
        words("Due"),
        words("Priority"),
        "%",
        words("Attention"),
    )
    lines = [
        (
            row.key,
            state_word(words, row.state),
            row.title,
            row.owner_name,
            due_text(row, now),
            priority_word(words, row.priority),
            str(progress_shown(row.state, row.progress, before=row.before)),
            _attention(request, row, why.get(row.id)),
        )
        for row in rows
    ]
    color = request.settings.color if request.settings else True
    columns.show(heads, lines, color=color)


def due_text(row: "ListRow", now: "datetime") -> str:
    """The day it is due, in its project's time zone."""
    if row.due is None:
        return ""
    local = row.due.astimezone(zone(row))
    return f"{local:%m-%d}" if local.year == now.year else f"{local:%Y-%m-%d}"


def _attention(request: "Request", row: "ListRow", why: "Blocked | None") -> str:
    """The worst of what is amiss."""
    words = request.words
    if is_overdue(row, request.desk.now()):
        return words("! overdue")
    if row.blocked_since is not None:
        return words("! blocked, waits for {who}", who=why.waiting_for if why else "")
    return words("urgent") if row.urgent else ""


COMMANDS = {
    "ls": Command(
        "ls",
        run,
        help=N_("List tasks, newest first."),
        example="duban ls --mine --overdue",
        takes=(
            Parameter("[WORDS]...", suggests=""),
            Parameter("-s --state STATE...", N_("Only these states."), suggests="states"),
            Parameter("-o --owner WHO", N_("Only this owner's."), suggests="people"),
            Parameter("-m --mine", N_("Only mine.")),
            Parameter("--unassigned", N_("Only what nobody has.")),
            Parameter("--project KEY", N_("Only this project's."), suggests="projects"),
            Parameter("--parent KEY", N_("Only the parts of this task."), suggests="tasks"),
            Parameter("--overdue", N_("Only what is overdue.")),
            Parameter("--blocked", N_("Only what is blocked.")),
            Parameter("--top", N_("Without subtasks.")),
            Parameter("-a --all", N_("Archived and cancelled ones too.")),
            Parameter("--order ORDER", N_("newest, board or due."), suggests="orders"),
            Parameter("-n --limit COUNT", N_("At most so many; 50 unless given, 0 for all.")),
        ),
    ).checked(apart=("mine owner unassigned", "all state"))
}
