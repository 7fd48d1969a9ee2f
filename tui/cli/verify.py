"""``duban verify``: whether the log is whole, and the rows are what it tells."""

import re
import sys
from typing import TYPE_CHECKING, Final

from core.domain.flaws import FlawKind
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.domain.flaws import Flaw, Soundness
    from tui.cli.request import Request
    from tui.words import Words

    Reading = Callable[[Callable[[int, int], None] | None], Soundness]

UNSOUND: Final = 1
"""The exit code where something is wrong, as of ``duban doctor``."""
SENTENCES: Final = {
    FlawKind.EVENT_CHANGED: N_("Event {number} was changed, or the one before it."),
    FlawKind.TAIL_CUT: N_("The end of the log is missing: it once had event {number}."),
    FlawKind.HEAD_MISSING: N_(
        "The hash {name} is not in the log: its end was cut off, or it was written anew."
    ),
    FlawKind.ROW_ADDED: N_("{name} {row}: no event made this row."),
    FlawKind.ROW_MISSING: N_("{name} {row}: the row is missing, and no event removed it."),
    FlawKind.GUARD_MISSING: N_("The trigger {name} that guards the log is gone, or was changed."),
}
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_SHOWN: Final = 60


def run(request: "Request") -> int:
    """Read everything and tell what is wrong; 1 if something is."""
    from core.domain.status import Role
    from core.queries.verifying import verify

    head = (request.given.text("head") or "").strip().lower()
    if head and not _HASH.fullmatch(head):
        raise request.wrong(request.words("--head takes the hash that “duban verify” printed."))
    me = request.desk.me()
    is_admin = me is not None and me.role is Role.ADMIN
    found = _watched(
        request,
        lambda tell: request.ask(verify, head=head, values=is_admin, progress=tell),
    )
    if request.given.flag("json"):
        request.json(_as_json(found, values=is_admin))
    else:
        _show(request, found, values=is_admin)
    return UNSOUND if found.count else 0


def _watched(request: "Request", read: "Reading") -> "Soundness":
    """Read with a progress bar on a terminal; with nothing in a pipe."""
    if not sys.stderr.isatty():
        return read(None)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(request.words("Reading the log"), total=None)
        return read(lambda done, total: progress.update(bar, completed=done, total=total))


def _as_json(found: "Soundness", *, values: bool) -> dict[str, object]:
    return {
        "ok": not found.count,
        "number": found.number,
        "head": found.head,
        "events": found.events,
        "rows": found.rows,
        "count": found.count,
        "flaws": [_flaw_json(one, values=values) for one in found.flaws],
    }


def _flaw_json(flaw: "Flaw", *, values: bool) -> dict[str, object]:
    said: dict[str, object] = {"kind": flaw.kind.value}
    if flaw.number:
        said["number"] = flaw.number
    if flaw.until:
        said["until"] = flaw.until
    said |= {name: getattr(flaw, name) for name in ("name", "row", "column") if getattr(flaw, name)}
    if values and flaw.kind is FlawKind.ROW_CHANGED:
        said |= {"told": flaw.told, "stands": flaw.stands}
    return said


def _show(request: "Request", found: "Soundness", *, values: bool) -> None:
    words = request.words
    for flaw in found.flaws:
        request.say(flaw_line(words, flaw, values=values))
    counts = {"events": found.events, "rows": found.rows}
    if found.count > len(found.flaws):
        more = found.count - len(found.flaws)
        request.say(words.ngettext("... and {count} more", "... and {count} more", more))
    if found.count:
        request.say(
            words.ngettext(
                "Not sound: {events} events and {rows} rows were read, {count} thing is wrong.",
                "Not sound: {events} events and {rows} rows were read, {count} things are wrong.",
                found.count,
                **counts,
            )
        )
    else:
        said = N_("Sound: {events} events, and {rows} rows as they tell.")
        request.say(words(said, **counts))
    if found.number:
        request.say(
            words("Event {number} has the hash {head}", number=found.number, head=found.head),
            words(
                "Keep that hash elsewhere: “duban verify --head HASH” tells later whether the"
                " end of the log is still there."
            ),
        )


def flaw_line(words: "Words", flaw: "Flaw", *, values: bool) -> str:
    """What is wrong; ``values`` if it may be told what stands in a row."""
    facts = {"number": flaw.number, "until": flaw.until, "name": flaw.name, "row": flaw.row}
    if flaw.kind is FlawKind.EVENTS_MISSING:
        if flaw.until == flaw.number:
            return words("Event {number} is missing.", **facts)
        return words("Events {number} to {until} are missing.", **facts)
    if flaw.kind is not FlawKind.ROW_CHANGED:
        return words(SENTENCES[flaw.kind], **facts)
    if not values:
        said = N_("{name} {row}: {column} is not what the log tells.")
        return words(said, **facts, column=flaw.column)
    return words(
        "{name} {row}: {column} is {stands}, and the log tells {told}.",
        **facts,
        column=flaw.column,
        stands=_shown(flaw.stands),
        told=_shown(flaw.told),
    )


def _shown(value: object) -> str:
    if value is None:
        return "-"
    text = str(value) if not isinstance(value, str) else f"“{value}”"
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


COMMANDS = {
    "verify": Command(
        "verify",
        run,
        help=N_("Check the log from end to end, and every row against it."),
        example="duban verify",
        takes=(
            Parameter(
                "--head HASH",
                N_("A hash that an earlier call gave: is it still in the log?"),
            ),
        ),
    )
}
