"""The lines of the team's standup: people with their marks, what one said, who is missing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from core.domain.ids import ProjectId
from core.domain.progress import ProgressUpdate
from core.domain.status import progress_shown
from core.queries.homes import Home
from core.queries.standup import OwedRow
from core.queries.standup_team import Mark, PersonSaid, TaskSaid
from tui.durations import lasted
from tui.standup_words import day_word, due_text, parts_of
from tui.widgets.line import Line, Span
from tui.words import N_, Words, age_words

MISSING = "missing"
"""The key of the last line: who is missing."""
MARKS = {
    Mark.SAID: ("✓", "duban-ok", N_("has said")),
    Mark.MISSING: ("○", "duban-warning", N_("still to say")),
    Mark.QUIET: ("·", "duban-muted", N_("nothing owed")),
    Mark.AWAY: ("–", "duban-muted", N_("away until {day}")),
}
"""Sign, color and words; the words always stand there too."""
_LABEL = 12
_BLANK = Line()


def mark_words(words: Words, one: PersonSaid) -> str:
    """How somebody stands, in words."""
    if one.away_until is not None:
        return words("away until {day}", day=f"{one.away_until:%m-%d}")
    return words(MARKS[one.mark][2])


def people_lines(words: Words, team: Sequence[PersonSaid], *, late: int) -> Iterator[Line]:
    """Everybody, two rows each; at the end who is missing."""
    if not team:
        yield Line(text=words("Nobody works on anything here."), color="duban-muted", most=3)
        return
    for one in team:
        sign, color, _ = MARKS[one.mark]
        said = mark_words(words, one)
        if one.mark in {Mark.SAID, Mark.MISSING}:
            said = f"{said} {_told(one)}"
        held = words.ngettext("{count} blocked", "{count} blocked", one.blocked)
        below: tuple[Span, ...] = (Span(said, "duban-muted"),)
        if one.blocked and one.mark is Mark.QUIET:
            sign, color = "⊘", "duban-blocked"
            below = (Span(held, color),)
        elif one.blocked:
            below = (*below, Span(f" · {held}", "duban-blocked"))
        yield Line(
            key=str(one.person),
            head=(Span(f"{sign} ", color),),
            text=one.name,
            bold=True,
            below=below,
        )
    yield _BLANK
    color = "duban-overdue" if late else "duban-ok"
    yield Line(
        key=MISSING,
        head=(Span("! " if late else "✓ ", color),),
        text=words("Who is missing"),
        tail=(Span(f" {late}", color),),
    )


def _told(one: PersonSaid) -> str:
    """Of how many updates that are owed today how many are given.

    Those that are left are what their own standup asks for; a blocked task owes none.
    """
    asked = sum(line.today is not None or line.owing is not None for line in one.tasks)
    return f"{asked - one.owes}/{asked}"


def person_lines(
    words: Words, one: PersonSaid | None, *, homes: Mapping[ProjectId, Home], now: datetime
) -> Iterator[Line]:
    """A person's tasks: yesterday, today, blocked; each task can be chosen."""
    if one is None:
        return
    _, color, _ = MARKS[one.mark]
    yield Line(
        text=one.name,
        bold=True,
        color="duban-column-header",
        tail=(Span(f" {mark_words(words, one)}", color),),
    )
    for line in one.tasks:
        yield _BLANK
        yield from _task(words, line, home=homes[line.task.project], now=now)


def _task(words: Words, line: TaskSaid, *, home: Home, now: datetime) -> Iterator[Line]:
    task, calendar = line.task, home.calendar
    tail = [Span(f"  {progress_shown(task.state, task.progress)}%", "duban-key")]
    if task.due is not None and task.closed is None:
        color = "duban-overdue" if task.due < now else "duban-muted"
        tail.insert(0, Span(f"  {due_text(words, task, now=now, calendar=calendar)}", color))
    sign = (Span("! ", "duban-danger"),) if task.urgent else ()
    yield Line(
        key=str(task.task),
        head=(*sign, Span(f"{task.key} ", "duban-key")),
        text=task.title,
        tail=tuple(tail),
    )
    if line.before is not None:
        day = day_word(words, line.before, now=now, calendar=calendar)
        yield from _said(words, day, line.before)
    if line.today is not None:
        yield from _said(words, words("Today"), line.today)
    elif line.owing is not None and line.owing.late:
        age = age_words(words, lasted(line.owing.by, now=now, zone=calendar.zone))
        yield _fact(words("Today"), words("no update, late {age}", age=age), "duban-warning")
    elif line.owing is not None:
        yield _fact(words("Today"), words("nothing said yet"), "duban-warning")
    if line.block is not None:
        awaited = words("waiting for {name}", name=line.block.waiting_for)
        yield _fact(words("Blocked"), f"{line.block.reason} · {awaited}", "duban-blocked")


def _said(words: Words, label: str, update: ProgressUpdate) -> Iterator[Line]:
    """What was said on a day: the label once, then a row for each thing."""
    parts = tuple(parts_of(words, update)) or ((words("Progress"), f"{update.progress}%"),)
    trouble = {words("Problems"), words("Support needed")}
    for number, (name, text) in enumerate(parts):
        color = "duban-warning" if name in trouble else "foreground"
        gap = "：" if words.language == "zh_CN" else ": "
        yield _fact("" if number else label, f"{name}{gap}{text}", color)


def _fact(label: str, text: str, color: str) -> Line:
    head = (Span("  "), Span(label, "duban-muted", _LABEL))
    return Line(head=head, text=" ".join(text.split()), color=color, most=4)


def missing_lines(
    words: Words, rows: Sequence[OwedRow], *, homes: Mapping[ProjectId, Home], now: datetime
) -> Iterator[Line]:
    """Whose update is missing, and since when (D17)."""
    yield Line(text=words("Updates that are missing"), bold=True, color="duban-column-header")
    yield _BLANK
    if not rows:
        yield Line(text=words("Everybody has said what was owed."), color="duban-ok", most=2)
    for row in rows:
        zone = homes[row.task.project].calendar.zone
        since = words("since {time}", time=f"{row.owing.by.astimezone(zone):%m-%d %H:%M}")
        age = age_words(words, lasted(row.owing.by, now=now, zone=zone))
        away = row.task.owner_away
        gone = words("away until {day}", day=f"{away:%m-%d}") if away else ""
        below = " · ".join(filter(None, (since, age, gone)))
        yield Line(
            key=str(row.task.task),
            head=(Span(f"{row.task.owner_name}  ", "duban-warning"),),
            text=f"{row.task.key} {row.task.title}",
            below=(Span(below, "duban-muted"),),
        )
