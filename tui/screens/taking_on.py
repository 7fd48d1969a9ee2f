"""Take tasks on, claim and confirm them; ask back about them, or return them."""

from core.commands.assigning import (
    AcknowledgeTask,
    ClaimTask,
    ConfirmDuty,
    QuestionAssignment,
    ReturnTask,
    SignAllocation,
)
from core.domain.ids import DepartmentId
from core.queries.board import CardRow
from core.queries.detail import TaskView
from tui.prompts.give_back import GiveBackAnswer, GiveBackPrompt
from tui.prompts.text import TextPrompt
from tui.screens.card_screen import CardScreen


async def take_on(screen: CardScreen, card: CardRow) -> None:
    """What nobody has is claimed; what I was given is taken on; what is mine is confirmed."""
    words, me = screen.words, screen.session.me
    if card.owner is None:
        command: object = ClaimTask(task=card.id)
        said = words("{key} is yours now.", key=card.key)
    elif me is None or card.owner != me.id:
        screen.tell(words("{key} is {name}'s.", key=card.key, name=card.owner_name), "warning")
        return
    elif card.untaken:
        command = AcknowledgeTask(task=card.id)
        said = words("You have taken {key} on.", key=card.key)
    else:
        command = ConfirmDuty(task=card.id)
        said = words("Confirmed: {key} is still yours.", key=card.key)
    if await screen.send(command) is not None:
        screen.tell(said)


async def give_back(screen: CardScreen, card: CardRow) -> None:
    """Ask whoever gave it, or return it; only before it is taken on."""
    words, me = screen.words, screen.session.me
    if me is None or card.owner != me.id or not card.untaken:
        said = words("{key} does not wait for you to take it on.", key=card.key)
        screen.tell(said, "warning")
        return
    title = words("{key}: ask back, or return it?", key=card.key)
    told = ""

    def command(said: GiveBackAnswer) -> object:
        nonlocal told
        if said.returned:
            told = words("{key} was returned.", key=card.key)
            return ReturnTask(task=card.id, reason=said.text)
        told = words("Your question about {key} stands in the sync log.", key=card.key)
        return QuestionAssignment(task=card.id, question=said.text)

    sent = await screen.fill(
        card,
        lambda _, said: GiveBackPrompt(words, title=title, note=card.title, start=said),
        lambda _, said: (command(said),),
    )
    if sent:
        screen.tell(told)


async def sign(screen: CardScreen, view: TaskView, department: DepartmentId) -> None:
    """Sign the allocation for a department."""
    words, card = screen.words, screen.card
    row = next((one for one in view.signatures if one.department == department), None)
    if card is None or row is None:
        return
    if row.stands:
        screen.tell(words("{name} has signed already.", name=row.name), "warning")
        return
    title = words("Sign the allocation of {key} for {name}", key=card.key, name=row.name)
    sent = await screen.fill(
        card,
        lambda _, said: TextPrompt(words, title=title, value=said or ""),
        lambda _, said: (SignAllocation(task=card.id, department=department, note=said),),
    )
    if sent:
        screen.tell(words("{name} has signed.", name=row.name))
