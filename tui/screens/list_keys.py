"""The keys that move in a list of lines, alike on every screen that has one."""

from tui.hinted import READ_ON
from tui.screens.base import DubanScreen
from tui.widgets.lines import LineList
from tui.widgets.rows import LineRows


class ListKeys(DubanScreen):
    """Mixed into a screen with a list."""

    @property
    def list(self) -> LineList:
        """The list that the keys move in."""
        raise NotImplementedError

    @property
    def beside(self) -> LineList:
        """The facts of the chosen line, on a screen that shows them; keys never go there."""
        raise NotImplementedError

    def reading_on(self, hinted: tuple[str, ...]) -> tuple[str, ...]:
        """Where the facts go on below, the keys that show it stand among the first."""
        goes_on = self.is_composed and self.beside.goes_on
        return (hinted[0], READ_ON, *hinted[1:]) if goes_on else hinted

    async def moved(self) -> None:
        """The cursor may have moved; keys wait for what is read then."""

    def on_line_rows_fitted(self, event: LineRows.Fitted) -> None:
        """Show the keys that go on in the facts, or no longer."""
        event.stop()
        if event.list is not self.list:
            self.hint_anew()

    def act_facts_up(self) -> None:
        """Back in the facts; the list keeps the keys."""
        self.beside.turn(-1)

    def act_facts_down(self) -> None:
        """On in the facts; the list keeps the keys."""
        self.beside.turn(1)

    async def act_cursor_up(self) -> None:
        """One line up."""
        self.list.move(-1)
        await self.moved()

    async def act_cursor_down(self) -> None:
        """One line down."""
        self.list.move(1)
        await self.moved()

    async def act_page_up(self) -> None:
        """One page up."""
        self.list.page(-1)
        await self.moved()

    async def act_page_down(self) -> None:
        """One page down."""
        self.list.page(1)
        await self.moved()

    async def act_cursor_first(self) -> None:
        """To the first line."""
        self.list.first()
        await self.moved()

    async def act_cursor_last(self) -> None:
        """To the last line that is held."""
        self.list.last()
        await self.moved()
