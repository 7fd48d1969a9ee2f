"""What a command takes and what it does, as values that cost nothing to load."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from tui.words import N_

if TYPE_CHECKING:
    from tui.cli.request import Request


class Parameter:
    """One argument or option, told as a usage line tells it.

    ``KEY`` is required, ``[PROGRESS]`` may be left out, ``TITLE...`` takes several words;
    ``-o --owner WHO`` takes a value, ``--urgent`` does not, ``--met/--open`` says yes or no.
    """

    __slots__ = ("flags", "help", "kind", "many", "metavar", "name", "required", "suggests")

    def __init__(
        self, usage: str, help: str = "", *, suggests: str = "", required: bool = False
    ) -> None:
        """Read ``usage``; ``suggests`` names what completion offers."""
        self.help = help
        self.suggests = suggests
        told = usage.split()
        flags = [word for word in told if word.startswith("-")]
        self.metavar = "" if told[-1] in flags else told[-1]
        self.flags = tuple(flags)
        """Empty for an argument."""
        bare = flags[-1].partition("/")[0].lstrip("-") if flags else usage.strip("[].")
        self.name = bare.lower().replace("-", "_")
        self.many = self.metavar.rstrip("]").endswith("...")
        self.required = required or not (flags or usage.startswith("["))
        self.kind = self._kind()

    def _kind(self) -> str:
        """``text``, ``number``, ``flag`` or ``switch``."""
        if self.flags and not self.metavar:
            return "switch" if "/" in self.flags[-1] else "flag"
        return "number" if self.metavar.strip("[].") in NUMBERS else "text"


NUMBERS: Final = frozenset({"COUNT", "NUMBER", "HOURS"})
"""Metavars whose value is a whole number."""
DIGITS: Final = 9
"""Most digits of such a number; every engine can hold it."""


Run = Callable[["Request"], int | None]
"""Does the work; returns the exit code, None meaning done."""


class Command:
    """One command of the command line; with ``commands`` under it, a family of them."""

    __slots__ = (
        "apart",
        "commands",
        "example",
        "help",
        "name",
        "needs",
        "parameters",
        "run",
        "writes",
    )

    def __init__(
        self,
        name: str,
        run: Run,
        *,
        help: str,
        example: str,
        takes: Sequence[Parameter] = (),
        writes: bool = False,
    ) -> None:
        """Declare ``duban name``."""
        self.name = name
        self.run = run
        self.help = help
        self.example = example
        self.writes = writes
        self.apart: tuple[str, ...] = ()
        self.needs: tuple[tuple[str, str], ...] = ()
        self.parameters = (*takes, *(WRITING if writes else READING), *EVERYWHERE)
        self.commands: dict[str, Command] = {}

    def __iter__(self) -> Iterator[Parameter]:
        """Its parameters, arguments and options as declared."""
        return iter(self.parameters)

    def checked(
        self, *, apart: Sequence[str] = (), needs: Sequence[tuple[str, str]] = ()
    ) -> "Command":
        """The same, for tui.cli.fitting to check.

        ``apart``: groups of parameters of which at most one is given; ``needs``: parameters, and
        those of which one must be given with them.
        """
        self.apart, self.needs = tuple(apart), tuple(needs)
        return self

    def with_commands(self, *commands: "Command") -> "Command":
        """The same as a family; called without one of them, it does what it does itself."""
        self.commands = {command.name: command for command in commands}
        return self


EVERYWHERE: Final = (
    Parameter(
        "--as HANDLE", N_("Act as this person, where the store allows it."), suggests="people"
    ),
    Parameter("--store URL", N_("The store: sqlite:////path/to/file or postgresql://...")),
)
_JSON: Final = Parameter("--json", N_("Answer in JSON."))
READING: Final = (_JSON,)
WRITING: Final = (
    Parameter("--cmd-id UUID", N_("Apply the same id once only, however often it is sent.")),
    _JSON,
)
