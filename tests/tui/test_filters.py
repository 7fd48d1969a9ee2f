"""Nothing raw reaches the terminal, whichever widget drew it.

A real app runs with a driver that keeps what it is given to write, so these are the bytes that
a terminal would see. The control run, without our filter, must leak: else nothing is proved.
"""

import re
from typing import ClassVar

import pytest
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import App
from textual.color import Color
from textual.containers import VerticalScroll
from textual.content import Content
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import (
    Button,
    Checkbox,
    DataTable,
    Input,
    Label,
    Log,
    Markdown,
    OptionList,
    RichLog,
    SelectionList,
    Static,
    TextArea,
    Tree,
)
from textual.widgets.option_list import Option

from core.domain.text import is_hidden
from tui.filters import REPLACEMENT, NoRawControls, with_last_line

HOSTILE = [
    *(chr(code) for code in range(0x20) if chr(code) not in "\t\n\r\v\f"),
    *map(chr, range(0x7F, 0xA0)),
    *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    *"\u200b\u2060\ufeff\u00ad\u2028\u2029\u3164\ufe0f",
]
OPENING, CLOSING = "⟦", "⟧"
"""Stand on both sides of each hostile character, and nowhere else."""

TITLE = "".join(f"{OPENING}{character}{CLOSING}" for character in HOSTILE)
KINDS = [
    "static",
    "label",
    "button",
    "checkbox",
    "input",
    "area",
    "markdown",
    "options",
    "selection",
    "table",
    "tree",
    "rich",
    "log",
    "border",
    "toast",
]
OWN_SEQUENCE = re.compile(r"\x1b\[[0-9;:?<>=]*\$?[A-Za-z]|\x1b\]22;[a-z]+\x07")
"""What Textual writes for itself; no hostile character is part of such a sequence."""


def hostile(kind):
    return Content(kind + TITLE)


class Terminal(HeadlessDriver):
    """A driver without a terminal, yet one that Textual draws for."""

    is_headless = False
    written: ClassVar[list[str]] = []

    def write(self, data):
        self.written.append(data)


class Unfiltered(App):
    """Every kind of widget, showing one hostile title."""

    CSS = """
    VerticalScroll > * { height: auto; min-height: 3; max-height: 20; }
    #bordered { border: solid red; }
    """

    def compose(self):
        with VerticalScroll():
            yield Static(hostile("static"))
            yield Label(hostile("label"))
            yield Button(hostile("button"))
            yield Checkbox(hostile("checkbox"))
            yield Input("input" + TITLE)
            yield TextArea("area" + TITLE)
            yield Markdown("markdown" + TITLE)
            yield OptionList(Option(hostile("options")))
            yield SelectionList((hostile("selection"), 1))
            yield DataTable()
            yield Tree(Text("tree" + TITLE))
            yield RichLog()
            yield Log()
            yield Static("", id="bordered")

    def on_mount(self):
        self.query_one(DataTable).add_column("title")
        self.query_one(DataTable).add_row(Text("table" + TITLE))
        self.query_one(RichLog).write(Text("rich" + TITLE))
        self.query_one(Log).write_line("log" + TITLE)
        self.query_one("#bordered").border_title = hostile("border")
        self.notify("toast" + TITLE, markup=False, timeout=60)


class Filtered(Unfiltered):
    """The same, with our last line."""

    def get_line_filters(self):
        return with_last_line(super().get_line_filters())


async def sent_by(app_class):
    """All that an app of ``app_class`` writes while every widget is drawn."""
    Terminal.written = []

    async def settle_and_leave(pilot):
        await pilot.pause()
        await pilot.pause()
        pilot.app.exit()

    app = app_class(driver_class=Terminal)
    await app.run_async(size=(1200, 300), auto_pilot=settle_and_leave)
    return "".join(Terminal.written)


def people_text(sent):
    """What was written without Textual's own sequences and line ends."""
    return OWN_SEQUENCE.sub("", sent).replace("\n", "").replace("\r", "")


async def test_no_widget_lets_a_raw_control_out():
    text = people_text(await sent_by(Filtered))

    assert {kind for kind in KINDS if f"{kind}{OPENING}{REPLACEMENT}{CLOSING}" in text} == set(
        KINDS
    )
    assert {character for character in text if is_hidden(character)} == set()
    assert "\ufe0f" not in text


async def test_without_the_last_line_they_do_leak():
    text = people_text(await sent_by(Unfiltered))

    assert set("\x1b\x9b\u202e\u200b") <= set(text)


def filtered(*segments):
    return NoRawControls().apply(list(segments), Color(0, 0, 0))


@pytest.mark.parametrize("character", HOSTILE)
def test_each_one_is_replaced_within_the_width_it_had(character):
    before = Segment(f"中{character}文 x")

    (after,) = filtered(before)

    assert after.cell_length == before.cell_length
    assert character not in after.text
    assert REPLACEMENT in after.text or character == "\ufe0f"


def test_clean_lines_are_not_copied():
    segments = [Segment("用户　画像", Style(bold=True)), Segment("👩\u200d👧 ok")]

    assert NoRawControls().apply(segments, Color(0, 0, 0)) is segments


def test_control_segments_of_textual_pass():
    control = Segment("\x1b[2J", None, [(1,)])

    assert filtered(control, Segment("\x1b[2J"))[0] is control


def test_hyperlinks_are_dropped_and_other_styles_kept():
    (after,) = filtered(Segment("x", Style(bold=True, link="file:///etc/passwd")))

    assert after.style == Style(bold=True)
    assert after.style.link is None
