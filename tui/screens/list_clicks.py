"""Clicks in a list whose lines are about tasks, with the facts of the chosen one beside it."""

from tui.screens.list_keys import ListKeys
from tui.widgets.lines import LineList


class ListClicks(ListKeys):
    """A click chooses, a double click opens."""

    async def act_open(self) -> None:
        """Open what the chosen line is about."""
        raise NotImplementedError

    async def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """A click shows the facts of that line."""
        event.stop()
        if event.list is self.list:
            await self.moved()

    async def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A double click opens it."""
        event.stop()
        await self.act_open()
