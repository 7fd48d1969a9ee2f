"""Adding parts to a task: subtasks, criteria, milestones, collaborators ..."""

from collections.abc import Awaitable, Callable
from typing import Any

from core.commands import parts
from core.commands.dependencies import AddDependency
from core.commands.progress import UpdateProgress
from core.commands.tasks import CreateTask
from core.domain.ids import DepartmentId, PersonId
from core.domain.refusals import Refusal
from core.domain.status import Facet
from core.policies.agreed import is_agreed
from core.queries.board import CardRow
from core.queries.directory import find_task
from tui.due import NotADue, not_due_words, read_due
from tui.prompts.choice import ChoicePrompt, MenuPrompt
from tui.prompts.criterion import CriterionAnswer, CriterionPrompt
from tui.prompts.inputs import Choice
from tui.prompts.task_form import FormFacts, TaskAnswer, TaskForm
from tui.prompts.text import TextPrompt
from tui.prompts.two_lines import Two, TwoLines
from tui.prompts.update import UpdateAnswer, UpdatePrompt
from tui.screens.choosing import awaited_choices, office, people_choices
from tui.screens.defining import like_it
from tui.screens.field_edits import FieldEdits
from tui.screens.part_rights import refused_kinds
from tui.words import N_

KINDS = {
    "subtask": N_("Subtask"),
    "criterion": N_("Acceptance criterion"),
    "milestone": N_("Milestone"),
    "deliverable": N_("Deliverable"),
    "collaborator": N_("Collaborator"),
    "dependency": N_("Dependency: what must be finished first"),
    "update": N_("Progress update"),
}
"""What can be added to a task."""

_NEW = CriterionAnswer("", Facet.OTHER)
"""Before it is added there is nothing."""

Adder = Callable[[CardRow], Awaitable[Any]]
"""Asks for a part of a task and sends it."""


class PartAdds(FieldEdits):
    """Mixed into the detail screen."""

    async def add_part(self, kinds: tuple[str, ...]) -> None:
        """Ask which of ``kinds``, unless there is but one, and then for the part itself."""
        if self.card is None:
            return
        kind: str | None = kinds[0]
        refused = refused_kinds(self, kinds)
        if len(refused) == len(kinds) and len({*refused.values()}) == 1:
            self.tell(refused[kinds[0]], "warning")
            return
        if len(kinds) > 1:
            choices = [Choice(key=one, label=self.words(KINDS[one])) for one in kinds]
            title = self.words("Add what?")
            prompt = MenuPrompt(self.words, title=title, choices=choices, refused=refused)
            kind = await self.answer(prompt)
        adders: dict[str | None, Adder] = {
            "subtask": self._add_subtask,
            "criterion": self._add_criterion,
            "milestone": self._add_milestone,
            "deliverable": self._add_deliverable,
            "collaborator": self._add_collaborator,
            "dependency": self._add_dependency,
            "update": self._add_update,
        }
        if kind in adders:
            await adders[kind](self.card)

    async def _add_subtask(self, card: CardRow) -> None:
        where, people = office(self, card.project), people_choices(self.session)
        title = self.words("New subtask of {key}", key=card.key)
        look = like_it(self.session)

        def make(_: CardRow, said: TaskAnswer | None) -> TaskForm:
            facts = FormFacts(office=where, people=people, start=said or TaskAnswer(), similar=look)
            return TaskForm(self.words, title=title, facts=facts)

        def commands(seen: CardRow, said: TaskAnswer) -> tuple[object, ...]:
            values = {"title": said.title, "owner": said.owner, "due": said.due}
            return (CreateTask(parent=seen.id, priority=said.priority, **values),)  # type: ignore[arg-type]

        await self.fill(card, make, commands)

    async def _add_criterion(self, card: CardRow) -> None:
        title = self.words("New criterion of {key}", key=card.key)
        await self.fill(
            card,
            lambda seen, said: CriterionPrompt(
                self.words,
                title=title,
                start=said,
                agreed=_NEW if is_agreed(seen.state, seen.updated) else None,
            ),
            lambda seen, said: (
                parts.AddCriterion(
                    task=seen.id, text=said.text, facet=said.facet, reason=said.reason
                ),
            ),
        )

    async def _add_milestone(self, card: CardRow) -> None:
        title = self.words("New milestone of {key}", key=card.key)
        labels = Two(self.words("Title"), self.words("Day"))
        where = office(self, card.project)

        def check(said: Two) -> str:
            if not said.first:
                return self.words("A milestone needs a name.")
            try:
                due = read_due(said.second, now=where.now, calendar=where.calendar)
            except NotADue as error:
                return not_due_words(self.words, said.second, error)
            return "" if due else not_due_words(self.words, said.second, NotADue())

        def commands(seen: CardRow, said: Two) -> tuple[object, ...]:
            due = read_due(said.second, now=where.now, calendar=where.calendar)
            return (parts.AddMilestone(task=seen.id, title=said.first, due=due.day),) if due else ()

        await self.fill(
            card,
            lambda _, said: TwoLines(
                self.words, title=title, labels=labels, start=said, check=check
            ),
            commands,
        )

    async def _add_deliverable(self, card: CardRow) -> None:
        title = self.words("New deliverable of {key}", key=card.key)
        labels = Two(self.words("Name"), self.words("Version"))

        def check(said: Two) -> str:
            return "" if said.first else self.words("A deliverable needs a name.")

        await self.fill(
            card,
            lambda _, said: TwoLines(
                self.words, title=title, labels=labels, start=said, check=check
            ),
            lambda seen, said: (
                parts.AddDeliverable(task=seen.id, name=said.first, edition=said.second),
            ),
        )

    async def _add_collaborator(self, card: CardRow) -> None:
        title = self.words("Who supports {key}?", key=card.key)
        choices = awaited_choices(self.session)
        who = await self.answer(ChoicePrompt(self.words, title=title, choices=choices))
        if who is None:
            return
        named: dict[str, Any] = {"person": PersonId(int(who))} if who.isdigit() else {}
        if not named:
            named = {"department": DepartmentId(int(who.rpartition(":")[2]))}
        await self.fill(
            card,
            lambda _, said: self.scope_prompt(card, said),
            lambda seen, said: (
                parts.AddCollaborator(
                    task=seen.id, scope=said.first, response_hours=hours(said.second), **named
                ),
            ),
        )

    def scope_prompt(self, card: CardRow, start: Two | None) -> TwoLines:
        """For what a collaborator answers, and how fast (R45)."""
        labels = Two(self.words("Scope"), self.words("Hours"))
        title = self.words("{key}: answers for what, and within how many hours?", key=card.key)

        def check(said: Two) -> str:
            right = not said.second or said.second.isdecimal()
            return "" if right else self.words("Hours are a whole number, such as 48.")

        return TwoLines(self.words, title=title, labels=labels, start=start, check=check)

    async def _add_dependency(self, card: CardRow) -> None:
        title = self.words("What must be finished before {key}?", key=card.key)
        required = self.words("Write the id of a task.")
        typed, notice = "", ""
        while True:
            prompt = TextPrompt(self.words, title=title, value=typed, required=required)
            prompt.notice = notice
            answer = await self.answer(prompt)
            if answer is None:
                return
            typed = answer
            try:
                needs = await self.session.bridge.ask(find_task, typed)
            except Refusal as refusal:
                notice = self.refusal_text(refusal)
                continue
            refused = await self.attempt((AddDependency(task=card.id, needs=needs),))
            if refused is None:
                return
            notice = self.refusal_text(refused)

    async def _add_update(self, card: CardRow) -> None:
        title = self.words("Update of {key}", key=card.key)

        def make(seen: CardRow, said: UpdateAnswer | None) -> UpdatePrompt:
            start = said or UpdateAnswer(percent=seen.progress)
            return UpdatePrompt(self.words, title=title, start=start)

        def commands(seen: CardRow, said: UpdateAnswer) -> tuple[object, ...]:
            command = UpdateProgress(
                task=seen.id,
                progress=said.percent,
                done=said.done,
                next=said.next,
                problems=said.problems,
                support=said.support,
            )
            return (command,)

        await self.fill(card, make, commands)


def hours(text: str) -> int | None:
    """Hours as they were typed; None for an empty text."""
    return int(text) if text else None
