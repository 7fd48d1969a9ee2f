"""The alert pane: what needs attention, worst first, under the board or beside it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive

from core.domain.ids import TaskId
from core.domain.status import Bucket, Light
from core.domain.timers import Target
from core.queries.alert_rows import AlertRow
from tui.actions import BY_ID, bindings
from tui.alert_titles import titled
from tui.cells import measure
from tui.keyboard import Scope
from tui.panes.alert_words import happened, notes
from tui.terms import bucket_word, light_word
from tui.widgets.line import Line, Span
from tui.widgets.lines import LineList
from tui.widgets.marks import Look
from tui.words import N_

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
_TOLD: Final = 16
"""Cells at most for what happened."""
_SIDE: Final = 110
"""Cells of the screen from which the pane stands beside the board."""
_BELOW: Final = 10
"""Rows of the pane under the board."""


QUIET: Final = "quiet"
"""The key of the line that shows or hides what the member has made quiet."""
WHOSE: Final = {"mine": N_("mine"), "team": N_("my team's"), "all": N_("everybody's")}
"""Whose alerts are shown, by scope."""


def key_of(row: AlertRow) -> str:
    """The line's key: a task's number, or what else it is about."""
    return str(row.task) if row.target is Target.TASK else f"{row.target.value}:{row.object}"


class AlertPane(LineList):
    """Given rows and counts, it posts ``Jumped``. The screen shows it, hides it and moves in it.

    It docks itself: at the right of a wide screen, at the bottom of a narrow one.
    """

    DEFAULT_CSS: ClassVar[str] = """
    AlertPane { dock: right; width: 46; margin: 1 0; }
    AlertPane.-bottom { dock: bottom; width: 100%; margin: 0 0 1 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.ALERTS)

    rows: reactive[tuple[AlertRow, ...]] = reactive((), init=False, repaint=False)
    """Worst first, as ``core.queries.alerts.alerts`` gives them."""
    quiet: reactive[tuple[AlertRow, ...]] = reactive((), init=False, repaint=False)
    """What the member has made quiet; shown at the end, once asked for."""
    scope: reactive[str] = reactive("all", init=False, repaint=False)
    """Whose alerts they are: ``mine``, ``team`` or ``all``."""
    counts: reactive[Mapping[Bucket, int]] = reactive({}, init=False, repaint=False)
    """How many there are of each bucket, those that ``rows`` does not hold included."""
    look: reactive[Look] = reactive(None, init=False, repaint=False)  # type: ignore[arg-type]
    """Language, theme and moment; set a new one with new rows."""

    @dataclass
    class Jumped(Message):
        """The member wants to be taken to this task."""

        task: TaskId

    def __init__(self, look: Look, *, press: Callable[[str], str], id: str | None = None) -> None:
        """``press`` names the key of an action; empty where there is none."""
        super().__init__(look.theme, id=id)
        self.set_reactive(AlertPane.look, look)
        self._press = press
        self._unfolded = False
        """Whether what is quiet is shown."""

    async def action_act(self, id: str) -> None:
        """The screen does it."""
        await self.screen.run_action(f"act('{id}')")

    @property
    def row(self) -> AlertRow | None:
        """The chosen alert."""
        return next((one for one in (*self.rows, *self.quiet) if key_of(one) == self.chosen), None)

    def unfold(self) -> None:
        """Show what is quiet, or hide it."""
        self._unfolded = not self._unfolded
        self._fill()

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
        if self.chosen == QUIET:
            self.unfold()
        elif (row := self.row) is not None and row.task is not None:
            self.post_message(self.Jumped(row.task))

    def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A double click jumps too."""
        event.stop()
        self.jump()

    def watch_rows(self) -> None:
        """Draw anew."""
        self._fill()

    def watch_quiet(self) -> None:
        """Draw anew."""
        self._fill()

    def watch_scope(self) -> None:
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
        if self.scope != "all":
            yield Line(text=words(WHOSE[self.scope]), color="duban-muted")
        if not any(self.counts.values()):
            yield Line(text=words("Nothing needs attention."), color="duban-ok")
        shown = (*self.rows, *(self.quiet if self._unfolded else ()))
        ages = 1 + max((measure(happened(row, self.look)) for row in shown), default=0)
        ages = min(ages, _TOLD)
        keys = 1 + max((measure(row.key) for row in shown), default=0)
        for bucket, color in BUCKETS.items():
            yield from self._group(bucket, color, ages, keys)
        if self.quiet:
            said = words.ngettext("{count} quiet", "{count} quiet", len(self.quiet))
            yield Line(
                key=QUIET, text=f"{'▾' if self._unfolded else '▸'} {said}", color="duban-muted"
            )
        if self._unfolded:
            yield from (self._line(row, ages, keys) for row in self.quiet)

    def _group(self, bucket: Bucket, color: str, ages: int, keys: int) -> Iterator[Line]:
        words = self.look.words
        if not (count := self.counts.get(bucket, 0)):
            return
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
        mark, color = LIGHTS[row.light]
        told = Span(happened(row, self.look), BUCKETS[row.bucket], ages)
        head: tuple[Span, ...] = (Span(f"{mark} ", color), told)
        number, title = key_of(row), titled(self.look.words, row)
        if self.size.width >= _ONE_LINE:
            head, tail = (*head, Span(row.key, "duban-key", keys)), (Span("  "), *self._who(row))
            return Line(key=number, head=head, text=title, tail=tail)
        said = notes(self.look.words, row, self.look)
        below = (
            *self._who(row),
            *self._key(row),
            *(Span(f" · {one}", "duban-muted") for one in said),
        )
        return Line(key=number, head=head, text=f"{row.key} {title}", below=below)

    def _who(self, row: AlertRow) -> Iterator[Span]:
        """Whose move it is, and the key for it."""
        words, press = self.look.words, self._press(row.action)
        if row.count == 1 and not row.people:
            actor = words("you") if row.mine else row.actor or words("nobody")
            yield from (Span("→ ", "duban-muted"), Span(actor))
        if press:
            yield Span(f"  {press}", "duban-key")

    def _key(self, row: AlertRow) -> Iterator[Span]:
        """What that key does."""
        if self._press(row.action):
            yield Span(f" {self.look.words(BY_ID[row.action].label)}", "duban-muted")
