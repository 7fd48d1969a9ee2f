"""``duban batch``: JSON lines of commands in, one JSON answer a line out.

A line is ``{"command": "CreateTask", "cmd_id": UUID, ...fields}``, an answer
``{"ok": true, "cmd_id", "id", "number", "first", "last", ...}``, written only after commit, or
``{"ok": false, "code", "facts", "message", "exit"}``. A bad line does not stop the others. The
exit code is 0 if every line was taken, else the highest among the answers.
"""

import gc
import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from core.domain.refusals import Refusal, Unavailable
from tui.cli import errors
from tui.cli.building import BadLine, Builder
from tui.cli.declared import Command
from tui.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.cli.request import Request
    from tui.words import Words


BAD_LINES: Final[Mapping[str, str]] = {
    "not-json": N_("This is not JSON: {detail}."),
    "not-an-object": N_("A line is one JSON object in braces."),
    "not-a-uuid": N_("cmd_id “{value}” is not a UUID."),
    "missing-command": N_('The command is missing; write it like "command": "CreateTask".'),
    "unknown-command": N_("“{command}” is no command."),
    "unknown-field": N_("There is no field “{field}”; there are: {known}."),
    "missing-field": N_("The field “{field}” is missing."),
    "bad-field": N_("The field “{field}” has a value of the wrong kind."),
    "not-a-date": N_("{field}: “{value}” is not a day; write it like 2026-12-01."),
}
"""What is wrong with a line, by its code."""


def run(request: "Request") -> int:
    """Apply what stands on standard input; the exit code."""
    gc.enable()
    request.creates = True
    worst = errors.DONE
    for number, line in enumerate(_lines(), 1):
        if not line.strip():
            continue
        answer = _answer(request, line, number=number)
        worst = max(worst, int(answer.get("exit", errors.DONE)))
        request.json(answer)
        sys.stdout.flush()
    return worst


def _lines() -> "Iterator[str]":
    """Standard input, line by line as it comes; bytes that are not UTF-8 become surrogates."""
    for raw in iter(sys.stdin.buffer.readline, b""):
        yield raw.decode("utf-8", "surrogateescape")


def _answer(request: "Request", line: str, *, number: int) -> dict[str, Any]:
    """Apply one line and say what came of it."""
    named: dict[str, Any] = {"line": number}
    try:
        content = _content(line)
        cmd_id = _cmd_id(content.pop("cmd_id", None))
        named = {"cmd_id": str(cmd_id)} if cmd_id else named
        return named | _sent(request, content, cmd_id)
    except BadLine as bad:
        said = _sentence(request.words, bad)
        return {
            "ok": False,
            **named,
            "code": bad.code,
            "facts": bad.facts,
            "message": said,
            "exit": errors.USAGE,
        }
    except Refusal as refusal:
        return {
            "ok": False,
            **named,
            "code": refusal.code,
            "facts": refusal.facts,
            "message": errors.refusal_line(request.words, refusal),
            "exit": errors.CODES[refusal.kind],
            "retry": isinstance(refusal, Unavailable),
        }


def _sentence(words: "Words", bad: BadLine) -> str:
    """What is wrong with a line, in the member's language."""
    facts = {"field": "", "wanted": "", **bad.facts}
    if bad.code == "unknown-command" and (near := bad.facts.get("near")):
        meant = ", ".join(near) if isinstance(near, tuple) else str(near)
        word = bad.facts["command"]
        return words("“{word}” is no command. Did you mean: {known}?", word=word, known=meant)
    return words(BAD_LINES[bad.code], **facts)


def _content(line: str) -> dict[str, Any]:
    try:
        content = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        raise BadLine("not-json", detail=str(wrong)) from wrong
    if not isinstance(content, dict):
        raise BadLine("not-an-object")
    return content


def _cmd_id(value: object) -> UUID | None:
    if value is None:
        return None
    try:
        return UUID(str(value))
    except ValueError as wrong:
        raise BadLine("not-a-uuid", value=str(value)) from wrong


def _sent(request: "Request", content: dict[str, Any], cmd_id: UUID | None) -> dict[str, Any]:
    """Make the command, apply it, and tell its receipt."""
    from tui.cli.asjson import receipt_json

    return receipt_json(request.sent(Builder(request).command(content), cmd_id))


COMMANDS = {
    "batch": Command(
        "batch",
        run,
        help=N_("Apply commands from standard input, one JSON object a line."),
        example="""echo '{"command": "CreateTask", "project": "T", "title": "x"}' | duban batch""",
    )
}
