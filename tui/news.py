"""What others change is shown at once; while the store is away, it is asked for again."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import chain, repeat

from core.domain.refusals import Refusal, Unavailable
from tui.key_queue import KeysInTurn
from tui.screens.base import DubanScreen
from tui.session import Session

_PASSING = frozenset(
    {
        "connection-lost",
        "store-busy",
        "store-failed",
        "store-starting",
        "store-unreachable",
        "too-many-connections",
    }
)
"""Why a store may not answer now and answer soon."""


def _attempts() -> Iterator[float]:
    """The seconds to wait after each attempt, without an end."""
    return chain((1.0, 2.0, 4.0), repeat(5.0))


class NewsApp(KeysInTurn, inherit_bindings=False):
    """Keeps the uppermost screen fresh."""

    session: Session
    _mark = 0
    """The newest event that is known to have left the directory as it was read."""

    async def listen(self) -> None:
        """Show what others change, for as long as the app runs."""
        self.session.bridge.on_silence = self._tell_silence
        async for _ in self._news():
            await self._renew()

    async def _news(self) -> AsyncIterator[None]:
        """What others change; tried again until the store can be listened to."""
        for seconds in _attempts():
            try:
                async for _ in self.session.bridge.changes():
                    yield
            except Unavailable as refusal:
                if refusal.code not in _PASSING:
                    return
                await asyncio.sleep(seconds)

    async def _renew(self) -> None:
        """Others have changed something: read again what is seen, as soon as that is possible."""
        for seconds in _attempts():
            if await self._read_again():
                break
            words = self.session.words
            self._seen.show_banner(words("No connection to the store; trying again."))
            await asyncio.sleep(seconds)
        for screen in self.screen_stack:
            if isinstance(screen, DubanScreen):
                screen.show_banner("")

    async def _read_again(self) -> bool:
        """False where it is worth trying again."""
        seen = self._seen
        try:
            await self._renew_directory()
            if seen.is_mounted:
                await seen.show_anew()
        except Refusal as refusal:
            if refusal.code in _PASSING:
                return False
            seen.refused(refusal)
        return True

    async def _renew_directory(self) -> None:
        """Read people and projects again, unless others have only worked on tasks."""
        from core.queries.news import news

        found = await self.session.bridge.ask(news, self._mark)
        if found.directory:
            await self.session.refresh_directory()
        self._mark = found.mark

    @property
    def _seen(self) -> DubanScreen:
        """The uppermost screen, under what it asks."""
        return next(one for one in reversed(self.screen_stack) if isinstance(one, DubanScreen))

    def _tell_silence(self) -> None:
        words = self.session.words
        self._seen.tell(words("The store has not answered; connecting again."), "warning")

    async def _pass_time(self) -> None:
        """Days have become hours: read again; only what looks different is drawn."""
        if (seen := self._seen).is_mounted:
            await seen.renew()

    async def _shutdown(self) -> None:
        """Textual takes the screens away before it ends the workers that show something on them."""
        self.workers.cancel_all()
        await super()._shutdown()
