"""The top line: which project, how much there is, what is alight, who is here."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from core.domain.text import visible
from tui.cells import fit, measure
from tui.theming import Theme, paint
from tui.words import Words


class Chip(NamedTuple):
    """A short fact: a mark, words, and the theme's name of its color."""

    text: str
    short: str = ""
    """What stands for it where not all chips find room; empty if nothing does."""
    color: str = "duban-muted"


class HeaderFacts(NamedTuple):
    """What the top line says."""

    title: str = ""
    """The project's name, or that it is all of them; or a task's key."""
    chips: tuple[Chip, ...] = ()
    """Right of the title, while there is room; the first ones matter most."""
    person: str = ""
    """Who is here; stands at the far right."""


_BETWEEN = " · "


def _fitting(chips: Sequence[Chip], room: int) -> Iterator[tuple[str, str]]:
    """Texts and colors of the chips: all of them as they are, else short, else the first ones."""
    texts = [chip.text for chip in chips]
    if sum(measure(_BETWEEN + text) for text in texts) > room:
        texts = [chip.short or chip.text for chip in chips]
    for chip, text in zip(chips, texts, strict=True):
        room -= measure(_BETWEEN + text)
        if room < 0:
            return
        yield visible(text), chip.color


class Header(Widget):
    """One line, drawn as a strip."""

    DEFAULT_CSS: ClassVar[str] = """
    Header { dock: top; height: 1; width: 100%; }
    """

    facts: reactive[HeaderFacts] = reactive(HeaderFacts())

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self.theme = theme
        self.words = words

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Title, chips, person; what does not fit is left out from the right."""
        width = self.size.width
        facts = self.facts
        base = self._style("duban-muted")
        person = f"{facts.person} " if facts.person else ""
        title = f" {facts.title}"
        room = width - measure(person) - 1
        used = min(measure(title), max(room, 0))
        segments = [Segment(fit(title, used), self._title())]
        for text, color in _fitting(facts.chips, room - used):
            segments += [Segment(_BETWEEN, base), Segment(text, self._style(color))]
            used += measure(_BETWEEN + text)
        gap = max(width - used - measure(person), 0)
        segments.append(Segment(" " * gap + fit(person, min(measure(person), width)), base))
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, color: str) -> Style:
        return Style.parse(paint(self.theme, color, on="surface"))

    def _title(self) -> Style:
        return Style.parse(paint(self.theme, "duban-column-header", on="surface")) + Style(
            bold=True
        )
