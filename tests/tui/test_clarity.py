"""The meter and what is like a task while it is written, and beginning what is not clear."""

import asyncio
import re
from collections.abc import Sequence

import pytest
from textual.app import App
from textual.widgets import Static

from core.commands.projects import EditProject
from core.domain.status import State
from core.policies.clarity import Gap
from core.queries.similar import Similar
from tests.tui.conftest import Drive, Team
from tui.cells import measure
from tui.clarity_words import GAPS, meter, meter_within
from tui.prompts.definition import SimilarLines
from tui.prompts.task_form import TaskForm
from tui.prompts.text import TextPrompt
from tui.words import LANGUAGES, Words


def test_every_gap_has_words():
    assert list(GAPS) == [gap.value for gap in Gap]
    for language in LANGUAGES:
        assert "8" in meter(Words(language), ())
    assert meter(Words(), (Gap.DUE, Gap.OWNER)) == "clear: 6 of 8 · missing: due date, one owner"


def test_the_meter_names_what_fits_and_counts_the_rest():
    gaps = tuple(Gap)
    assert meter_within(Words(), gaps, 72) == (
        "clear: 0 of 8 · missing: a concrete title, expected outcome +6"
    )
    for words in map(Words, LANGUAGES):
        for width in range(16, 200):
            assert measure(meter_within(words, gaps, width)) <= width
        assert meter_within(words, gaps, 200) == meter(words, gaps)


def text_of(form: object, name: str) -> str:
    return str(form.query_one(name, Static).render())  # type: ignore[attr-defined]


async def test_the_form_says_what_is_missing_and_what_is_like_it(team: Team, drive: Drive):
    team.put("汇总合同条款", owner="wang")
    async with drive(team.url) as member:
        await member.does("add")
        form = member.app.screen
        assert isinstance(form, TaskForm)
        assert text_of(form, "#meter").startswith("clear: 0 of 8 · missing: a concrete title")

        await member.types("核对合同条款")
        await answered(form.query_one(SimilarLines))

        assert text_of(form, "#meter").startswith("clear: 1 of 8 · missing: expected outcome")
        assert text_of(form, "#similar") == "≈ OPS-1 汇总合同条款 · To do · 王磊"
        assert "≈ OPS-1" in member.picture
        await member.presses("enter")
        assert team.titles(State.TODO) == ["汇总合同条款", "核对合同条款"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_meter_ends_within_a_low_screen(team: Team, drive: Drive, language: str):
    async with drive(team.url, language=language, size=(80, 24)) as member:
        await member.does("add")
        said = text_of(member.app.screen, "#meter")
        assert said in member.picture
        assert re.search(r" \+\d$", said)
        await member.types("核对合同条款")
        assert text_of(member.app.screen, "#meter") in member.picture
        await member.pilot.resize_terminal(80, 40)
        await member.settles()
        assert text_of(member.app.screen, "#meter").endswith(Words(language)("one owner"))


async def answered(lines: SimilarLines) -> None:
    while lines._is_asking:  # noqa: ASYNC110 - an event in the widget would be for tests only
        await asyncio.sleep(0)


async def test_editing_knows_the_rest_of_the_task_and_is_not_like_itself(team: Team, drive: Drive):
    task = team.put("汇总合同条款", owner="wang", outcome="一页纸", value="续约")
    async with drive(team.url) as member:
        await member.choose(task)
        await member.does("edit")
        form = member.app.screen
        assert text_of(form, "#meter").startswith("clear: 4 of 8 · missing: criterion on the form")

        await member.types("啊")
        await answered(form.query_one(SimilarLines))

        assert not form.query_one(SimilarLines).display


async def test_only_the_newest_title_is_asked_for():
    asked: list[str] = []
    gate = asyncio.Event()

    async def look(title: str) -> Sequence[Similar]:
        asked.append(title)
        await gate.wait()
        return ()

    lines = SimilarLines(Words(), look)

    class Page(App[None]):
        def compose(self):
            yield lines

    async with Page().run_test() as pilot:
        for title in ("合", "合同", "合同条", "合同条款"):
            lines.compare(title)
            await pilot.pause()
        gate.set()
        await answered(lines)

    assert asked == ["合", "合同条款"]


@pytest.fixture
def strict(team: Team) -> Team:
    """A project that requires clarity."""
    team.desk.do(EditProject(project=team.project, rules={"clarity": "required"}))
    return team


async def test_what_is_unclear_is_begun_from_the_board_with_a_reason(strict: Team, drive: Drive):
    task = strict.put("跟进", owner="lixin")
    async with drive(strict.url) as member:
        await member.choose(task)
        await member.does("move-next")
        assert isinstance(member.app.screen, TextPrompt)
        assert "is not clear enough to begin; still missing" in member.sentence
        await member.presses("escape")
        assert strict.card(task).state is State.TODO

        await member.does("move-next")
        await member.presses("enter")
        assert "needs a reason" in member.sentence
        await member.types("客户在等")
        await member.presses("enter")

        assert strict.card(task).state is State.DOING


async def test_whoever_gets_it_first_is_kept_only_with_the_start(strict: Team, drive: Drive):
    task = strict.put("跟进")
    async with drive(strict.url) as member:
        await member.choose(task)
        await member.does("move-next")
        await member.presses("enter")
        assert isinstance(member.app.screen, TextPrompt)
        assert strict.card(task).owner is None
        await member.types("急")
        await member.presses("enter")

        assert strict.card(task).state is State.DOING
        assert strict.card(task).owner == strict.people["lixin"]


async def test_the_detail_screen_says_how_clear_a_task_is(team: Team, drive: Drive):
    task, begun = team.put("跟进"), team.put("看看", State.DOING, owner="wang")
    async with drive(team.url) as member:
        await member.choose(task)
        await member.presses("enter")
        assert "clear: 0 of 8 · missing: a concrete title" in member.sentence
        await member.presses("escape")
        await member.choose(begun)
        await member.presses("enter")
        assert "clear:" not in member.sentence
