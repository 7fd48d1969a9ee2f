"""The first minutes: an empty store, or a store that does not know who is here."""

import getpass
from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.commands.people import AddPerson
from core.commands.setup import StartTeam
from core.desk import Desk
from core.domain.refusals import Refusal
from core.domain.text import visible
from tui.actions import bindings
from tui.keyboard import Scope
from tui.prompts.text import TextPrompt
from tui.screens.base import DubanScreen
from tui.session import Session
from tui.terms import named, role_word
from tui.widgets.header import Header, HeaderFacts
from tui.widgets.hints import Hint
from tui.words import LANGUAGES

_JOIN = "+join"


class WelcomeScreen(DubanScreen):
    """Asks as little as can be; who you are comes from the account name."""

    SCOPE = Scope.ANY
    CSS_PATH = "welcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        one
        for one in bindings(Scope.ANY)
        if isinstance(one, Binding) and one.id in {"quit", "theme", "help"}
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.name_said = account_name()

    @property
    def is_empty(self) -> bool:
        """Whether nobody works here yet."""
        return not [one for one in self.session.people if not one.placeholder]

    def body(self) -> Iterable[Widget]:
        """A title, who you are, and what to choose from."""
        with_all = Vertical(id="welcome")
        for widget in (
            Static("", id="title", markup=False),
            Static("", id="said", markup=False),
            OptionList(id="ways", markup=False, compact=True),
        ):
            with_all.compose_add_child(widget)
        yield with_all

    def on_mount(self) -> None:
        """Say it, and take keys."""
        self.query_one(Header).facts = HeaderFacts(title="duban")
        self._draw()
        self.set_focus(self.query_one(OptionList))

    def hints(self) -> tuple[Hint, ...]:
        """What Enter does, and how to get away."""
        return (
            Hint(key="enter", label=self.words("choose"), action=""),
            Hint(key="?", label=self.words("help"), action="help"),
            Hint(key="q", label=self.words("quit"), action="quit"),
        )

    def _draw(self) -> None:
        words = self.words
        title = words("Welcome to duban.") if self.is_empty else words("Who are you?")
        self.query_one("#title", Static).update(Content(title))
        self.query_one("#said", Static).update(Content(visible(self._said())))
        ways = self.query_one(OptionList)
        kept = ways.highlighted or 0
        ways.set_options([Option(Content(visible(text)), id=way) for way, text in self._ways()])
        ways.highlighted = min(kept, ways.option_count - 1)

    def _said(self) -> str:
        if self.is_empty:
            return self.words(
                "A board for your team: who does what by when, what is overdue, what waits for"
                " whom. You are {name}.",
                name=named(self.name_said, self.session.handle),
            )
        return self.words(
            "This board does not know the account “{handle}”. Choose yourself, or join.",
            handle=self.session.handle,
        )

    def _ways(self) -> list[tuple[str, str]]:
        words = self.words
        if self.is_empty:
            return [
                ("demo", words("Look around with a demo team")),
                ("empty", words("Start empty")),
                ("name", words("I have another name")),
                ("language", "中文 / English"),
            ]
        me = named(self.name_said, self.session.handle)
        join = words("I am new here: join as {name}", name=me)
        known = [
            (one.handle, f"{named(one.name, one.handle)} · {role_word(words, one.role)}")
            for one in self.session.people
            if not one.placeholder
        ]
        return [*known, (_JOIN, join), ("name", words("I have another name"))]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        event.stop()
        self.chosen_way = event.option_id or ""
        self.shell.hold_keys()  # they wait until the way was gone; the action gives them
        self.run_worker(self.action_act("way"), group="ways")

    async def act_way(self) -> None:
        """Do what was chosen."""
        ways = {"demo": self._demo, "empty": self._start_empty, "name": self._rename}
        ways |= {"language": self._switch_language, _JOIN: self._join}
        await ways.get(self.chosen_way, self._become)()

    async def _demo(self) -> None:
        self.tell(self.words("The demo team moves in…"))
        language, handle, name = self.words.language, self.session.handle, self.name_said

        def fill(desk: Desk) -> None:
            from core import demo

            demo.fill(desk, language=language, handle=handle, name=name)

        try:
            await self.session.bridge.call(fill)
        except Refusal as refusal:
            self.refused(refusal)
            return
        await self._enter()

    async def _start_empty(self) -> None:
        name = self.words("Tasks")
        command = StartTeam(handle=self.session.handle, name=self.name_said, project_name=name)
        if await self.send(command):
            await self._enter()

    async def _join(self) -> None:
        handle = self.session.handle

        def join(desk: Desk) -> None:
            desk.do(AddPerson(handle=handle, name=name))

        name = self.name_said
        try:
            await self.session.bridge.call(join)
        except Refusal as refusal:
            self.refused(refusal)
            return
        await self._enter()

    async def _become(self) -> None:
        try:
            await self.session.become(self.chosen_way)
        except Refusal as refusal:
            self.refused(refusal)
            return
        await self.shell.restart()

    async def _rename(self) -> None:
        title = self.words("What is your name?")
        required = self.words("Others must know whom they work with.")
        prompt = TextPrompt(
            self.words, title=title, value=self.name_said, required=required, limit=100
        )
        if (name := await self.answer(prompt)) is not None:
            self.name_said = name
            self._draw()

    async def _switch_language(self) -> None:
        names = list(LANGUAGES)
        place = names.index(self.words.language) + 1
        self.session.speak(names[place % len(names)])
        await self.shell.restart()

    async def _enter(self) -> None:
        await self.session.refresh_directory()
        self.session.begin(self.session.directory)
        await self.shell.restart()


def account_name() -> str:
    """The full name of the account, else its login."""
    try:
        login = getpass.getuser()
    except (KeyError, OSError):
        return "me"
    try:
        import pwd

        full = pwd.getpwnam(login).pw_gecos.partition(",")[0].strip()
    except (ImportError, KeyError):
        full = ""
    return full or login
