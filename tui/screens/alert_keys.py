"""What keys do to the chosen alert while they go to the alert pane."""

from typing import TYPE_CHECKING

from core.domain.ids import TaskId
from tui.screens.board_view import BoardView

if TYPE_CHECKING:
    from core.queries.alert_rows import AlertRow
    from core.queries.alert_sources import Scope
    from tui.panes.alerts import AlertPane

_NEXT: "dict[str, Scope]" = {"all": "mine", "mine": "team", "team": "all"}


class AlertKeys(BoardView):
    """Mixed into the board, whose pane it is. What a key needs is loaded as it is pressed."""

    async def choose(self, task: TaskId) -> None:
        """Put the cursor on a task."""
        raise NotImplementedError

    @property
    def _in_pane(self) -> "AlertPane | None":
        """The alert pane, while keys go to it."""
        pane = self.pane
        return pane if pane is not None and pane.has_focus else None

    @property
    def _alert(self) -> "AlertRow | None":
        """The chosen alert, while keys go to the pane."""
        pane = self._in_pane
        return pane.row if pane is not None else None

    async def open_alert(self, pane: "AlertPane") -> None:
        """To its task; to where it is dealt with, if it is about none."""
        row = pane.row
        if row is None:
            pane.jump()  # what is quiet unfolds
        elif row.task is not None:
            await self.choose(row.task)
        else:
            from tui.screens.quieting import place_of

            await self.shell.show(place_of(row))

    async def act_whose(self) -> None:
        """Mine, my team's, everybody's."""
        if (pane := self.pane) is not None:
            self.session.whose = _NEXT[pane.scope]
            await self.renew()

    async def act_nudge(self) -> None:
        """Nudge whoever must act; on a card, whom it waits for."""
        row = self._alert
        if row is None or row.task is None:
            await super().act_nudge()
            return
        from tui.screens.quieting import nudge_about

        await nudge_about(self, row)

    async def act_respond(self) -> None:
        """The next step of what the line is about."""
        row = self._alert
        if row is None:
            await super().act_respond()
            return
        from tui.screens.quieting import respond_to

        await respond_to(self, row)

    async def act_escalate(self) -> None:
        """Take its issue to the next level."""
        if (row := self._alert) is not None:
            from tui.screens.quieting import escalate

            await escalate(self, row)

    async def act_acknowledge(self) -> None:
        """Say that it is known; a line that is quiet is so no more."""
        if (row := self._alert) is not None:
            from tui.screens.quieting import acknowledge

            await acknowledge(self, row)

    async def act_snooze(self) -> None:
        """Quiet until a time; a line that is quiet is so no more."""
        if (row := self._alert) is not None:
            from tui.screens.quieting import snooze

            await snooze(self, row)
