"""Submit work, accept it, send it back, have somebody else accept it: asked first, then sent."""

from collections.abc import Callable

from core.commands.editing import EditTask, Setting
from core.commands.reviewing import AcceptTask, DelegateAcceptance, Point, SendBack
from core.commands.submitting import Handover, SubmitTask
from core.desk import Receipt
from core.domain.ids import PersonId, TaskId
from core.domain.refusals import Refusal
from core.domain.status import State, Verdict
from core.policies.acts import About, could_accept
from core.policies.rights import Act
from core.queries.board import CardRow
from core.queries.detail import TaskView, task_view
from core.queries.reviews import verdict_facts
from tui.prompts.inputs import Choice
from tui.prompts.send_back import SendBackAnswer, SendBackPrompt
from tui.prompts.submit import SubmitAnswer, SubmitFacts, SubmitPrompt
from tui.prompts.text import TextPrompt
from tui.screens.asking_again import ask_until_taken
from tui.screens.base import DubanScreen
from tui.screens.choosing import choose_owner, office
from tui.screens.kept_forms import Kept, delivered
from tui.screens.permitted import about_view, was_told


async def _view(screen: DubanScreen, task: TaskId) -> TaskView | None:
    try:
        return await screen.session.bridge.ask(task_view, task)
    except Refusal as refusal:
        screen.refused(refusal)
        return None


async def _to_judge(screen: DubanScreen, card: CardRow) -> tuple[TaskView, About] | None:
    """The task, if whoever is here may give the verdict; else they were told why not."""
    view = await _view(screen, card.id)
    if view is None:
        return None
    about = await _about(screen, view)
    return None if was_told(screen, Act.JUDGE, about, card.key) else (view, about)


async def _about(screen: DubanScreen, view: TaskView) -> About:
    now = screen.session.now()

    known = await screen.session.bridge.ask(verdict_facts, view.task.id, now=now)
    about = about_view(view, known)
    assert about is not None  # noqa: S101 - it was read
    return about


# Submit


async def submit(screen: DubanScreen, card: CardRow) -> None:
    """Ask for results and deliverables, and hand the task to its acceptor (R102, R103)."""
    view = await _view(screen, card.id)
    if view is None:
        return
    if view.task.state is not State.DOING:
        await screen.send(SubmitTask(task=card.id, results="-"))  # refused, with the reason
        return
    words = screen.words
    title = words("Submit {key} {title}", key=view.task.key, title=view.task.title)
    facts = submit_facts(screen, view)

    def make(said: SubmitAnswer) -> SubmitPrompt:
        return SubmitPrompt(words, title=title, facts=facts, start=said)

    def command(said: SubmitAnswer) -> SubmitTask:
        handed = (Handover(said.name, said.edition, said.location),) if said.name else ()
        return SubmitTask(
            task=card.id,
            results=said.results,
            completed=said.completed,
            claims=said.claims,
            deliverables=handed,
        )

    kept = Kept(f"submit/{card.id}", again="move-next")
    receipt = await delivered(screen, make, submit_start(view), command, kept=kept)
    if receipt is not None and not receipt.warnings:
        asked = (await _about(screen, view)).acceptors
        who = view.name(next(iter(asked), None)) or words("nobody")
        screen.tell(words("{key} waits for {name} to accept it.", key=view.task.key, name=who))


def submit_facts(screen: DubanScreen, view: TaskView) -> SubmitFacts:
    """What is handed over already, and which criteria there are."""
    return SubmitFacts(
        office=office(screen, view.project.id),
        handed=tuple(
            f"{one.name} {one.edition}".strip() for one in view.deliverables if one.registered
        ),
        criteria=tuple(Choice(key=str(one.id), label=one.text) for one in view.criteria),
        findings=next(
            (one.findings for one in view.reviews[:1] if one.verdict is Verdict.SENT_BACK), ""
        ),
    )


def submit_start(view: TaskView) -> SubmitAnswer:
    """What was said last, all criteria, and a deliverable that is named but not registered."""
    named = next((one for one in view.deliverables if one.registered is None), None)
    return SubmitAnswer(
        results=view.updates[0].done if view.updates else "",
        name=named.name if named else "",
        edition=named.edition if named else "",
        location=named.location if named else "",
        claims=tuple(one.id for one in view.criteria),
    )


# Verdicts


async def accept(screen: DubanScreen, card: CardRow) -> None:
    """Accept; where subtasks are open only with a reason."""
    try:
        receipt = await screen.deliver(AcceptTask(task=card.id))
    except Refusal as refusal:
        if refusal.code == "open-subtasks":
            await _accept_before_subtasks(screen, card, refusal)
        else:
            screen.refused(refusal)
        return
    if not receipt.warnings:
        screen.tell(screen.words("{key} is accepted.", key=card.key))


async def _accept_before_subtasks(screen: DubanScreen, card: CardRow, refusal: Refusal) -> None:
    words = screen.words
    left = refusal.facts["subtasks"]
    named = ", ".join(left) if isinstance(left, tuple) else str(left)
    title = words("Accept {key} although {subtasks} are open: why?", key=card.key, subtasks=named)
    required = words("A reason is needed; it is kept in the log.")

    def make(said: str | None) -> TextPrompt:
        return TextPrompt(words, title=title, value=said or "", required=required)

    def command(said: str) -> AcceptTask:
        return AcceptTask(task=card.id, open_subtasks_reason=said)

    if await ask_until_taken(screen, make, command) is not None:
        screen.tell(words("{key} is accepted.", key=card.key))


async def send_back(screen: DubanScreen, card: CardRow, *, at: str = "") -> None:
    """Ask what must be changed, and send it back; ``at`` is the id of a chosen criterion."""
    found = await _to_judge(screen, card)
    if found is None:
        return
    words, (view, _) = screen.words, found
    title = words("Send back {key} {title}", key=card.key, title=view.task.title)
    criteria = pointed_at(view, at)

    def make(said: SendBackAnswer) -> SendBackPrompt:
        return SendBackPrompt(words, title=title, criteria=criteria, start=said, at=at)

    def command(said: SendBackAnswer) -> SendBack:
        points = tuple(Point(number, lacks) for number, lacks in said.points.items())
        return SendBack(task=card.id, findings=said.findings, points=points)

    kept = Kept(f"sendback/{card.id}", again="move-previous")
    receipt = await delivered(screen, make, SendBackAnswer(), command, kept=kept)
    if receipt is not None:
        told = words.joined(*_warned(screen, receipt))
        owner = view.name(view.task.owner) or words("nobody")
        said = words("{key} was sent back to {owner}.", key=card.key, owner=owner)
        screen.tell(words.joined(said, told), "warning" if told else "information")


def _warned(screen: DubanScreen, receipt: Receipt) -> list[str]:
    from tui.refusals import warning_words

    return [
        warning_words(screen.words, one.code, {"key": receipt.name, **one.facts})
        for one in receipt.warnings
    ]


def pointed_at(view: TaskView, at: str) -> tuple[Choice, ...]:
    """The criteria that findings may point at: those not ticked, and the chosen one."""
    return tuple(
        Choice(key=str(one.id), label=one.text)
        for one in view.criteria
        if not one.met or str(one.id) == at
    )


async def delegate(screen: DubanScreen, card: CardRow) -> None:
    """Choose who accepts from now on, and say why."""
    found = await _to_judge(screen, card)
    if found is None:
        return
    view, about = found

    def command(to: PersonId, why: str) -> DelegateAcceptance:
        return DelegateAcceptance(task=card.id, to=to, reason=why, seen=view.acceptor)

    await _hand_over(screen, view, about, command)


async def name_acceptor(screen: DubanScreen, card: CardRow) -> None:
    """The same for whoever says who accepts it, though their own work is not theirs to judge."""
    view = await _view(screen, card.id)
    if view is None:
        return
    about = await _about(screen, view)

    def command(to: PersonId, why: str) -> EditTask:
        setting = Setting("acceptor", seen=view.task.acceptor, value=to)
        return EditTask(task=card.id, settings=(setting,), reason=why)

    await _hand_over(screen, view, about, command)


async def _hand_over(
    screen: DubanScreen,
    view: TaskView,
    about: About,
    command: Callable[[PersonId, str], DelegateAcceptance | EditTask],
) -> None:
    words, key = screen.words, view.task.key
    people = could_accept(about, screen.session.people)
    if not people:
        screen.tell(words("Nobody on the team can accept {key}.", key=key), "warning")
        return
    title = words("Who accepts {key} from now on?", key=key)
    to = await choose_owner(screen, title=title, chosen=view.acceptor, people=people)
    if to is None:
        return
    name = next((one.name for one in screen.session.people if one.id == to), "")
    why = words("Why does {name} accept {key}?", name=name, key=key)
    required = words("A reason is needed; it is kept in the log.")

    def make(said: str | None) -> TextPrompt:
        return TextPrompt(words, title=why, value=said or "", required=required)

    if await ask_until_taken(screen, make, lambda said: command(to, said)) is not None:
        screen.tell(words("{key} waits for {name} to accept it.", key=key, name=name))
