"""The one store thread: questions and commands go to it first in, first out, and are awaited."""

import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from uuid import UUID

from core.desk import Desk, Receipt
from core.domain.refusals import Unavailable
from core.hiding import hidden

with hidden("ssl"):  # for connections that nobody here makes; it takes longer than asyncio itself
    import asyncio

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


_LOOK_SECONDS = 1.0
"""How often to look, while something is awaited, whether the store still answers."""
_LEAVE_SECONDS = 0.6
"""How long whoever leaves waits for what is queued."""


class Bridge:
    """Keeps a desk on a thread of its own; the desk is opened at once.

    Whatever the desk refuses is raised where it was asked.
    """

    def __init__(self, open_desk: Callable[[], Desk], *, patience: float = 10.0) -> None:
        """``patience``: seconds after which a store that does not answer is cut off."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="duban-store")
        self._desk: Future[Desk] = self._thread.submit(open_desk)
        self.feed: Feed | None = None
        """The news of others, once ``changes`` listens."""
        self.on_silence: Callable[[], None] | None = None
        """Called when the store was cut off; what waited for it ends as a lost connection."""
        self._patience = patience
        self._began: float | None = None
        """Since when the store thread has been at what it does."""
        self._awaited = 0
        self._looks = False

    def soon(self, action: Callable[[Desk], Answer]) -> Future[Answer]:
        """Queue ``action`` without waiting: for what can be known before the app runs."""
        return self._thread.submit(self._act, action)

    def answer(self, asked: Future[Answer]) -> Answer:
        """What ``asked`` found, before the app runs; a store that does not answer is cut off."""
        while True:
            done, _ = wait([asked], timeout=self._patience)
            if done:
                return asked.result()
            self._sever()

    def _act(self, action: Callable[[Desk], Answer]) -> Answer:
        self._began = time.monotonic()
        try:
            return action(self._desk.result())
        finally:
            self._began = None

    async def call(self, action: Callable[[Desk], Answer]) -> Answer:
        """What ``action`` answers when it is given the desk, on the store thread."""
        self._awaited += 1
        self._look_later()
        try:
            return await asyncio.wrap_future(self.soon(action))
        finally:
            self._awaited -= 1

    def _look_later(self) -> None:
        if not self._looks:
            self._looks = True
            asyncio.get_running_loop().call_later(_LOOK_SECONDS, self._look)

    def _look(self) -> None:
        """Cut a store off that does not answer, so that nobody waits for it for ever."""
        self._looks = False
        if not self._awaited:
            return
        now, began = time.monotonic(), self._began
        if began is not None and now - began >= self._patience:
            self._began = now  # it connects again, which may take as long
            self._sever()
            if self.on_silence is not None:
                self.on_silence()
        self._look_later()

    def _sever(self) -> None:
        """Cut the connection off, if there is one: connecting gives up by itself."""
        if self._desk.done() and self._desk.exception() is None:
            self._desk.result().sever()

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
            with suppress(RuntimeError):  # the app has ended just now
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
        """Wait for what is queued, then close the desk; may be called twice.

        Not for ever: whoever leaves a store that does not answer leaves its thread behind.
        """
        try:
            closed = self._thread.submit(self._close_desk)
        except RuntimeError:  # closed before
            return
        _, late = wait([closed], timeout=_LEAVE_SECONDS)
        if self.feed is not None:
            self.feed.close()
            self.feed = None
        self._thread.shutdown(wait=not late)

    def _close_desk(self) -> None:
        if self._desk.exception() is None:
            self._desk.result().close()
