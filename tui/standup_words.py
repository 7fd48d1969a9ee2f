"""What a standup says in words: the facts of a form, and the summary as Markdown."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from core.domain.progress import ProgressUpdate
from core.policies.calendar import WorkCalendar
from core.policies.clocks import local_day
from core.queries.standup import OwedRow, SaidRow, StandupTask
from tui.durations import lasted
from tui.terms import priority_word
from tui.words import Words, age_words, due_words


def parts_of(words: Words, update: ProgressUpdate) -> Iterator[tuple[str, str]]:
    """Label and text of what was said in an update, as far as something was."""
    said = (
        (words("Done"), update.done),
        (words("Next step"), update.next),
        (words("Problems"), update.problems),
        (words("Support needed"), update.support),
    )
    yield from ((label, " ".join(text.split())) for label, text in said if text)


def day_word(words: Words, update: ProgressUpdate, *, now: datetime, calendar: WorkCalendar) -> str:
    """Today, yesterday, or the day."""
    back = (local_day(now, calendar) - update.day).days
    if back < 2:
        return words("Today") if back < 1 else words("Yesterday")
    return f"{update.day:%m-%d}"


def facts_line(words: Words, row: OwedRow, *, now: datetime, calendar: WorkCalendar) -> str:
    """Project, due, priority, and since when or by when the update is owed."""
    task, said = row.task, [row.task.project_key]
    if task.due is not None:
        said.append(due_text(words, task, now=now, calendar=calendar))
    said.append(words("urgent") if task.urgent else priority_word(words, task.priority))
    said.append(owed_words(words, row, now=now, calendar=calendar))
    return " · ".join(said)


def due_text(words: Words, task: StandupTask, *, now: datetime, calendar: WorkCalendar) -> str:
    """How far off the due is."""
    closing = calendar.office[-1][1]
    return due_words(words, task.due, now=now, zone=calendar.zone, closing=closing)


def owed_words(words: Words, row: OwedRow, *, now: datetime, calendar: WorkCalendar) -> str:
    """By when the update is owed, or how long it has been missing."""
    if row.owing.late:
        age = age_words(words, lasted(row.owing.by, now=now, zone=calendar.zone))
        return words("no update, late {age}", age=age)
    return words("update by {hour}", hour=f"{row.owing.by.astimezone(calendar.zone):%H:%M}")


def markdown(words: Words, rows: Sequence[SaidRow], *, name: str, day: str) -> str:
    """What somebody said today, to be pasted into the team's chat."""
    title = words("Standup")
    lines = [f"**{title} {day} · {name}**", ""]
    for row in rows:
        lines += _said(words, row)
    return "\n".join(lines).rstrip()


def _said(words: Words, row: SaidRow) -> Iterator[str]:
    gap = "：" if words.language == "zh_CN" else ": "
    moved = row.before is not None and row.before != row.update.progress
    percent = f"{row.before}% → {row.update.progress}%" if moved else f"{row.update.progress}%"
    yield f"- {row.task.key} {row.task.title} · {percent}"
    for label, text in parts_of(words, row.update):
        yield f"  - {label}{gap}{text}"
    if row.block is not None:
        awaited = words("waiting for {name}", name=row.block.waiting_for)
        label, reason = words("Blocked"), " ".join(row.block.reason.split())
        yield f"  - {label}{gap}{reason} · {awaited}"
