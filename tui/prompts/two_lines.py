"""Ask for two lines that belong together, such as a name and a day."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from textual.widget import Widget

from tui.prompts.base import Prompt
from tui.prompts.inputs import Field
from tui.words import Words


class Two(NamedTuple):
    """Both lines; in a prompt's labels, the words before them."""

    first: str
    second: str


class TwoLines(Prompt[Two]):
    """Two inputs, one below the other."""

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        labels: Two,
        start: Two | None = None,
        check: Callable[[Two], str] | None = None,
    ) -> None:
        """``check`` gives a sentence for an answer that cannot be taken, and empty for others."""
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._labels = labels
        self._start = start or Two("", "")
        self._check = check

    def fields(self) -> Iterable[Widget]:
        """Two inputs."""
        yield Field(self._labels.first, value=self._start.first, id="first")
        yield Field(self._labels.second, value=self._start.second, id="second")

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def value(self) -> Two:
        """Both lines."""
        first, second = (self.query_one(f"#{name}", Field) for name in ("first", "second"))
        return Two(first.text, second.text)

    def problem(self) -> str:
        """What the check says."""
        return self._check(self.value()) if self._check else ""
