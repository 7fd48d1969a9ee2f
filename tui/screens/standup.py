"""The standup: my tasks that owe an update, one form after another, then a summary."""

from core.commands.progress import UpdateProgress
from core.domain.people import Person
from core.policies.clocks import local_day
from core.queries import standup
from core.queries.standup import OwedRow
from tui.drafts import drafts_of
from tui.prompts.standup import StandupAnswer, StandupFacts, StandupPrompt, Step
from tui.prompts.summary import SummaryPrompt
from tui.prompts.update import UpdateAnswer
from tui.screens.standup_turns import Host, turn
from tui.standup_words import day_word, facts_line, markdown, parts_of


async def hold_standup(screen: Host) -> None:
    """Walk through what is owed; where nothing is, show what was said today."""
    me, session = screen.session.me, screen.session
    if me is None:
        screen.tell(screen.words("The board does not know you yet."), "warning")
        return
    rows = await session.bridge.ask(standup.owed, me.id, now=session.now())
    if rows and not await _Walk(screen, rows).goes_through():
        return
    if not await _summarize(screen, me):
        screen.tell(screen.words("You owe no update today."))


async def _summarize(screen: Host, me: Person) -> bool:
    """Show what was said today, to copy; False if nothing was."""
    session, words = screen.session, screen.words
    now = session.now()
    rows = await session.bridge.ask(standup.said_today, me.id, now=now)
    if rows:
        day = local_day(now, session.calendar()).isoformat()
        text = markdown(words, rows, name=me.name, day=day)
        await screen.answer(SummaryPrompt(words, title=words("Said today"), text=text))
    return bool(rows)


class _Walk:
    """From task to task; each update is sent as its form is left."""

    def __init__(self, screen: Host, rows: tuple[OwedRow, ...]) -> None:
        self._screen = screen
        self.words = screen.words
        self._rows = rows
        self._drafts = drafts_of(screen.session)
        self._sent: dict[int, UpdateAnswer] = {}
        """What was sent, by place."""
        self._typed: dict[int, UpdateAnswer] = {}
        """What was typed since, by place."""

    async def goes_through(self) -> bool:
        """Whether the member came to the end."""
        at, notice, told = 0, "", ""
        while at < len(self._rows):
            answer = await self._asked(at, notice=notice, told=told)
            notice = told = ""
            if answer is None:
                self._tell_left()
                return False
            self._typed[at] = answer.said
            if answer.step is Step.BACK:
                at = max(at - 1, 0)
            elif answer.step is Step.TURN:
                told = await turn(self._screen, self._rows[at], answer.said)
            elif answer.step is Step.SKIP or not (notice := await self._refused(at, answer.said)):
                at += 1
        return True

    async def _asked(self, at: int, *, notice: str, told: str) -> StandupAnswer | None:
        row, screen = self._rows[at], self._screen
        now, calendar = screen.session.now(), screen.session.calendar(row.task.project)
        title = f"{row.task.key} {row.task.title}"
        last = row.last
        said: tuple[tuple[str, str], ...] = (("", self.words("Nothing was said of it yet.")),)
        if last is not None:
            day = day_word(self.words, last, now=now, calendar=calendar)
            said = ((day, f"{last.progress}%"), *parts_of(self.words, last))
        facts = StandupFacts(
            place=self._place(at),
            facts=facts_line(self.words, row, now=now, calendar=calendar),
            yesterday=said,
            stands=row.task.progress,
            start=self._typed.get(at) or self._sent.get(at) or _begun(row),
            told=told,
        )
        prompt = StandupPrompt(self.words, title=title, facts=facts)
        prompt.draft = self._drafts.at(_key(row))
        prompt.notice = notice
        return await screen.answer(prompt)

    def _place(self, at: int) -> str:
        """Which of how many; those of other projects are asked for too."""
        here, counted = self._screen.session.project, {"place": at + 1, "count": len(self._rows)}
        if here is None or all(row.task.project == here for row in self._rows):
            return self.words("{place} of {count}", **counted)
        return self.words("{place} of {count}, all projects", **counted)

    async def _refused(self, at: int, said: UpdateAnswer) -> str:
        """Send it; why it was not taken, empty if it was. The same again is not sent twice."""
        row = self._rows[at]
        if self._sent.get(at) != said:
            command = UpdateProgress(
                task=row.task.task,
                progress=said.percent,
                done=said.done,
                next=said.next,
                problems=said.problems,
                support=said.support,
            )
            refusal = await self._screen.attempt((command,))
            if refusal is not None:
                return self._screen.refusal_text(refusal)
            self._sent[at] = said
        self._drafts.drop(_key(row))
        return ""

    def _tell_left(self) -> None:
        said = self.words(
            "{count} of {total} said. What was typed is kept; {press} goes on.",
            count=len(self._sent),
            total=len(self._rows),
            press=self._screen.key("standup"),
        )
        self._screen.tell(said)


def _key(row: OwedRow) -> str:
    return f"standup/{row.task.task}"


def _begun(row: OwedRow) -> UpdateAnswer:
    """What was planned the last time is what is done now, unless somebody says otherwise."""
    planned = row.last.next if row.last is not None else ""
    return UpdateAnswer(percent=row.task.progress, done=planned)
