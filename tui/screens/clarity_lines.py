"""How clear a task is, as a line of the detail screen."""

from collections.abc import Iterator

from core.domain.status import State
from core.policies.clarity import gaps
from core.queries.detail import TaskView
from tui.clarity_words import meter
from tui.screens.task_lines import Teller
from tui.widgets.line import Line


def unclear(tell: Teller, view: TaskView) -> Iterator[Line]:
    """What is missing for it to be clear, as long as work has not begun (R36)."""
    if view.task.state in {State.DRAFT, State.TODO}:
        said = meter(tell.words, gaps(view.task, view.criteria))
        yield Line(key="clarity:", text=said, color="duban-muted", most=2)
