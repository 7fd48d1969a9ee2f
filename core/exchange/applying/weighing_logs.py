"""Progress updates and sync entries held against the store: each is added once, never changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.progress import ProgressUpdate
from core.domain.synclog import SyncEntry
from core.exchange.applying.revision import line
from core.exchange.applying.weighing import Birth, Place, Scales
from core.exchange.planned import PlannedSyncEntry, PlannedUpdate, Skipped
from core.exchange.reading.parse import NOBODY, without_kind
from core.exchange.telling import told
from core.exchange.telling.names import bare
from core.exchange.telling.team import Ask
from core.exchange.telling.told import NOT_SAID
from core.policies.calendar import WorkCalendar
from core.policies.clocks import local_day
from core.queries import importing


def weigh_updates(scales: Scales, updates: Sequence[PlannedUpdate], *, now: datetime) -> None:
    """Sort out the updates that are known: same task, person, day and content."""
    result = scales.result
    places = [scales.place(update) for update in updates]
    stored = scales.known.updates(_stored(places))
    for update, place in zip(updates, places, strict=True):
        if place is None:
            continue
        day = local_day(now, _calendar(scales, place))
        if update.on > day:
            skipped = Skipped(sheet=update.sheet, row=update.row, code="day-in-future")
            result.skipped.append(skipped)
            continue
        known = [] if isinstance(place, Birth) else stored[place]
        found = next((one for one in known if _same_update(scales, update, one)), None)
        if found is not None:
            known.remove(found)
            result.unchanged += 1
            continue
        result.need(bare(update.person))
        result.updates.append((update, place))


def _stored(places: Iterable[Place | None]) -> Iterator[TaskId]:
    for place in places:
        if place is not None and not isinstance(place, Birth):
            yield place


def _calendar(scales: Scales, place: Place) -> WorkCalendar:
    if isinstance(place, Birth):
        return place.home.calendar
    file = scales.file(place)
    project = file.task.project if file else ProjectId(0)
    return scales.result.team.calendars[project]


def _same_update(scales: Scales, planned: PlannedUpdate, known: ProgressUpdate) -> bool:
    """Whether both tell the same; what the file leaves open may be anything."""
    if planned.progress not in (None, known.progress):
        return False
    if planned.on != known.day and not planned.day_assumed:
        return False
    said = (planned.done, planned.next, planned.problems)
    if said != tuple(map(_said, (known.done, known.next, told.problems(known)))):
        return False
    label = bare(planned.person)
    return not label or scales.result.team.names.means(label, known.person)


def _said(text: str) -> str:
    """``text`` as reading a table gives it: a mark for nothing is nothing."""
    return "" if text.lower() in NOBODY else text


def entry_topic(entry: PlannedSyncEntry) -> str:
    """The topic as the store keeps it; never empty."""
    return line(entry.topic) or NOT_SAID


def weigh_entries(
    scales: Scales,
    entries: Sequence[PlannedSyncEntry],
    *,
    ask: Ask,
    viewer: PersonId | None,
) -> None:
    """Sort out the entries that ``viewer`` knows: same day, topic, author and content."""
    if not entries:
        return
    result = scales.result
    found = ask(
        importing.entries_like,
        days={entry.on for entry in entries if not entry.day_assumed},
        topics={entry_topic(entry) for entry in entries if entry.day_assumed},
        viewer=viewer,
    )
    stored: dict[tuple[str, str], list[SyncEntry]] = defaultdict(list)
    for one in found:
        stored[one.topic, without_kind(told.content(one))].append(one)
    for entry in entries:
        alike = stored[entry_topic(entry), entry.content]
        match = next((one for one in alike if _same_entry(scales, entry, one)), None)
        if match is not None:
            alike.remove(match)
            result.unchanged += 1
            continue
        text = " ".join((entry.topic, entry.content, entry.remarks, *entry.audience))
        home, guessed = result.homes.about(text)
        if guessed:
            result.doubt(entry, "project-assumed", value=entry.topic[:80], read_as=home.key)
        result.need(bare(entry.author))
        result.entries.append((entry, home))


def _same_entry(scales: Scales, planned: PlannedSyncEntry, known: SyncEntry) -> bool:
    if planned.on != known.day and not planned.day_assumed:
        return False
    label = bare(planned.author)
    return not label or scales.result.team.names.means(label, known.author)
