"""The alert pane: what needs attention, worst first, under the board or beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Final

from textual.message import Message
from textual.reactive import reactive

from core.domain.ids import TaskId
from core.domain.status import Bucket, Light
from core.queries.alerts import AlertRow
from tui.cells import measure
from tui.terms import bucket_word, light_word
from tui.widgets.line import Line, Span
from tui.widgets.lines import LineList
from tui.widgets.marks import Look
from tui.words import N_, Words, due_words

BUCKETS: Final = {
    Bucket.OVERDUE: "duban-overdue",
    Bucket.ESCALATED: "duban-escalated",
    Bucket.WAITING: "duban-waiting",
    Bucket.SOON: "duban-soon",
}
"""The groups, worst first, with their colors."""

LIGHTS: Final = {
    Light.RED: ("!", "duban-danger"),
    Light.YELLOW: ("~", "duban-warning"),
    Light.GREEN: ("·", "duban-ok"),
}
"""Mark and color of a light; its word stands beside it."""

_ONE_LINE: Final = 64
"""Cells from which an alert has one row; in a narrower pane it has two."""
_SIDE: Final = 110
"""Cells of the screen from which the pane stands beside the board."""
_BELOW: Final = 10
"""Rows of the pane under the board."""


class AlertPane(LineList):
    """Given rows and counts, it posts ``Jumped``. The screen shows it, hides it and moves in it.

    It docks itself: at the right of a wide screen, at the bottom of a narrow one.
    """

    DEFAULT_CSS: ClassVar[str] = """
    AlertPane { dock: right; width: 46; margin: 1 0; }
    AlertPane.-bottom { dock: bottom; width: 100%; margin: 0 0 1 0; }
    """

    rows: reactive[tuple[AlertRow, ...]] = reactive((), init=False, repaint=False)
    """Worst first, as ``core.queries.alerts.alerts`` gives them."""
    counts: reactive[Mapping[Bucket, int]] = reactive({}, init=False, repaint=False)
    """How many there are of each bucket, those that ``rows`` does not hold included."""
    look: reactive[Look] = reactive(None, init=False, repaint=False)  # type: ignore[arg-type]
    """Language, theme and moment; set a new one with new rows."""

    @dataclass
    class Jumped(Message):
        """The member wants to be taken to this task."""

        task: TaskId

    def __init__(self, look: Look, *, id: str | None = None) -> None:
        super().__init__(look.theme, id=id)
        self.set_reactive(AlertPane.look, look)

    def on_mount(self) -> None:
        """Stand where there is room, now and whenever the screen changes its size."""
        self._settle()
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _: self._settle())

    def _settle(self) -> None:
        """Docked widgets know nothing of each other: header and hints keep a line each."""
        size = self.screen.size
        self.set_class(size.width < _SIDE, "-bottom")
        height = _BELOW if size.width < _SIDE else max(size.height - 2, 1)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    def jump(self) -> None:
        """Take the member to the chosen alert's task."""
        if self.chosen:
            self.post_message(self.Jumped(TaskId(int(self.chosen))))

    def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A double click jumps too."""
        event.stop()
        self.jump()

    def watch_rows(self) -> None:
        """Draw anew."""
        self._fill()

    def watch_counts(self) -> None:
        """Draw anew."""
        self._fill()

    def watch_look(self) -> None:
        """Draw anew."""
        self.theme = self.look.theme
        self._fill()

    def on_resize(self) -> None:
        """One row an alert, or two."""
        self._fill()

    def _fill(self) -> None:
        self.lines = tuple(self._heads_and_rows())
        super().on_resize()

    def _heads_and_rows(self) -> Iterator[Line]:
        words = self.look.words
        if not any(self.counts.values()):
            yield Line(text=words("Nothing needs attention."), color="duban-ok")
            return
        ages = 1 + max((measure(happened(row, self.look)) for row in self.rows), default=0)
        keys = 1 + max((measure(row.key) for row in self.rows), default=0)
        for bucket, color in BUCKETS.items():
            if not (count := self.counts.get(bucket, 0)):
                continue
            shown = [row for row in self.rows if row.bucket is bucket]
            lights = dict.fromkeys(light_word(words, row.light) for row in shown)
            said = " · ".join((f"{bucket_word(words, bucket)} {count}", *lights))
            yield Line(text=said, color=color, bold=True)
            yield from (self._line(row, ages, keys) for row in shown)
            if count > len(shown):
                more = words("and {count} more", count=count - len(shown))
                yield Line(text=f"  {more}", color="duban-muted")

    def _line(self, row: AlertRow, ages: int, keys: int) -> Line:
        """An alert; ``ages`` and ``keys`` are the widths of the columns."""
        words = self.look.words
        mark, color = LIGHTS[row.light]
        told = Span(happened(row, self.look), BUCKETS[row.bucket], ages)
        head: tuple[Span, ...] = (Span(f"{mark} ", color), told)
        number = str(row.task)
        if self.size.width >= _ONE_LINE:
            head, tail = (*head, Span(row.key, "duban-key", keys)), (Span("  "), *_who(words, row))
            return Line(key=number, head=head, text=row.title, tail=tail)
        title = f"{row.key} {row.title}"
        return Line(key=number, head=head, text=title, below=_who(words, row))


def _who(words: Words, row: AlertRow) -> tuple[Span, ...]:
    return (Span("→ ", "duban-muted"), Span(row.actor or words("nobody")))


def happened(row: AlertRow, look: Look) -> str:
    """What is amiss, and since when, as short as can be: the heading says the rest."""
    words = look.words
    if row.rule == "due-soon":
        return due_words(words, row.due, now=look.now, zone=look.zone, closing=look.closing)
    age = short_age(words, look.now - row.since)
    if row.rule == "overdue" and row.due is not None:
        due, today = row.due.astimezone(look.zone).date(), look.now.astimezone(look.zone).date()
        days = (today - due).days
        age = words("{count}d", count=days) if days else age
    return words(_HAPPENED[row.rule], age=age)


def short_age(words: Words, age: timedelta) -> str:
    """Days, or hours within a day, in two or three cells."""
    if days := age // timedelta(days=1):
        return words("{count}d", count=days)
    return words("{count}h", count=max(0, age // timedelta(hours=1)))


_HAPPENED: Final = {
    "overdue": N_("{age} late"),
    "blocked-long": N_("blocked {age}"),
    "blocked": N_("blocked {age}"),
    "blocked-by-you": N_("blocked {age}"),
    "acceptance": N_("review {age}"),
    "acceptance-late": N_("review {age}"),
    "update-missing": N_("silent {age}"),
}
