"""The issue register: what went wrong, who takes care of it, and by when (R81-R88)."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Container
from textual.widget import Widget

from core.desk import Desk
from core.domain.ids import IssueId
from core.domain.refusals import Refusal
from core.domain.trouble import IssueState
from core.policies.acts import About
from core.policies.rights import Act
from core.queries.issues import IssueRow, IssueView, Wanted, issue_view, issues
from core.queries.permitted import about_issue
from tui.actions import bindings
from tui.keyboard import Scope
from tui.screens.choosing import home_of_new
from tui.screens.issue_lines import register, whole
from tui.screens.issue_steps import escalate, next_step, raise_issue, step_act
from tui.screens.list_clicks import ListClicks
from tui.screens.permitted import why_not_act
from tui.session import Session
from tui.widgets.header import Chip, Header, HeaderFacts
from tui.widgets.line import Line
from tui.widgets.lines import LineList
from tui.words import N_

_MOST = 500
_NEXT = {
    IssueState.RESPONDED: N_("resolve"),
    IssueState.RESOLVED: N_("close it"),
    IssueState.CLOSED: N_("reopen"),
}
"""What the next step is called, by where the issue stands; else it is responded to."""


class IssuesScreen(ListClicks):
    """The register, and the chosen issue under or beside it."""

    CSS_PATH = "issues.tcss"
    SCOPE = Scope.ISSUES
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.ISSUES)  # type: ignore[assignment]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (110, "-wide"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._rows: tuple[IssueRow, ...] = ()
        self._view: IssueView | None = None
        self._about: About | None = None

    def body(self) -> Iterable[Widget]:
        """The register and one issue."""
        with Container(id="body"):
            yield LineList(self.session.theme, id="register")
            facts = LineList(self.session.theme, id="issue")
            facts.can_focus = False
            yield facts

    @property
    def beside(self) -> LineList:
        """The chosen issue whole."""
        return self.query_one("#issue", LineList)

    @property
    def hinted(self) -> tuple[str, ...]:
        """With those that go on in the issue, where it goes on."""
        return self.reading_on(super().hinted)

    async def on_mount(self) -> None:
        """Keys go to the register."""
        self.set_focus(self.list)
        await self.renew()

    @property
    def list(self) -> LineList:
        """The register."""
        return self.query_one("#register", LineList)

    @property
    def chosen(self) -> IssueRow | None:
        """The chosen issue."""
        key = self.list.chosen
        return next((row for row in self._rows if str(row.id) == key), None)

    @property
    def labels(self) -> dict[str, str]:
        """The next step is called what it is."""
        state = self._view.issue.state if self._view else IssueState.OPEN
        step = _NEXT.get(state, N_("respond"))
        return {**super().labels, "respond": step, "open": N_("to the task")}

    def why_not(self, action: str, *, told: bool = True) -> str:
        """With what the chosen issue's next step and escalation come to."""
        said = super().why_not(action, told=told)
        if said or self._view is None or action not in {"respond", "escalate"}:
            return said
        issue = self._view.issue
        act = step_act(self.session, issue) if action == "respond" else Act.ESCALATE
        if act is None:
            return ""
        return why_not_act(self, act, self._about, key=issue.key, told=told)

    async def refresh_view(self) -> None:
        """Read the register, and the chosen issue anew."""
        project = self.session.project
        self._rows = await self.session.bridge.ask(issues, Wanted(project=project), limit=_MOST)
        lines = tuple(
            register(
                self.words,
                self._rows,
                zones=lambda number: self.session.calendar(number).zone,
                now=self.session.now(),
                projects=project is None,
            )
        )
        self.list.lines = lines or tuple(self._nothing())
        await self._load()
        self._draw_header()

    async def _load(self) -> None:
        """The facts of the chosen issue."""
        row, now = self.chosen, self.session.now()
        self._view = self._about = None
        if row is not None:
            number = row.id

            def read(desk: Desk) -> tuple[IssueView, About]:
                found = desk.ask(issue_view, number)
                return found, desk.ask(about_issue, found.issue, now=now)

            self._view, self._about = await self.session.bridge.call(read)
        view, zone = self._view, self.session.calendar(row.project if row else None).zone
        found = whole(self.words, view, now=now, zone=zone) if view else ()
        self.beside.lines = tuple(found)
        self.hint_anew()

    def _nothing(self) -> Iterator[Line]:
        yield Line(text=self.words("No issue here."), color="duban-ok")
        press = self.key("add")
        yield Line(text=self.words("{press} raises one.", press=press), color="duban-muted")

    def _draw_header(self) -> None:
        session, words = self.session, self.words
        now = session.now()
        project = session.project_of(session.project)
        name = project.name if project else words("all projects")
        waiting = [row for row in self._rows if row.is_open]
        late = sum(row.next_due is not None and row.next_due <= now for row in waiting)
        counted = words.ngettext("{count} unresolved", "{count} unresolved", len(waiting))
        chips = [Chip(text=counted)]
        if late:
            chips.append(Chip(text=words("{count} late", count=late), color="duban-overdue"))
        self.query_one(Header).facts = HeaderFacts(
            title=words("Issues · {project}", project=name),
            chips=tuple(chips),
            person=session.me.name if session.me else "",
        )

    async def choose(self, number: IssueId) -> None:
        """Put the cursor on an issue and show it."""
        self.list.choose(str(number))
        await self.moved()

    # Keys

    async def moved(self) -> None:
        """Show what is chosen now."""
        row = self.chosen
        if row is None or self._view is None or row.id != self._view.issue.id:
            try:
                await self._load()
            except Refusal as refusal:
                self.refused(refusal)

    async def act_open(self) -> None:
        """To the issue's task, if it has one."""
        row = self.chosen
        if row is None:
            return
        if row.task is None:
            self.tell(self.words("This issue belongs to no task."), "warning")
            return
        await self.shell.show("detail", task=row.task)

    async def act_add(self) -> None:
        """Raise an issue of a project."""
        title = self.words("To which project does it belong?")
        project = await home_of_new(self, title=title)
        if project is None:
            return
        key = next(one.key for one in self.session.projects if one.id == project)
        title = self.words("New issue · {project}", project=key)
        made = await raise_issue(self, title=title, project=project)
        if made is not None:
            await self.choose(made)

    async def act_respond(self) -> None:
        """The next step of the chosen issue."""
        if (number := self._chosen()) is not None:
            await next_step(self, number)

    async def act_escalate(self) -> None:
        """Take it to the next level now."""
        if (number := self._chosen()) is not None:
            await escalate(self, number)

    def _chosen(self) -> IssueId | None:
        """The chosen issue; says so where there is none."""
        row = self.chosen
        if row is None:
            self.tell(self.words("No issue is chosen."), "warning")
        return row.id if row else None
