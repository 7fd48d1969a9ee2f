"""What several families ask of a value before they keep it."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from core.clock import utc
from core.domain.events import EventKind
from core.domain.ids import DepartmentId, PersonId, TaskId
from core.domain.people import Person, Project
from core.domain.refusals import BadValue, Conflict, Rejected
from core.domain.status import Role, State
from core.domain.task import Task
from core.domain.text import UnsafeText, clean_line, clean_text
from core.policies import workflow
from core.records import names_of
from core.store import tallies
from core.store.work import Work

if TYPE_CHECKING:
    from core.domain.departments import Department

Word = TypeVar("Word", bound=StrEnum)
FIRST_YEAR, LAST_YEAR = 2000, 2100


def line(field: str, value: str, *, required: bool = False, limit: int = 500) -> str:
    """``value`` as one clean line. Refuses BadValue."""
    if not value.strip() and not required:
        return ""
    try:
        return clean_line(value, limit=limit)
    except UnsafeText as error:
        raise BadValue(field, value[:80], reason=error.reason, **error.facts) from error


def text(field: str, value: str, *, required: bool = False) -> str:
    """``value`` as clean text of several lines. Refuses BadValue."""
    if not value.strip():
        if required:
            raise BadValue(field, "", reason="empty")
        return ""
    try:
        return clean_text(value)
    except UnsafeText as error:
        raise BadValue(field, value[:80], reason=error.reason, **error.facts) from error


def instant(field: str, value: datetime | None) -> datetime | None:
    """``value`` in UTC. Refuses a time without a zone, and years outside 2000-2100."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise BadValue(field, value, reason="no-zone")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise BadValue(field, value.date(), reason="year", first=FIRST_YEAR, last=LAST_YEAR)
    return utc(value)


def day(field: str, value: date | None) -> date | None:
    """``value`` as a plain day. Refuses years outside 2000-2100."""
    if value is None:
        return None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise BadValue(field, value, reason="year", first=FIRST_YEAR, last=LAST_YEAR)
    return date(value.year, value.month, value.day)


def today(work: Work, project: Project) -> date:
    """The day it is now where the project is."""
    from zoneinfo import ZoneInfo

    return work.now.astimezone(ZoneInfo(project.time_zone)).date()


def word(field: str, value: str, kind: type[Word]) -> Word:
    """``value`` as one of a closed vocabulary. Refuses BadValue."""
    try:
        return kind(value)
    except ValueError as error:
        known = tuple(one.value for one in kind)
        raise BadValue(field, value, reason="unknown", known=known) from error


def percent(field: str, value: int) -> int:
    """A whole number from 0 to 100. Refuses BadValue."""
    if not 0 <= value <= 100:
        raise BadValue(field, value, reason="percent")
    return value


def person(work: Work, field: str, number: PersonId | None) -> Person | None:
    """The person, or None. Refuses one who was merged away or does not exist."""
    if number is None:
        return None
    found = work.get(Person, number)
    if found.merged_into is not None:
        raise BadValue(field, found.handle, reason="merged")
    return found


def worker(work: Work, field: str, number: PersonId | None) -> Person | None:
    """The same, of somebody who is to do something. Refuses ``only-looks-on`` for an observer."""
    found = person(work, field, number)
    if found is not None and found.role is Role.OBSERVER:
        raise Rejected("only-looks-on", person=found.handle, name=found.name)
    return found


def department_of(work: Work, project: Project) -> "Department | None":
    """The department that leads the project."""
    from core.domain.departments import Department

    number: DepartmentId | None = project.department
    return None if number is None else work.get(Department, number)


def open_task(work: Work, number: TaskId) -> Task:
    """The task, if work on it may still be recorded. Refuses ``task-closed``."""
    found = work.task(number)
    if found.closed is not None:
        raise Rejected("task-closed", key=found.key, state=found.state.value)
    return found


def kept_task(work: Work, number: TaskId) -> Task:
    """The task, if what is written of it may still be corrected: also when it is done.

    Refuses ``task-closed`` for an archived or cancelled one; it can be restored first.
    """
    found = work.task(number)
    if found.state in {State.ARCHIVED, State.CANCELLED}:
        raise Rejected("task-closed", key=found.key, state=found.state.value)
    return found


def unchanged(field: str, *, seen: object, now: object, task: Task) -> None:
    """Refuse Conflict unless the author saw what stands now (law 4)."""
    if seen != now:
        raise Conflict(
            "changed-meanwhile", key=task.key, field=field, seen=_fact(seen), now=_fact(now)
        )


_FOLLOWING = frozenset({"met_by", "registered", "registered_by"})


def seen_as_stands(seen: object, *, before: object, after: object, key: str) -> None:
    """Refuse Conflict for a field that ``after`` sets and that its author saw otherwise (law 4).

    ``seen`` is the record as its author saw it; None (a batch, an import) does not ask. Who set a
    field and when follows from that, and clashes with nothing.
    """
    if seen is None:
        return
    for name in names_of(type(before)):
        now, thought = getattr(before, name), getattr(seen, name)
        if name in _FOLLOWING:
            continue
        if getattr(after, name) != now and now != thought:
            raise Conflict(
                "changed-meanwhile", key=key, field=name, seen=_fact(thought), now=_fact(now)
            )


def _fact(value: object) -> str:
    return "" if value is None else str(value)


def check_limit(work: Work, task: Task, *, to: State, only_warn: bool = False) -> None:
    """Warn if the column has no room; where the limit is hard refuse ``wip-full``."""
    project = work.project(task.project)
    limit = project.wip.get(to)
    if task.parent is not None or limit is None:
        return
    cards = tallies.cards(work.store, project.id, to)
    if not workflow.over_limit(cards, limit):
        return
    facts = {"state": to.value, "limit": limit}
    if project.wip_hard and not only_warn:
        raise Rejected("wip-full", key=task.key, cards=cards, **facts)
    work.warn("wip-exceeded", cards=cards + 1, **facts)
    work.record(
        EventKind.WIP_EXCEEDED, task, changes={"cards": (cards, cards + 1)}, subject=to.value
    )


def note_own_acceptor(work: Work, task: Task) -> None:
    """Warn where whoever does it is also named to accept it: another is asked then (R65)."""
    if task.owner is not None and task.owner == task.acceptor:
        work.warn("accepts-own", key=task.key)
