"""How much needs attention: counted for the header of every screen, after everything else."""

from typing import TYPE_CHECKING

from textual.screen import Screen

from core.domain.refusals import Refusal
from tui.key_queue import COUNTING
from tui.widgets.header import Header

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tui.session import Session


class CountingScreen(Screen[None], inherit_bindings=False):
    """A screen whose header counts alerts; a new one begins with the counts of the last."""

    session: "Session"

    def show_counts(self) -> None:
        """Show what was counted last."""
        for header in self.query(Header):  # none on a screen that is taken apart just now
            header.alerts = self.session.counted

    def count_alerts(self) -> None:
        """Count, once what was asked for is on the screen."""
        if self.session.is_known:
            self.call_after_refresh(self._begin_to_count)

    def _begin_to_count(self) -> None:
        count: Callable[[], Awaitable[None]] = self._count
        self.run_worker(count, group=COUNTING, exclusive=True)

    async def _count(self) -> None:
        from tui.screens.board_question import counting

        try:
            found = await self.session.bridge.call(counting(self.session).ask)
        except Refusal:
            return  # what is shown was read; the counts come with the next news
        self.session.counted = found.counts
        self.show_counts()
