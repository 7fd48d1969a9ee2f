"""What a command says: in which language, as text or JSON, and beside it on stderr."""

import sys
from typing import TYPE_CHECKING, Final

from core.domain.text import is_hidden, visible
from tui.cli import account, streams
from tui.cli.given import Given
from tui.words import Words, choose_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.desk import Receipt
    from tui.settings import Settings


class Usage(Exception):
    """The call itself is not right; ``sentence`` says what would be. Exit code 2."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


_EMOJI_SELECTOR: Final = "\ufe0f"


def _is_seen(character: str) -> bool:
    shown = character.isprintable() and not is_hidden(character)
    return shown and character != _EMOJI_SELECTOR


class Answers:
    """The talking half of a request. Settings and words are read when first asked for."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self._settings: Settings | None = None
        self._words: Words | None = None

    @property
    def settings(self) -> "Settings | None":
        """The member's settings; None if there is no such file. Raises Usage for a bad one."""
        if self._settings is None:
            if not account.has_settings():
                return None
            from tui.settings import SettingsProblem, problem_words, read_settings

            try:
                self._settings = read_settings(account.settings_file())
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
        """Write one line of JSON; what acts on a terminal or hides in a text is escaped."""
        import json

        text = json.dumps(content, ensure_ascii=False, default=str)
        if not (text.isascii() and text.isprintable()):
            text = "".join(one if _is_seen(one) else json.dumps(one)[1:-1] for one in text)
        sys.stdout.write(f"{text}\n")

    def note(self, sentence: str) -> None:
        """Say something beside the answer, on stderr."""
        sys.stdout.flush()
        streams.beside(f"{visible(sentence)}\n")

    def wrong(self, sentence: str) -> Usage:
        """What to raise where the call itself is not right."""
        return Usage(sentence)

    @property
    def is_asked(self) -> bool:
        """Whether there is somebody at a terminal to be asked."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def confirmed(self, question: str, *, yes: "Sequence[str]" = ("y", "yes", "是")) -> bool:
        """Ask at the terminal; False without one."""
        if not self.is_asked:
            return False
        sys.stdout.flush()
        streams.beside(f"{question} ")
        return sys.stdin.readline().strip().casefold() in yes
