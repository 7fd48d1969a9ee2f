"""Editing a task's fields in place, each with the prompt that fits it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from core.commands.closing import RestoreTask
from core.commands.editing import EditTask, Setting
from core.domain.ids import PersonId
from core.domain.refusals import Refusal
from core.domain.status import Priority, State
from core.domain.work_types import offered
from core.policies.clocks import due_day, due_instant
from core.queries.board import CardRow
from core.queries.detail import TaskView
from core.queries.directory import work_types
from tui.prompts.base import Prompt
from tui.prompts.choice import ChoicePrompt, MenuPrompt
from tui.prompts.due import DueAnswer, DuePrompt
from tui.prompts.inputs import Choice
from tui.prompts.long_text import LongTextPrompt
from tui.prompts.text import TextPrompt
from tui.screens.card_actions import CardActions
from tui.screens.choosing import NOBODY, office, people_choices
from tui.screens.detail_lines import CLOSED
from tui.terms import field_word, priority_word, state_word

Answered = TypeVar("Answered")

_LINES = frozenset({"title", "status_note", "risk_note", "delay_reason"})
_TEXTS = frozenset({"description", "background", "outcome", "value", "note"})
_PEOPLE = frozenset({"acceptor", "initiator"})


class FieldEdits(CardActions):
    """Mixed into a screen that shows everything about one task."""

    @property
    def view(self) -> TaskView | None:
        """The task as the screen shows it; None before it was read."""
        raise NotImplementedError

    async def edit_field(self, name: str) -> None:
        """Ask for the field's new value and send it with the one that was seen (law 4)."""
        own: dict[str, Callable[[], Any]] = {
            "owner": self.act_owner,
            "due": self.act_due,
            "progress": self.act_progress,
            "blocked": self.act_block,
            "resolution": self.act_respond,
            "extension": self.act_respond,
            "nudges": self.act_nudge,
            "priority": self._priority,
            "urgent": self._urgent,
            "type": self._type,
            "expected": self._expected,
            "start": self._start,
        }
        if name in own:
            await own[name]()
        elif name in _LINES:
            await self._line(name)
        elif name in _TEXTS:
            await self._text(name)
        elif name in _PEOPLE:
            await self._person(name)
        elif self.is_closed:
            press = self.key("restore")
            self.tell(self.words("{press} restores it", press=press), "warning")
        else:
            self.tell(self.words("L moves it on, H moves it back."), "warning")

    @property
    def is_closed(self) -> bool:
        """Whether the task is archived or cancelled."""
        return self.view is not None and self.view.task.state in CLOSED

    async def act_restore(self) -> None:
        """Back to the state it had before it was archived or cancelled."""
        if self.card is None:
            return
        receipt = await self.send(RestoreTask(task=self.card.id))
        if receipt is not None and not receipt.warnings and self.view is not None:
            state = state_word(self.words, self.view.task.state)
            self.tell(self.words("{key} is back: {state}.", key=receipt.name, state=state))

    async def _set(
        self,
        name: str,
        make: Callable[[Any], Prompt[Answered]],
        read: Callable[[Answered], object],
    ) -> None:
        """Ask with ``make``, given the value seen or typed; a conflict asks again (law 4)."""
        if self.card is None:
            return
        seen: list[object] = []

        def prompt(_: CardRow, said: Answered | None) -> Prompt[Answered]:
            seen[:] = [getattr(self.view.task, name)] if self.view else []
            return make(seen[0] if said is None else read(said))

        def commands(card: CardRow, said: Answered) -> tuple[object, ...]:
            reason = said.reason if isinstance(said, DueAnswer) else ""
            setting = Setting(name, seen=seen[0], value=read(said))
            return (EditTask(task=card.id, settings=(setting,), reason=reason),)

        await self.fill(self.card, prompt, commands)

    def _title(self, name: str) -> str:
        key = self.card.key if self.card else ""
        return f"{key} · {field_word(self.words, name)}"

    async def _line(self, name: str) -> None:
        title = self._title(name)
        required = self.words("A task needs a title.") if name == "title" else ""

        def make(value: str) -> TextPrompt:
            return TextPrompt(self.words, title=title, value=value, required=required)

        await self._set(name, make, str)

    async def _text(self, name: str) -> None:
        title = self._title(name)

        def make(value: str) -> LongTextPrompt:
            return LongTextPrompt(self.words, title=title, value=value)

        await self._set(name, make, str)

    async def _choose(
        self,
        name: str,
        choices: list[Choice],
        read: Callable[[str], object],
        *,
        kind: type[ChoicePrompt] = ChoicePrompt,
    ) -> None:
        title = self._title(name)

        def make(value: object) -> ChoicePrompt:
            chosen = "" if value is None else str(value)
            return kind(self.words, title=title, choices=choices, chosen=chosen)

        await self._set(name, make, read)

    async def _person(self, name: str) -> None:
        if name == "acceptor" and self.card is not None and self.card.state is State.REVIEW:
            from tui.screens.verdicts import name_acceptor

            await name_acceptor(self, self.card)
            return
        choices = people_choices(self.session)
        choices.append(Choice(key=NOBODY, label=self.words("nobody")))
        await self._choose(name, choices, lambda key: PersonId(int(key)) or None)

    async def _priority(self) -> None:
        choices = [Choice(key=one, label=priority_word(self.words, one)) for one in Priority]
        await self._choose("priority", choices, Priority, kind=MenuPrompt)

    async def _type(self) -> None:
        try:
            known = await self.session.bridge.ask(work_types)
        except Refusal as refusal:
            self.refused(refusal)
            return
        labels = offered((one.label for one in known), self.words.language)
        now = self.view.task.type if self.view else ""
        if now and now not in labels:
            labels = (now, *labels)
        choices = [Choice(key=label, label=label) for label in labels]
        await self._choose("type", [Choice(key="", label=self.words("none")), *choices], str)

    async def _urgent(self) -> None:
        """Yes or no: no question is needed."""
        if self.view is not None:
            task = self.view.task
            setting = Setting("urgent", seen=task.urgent, value=not task.urgent)
            await self.send(EditTask(task=task.id, settings=(setting,)))

    async def _expected(self) -> None:
        title = self._title("expected")
        where = office(self, self.card.project if self.card else None)

        def make(value: datetime | None) -> DuePrompt:
            return DuePrompt(self.words, title=title, at=value, office=where)

        await self._set("expected", make, lambda said: said.at)

    async def _start(self) -> None:
        """A day; it is asked for like a due."""
        title = self._title("start")
        where = office(self, self.card.project if self.card else None)

        def make(value: date | None) -> DuePrompt:
            at = due_instant(value, where.calendar) if value else None
            return DuePrompt(self.words, title=title, at=at, office=where)

        def read(said: DueAnswer) -> date | None:
            return due_day(said.at, where.calendar) if said.at else None

        await self._set("start", make, read)
