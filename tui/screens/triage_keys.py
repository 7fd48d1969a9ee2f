"""The keys that decide about the chosen lines of triage; each marks what it has decided."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from core.queries.alert_sources import Scope
from core.queries.triage import TriageRow
from tui.screens.card_actions import CardActions
from tui.screens.list_clicks import ListClicks
from tui.screens.triage_decision import DecidingScreen, Decision
from tui.session import Session
from tui.words import N_

_SCOPES: Final[tuple[Scope, ...]] = ("team", "all", "mine")
"""What ``whose`` goes through; what a lead looks at comes first."""


class TriageKeys(ListClicks, CardActions, DecidingScreen):
    """Mixed into the screen; what is asked is loaded when its key is pressed first."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.scope: Scope = _SCOPES[0]
        self.selected: dict[str, None] = {}
        """The marks of the lines that are decided together."""
        self.deciding: tuple[str, tuple[str, ...]] = ("", ())
        """What is being decided, in a word, and about which lines."""

    @property
    def row(self) -> TriageRow | None:
        """The line under the cursor."""
        raise NotImplementedError

    @property
    def rows(self) -> tuple[TriageRow, ...]:
        """What is decided about."""
        raise NotImplementedError

    @property
    def hinted(self) -> tuple[str, ...]:
        """With those that go on in the facts, where these go on."""
        return self.reading_on(super().hinted)

    @property
    def labels(self) -> Mapping[str, str]:
        """What is owed is called by its name."""
        row = self.row if self.is_composed else None
        owed = row is not None and row.alert.rule.startswith("retro")
        return {**super().labels, "respond": N_("minutes")} if owed else super().labels

    def draw(self) -> None:
        """Show the list as it was read last."""

    async def decide(self, said: str, action: Callable[[Decision], Awaitable[None]]) -> None:
        """Do what a key is for to the selected lines; ``said`` marks those that it decides."""
        rows = self.rows
        if not rows:
            self.tell(self.words("Nothing waits for a decision."), "warning")
            return
        self.deciding = (said, tuple(one.mark for one in rows))
        try:
            await action(Decision(self, rows))
        finally:
            self.deciding = ("", ())

    async def act_respond(self) -> None:
        """Grant or refuse, answer, respond, resolve, set a time."""
        from tui.screens import triage_answers

        await self.decide(self.words("answered"), triage_answers.respond)

    async def act_owner(self) -> None:
        """Choose another owner."""
        from tui.screens import triage_deeds

        await self.decide(self.words("owner changed"), triage_deeds.owner)

    async def act_due(self) -> None:
        """Another due, with the reason."""
        from tui.screens import triage_deeds

        await self.decide(self.words("due moved"), triage_deeds.due)

    async def act_help_out(self) -> None:
        """Assign somebody who helps."""
        from tui.screens import triage_deeds

        await self.decide(self.words("help assigned"), triage_deeds.help_out)

    async def act_lower(self) -> None:
        """One priority down."""
        from tui.screens import triage_deeds

        await self.decide(self.words("priority lowered"), triage_deeds.lower)

    async def act_close(self) -> None:
        """Cancel what is open, with the reason; archive what is done."""
        from tui.screens import triage_deeds

        await self.decide(self.words("given up"), triage_deeds.cancel)

    async def act_nudge(self) -> None:
        """Remind whom it waits for."""
        from tui.screens import triage_answers

        await self.decide(self.words("nudged"), triage_answers.nudge)

    async def act_ask(self) -> None:
        """A question in the sync log."""
        from tui.screens import triage_answers

        await self.decide(self.words("asked"), triage_answers.ask)

    async def act_escalate(self) -> None:
        """To the next level, with the reason."""
        from tui.screens import triage_answers

        await self.decide(self.words("escalated"), triage_answers.escalate)

    async def act_acknowledge(self) -> None:
        """Say that it is known."""
        from tui.screens import triage_answers

        await self.decide(self.words("acknowledged"), triage_answers.acknowledge)

    async def act_snooze(self) -> None:
        """Quiet until a time."""
        from tui.screens import triage_answers

        await self.decide(self.words("snoozed"), triage_answers.snooze)

    # Choosing

    def act_select(self) -> None:
        """Select the line, or no longer; on to the next one."""
        if not (chosen := self.list.chosen):
            return
        if chosen in self.selected:
            del self.selected[chosen]
        else:
            self.selected[chosen] = None
        self.draw()
        self.list.move(1)

    async def act_whose(self) -> None:
        """My team's, everybody's, mine."""
        self.scope = _SCOPES[(_SCOPES.index(self.scope) + 1) % len(_SCOPES)]
        await self.renew()
