"""Decisions about the tasks of triage: owner, due, help, priority, cancelling.

What is asked is asked once; it is done to all selected lines in one transaction, or to none.
"""

from collections.abc import Sequence

from core.commands.closing import ArchiveTask, CancelTask
from core.commands.editing import AssignTask, EditTask, Setting
from core.commands.parts import AddCollaborator
from core.commands.warning import ExtendDue
from core.domain.status import Priority
from core.policies.warnings import due_is_agreed
from core.policies.workflow import may_archive
from core.queries.board import CardRow
from tui.prompts.ask import AskAnswer, AskLabels, AskPrompt
from tui.prompts.due import DueAnswer, DuePrompt
from tui.prompts.hand_over import HandOverPrompt
from tui.prompts.text import TextPrompt
from tui.screens.choosing import choose_owner, office, people_choices
from tui.screens.handing_over import handed, handover_prompt, is_begun
from tui.screens.triage_decision import Decision
from tui.terms import priority_word

_LOWER = {Priority.HIGH: Priority.MEDIUM, Priority.MEDIUM: Priority.LOW}


async def owner(decision: Decision) -> None:
    """One owner for all of them."""
    screen, words, cards = decision.screen, decision.words, await decision.cards_for("owner")
    if not cards:
        return
    if any(map(is_begun, cards)):
        await _hand_over(decision, cards)
        return
    title = words("Owner of {key}", key=decision.key)
    chosen = await choose_owner(screen, title=title, chosen=cards[0].owner)
    person = screen.session.person(chosen)
    if chosen is None or person is None:
        return
    others = [one for one in cards if one.owner != chosen]
    if not others:
        said = words("{name} owns {key} already.", name=person.name, key=decision.key)
        screen.tell(said, "warning")
        return
    commands = [AssignTask(task=one.id, owner=chosen, seen=one.owner) for one in others]
    done = words("{name} owns {key} now.", name=person.name, key=decision.key)
    await decision.apply(commands, done=done)


async def _hand_over(decision: Decision, cards: Sequence[CardRow]) -> None:
    """The same of work in progress, with what the next owner must know."""
    screen, words = decision.screen, decision.words

    owners = {one.owner for one in cards}
    without = owners if len(owners) == 1 else ()

    def make(said: AskAnswer | None) -> HandOverPrompt:
        return handover_prompt(screen.session, words, key=decision.key, without=without, said=said)

    async def commands(said: AskAnswer) -> Sequence[object]:
        return [handed(one, said) for one in await decision.cards() if one.owner != said.person]

    said = await decision.ask(make, commands)
    if said and (person := screen.session.person(said.person)):
        screen.tell(words("{name} owns {key} now.", name=person.name, key=decision.key))


async def due(decision: Decision) -> None:
    """One due for all of them; what had one is extended, and everybody concerned is told."""
    words, cards = decision.words, await decision.cards_for("due")
    if not cards:
        return
    title = words("Due date of {key}", key=decision.key)
    where = office(decision.screen, cards[0].project)
    at = max((one.due for one in cards if one.due), default=None)
    agreed = max((one.due for one in cards if _agreed(one) and one.due), default=None)

    def make(said: DueAnswer | None) -> DuePrompt:
        now, reason = (said.at, said.reason) if said else (at, "")
        return DuePrompt(words, title=title, at=now, office=where, agreed=agreed, reason=reason)

    async def commands(said: DueAnswer) -> Sequence[object]:
        return [_moved(card, said) for card in await decision.cards()]

    await decision.ask(make, commands)


def _agreed(card: CardRow) -> bool:
    return due_is_agreed(card.state, card.due)


def _moved(card: CardRow, said: DueAnswer) -> object:
    """Who decides here is the lead: all concerned are told of the new due (R89)."""
    if not _agreed(card) or said.at is None:
        setting = Setting("due", seen=card.due, value=said.at)
        return EditTask(task=card.id, settings=(setting,), reason=said.reason)
    return ExtendDue(task=card.id, due=said.at, reason=said.reason, seen=card.due)


async def help_out(decision: Decision) -> None:
    """A collaborator, with what they shall help with (R45)."""
    words, screen = decision.words, decision.screen
    if not await decision.cards_for("help-out"):
        return
    title = words("Who helps with {key}?", key=decision.key)
    labels = AskLabels(
        text=words("Helps with"),
        person=words("Helper"),
        no_text=words("Say what the help is for."),
        no_person=words("Say who helps."),
    )
    people = people_choices(screen.session)

    def make(said: AskAnswer | None) -> AskPrompt:
        return AskPrompt(words, title=title, labels=labels, people=people, start=said)

    async def commands(said: AskAnswer) -> Sequence[object]:
        cards = await decision.cards()
        return [AddCollaborator(task=one.id, person=said.person, scope=said.text) for one in cards]

    said = await decision.ask(make, commands)
    if said and (person := screen.session.person(said.person)):
        screen.tell(words("{name} helps with {key}.", name=person.name, key=decision.key))


async def lower(decision: Decision) -> None:
    """One priority down, at once."""
    words, found = decision.words, await decision.cards_for("lower")
    cards = [one for one in found if one.priority in _LOWER]
    if not found:
        return
    if not cards:
        said = words("The priority of {key} is low already.", key=decision.key)
        decision.screen.tell(said, "warning")
        return
    commands = [
        EditTask(
            task=one.id,
            settings=(Setting("priority", seen=one.priority, value=_LOWER[one.priority]),),
        )
        for one in cards
    ]
    priority = priority_word(words, _LOWER[cards[0].priority])
    done = words("Priority of {key}: {priority}.", key=decision.key, priority=priority)
    if len(cards) > 1:
        done = words("The priority of {key} is lower now.", key=decision.key)
    await decision.apply(commands, done=done)


async def cancel(decision: Decision) -> None:
    """Give them up, with the reason; what is done already goes to the archive."""
    words, cards = decision.words, await decision.cards_for("close")
    if not cards:
        return
    title = words("Cancel {key}: why is it given up?", key=decision.key)
    required = words("Cancelling needs a reason; it is kept in the log.")

    def make(said: str | None) -> TextPrompt:
        return TextPrompt(words, title=title, value=said or "", required=required)

    async def commands(said: str) -> Sequence[object]:
        return [_ended(card, said) for card in await decision.cards()]

    if await decision.ask(make, commands) is not None:
        decision.screen.tell(words("{key} is cancelled.", key=decision.key))


def _ended(card: CardRow, reason: str) -> object:
    if may_archive(card.state):
        return ArchiveTask(task=card.id, seen=card.state, actual=reason)
    return CancelTask(task=card.id, seen=card.state, reason=reason)
