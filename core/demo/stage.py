"""The days around today and the people on the demo's stage, as far as they have been made."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from core.clock import SetClock
from core.desk import Desk, Receipt
from core.policies.calendar import WorkCalendar, calendar_named

if TYPE_CHECKING:
    from core.domain.ids import DepartmentId, PersonId, ProjectId, TaskId

Entry = Mapping[str, Any]
ME = "me"


class Stage:
    """Who and what has been made so far, and the days around today."""

    def __init__(self, desk: Desk, *, language: str, handle: str, name: str) -> None:
        self.desk = desk
        self.tongue = "zh" if language.startswith("zh") else "en"
        self.now = desk.now()
        self.calendar: WorkCalendar = calendar_named("china", time_zone="Asia/Shanghai")
        local = self.calendar.wall(self.now).date()
        self.today = (
            local if self.calendar.is_workday(local) else self.calendar.previous_workday(local)
        )
        self.handles = {ME: handle}
        self.names = {ME: name}
        self.people: dict[str, PersonId] = {}
        self.departments: dict[str, DepartmentId] = {}
        self.projects: dict[str, tuple[ProjectId, str]] = {}
        self.tasks: dict[str, TaskId] = {}
        self.types: dict[str, str] = {"": ""}

    def said(self, entry: Entry, name: str = "") -> str:
        """An entry's text in the reader's language, or in the one it keeps."""
        tongue = entry.get("keep", self.tongue)
        return str(entry.get(f"{name}_{tongue}" if name else tongue, ""))

    def day(self, back: int) -> date:
        """The working day ``back`` working days before today (after it, if negative)."""
        return self.calendar.add_workdays(self.today, -back)

    def do(self, command: object, *, by: str, back: int = 0, hour: int = 10) -> Receipt:
        """Apply a command as somebody, at an hour of a day; never later than now."""
        return self._do(
            command, by=by, at=min(self.calendar.instant(self.day(back), time(hour)), self.now)
        )

    def do_now(self, command: object, *, by: str) -> Receipt:
        """Apply a command as somebody, this moment, on whatever day."""
        return self._do(command, by=by, at=self.now)

    def _do(self, command: object, *, by: str, at: datetime) -> Receipt:
        actor = self.handles.get(by, by)
        return self.desk.acting(actor, clock=SetClock(at)).do(command)
