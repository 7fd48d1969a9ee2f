"""Prompts: what they return, what they say while something is typed, what they refuse."""

from datetime import UTC, datetime

import pytest
from textual.app import App

from core.policies.calendar import calendar_named
from tui.due import NotADue, due_text, read_due, reading_words
from tui.prompts.choice import ChoicePrompt, MenuPrompt
from tui.prompts.confirm import ConfirmPrompt
from tui.prompts.due import DuePrompt, Office
from tui.prompts.inputs import Choice, LineInput, PickField
from tui.prompts.long_text import LongTextPrompt
from tui.prompts.percent import PercentPrompt
from tui.prompts.task_form import FormFacts, TaskForm
from tui.prompts.text import TextPrompt
from tui.words import Words

NOW = datetime(2024, 10, 16, 3, tzinfo=UTC)
"""Wednesday, eleven in the morning in Shanghai."""
CALENDAR = calendar_named("china")
CHOICES = [
    Choice(key="1", label="王磊", note="wang"),
    Choice(key="2", label="赵敏", note="zhao"),
    Choice(key="3", label="王芳", note="fang"),
]


class Asking(App[None]):
    """Nothing but a prompt."""

    def __init__(self, prompt):
        super().__init__()
        self.prompt = prompt
        self.answer = "not answered"

    def on_mount(self):
        self.push_screen(self.prompt, self.take)

    def take(self, answer):
        self.answer = answer

    def get_theme_variable_defaults(self):
        from tui.theming import VARIABLES

        return dict.fromkeys(VARIABLES, "#808080")


async def answered(prompt, *keys):
    app = Asking(prompt)
    async with app.run_test(size=(80, 24)) as pilot:
        await prompt.ready.wait()
        await pilot.press(*keys)
        await pilot.pause()
        return app.answer


async def test_a_line_is_trimmed():
    assert await answered(TextPrompt(Words(), title="?"), "space", "a", "space", "enter") == "a"


async def test_esc_answers_nothing():
    assert await answered(TextPrompt(Words(), title="?", value="kept"), "escape") is None


async def test_an_empty_line_that_is_needed_keeps_the_prompt_open():
    prompt = TextPrompt(Words(), title="?", required="Say why.")

    assert await answered(prompt, "enter") == "not answered"


async def test_a_pasted_text_stays_one_line_without_controls():
    from textual.events import Paste

    prompt = TextPrompt(Words(), title="?")
    app = Asking(prompt)
    async with app.run_test() as pilot:
        await prompt.ready.wait()
        app.post_message(Paste("two\nlines\x1b]52;c;eA==\x07\tand \u202ea tab"))
        await pilot.pause()
        value = prompt.query_one(LineInput).value
    assert value == "two lines]52;c;eA== and a tab"


async def test_a_list_narrows_as_is_typed():
    prompt = ChoicePrompt(Words(), title="?", choices=CHOICES)

    assert await answered(prompt, "z", "h", "enter") == "2"


async def test_a_list_starts_on_what_is_chosen_and_goes_round():
    prompt = ChoicePrompt(Words(), title="?", choices=CHOICES, chosen="3")

    assert await answered(prompt, "down", "enter") == "1"


async def test_a_list_in_which_nothing_fits_stays_open():
    prompt = ChoicePrompt(Words(), title="?", choices=CHOICES)

    assert await answered(prompt, "q", "enter") == "not answered"


@pytest.mark.parametrize(
    ("keys", "percent"),
    [
        (("up",), 50),
        (("down", "down"), 20),
        (("7", "5"), 75),
        (("７", "５"), 75),
        (("up",) * 9, 100),
        (("1", "0", "0", "percent_sign"), 100),
    ],
)
async def test_percent_by_arrows_and_digits(keys, percent):
    found = await answered(PercentPrompt(Words(), title="?", percent=40), *keys, "enter")

    assert found.percent == percent


@pytest.mark.parametrize("keys", [("1", "0", "1"), ("a",), ("backspace",)])
async def test_what_is_no_percent_keeps_the_prompt_open(keys):
    prompt = PercentPrompt(Words(), title="?", percent=40)

    assert await answered(prompt, *keys, "enter") == "not answered"


@pytest.mark.parametrize(("key", "answer"), [("y", True), ("n", None), ("escape", None)])
async def test_yes_and_no(key, answer):
    assert await answered(ConfirmPrompt(Words(), title="?", question="?"), key) is answer


async def test_a_long_text_has_lines_and_is_saved_by_ctrl_s():
    prompt = LongTextPrompt(Words(), title="?")

    assert await answered(prompt, "a", "enter", "b", "ctrl+s") == "a\nb"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", "2026-12-01"),
        ("2026/12/1", "2026-12-01"),
        ("2026年12月1日", "2026-12-01"),
        ("12-01", "2024-12-01"),
        ("12.1", "2024-12-01"),
        ("１２．１", "2024-12-01"),
        ("12月1日", "2024-12-01"),
        ("10.1", "2025-10-01"),
        ("2.29", "2028-02-29"),
        ("+3d", "2024-10-19"),
        ("+3", "2024-10-19"),
        ("3天后", "2024-10-19"),
        ("+2w", "2024-10-30"),
        ("+1m", "2024-11-16"),
        ("fri", "2024-10-18"),
        ("Friday", "2024-10-18"),
        ("wed", "2024-10-16"),
        ("周五", "2024-10-18"),
        ("星期日", "2024-10-20"),
        ("下周一", "2024-10-21"),
        ("下周五", "2024-10-25"),
        ("today", "2024-10-16"),
        ("今天", "2024-10-16"),
        ("tomorrow", "2024-10-17"),
        ("明天", "2024-10-17"),
        ("后天", "2024-10-18"),
    ],
)
def test_a_due_is_read_as_people_write_it(text, day):
    due = read_due(text, now=NOW, calendar=CALENDAR)

    assert due.day.isoformat() == day
    assert due.at.astimezone(CALENDAR.zone).strftime("%Y-%m-%d %H:%M") == f"{day} 18:00"


def test_a_due_may_have_an_hour():
    due = read_due("明天 15：30", now=NOW, calendar=CALENDAR)

    assert due.at == datetime(2024, 10, 17, 7, 30, tzinfo=UTC)


def test_nothing_clears_the_due():
    assert read_due("  ", now=NOW, calendar=CALENDAR) is None


@pytest.mark.parametrize(
    "text", ["soon", "3", "13-40", "2024-02-30", "+3x", "99:99", "+999999d", "下周八", "\u202e"]
)
def test_what_is_no_due_is_refused(text):
    with pytest.raises(NotADue):
        read_due(text, now=NOW, calendar=CALENDAR)


@pytest.mark.parametrize("text", ["2024-12-01", "12-02 09:30"])
def test_a_due_is_written_as_it_can_be_read(text):
    due = read_due(text, now=NOW, calendar=CALENDAR)

    assert read_due(due_text(due.at, CALENDAR), now=NOW, calendar=CALENDAR) == due


def test_how_a_due_was_read_is_said():
    saturday = read_due("10-19", now=NOW, calendar=CALENDAR)

    said = reading_words(Words(), saturday, now=NOW, calendar=CALENDAR)
    assert said == "Sat 2024-10-19 18:00 · in 3 days · day off"
    said = reading_words(Words("zh_CN"), saturday, now=NOW, calendar=CALENDAR)
    assert said == "周六 2024-10-19 18:00 · 3 天后 · 非工作日"


@pytest.mark.parametrize(
    ("text", "day"), [("next friday", "2024-10-25"), ("31.12.2024", "2024-12-31")]
)
def test_a_due_is_read_as_others_write_it(text, day):
    assert read_due(text, now=NOW, calendar=CALENDAR).day.isoformat() == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31.2.2026", "31.2.2026: there is no such day."),
        ("2026-02-30", "2026-02-30: there is no such day."),
        ("soon", "Write it like 2026-12-01, 12-01, +3d, fri or tomorrow."),
    ],
)
async def test_why_a_text_is_no_due_is_said_once(text, said):
    prompt = DuePrompt(Words(), title="?", at=None, office=Office(NOW, CALENDAR))
    app = Asking(prompt)
    async with app.run_test(size=(80, 24)) as pilot:
        await prompt.ready.wait()
        await pilot.press(*text, "enter")
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        seen = "\n".join("".join(part.text for part in strip) for strip in strips)
    assert app.answer == "not answered"
    assert seen.count(said) == 1
    assert seen.count("Write it like") + seen.count("no such day") == 1


async def test_the_same_progress_without_a_word_is_not_sent():
    prompt = PercentPrompt(Words(), title="?", percent=40)

    assert await answered(prompt, "enter") == "not answered"
    prompt = PercentPrompt(Words(), title="?", percent=40)
    found = await answered(prompt, "tab", "x", "enter")
    assert (found.percent, found.done) == (40, "x")


async def test_a_problem_goes_as_the_answer_changes():
    prompt = TextPrompt(Words(), title="?", required="Say why.")
    app = Asking(prompt)
    async with app.run_test(size=(80, 24)) as pilot:
        await prompt.ready.wait()
        window = prompt.query_one("#window")
        before = window.region
        await pilot.press("enter")
        assert str(prompt.query_one("#problem").render()) == "Say why."
        assert window.region == before
        await pilot.press("a")
        await pilot.pause()
        assert str(prompt.query_one("#problem").render()) == ""


async def test_a_window_keeps_its_place_as_a_list_narrows():
    prompt = ChoicePrompt(Words(), title="?", choices=CHOICES)
    app = Asking(prompt)
    async with app.run_test(size=(80, 24)) as pilot:
        await prompt.ready.wait()
        await pilot.pause()
        before = prompt.query_one("#window").region
        await pilot.press("q", "q")
        await pilot.pause()
        assert prompt.query_one("#window").region == before
        assert before.width == 80


async def test_a_menu_is_chosen_by_digit_or_arrow():
    assert await answered(MenuPrompt(Words(), title="?", choices=CHOICES), "2") == "2"
    assert await answered(MenuPrompt(Words(), title="?", choices=CHOICES), "down", "enter") == "2"


async def test_options_are_never_torn_apart():
    choices = [Choice(key=str(one), label=f"one of many {one}") for one in range(5)]
    field = PickField("About", id="about", choices=choices, chosen="0")

    class Showing(App[None]):
        def compose(self):
            yield field

    async with Showing().run_test(size=(50, 10)) as pilot:
        await pilot.pause()
        rows = str(field.query_one(".options").render()).split("\n")
    assert all(row[0] in "●○" for row in rows)
    assert len(rows) == 3


async def test_the_first_of_the_people_is_one_key_away():
    office = Office(NOW, CALENDAR)
    facts = FormFacts(office=office, people=CHOICES, place="In project OPS")
    form = TaskForm(Words(), title="?", facts=facts)

    found = await answered(form, "x", "tab", "down", "enter")
    assert found.owner == 1
    form = TaskForm(Words(), title="?", facts=facts)
    assert (await answered(form, "x", "enter")).owner is None
