"""The board as plain text: columns, cards, alerts, and what to type next."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from core.domain.status import State
from tui.cli import alerting
from tui.cli.columns import aligned

if TYPE_CHECKING:
    from core.domain.people import Project
    from core.queries.board import CardRow, ColumnHead
    from tui.cli.request import Request

CARDS: Final = 12
"""Most cards of a column."""
ALERTS: Final = 8


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
        self.chosen: Chosen = Chosen(project=self.shown.id if self.shown else None)

    def lines(self) -> Iterator[str]:
        """From the head to what to type next."""
        words, shown = self.words, self.shown
        yield f"{shown.key} {shown.name}" if shown else words("All projects")
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
        for line in aligned_cards([self._card(row) for row in rows]):
            yield f"  {line}"
        if head.cards > len(rows):
            left = head.cards - len(rows)
            yield "  " + self.words.ngettext("... and {count} more", "... and {count} more", left)

    def _card(self, row: "CardRow") -> tuple[str, ...]:
        from tui.terms import priority_word
        from tui.words import age_words

        words = self.words
        marks = []
        if row.blocked_since is not None:
            age = age_words(words, self.now - row.blocked_since)
            marks.append(words("! blocked {age}", age=age))
        if row.urgent:
            marks.append(words("urgent"))
        if row.subtasks:
            marks.append(f"[{row.subtasks_done}/{row.subtasks}]")
        return (
            row.key,
            row.title,
            f"@{row.owner_name}" if row.owner_name else "-",
            self._due(row),
            priority_word(words, row.priority),
            f"{row.progress}%",
            " ".join(marks),
        )

    def _due(self, row: "CardRow") -> str:
        from core.policies.calendar import calendar_named
        from tui.words import due_words

        if row.due is None or row.state in {State.DONE, State.ARCHIVED, State.CANCELLED}:
            return ""
        home = self.projects[row.project]
        calendar = calendar_named(home.calendar, time_zone=home.time_zone)
        closing = calendar.office[-1][1]
        return due_words(self.words, row.due, now=self.now, zone=calendar.zone, closing=closing)

    def _alerts(self) -> Iterator[str]:
        found = alerting.asked(self.request, limit=ALERTS, shown=self.shown)
        counts = alerting.counts_line(self.words, found)
        yield "== " + self.words("Alerts: {counts}", counts=counts)
        rows = [alerting.line(self.words, row, self.now) for row in found.rows]
        yield from (f"  {line}" for line in aligned_cards(rows))


def aligned_cards(rows: "list[tuple[str, ...]]") -> list[str]:
    """Lines with straight columns, without a head."""
    return aligned(rows[0], rows[1:]) if rows else []
