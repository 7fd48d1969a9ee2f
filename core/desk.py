"""The front door: commands in, answers out. One desk has one store and one actor."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar
from uuid import UUID, uuid4

from core.clock import Clock, SystemClock, utc
from core.domain.people import Person
from core.domain.refusals import (
    Conflict,
    NotFound,
    OutcomeUnknown,
    Refusal,
    Rejected,
    Unavailable,
)
from core.store import finding
from core.store.database import Store
from core.store.faults import translated

if TYPE_CHECKING:
    from core.store.feed import Feed
    from core.store.work import Warning, Work  # noqa: A004


class Receipt(NamedTuple):
    """What a command did; given only after it is safely stored."""

    command_id: str
    first: int
    """Number of its first event; 0 if nothing changed."""
    last: int
    id: int = 0
    """What it made or changed, such as a task's id."""
    name: str = ""
    """The same for people: a task's key, a person's handle."""
    warnings: "tuple[Warning, ...]" = ()
    repeated: bool = False
    """True if this command id had been applied before; nothing happened now."""


Send = Callable[..., Receipt]
Values = ParamSpec("Values")
Answer = TypeVar("Answer")


class Desk:
    """Takes commands and answers questions; belongs to the thread that opened it.

    Every method may refuse Unavailable. ``actor`` is a handle; it need not be known to the
    store as long as only questions are asked.
    """

    def __init__(self, url: str, *, actor: str, clock: Clock | None = None) -> None:
        self.store = Store(url)
        self.actor = actor.casefold()
        self.clock = clock or SystemClock()

    def open(self) -> "Desk":
        """Connect and bring the store up to date; a login of one's own says who acts."""
        self.store.open()
        if self.store.postgres:
            from core.store.facts import login

            self.actor = login(self.store) or self.actor
        return self

    def close(self) -> None:
        """Close the connection."""
        self.store.close()

    def __enter__(self) -> "Desk":
        """Open."""
        return self.open()

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def acting(self, actor: str, *, clock: Clock) -> "Desk":
        """The same store for another actor and clock: samples tell of several people and days."""
        other = copy(self)
        other.actor, other.clock = actor.casefold(), clock
        return other

    def now(self) -> datetime:
        """The present instant, UTC."""
        return utc(self.clock.now())

    def mark(self) -> int:
        """The newest event's number; it counts up with every accepted command."""
        from core.store.book import newest_event

        return self.ask(newest_event)

    def me(self) -> Person | None:
        """The actor as the store knows them; None if it does not."""
        with translated():
            return self._person()

    def watch(self, tell: Callable[[], None]) -> "Feed":
        """News of what others change, from now on; see core.store.feed."""
        from core.store import feed

        with translated():
            return feed.watch(self.store, tell)

    def sever(self) -> None:
        """Cut a connection off that does not answer; from any thread.

        SQLite gives up waiting by itself.
        """
        if self.store.postgres:
            database: Any = self.store.database
            database.sever()

    def ask(
        self,
        question: Callable[Concatenate[Store, Values], Answer],
        *values: Values.args,
        **named: Values.kwargs,
    ) -> Answer:
        """Answer a function of core.queries, which is given the store first.

        A lost connection is opened again once.
        """
        try:
            return self._ask(question, *values, **named)
        except Unavailable as error:
            if error.code != "connection-lost" or self.store.busy:
                raise
        self.store.close()
        self.store.open()
        return self._ask(question, *values, **named)

    def _ask(
        self,
        question: Callable[Concatenate[Store, Values], Answer],
        *values: Values.args,
        **named: Values.kwargs,
    ) -> Answer:
        with translated():
            self.store.settle()
            if finding.any_restricted(self.store):
                from core.store import veil

                veil.lay(self.store, self._person(), question=question)
            return question(self.store, *values, **named)

    def do(self, command: object, *, command_id: UUID | None = None) -> Receipt:
        """Apply one command in one transaction.

        Raises a Refusal, and then nothing was saved; OutcomeUnknown is the one exception:
        ask again with the same ``command_id``, and it is applied once.
        """
        number = str(command_id or uuid4())
        try:
            return self._do(command, number=number, fresh=command_id is None)
        except Unavailable as error:
            if error.code != "connection-lost" or self.store.busy:
                raise
            return self._again(command, number, error)

    def _again(self, command: object, number: str, error: Unavailable) -> Receipt:
        """Once more on a new connection: the command id keeps it from being applied twice."""
        try:
            self.store.close()
            self.store.open()
            return self._do(command, number=number, fresh=False)
        except Unavailable as second:
            if isinstance(error, OutcomeUnknown):
                raise error from second
            raise

    def _do(self, command: object, *, number: str, fresh: bool) -> Receipt:
        with self._sending() as apply:
            receipt = apply(command, number, fresh=fresh)
        return receipt  # noqa: RET504 - only after the transaction has ended

    @contextmanager
    def together(self) -> Iterator[Send]:
        """Several commands in one transaction: all of them or none.

        Yields a function that applies one command, optionally under a command id of its own
        (``number``). Once it has refused one, nothing is kept, even if its caller goes on: the
        refusal comes again at the end.
        """
        with self._sending() as apply:

            def send(command: object, *, number: str = "") -> Receipt:
                return apply(command, number or str(uuid4()), fresh=not number)

            yield send

    @contextmanager
    def _sending(self) -> Iterator[Callable[..., Receipt]]:
        from core.store.work import Work

        refused: list[Refusal] = []
        self.store.check_file()
        with self.store.writing():
            actor, now = self._person(), self.now()

            def apply(command: object, number: str, *, fresh: bool) -> Receipt:
                try:
                    work = Work(self.store, now=now, actor=actor, handle=self.actor)
                    return self._apply(command, work, number=number, fresh=fresh)
                except Refusal as refusal:
                    refused.append(refusal)
                    raise

            yield apply
            if refused:
                raise refused[0]
        self.store.check_file()

    def _person(self) -> Person | None:
        try:
            found = finding.by_handle(self.store, self.actor)
        except NotFound:
            return None
        return finding.real(self.store, found)

    def _apply(self, command: object, work: "Work", *, number: str, fresh: bool) -> Receipt:
        """Apply a command that is ``fresh`` (its id cannot be known yet), or that is not known."""
        from hashlib import blake2b

        from core.commands import allowing
        from core.commands.handlers import FOR_STRANGERS, HANDLERS

        mark = blake2b(repr(command).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        known = None if fresh else _receipt(self.store, number, mark)
        if known is not None:
            return known
        if work.someone is None and type(command) not in FOR_STRANGERS:
            raise Rejected("unknown-actor", person=self.actor)
        if work.someone is not None:
            allowing.check(command, work)
        outcome = HANDLERS[type(command)](command, work)
        first, last = work.write_log(number)
        return _kept(
            Receipt(number, first, last, outcome.id, outcome.name, tuple(work.warnings)), work, mark
        )


def _kept(receipt: "Receipt", work: "Work", mark: str) -> "Receipt":
    """Have the receipt stored: the same id twice is applied once."""
    from core.store.logs import ReceiptTable

    told = {"id": receipt.id, "name": receipt.name, "warnings": work.warnings}
    someone = work.someone.id if work.someone else None
    at, said = ReceiptTable.at.db_value(work.now), ReceiptTable.outcome.db_value(told)
    line = (receipt.command_id, mark, someone, at, receipt.first, receipt.last, said)
    work.book.add_receipt(line)
    return receipt


def _receipt(store: Store, number: str, mark: str) -> Receipt | None:
    """What this command id did before, if it did.

    Refuses another command under its id, and ``row-unreadable``.
    """
    from core.store.fields import unreadable
    from core.store.logs import ReceiptTable

    columns = (ReceiptTable.fingerprint, ReceiptTable.first, ReceiptTable.last)
    query = ReceiptTable.select(*columns, ReceiptTable.outcome)
    row = store.row(query.where(ReceiptTable.command_id == number))
    if row is None:
        return None
    if row[0] != mark:
        raise Conflict("command-id-used", command_id=number)
    for column, number_of in zip(columns[1:], row[1:3], strict=True):
        if type(number_of) is not int:
            raise unreadable(column, number_of)
    return Receipt(command_id=number, first=row[1], last=row[2], repeated=True, **_outcome(row[3]))


def _outcome(stored: str) -> dict[str, Any]:
    """A receipt's fields from what the store keeps of a command's outcome."""
    from core.store.fields import unreadable
    from core.store.logs import ReceiptTable
    from core.store.work import Warning  # noqa: A004

    match ReceiptTable.outcome.python_value(stored):
        case {"id": int(number), "name": str(name), "warnings": list(warnings)}:
            told = tuple(Warning(*one) for one in warnings if _is_warning(one))
            if len(told) == len(warnings):
                return {"id": number, "name": name, "warnings": told}
    raise unreadable(ReceiptTable.outcome, stored)


def _is_warning(stored: object) -> bool:
    match stored:
        case [str(), dict()]:
            return True
    return False
