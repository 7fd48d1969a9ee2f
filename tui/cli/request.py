"""One call of the command line: who asks, which store, in which language, and where answers go."""

import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from core.domain.text import visible
from tui.cli import account
from tui.cli.declared import Given
from tui.words import Words, choose_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.desk import Desk, Receipt
    from core.domain.ids import TaskId
    from core.domain.people import Person, Project
    from tui.settings import Settings

Answer = TypeVar("Answer")


class Usage(Exception):
    """The call itself is not right; ``sentence`` says what would be. Exit code 2."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class Request:
    """Handed to a command. Settings, words and desk are made when they are first asked for."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self._settings: Settings | None = None
        self._words: Words | None = None
        self._desk: Desk | None = None

    @property
    def settings(self) -> "Settings | None":
        """The member's settings; None if there is no such file. Raises Usage for a bad one."""
        if self._settings is None:
            file = account.settings_file()
            if not file.exists():
                return None
            from tui.settings import SettingsProblem, problem_words, read_settings

            try:
                self._settings = read_settings(file)
            except SettingsProblem as problem:
                words = Words(choose_language())
                raise Usage(problem_words(words, problem)) from problem
        return self._settings

    def setting(self, name: str) -> str:
        """One of the settings' texts; empty if it is not set."""
        return str(getattr(self.settings, name)) if self.settings else ""

    @property
    def words(self) -> Words:
        """The member's language."""
        if self._words is None:
            self._words = Words(choose_language(self.setting("language")))
        return self._words

    def words_for_errors(self) -> Words:
        """The same; the environment's language if it is the settings that are wrong."""
        try:
            return self.words
        except Usage:
            return Words(choose_language())

    @property
    def store(self) -> str:
        """The store's URL: ``--store``, DUBAN_STORE, the settings, the platform's place."""
        named = self.given.text("store") or os.environ.get("DUBAN_STORE", "")
        return named or self.setting("store") or account.usual_store()

    @property
    def handle(self) -> str:
        """Who acts: ``--as``, the settings, the account."""
        named = self.given.text("as").lstrip("@") or self.setting("person")
        return named or account.handle()

    @property
    def desk(self) -> "Desk":
        """The open desk. Refuses Unavailable, and ``--as`` where the store does not allow it."""
        if self._desk is None:
            from core.desk import Desk

            self._desk = Desk(self.store, actor=self.handle).open()
            if self.given.text("as"):
                self._check_impersonation(self._desk)
        return self._desk

    def _check_impersonation(self, desk: "Desk") -> None:
        from core.domain.refusals import Rejected
        from core.queries.checkup import fact

        own = self.setting("person") or account.handle()
        if self.handle.casefold() != own.casefold() and desk.ask(fact, "impersonation") == "closed":
            raise Rejected("impersonation-closed", person=self.handle)

    def close(self) -> None:
        """Close the desk, if it was opened."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def ask(self, question: "Callable[..., Answer]", *values: Any, **named: Any) -> Answer:  # noqa: ANN401 - the question says
        """Answer a function of core.queries."""
        return self.desk.ask(question, *values, **named)

    def task(self, text: str) -> "TaskId":
        """The task called ``text``. Refuses NotFound and Ambiguous."""
        from core.queries.directory import find_task

        return self.desk.ask(find_task, text)

    def person(self, text: str) -> "Person":
        """The person called ``text``; ``me`` is whoever acts. Refuses NotFound and Ambiguous."""
        from core.queries.directory import find_person

        return self.desk.ask(find_person, self.handle if text == "me" else text)

    def project(self, text: str = "") -> "Project | None":
        """The project called ``text``, else the settings', else the first; None if none is there."""
        from core.queries.directory import find_project, projects

        if named := text or self.setting("project"):
            return self.desk.ask(find_project, named)
        return next(iter(self.desk.ask(projects)), None)

    def home(self) -> "Project":
        """The project that something new belongs to; on an empty store a team begins first."""
        named = self.given.text("project")
        found = self.project(named)
        if found is None:
            from tui.cli.sending import begin

            begin(self)
            found = self.project(named)
        if found is None:
            self.wrong(self.words("There is no project yet. Try: duban projects add KEY NAME"))
        return found

    def do(self, command: object) -> "Receipt":
        """Apply a command under ``--cmd-id``; on an empty store a team begins first."""
        from tui.cli.sending import send

        return send(self, command)

    def say(self, *lines: str) -> None:
        """Write lines of text; what acts on a terminal is made visible."""
        sys.stdout.write("".join(f"{visible(line)}\n" for line in lines))

    def answer(self, content: object, *lines: str) -> None:
        """Write ``content`` as one line of JSON where ``--json`` asks for it, else the lines."""
        if self.given.flag("json"):
            self.json(content)
        else:
            self.say(*lines)

    def receipt(self, receipt: "Receipt", *lines: str) -> None:
        """Tell what a command did, only now that it is stored."""
        if self.given.flag("json"):
            from tui.cli.asjson import receipt_json

            self.json(receipt_json(receipt))
        else:
            self.say(*lines)

    def json(self, content: object) -> None:
        """Write one line of JSON."""
        import json

        sys.stdout.write(json.dumps(content, ensure_ascii=False, default=str) + "\n")

    def note(self, sentence: str) -> None:
        """Say something beside the answer, on stderr."""
        sys.stdout.flush()
        sys.stderr.write(f"{visible(sentence)}\n")

    def wrong(self, sentence: str) -> NoReturn:
        """End with exit code 2."""
        raise Usage(sentence)

    def confirmed(self, question: str, *, yes: "Sequence[str]" = ("y", "yes", "是")) -> bool:
        """Ask at the terminal; False without one."""
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        sys.stdout.flush()
        sys.stderr.write(f"{question} ")
        sys.stderr.flush()
        return sys.stdin.readline().strip().casefold() in yes
