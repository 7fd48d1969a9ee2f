"""The parts of the detail screen as lines."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from core.domain.ids import PersonId
from core.domain.status import State, progress_shown
from core.policies.blocked_time import CycleTime
from core.policies.calendar import WorkCalendar
from core.policies.clocks import local_day
from core.queries.detail import TaskView
from core.queries.history import EventRow
from tui.due import due_text
from tui.event_words import change_words, event_word, subject_words
from tui.screens.clarity_lines import unclear
from tui.screens.duty_lines import duties, taken_on
from tui.screens.issue_lines import issues_of
from tui.screens.round_lines import ended, not_ready, rounds, sent_back
from tui.screens.task_lines import Teller, moment
from tui.screens.trouble_lines import away, blocked, nudged, took, warned
from tui.terms import field_word, priority_word, state_word
from tui.widgets.line import Line, Span
from tui.widgets.marks import Look
from tui.words import N_, due_words


class Part(StrEnum):
    """The parts of the screen, left to right."""

    OVERVIEW = "overview"
    STEPS = "steps"
    UPDATES = "updates"
    RESULTS = "results"
    HISTORY = "history"


PARTS: Final = {
    Part.OVERVIEW: N_("Overview"),
    Part.STEPS: N_("Subtasks"),
    Part.UPDATES: N_("Updates"),
    Part.RESULTS: N_("Criteria"),
    Part.HISTORY: N_("History"),
}
"""What the tabs say."""


class Shown(NamedTuple):
    """What the lines are made of."""

    view: TaskView
    events: tuple[EventRow, ...]
    """Newest first."""
    complete: bool
    """Whether ``events`` goes back to the beginning."""
    look: Look
    calendar: WorkCalendar
    tell: Teller
    unfolded: bool = False
    """Whether fields that nobody filled in are shown too."""
    beside: bool = False
    """Whether the other parts stand beside the overview."""
    restored_by: str = ""
    """The key that brings back what is archived or cancelled."""
    cycle: CycleTime | None = None
    """How long it took, or takes so far; None if work on it has not begun."""


def lines(part: Part, shown: Shown) -> tuple[Line, ...]:
    """All lines of a part."""
    made = {
        Part.OVERVIEW: _overview,
        Part.STEPS: _steps,
        Part.UPDATES: _updates,
        Part.RESULTS: _results,
        Part.HISTORY: _history,
    }
    return tuple(made[part](shown))


def counted(part: Part, view: TaskView) -> str:
    """What a tab says behind its name: done of all, or how many."""
    if part is Part.STEPS:
        done = sum(row.state in {State.DONE, State.ARCHIVED} for row in view.subtasks)
        done += sum(one.done is not None for one in view.milestones)
        total = len(view.subtasks) + len(view.milestones)
        return f" {done}/{total}" if total else ""
    if part is Part.UPDATES:
        return f" {len(view.updates)}" if view.updates else ""
    if part is Part.RESULTS and view.criteria:
        return f" {sum(one.met for one in view.criteria)}/{len(view.criteria)}"
    return ""


CLOSED: Final = frozenset({State.ARCHIVED, State.CANCELLED})
"""From where a task is brought back only by restoring it."""

_TEXTS: Final = ("outcome", "value", "background", "note")
_NOTES: Final = ("status_note", "delay_reason", "risk_note")


class _Fact(NamedTuple):
    name: str
    text: str
    most: int = 1


def _facts(shown: Shown) -> Iterator[_Fact]:
    """What can be edited, in the order of interest."""
    view, words = shown.view, shown.tell.words
    task = view.task
    yield _Fact("title", task.title, 3)
    yield _Fact("description", task.description, 12)
    yield _Fact("state", _state(shown))
    yield _Fact("owner", _member(shown, task.owner) + taken_on(words, view))
    yield _Fact("due", _due(shown), 2)
    percent = progress_shown(task.state, task.progress, before=task.before)
    yield _Fact("progress", f"{percent}%")
    yield _Fact("priority", priority_word(words, task.priority))
    yield _Fact("urgent", words("yes") if task.urgent else words("no"))
    for name in _NOTES:
        yield _Fact(name, getattr(task, name), 4)
    yield _Fact("expected", due_text(task.expected, shown.calendar))
    for name in _TEXTS:
        yield _Fact(name, getattr(task, name), 12)
    yield _Fact("acceptor", _member(shown, view.acceptor) + _by_position(shown))
    yield _Fact("initiator", view.name(task.initiator))
    yield _Fact("type", task.type)
    yield _Fact("start", task.start.isoformat() if task.start else "")


def _edited(shown: Shown) -> Iterator[Line]:
    """What is filled in, then the rest, or how many those are."""
    words = shown.tell.words
    facts = tuple(_facts(shown))
    empty = [one for one in facts if not one.text]
    for one in (*(one for one in facts if one.text), *(empty if shown.unfolded else ())):
        label = field_word(words, one.name)
        yield shown.tell.fact(label, one.text, key=f"field:{one.name}", most=one.most)
    if empty and not shown.unfolded:
        said = words.ngettext("+ {count} empty field", "+ {count} empty fields", len(empty))
        yield Line(key="empty:", text=said, color="duban-muted")


def _overview(shown: Shown) -> Iterator[Line]:
    yield from _trouble(shown)
    yield from _edited(shown)
    yield from _fixed(shown)
    if not shown.beside:
        yield from related(shown)


def related(shown: Shown) -> Iterator[Line]:
    """Whose it was, who supports, and the tasks that hang together with it."""
    view, words = shown.view, shown.tell.words
    yield from duties(shown.tell, view, calendar=shown.calendar)
    if view.collaborators or not shown.beside:
        yield from shown.tell.heading(words("Collaborators"), _count(view.collaborators))
        yield from shown.tell.collaborators(view)
    if view.needs or not shown.beside:
        yield from shown.tell.heading(words("Starts after"), _count(view.needs))
        yield from shown.tell.tasks(view.needs, shown.look, kind="needs")
    if view.needed_by:
        yield from shown.tell.heading(words("Awaited by"), _count(view.needed_by))
        yield from shown.tell.tasks(view.needed_by, shown.look)
    if view.parent is not None:
        yield from shown.tell.heading(words("Part of"))
        yield from shown.tell.tasks((view.parent,), shown.look)


def _count(things: Sequence[object]) -> str:
    return str(len(things)) if things else ""


def _state(shown: Shown) -> str:
    task, words = shown.view.task, shown.tell.words
    said = state_word(words, task.state)
    if task.round > 1:
        again = words("round {count}", count=task.round)
        said += f" · {again}"
    if task.state in CLOSED and shown.restored_by:
        how = words("{press} restores it", press=shown.restored_by)
        said += f" · {how}"
    return said


def _due(shown: Shown) -> str:
    """The day, how far off it is, and what became of the first one."""
    task, look, words = shown.view.task, shown.look, shown.tell.words
    if task.due is None:
        return ""
    said = [due_text(task.due, shown.calendar)]
    if task.closed is None:
        said.append(due_words(words, task.due, now=look.now, zone=look.zone, closing=look.closing))
    if task.slips and task.baseline_due is not None:
        first = due_text(task.baseline_due, shown.calendar)
        moved = words.ngettext("moved {count} time", "moved {count} times", task.slips)
        said.append(words("{moved}, first {day}", moved=moved, day=first))
    return " · ".join(said)


def _by_position(shown: Shown) -> str:
    """Says so where nobody was named as acceptor, but somebody's position makes them one."""
    named = shown.view.task.acceptor is not None or shown.view.acceptor is None
    said = shown.tell.words("by position")
    return "" if named else f" · {said}"


def _trouble(shown: Shown) -> Iterator[Line]:
    """What keeps it from going on, or from being in time."""
    tell, view, calendar = shown.tell, shown.view, shown.calendar
    yield from sent_back(tell, view)
    yield from not_ready(tell, view)
    yield from unclear(tell, view)
    yield from blocked(tell, view, look=shown.look, calendar=calendar)
    yield from nudged(tell, view, calendar=calendar)
    yield from warned(tell, view, calendar=calendar)
    yield from issues_of(tell, view, now=shown.look.now, zone=shown.look.zone)


def _member(shown: Shown, number: PersonId | None) -> str:
    """A name, and until when they are away."""
    person = shown.view.people.get(number) if number else None
    today = local_day(shown.look.now, shown.calendar)
    return shown.view.name(number) + away(shown.tell.words, person, today=today)


def _fixed(shown: Shown) -> Iterator[Line]:
    """What nobody edits."""
    view, words = shown.view, shown.tell.words
    task = view.task
    yield shown.tell.fact(words("Project"), f"{view.project.key} · {view.project.name}")
    if task.external_id:
        yield shown.tell.fact(words("Foreign id"), task.external_id)
    yield shown.tell.fact(words("Created"), moment(task.created, shown.calendar))
    if shown.cycle is not None:
        yield shown.tell.fact(words("Working time"), took(words, shown.cycle))
    yield from ended(shown.tell, view, shown.calendar)


def _steps(shown: Shown) -> Iterator[Line]:
    view, words, tell = shown.view, shown.tell.words, shown.tell
    yield from tuple(tell.heading(words("Subtasks"), _count(view.subtasks)))[1:]
    yield from tell.tasks(view.subtasks, shown.look)
    if not view.subtasks:
        yield tell.nothing(words("Not split up."))
    yield from tell.heading(words("Milestones"), _count(view.milestones))
    yield from tell.milestones(view, today=local_day(shown.look.now, shown.calendar))
    if not view.milestones:
        yield tell.nothing(words("None."))


def _updates(shown: Shown) -> Iterator[Line]:
    view, words, tell = shown.view, shown.tell.words, shown.tell
    if not view.updates:
        yield tell.nothing(words("No update yet; a adds one."))
    for one in view.updates:
        yield from tell.update(view, one)
    if view.spells:
        yield from tell.heading(words("Blocked"), _count(view.spells))
        for spell in view.spells:
            yield from tell.spell(spell, shown.look)


def _results(shown: Shown) -> Iterator[Line]:
    view, words, tell = shown.view, shown.tell.words, shown.tell
    met = f"{sum(one.met for one in view.criteria)}/{len(view.criteria)}"
    yield from tuple(tell.heading(words("Acceptance criteria"), met))[1:]
    yield from tell.criteria(view)
    if not view.criteria:
        yield tell.nothing(words("None; what will the acceptor check?"))
    yield from tell.heading(words("Deliverables"), _count(view.deliverables))
    yield from tell.deliverables(view)
    if not view.deliverables:
        yield tell.nothing(words("None."))
    if view.reviews:
        yield from tell.heading(words("Rounds of review"), _count(view.reviews))
        yield from rounds(tell, view, shown.calendar)


def _history(shown: Shown) -> Iterator[Line]:
    words, zone = shown.tell.words, shown.calendar.zone
    for row in sorted(shown.events, key=lambda one: (one.at, one.number), reverse=True):
        what = event_word(words, row.kind)
        gap = "：" if words.language == "zh_CN" else ": "
        subject = shown.tell.members.get(row.subject, subject_words(words, row))
        about = gap + subject if subject and subject != shown.view.task.title else ""
        yield Line(
            key=f"event:{row.number}",
            head=(Span(f"{moment(row.at, shown.calendar)} ", "duban-muted"),),
            text=f"{what}{about}",
            tail=(Span(f"  {row.actor_name}", "duban-key"),),
        )
        for said in change_words(words, row, zone=zone, names=shown.tell.members):
            yield Line(head=(Span("  "),), text=said, color="duban-muted", most=2)
        if row.reason:
            yield Line(head=(Span("  “"),), text=f"{row.reason}”", most=3)
    if not shown.complete:
        yield Line(text="…", color="duban-muted")
