"""Reads arguments that are plainly right, without click: it takes a third of ``duban add``.

Whatever is doubtful - help, an unknown option, something missing - is left to click, which reads
the same declarations and says what is wrong.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tui.cli.declared import DIGITS, EVERYWHERE, Command, Parameter
from tui.cli.given import Given
from tui.cli.table import BOARD, HOMES, command_named


def read(arguments: Sequence[str]) -> tuple[Command, Given] | None:
    """The command and what it is given; None where click has to look."""
    left = list(arguments)
    before = _options(left, EVERYWHERE, stop=True)
    if before is None or (left and left[0] not in HOMES):
        return None
    command = command_named(left.pop(0) if left else BOARD)
    if command.commands and left and left[0] in command.commands:
        command = command.commands[left.pop(0)]
    elif command.commands and left:
        return None
    values = _options(left, command.parameters, stop=False)
    if values is None or not _placed(left, command, values):
        return None
    return command, Given({**before, **values})


def _options(
    left: list[str], parameters: Sequence[Parameter], *, stop: bool
) -> dict[str, Any] | None:
    """Take the options out of ``left``; None where one is not plainly right.

    With ``stop`` only those before the first argument.
    """
    known = {flag: one for one in parameters for part in one.flags for flag in part.split("/")}
    values: dict[str, Any] = {}
    kept: list[str] = []
    while left and not (stop and kept):
        word = left.pop(0)
        if word == "--":
            kept += left
            left.clear()
        elif not word.startswith("-") or word == "-":
            kept.append(word)
        elif not _option(word, known, left, values):
            return None
    left[:] = kept + left
    return values


def _option(
    word: str, known: Mapping[str, Parameter], left: list[str], values: dict[str, Any]
) -> bool:
    """Note one option, with its value from ``left`` if it takes one; whether it is right."""
    flag, equals, value = word.partition("=")
    one = known.get(flag)
    if one is None:
        return False
    if one.kind in {"flag", "switch"}:
        values[one.name] = one.kind == "flag" or one.flags[-1].startswith(f"{flag}/")
        return not equals
    if equals:
        return _keep(values, one, value)
    return bool(left) and _keep(values, one, left.pop(0))


def _keep(values: dict[str, Any], one: Parameter, text: str) -> bool:
    """Note a value under its parameter's name; False for a number that is none."""
    if one.kind == "number":
        if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
            return False
        values[one.name] = int(text)
    elif one.many:
        values[one.name] = (*values.get(one.name, ()), text)
    else:
        values[one.name] = text
    return True


def _placed(left: list[str], command: Command, values: dict[str, Any]) -> bool:
    """Give the arguments to their parameters; whether all fit and none is missing."""
    for one in command:
        if one.flags or not left:
            continue
        if one.many:
            values[one.name] = tuple(left)
            left.clear()
        elif not _keep(values, one, left.pop(0)):
            return False
    return not left and all(one.name in values for one in command if one.required)
