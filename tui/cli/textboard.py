"""The board as plain text: columns, cards, alerts, and what to type next."""

from collections.abc import Iterator
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, Final

from core.domain.status import State, progress_shown
from core.domain.text import visible
from tui.cli import alerting, reading
from tui.cli.columns import cells, cut, fitted

if TYPE_CHECKING:
    from core.domain.people import Project
    from core.policies.calendar import WorkCalendar
    from core.queries.board import CardRow, ColumnHead
    from tui.cli.request import Request

CARDS: Final = 12
"""Most cards of a column."""
ALERTS: Final = 8
WIDTH: Final = 80
"""Cells of a line where nothing says how many there are."""
_INDENT: Final = "  "


def tell(request: "Request") -> None:
    """Write the board; a store with nobody in it gets the first steps instead."""
    from core.queries.directory import projects

    found = request.ask(projects)
    words = request.words
    if not found:
        request.say(
            words("duban - nothing is here yet."),
            "",
            words("Look around with a demo team:  duban demo"),
            words("Add a first task:              duban add TITLE"),
            words("Import a table:                duban import FILE"),
            words("All commands:                  duban --help"),
        )
        return
    named = request.setting("project")
    shown = next((one for one in found if one.key == named), None)
    request.say(*_Board(request, found, shown).lines())


class _Board:
    """One board in lines of text."""

    def __init__(
        self, request: "Request", projects: "tuple[Project, ...]", shown: "Project | None"
    ) -> None:
        from core.queries.board import Chosen

        self.request = request
        self.words = request.words
        self.now = request.desk.now()
        self.projects = {one.id: one for one in projects}
        self.shown = shown or (projects[0] if len(projects) == 1 else None)
        self.width = get_terminal_size((WIDTH, 24)).columns
        self.chosen: Chosen = Chosen(project=self.shown.id if self.shown else None)

    def lines(self) -> Iterator[str]:
        """From the head to what to type next."""
        words, shown = self.words, self.shown
        name = f"{shown.key} {shown.name}" if shown else words("All projects")
        yield cut(visible(name), self.width)
        for head in self._heads():
            yield ""
            yield from self._column(head)
        yield ""
        yield from self._alerts()
        yield ""
        yield words("Next: duban show ID · duban add TITLE · duban move ID doing · duban --help")

    def _heads(self) -> "tuple[ColumnHead, ...]":
        from core.queries.board import columns

        limits: Any = self.shown.wip if self.shown else {}
        return self.request.ask(columns, self.chosen, limits=limits)

    def _column(self, head: "ColumnHead") -> Iterator[str]:
        from core.queries.board import cards
        from tui.terms import state_word

        count = f"{head.cards}/{head.limit}" if head.limit else str(head.cards)
        over = " !" if head.limit and head.cards > head.limit else ""
        yield f"== {state_word(self.words, head.state)} ({count}){over}"
        rows = self.request.ask(cards, self.chosen, head.state, limit=CARDS)
        lines = self._rows([self._card(row) for row in rows], loose=(1, 2))
        for row, line in zip(rows, lines, strict=True):
            yield from self._marked(line, self._marks(row))
        if head.cards > len(rows):
            left = head.cards - len(rows)
            more = self.words.ngettext("... and {count} more", "... and {count} more", left)
            yield _INDENT + more

    def _marked(self, line: str, marks: str) -> Iterator[str]:
        """A card's line with its marks, which stand below it where there is no room."""
        if marks and cells(line) + 2 + cells(marks) <= self.width:
            yield f"{line}  {marks}"
            return
        yield line
        if marks:
            yield cut(_INDENT * 3 + marks, self.width)

    def _card(self, row: "CardRow") -> tuple[str, ...]:
        from tui.terms import priority_word

        return (
            row.key,
            row.title,
            f"@{row.owner_name}" if row.owner_name else "-",
            self._due(row),
            priority_word(self.words, row.priority),
            f"{progress_shown(row.state, row.progress)}%",
        )

    def _marks(self, row: "CardRow") -> str:
        """What is special about it."""
        from tui.durations import lasted
        from tui.words import age_words

        words, marks = self.words, []
        if row.blocked_since is not None:
            zone = self._calendar(row).zone
            age = age_words(words, lasted(row.blocked_since, now=self.now, zone=zone))
            marks.append(words("! blocked {age}", age=age))
        if row.urgent:
            marks.append(words("urgent"))
        if row.subtasks:
            marks.append(f"[{row.subtasks_done}/{row.subtasks}]")
        return " ".join(marks)

    def _due(self, row: "CardRow") -> str:
        from tui.words import due_words

        if row.due is None or row.state in {State.DONE, State.ARCHIVED, State.CANCELLED}:
            return ""
        calendar = self._calendar(row)
        closing = calendar.office[-1][1]
        return due_words(self.words, row.due, now=self.now, zone=calendar.zone, closing=closing)

    def _calendar(self, row: "CardRow") -> "WorkCalendar":
        from core.policies.calendar import calendar_named

        home = self.projects[row.project]
        return calendar_named(home.calendar, time_zone=home.time_zone)

    def _alerts(self) -> Iterator[str]:
        found = alerting.asked(self.request, limit=ALERTS, shown=self.shown)
        counts = alerting.counts_line(self.words, found)
        yield "== " + self.words("Alerts: {counts}", counts=counts)
        zones = reading.zones_of(self.request)
        rows = [
            alerting.line(self.words, row, now=self.now, zone=zones[row.project])
            for row in found.rows
        ]
        yield from self._rows(rows, loose=(2, 3, 4))

    def _rows(self, rows: "list[tuple[str, ...]]", *, loose: tuple[int, ...]) -> Iterator[str]:
        """Straight columns, without a head."""
        for line in fitted(rows, self.width - len(_INDENT), loose=loose):
            yield _INDENT + line
