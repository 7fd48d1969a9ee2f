"""What ``duban show`` tells of whose a task was and is."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.policies.calendar import WorkCalendar
    from core.queries.detail import TaskView
    from tui.words import Words


def taken_on(words: "Words", view: "TaskView") -> str:
    """Says so behind the owner's name, where they have not taken the task on."""
    waits = view.held is not None and view.held.acknowledged is None and view.task.closed is None
    return " · ? " + words("not taken on") if waits else ""


def owners(words: "Words", view: "TaskView", calendar: "WorkCalendar") -> list[str]:
    """The chain of owners, newest first, once there were several; with what was handed over."""
    if len(view.assignments) < 2:
        return []
    return [
        " · ".join(
            filter(
                None,
                (
                    f"{one.at.astimezone(calendar.zone):%Y-%m-%d %H:%M} {view.name(one.owner)}",
                    words("returned") if one.returned else "",
                    one.notes,
                    one.reason,
                ),
            )
        )
        for one in view.assignments
    ]
