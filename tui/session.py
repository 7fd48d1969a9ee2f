"""What a screen is handed: who is here, in which language, looking at what, and the bridge."""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4, uuid5

from core.clock import Clock, SystemClock
from core.desk import Desk, Receipt
from core.domain.departments import Department
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.people import Person, Project
from core.domain.refusals import OutcomeUnknown, Unavailable
from core.records import replace
from tui.bridge import Bridge
from tui.settings import Settings
from tui.theming import MONO_THEME, Theme, load_themes, shipped_folder
from tui.words import Words

if TYPE_CHECKING:
    from core.domain.status import Bucket, State
    from core.policies.alerts import Horizon
    from core.policies.calendar import WorkCalendar
    from core.queries.alert_sources import Scope

_A_MINUTE = timedelta(minutes=1)
_TOUCH_DIRECTORY = frozenset(
    {"core.commands.people", "core.commands.projects", "core.commands.setup"}
)


class SessionOptions(NamedTuple):
    """What the command line has found out before the app starts."""

    store: str
    """The store's URL."""
    handle: str
    """Who is here: ``--as``, else the settings, else the account name."""
    settings: Settings = Settings()
    settings_file: Path | None = None
    """Where the app keeps what the member changes; None keeps nothing."""
    language: str = "en"
    """One of words.LANGUAGES, already chosen."""
    clock: Clock = SystemClock()
    themes: Mapping[str, Theme] = MappingProxyType({})
    """By name; empty means those that come with duban."""


class Directory(NamedTuple):
    """Everybody and everything that there is to choose from."""

    me: Person | None
    people: tuple[Person, ...]
    projects: tuple[Project, ...]
    departments: tuple[Department, ...]


def directory(desk: Desk) -> Directory:
    """Read the directory; on the store thread. A lost connection is opened again first."""
    from core.queries import directory as ask

    people = desk.ask(ask.people)
    return Directory(
        me=desk.me(),
        people=people,
        projects=desk.ask(ask.projects),
        departments=desk.ask(ask.departments),
    )


def _once_more(
    desk: Desk, act: Callable[[Desk], Receipt | None], error: Unavailable
) -> Receipt | None:
    """Connect again and act; what was not heard of stays so if that fails."""
    try:
        desk.mark()
        return act(desk)
    except Unavailable as second:
        if isinstance(error, OutcomeUnknown):
            raise error from second
        raise


class Session:
    """Held by the app and handed to its screens; no widget and no prompt knows it."""

    def __init__(self, options: SessionOptions, bridge: Bridge) -> None:
        self.options = options
        self.bridge = bridge
        self.handle = options.handle
        """The handle of who is here, known to the store or not."""
        self.words = Words(options.language)
        self.themes = options.themes or load_themes([shipped_folder()]).themes
        self.settings = options.settings
        self.theme = self._theme(options.settings.theme)
        self.directory = Directory(me=None, people=(), projects=(), departments=())
        self.project: ProjectId | None = None
        """The project that is looked at; None means all."""
        self.task: TaskId | None = None
        """The task that was chosen last, for a board that is drawn anew."""
        self.whose: Scope | None = None
        """Whose alerts are counted and shown; None as the board shows cards: all, or mine."""
        self.counted: Mapping[Bucket, int] = {}
        """How much needs attention, as it was counted last; a new screen begins with it."""
        self._horizons: tuple[datetime, dict[ProjectId, Horizon]] | None = None

    def _theme(self, name: str) -> Theme:
        """The theme of that name; dark where there is none, mono where no color is wanted."""
        if not self.settings.color or "NO_COLOR" in os.environ:
            return MONO_THEME
        return self.themes.get(name) or self.themes.get("dark") or MONO_THEME

    @property
    def me(self) -> Person | None:
        """Who is here, as the store knows them; None if it does not."""
        return self.directory.me

    @property
    def is_known(self) -> bool:
        """Whether the store knows who is here, and has something to show."""
        return self.me is not None and bool(self.projects)

    @property
    def limits(self) -> "dict[State, int]":
        """The WIP limits of the project that is looked at; of several projects there are none."""
        project = self.project_of(self.project)
        if project is None and len(self.projects) == 1:
            project = self.projects[0]
        return dict(project.wip) if project else {}

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
        self._horizons = None
        if self.project not in {one.id for one in directory.projects}:
            self.project = None

    def begin(self, directory: Directory) -> None:
        """Take over what was read, and look at the project of the last time, or the only one."""
        self.learn(directory)
        key = self.settings.project
        found = next((one.id for one in self.projects if one.key == key), None)
        only = self.projects[0].id if len(self.projects) == 1 else None
        self.project = found or only

    def look_at(self, project: ProjectId | None) -> None:
        """Look at one project, or at all; kept for the next time."""
        self.project = project
        found = self.project_of(project)
        self.keep(project=found.key if found else "")

    def speak(self, language: str) -> None:
        """Change the language; screens must be drawn anew."""
        self.words = Words(language)
        self.keep(language=language)

    def use_theme(self, name: str) -> None:
        """Change the theme; screens must be drawn anew."""
        self.theme = self._theme(name)
        self.keep(theme=name)

    async def become(self, handle: str) -> None:
        """Be another person from now on. Refuses ``impersonation-closed``."""

        def change(desk: Desk) -> None:
            if handle.casefold() != desk.actor:
                from core.queries.checkup import may_act_as

                desk.ask(may_act_as, handle)
            desk.actor = handle.casefold()

        await self.bridge.call(change)
        self.handle = handle
        self.keep(person=handle)
        await self.refresh_directory()

    async def refresh_directory(self) -> None:
        """Read people, projects and departments again."""
        self.learn(await self.bridge.call(directory))

    async def send(self, command: object, *, command_id: UUID | None = None) -> Receipt:
        """Apply a command. Raises what the desk refuses."""
        receipt = await self.bridge.do(command, command_id=command_id)
        if type(command).__module__ in _TOUCH_DIRECTORY:
            await self.refresh_directory()
        return receipt

    async def send_all(
        self, commands: Sequence[object], *, command_id: UUID | None = None
    ) -> Receipt | None:
        """Apply several commands, all of them or none; the last one's receipt.

        None if there was nothing to apply.
        """
        number = command_id or uuid4()

        def together(desk: Desk) -> Receipt | None:
            receipt = None
            with desk.together() as send:
                for place, command in enumerate(commands):
                    receipt = send(command, number=str(uuid5(number, str(place))))
            return receipt

        def surely(desk: Desk) -> Receipt | None:
            try:
                return together(desk)
            except Unavailable as error:
                if error.code != "connection-lost":
                    raise
                return _once_more(desk, together, error)

        return await self.bridge.call(surely)

    def person(self, number: PersonId | None) -> Person | None:
        """The person with that id; None for nobody and for one merged away."""
        return next((one for one in self.people if one.id == number), None)

    def project_of(self, number: ProjectId | None) -> Project | None:
        """The project with that id."""
        return next((one for one in self.projects if one.id == number), None)

    def foresee(self, desk: Desk) -> None:
        """Work out ``horizons``; on the store thread, before anybody asks."""
        from core.queries.horizons import horizons

        now = self.now()
        self._horizons = now, desk.ask(horizons, now=now)

    @property
    def foreseen(self) -> "dict[ProjectId, Horizon]":
        """The limits as they were worked out last; empty before."""
        return self._horizons[1] if self._horizons is not None else {}

    async def horizons(self) -> dict[ProjectId, "Horizon"]:
        """The limits of each project now, for lights; worked out once a minute."""
        from core.queries.horizons import horizons

        now = self.now()
        if self._horizons is None or now - self._horizons[0] >= _A_MINUTE:
            self._horizons = now, await self.bridge.ask(horizons, now=now)
        return self._horizons[1]

    def calendar(self, number: ProjectId | None = None) -> "WorkCalendar":
        """The working days of a project; of the one looked at, else of the first.

        With the company's own days, once ``horizons`` was asked.
        """
        from core.policies.calendar import calendar_named

        found = self.project_of(number or self.project) or next(iter(self.projects), None)
        if found is None:
            return calendar_named("china")
        if self._horizons is not None and found.id in self._horizons[1]:
            return self._horizons[1][found.id].calendar
        return calendar_named(found.calendar, time_zone=found.time_zone)

    def keep(self, **changes: object) -> None:
        """Change settings and keep them for the next time."""
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        if self.options.settings_file is not None:
            self.settings.write(self.options.settings_file)
