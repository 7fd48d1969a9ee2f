"""The keys of the matrix of responsibilities: moving both ways, and setting letters."""

from collections.abc import Callable

from core.commands.raci import RemoveRaci, SetRaci, Told
from core.domain.ids import TaskId
from core.policies.acts import About
from core.policies.raci import Holder
from core.policies.rights import Act
from core.queries.raci import Matrix
from core.queries.raci_rows import NOTHING, Cell, Column, MatrixRow
from tui.prompts.confirm import ConfirmPrompt
from tui.prompts.letters import LettersAnswer, LettersPrompt
from tui.raci_words import name_of
from tui.screens.base import DubanScreen
from tui.screens.choosing import people_choices
from tui.screens.permitted import why_not_act
from tui.widgets.grid import Grid

_SETTING = frozenset({"edit", "add", "remove"})
NO_LETTERS = LettersAnswer(letters=(), note="")


class RaciKeys(DubanScreen):
    """Mixed into the screen with the matrix."""

    @property
    def grid(self) -> Grid:
        """The matrix."""
        raise NotImplementedError

    @property
    def row(self) -> MatrixRow | None:
        """The chosen task."""
        raise NotImplementedError

    @property
    def column(self) -> Column | None:
        """The chosen person or role."""
        raise NotImplementedError

    @property
    def found(self) -> Matrix:
        """All that is shown; read anew at any moment."""
        raise NotImplementedError

    async def read_on(self) -> None:
        """Read the next tasks, if little is left below the cursor."""

    def why_not(self, action: str, *, told: bool = True) -> str:
        """Who is what to a task is said by whoever may assign it."""
        if why := super().why_not(action, told=told):
            return why
        row = self.row if self.is_composed and action in _SETTING else None
        me, project = self.session.me, self.session.project_of(row.project) if row else None
        if row is None or me is None or project is None:
            return ""
        led = next((one for one in self.session.departments if one.id == project.department), None)
        return why_not_act(self, Act.ASSIGN, About(None, project, led), key=row.key, told=told)

    # Moving about

    def act_cursor_up(self) -> None:
        """One task up."""
        self.grid.move(-1)

    async def act_cursor_down(self) -> None:
        """One task down."""
        self.grid.move(1)
        await self.read_on()

    def act_cursor_left(self) -> None:
        """To the person or role on the left."""
        self.grid.move(columns=-1)

    def act_cursor_right(self) -> None:
        """To the person or role on the right."""
        self.grid.move(columns=1)

    def act_page_up(self) -> None:
        """One page up."""
        self.grid.page(-1)

    async def act_page_down(self) -> None:
        """One page down."""
        self.grid.page(1)
        await self.read_on()

    def act_cursor_first(self) -> None:
        """To the first task."""
        self.grid.first()

    async def act_cursor_last(self) -> None:
        """To the last task that is held."""
        self.grid.last()
        await self.read_on()

    # Letters

    async def act_open(self) -> None:
        """To the task."""
        if (row := self.row) is not None:
            await self.shell.show("detail", task=row.task)

    async def act_edit(self) -> None:
        """Set the letters of the chosen cell."""
        row, column = self.row, self.column
        if row is None or column is None:
            await self.act_add()
            return
        holder, stood = column.holder, row.cell(column.holder)
        start = LettersAnswer(letters=stood.letters, note=stood.note)
        title = f"{name_of(column)} · {row.key} {row.title}"

        def ask(answer: LettersAnswer) -> LettersPrompt:
            nonlocal stood  # as it is now, and not as it is when the answer comes
            stood = _cell(self.found, row.task, holder)
            may_clear = bool(stood.said)
            return LettersPrompt(self.words, title=title, start=answer, may_clear=may_clear)

        def command(said: LettersAnswer) -> object:
            return _command(row.task, holder, said, stood=stood)

        await self._fill(ask, start, command)

    async def act_add(self) -> None:
        """Set letters of somebody who has no column yet, or of anybody by name."""
        row = self.row
        if row is None:
            return
        people, stood = people_choices(self.session), self.found
        title = self.words("Who is what to {key}?", key=f"{row.key} {row.title}")

        def ask(answer: LettersAnswer) -> LettersPrompt:
            nonlocal stood
            stood = self.found
            return LettersPrompt(self.words, title=title, start=answer, people=people)

        def command(said: LettersAnswer) -> object:
            holder = Holder(said.person, said.label)
            return _command(row.task, holder, said, stood=_cell(stood, row.task, holder))

        given = await self._fill(ask, NO_LETTERS, command)
        if given is not None:
            self.grid.choose(column=Holder(given.person, given.label))

    async def act_remove(self) -> None:
        """Ask, then take the letters of the chosen cell away."""
        row, column = self.row, self.column
        cell = row.cell(column.holder) if row and column else NOTHING
        if row is None or column is None or not cell.letters:
            self.tell(self.words("Nothing is set here."), "warning")
            return
        title = self.words("Take the letters away? The history keeps them.")
        question = f"{name_of(column)} · {row.key} {row.title}"
        prompt = ConfirmPrompt(self.words, title=title, question=question)
        if not cell.said or await self.answer(prompt):
            await self.send(_command(row.task, column.holder, NO_LETTERS, stood=cell))

    async def _fill(
        self,
        ask: Callable[[LettersAnswer], LettersPrompt],
        start: LettersAnswer,
        command: Callable[[LettersAnswer], object],
    ) -> LettersAnswer | None:
        """Ask until it is taken; a refusal asks again with what was answered. None after Esc."""
        answer, notice = start, ""
        while True:
            prompt = ask(answer)
            prompt.notice = notice
            given = await self.answer(prompt)
            if given is None:
                return None
            refusal = await self.attempt([command(given)])
            if refusal is None:
                return given
            answer, notice = given, self.refusal_text(refusal)


def _cell(found: Matrix, task: TaskId, holder: Holder) -> Cell:
    """What somebody is to a task."""
    return next((one.cell(holder) for one in found.rows if one.task == task), NOTHING)


def _command(task: TaskId, holder: Holder, said: LettersAnswer, *, stood: Cell) -> object:
    """What the answer comes to; ``stood`` is the cell as its author saw it."""
    seen = Told(stood.said, stood.note)
    if not said.letters:
        return RemoveRaci(task=task, person=holder.person, label=holder.label, seen=seen)
    return SetRaci(
        task=task,
        person=holder.person,
        label=holder.label,
        letters=said.letters,
        note=said.note,
        seen=seen,
    )
