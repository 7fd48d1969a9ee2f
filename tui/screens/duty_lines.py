"""Whose a task was and is, what was handed over, and who signed the allocation."""

from collections.abc import Iterator

from core.domain.assignments import Assignment
from core.policies.calendar import WorkCalendar
from core.queries.allocation import SignRow
from core.queries.detail import TaskView
from tui.screens.task_lines import Teller, moment
from tui.widgets.line import Line, Span
from tui.words import Words


def taken_on(words: Words, view: TaskView) -> str:
    """Says so behind the owner's name, where they have not taken the task on."""
    waits = view.held is not None and view.held.acknowledged is None and view.task.closed is None
    return " · ? " + words("not taken on") if waits else ""


def duties(tell: Teller, view: TaskView, *, calendar: WorkCalendar) -> Iterator[Line]:
    """The chain of owners once there were several, and the signatures where several are due."""
    words, chain = tell.words, view.assignments
    if len(chain) > 1 or any(one.notes for one in chain):
        yield from tell.heading(words("Owners"), str(len(chain)))
        for one in chain:
            yield from _owner(tell, view, one, calendar=calendar)
    if len(view.signatures) > 1 or any(one.signed for one in view.signatures):
        stand = sum(one.stands for one in view.signatures)
        yield from tell.heading(words("Allocation signed"), f"{stand}/{len(view.signatures)}")
        yield from (_signature(tell, view, one, calendar) for one in view.signatures)


def _owner(
    tell: Teller, view: TaskView, one: Assignment, *, calendar: WorkCalendar
) -> Iterator[Line]:
    words = tell.words
    if one.acknowledged is not None:
        said = words("taken on {when}", when=moment(one.acknowledged, calendar))
    else:
        said = words("returned") if one.returned else words("not taken on")
    by = words("from {name}", name=view.name(one.by)) if one.by not in {None, one.owner} else ""
    told = " · ".join(filter(None, (by, said)))
    yield Line(
        key=f"assignment:{one.id}",
        head=(Span(f"{moment(one.at, calendar)} ", "duban-muted"),),
        text=view.name(one.owner),
        tail=(Span(f"  {told}", "duban-warning" if one.acknowledged is None else "duban-muted"),),
    )
    for label, text in ((words("Handover"), one.notes), (words("Why it ended"), one.reason)):
        if text:
            head = (Span("  "), Span(label, "duban-muted", tell.label - 2))
            yield Line(head=head, text=text, most=6)


def _signature(tell: Teller, view: TaskView, one: SignRow, calendar: WorkCalendar) -> Line:
    words, signed = tell.words, one.signed
    if signed is None:
        said = words("{name} has not signed", name=view.name(one.lead) or words("nobody"))
    else:
        when = moment(signed.at, calendar)
        said = words("{name} signed {when}", name=view.name(signed.person), when=when)
        if not one.stands:
            said += " · " + words("changed since")
    mark = Span("[x] ", "duban-ok") if one.stands else Span("[ ] ", "duban-warning")
    note = f" · {signed.note}" if signed is not None and signed.note else ""
    tail = (Span(f"  {said}{note}", "duban-muted"),)
    return Line(key=f"signature:{one.department}", head=(mark,), text=one.name, tail=tail, most=2)
