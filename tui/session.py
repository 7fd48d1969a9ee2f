"""What a screen is handed: who is here, in which language, looking at what, and the bridge."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from core.clock import Clock, SystemClock
from core.desk import Desk, Receipt
from core.domain.ids import PersonId, ProjectId
from core.domain.people import Department, Person, Project
from tui.bridge import Bridge
from tui.settings import Settings
from tui.theming import Theme
from tui.words import Words

if TYPE_CHECKING:
    from core.policies.calendar import WorkCalendar

_TOUCH_DIRECTORY = frozenset(
    {"core.commands.people", "core.commands.projects", "core.commands.setup"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOptions:
    """What the command line has found out before the app starts."""

    store: str
    """The store's URL."""
    handle: str
    """Who is here: ``--as``, else the settings, else the account name."""
    settings: Settings = field(default_factory=Settings)
    settings_file: Path | None = None
    """Where the app keeps what the member changes; None keeps nothing."""
    language: str = "en"
    """One of words.LANGUAGES, already chosen."""
    clock: Clock = field(default_factory=SystemClock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everybody and everything that there is to choose from."""

    me: Person | None
    people: tuple[Person, ...]
    projects: tuple[Project, ...]
    departments: tuple[Department, ...]


def directory(desk: Desk) -> Directory:
    """Read the directory; on the store thread."""
    from core.queries import directory as ask

    return Directory(
        me=desk.me(),
        people=desk.ask(ask.people),
        projects=desk.ask(ask.projects),
        departments=desk.ask(ask.departments),
    )


class Session:
    """Held by the app and handed to its screens; no widget and no prompt knows it."""

    def __init__(self, options: SessionOptions, bridge: Bridge, *, theme: Theme) -> None:
        self.options = options
        self.bridge = bridge
        self.words = Words(options.language)
        self.theme = theme
        self.settings = options.settings
        self.directory = Directory(me=None, people=(), projects=(), departments=())
        self.project: ProjectId | None = None
        """The project that is looked at; None means all."""

    @property
    def me(self) -> Person | None:
        """Who is here, as the store knows them; None if it does not."""
        return self.directory.me

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody, members before placeholders."""
        return self.directory.people

    @property
    def projects(self) -> tuple[Project, ...]:
        """All projects, by key."""
        return self.directory.projects

    @property
    def departments(self) -> tuple[Department, ...]:
        """All departments, by name."""
        return self.directory.departments

    def now(self) -> datetime:
        """The present instant, UTC."""
        return self.options.clock.now()

    def learn(self, directory: Directory) -> None:
        """Take over what was read; a project that is gone is no longer looked at."""
        self.directory = directory
        if self.project not in {one.id for one in directory.projects}:
            self.project = None

    async def refresh_directory(self) -> None:
        """Read people, projects and departments again."""
        self.learn(await self.bridge.call(directory))

    async def send(self, command: object, *, command_id: UUID | None = None) -> Receipt:
        """Apply a command. Raises what the desk refuses."""
        receipt = await self.bridge.do(command, command_id=command_id)
        if type(command).__module__ in _TOUCH_DIRECTORY:
            await self.refresh_directory()
        return receipt

    async def send_all(self, commands: Sequence[object]) -> Receipt:
        """Apply several commands, all of them or none; the last one's receipt."""

        def together(desk: Desk) -> Receipt:
            with desk.together() as send:
                return [send(command) for command in commands][-1]

        return await self.bridge.call(together)

    def person(self, number: PersonId | None) -> Person | None:
        """The person with that id; None for nobody and for one merged away."""
        return next((one for one in self.people if one.id == number), None)

    def project_of(self, number: ProjectId | None) -> Project | None:
        """The project with that id."""
        return next((one for one in self.projects if one.id == number), None)

    def calendar(self, number: ProjectId | None = None) -> "WorkCalendar":
        """The working days of a project; of the one looked at, else of the first."""
        from core.policies.calendar import calendar_named

        found = self.project_of(number or self.project) or next(iter(self.projects), None)
        if found is None:
            return calendar_named("china")
        return calendar_named(found.calendar, time_zone=found.time_zone)

    def keep(self, **changes: object) -> None:
        """Change settings and keep them for the next time."""
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        if self.options.settings_file is not None:
            self.settings.write(self.options.settings_file)
