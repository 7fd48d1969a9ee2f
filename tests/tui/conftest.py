"""A member at the board, over a real store: ``drive`` and what stands on it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from core.clock import SetClock
from core.commands.importing import ImportTask
from core.commands.people import AddPerson
from core.commands.projects import AddProject
from core.commands.setup import StartTeam
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import Role, State
from core.queries import board, directory
from core.queries.board import CardRow, Chosen
from tui.actions import BY_ID
from tui.bridge import Bridge
from tui.session import Session, SessionOptions
from tui.session import directory as read_directory
from tui.settings import Settings
from tui.shell import DubanApp
from tui.widgets.hints import Hints

NOW = datetime(2024, 10, 16, 3, 0, tzinfo=UTC)
"""A Wednesday, eleven in the morning in Shanghai."""


class Team:
    """A small team in a store, and short words for what tests put there."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.clock = SetClock(NOW)
        self.desk = Desk(url, actor="lixin", clock=self.clock).open()
        self.desk.do(StartTeam(handle="lixin", name="李欣", project_key="OPS", pattern="OPS-{seq}"))
        self.people: dict[str, PersonId] = {"lixin": PersonId(1)}
        for handle, name in (("wang", "王磊"), ("zhao", "赵敏")):
            made = self.desk.do(AddPerson(handle=handle, name=name, role=Role.MEMBER))
            self.people[handle] = PersonId(made.id)
        self.project = ProjectId(1)

    def put(self, title: str, state: State = State.TODO, **fields: Any) -> TaskId:
        """Add a task; ``owner`` is a handle, and ``due`` a number of days from now."""
        if isinstance(owner := fields.get("owner"), str):
            fields["owner"] = self.people[owner]
        if isinstance(days := fields.get("due"), int):
            fields["due"] = NOW + timedelta(days=days)
        fields.setdefault("project", self.project)
        command = CreateTask(title=title, state=state, **fields)
        told = state in {State.REVIEW, State.DONE} or command.owner is not None
        return TaskId(self.desk.do(ImportTask(task=command) if told else command).id)

    def add_project(self, key: str, name: str) -> ProjectId:
        """Another project."""
        command = AddProject(key=key, name=name, pattern=f"{key}-{{seq}}")
        return ProjectId(self.desk.do(command).id)

    def by(self, handle: str) -> Desk:
        """The same store as somebody else, in this thread."""
        return self.desk.acting(handle, clock=self.clock)

    def card(self, task: TaskId) -> CardRow:
        """How a task stands now."""
        found = self.desk.ask(board.card, task)
        assert found is not None
        return found

    def titles(self, state: State) -> list[str]:
        """The titles of a column, from the top."""
        return [one.title for one in self.desk.ask(board.cards, Chosen(), state)]


async def until(true: Callable[[], bool]) -> None:
    """Wait for what comes by itself, after the keys are dealt with."""
    async with asyncio.timeout(15):
        while not true():  # noqa: ASYNC110 - what is awaited tells nobody
            await asyncio.sleep(0.05)


class Member:
    """Somebody at the keyboard."""

    def __init__(self, app: DubanApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def presses(self, *keys: str) -> None:
        """Press keys, all at once; returns when all is done."""
        for key in keys:
            self.app.simulate_key(key)
        await self.settles()

    async def types(self, text: str) -> None:
        """Type into what has the keys."""
        from textual.events import Key
        from textual.keys import _character_to_key

        for character in text:
            self.app.post_message(Key(_character_to_key(character), character))
        await self.settles()

    async def does(self, *actions: str) -> None:
        """Press the keys of these actions."""
        from textual.keys import _character_to_key

        keys = [BY_ID[action].keys[0] for action in actions]
        await self.presses(*(_character_to_key(key) if len(key) == 1 else key for key in keys))

    async def settles(self) -> None:
        """Wait until every key is dealt with."""
        taken = asyncio.Event()
        self.app.call_later(taken.set)
        await taken.wait()
        while self.app.is_busy:  # noqa: ASYNC110 - an event in the app would be for tests only
            await asyncio.sleep(0)
        await self.pilot.pause()

    async def choose(self, task: TaskId) -> None:
        """Put the cursor on a task."""
        await self.app.screen.choose(task)  # type: ignore[attr-defined]
        await self.pilot.pause()

    @property
    def chosen(self) -> str:
        """The key of the chosen task; empty if there is none."""
        card = self.app.screen.card  # type: ignore[attr-defined]
        return card.key if card else ""

    @property
    def told(self) -> str:
        """The message at the bottom; empty if there is none."""
        message = self.app.screen.query_one(Hints).message
        return message[0] if message else ""

    @property
    def screen(self) -> str:
        """The name of the screen that is seen."""
        return type(self.app.screen).__name__

    @property
    def picture(self) -> str:
        """All that is on the screen, as text."""
        size = self.app.size
        lines = self.app.screen._compositor.render_strips(size)
        return "\n".join(line.text for line in lines)

    @property
    def sentence(self) -> str:
        """The picture with line breaks and frames taken out."""
        return " ".join(self.picture.replace("│", " ").split())

    def field(self, name: str) -> str:
        """What stands in an input of the prompt."""
        return self.app.screen.query_one(f"#{name}", Input).value


Drive = Callable[..., Any]


@pytest.fixture
def team(sqlite_url: str) -> Iterator[Team]:
    """A team on SQLite."""
    made = Team(sqlite_url)
    yield made
    made.desk.close()


@pytest.fixture
def drive(tmp_path: Path) -> Drive:
    """Sit down at the board of a store."""

    @asynccontextmanager
    async def sit(url: str, **said: Any) -> AsyncIterator[Member]:
        clock = said.get("clock") or SetClock(NOW)
        options = SessionOptions(
            store=url,
            handle=said.get("handle", "lixin"),
            language=said.get("language", "en"),
            settings=said.get("settings", Settings()),
            settings_file=tmp_path / "settings.toml",
            clock=clock,
        )
        bridge = Bridge(lambda: Desk(url, actor=options.handle, clock=clock).open())
        try:
            session = Session(options, bridge)
            session.begin(await bridge.call(read_directory))
            app = DubanApp(session)
            async with app.run_test(size=said.get("size", (100, 30))) as pilot:
                member = Member(app, pilot)
                await member.settles()
                yield member
        finally:
            bridge.close()

    return sit


@pytest.fixture
def people_of() -> Callable[[str], list[str]]:
    """The handles in a store."""

    def read(url: str) -> list[str]:
        with Desk(url, actor="") as desk:
            return [one.handle for one in desk.ask(directory.people)]

    return read
