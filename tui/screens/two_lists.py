"""One walk through two lists side by side: down the left one, then down the right one."""

from tui.screens.list_keys import ListKeys
from tui.widgets.lines import LineList

WIDE = 100
"""Cells of the screen from which there is room for two lists."""


class TwoLists(ListKeys):
    """Mixed into a screen with the lists ``#lines`` and, where there is room, ``#aside``.

    One line is chosen in both together; the list in which it is has the keys.
    """

    _beside = False
    """Whether the chosen line is in the list at the right."""

    @property
    def main(self) -> LineList:
        """The list at the left, or the only one."""
        return self.query_one("#lines", LineList)

    @property
    def aside(self) -> LineList:
        """The list at the right."""
        return self.query_one("#aside", LineList)

    @property
    def list(self) -> LineList:
        """The list with the chosen line."""
        return self.aside if self._beside else self.main

    @property
    def is_wide(self) -> bool:
        """Whether there is room for two lists."""
        return self.app.size.width >= WIDE

    def choose_line(self, key: str) -> bool:
        """Choose the line with that key in either list; False if there is none."""
        for found in (self.main, self.aside):
            if found.choose(key):
                self._go_to(found)
                return True
        return False

    def show_aside(self, *, shown: bool) -> None:
        """Show the list at the right, or hide it; a choice in it goes to the left then."""
        self.aside.display = shown
        self.query_one("#columns").set_class(shown, "-two")
        if not shown and self._beside:
            self._go_to(self.main)

    def _go_to(self, wanted: LineList) -> None:
        self._beside = wanted is self.aside
        for one in (self.main, self.aside):
            one.active = one is wanted
        if self.focused is not wanted:
            self.set_focus(wanted)

    def on_descendant_focus(self) -> None:
        """A click into the other list."""
        wanted = self.focused
        if isinstance(wanted, LineList) and wanted is not self.list:
            self._go_to(wanted)

    def _may_cross(self, *, right: bool) -> bool:
        return (
            self.aside.display
            and self._beside is not right
            and any(line.key for line in self.aside.lines)
        )

    def cross(self, *, right: bool) -> bool:
        """To the list at the right, or the left; False where there is none."""
        if not self._may_cross(right=right):
            return False
        self._go_to(self.aside if right else self.main)
        return True

    async def act_cursor_up(self) -> None:
        """One line up; from the first one at the right to the last one at the left."""
        if not self.list.move(-1) and self.cross(right=False):
            self.list.last()

    async def act_cursor_down(self) -> None:
        """One line down; from the last one at the left to the first one at the right."""
        if not self.list.move(1) and self.cross(right=True):
            self.list.first()

    async def act_cursor_first(self) -> None:
        """To the first line of all."""
        self.cross(right=False)
        self.list.first()

    async def act_cursor_last(self) -> None:
        """To the last line of all."""
        self.cross(right=True)
        self.list.last()
