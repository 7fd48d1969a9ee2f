"""What every screen does alike: sending, and what is possible on each."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar
from uuid import UUID, uuid4

from core.desk import Receipt
from core.domain.refusals import Conflict, OutcomeUnknown, Refusal, Unavailable
from tui.screens.asking import AskingScreen

Receipted = TypeVar("Receipted", Receipt, Receipt | None)
_A_MOMENT = 0.8
"""Seconds after which somebody who waits wants to know what for."""


class DubanScreen(AskingScreen):
    """A screen that sends commands and knows the keys that work everywhere."""

    # Sending

    async def send(self, command: object) -> Receipt | None:
        """Apply a command and show what it changed; None if it was refused, which was told."""
        return await self._sent(lambda number: self.session.send(command, command_id=number))

    async def send_all(self, commands: Sequence[object]) -> Receipt | None:
        """Apply several commands, all of them or none; None if they were refused."""
        return await self._sent(lambda number: self.session.send_all(commands, command_id=number))

    async def _sent(self, send: Callable[[UUID], Awaitable[Receipt | None]]) -> Receipt | None:
        try:
            receipt = await self._surely(send)
        except Refusal as refusal:
            if isinstance(refusal, Conflict):
                await self.renew()
            self.refused(refusal)
            return None
        await self._applied(receipt)
        return receipt

    async def deliver(self, command: object) -> Receipt:
        """Apply a command and show what it changed. Raises the Refusal, for whoever asks again."""
        receipt = await self._surely(lambda number: self.session.send(command, command_id=number))
        await self._applied(receipt)
        return receipt

    async def attempt(self, commands: Sequence[object]) -> Refusal | None:
        """Apply commands, all or none; a refusal is given back instead of told."""
        try:
            receipt = await self._surely(
                lambda number: self.session.send_all(commands, command_id=number)
            )
        except Refusal as refusal:
            await self.renew()
            return refusal
        await self._applied(receipt)
        return None

    async def renew_after(self, receipt: Receipt | None) -> None:  # noqa: ARG002
        """``renew`` what a command of one's own may have changed."""
        await self.renew()

    async def _applied(self, receipt: Receipt | None) -> None:
        await self.renew_after(receipt)
        if receipt is not None and receipt.warnings:
            from tui.refusals import warning_words

            for warning in receipt.warnings:
                facts = {"key": receipt.name, **warning.facts}
                self.tell(warning_words(self.words, warning.code, facts), "warning")

    async def _surely(self, send: Callable[[UUID], Awaitable[Receipted]]) -> Receipted:
        """Send; where the outcome is unknown, once more if the member says so.

        Once more too, unasked, if others kept the store busy for longer than anybody waits.
        """
        number = uuid4()
        is_first = True
        while True:
            try:
                with self.told_while(self._waiting(), after=_A_MOMENT):
                    return await send(number)
            except OutcomeUnknown as refusal:
                if not await self._again(refusal):
                    raise
            except Unavailable as refusal:
                if refusal.code != "store-busy" or not is_first:
                    raise
                is_first = False

    def _waiting(self) -> str:
        return self.words("Somebody else is saving; waiting…")

    async def _again(self, refusal: OutcomeUnknown) -> bool:
        """Whether to send once more under the same command id, which applies it once at most."""
        from tui.prompts.confirm import ConfirmPrompt
        from tui.refusals import refusal_words

        question = self.words("Try again? It will not be done twice.")
        title = refusal_words(self.words, refusal)
        answer = await self.answer(ConfirmPrompt(self.words, title=title, question=question))
        return bool(answer)

    # Possible on every screen

    async def act_board(self) -> None:
        """To the board."""
        await self.shell.show("board")

    async def act_sync(self) -> None:
        """To the sync log."""
        await self.shell.show("sync")

    async def act_review(self) -> None:
        """To what waits for acceptance."""
        await self.shell.show("review")

    async def act_issues(self) -> None:
        """To the issue register."""
        await self.shell.show("issues")

    async def act_history(self) -> None:
        """Who did what in the project."""
        await self.shell.show("history")

    async def act_raci(self) -> None:
        """To the matrix of responsibilities."""
        await self.shell.show("raci")

    async def act_standup(self) -> None:
        """Say how my tasks stand, one after another."""
        await self.shell.begin("standup")

    async def act_teamup(self) -> None:
        """To what the team has said."""
        await self.shell.show("teamup")

    async def act_triage(self) -> None:
        """To what waits for a decision."""
        await self.shell.show("triage")

    async def act_find(self) -> None:
        """Find words, and go to what is chosen."""
        await self.shell.begin("find")

    async def act_help(self) -> None:
        """All keys."""
        await self.shell.show("help")

    async def act_leave(self) -> None:
        """Back; screens with something open close that first."""
        await self.shell.show("back")

    def act_quit(self) -> None:
        """End the program."""
        self.shell.leave()

    async def act_project(self) -> None:
        """Choose a project by typing a part of its name."""
        from tui.screens.choosing import choose_project

        if await choose_project(self):
            await self.renew()

    async def act_settings(self) -> None:
        """Who I am, language, theme."""
        from tui.screens.choosing import change_settings

        await change_settings(self)

    async def act_theme(self) -> None:
        """The next theme."""
        from tui.screens.choosing import next_theme

        await next_theme(self)
