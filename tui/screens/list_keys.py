"""The keys that move in a list of lines, alike on every screen that has one."""

from tui.screens.base import DubanScreen
from tui.widgets.lines import LineList


class ListKeys(DubanScreen):
    """Mixed into a screen with a list."""

    @property
    def list(self) -> LineList:
        """The list that the keys move in."""
        raise NotImplementedError

    async def moved(self) -> None:
        """The cursor may have moved; keys wait for what is read then."""

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
