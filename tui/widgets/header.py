"""The top line: which project, how much there is, what is alight, who is here."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from core.domain.status import Bucket
from core.domain.text import visible
from tui.cells import fit, measure
from tui.terms import bucket_word
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
    after: tuple[Chip, ...] = ()
    """Behind what needs attention; left out first."""
    person: str = ""
    """Who is here; stands at the far right."""


MARKS: Final = {
    Bucket.OVERDUE: ("!", "duban-overdue"),
    Bucket.ESCALATED: ("^", "duban-escalated"),
    Bucket.WAITING: ("→", "duban-waiting"),
    Bucket.SOON: ("~", "duban-soon"),
}
"""Mark and color of each group of alerts, worst first."""
_BETWEEN = " · "


class _Piece(NamedTuple):
    """A text of the line with its color."""

    text: str
    color: str


def _laid_out(facts: HeaderFacts, alarms: Sequence[Chip], room: int) -> Iterator[_Piece]:
    """What stands right of the title: all of it, else short; else alarms and what else fits.

    The alarms are never left out.
    """
    for form in (_long, _short):
        chips = (*facts.chips, *alarms, *facts.after)
        if sum(measure(_BETWEEN + form(chip)) for chip in chips) <= room:
            for chip in chips:
                yield from (_Piece(_BETWEEN, ""), _Piece(form(chip), chip.color))
            return
    tight = tuple(_tight(alarms))
    if sum(measure(_BETWEEN + _short(chip)) for chip in alarms) <= room and not facts.chips:
        tight = tuple(piece for chip in alarms for piece in _pieces(chip))
    room -= sum(measure(piece.text) for piece in tight)
    kept = _kept(facts.chips, room)
    room -= sum(measure(_BETWEEN + _short(chip)) for chip in kept)
    yield from (piece for chip in kept for piece in _pieces(chip))
    yield from tight
    after = _kept(facts.after, room) if len(kept) == len(facts.chips) else ()
    yield from (piece for chip in after for piece in _pieces(chip))


def _long(chip: Chip) -> str:
    return visible(chip.text)


def _short(chip: Chip) -> str:
    return visible(chip.short or chip.text)


def _pieces(chip: Chip) -> tuple[_Piece, _Piece]:
    return _Piece(_BETWEEN, ""), _Piece(_short(chip), chip.color)


def _tight(alarms: Sequence[Chip]) -> Iterator[_Piece]:
    """``!3 ^1``, without what separates chips elsewhere."""
    for place, chip in enumerate(alarms):
        yield _Piece(" " if place else _BETWEEN, "")
        yield _Piece(_short(chip).replace(" ", ""), chip.color)


def _kept(chips: Sequence[Chip], room: int) -> tuple[Chip, ...]:
    """The first ones, as many as fit."""
    kept = []
    for chip in chips:
        room -= measure(_BETWEEN + _short(chip))
        if room < 0:
            break
        kept.append(chip)
    return tuple(kept)


class Header(Widget):
    """One line, drawn as a strip."""

    DEFAULT_CSS: ClassVar[str] = """
    Header { dock: top; height: 1; width: 100%; }
    """

    facts: reactive[HeaderFacts] = reactive(HeaderFacts())
    alerts: reactive[Mapping[Bucket, int]] = reactive({})
    """How much needs attention, by group; stands before the chips, on every screen."""

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
        alarms = tuple(self._alarms())
        reserved = sum(measure(piece.text) for piece in _tight(alarms))
        used = min(measure(title), max(room - reserved, 0))
        segments = [Segment(fit(title, used), self._title())]
        for text, color in _laid_out(facts, alarms, room - used):
            segments.append(Segment(text, self._style(color) if color else base))
            used += measure(text)
        gap = max(width - used - measure(person), 0)
        segments.append(Segment(" " * gap + fit(person, min(measure(person), width)), base))
        return Strip(segments).adjust_cell_length(width, base)

    def _alarms(self) -> Iterator[Chip]:
        for bucket, (mark, color) in MARKS.items():
            if count := self.alerts.get(bucket):
                word = bucket_word(self.words, bucket)
                yield Chip(text=f"{mark} {count} {word}", short=f"{mark} {count}", color=color)

    def _style(self, color: str) -> Style:
        return Style.parse(paint(self.theme, color, on="surface"))

    def _title(self) -> Style:
        return Style.parse(paint(self.theme, "duban-column-header", on="surface")) + Style(
            bold=True
        )
