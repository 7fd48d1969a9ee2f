"""Find words as you type, and choose one of the hits."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import ClassVar, Final

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from core.domain.refusals import Refusal
from core.domain.searching import FoundKind
from core.queries.searching import Hit
from tui.found_words import kind_word
from tui.prompts.base import Prompt
from tui.prompts.find_lines import hit_lines
from tui.prompts.inputs import LineInput
from tui.words import Words

Search = Callable[[str, tuple[FoundKind, ...]], Awaitable[Sequence[Hit]]]
"""Asks the store for the newest hits of these words, of these kinds only (all if empty)."""
MOST: Final = 50
_CHOICES: Final = (None, *FoundKind)


class FindPrompt(Prompt[Hit]):
    """Returns the hit to go to.

    A question is asked as soon as the one before is answered, and only the newest: keys never
    wait for the store.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [  # type: ignore[assignment]
        "prompts.tcss",
        "find.tcss",
    ]
    BINDINGS: ClassVar[list[Binding]] = [
        Binding("down,ctrl+n", "step(1)", priority=True),
        Binding("up,ctrl+p", "step(-1)", priority=True),
        Binding("pagedown", "step(6)", priority=True),
        Binding("pageup", "step(-6)", priority=True),
        Binding("tab", "kind(1)", priority=True),
        Binding("shift+tab", "kind(-1)", priority=True),
    ]

    def __init__(self, words: Words, *, search: Search, now: datetime, start: str = "") -> None:
        """``now``: for ages. ``start``: what was asked for the last time."""
        keys = words("↑↓ choose · enter go there · tab kinds · esc close")
        super().__init__(words, title=words("Find"), keys=keys)
        self.said = start
        """What is asked for."""
        self._search = search
        self._now = now
        self._kind: FoundKind | None = None
        self._hits: tuple[Hit, ...] = ()
        self._answered: tuple[str, FoundKind | None] = ("", None)
        """The question that ``_hits`` answer."""
        self._is_asking = False
        self._accepts = False
        """Whether Enter was pressed before the answer was there."""

    def fields(self) -> Iterable[Widget]:
        """The words, the kinds, the hits, and how many there are."""
        placeholder = self.words("words in any order, or “a phrase”")
        yield LineInput(self.said, id="words", placeholder=placeholder)
        yield Static("", id="kinds", markup=False)
        options = OptionList(id="hits", markup=False, compact=True)
        options.can_focus = False
        yield options
        yield Static("", id="count", markup=False)

    def on_mount(self) -> None:
        """Ask again what was asked the last time."""
        self._show_kinds()
        self._ask()

    @property
    def _list(self) -> OptionList:
        return self.query_one("#hits", OptionList)

    @property
    def _wanted(self) -> tuple[str, FoundKind | None]:
        return self.said.strip(), self._kind

    def _ask(self) -> None:
        """Ask for what is wanted now, unless somebody is asking already: they will go on."""
        if not self._is_asking and self._wanted != self._answered:
            self._is_asking = True
            self.run_worker(self._ask_until_answered(), name="find", group="find")

    async def _ask_until_answered(self) -> None:
        problem = ""
        try:
            while self._answered != self._wanted:
                words, kind = wanted = self._wanted
                hits = await self._search(words, (kind,) if kind else ()) if words else ()
                self._hits, self._answered = tuple(hits), wanted
        except Refusal as refusal:
            problem = refusal.code
            self._hits, self._answered = (), self._wanted
        finally:
            self._is_asking = False
        self._show_hits()
        self.show_problem(self.words("The store did not answer.") if problem else "")
        if self._accepts:
            self.accept()

    def _show_kinds(self) -> None:
        parts = []
        for kind in _CHOICES:
            name = kind_word(self.words, kind) if kind else self.words("All")
            parts.append(Content.styled(f" {name} ", "reverse" if kind is self._kind else ""))
        self.query_one("#kinds", Static).update(Content(" ").join(parts))

    def _show_hits(self) -> None:
        width = max(self._list.size.width - 2, 20)
        options = [
            Option(hit_lines(self.words, hit, now=self._now, width=width), id=str(place))
            for place, hit in enumerate(self._hits)
        ]
        self._list.set_options(options)
        self._list.highlighted = 0 if options else None
        self.query_one("#count", Static).update(Content(self._counted()))

    def _counted(self) -> str:
        if not self._answered[0]:
            return self.words("Tasks, updates, issues, the sync log and minutes are searched.")
        if not self._hits:
            return self.words("Nothing found. All words must occur in the same place.")
        if len(self._hits) < MOST:
            return self.words.ngettext("{count} hit", "{count} hits", len(self._hits))
        return self.words("The newest {count} hits; more words find less.", count=MOST)

    def on_resize(self) -> None:
        """Lay the hits out anew."""
        if self._hits:
            chosen = self._list.highlighted
            self._show_hits()
            self._list.highlighted = chosen

    def on_input_changed(self, event: Input.Changed) -> None:
        """Other words."""
        self.said = event.value
        self._accepts = False
        self._ask()

    def on_input_submitted(self) -> None:
        """Enter."""
        self.accept()

    def on_option_list_option_selected(self) -> None:
        """A click."""
        self.accept()

    def accept(self) -> None:
        """Go to the chosen hit, of what is typed now."""
        self._accepts = self._is_asking
        if not self._is_asking and self.value() is not None:
            self.dismiss(self.value())

    def action_step(self, by: int) -> None:
        """Up and down without leaving the words."""
        count = self._list.option_count
        if count:
            place = (self._list.highlighted or 0) + by
            self._list.highlighted = min(max(place, 0), count - 1)

    def action_kind(self, by: int) -> None:
        """Only the next kind; all after the last."""
        at = _CHOICES.index(self._kind)
        self._kind = _CHOICES[(at + by) % len(_CHOICES)]
        self._show_kinds()
        self._ask()

    def value(self) -> Hit | None:
        """The hit under the cursor."""
        place = self._list.highlighted
        return self._hits[place] if place is not None and place < len(self._hits) else None
