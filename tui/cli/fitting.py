"""Options that do not go together, and options that mean nothing without another."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.cli.declared import Command
    from tui.cli.request import Request
    from tui.words import Words


def check(request: "Request", command: "Command") -> None:
    """Raise Usage where one of the options would be ignored."""
    words = request.words
    for group in command.apart:
        if len(given := _given(request, group)) > 1:
            one, other = (_told(command, name) for name in given[:2])
            said = words("{one} and {other} do not go together; give one.", one=one, other=other)
            raise request.wrong(said)
    for names, others in command.needs:
        if (given := _given(request, names)) and not _given(request, others):
            one = _told(command, given[0])
            known = _either(words, [_told(command, name) for name in others.split()])
            raise request.wrong(words("{name} needs {others}.", name=one, others=known))


def _given(request: "Request", names: str) -> list[str]:
    """Those of the parameters that are given."""
    found = ((name, request.given.values.get(name)) for name in names.split())
    return [name for name, one in found if not (one is None or one is False or one == ())]


def _either(words: "Words", names: list[str]) -> str:
    """``--a, --b or --c``."""
    *several, last = names
    between = "、" if words.language == "zh_CN" else ", "
    some = between.join(several)
    return words("{some} or {last}", some=some, last=last) if some else last


def _told(command: "Command", name: str) -> str:
    """A parameter as it is typed."""
    one = next(one for one in command if one.name == name)
    return one.flags[-1] if one.flags else one.metavar.strip("[].")
