"""Finding from any screen: as one types, and then where it stands."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.widgets import Input, OptionList, Static

from core.commands.issues import RaiseIssue
from core.commands.meetings import HoldMeeting
from core.commands.progress import UpdateProgress
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.domain.ids import ProjectId, TaskId
from core.domain.meetings import MeetingKind
from core.domain.searching import FoundKind
from core.domain.status import State
from core.queries.searching import Hit
from core.queries.words import places, terms
from tests.tui.stage import NOW, OPS, OVERDUE, Member, open_desk, set_stage, sitting
from tui.prompts.find import FindPrompt
from tui.prompts.find_lines import hit_lines, marked
from tui.screens.detail import DetailScreen
from tui.screens.synclog import SyncScreen
from tui.words import Words


@pytest.fixture
def url(sqlite_url: str) -> str:
    """The stage, and something of each kind with 灯塔 in it."""
    set_stage(sqlite_url)
    desk = open_desk(sqlite_url)
    desk.do(CreateTask(project=OPS, title="[@click=app.quit]灯塔 [/]beacon", description="说明"))
    desk.do(UpdateProgress(task=OVERDUE, progress=30, done="灯塔已亮"))
    desk.do(RaiseIssue(task=OVERDUE, title="灯塔受损", impact="全港"))
    desk.do(AddSyncEntry(project=OPS, topic="灯塔推迟", content="到下周"))
    desk.do(
        HoldMeeting(
            project=OPS,
            kind=MeetingKind.WEEKLY,
            topic="港务周会",
            minutes="谈了灯塔的预算",
            decisions=("先修再建",),
        )
    )
    desk.close()
    return sqlite_url


async def asks(member: Member, words: str, *, tabs: int = 0) -> FindPrompt:
    """Press ``f`` and put ``words`` in, as an input method does."""
    await member.presses("f")
    prompt = member.app.screen
    assert isinstance(prompt, FindPrompt)
    prompt.query_one("#words", Input).insert_text_at_cursor(words)
    await member.presses(*["tab"] * tabs)
    await answered(member, prompt)
    return prompt


async def answered(member: Member, prompt: FindPrompt) -> None:
    """Wait until the hits are there."""
    await member.pilot.pause()
    asking = [worker for worker in member.app.workers if worker.group == "find"]
    if asking:  # nobody in particular would mean everybody, who listens for ever
        await member.app.workers.wait_for_complete(asking)
    await member.pilot.pause()
    assert prompt.is_mounted


def kinds(prompt: FindPrompt) -> list[str]:
    return [line.prompt.plain[0] for line in prompt.query_one("#hits", OptionList).options]  # type: ignore[union-attr]


async def test_it_finds_as_one_types_and_goes_there(url: str):
    async with sitting(url) as member:
        prompt = await asks(member, "beac")
        assert kinds(prompt) == ["#"]
        assert "[@click=app.quit]灯塔 [/]beacon" in member.sees
        await member.presses("enter")
        screen = member.app.screen
        assert isinstance(screen, DetailScreen)
        assert screen.place == ("detail", TaskId(5))


async def test_tab_limits_the_kinds(url: str):
    async with sitting(url) as member:
        prompt = await asks(member, "灯塔")
        assert kinds(prompt)[0] == "*"
        assert set(kinds(prompt)) == {"#", ">", "!", "=", "*"}
        for wanted in "#>!=*":
            await member.presses("tab")
            await answered(member, prompt)
            assert set(kinds(prompt)) == {wanted}
        await member.presses("tab")
        await answered(member, prompt)
        assert len(set(kinds(prompt))) == 5
        await member.presses("escape")
        assert not isinstance(member.app.screen, FindPrompt)


async def test_each_kind_leads_somewhere(url: str):
    async with sitting(url) as member:
        for tabs in (2, 3):
            await asks(member, "灯塔", tabs=tabs)
            await member.presses("enter")
            assert member.app.screen.place == ("detail", OVERDUE)  # type: ignore[attr-defined]
            await member.presses("1")
        await asks(member, "推迟", tabs=4)
        await member.presses("enter")
        screen = member.app.screen
        assert isinstance(screen, SyncScreen)
        assert screen.chosen is not None
        assert screen.chosen.topic == "灯塔推迟"
        assert screen.shown.day_from == screen.shown.day_to == NOW.date()
        await asks(member, "预算", tabs=5)
        await member.presses("enter")
        assert "谈了灯塔的预算" in member.sees
        assert "先修再建" in member.sees
        await member.presses("escape")
        assert isinstance(member.app.screen, SyncScreen)


async def test_nothing_found_is_said_and_stays_open(url: str):
    async with sitting(url) as member:
        prompt = await asks(member, "量子")
        assert kinds(prompt) == []
        assert "Nothing found" in member.sees
        await member.presses("enter")
        assert isinstance(member.app.screen, FindPrompt)
        await member.presses("backspace", "backspace")
        await answered(member, prompt)
        assert "are searched" in member.sees


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 18)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_every_row_is_as_wide_as_the_screen(url: str, size: tuple[int, int], language: str):
    async with sitting(url, size=size, language=language) as member:
        await asks(member, "灯塔")
        rows = member.sees.splitlines()
        assert {cell_len(row) for row in rows} == {size[0]}
        assert "灯塔受损" in member.sees


def hit(title: str, **more: object) -> Hit:
    made: dict[str, object] = {
        "kind": FoundKind.TASK,
        "id": 1,
        "task": TaskId(1),
        "key": "OPS001",
        "title": title,
        "title_places": places(title, terms("灯塔")),
        "snippet": "",
        "places": (),
        "project": ProjectId(1),
        "project_key": "OPS",
        "time_zone": "UTC",
        "person": "李专员",
        "day": None,
        "when": datetime(2026, 3, 17, tzinfo=UTC),
        "state": State.CANCELLED,
    }
    return Hit(**{**made, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [1, 2, 7, 20, 40, 76, 112])
@pytest.mark.parametrize(
    "title",
    [
        "灯塔",
        "a灯塔b" * 40,
        "x",
        "\x1b[31m灯塔\u202e",
        "👨\u200d👩\u200d👧灯塔⚠\ufe0f",
        "e\u0301灯塔" * 9,
    ],
)
def test_a_text_takes_exactly_its_room(title: str, width: int):
    drawn = marked(title, places(title, terms("灯塔")), width)
    assert cell_len(drawn.plain) == width
    assert drawn.plain.replace("\u200d", "").isprintable()
    lines = hit_lines(Words("zh_CN"), hit(title, snippet=title), now=NOW, width=76).plain
    assert [cell_len(line) for line in lines.split("\n")] == [76, 76]
    assert "已取消" in lines


class Alone(App[Hit | None]):
    """A prompt, and a store that answers when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.may_answer = asyncio.Event()

    async def search(self, words: str, _: tuple[FoundKind, ...]) -> Sequence[Hit]:
        self.asked.append(words)
        await self.may_answer.wait()
        return [hit(words)]

    def get_css_variables(self) -> dict[str, str]:
        """What duban's own themes give."""
        names = ("key", "muted", "danger", "column-header", "card-selected", "warning")
        more = ("card-selected-text", "ok", "review", "soon")
        found = {f"duban-{name}": "#808080" for name in (*names, *more)}
        return {**super().get_css_variables(), **found}


async def test_only_the_newest_question_is_asked_and_keys_never_wait():
    app = Alone()
    async with app.run_test() as pilot:
        went: list[Hit | None] = []
        prompt = FindPrompt(Words("en"), search=app.search, now=NOW)
        await app.push_screen(prompt, went.append)
        await pilot.press(*"abcd")
        assert prompt.query_one("#words", Input).value == "abcd"
        assert app.asked == ["a"]
        await pilot.press("enter")
        assert went == [], "Enter waits for the answer to what is typed"
        app.may_answer.set()
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.asked == ["a", "abcd"]
        assert [one.title for one in went if one] == ["abcd"]


async def test_what_was_typed_stays_when_the_store_does_not_answer():
    from core.domain.refusals import Unavailable

    async def search(_: str, __: tuple[FoundKind, ...]) -> Sequence[Hit]:
        raise Unavailable("connection-lost")

    app = Alone()
    async with app.run_test() as pilot:
        prompt = FindPrompt(Words("en"), search=search, now=NOW)
        await app.push_screen(prompt)
        await pilot.press(*"ab")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert prompt.query_one("#words", Input).value == "ab"
        assert "did not answer" in str(prompt.query_one("#problem", Static).content)


async def test_a_find_begun_on_a_screen_that_is_left_goes_on(url: str):
    async with sitting(url) as member:
        await member.presses("4")
        await asks(member, "推迟", tabs=4)
        await member.presses("enter")
        screen = member.app.screen
        assert isinstance(screen, SyncScreen)
        await member.pilot.pause()
        assert screen.shown.day_from == screen.shown.day_to == NOW.date()
        assert screen.chosen is not None
        assert screen.chosen.topic == "灯塔推迟"
