"""``duban show``: everything about one task."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.domain.status import progress_shown
from core.domain.text import visible_lines
from tui.cli.declared import Command, Parameter
from tui.cli.duty_facts import owners, taken_on
from tui.cli.trouble import block_facts, cycle_fact, trouble_json, warning_facts
from tui.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from core.policies.blocked_time import CycleTime
    from core.policies.calendar import WorkCalendar
    from core.queries.board import CardRow
    from core.queries.detail import TaskView
    from core.queries.reviews import VerdictFacts
    from tui.cli.request import Request
    from tui.words import Words


def run(request: "Request") -> None:
    """Tell a task with all its parts."""
    from core.queries.cycle import task_cycle
    from core.queries.detail import task_view
    from core.queries.reviews import verdict_facts
    from tui.cli.handing import supporters

    task = request.task(request.given.text("key"))
    view = request.ask(task_view, task)
    cycle = request.ask(task_cycle, task, now=request.desk.now())
    verdict = request.ask(verdict_facts, task, now=request.desk.now())
    if request.given.flag("json"):
        from tui.cli.asjson import plain
        from tui.cli.eventlog import as_json as event_json

        handles = request.handles()
        changed = [event_json(plain(one), handles) for one in verdict.criteria_changes]
        asked = [handles[one] for one in verdict.acceptors[:1]] if view.task.closed is None else []
        more = {"accepts": asked[0] if asked else None, "criteria_changes": changed}
        request.json(as_json(view, cycle) | more)
    else:
        told = _Told(request.words, view, cycle, verdict)
        told.supporters = supporters(request, view)
        request.say(*told.lines())


def as_json(view: "TaskView", cycle: "CycleTime | None") -> dict[str, object]:
    """The task as JSON: people by handle, tasks by key, times in UTC."""
    from tui.cli.asjson import plain

    handles: dict[object, str] = {number: one.handle for number, one in view.people.items()}
    content: dict[str, object] = plain(view.task)
    content["number"] = content.pop("id")
    content |= {"id": view.task.key, "project": view.project.key}
    task = view.task
    content["progress"] = progress_shown(task.state, task.progress, before=task.before)
    content["parent"] = view.parent.key if view.parent else None
    for name in ("initiator", "owner", "acceptor", "submitted_by", "accepted_by"):
        content[name] = handles.get(getattr(view.task, name))
    content["taken_on"] = view.held is not None and view.held.acknowledged is not None
    content["blocked"] = view.task.blocked_since is not None
    content["needs"] = [row.key for row in view.needs]
    content["needed_by"] = [row.key for row in view.needed_by]
    content["subtasks"] = [row.key for row in view.subtasks]
    for name in ("criteria", "milestones", "collaborators", "deliverables", "updates", "spells"):
        content[name] = [_part(plain(one), handles) for one in getattr(view, name)]
    content["result"] = view.result.actual if view.result else None
    content["assignments"] = [_part(plain(one), handles) for one in view.assignments]
    content["reviews"] = [_part(plain(one), handles) for one in view.reviews]
    return content | trouble_json(view, cycle, handles)


_PEOPLE = frozenset(
    "person met_by registered_by waiting_person started_by submitted_by decided_by owner by".split()
)


def _part(part: dict[str, object], handles: dict[object, str]) -> dict[str, object]:
    part.pop("task", None)
    return {
        name: handles.get(value) if name in _PEOPLE and value is not None else value
        for name, value in part.items()
    }


class _Told:
    """A task in lines of text."""

    def __init__(
        self,
        words: "Words",
        view: "TaskView",
        cycle: "CycleTime | None",
        verdict: "VerdictFacts",
    ) -> None:
        from core.policies.calendar import calendar_named

        self.words = words
        self.view = view
        self.cycle = cycle
        self.verdict = verdict
        self.supporters: list[str] = []
        project = view.project
        self.calendar: WorkCalendar = calendar_named(project.calendar, time_zone=project.time_zone)

    def at(self, instant: "datetime | None") -> str:
        """An instant on the project's wall clock."""
        from tui.due import due_text

        return due_text(instant, self.calendar)

    def lines(self) -> Iterator[str]:
        """From what it is to what has happened."""
        words, task = self.words, self.view.task
        yield f"{task.key}  {task.title}"
        for name, value in self._facts():
            if value:
                yield "  " + words("{name}: {value}", name=name, value=value)
        yield from self._texts()
        yield from self._parts()
        yield from self._history()

    def _facts(self) -> Iterator[tuple[str, str]]:
        from tui.round_words import acceptor_words, missing_first
        from tui.terms import priority_word, state_word

        words, view, task = self.words, self.view, self.view.task
        yield words("State"), state_word(words, task.state)
        if view.spell:
            yield (
                words("Blocked"),
                words(
                    "{reason} - waits for {who}",
                    reason=view.spell.reason,
                    who=view.spell.waiting_for,
                ),
            )
            yield from block_facts(words, view, self.calendar)
        yield words("Not yet ready"), missing_first(words, view)
        percent = progress_shown(task.state, task.progress, before=task.before)
        yield words("Progress"), f"{percent} %"
        yield words("Priority"), priority_word(words, task.priority)
        yield words("Urgent"), words("yes") if task.urgent else ""
        yield words("Owner"), view.name(task.owner) + taken_on(words, view)
        yield words("Acceptor"), acceptor_words(words, view, self.verdict.acceptors)
        yield words("Initiator"), view.name(task.initiator)
        yield words("Due"), self.at(task.due)
        if task.slips:
            yield words("First due"), self.at(task.baseline_due)
            yield words("Moved"), str(task.slips)
        yield words("Expected date"), self.at(task.expected)
        yield from warning_facts(words, view, self.calendar)
        yield words("Working time"), cycle_fact(words, self.cycle)
        yield words("Start"), task.start.isoformat() if task.start else ""
        yield words("Type"), task.type
        yield words("Project"), f"{view.project.key} {view.project.name}"
        yield words("Part of"), _named(view.parent) if view.parent else ""
        yield words("Foreign id"), task.external_id

    def _texts(self) -> Iterator[str]:
        words, task, result = self.words, self.view.task, self.view.result
        for name, text in (
            (words("Description"), task.description),
            (words("Background"), task.background),
            (words("Expected outcome"), task.outcome),
            (words("Result"), result.actual if result else ""),
            (words("Value"), task.value),
            (words("Status note"), task.status_note),
            (words("Risk"), task.risk_note),
            (words("Reason for the delay"), task.delay_reason),
            (words("Remark"), task.note),
        ):
            if text:
                yield words("{name}:", name=name)
                yield from (f"  {line}" for line in visible_lines(text))

    def _parts(self) -> Iterator[str]:
        words, view = self.words, self.view
        yield from _section(words, words("Subtasks"), [_named(row) for row in view.subtasks])
        yield from _section(words, words("Waits for"), [_named(row) for row in view.needs])
        yield from _section(words, words("Is awaited by"), [_named(row) for row in view.needed_by])
        criteria = [f"{'x' if one.met else ' '} {one.text}" for one in view.criteria]
        yield from _section(words, words("Acceptance criteria"), criteria)
        yield from self._criteria_changes()
        milestones = [
            f"{'x' if one.done else ' '} {one.due.isoformat()} {one.title}"
            for one in view.milestones
        ]
        yield from _section(words, words("Milestones"), milestones)
        deliverables = [
            " ".join(filter(None, (one.name, one.edition, one.location)))
            for one in view.deliverables
        ]
        yield from _section(words, words("Deliverables"), deliverables)
        yield from _section(words, words("Collaborators"), self.supporters)

    def _criteria_changes(self) -> Iterator[str]:
        from tui.round_words import criteria_lines

        changed = self.verdict.criteria_changes
        if changed:
            yield self.words("Changed since the start:")
        zone = self.calendar.zone
        for head, *said in criteria_lines(self.words, changed, zone=zone, at=self.at):
            yield f"  {head}"
            yield from (f"    {line}" for text in said for line in visible_lines(text))

    def _history(self) -> Iterator[str]:
        words, view = self.words, self.view
        updates = []
        for one in view.updates:
            said = " | ".join(filter(None, (one.done, one.next, one.problems, one.support)))
            line = f"{one.day.isoformat()} {one.progress} % {view.name(one.person)} {said}"
            updates.append(" ".join(line.split()))
        yield from _section(words, words("Owners"), owners(words, view, self.calendar))
        yield from _section(words, words("Updates"), updates)
        yield from self._rounds()

    def _rounds(self) -> Iterator[str]:
        from tui.round_words import round_lines

        words = self.words
        rounds = tuple(round_lines(words, self.view))
        if rounds:
            yield words("{name}:", name=words("Rounds of review"))
        for head, *said in rounds:
            yield f"  {head}"
            yield from (f"    {line}" for text in said for line in visible_lines(text))


def _named(row: "CardRow") -> str:
    return f"{row.key} {row.title}"


def _section(words: "Words", head: str, items: list[str]) -> Iterator[str]:
    if items:
        yield words("{name}:", name=head)
        yield from (f"  {number}. {item}" for number, item in enumerate(items, 1))


COMMANDS = {
    "show": Command(
        "show",
        run,
        help=N_("Tell everything about a task."),
        example="duban show T001",
        takes=(Parameter("KEY", suggests="tasks"),),
    )
}
