"""One call of the command line: who asks, and which store."""

import os
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from core.domain.refusals import NotFound, OutcomeUnknown, Rejected
from tui.cli import account
from tui.cli.answers import Answers
from tui.cli.given import Given
from tui.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from core.clock import Clock
    from core.desk import Desk, Receipt
    from core.domain.ids import TaskId
    from core.domain.people import Person, Project
    from tui.session import SessionOptions

    ShowBoard = Callable[[SessionOptions], int]

Answer = TypeVar("Answer")


class Request(Answers):
    """Handed to a command. The desk is opened when it is first asked for."""

    clock: "ClassVar[Clock | None]" = None
    """None means the system's; a script that plays days through sets another."""

    def __init__(
        self, given: Given, *, show_board: "ShowBoard | None" = None, creates: bool = False
    ) -> None:
        super().__init__(given)
        self.show_board = show_board
        """Opens the board; handed in, since the command line does not know the app."""
        self.saved = False
        """Whether something was stored; an answer that then is lost ends otherwise."""
        self.creates = creates
        """Whether a named store that is not there yet is made; a mistyped name makes none."""
        self._reads = not creates
        self._desk: Desk | None = None

    @property
    def store(self) -> str:
        """The store's URL: ``--store``, DUBAN_STORE, the settings, the platform's place."""
        named = self.given.text("store") or os.environ.get("DUBAN_STORE", "")
        return named or self.setting("store") or account.usual_store()

    @property
    def handle(self) -> str:
        """Who acts: ``--as``, the settings, the account; or whose role it is that is connected."""
        wanted = self.named or account.handle()
        acts = self._desk.actor if self._desk else wanted.casefold()
        return wanted if acts == wanted.casefold() else acts

    @property
    def named(self) -> str:
        """Who shall act, where somebody said so."""
        return self.given.text("as").lstrip("@") or self.setting("person")

    @property
    def desk(self) -> "Desk":
        """The open desk. Refuses Unavailable, and to be somebody else where the store is closed."""
        if self._desk is None:
            from core.desk import Desk

            handle = self.handle
            if not self.creates and self.store != account.usual_store():  # one that was named
                from core.queries.checkup import must_exist

                must_exist(self.store)
            self._desk = Desk(self.store, actor=handle, clock=self.clock).open()
            if _is_claim(self._desk, handle, named=bool(self.named)):
                from core.queries.checkup import may_act_as

                self._desk.ask(may_act_as, handle)
            if self._reads and self.given.text("as"):
                self._say_if_unknown(self._desk)
        return self._desk

    def _say_if_unknown(self, desk: "Desk") -> None:
        """Who only reads may be anybody; a mistyped handle is told all the same."""
        from core.queries.directory import people

        known = [one.handle for one in desk.ask(people) if not one.placeholder]
        if known and desk.me() is None:
            from tui.cli.nearest import some

            words, who = self.words, self.handle
            self.note(
                words("{who} is not on this team; known: {known}", who=who, known=some(known))
            )

    def close(self) -> None:
        """Close the desk, if it was opened."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def ask(
        self,
        question: "Callable[..., Answer]",
        *values: Any,  # noqa: ANN401 - the question says
        **named: Any,  # noqa: ANN401
    ) -> Answer:
        """Answer a function of core.queries."""
        return self.desk.ask(question, *values, **named)

    def task(self, text: str) -> "TaskId":
        """The task called ``text``. Refuses NotFound and Ambiguous."""
        from core.queries.directory import find_task

        return self.desk.ask(find_task, text)

    def person(self, text: str) -> "Person":
        """The person called ``text``; ``me`` is whoever acts. Refuses NotFound and Ambiguous."""
        from core.queries.directory import find_person, people

        try:
            return self.desk.ask(find_person, self.handle if text == "me" else text)
        except NotFound as unknown:
            from tui.cli.nearest import no_such_person

            raise no_such_person(unknown, self.ask(people)) from unknown

    def handles(self) -> dict[int, str]:
        """Everybody's handle by id, those who were merged away included."""
        from core.queries.directory import people

        return {one.id: one.handle for one in self.ask(people, with_merged=True)}

    def project(self, text: str = "") -> "Project | None":
        """The project called ``text``, else the settings', else the first; None where none is.

        The settings hold for every store, so theirs may be unknown here: it is only a hint.
        """
        from core.queries.directory import find_project, projects

        if text:
            try:
                return self.desk.ask(find_project, text)
            except NotFound as unknown:
                from tui.cli.nearest import found_nothing

                raise found_nothing(unknown, [one.key for one in self.ask(projects)]) from unknown
        found, usual = self.desk.ask(projects), self.setting("project")
        return next((one for one in found if one.key == usual), found[0] if found else None)

    def home(self) -> "Project":
        """The project that something new belongs to; on an empty store a team begins first."""
        named = self.given.text("project")
        found = self.project(named)
        if found is None:
            self.begin()
            found = self.project(named)
        if found is None:
            raise self.wrong(
                self.words("There is no project yet. Try: duban projects add KEY NAME")
            )
        return found

    @property
    def command_id(self) -> "UUID | None":
        """The id of ``--cmd-id``. Raises Usage for what is no UUID."""
        from uuid import UUID

        text = self.given.text("cmd_id")
        if not text:
            return None
        try:
            return UUID(text)
        except ValueError as wrong:
            said = self.words("--cmd-id {text} is not a UUID.", text=text)
            raise self.wrong(said) from wrong

    def do(self, command: object) -> "Receipt":
        """Apply a command under ``--cmd-id``, and tell its warnings on stderr.

        On an empty store a team begins first.
        """
        from uuid import uuid4

        number = self.command_id or uuid4()
        try:
            receipt = self.sent(command, number)
        except OutcomeUnknown as refusal:
            refusal.facts["command_id"] = str(number)
            raise
        if receipt.warnings:
            _warn(self, receipt)
        return receipt

    def sent(self, command: object, number: "UUID | None") -> "Receipt":
        """Apply a command; on an empty store a team begins first."""
        try:
            receipt = self.desk.do(command, command_id=number)
        except Rejected as refusal:
            if refusal.code != "unknown-actor" or not self.begin():
                raise
            receipt = self.desk.do(command, command_id=number)
        self.saved = True
        return receipt

    def begin(self) -> bool:
        """Begin a team where nobody is yet; whether there is one now that began so."""
        from core.commands.setup import StartTeam
        from core.queries.checkup import place
        from core.queries.directory import people

        if any(not one.placeholder for one in self.ask(people)):
            return False
        name = account.name() if self.handle == account.handle() else self.handle
        tasks = self.words("Tasks")
        try:
            self.desk.do(StartTeam(handle=self.handle, name=name, project_name=tasks))
        except Rejected as refusal:
            if refusal.code != "not-empty":
                raise
            return True  # somebody else began at the same moment
        self.saved = True
        said = N_("A new board in {store}: you are @{handle}, its first project is T.")
        self.note(self.words(said, store=self.ask(place), handle=self.handle))
        return True


def _warn(request: Request, receipt: "Receipt") -> None:
    """Tell what should be known although the command was taken."""
    from tui.refusals import warning_words

    for warning in receipt.warnings:
        facts = {"key": receipt.name, **warning.facts}
        request.note(warning_words(request.words, warning.code, facts))


def _is_claim(desk: "Desk", handle: str, *, named: bool) -> bool:
    """Whether the store must be asked if somebody may be ``handle``.

    Not where the account says so. Where a role of the store's own says who acts, only if
    ``handle`` was ``named``.
    """
    if desk.actor != handle.casefold():
        return named
    return handle.casefold() != account.login()
