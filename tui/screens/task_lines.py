"""A task's parts as lines of a list. A line's key is its kind and id: ``criterion:7``."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, datetime

from core.domain.ids import DepartmentId
from core.domain.parts import Collaborator
from core.domain.progress import ProgressUpdate
from core.domain.spells import BlockSpell
from core.domain.status import Facet, State
from core.policies.calendar import WorkCalendar
from core.queries.board import CardRow
from core.queries.detail import TaskView
from core.records import dataclass, replace
from tui.durations import lasted
from tui.terms import facet_word, light_word, state_word
from tui.widgets.header import Chip
from tui.widgets.line import Line, Span
from tui.widgets.marks import LIGHTS, Look, due
from tui.words import Words, age_words

LABEL = 20
"""Cells of a label before a fact, where there is room."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Speaks one language; knows nothing of a screen."""

    words: Words
    departments: Mapping[DepartmentId, str] = field(default_factory=dict)
    """Their names."""
    label: int = LABEL
    """Cells of a label before a fact."""
    members: Mapping[str, str] = field(default_factory=dict)
    """Their names by handle."""

    brief: bool = False
    """Whether other tasks are told without their owner."""

    def narrow(self, label: int) -> "Teller":
        """The same where there is less room."""
        return replace(self, label=min(label, self.label), brief=True)

    def fact(self, label: str, text: str, *, key: str = "", most: int = 1) -> Line:
        """A label and what stands there; a dash where nothing does."""
        return Line(
            key=key,
            head=(Span(label, "duban-muted", self.label),),
            text=text or "–",
            color="foreground" if text else "duban-muted",
            most=most,
        )

    def heading(self, label: str, count: str = "") -> Iterator[Line]:
        """A blank line, then a heading."""
        yield Line()
        yield Line(text=f"{label} {count}".rstrip(), bold=True, color="duban-column-header")

    def nothing(self, text: str) -> Line:
        """What is said where there is nothing, such as which key adds something."""
        return Line(text=text, color="duban-muted", most=2)

    def criteria(self, view: TaskView) -> Iterator[Line]:
        """Acceptance criteria, ticked or not."""
        for one in view.criteria:
            mark = Span("[x] ", "duban-ok") if one.met else Span("[ ] ", "duban-muted")
            said = () if one.facet is Facet.OTHER else (facet_word(self.words, one.facet),)
            who = (view.name(one.met_by),) if one.met else ()
            tail = " · ".join(filter(None, (*said, *who)))
            yield Line(
                key=f"criterion:{one.id}",
                head=(mark,),
                text=one.text,
                tail=(Span(f"  {tail}", "duban-muted"),) if tail else (),
                most=3,
            )

    def deliverables(self, view: TaskView) -> Iterator[Line]:
        """What is handed over, with edition, place and who registered it, or that nobody did."""
        for one in view.deliverables:
            day = f"{one.registered:%m-%d}" if one.registered else ""
            by = view.name(one.registered_by) if day else self.words("not registered")
            mark = Span("◆ ", "duban-key") if day else Span("◇ ", "duban-warning")
            tail = " · ".join(filter(None, (one.edition, by, day)))
            below = (Span(one.location, "duban-muted"),) if one.location else ()
            yield Line(
                key=f"deliverable:{one.id}",
                head=(mark,),
                text=one.name,
                tail=(Span(f"  {tail}", "duban-muted"),) if tail else (),
                below=below,
            )

    def milestones(self, view: TaskView, *, today: date) -> Iterator[Line]:
        """Key nodes by day; a missed one says so."""
        for one in view.milestones:
            mark = Span("[x] ", "duban-ok") if one.done else Span("[ ] ", "duban-muted")
            late = one.done is None and one.due < today
            said = self.words("overdue") if late else ""
            tail = Span(
                f"  {said} {one.due.isoformat()}", "duban-overdue" if late else "duban-muted"
            )
            key = f"milestone:{one.id}"
            yield Line(key=key, head=(mark,), text=one.title, tail=(tail,))

    def tasks(self, rows: tuple[CardRow, ...], look: Look, *, kind: str = "task") -> Iterator[Line]:
        """Other tasks: subtasks, what it needs, what needs it."""
        for row in rows:
            said = due(row, look)
            when = (Span(f"  {said.form(0)}", said.color),) if said else ()
            done = row.state in {State.DONE, State.ARCHIVED}
            owner = Span(f"  {row.owner_name or self.words('nobody')}", "duban-muted")
            tail = (
                *when,
                *(() if self.brief else (owner,)),
                Span(f"  {state_word(self.words, row.state)}", "duban-ok" if done else "duban-key"),
            )
            yield Line(
                key=f"{kind}:{row.id}",
                head=(Span(f"{row.key} ", "duban-key"),),
                text=row.title,
                tail=tail,
            )

    def collaborators(self, view: TaskView) -> Iterator[Line]:
        """Who supports, with scope and response time (R45)."""
        for one in view.collaborators:
            hours = one.response_hours
            said = self.words("answers within {hours} h", hours=hours) if hours else ""
            yield Line(
                key=f"collaborator:{one.id}",
                head=(Span(f"{self.supporter(view, one)}  ", "duban-key"),),
                text=one.scope or "–",
                color="foreground" if one.scope else "duban-muted",
                tail=(Span(f"  {said}", "duban-muted"),) if said else (),
                most=3,
            )

    def supporter(self, view: TaskView, one: Collaborator) -> str:
        """The name of a collaborator: a person, a department or a role."""
        department = self.departments.get(one.department, "") if one.department else ""
        return view.name(one.person) or department or one.label

    def update(self, view: TaskView, one: ProgressUpdate) -> Iterator[Line]:
        """A check-in: a line, and one for each thing that was said (R69)."""
        name = view.name(one.person)
        yield Line(
            key=f"update:{one.id}",
            head=(Span(f"{one.day.isoformat()} ", "duban-key"), Span(f"{one.progress:>3}% ")),
            text=name,
        )
        said = (
            (self.words("Done"), one.done),
            (self.words("Next step"), one.next),
            (self.words("Problems"), one.problems),
            (self.words("Support needed"), one.support),
        )
        for label, text in said:
            if text:
                head = (Span("  "), Span(label, "duban-muted", self.label - 2))
                yield Line(head=head, text=text, most=6)

    def spell(self, one: BlockSpell, look: Look) -> Iterator[Line]:
        """A time in which it was blocked, and what it waited for (R80)."""
        ended = one.ended or look.now
        age = age_words(self.words, lasted(one.started, now=ended, zone=look.zone))
        began = one.started.astimezone(look.zone)
        state = self.words("blocked {age}", age=age) if one.ended is None else age
        color = "duban-blocked" if one.ended is None else "duban-muted"
        head = (Span(f"{began:%Y-%m-%d} ", "duban-key"), Span(f"{state} ", color))
        awaited = self.words("waiting for {name}", name=one.waiting_for)
        tail = (Span(f"  {awaited}", "duban-muted"),)
        yield Line(key=f"spell:{one.id}", head=head, text=one.reason, tail=tail)
        if one.resolution:
            yield Line(head=(Span("  → ", "duban-ok"),), text=one.resolution, most=3)


def chips(words: Words, view: TaskView, card: CardRow | None, look: Look) -> Iterator[Chip]:
    """What the header says of a task: state, light, how long it is blocked."""
    yield Chip(text=state_word(words, view.task.state), color="duban-key")
    if card is not None and card.not_ready:
        yield Chip(text=words("not yet ready"), color="duban-warning")
    if card is not None and card.findings:
        yield Chip(text=words("sent back"), color="duban-warning")
    light = look.light(card) if card else None
    if light in LIGHTS:
        mark, color = LIGHTS[light]
        yield Chip(text=f"{mark} {light_word(words, light)}", color=color)
    if (spell := view.spell) is not None:
        age = age_words(words, lasted(spell.started, now=look.now, zone=look.zone))
        yield Chip(text=words("blocked {age}", age=age), color="duban-blocked")


def moment(at: datetime, calendar: WorkCalendar) -> str:
    """An instant on the wall clock of the project, to the minute."""
    return f"{at.astimezone(calendar.zone):%Y-%m-%d %H:%M}"
