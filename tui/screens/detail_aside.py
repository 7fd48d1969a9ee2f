"""What stands at the right of the overview where there is room: the task's other parts in short."""

from collections.abc import Iterator, Sequence

from core.policies.clocks import local_day
from tui.screens.detail_lines import Part, Shown, counted, related
from tui.widgets.line import Line

_LABEL = 14
"""Cells of a label before a fact; the column is narrow."""


def aside(shown: Shown) -> tuple[Line, ...]:
    """The newest update, then subtasks, criteria and the like; nothing said of what is missing."""
    found = tuple(_sections(shown))
    return found[1:]


def _sections(shown: Shown) -> Iterator[Line]:
    """Each with a blank line and a heading before it."""
    shown = shown._replace(tell=shown.tell.narrow(_LABEL))
    view, words, tell = shown.view, shown.tell.words, shown.tell
    parts: tuple[tuple[str, str, Sequence[Line]], ...] = (
        (words("Subtasks"), "", tuple(tell.tasks(view.subtasks, shown.look))),
        (
            words("Milestones"),
            "",
            tuple(tell.milestones(view, today=local_day(shown.look.now, shown.calendar))),
        ),
        (
            words("Acceptance criteria"),
            counted(Part.RESULTS, view).strip(),
            tuple(tell.criteria(view)),
        ),
        (words("Deliverables"), "", tuple(tell.deliverables(view))),
    )
    if view.updates:
        yield from tell.heading(words("Updates"), str(len(view.updates)))
        yield from tell.update(view, view.updates[0])
    for label, count, lines in parts:
        if lines:
            yield from tell.heading(label, count or str(len(lines)))
            yield from lines
    yield from related(shown)
