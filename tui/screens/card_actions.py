"""What can be done to one task, wherever it is shown: on the board, in detail, in a list."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from core.commands.blocking import BlockTask, UnblockTask
from core.commands.closing import ArchiveTask, CancelTask
from core.commands.moving import MoveTask
from core.commands.progress import UpdateProgress
from core.commands.reviewing import AcceptTask, SendBack
from core.commands.tasks import AssignTask, EditTask, Setting
from core.domain.ids import PersonId
from core.domain.status import State
from core.policies.workflow import may_archive
from core.queries.board import CardRow
from tui.prompts.base import Prompt
from tui.screens.base import DubanScreen
from tui.screens.choosing import awaited_choices, choose_owner, office, people_choices

Answered = TypeVar("Answered")

_NEXT = {State.DRAFT: State.TODO, State.TODO: State.DOING, State.DOING: State.REVIEW}


class CardActions(DubanScreen):
    """Mixed into a screen that has a chosen task."""

    @property
    def card(self) -> CardRow | None:
        """The chosen task as the screen shows it; None if there is none."""
        raise NotImplementedError

    async def fill(
        self,
        card: CardRow,
        make: Callable[[CardRow, Answered | None], Prompt[Answered]],
        commands: Callable[[CardRow, Answered], Sequence[object]],
    ) -> bool:
        """Ask, then send; a refusal asks again, with what was typed and why it was refused.

        ``make`` and ``commands`` are given the task as the member has last seen it, so that who
        answers again after a conflict means it. True if it was sent.
        """
        answer: Answered | None = None
        notice = ""
        while True:
            prompt = make(card, answer)
            prompt.notice = notice
            answer = await self.answer(prompt)
            if answer is None:
                return False
            refusal = await self.attempt(commands(card, answer))
            if refusal is None:
                return True
            notice = self.refusal_text(refusal)
            card = await self.fresh(card) or card

    async def fresh(self, card: CardRow) -> CardRow | None:
        """The task as it now stands; None if it is gone."""
        from core.queries.board import card as ask

        return await self.session.bridge.ask(ask, card.id)

    async def act_move_next(self) -> None:
        """Start, submit or accept."""
        card = self.card
        if card is None:
            return
        if card.state is State.REVIEW:
            await self.send(AcceptTask(task=card.id))
            return
        to = _NEXT.get(card.state)
        if to is None:
            self.tell(self.words("{key} is done; {press} archives it.", key=card.key, press=self.key("close")))
        elif to is State.DOING and card.owner is None:
            await self._start_with_owner(card)
        else:
            await self.send(MoveTask(task=card.id, to=to, seen=card.state))

    async def _start_with_owner(self, card: CardRow) -> None:
        """Nothing is in progress without an owner: ask, then assign and move in one."""
        title = self.words("Who does {key}?", key=card.key)
        me = self.session.me
        owner = await choose_owner(self, title=title, chosen=me.id if me else None)
        if owner is None:
            return
        assign = AssignTask(task=card.id, owner=owner, seen=None)
        move = MoveTask(task=card.id, to=State.DOING, seen=card.state)
        await self.send_all((assign, move))

    async def act_move_previous(self) -> None:
        """Put back, withdraw, send back with findings, or reopen with a reason."""
        card, me = self.card, self.session.me
        if card is None:
            return
        if card.state is State.TODO:
            self.tell(self.words(
                "{key} has not been started; {press} cancels it.",
                key=card.key,
                press=self.key("close"),
            ))
        elif card.state is State.DOING:
            await self.send(MoveTask(task=card.id, to=State.TODO, seen=card.state))
        elif card.state is State.DONE:
            await self._reopen(card)
        elif card.state is State.REVIEW and me is not None and card.owner == me.id:
            await self.send(MoveTask(task=card.id, to=State.DOING, seen=card.state))
        elif card.state is State.REVIEW:
            await self._send_back(card)

    async def _reopen(self, card: CardRow) -> None:
        from tui.prompts.text import TextPrompt

        title = self.words("Why is {key} opened again?", key=card.key)
        required = self.words("Reopening needs a reason; it is kept in the log.")
        await self.fill(
            card,
            lambda _, said: TextPrompt(
                self.words, title=title, value=said or "", required=required
            ),
            lambda card, reason: (
                MoveTask(task=card.id, to=State.DOING, seen=card.state, reason=reason),
            ),
        )

    async def _send_back(self, card: CardRow) -> None:
        from tui.prompts.long_text import LongTextPrompt

        title = self.words("Send {key} back: what must be changed?", key=card.key)
        required = self.words("Say what must be changed, so that the owner knows.")
        await self.fill(
            card,
            lambda _, said: LongTextPrompt(
                self.words, title=title, value=said or "", note=card.title, required=required
            ),
            lambda card, findings: (SendBack(task=card.id, findings=findings),),
        )

    async def act_owner(self) -> None:
        """Choose the owner."""
        card = self.card
        if card is None:
            return
        title = self.words("Owner of {key}", key=card.key)
        owner = await choose_owner(self, title=title, chosen=card.owner, nobody=True)
        if owner is not None:
            number = PersonId(owner) if owner else None
            await self.send(AssignTask(task=card.id, owner=number, seen=card.owner))

    async def act_due(self) -> None:
        """Set or clear the due date."""
        from tui.prompts.due import DueAnswer, DuePrompt

        card = self.card
        if card is None:
            return
        title = self.words("Due date of {key}", key=card.key)
        where = office(self, card.project)

        def make(seen: CardRow, said: DueAnswer | None) -> DuePrompt:
            return DuePrompt(
                self.words, title=title, at=said.at if said else seen.due, office=where
            )

        def commands(seen: CardRow, said: DueAnswer) -> Sequence[object]:
            setting = Setting("due", seen=seen.due, value=said.at)
            return (EditTask(task=seen.id, settings=(setting,), reason=said.reason),)

        await self.fill(card, make, commands)

    async def act_progress(self) -> None:
        """Say how far it is."""
        from tui.prompts.percent import PercentPrompt

        card = self.card
        if card is None:
            return
        title = self.words("Progress of {key}", key=card.key)
        await self.fill(
            card,
            lambda seen, said: PercentPrompt(
                self.words,
                title=title,
                percent=said.percent if said else seen.progress,
                done=said.done if said else "",
            ),
            lambda seen, said: (
                UpdateProgress(task=seen.id, progress=said.percent, done=said.done),
            ),
        )

    async def act_block(self) -> None:
        """Block, or say how it was resolved."""
        card = self.card
        if card is None:
            return
        await (self._block(card) if card.blocked_since is None else self._unblock(card))

    async def _block(self, card: CardRow) -> None:
        from tui.prompts.block import BlockPrompt

        title = self.words("Why can {key} not go on?", key=card.key)
        awaited = awaited_choices(self.session)
        await self.fill(
            card,
            lambda _, said: BlockPrompt(self.words, title=title, awaited=awaited, start=said),
            lambda seen, said: (
                BlockTask(
                    task=seen.id,
                    reason=said.reason,
                    waiting_for=said.waiting_for,
                    waiting_person=said.waiting_person,
                ),
            ),
        )

    async def _unblock(self, card: CardRow) -> None:
        from tui.prompts.text import TextPrompt

        title = self.words("{key} goes on. How was it resolved?", key=card.key)
        await self.fill(
            card,
            lambda _, said: TextPrompt(self.words, title=title, value=said or ""),
            lambda seen, said: (UnblockTask(task=seen.id, resolution=said),),
        )

    async def act_edit(self) -> None:
        """Title, owner, due and priority in one form."""
        from tui.prompts.task_form import FormFacts, TaskAnswer, TaskForm

        card = self.card
        if card is None:
            return
        where, people = office(self, card.project), people_choices(self.session)

        def make(seen: CardRow, said: TaskAnswer | None) -> TaskForm:
            now = TaskAnswer(
                title=seen.title, owner=seen.owner, due=seen.due, priority=seen.priority
            )
            facts = FormFacts(office=where, people=people, start=said or now)
            return TaskForm(self.words, title=self.words("Edit {key}", key=seen.key), facts=facts)

        def commands(seen: CardRow, said: TaskAnswer) -> Sequence[object]:
            names = ("title", "due", "priority")
            changed = [one for one in names if getattr(said, one) != getattr(seen, one)]
            settings = tuple(
                Setting(one, seen=getattr(seen, one), value=getattr(said, one)) for one in changed
            )
            found: list[object] = [EditTask(task=seen.id, settings=settings)] if settings else []
            if said.owner != seen.owner:
                found.append(AssignTask(task=seen.id, owner=said.owner, seen=seen.owner))
            return found

        await self.fill(card, make, commands)

    async def act_close(self) -> None:
        """Archive what is done, cancel what is open."""
        card = self.card
        if card is None:
            return
        if may_archive(card.state):
            await self._archive(card)
        else:
            await self._cancel(card)

    async def _archive(self, card: CardRow) -> None:
        from tui.prompts.confirm import ConfirmPrompt

        title = self.words("Archive {key}?", key=card.key)
        if await self.answer(ConfirmPrompt(self.words, title=title, question=card.title)):
            sent = await self.send(ArchiveTask(task=card.id, seen=card.state))
            if sent:
                self.tell(self.words("{key} is in the archive.", key=card.key))

    async def _cancel(self, card: CardRow) -> None:
        from tui.prompts.text import TextPrompt

        title = self.words("Cancel {key}: why is it given up?", key=card.key)
        required = self.words("Cancelling needs a reason; it is kept in the log.")
        sent = await self.fill(
            card,
            lambda _, said: TextPrompt(
                self.words, title=title, value=said or "", required=required
            ),
            lambda seen, said: (CancelTask(task=seen.id, seen=seen.state, reason=said),),
        )
        if sent:
            self.tell(self.words("{key} is cancelled.", key=card.key))
