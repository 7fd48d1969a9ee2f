"""``duban completion``: what a shell needs to complete commands, options, task ids and people."""

import sys
from typing import TYPE_CHECKING, Final

from tui.cli.declared import EVERYWHERE, Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.cli.request import Request

FILES: Final = "/"
"""Suggested alone where a file can stand, which shells complete themselves."""
_BASH: Final = """\
_duban() {
    local IFS=$'\\n'
    COMPREPLY=($(duban completion words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
    if [ "${COMPREPLY[*]}" = / ]; then
        COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
        compopt -o filenames 2>/dev/null
    fi
}
complete -o nosort -F _duban duban 2>/dev/null || complete -F _duban duban
"""
_ZSH: Final = """\
#compdef duban
_duban() {
    local -a found
    local line
    for line in "${(@f)$(duban completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -n $line ]] && found+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}")
    done
    if [[ "$found" == /: ]]; then _files; else _describe duban found; fi
}
if [ "$funcstack[1]" = "_duban" ]; then _duban "$@"; else compdef _duban duban; fi
"""
_FISH: Final = """\
function __duban_words
    set -l typed (commandline -opc)[2..-1] (commandline -ct)
    set -l found (duban completion words -- $typed 2>/dev/null)
    if test "$found" = /\\t
        __fish_complete_path (commandline -ct)
    else if set -q found[1]
        printf '%s\\n' $found
    end
end
complete -c duban -f -a '(__duban_words)'
"""
SCRIPTS: Final = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
_WORDS: Final = {
    "states": "draft todo doing review done archived cancelled",
    "priorities": "high medium low",
    "roles": "observer member lead admin",
    "kinds": "progress problem decision deliverable note",
    "meetings": "kick-off standup weekly ad-hoc retro report",
    "facets": "form scope quality other",
    "delays": "requirements resources priority communication material other",
    "blocks": "waiting resource decision technical external",
    "found": "task update issue sync meeting",
    "severities": "low medium high critical",
    "issue-states": "open responded resolved closed reopened",
    "orders": "newest board due",
    "shells": "bash zsh fish",
    "settings": "store language theme person project compact mouse color",
    "store-rules": "impersonation",
    "store-values": "open closed",
    "tables": "T0-1 T1-1 T1-2 T1-3 T3-2 T3-R",
}


def run(request: "Request") -> None:
    """Print the script of a shell; put it where the shell reads it."""
    shell = request.given.text("shell")
    if shell == "words":
        _suggest(request, request.given.texts("typed"))
        return
    if shell not in SCRIPTS:
        words = request.words
        raise request.wrong(
            words("“{text}” is not one of: {known}", text=shell, known=", ".join(SCRIPTS))
        )
    sys.stdout.write(SCRIPTS[shell])


def _suggest(request: "Request", typed: "Sequence[str]") -> None:
    """One suggestion a line: the word, a tab, and what it means."""
    from core.domain.text import visible

    before, last, kept = _parted(typed)
    for word, meaning in suggestions(request, before, last):
        if word == FILES or word.casefold().startswith(last.casefold()):
            sys.stdout.write(f"{kept}{visible(word)}\t{visible(meaning)}\n")


def _parted(typed: "Sequence[str]") -> tuple[list[str], str, str]:
    """The words before, the beginning of the last one, and what stays before that.

    ``--owner=li`` is one word, but three in bash, which completes the third alone.
    """
    *before, last = typed or ("",)
    if last == "=":
        return before, "", ""
    if before[-1:] == ["="]:
        return before[:-1], last, ""
    if last.startswith("--") and "=" in last:
        option, _, last = last.partition("=")
        return [*before, option], last, f"{option}="
    return before, last, ""


def suggestions(
    request: "Request", before: "Sequence[str]", last: str
) -> "Iterator[tuple[str, str]]":
    """What may follow ``before`` and begins like ``last``, with what each means."""
    from tui.cli.table import HOMES, command_named

    left = _without_globals(list(before))
    if not left:
        for name in HOMES:
            yield name, request.words(command_named(name).help)
        return
    if left[0] not in HOMES:
        return
    command = command_named(left.pop(0))
    if command.commands and left and left[0] in command.commands:
        command = command.commands[left.pop(0)]
    elif command.commands and not left and not last.startswith("-"):
        for name, one in command.commands.items():
            yield name, request.words(one.help)
        return
    yield from _of_command(request, command, left, last)


def _without_globals(words: list[str]) -> list[str]:
    """The words after the options that may stand before a command."""
    known = {flag for one in EVERYWHERE for flag in one.flags}
    while words and words[0].startswith("-"):
        del words[: 2 if words[0] in known else 1]
    return words


def _of_command(
    request: "Request", command: Command, left: list[str], last: str
) -> "Iterator[tuple[str, str]]":
    """Options, or values of the parameter that stands here."""
    options = {flag: one for one in command for part in one.flags for flag in part.split("/")}
    if left and (one := options.get(left[-1])) and one.metavar:
        yield from _values(request, one, last)
        return
    if last.startswith("-"):
        for flag, one in options.items():
            yield flag, request.words(one.help)
        return
    taking = [one for one in command if not one.flags]
    place = _arguments(left, options)
    if place < len(taking) or (taking and taking[-1].many):
        yield from _values(request, taking[min(place, len(taking) - 1)], last)


def _arguments(left: list[str], options: dict[str, Parameter]) -> int:
    """How many arguments are among the words, without options and their values."""
    count, skip = 0, False
    for word in left:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in options and bool(options[word].metavar)
        else:
            count += 1
    return count


def _values(request: "Request", one: Parameter, last: str) -> "Iterator[tuple[str, str]]":
    """What a parameter may be."""
    if one.suggests in _WORDS:
        yield from ((word, "") for word in _WORDS[one.suggests].split())
    elif one.suggests == "files":
        yield FILES, ""
    elif one.suggests == "tasks":
        from core.queries.listing import names_beginning

        yield from request.ask(names_beginning, last)
    elif one.suggests == "issues":
        from core.queries.issues import issues

        yield from ((row.key, row.title) for row in request.ask(issues) if row.is_open)
    elif one.suggests == "people":
        from core.queries.directory import people

        yield from ((who.handle, who.name) for who in request.ask(people))
    elif one.suggests == "projects":
        from core.queries.directory import projects

        yield from ((project.key, project.name) for project in request.ask(projects))


COMMANDS = {
    "completion": Command(
        "completion",
        run,
        help=N_("Print the completion script of a shell."),
        example="duban completion bash >> ~/.bashrc",
        takes=(Parameter("SHELL", suggests="shells"), Parameter("[TYPED]...")),
    )
}
