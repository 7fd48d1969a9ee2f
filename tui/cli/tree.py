"""The declared commands as click knows them: help, what is wrong with a call, completion."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from core import __version__
from tui.cli import errors, nearest
from tui.cli.declared import DIGITS, EVERYWHERE, Command, Parameter
from tui.cli.given import Given
from tui.cli.request import Request
from tui.cli.table import BOARD, HOMES, command_named
from tui.words import Words

if TYPE_CHECKING:
    from tui.cli.request import ShowBoard

_SHOW: Final = "show-board"
_NUMBER: Final = click.IntRange(0, 10**DIGITS - 1)
_COMMANDS: Final = "[COMMAND] [ARGS]..."
_TOO_MUCH: Final = "Got unexpected extra argument"
_SETTINGS: Final = {"max_content_width": 100}


def call(arguments: Sequence[str], show_board: "ShowBoard | None" = None) -> int:
    """Run ``duban`` with these arguments; the exit code."""
    words = Request(Given({})).words_for_errors()
    try:
        shown = root(words)
        context: dict[str, Any] = {"obj": {_SHOW: show_board}}
        code = shown.main(list(arguments), "duban", standalone_mode=False, **context)
    except click.UsageError as wrong:
        errors.say(_sentence(words, wrong))
        return errors.USAGE
    except (click.Abort, EOFError):
        return errors.INTERRUPTED
    return int(code or errors.DONE)


class Told(click.Command):
    """Tells its usage in the member's language."""

    words = Words()

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=self.words("Usage: "))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The rest of it, as click has it: only its own words are ours to translate."""
        own = {
            "[OPTIONS]": self.words("[OPTIONS]"),
            _COMMANDS: self.words("[COMMAND] [ARGS]..."),
        }
        return [own.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and the commands where there are any."""
        options = (one for one in self.get_params(ctx) if isinstance(one, click.Option))
        found = [one.get_help_record(ctx) for one in options]
        _section(formatter, self.words("Options:"), [record for record in found if record])
        if isinstance(self, click.Group):
            commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
            lines = [(name, one.short_help or "") for name, one in commands if one]
            _section(formatter, self.words("Commands:"), lines)


def _section(formatter: click.HelpFormatter, head: str, lines: Sequence[tuple[str, str]]) -> None:
    """A section as click writes it, whose own ends the head in a colon of half width."""
    formatter.write_paragraph()
    formatter.write(f"{head}\n")
    with formatter.indentation():
        formatter.write_dl(lines)


class NoSuchCommand(click.UsageError):
    """A word that is no command; ``known`` are those that there are."""

    def __init__(self, word: str, *, known: Sequence[str], context: click.Context) -> None:
        super().__init__(word, context)
        self.word = word
        self.known = tuple(known)


class Alone(Told):
    """What a family does itself with a word that is none of its commands: it is an argument."""

    def make_context(
        self,
        info_name: str | None,  # noqa: ARG002 - it bears its family's name
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's
    ) -> click.Context:
        """Goes by the name of its family alone."""
        return super().make_context(None, args, parent, **extra)


class Family(Told, click.Group):
    """A command that has others under it."""

    own: Alone | None = None
    """None for a family that takes no argument itself."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """With its own argument before its commands."""
        *pieces, commands = super().collect_usage_pieces(ctx)
        taken = self.own.params if self.own else []
        own = [str(one.metavar) for one in taken if isinstance(one, click.Argument)]
        return [*pieces, *own, commands]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Its commands, in the order of their declaration."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command called ``args[0]``; raises NoSuchCommand, which has the word."""
        word = args[0]
        if not word.startswith("-") and self.get_command(ctx, word) is None:
            if self.own is not None:
                return self.own.name, self.own, args
            raise NoSuchCommand(word, known=self.list_commands(ctx), context=ctx)
        return super().resolve_command(ctx, args)


class Root(Family):
    """``duban`` itself; makes a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """All commands, in the order of the table."""
        return list(HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, made of its declaration."""
        return click_command(command_named(cmd_name), self.words) if cmd_name in HOMES else None


def root(words: Words) -> click.Group:
    """The whole tree."""
    board = command_named(BOARD)
    shown = Root(
        "duban",
        invoke_without_command=True,
        callback=_callback(board, alone=True),
        params=[*_parameters(EVERYWHERE, words), _version(words), _help_option(words)],
        add_help_option=False,
        help=_help(board, words),
        context_settings=_SETTINGS,
    )
    shown.words = words
    return shown


def click_command(command: Command, words: Words) -> click.Command:
    """A declared command, with its family, as click's."""
    options: dict[str, Any] = {
        "name": command.name,
        "params": [*_parameters(command.parameters, words), _help_option(words)],
        "add_help_option": False,
        "help": _help(command, words),
        "short_help": words(command.help),
        "context_settings": _SETTINGS,
        "callback": _callback(command, alone=bool(command.commands)),
    }
    made: Told
    if command.commands:
        members = {name: click_command(one, words) for name, one in command.commands.items()}
        made = Family(invoke_without_command=True, commands=members, **options)
        if any(not one.flags for one in command.parameters):
            made.own = Alone(**{**options, "callback": _callback(command, alone=False)})
            made.own.words = words
            made.params = [one for one in made.params if isinstance(one, click.Option)]
    else:
        made = Told(**options)
    made.words = words
    return made


def _version(words: Words) -> click.Option:
    def show(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
        if wanted and not context.resilient_parsing:
            click.echo(f"duban {__version__}")
            context.exit()

    return _eager(["-V", "--version"], show, words("Show the version."))


def _help_option(words: Words) -> click.Option:
    def show(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
        if wanted and not context.resilient_parsing:
            click.echo(context.get_help())
            context.exit()

    return _eager(["-h", "--help"], show, words("Show this help."))


def _eager(
    names: list[str], show: Callable[[click.Context, click.Parameter, bool], None], help: str
) -> click.Option:
    return click.Option(
        names, is_flag=True, is_eager=True, expose_value=False, callback=show, help=help
    )


def _help(command: Command, words: Words) -> str:
    example = words("Example: {example}", example=command.example)
    return f"{words(command.help)}\n\n\b\n{example}"


def _parameters(declared: Sequence[Parameter], words: Words) -> list[click.Parameter]:
    return [_option(one, words) if one.flags else _argument(one) for one in declared]


def _argument(one: Parameter) -> click.Parameter:
    return click.Argument(
        [one.name],
        metavar=one.metavar,
        required=one.required,
        nargs=-1 if one.many else 1,
        type=_NUMBER if one.kind == "number" else click.STRING,
    )


def _option(one: Parameter, words: Words) -> click.Parameter:
    options: dict[str, Any] = {"help": words(one.help) if one.help else None}
    if one.kind in {"flag", "switch"}:
        options |= {"is_flag": True, "default": None if one.kind == "switch" else False}
    else:
        options |= {"metavar": one.metavar.rstrip("."), "required": one.required}
        options |= {"multiple": one.many}
        options["type"] = _NUMBER if one.kind == "number" else click.STRING
    return click.Option([one.name, *one.flags], **options)


def _callback(command: Command, *, alone: bool) -> Callable[..., int]:
    """What click calls; with ``alone`` it does nothing where a command of the family follows."""

    def run(**values: Any) -> int:  # noqa: ANN401 - click's
        context = click.get_current_context()
        before = context.obj or {}
        context.obj = {**values, **before, **{name: one for name, one in values.items() if one}}
        if alone and context.invoked_subcommand:
            return errors.DONE
        show_board = before.get(_SHOW)
        given = Given(context.obj)
        request = Request(given, show_board=show_board, creates=command.writes)
        return errors.guarded(request, command)

    return run


def _sentence(words: Words, wrong: click.UsageError) -> str:
    """What is wrong with the call, and where help is."""
    path = wrong.ctx.command_path.rstrip() if wrong.ctx else "duban"
    return words("{said} See: {path} --help", said=_said(words, wrong), path=path)


def _said(words: Words, wrong: click.UsageError) -> str:
    if isinstance(wrong, click.BadParameter) and wrong.param is not None:
        return _bad_value(words, wrong, wrong.param)
    if isinstance(wrong, NoSuchCommand):
        return nearest.no_such(words, wrong.word, known=wrong.known)
    if isinstance(wrong, click.NoSuchOption):
        return words("there is no option {name}.", name=wrong.option_name)
    if isinstance(wrong, click.BadOptionUsage):
        return words("{name} needs a value.", name=wrong.option_name)
    if wrong.message.startswith(_TOO_MUCH):
        extra = wrong.message.rpartition("(")[2].rstrip(").")
        return words("this is too much: {extra}.", extra=extra)
    return wrong.format_message()


def _bad_value(words: Words, wrong: click.BadParameter, parameter: click.Parameter) -> str:
    """Something is missing, or a number is none: no other value is click's to refuse."""
    if not isinstance(wrong, click.MissingParameter):
        return words(
            "{name} wants a whole number of at most {digits} digits.",
            name=parameter.opts[-1],
            digits=DIGITS,
        )
    option = parameter.param_type_name == "option"
    name = parameter.opts[-1] if option else str(parameter.metavar or "").rstrip(".")
    if parameter.name == "shell":
        from tui.cli.completion import SCRIPTS

        known = ", ".join(SCRIPTS)
        return words("{name} is missing; it is one of: {known}.", name=name, known=known)
    return words("{name} is missing.", name=name)
