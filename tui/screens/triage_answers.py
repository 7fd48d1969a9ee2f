"""Words to others about what waits: answer, nudge, ask, escalate, acknowledge, snooze."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from core.commands.issues import EscalateIssue, RaiseIssue
from core.commands.nudging import NudgeAwaited
from core.commands.quieting import AckAlert, SnoozeAlert
from core.commands.sync import AddSyncEntry
from core.commands.warning import GrantExtension, RefuseExtension
from core.domain.ids import IssueId
from core.domain.refusals import Refusal
from core.domain.status import SyncKind
from core.policies.rights import Act
from core.queries.detail import task_view
from core.queries.triage import TriageFacts, TriageRow, facts
from tui.prompts.ask import AskAnswer, AskLabels, AskPrompt
from tui.prompts.choice import MenuPrompt
from tui.prompts.due import Office
from tui.prompts.inputs import Choice
from tui.prompts.quiet import QuietAnswer, QuietPrompt, said_until
from tui.prompts.text import TextPrompt
from tui.prompts.two_lines import Two, TwoLines
from tui.screens.choosing import office, people_choices
from tui.screens.issue_steps import next_step
from tui.screens.permitted import about_card, was_told
from tui.screens.quieting import respond_to
from tui.screens.responding import respond_to_task, set_resolution
from tui.screens.triage_decision import Decision
from tui.screens.writing_up import write_up
from tui.until import read_until

if TYPE_CHECKING:
    from core.desk import Desk, Receipt


async def respond(decision: Decision) -> None:
    """The next step of the line; several extension requests are decided together."""
    if len(decision.rows) > 1:
        await _respond_to_all(decision)
        return
    screen, row = decision.screen, decision.rows[0]
    told, task = screen.facts, row.about.task
    if task is None or told is None:
        await respond_to(screen, row.alert)
    elif told.extension or told.questions:
        await respond_to_task(screen, task)
    elif told.issues:
        await next_step(screen, told.issues[0].id)
    elif told.spell and told.spell.resolve_by is None:
        view = await screen.session.bridge.ask(task_view, task)
        if view.spell is not None:
            await set_resolution(screen, view, view.spell)
    elif not await write_up(screen, row.alert):
        await respond_to_task(screen, task)


async def _respond_to_all(decision: Decision) -> None:
    """Grant or refuse them all; whoever asked is told why."""
    words, screen = decision.words, decision.screen
    known = await _facts(decision)
    lacking = [row.alert.key for row, told in known if told.extension is None]
    if lacking:
        said = words(
            "Only extension requests are answered together; {key} has none.", key=lacking[0]
        )
        screen.tell(said, "warning")
        return
    if any(_may_not_decide(decision, row, told) for row, told in known):
        return
    open_ones = [told.extension.id for _, told in known if told.extension is not None]
    choices = [
        Choice(key="grant", label=words("Grant them all")),
        Choice(key="refuse", label=words("Refuse them all, with the reason")),
    ]
    title = words("Extension requests: {key}", key=decision.key)
    answer = await screen.answer(MenuPrompt(words, title=title, choices=choices))
    if answer == "grant":
        commands = [GrantExtension(extension=one) for one in open_ones]
        await decision.apply(commands, done=words("Granted: {key}.", key=decision.key))
    elif answer == "refuse":
        required = words("Say why it is refused, so that the owner knows.")

        def make(said: str | None) -> TextPrompt:
            return TextPrompt(words, title=title, value=said or "", required=required)

        async def commands_of(said: str) -> Sequence[object]:
            return [RefuseExtension(extension=one, reason=said) for one in open_ones]

        if await decision.ask(make, commands_of) is not None:
            screen.tell(words("Refused: {key}.", key=decision.key))


def _may_not_decide(decision: Decision, row: TriageRow, told: TriageFacts) -> bool:
    """Only who leads grants or refuses; others are told so before they are asked."""
    about = about_card(decision.screen.session, told.card)
    return was_told(decision.screen, Act.GRANT_LATER, about, row.alert.key)


async def _facts(decision: Decision) -> list[tuple[TriageRow, TriageFacts]]:
    session = decision.screen.session
    me, now = session.me.id if session.me else None, session.now()

    def read(desk: "Desk") -> list[tuple[TriageRow, TriageFacts]]:
        return [(row, desk.ask(facts, row.about, viewer=me, now=now)) for row in decision.rows]

    return await session.bridge.call(read)


async def nudge(decision: Decision) -> None:
    """Remind whom it waits for, with a word; of several each at once."""
    cards = await decision.cards_for("nudge")
    if len(cards) == 1:
        from tui.screens import warning

        await warning.nudge(decision.screen, cards[0].id)
        return
    if cards:
        done = decision.words("{key}: nudged.", key=decision.key)
        await decision.apply([NudgeAwaited(task=one.id) for one in cards], done=done)


async def ask(decision: Decision) -> None:
    """A question in the sync log; of several tasks each owner is asked."""
    words, screen, cards = decision.words, decision.screen, await decision.cards()
    if not cards:
        return
    alone = len(cards) == 1
    labels = AskLabels(
        text=words("Question"),
        person=words("Whom"),
        no_text=words("Write down the question."),
        no_person=words("Say who should answer."),
    )
    orphan = next((one.key for one in cards if one.owner is None), "")
    if not alone and orphan:
        screen.tell(words("{key} has no owner who could be asked.", key=orphan), "warning")
        return
    title = words("Ask about {key}", key=decision.key)
    if not alone:
        title = words("Ask the owners of {key}", key=decision.key)
    people = people_choices(screen.session) if alone else ()

    def make(said: AskAnswer | None) -> AskPrompt:
        start = said or AskAnswer("", cards[0].owner if alone else None)
        return AskPrompt(words, title=title, labels=labels, people=people, start=start)

    async def commands(said: AskAnswer) -> Sequence[object]:
        return [
            AddSyncEntry(
                project=one.project,
                task=one.id,
                topic=said.text,
                kind=SyncKind.NOTE,
                asks=asked,
                people=(asked,),
            )
            for one in await decision.cards()
            if (asked := said.person or one.owner) is not None
        ]

    if await decision.ask(make, commands) is not None:
        screen.tell(words("The question stands in the sync log."))


async def escalate(decision: Decision) -> None:
    """Its issue goes to the next level; where there is none, one is raised first."""
    words, screen = decision.words, decision.screen
    known = await _facts(decision)
    raises = any(not told.issues for _, told in known)
    title = words("Escalate {key}", key=decision.key)
    no_reason = words("Say why it goes to the next level.")
    no_impact = words("Say what it holds up.")
    answer, notice = Two("", ""), ""
    while True:
        if raises:
            labels = Two(words("Reason"), words("Impact"))

            def check(said: Two) -> str:
                return "" if all(said) else (no_impact if said.first else no_reason)

            prompt = TwoLines(words, title=title, labels=labels, start=answer, check=check)
            prompt.notice = notice
            said = await screen.answer(prompt)
        else:
            line = TextPrompt(words, title=title, value=answer.first, required=no_reason)
            line.notice = notice
            text = await screen.answer(line)
            said = None if text is None else Two(text, "")
        if said is None:
            return
        answer = said
        refusal = await _escalated(decision, known, answer)
        if refusal is None:
            screen.tell(words("{key} is escalated.", key=decision.key))
            return
        notice = decision.why_not(refusal)


async def _escalated(
    decision: Decision, known: Sequence[tuple[TriageRow, TriageFacts]], said: Two
) -> Refusal | None:
    """Raise what is missing and escalate all, in one transaction."""

    def send(desk: "Desk", number: UUID) -> "Receipt | None":
        receipt = None
        with desk.together() as apply:
            for place, (row, told) in enumerate(known):
                issue = told.issues[0].id if told.issues else None
                if issue is None:
                    raised = RaiseIssue(
                        project=None if row.about.task else row.alert.project,
                        task=row.about.task,
                        title=said.first,
                        impact=said.second,
                    )
                    made = apply(raised, number=str(uuid5(number, f"raise-{place}")))
                    issue = IssueId(made.id)
                command = EscalateIssue(issue=issue, reason=said.first)
                receipt = apply(command, number=str(uuid5(number, f"escalate-{place}")))
        return receipt

    return await decision.screen.attempt_by(send)


async def acknowledge(decision: Decision) -> None:
    """Say that they are known; quiet until the causes end, or until a time."""
    words = decision.words

    def command(row: TriageRow, said: QuietAnswer, until: datetime | None) -> AckAlert:
        alert = row.alert
        return AckAlert(
            target=alert.target,
            object=alert.object,
            rule=alert.rule,
            since=alert.since,
            note=said.note,
            until=until,
        )

    title = words("Acknowledge {key}", key=decision.key)
    if await _quiet(decision, title, command, snooze=False):
        decision.screen.tell(words("{key}: quiet for you while it lasts.", key=decision.key))


async def snooze(decision: Decision) -> None:
    """Have no word of them until a time, with the reason."""
    words = decision.words

    def command(row: TriageRow, said: QuietAnswer, until: datetime | None) -> SnoozeAlert:
        assert until is not None  # noqa: S101 - the prompt wants one
        alert = row.alert
        return SnoozeAlert(target=alert.target, object=alert.object, until=until, reason=said.note)

    title = words("Snooze {key}", key=decision.key)
    if said := await _quiet(decision, title, command, snooze=True):
        where = _office(decision)
        until = read_until(said.until, now=where.now, calendar=where.calendar)
        when = said_until(words, until, where) if until else ""
        decision.screen.tell(words("{key}: quiet until {when}.", key=decision.key, when=when))


def _office(decision: Decision) -> Office:
    return office(decision.screen, decision.rows[0].alert.project)


async def _quiet(
    decision: Decision,
    title: str,
    command: Callable[[TriageRow, QuietAnswer, datetime | None], object],
    *,
    snooze: bool,
) -> QuietAnswer | None:
    """Ask once for the note and the time of all of them."""
    where = _office(decision)

    def make(said: QuietAnswer | None) -> QuietPrompt:
        start = said or QuietAnswer(note="")
        return QuietPrompt(decision.words, title=title, office=where, start=start, snooze=snooze)

    async def commands(said: QuietAnswer) -> Sequence[object]:
        until = read_until(said.until, now=where.now, calendar=where.calendar)
        return [command(row, said, until) for row in decision.rows]

    return await decision.ask(make, commands)
