"""Rows of progress tables (T1-2) and of the sync log (T1-3)."""

from datetime import date

from core.domain.status import State
from core.exchange.planned import PlannedSyncEntry, PlannedTask, PlannedUpdate
from core.exchange.reading.identifiers import read_id
from core.exchange.reading.parse import (
    NOBODY,
    read_people,
    read_percent,
    read_sync_kind,
    without_kind,
)
from core.exchange.reading.row_reader import RowReader
from core.exchange.tables import Field


def read_update(row: RowReader, *, today: date) -> PlannedUpdate | None:
    """The progress update of ``row``; None if it names no task."""
    identity = row.line(Field.ID)
    title = row.line(Field.TITLE)
    if not identity and not title:
        return None
    parts = read_id(identity) if identity else None
    on, day_assumed = _day(row, identity, today)
    update = PlannedUpdate(
        sheet=row.sheet,
        row=row.number,
        task_external_id=identity,
        parent_external_id=row.line(Field.PARENT) or (parts.parent if parts else None) or "",
        title=title or identity,
        person=_person(row, Field.OWNER),
        on=on,
        day_assumed=day_assumed,
        progress=_progress(row),
        done=_unless_nothing(row.text(Field.DONE)),
        next=_unless_nothing(row.text(Field.NEXT)),
        problems=_unless_nothing(row.text(Field.PROBLEMS)),
    )
    if update.progress == 100 and update.next:
        row.doubt(Field.PROGRESS, "contradiction-100-with-next-plan", read_as="100")
    return update


def implied_task(update: PlannedUpdate) -> PlannedTask:
    """The subtask that ``update`` tells of, as far as one can know it from there.

    Even at 100 % it is in progress: whether it is done is for its acceptor to say.
    """
    parts = read_id(update.task_external_id) if update.task_external_id else None
    facts = {
        "external_id": update.task_external_id,
        "parent_external_id": update.parent_external_id,
        "title": update.title,
        "owner": update.person,
        "progress": update.progress,
    }
    return PlannedTask(
        sheet=update.sheet,
        row=update.row,
        external_id=update.task_external_id,
        parent_external_id=update.parent_external_id,
        title=update.title,
        project_key=parts.project_key if parts else "",
        owner=update.person,
        state=State.DOING if update.progress else State.TODO,
        progress=update.progress,
        implied=True,
        given=frozenset(name for name, value in facts.items() if value not in (None, "")),
    )


def read_sync_entry(row: RowReader, *, today: date) -> PlannedSyncEntry | None:
    """The sync entry of ``row``; None if it has neither topic nor content."""
    topic, content = row.line(Field.TOPIC), row.text(Field.CONTENT)
    if not topic and not content:
        return None
    kind = read_sync_kind(row.line(Field.KIND), topic=topic, content=content)
    for code in kind.doubts:
        row.doubt(
            Field.CONTENT if row.has(Field.CONTENT) else Field.TOPIC, code, read_as=kind.value
        )
    on, day_assumed = _day(row, "", today)
    return PlannedSyncEntry(
        sheet=row.sheet,
        row=row.number,
        on=on,
        day_assumed=day_assumed,
        topic=topic or content.split("\n")[0][:80],
        content=without_kind(content),
        kind=kind.value,
        author=_person(row, Field.INITIATOR),
        audience=read_people(row.text(Field.AUDIENCE)),
        reference=_unless_nothing(row.text(Field.REFERENCE)),
        remarks=_unless_nothing(row.text(Field.NOTE)),
    )


def _day(row: RowReader, identity: str, today: date) -> tuple[date, bool]:
    """The row's day, and whether it is only the day of the import."""
    reading = row.day(Field.DAY, identity=identity)
    if reading.value is not None:
        return reading.value, False
    if row.has(Field.DAY) and not reading.doubts:
        row.doubt(Field.DAY, "empty-default", read_as=str(today))
    return today, True


def _person(row: RowReader, field: Field) -> str:
    people = read_people(row.text(field))
    if row.has(field) and len(people) != 1:
        code = "several-owners" if people else "owner-missing"
        row.doubt(field, code, read_as=people[0] if people else "")
    return people[0] if people else ""


def _progress(row: RowReader) -> int | None:
    reading = read_percent(row.cell(Field.PROGRESS))
    for code in reading.doubts:
        row.doubt(Field.PROGRESS, code, read_as="" if reading.value is None else f"{reading.value}")
    return reading.value


def _unless_nothing(text: str) -> str:
    return "" if text.lower() in NOBODY else text
