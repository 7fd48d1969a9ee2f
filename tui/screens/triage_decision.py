"""A decision about several lines at once: asked once, applied to all or to none."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from core.desk import Desk, Receipt
from core.domain.refusals import Refusal
from core.queries.board import CardRow, cards_by_id
from core.queries.triage import TriageFacts, TriageRow
from tui.keyboard import Scope
from tui.needs import ONGOING
from tui.screens.base import DubanScreen
from tui.screens.permitted import about_card, act_of, closed, was_told

if TYPE_CHECKING:
    from tui.prompts.base import Prompt

Answered = TypeVar("Answered")
Cards = tuple[CardRow, ...]


class DecidingScreen(DubanScreen):
    """A screen on which it is decided."""

    @property
    def facts(self) -> TriageFacts | None:
        """The facts of the line under the cursor."""
        raise NotImplementedError

    async def attempt_by(self, send: Callable[[Desk, UUID], Receipt | None]) -> Refusal | None:
        """Like ``attempt``, for what is sent in a transaction of its own making."""

        async def sent(number: UUID) -> Receipt | None:
            return await self.session.bridge.call(lambda desk: send(desk, number))

        try:
            receipt = await self._surely(sent)
        except Refusal as refusal:
            await self.renew()
            return refusal
        await self._applied(receipt)
        return None


class Decision:
    """The lines that are decided about, as they were when the key was pressed."""

    def __init__(self, screen: DecidingScreen, rows: Sequence[TriageRow]) -> None:
        self.screen = screen
        self.words = screen.words
        self.rows = tuple(rows)

    @property
    def key(self) -> str:
        """What sentences call them: an id, or how many they are."""
        if len(self.rows) == 1:
            return self.rows[0].alert.key
        return self.words.ngettext("{count} item", "{count} items", len(self.rows))

    async def cards(self) -> Cards:
        """Their tasks as they stand now, in the order of the list; tells where there is none."""
        tasks = [one.about.task for one in self.rows if one.about.task is not None]
        found = {one.id: one for one in await self.screen.session.bridge.ask(cards_by_id, tasks)}
        cards = tuple(found[task] for task in tasks if task in found)
        if not cards:
            self.screen.tell(self.words("This is about no task."), "warning")
        return cards

    async def cards_for(self, action: str) -> Cards:
        """The same, if the member may do that to each of them; tells why not, before anything."""
        screen, cards = self.screen, await self.cards()
        for one in cards:
            if action in ONGOING and (said := closed(screen, one, told=True)):
                screen.tell(said, "warning")
                return ()
            act = act_of(action, one, scope=Scope.TRIAGE, session=screen.session)
            about = about_card(screen.session, one)
            if act is not None and was_told(screen, act, about, one.key):
                return ()
        return cards

    async def ask(
        self,
        make: "Callable[[Answered | None], Prompt[Answered]]",
        commands: Callable[[Answered], Awaitable[Sequence[object]]],
    ) -> Answered | None:
        """Ask once and apply to all; a refusal asks again with what was typed.

        None if nothing was done.
        """
        answer: Answered | None = None
        notice = ""
        while True:
            prompt = make(answer)
            prompt.notice = notice
            answer = await self.screen.answer(prompt)
            if answer is None:
                return None
            refusal = await self.screen.attempt(await commands(answer))
            if refusal is None:
                return answer
            notice = self.why_not(refusal)

    async def apply(self, commands: Sequence[object], *, done: str) -> None:
        """Send them, all or none, and tell ``done``, or which was refused and why."""
        refusal = await self.screen.attempt(commands)
        if refusal is None:
            self.screen.tell(done)
        else:
            self.screen.tell(self.why_not(refusal), "warning")

    def why_not(self, refusal: Refusal) -> str:
        """The refusal in words; of several, that nothing was done to the others either."""
        said, count = self.screen.refusal_text(refusal), len(self.rows) - 1
        if not count:
            return said
        gap = "" if self.words.language == "zh_CN" else " "
        nothing = self.words("Nothing was done to the other {count} either.", count=count)
        return f"{said}{gap}{nothing}"
