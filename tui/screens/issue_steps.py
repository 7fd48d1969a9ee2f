"""What can be done to an issue, on whatever screen it is shown: raise it, and its next steps."""

from collections.abc import Callable
from typing import NamedTuple, Protocol, runtime_checkable

from core.commands.issues import (
    CloseIssue,
    EscalateIssue,
    RaiseIssue,
    ReopenIssue,
    ResolveIssue,
    RespondIssue,
)
from core.desk import Desk, Receipt
from core.domain.ids import IssueId, ProjectId, TaskId
from core.domain.refusals import Refusal
from core.domain.trouble import UNRESOLVED, Issue, IssueState
from core.policies.acts import About
from core.policies.rights import Act
from core.queries.board import CardRow
from core.queries.issues import IssueView, issue_view
from core.queries.permitted import about_issue
from tui.due import due_text
from tui.prompts.issue import IssueAnswer, IssuePrompt
from tui.prompts.issue_response import ResponseAnswer, ResponsePrompt
from tui.prompts.text import TextPrompt
from tui.screens.asking_again import ask_until_taken
from tui.screens.base import DubanScreen
from tui.screens.choosing import office, people_choices
from tui.screens.kept_forms import Kept, delivered
from tui.screens.permitted import was_told
from tui.session import Session


@runtime_checkable
class Register(Protocol):
    """The screen of the issue register, which knows this module and not the other way round."""

    async def renew(self) -> None:
        """Ask again what it shows."""

    async def choose(self, number: IssueId) -> None:
        """Put the cursor on an issue."""


async def raise_issue(
    screen: DubanScreen, *, title: str, project: ProjectId, task: TaskId | None = None
) -> IssueId | None:
    """Ask for an issue until it is taken; what was typed stays. None if it was given up."""
    words, session = screen.words, screen.session
    people, where = people_choices(session), office(screen, project)
    kept = Kept(f"issue/{project}/{task or ''}", again="issue" if task else "add")

    def make(said: IssueAnswer) -> IssuePrompt:
        return IssuePrompt(words, title=title, people=people, office=where, start=said)

    def command(said: IssueAnswer) -> RaiseIssue:
        return _raising(said, project, task)

    receipt = await delivered(screen, make, IssueAnswer(title="", impact=""), command, kept=kept)
    if receipt is None:
        return None
    screen.tell(_raised(screen, receipt))
    return IssueId(receipt.id)


async def raise_issue_of(screen: DubanScreen, card: CardRow) -> None:
    """The same for a task."""
    title = screen.words("Issue with {key}", key=card.key)
    await raise_issue(screen, title=title, project=card.project, task=card.id)


def _raising(said: IssueAnswer, project: ProjectId, task: TaskId | None) -> RaiseIssue:
    return RaiseIssue(
        project=None if task else project,
        task=task,
        title=said.title,
        impact=said.impact,
        detail=said.detail,
        proposal=said.proposal,
        parties=said.parties,
        severity=said.severity,
        handler=said.handler,
        occurred=said.at,
    )


def _raised(screen: DubanScreen, receipt: Receipt) -> str:
    return screen.words(
        "{key} is raised; {press} shows it.", key=receipt.name, press=screen.key("issues")
    )


async def show_issue(screen: DubanScreen, number: int) -> None:
    """The register, with the cursor on that issue."""
    await screen.shell.show("issues")
    shown = screen.app.screen
    if isinstance(shown, Register):
        await shown.renew()
        await shown.choose(IssueId(number))


async def next_step(screen: DubanScreen, number: IssueId) -> bool:
    """Respond, resolve, close or reopen: whatever comes next. True if it was sent."""
    view = await _permitted(screen, number, step_act)
    if view is None:
        return False
    steps = {
        IssueState.RESPONDED: _resolve,
        IssueState.RESOLVED: _close,
        IssueState.CLOSED: _reopen,
    }
    return await steps.get(view.issue.state, _respond)(screen, view)


def step_act(session: Session, issue: Issue) -> Act | None:
    """What its next step comes to; None where it is the member's own to open again."""
    if issue.state in UNRESOLVED:
        return Act.RESOLVE
    mine = session.me is not None and session.me.id == issue.reporter
    return None if mine and issue.state is IssueState.CLOSED else Act.CLOSE


async def _permitted(
    screen: DubanScreen, number: IssueId, act_of: Callable[[Session, Issue], Act | None]
) -> IssueView | None:
    """The issue, if the member may do that to it; else they were told why not."""
    now = screen.session.now()

    def read(desk: Desk) -> tuple[IssueView, About]:
        view = desk.ask(issue_view, number)
        return view, desk.ask(about_issue, view.issue, now=now)

    try:
        view, about = await screen.session.bridge.call(read)
    except Refusal as refusal:
        screen.refused(refusal)
        return None
    act = act_of(screen.session, view.issue)
    refused = act is not None and was_told(screen, act, about, view.issue.key)
    return None if refused else view


async def _respond(screen: DubanScreen, view: IssueView) -> bool:
    words, issue = screen.words, view.issue
    people, where = people_choices(screen.session), office(screen, issue.project)
    by = due_text(issue.resolve_by, where.calendar)
    note = words(
        "{title}: {impact}; to be resolved by {when}",
        title=issue.title,
        impact=_first_line(issue.impact),
        when=by,
    )
    title = words("What is done about {key}?", key=issue.key)
    usual = ResponseAnswer(response="", handler=view.row.handler)

    def make(said: ResponseAnswer | None) -> ResponsePrompt:
        return ResponsePrompt(
            words, title=title, note=note, people=people, office=where, start=said or usual
        )

    def command(said: ResponseAnswer) -> RespondIssue:
        named = said.handler if said.handler != view.row.handler else None
        return RespondIssue(
            issue=issue.id, response=said.response, handler=named, resolve_by=said.at
        )

    if await ask_until_taken(screen, make, command) is None:
        return False
    screen.tell(words("{key} is responded to; next it is resolved.", key=issue.key))
    return True


async def _resolve(screen: DubanScreen, view: IssueView) -> bool:
    words, issue = screen.words, view.issue
    asked = _Asked(
        title=words("How was {key} resolved?", key=issue.key),
        required=words("Say how it was resolved."),
        done=words("{key} is resolved.", key=issue.key),
    )
    return await _line(screen, asked, lambda said: ResolveIssue(issue=issue.id, resolution=said))


async def _close(screen: DubanScreen, view: IssueView) -> bool:
    words, issue = screen.words, view.issue
    asked = _Asked(
        title=words("{key} is over? A note, or only enter.", key=issue.key),
        done=words("{key} is closed.", key=issue.key),
    )
    return await _line(screen, asked, lambda said: CloseIssue(issue=issue.id, note=said))


async def _reopen(screen: DubanScreen, view: IssueView) -> bool:
    words, issue = screen.words, view.issue
    asked = _Asked(
        title=words("Why is {key} not over?", key=issue.key),
        required=words("Say why it is opened again."),
        done=words("{key} is open again; its clocks have started afresh.", key=issue.key),
    )
    return await _line(screen, asked, lambda said: ReopenIssue(issue=issue.id, reason=said))


async def escalate(screen: DubanScreen, number: IssueId) -> bool:
    """Take it to the next level, with the reason; says who was told. True if it was sent."""
    words, bridge = screen.words, screen.session.bridge
    view = await _permitted(screen, number, lambda _, __: Act.ESCALATE)
    if view is None:
        return False
    asked = _Asked(
        title=words("Why does {key} go to the next level?", key=view.issue.key),
        required=words("Say why it cannot wait."),
    )
    sent = await _line(screen, asked, lambda said: EscalateIssue(issue=number, reason=said))
    if sent:
        after = await bridge.ask(issue_view, number)
        screen.tell(_escalated(screen, after))
    return sent


def _escalated(screen: DubanScreen, view: IssueView) -> str:
    words = screen.words
    handles = view.raised[-1].told if view.raised else {}
    names = [one.name for one in view.people.values() if one.handle in handles]
    who = ("、" if words.language == "zh_CN" else ", ").join(names) or words("nobody")
    level = view.issue.level
    return words(
        "{key} is at level {level} now; told: {who}.", key=view.issue.key, level=level, who=who
    )


class _Asked(NamedTuple):
    """What a line is asked for."""

    title: str
    required: str = ""
    """What is said where it is empty; empty if it may be."""
    done: str = ""
    """What is told once it is taken."""


async def _line(screen: DubanScreen, asked: _Asked, command: Callable[[str], object]) -> bool:
    """Ask for one line until its command is taken."""

    def make(said: str | None) -> TextPrompt:
        return TextPrompt(
            screen.words, title=asked.title, value=said or "", required=asked.required
        )

    if await ask_until_taken(screen, make, command) is None:
        return False
    if asked.done:
        screen.tell(asked.done)
    return True


def _first_line(text: str) -> str:
    return text.partition("\n")[0]
