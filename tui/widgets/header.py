"""The top line: which project, how much there is, what is alight, who is here."""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.cells import fit, measure
from tui.theming import Theme, paint
from tui.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A short fact: a mark, words, and the theme's name of its color."""

    text: str
    color: str = "duban-muted"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderFacts:
    """What the top line says."""

    title: str = ""
    """The project's name, or that it is all of them; or a task's key."""
    chips: tuple[Chip, ...] = ()
    """Right of the title, while there is room; the first ones matter most."""
    person: str = ""
    """Who is here; stands at the far right."""


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
        segments = [Segment(fit(title, min(measure(title), max(room, 0))), self._title())]
        used = min(measure(title), max(room, 0))
        for chip in facts.chips:
            need = 3 + measure(chip.text)
            if used + need > room:
                break
            segments += [
                Segment(" · ", base),
                Segment(fit(chip.text, need - 3), self._style(chip.color)),
            ]
            used += need
        gap = max(width - used - measure(person), 0)
        segments.append(Segment(" " * gap + fit(person, min(measure(person), width)), base))
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, color: str) -> Style:
        return Style.parse(paint(self.theme, color, on="surface"))

    def _title(self) -> Style:
        return Style.parse(paint(self.theme, "duban-column-header", on="surface")) + Style(
            bold=True
        )
