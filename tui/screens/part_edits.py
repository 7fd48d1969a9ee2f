"""Changing, ticking and removing the parts of a task."""

from collections.abc import Awaitable, Callable
from typing import Any

from core.commands import parts
from core.commands.dependencies import RemoveDependency
from core.domain.ids import PartId, TaskId
from core.policies.clocks import due_day
from core.queries.board import CardRow
from tui.due import read_due
from tui.prompts.confirm import ConfirmPrompt
from tui.prompts.due import DueAnswer, DuePrompt
from tui.prompts.text import TextPrompt
from tui.prompts.two_lines import Two, TwoLines
from tui.screens.choosing import office
from tui.screens.part_adds import PartAdds, hours

Changer = Callable[[CardRow, Any], Awaitable[Any]]
"""Asks for the new values of a part and sends them."""


class PartEdits(PartAdds):
    """Mixed into the detail screen. A part is named by its line's key: kind and id."""

    async def edit_part(self, kind: str, number: int) -> None:
        """Change a part; what cannot be changed is only looked at."""
        view, card = self.view, self.card
        if view is None or card is None:
            return
        lists: dict[str, tuple[Any, ...]] = {
            "criterion": view.criteria,
            "milestone": view.milestones,
            "collaborator": view.collaborators,
            "deliverable": view.deliverables,
        }
        changers: dict[str, Changer] = {
            "criterion": self._change_criterion,
            "milestone": self._change_milestone,
            "collaborator": self._change_collaborator,
            "deliverable": self._change_deliverable,
        }
        found = next((one for one in lists.get(kind, ()) if one.id == number), None)
        if found is not None:
            await changers[kind](card, found)

    async def remove_part(self, kind: str, number: int, text: str) -> None:
        """Ask, then take the part away."""
        if self.card is None or kind not in {*parts.REMOVABLE, "needs"}:
            self.tell(self.words("This cannot be removed."))
            return
        title = self.words("Remove it? The history keeps its text.")
        if not await self.answer(ConfirmPrompt(self.words, title=title, question=text)):
            return
        if kind == "needs":
            await self.send(RemoveDependency(task=self.card.id, needs=TaskId(number)))
        else:
            await self.send(parts.RemovePart(kind=kind, part=PartId(number)))

    async def tick_part(self, kind: str, number: int) -> None:
        """Tick a criterion or a milestone, or take the tick back."""
        view = self.view
        if view is None:
            return
        if kind == "criterion":
            one = next(one for one in view.criteria if one.id == number)
            await self.send(parts.ChangeCriterion(criterion=one.id, met=not one.met))
        elif kind == "milestone":
            node = next(one for one in view.milestones if one.id == number)
            await self.send(parts.ChangeMilestone(milestone=node.id, reached=node.done is None))

    async def _change_criterion(self, card: CardRow, one: Any) -> None:  # noqa: ANN401
        title = self.words("Criterion of {key}", key=card.key)
        required = self.words("Say what the acceptor will check.")
        await self.fill(
            card,
            lambda _, said: TextPrompt(
                self.words, title=title, value=said or one.text, required=required
            ),
            lambda _, said: (parts.ChangeCriterion(criterion=one.id, text=said),),
        )

    async def _change_milestone(self, card: CardRow, one: Any) -> None:  # noqa: ANN401
        where = office(self, card.project)
        start = read_due(one.due.isoformat(), now=where.now, calendar=where.calendar)
        at = start.at if start else None

        def commands(_: CardRow, said: DueAnswer) -> tuple[object, ...]:
            if said.at is None:
                return ()
            day = due_day(said.at, where.calendar)
            return (parts.ChangeMilestone(milestone=one.id, due=day),)

        await self.fill(
            card,
            lambda _, said: DuePrompt(
                self.words, title=one.title, at=said.at if said else at, office=where
            ),
            commands,
        )

    async def _change_collaborator(self, card: CardRow, one: Any) -> None:  # noqa: ANN401
        start = Two(one.scope, str(one.response_hours or ""))
        await self.fill(
            card,
            lambda _, said: self.scope_prompt(card, said or start),
            lambda _, said: (
                parts.ChangeCollaborator(
                    collaborator=one.id, scope=said.first, response_hours=hours(said.second)
                ),
            ),
        )

    async def _change_deliverable(self, card: CardRow, one: Any) -> None:  # noqa: ANN401
        labels = Two(self.words("Version"), self.words("Location"))
        start = Two(one.edition, one.location)
        await self.fill(
            card,
            lambda _, said: TwoLines(
                self.words, title=one.name, labels=labels, start=said or start
            ),
            lambda _, said: (
                parts.ChangeDeliverable(
                    deliverable=one.id, edition=said.first, location=said.second
                ),
            ),
        )
