"""The one store thread: questions and commands go to it first in, first out, and are awaited."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from uuid import UUID

from core.desk import Desk, Receipt
from core.domain.refusals import Unavailable

Values = ParamSpec("Values")
Answer = TypeVar("Answer")
Store = TypeVar("Store")


class Feed(Protocol):
    """What ``Desk.watch`` gives."""

    poll_seconds: float
    """How often to ask ``moved``; 0 where the feed tells by itself."""

    def moved(self) -> bool:
        """Whether others have changed the store since the last time."""

    def close(self) -> None:
        """Tell nothing more."""


class Bridge:
    """Keeps a desk on a thread of its own; the desk is opened at once.

    Whatever the desk refuses is raised where it was asked.
    """

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="duban-store")
        self._desk: Future[Desk] = self._thread.submit(open_desk)
        self.feed: Feed | None = None
        """The news of others, once ``changes`` listens."""

    def soon(self, action: Callable[[Desk], Answer]) -> Future[Answer]:
        """Queue ``action`` without waiting: for what can be known before the app runs."""
        return self._thread.submit(lambda: action(self._desk.result()))

    async def call(self, action: Callable[[Desk], Answer]) -> Answer:
        """What ``action`` answers when it is given the desk, on the store thread."""
        return await asyncio.wrap_future(self.soon(action))

    async def ask(
        self,
        question: Callable[Concatenate[Store, Values], Answer],
        *values: Values.args,
        **named: Values.kwargs,
    ) -> Answer:
        """Answer a function of core.queries."""
        return await self.call(lambda desk: desk.ask(question, *values, **named))  # type: ignore[arg-type]

    async def do(self, command: object, *, command_id: UUID | None = None) -> Receipt:
        """Apply a command; returns once it is safely stored."""
        return await self.call(lambda desk: desk.do(command, command_id=command_id))

    async def changes(self) -> AsyncIterator[None]:
        """Wakes whenever somebody else has changed the store; ends never, several may be one."""
        loop, news = asyncio.get_running_loop(), asyncio.Event()

        def tell() -> None:
            loop.call_soon_threadsafe(news.set)

        self.feed = feed = await self.call(lambda desk: desk.watch(tell))
        while True:
            if feed.poll_seconds:
                await asyncio.sleep(feed.poll_seconds)
                if not await self._moved(feed):
                    continue
            else:
                await news.wait()
                news.clear()
            yield

    async def _moved(self, feed: Feed) -> bool:
        """Whether there is news; a store that does not answer just now has none."""
        try:
            return await self.call(lambda _: feed.moved())
        except Unavailable:
            return False

    def close(self) -> None:
        """Wait for what is queued, then close the desk; may be called twice."""
        if self.feed is not None:
            self.feed.close()
            self.feed = None
        try:
            self._thread.submit(self._close_desk).result()
        except RuntimeError:  # closed before
            return
        self._thread.shutdown(wait=True)

    def _close_desk(self) -> None:
        if self._desk.exception() is None:
            self._desk.result().close()
