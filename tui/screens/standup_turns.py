"""From a problem told in a standup to a block or an issue, in place."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from core.commands.blocking import BlockTask
from core.domain.refusals import Refusal
from core.queries.detail import needed
from core.queries.standup import OwedRow
from tui.prompts.base import Answer, Prompt
from tui.prompts.block import BlockAnswer, BlockPrompt
from tui.prompts.choice import MenuPrompt
from tui.prompts.inputs import Choice
from tui.prompts.two_lines import Two, TwoLines
from tui.prompts.update import UpdateAnswer
from tui.screens.card_edits import block_command
from tui.screens.choosing import awaited_choices, awaited_tasks
from tui.session import Session
from tui.widgets.hints import Severity
from tui.words import Words

Result = TypeVar("Result")


class Host(Protocol):
    """What a standup asks of the screen over which it is held, which knows standups in its turn."""

    session: Session
    words: Words

    async def answer(self, prompt: Prompt[Result]) -> Result | None:
        """What the member answers; None after Esc."""

    async def attempt(self, commands: Sequence[object]) -> Refusal | None:
        """Apply commands, all or none; a refusal is given back instead of told."""

    def tell(self, text: str, severity: Severity = "information") -> None:
        """Show one message at the bottom."""

    def refusal_text(self, refusal: Refusal) -> str:
        """Why something was not taken."""

    def key(self, action: str) -> str:
        """The key of an action, as sentences name it."""


async def turn(screen: Host, row: OwedRow, said: UpdateAnswer) -> str:
    """Ask what to make of the problem, and make it; a sentence on what was made, or empty."""
    words = screen.words
    choices = (
        Choice(key="block", label=words("Block the task"), note=words("it cannot go on")),
        Choice(key="issue", label=words("Raise an issue"), note=words("it goes on meanwhile")),
    )
    answer = await screen.answer(MenuPrompt(words, title=said.problems, choices=choices))
    if answer == "block":
        return await _block(screen, row, said.problems)
    return await _issue(screen, row, said.problems) if answer == "issue" else ""


async def _block(screen: Host, row: OwedRow, problem: str) -> str:
    title = screen.words("Why can {key} not go on?", key=row.task.key)
    needs = await screen.session.bridge.ask(needed, row.task.task)
    awaited = (*awaited_choices(screen.session), *awaited_tasks(screen.words, needs))
    begun = BlockAnswer(reason=problem, waiting_for="", waiting_person=None)

    def command(said: BlockAnswer) -> BlockTask:
        return block_command(row.task.task, said)

    def make(said: BlockAnswer | None) -> BlockPrompt:
        return BlockPrompt(screen.words, title=title, awaited=awaited, start=said or begun)

    if not await _made(screen, make, command):
        return ""
    return screen.words("{key} is blocked now.", key=row.task.key)


async def _issue(screen: Host, row: OwedRow, problem: str) -> str:
    from core.commands.issues import RaiseIssue

    words = screen.words
    title = words("Issue with {key}", key=row.task.key)
    labels = Two(words("Problem"), words("Impact"))

    def check(said: Two) -> str:
        return (
            "" if said.first and said.second else words("Say what the problem is and whom it hits.")
        )

    def command(said: Two) -> object:
        return RaiseIssue(task=row.task.task, title=said.first, impact=said.second)

    def make(said: Two | None) -> TwoLines:
        start = said or Two(problem, "")
        return TwoLines(words, title=title, labels=labels, start=start, check=check)

    if not await _made(screen, make, command):
        return ""
    return words("An issue is raised; {key} goes on.", key=row.task.key)


async def _made(
    screen: Host,
    make: Callable[[Answer | None], Prompt[Answer]],
    command: Callable[[Answer], object],
) -> bool:
    """Ask, then send; a refusal asks again with what was typed. True if it was sent."""
    answer: Answer | None = None
    notice = ""
    while True:
        prompt = make(answer)
        prompt.notice = notice
        answer = await screen.answer(prompt)
        if answer is None:
            return False
        refusal = await screen.attempt((command(answer),))
        if refusal is None:
            return True
        notice = screen.refusal_text(refusal)
