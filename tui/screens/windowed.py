"""A list that is read further as the cursor comes near its end."""

from typing import Any

from core.domain.refusals import Refusal
from tui.screens.list_keys import ListKeys
from tui.session import Session
from tui.widgets.lines import LineList

_WINDOW = 100


class WindowedScreen(ListKeys):
    """Mixed into a screen with a log; it says how rows are read and drawn."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._rows: tuple[Any, ...] = ()
        """What is held, newest first."""
        self._complete = False
        """Whether there is no more."""
        self._fetching = False

    async def read_rows(self, last: Any | None, limit: int) -> tuple[Any, ...]:  # noqa: ANN401
        """So many after ``last``; None: from the newest on."""
        raise NotImplementedError

    def draw(self) -> None:
        """Show what is held."""
        raise NotImplementedError

    async def read_again(self) -> None:
        """Read as much as is held, from the newest on."""
        limit = max(_WINDOW, len(self._rows))
        self._rows = await self.read_rows(None, limit)
        self._complete = len(self._rows) < limit

    async def on_line_list_ended(self, event: LineList.Ended) -> None:
        """Read on."""
        event.stop()
        if self._complete or self._fetching or not self._rows:
            return
        self._fetching = True
        try:
            more = await self.read_rows(self._rows[-1], _WINDOW)
        except Refusal as refusal:
            self.refused(refusal)
            return
        finally:
            self._fetching = False
        self._complete = len(more) < _WINDOW
        self._rows += more
        self.draw()
