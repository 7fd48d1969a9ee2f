"""What the keys do in the sync log: write, answer, make tasks, write minutes, narrow."""

from core.commands.sync import AddSyncEntry
from core.domain.ids import PersonId, ProjectId
from core.domain.status import SyncKind
from core.policies.clocks import local_day
from core.queries.synclog import SyncRow
from tui.prompts.inputs import Choice
from tui.prompts.sync import EntryAnswer, EntryFacts, SyncEntryPrompt
from tui.prompts.sync_filter import FilterAnswer, SyncFilterPrompt
from tui.screens.choosing import awaited_choices, home_of_new, office, people_choices
from tui.screens.kept_forms import Kept, delivered
from tui.screens.windowed import WindowedScreen
from tui.screens.writing_up import Meeting, follow_up, write_minutes
from tui.session import Session


class SyncKeys(WindowedScreen):
    """Mixed into the sync log's screen."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.shown = FilterAnswer()

    @property
    def chosen(self) -> SyncRow | None:
        """The chosen entry."""
        raise NotImplementedError

    def forget(self) -> None:
        """Begin with the newest again."""
        raise NotImplementedError

    @property
    def viewer(self) -> PersonId | None:
        """Whose restricted entries are shown."""
        return self.session.me.id if self.session.me else None

    async def act_open(self) -> None:
        """To the entry's task, or to the one that its follow-up became."""
        row = self.chosen
        if row is None:
            return
        task = row.task or row.follow_up_task
        if task is None:
            self.tell(self.words("This entry belongs to no task."), "warning")
            return
        await self.shell.show("detail", task=task)

    async def act_add(self) -> None:
        """Write an entry, or minutes where meetings are shown."""
        if self.shown.meetings:
            await self.act_minutes()
            return
        project = await self._home()
        if project is None:
            return
        title = self.words("New entry · {project}", project=self._key_of(project))
        facts = EntryFacts(
            office=office(self, project),
            people=people_choices(self.session),
            audience=awaited_choices(self.session),
        )
        start = EntryAnswer(kind=self.shown.kind or SyncKind.PROGRESS)
        kept = Kept(f"entry/{project}", again="add")

        def make(said: EntryAnswer) -> SyncEntryPrompt:
            return SyncEntryPrompt(self.words, title=title, facts=facts, start=said)

        def command(said: EntryAnswer) -> AddSyncEntry:
            return _entry(project, said)

        receipt = await delivered(self, make, start, command, kept=kept)
        if receipt is not None:
            self.list.choose(str(receipt.id))

    async def act_minutes(self) -> None:
        """Write down a meeting; its decisions become entries."""
        project = await self._home()
        held = Meeting(again="minutes")
        if project is not None and await write_minutes(self, project, held) is not None:
            await self._show(FilterAnswer(meetings=True))

    async def _home(self) -> ProjectId | None:
        title = self.words("To which project does it belong?")
        return await home_of_new(self, title=title)

    def _key_of(self, project: ProjectId) -> str:
        found = self.session.project_of(project)
        return found.key if found else ""

    async def act_respond(self) -> None:
        """Answer the question that the chosen entry asks."""
        from tui.screens.answering import answer_question

        row = self.chosen
        if row is None or row.asks is None:
            self.tell(self.words("This entry asks nothing."), "warning")
        elif row.answered:
            self.tell(self.words("This question is answered already."), "warning")
        else:
            await answer_question(self, row.id)

    async def act_follow_up(self) -> None:
        """Make a task of what was agreed."""
        row = self.chosen
        if row is None:
            self.tell(self.words("This entry names nothing to follow up."), "warning")
        else:
            await follow_up(self, row.id)

    async def act_filter(self) -> None:
        """Show some kinds, authors or days only, or the meetings."""
        people = [
            Choice(key=str(one.id), label=one.name, note=one.handle) for one in self.session.people
        ]
        today = local_day(self.session.now(), self.session.calendar())
        prompt = SyncFilterPrompt(self.words, people=people, start=self.shown, today=today)
        said = await self.answer(prompt)
        if said is not None:
            await self._show(said)

    async def _show(self, shown: FilterAnswer) -> None:
        self.shown = shown
        self.forget()
        await self.renew()
        self.list.first()
        await self.moved()

    async def act_leave(self) -> None:
        """Clear the filter; without one, back."""
        if self.shown != FilterAnswer():
            await self._show(FilterAnswer())
            return
        await super().act_leave()


def _entry(project: ProjectId, said: EntryAnswer) -> AddSyncEntry:
    return AddSyncEntry(
        project=project,
        topic=said.topic,
        content=said.content,
        kind=said.kind,
        audience=said.audience,
        people=said.named.people,
        departments=said.named.departments,
        restricted=said.restricted,
        reference=said.reference,
        remarks=said.remarks,
        asks=said.asks,
        follow_up=said.follow_up,
        follow_up_owner=said.follow_up_owner,
        follow_up_due=said.follow_up_due,
    )
