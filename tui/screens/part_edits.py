"""Changing, ticking and removing the parts of a task."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from core.commands import parts
from core.commands.dependencies import RemoveDependency
from core.commands.registering import RegisterDeliverable
from core.domain.ids import PartId, TaskId
from core.domain.parts import Collaborator, Criterion, Deliverable, Milestone
from core.policies.agreed import is_agreed
from core.policies.clocks import due_day
from core.queries.board import CardRow
from tui.due import read_due
from tui.prompts.base import Prompt
from tui.prompts.confirm import ConfirmPrompt
from tui.prompts.criterion import CriterionAnswer, CriterionPrompt
from tui.prompts.due import DueAnswer, DuePrompt
from tui.prompts.text import TextPrompt
from tui.prompts.two_lines import Two, TwoLines
from tui.screens.choosing import office
from tui.screens.part_adds import PartAdds, hours
from tui.screens.part_rights import why_not_add

Answered = TypeVar("Answered")
Part = TypeVar("Part", Collaborator, Criterion, Deliverable, Milestone)
Value = TypeVar("Value")

Changer = Callable[[CardRow, Any], Awaitable[Any]]
"""Asks for the new values of a part and sends them."""


class PartEdits(PartAdds):
    """Mixed into the detail screen. A part is named by its line's key: kind and id."""

    async def edit_part(self, kind: str, number: int) -> None:
        """Change a part; what cannot be changed is only looked at."""
        if self.card is None:
            return
        changers: dict[str, Changer] = {
            "criterion": self._change_criterion,
            "milestone": self._change_milestone,
            "collaborator": self._change_collaborator,
            "deliverable": self._change_deliverable,
        }
        found = self._part(kind, number)
        if found is not None:
            await changers[kind](self.card, found)

    def _part(self, kind: str, number: int) -> Any | None:  # noqa: ANN401
        """A part as the screen shows it; None for what is no part, or is gone."""
        view = self.view
        lists: dict[str, tuple[Any, ...]] = {}
        if view is not None:
            lists = {
                "criterion": view.criteria,
                "milestone": view.milestones,
                "collaborator": view.collaborators,
                "deliverable": view.deliverables,
            }
        return next((one for one in lists.get(kind, ()) if one.id == number), None)

    async def _change(
        self,
        card: CardRow,
        one: Part,
        make: Callable[[Part, Answered | None], Prompt[Answered]],
        command: Callable[[Part, Answered], object | None],
    ) -> None:
        """Ask and send as ``fill``; both are given the part as it was when the prompt opened.

        ``command`` is None where the answer changes nothing.
        """
        seen = one

        def prompt(_: CardRow, said: Answered | None) -> Prompt[Answered]:
            nonlocal seen
            seen = self._part(type(one).__name__.lower(), one.id) or seen
            return make(seen, said)

        def commands(_: CardRow, said: Answered) -> tuple[object, ...]:
            found = command(seen, said)
            return () if found is None else (found,)

        await self.fill(card, prompt, commands)

    async def remove_part(self, kind: str, number: int, text: str) -> None:
        """Ask, then take the part away."""
        if self.card is None or kind not in {*parts.REMOVABLE, "needs"}:
            self.tell(self.words("This cannot be removed."), "warning")
            return
        if kind == "criterion" and is_agreed(self.card.state, self.card.updated):
            await self._remove_agreed(self.card, number, text)
            return
        title = self.words("Remove it? The history keeps its text.")
        if not await self.answer(ConfirmPrompt(self.words, title=title, question=text)):
            return
        if kind == "needs":
            await self.send(RemoveDependency(task=self.card.id, needs=TaskId(number)))
        else:
            await self.send(parts.RemovePart(kind=kind, part=PartId(number)))

    async def _remove_agreed(self, card: CardRow, number: int, text: str) -> None:
        """Criteria that are agreed go only with a reason (R139)."""
        title = self.words("Remove “{text}”: why?", text=text)
        required = self.words("The work has begun: say why its criteria change.")
        await self.fill(
            card,
            lambda _, said: TextPrompt(
                self.words, title=title, value=said or "", required=required
            ),
            lambda _, said: (parts.RemovePart(kind="criterion", part=PartId(number), reason=said),),
        )

    async def tick_part(self, kind: str, number: int) -> None:
        """Tick a criterion or a milestone, or take the tick back; register a deliverable."""
        one = self._part(kind, number)
        if isinstance(one, Criterion):
            await self.send(parts.ChangeCriterion(criterion=one.id, met=not one.met, seen=one))
        elif isinstance(one, Milestone):
            reached = one.done is None
            await self.send(parts.ChangeMilestone(milestone=one.id, reached=reached, seen=one))
        elif isinstance(one, Deliverable) and self.card is not None:
            if why := why_not_add(self, "deliverable"):
                self.tell(why, "warning")
            else:
                await self._register(self.card, one)

    async def _register(self, card: CardRow, one: Deliverable) -> None:
        """Say where a deliverable lies; the sync log tells everybody (R96)."""
        title = self.words("Register {name}: where does it lie?", name=one.name)
        required = self.words("Name the folder or link where others find it.")

        def make(seen: Deliverable, said: str | None) -> TextPrompt:
            value = said or seen.location
            return TextPrompt(self.words, title=title, value=value, required=required)

        def command(seen: Deliverable, said: str) -> object:
            return RegisterDeliverable(deliverable=seen.id, location=said)

        await self._change(card, one, make, command)

    async def _change_criterion(self, card: CardRow, one: Criterion) -> None:
        title = self.words("Criterion of {key}", key=card.key)

        def make(seen: Criterion, said: CriterionAnswer | None) -> CriterionPrompt:
            stands = CriterionAnswer(seen.text, seen.facet)
            agreed = stands if is_agreed(card.state, card.updated) else None
            return CriterionPrompt(self.words, title=title, start=said or stands, agreed=agreed)

        def command(seen: Criterion, said: CriterionAnswer) -> object:
            return parts.ChangeCriterion(
                criterion=seen.id,
                text=said.text,
                facet=_other(said.facet, seen.facet),
                seen=seen,
                reason=said.reason,
            )

        await self._change(card, one, make, command)

    async def _change_milestone(self, card: CardRow, one: Milestone) -> None:
        where = office(self, card.project)

        def make(seen: Milestone, said: DueAnswer | None) -> DuePrompt:
            start = read_due(seen.due.isoformat(), now=where.now, calendar=where.calendar)
            at = said.at if said else start.at if start else None
            return DuePrompt(self.words, title=seen.title, at=at, office=where)

        def command(seen: Milestone, said: DueAnswer) -> object | None:
            if said.at is None:
                return None
            day = due_day(said.at, where.calendar)
            return parts.ChangeMilestone(milestone=seen.id, due=day, seen=seen)

        await self._change(card, one, make, command)

    async def _change_collaborator(self, card: CardRow, one: Collaborator) -> None:
        def make(seen: Collaborator, said: Two | None) -> TwoLines:
            start = Two(seen.scope, str(seen.response_hours or ""))
            return self.scope_prompt(card, said or start)

        def command(seen: Collaborator, said: Two) -> object:
            return parts.ChangeCollaborator(
                collaborator=seen.id,
                scope=_other(said.first, seen.scope),
                response_hours=_other(hours(said.second), seen.response_hours),
                seen=seen,
            )

        await self._change(card, one, make, command)

    async def _change_deliverable(self, card: CardRow, one: Deliverable) -> None:
        labels = Two(self.words("Version"), self.words("Location"))

        def make(seen: Deliverable, said: Two | None) -> TwoLines:
            start = said or Two(seen.edition, seen.location)
            return TwoLines(self.words, title=seen.name, labels=labels, start=start)

        def command(seen: Deliverable, said: Two) -> object:
            return parts.ChangeDeliverable(
                deliverable=seen.id,
                edition=_other(said.first, seen.edition),
                location=_other(said.second, seen.location),
                seen=seen,
            )

        await self._change(card, one, make, command)


def _other(said: Value, seen: Value) -> Value | None:
    """None, which leaves a field alone, where the member did not change it."""
    return None if said == seen else said
