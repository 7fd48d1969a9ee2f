"""Acknowledge, snooze, nudge, answer and escalate what an alert is about."""

from collections.abc import Callable
from datetime import datetime

from core.commands.quieting import AckAlert, EndQuiet, SnoozeAlert
from core.domain.ids import PartId
from core.domain.timers import Target
from core.queries.alert_rows import AlertRow
from tui.prompts.quiet import QuietAnswer, QuietPrompt, said_until
from tui.screens.base import DubanScreen
from tui.screens.choosing import office
from tui.until import read_until

_PLACES = {"sync": "sync", "teamup": "teamup"}
_OF = {
    Target.ISSUE: "issues",
    Target.ENTRY: "sync",
    Target.PLAN: "sync",
    Target.PROJECT: "teamup",
    Target.TASK: "board",
    Target.DUTY: "board",
    Target.EXTENSION: "board",
    Target.SPELL: "board",
}


def place_of(row: AlertRow) -> str:
    """The screen on which an alert is dealt with, as ``Shell.show`` names it."""
    return _PLACES.get(row.action) or _OF[row.target]


async def acknowledge(screen: DubanScreen, row: AlertRow) -> None:
    """Ask for a note, and perhaps until when; a line that is quiet is so no more."""
    words = screen.words
    if await _ended(screen, row):
        return

    def command(said: QuietAnswer) -> AckAlert:
        return AckAlert(
            target=row.target,
            object=row.object,
            rule=row.rule,
            since=row.since,
            note=said.note,
            until=_until(screen, row, said),
        )

    title = words("Acknowledge {key}", key=row.key)
    if await _asked(screen, row, title, command, snooze=False):
        screen.tell(words("{key}: quiet for you while it lasts.", key=row.key))


async def snooze(screen: DubanScreen, row: AlertRow) -> None:
    """Ask until when and why; a line that is quiet is so no more."""
    words = screen.words
    if await _ended(screen, row):
        return

    def command(said: QuietAnswer) -> SnoozeAlert:
        until = _until(screen, row, said)
        assert until is not None  # noqa: S101 - the prompt wants one
        return SnoozeAlert(target=row.target, object=row.object, until=until, reason=said.note)

    title = words("Snooze {key}", key=row.key)
    if said := await _asked(screen, row, title, command, snooze=True):
        until = _until(screen, row, said)
        if until is not None:
            told = said_until(words, until, office(screen, row.project))
            screen.tell(words("{key}: quiet until {when}.", key=row.key, when=told))


async def nudge_about(screen: DubanScreen, row: AlertRow) -> None:
    """Remind whoever must act; where that is nobody's name, whom the task waits for."""
    from core.commands.nudging import NudgeAwaited
    from tui.prompts.text import TextPrompt

    words = screen.words
    if row.task is None or row.mine:
        screen.tell(words("It is up to you: nobody else can be nudged."), "warning")
        return
    title = words("Nudge {name} about {key}: a word?", name=row.actor, key=row.key)
    note = await screen.answer(TextPrompt(words, title=title))
    if note is None:
        return
    command = NudgeAwaited(task=row.task, note=note, person=row.actor_person)
    if await screen.send(command) is not None:
        screen.tell(words("{name} was nudged.", name=row.actor))


async def respond_to(screen: DubanScreen, row: AlertRow) -> None:
    """Grant or refuse, answer, set a time, write up; issues are taken to their register."""
    from tui.screens.writing_up import write_up

    if await write_up(screen, row):
        return
    if row.rule.startswith("question") and row.target is Target.ENTRY:
        from tui.screens.answering import answer_question

        await answer_question(screen, PartId(row.object))
    elif row.rule.startswith("issue") and row.issue is not None:
        from tui.screens.issue_steps import next_step

        await next_step(screen, row.issue)
    elif row.task is not None:
        from tui.screens.responding import respond_to_task

        await respond_to_task(screen, row.task)
    else:
        screen.tell(screen.words("There is nothing to answer here."), "warning")


async def escalate(screen: DubanScreen, row: AlertRow) -> None:
    """Ask why, and take its issue to the next level."""
    if row.issue is None:
        press = screen.key("issue")
        told = screen.words("There is no issue to escalate; {press} raises one.", press=press)
        screen.tell(told, "warning")
        return
    from tui.screens import issue_steps

    await issue_steps.escalate(screen, row.issue)


async def _ended(screen: DubanScreen, row: AlertRow) -> bool:
    """Whether it was quiet, and is no more."""
    if row.quiet is None:
        return False
    if await screen.send(EndQuiet(quiet=row.quiet.id)) is not None:
        screen.tell(screen.words("{key} is told again.", key=row.key))
    return True


async def _asked(
    screen: DubanScreen,
    row: AlertRow,
    title: str,
    command: Callable[[QuietAnswer], object],
    *,
    snooze: bool,
) -> QuietAnswer | None:
    """Ask until it is taken; None if the member gave up."""
    said, notice = QuietAnswer(note=""), ""
    while True:
        where = office(screen, row.project)
        prompt = QuietPrompt(screen.words, title=title, office=where, start=said, snooze=snooze)
        prompt.notice = notice
        answer = await screen.answer(prompt)
        if answer is None:
            return None
        said = answer
        refusal = await screen.attempt([command(answer)])
        if refusal is None:
            return answer
        notice = screen.refusal_text(refusal)


def _until(screen: DubanScreen, row: AlertRow, said: QuietAnswer) -> datetime | None:
    where = office(screen, row.project)
    return read_until(said.until, now=where.now, calendar=where.calendar)
