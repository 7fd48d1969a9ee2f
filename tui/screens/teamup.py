"""The team's standup for a shared screen: who has said what, person by person."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Horizontal
from textual.widget import Widget

from core.desk import Desk
from core.domain.ids import ProjectId, TaskId
from core.queries.homes import Home, homes
from core.queries.standup import OwedRow, Part, missing
from core.queries.standup_team import Mark, PersonSaid, team
from tui.actions import bindings
from tui.keyboard import Scope
from tui.screens.list_keys import ListKeys
from tui.screens.teamup_lines import MISSING, missing_lines, people_lines, person_lines
from tui.session import Session
from tui.widgets.header import Chip, Header, HeaderFacts
from tui.widgets.lines import LineList


class TeamupScreen(ListKeys):
    """At the left the people, at the right what the chosen one has said."""

    CSS_PATH = "teamup.tcss"
    SCOPE = Scope.TEAMUP
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.TEAMUP)  # type: ignore[assignment]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._team: tuple[PersonSaid, ...] = ()
        self._missing: tuple[OwedRow, ...] = ()
        self._homes: dict[ProjectId, Home] = {}
        self._shown = ""
        """Whose words are at the right."""

    def body(self) -> Iterable[Widget]:
        """People, and what one of them has said."""
        with Horizontal(id="body"):
            yield LineList(self.session.theme, id="people")
            yield LineList(self.session.theme, id="said")

    async def on_mount(self) -> None:
        """Keys go to the people."""
        self.set_focus(self._people)
        await self.renew()

    @property
    def _people(self) -> LineList:
        return self.query_one("#people", LineList)

    @property
    def _said(self) -> LineList:
        return self.query_one("#said", LineList)

    @property
    def list(self) -> LineList:
        """Whichever of the two has the keys."""
        return self._said if self._said.has_focus else self._people

    async def refresh_view(self) -> None:
        """Read what everybody has said, in the project that is looked at."""
        now, part = self.session.now(), Part(project=self.session.project)

        def read(desk: Desk) -> None:
            self._team = desk.ask(team, now=now, part=part)
            self._missing = desk.ask(missing, now=now, part=part)
            self._homes = desk.ask(homes)

        await self.session.bridge.call(read)
        self._people.lines = tuple(people_lines(self.words, self._team, late=len(self._missing)))
        self._head()
        self._show()

    def _head(self) -> None:
        words, project = self.words, self.session.project_of(self.session.project)
        counts = {mark: sum(one.mark is mark for one in self._team) for mark in Mark}
        chips = [
            Chip(text=words("{count} of {total} said", count=counts[Mark.SAID], total=self._asked))
        ]
        if waiting := counts[Mark.MISSING]:
            text = words.ngettext("{count} still to say", "{count} still to say", waiting)
            chips.append(Chip(text=text, color="duban-warning"))
        where = project.name if project else words("All projects")
        title = words("Team standup")
        self.query_one(Header).facts = HeaderFacts(
            title=f"{title} · {where}",
            chips=tuple(chips),
            person=self.session.me.name if self.session.me else "",
        )

    @property
    def _asked(self) -> int:
        """How many there is something to hear from."""
        return sum(one.mark in {Mark.SAID, Mark.MISSING} for one in self._team)

    def _show(self) -> None:
        """What the chosen person has said, or who is missing at the end."""
        words, now, chosen = self.words, self.session.now(), self._people.chosen
        if chosen == MISSING:
            lines = missing_lines(words, self._missing, homes=self._homes, now=now)
        else:
            found = next((one for one in self._team if str(one.person) == chosen), None)
            lines = person_lines(words, found, homes=self._homes, now=now)
        self._said.lines = tuple(lines)
        if chosen != self._shown:  # news of the same person moves nothing
            self._said.first()
        self._shown = chosen
        self._said.active = self._said.has_focus

    async def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """A click shows that person."""
        event.stop()
        if event.list is self._people:
            self._show()

    async def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A double click opens the task."""
        event.stop()
        if event.list is self._said:
            await self.act_open()

    async def moved(self) -> None:
        """Show what is chosen now."""
        if self._people.has_focus:
            self._show()

    def _turn_to(self, list: LineList) -> None:
        self.set_focus(list)
        self._said.active = list is self._said

    async def act_open(self) -> None:
        """From the person to their tasks; from a task to all about it."""
        if self._people.has_focus:
            if self._said.chosen:
                self._turn_to(self._said)
            return
        if self._said.chosen:
            await self.shell.show("detail", task=TaskId(int(self._said.chosen)))

    async def act_leave(self) -> None:
        """From the tasks to the people, from there back."""
        if self._said.has_focus:
            self._turn_to(self._people)
            return
        await super().act_leave()
