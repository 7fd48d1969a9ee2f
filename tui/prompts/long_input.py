"""Where several lines are typed."""

from textual.reactive import reactive
from textual.widgets import TextArea


class LongInput(TextArea):
    """Tab leaves it; its cursor stands still: nothing flashes, and an idle form sends nothing."""

    cursor_blink = reactive(default=False)

    def __init__(self, text: str = "", *, id: str) -> None:
        super().__init__(text, id=id, compact=True, tab_behavior="focus")
