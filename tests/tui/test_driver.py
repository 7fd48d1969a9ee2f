"""What is pasted never becomes key presses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from tui.driver import PasteGuard

START, END = "\x1b[200~", "\x1b[201~"


def heard(*pieces: str) -> list[events.Event]:
    """What the app hears of the terminal's input."""
    guard, parser = PasteGuard(), XTermParser()
    found: list[events.Event] = []
    for piece in pieces:
        if text := guard.feed(piece):
            found += parser.feed(text)
    return found


@pytest.mark.parametrize(
    "inside",
    ["hello\x1bLLL", "a\x1b[2JLJ", "\x1b]52;c;eA==\x07x", "bye\x1bq", "\x9b2J", "\x1b[31mfour"],
)
def test_a_paste_with_controls_is_one_paste(inside: str) -> None:
    found = heard(START + inside + END)

    assert [type(one) for one in found] == [events.Paste]
    assert "\x1b" not in found[0].text


def test_lines_and_tabs_of_a_paste_are_kept_in_order() -> None:
    assert [one.text for one in heard(f"{START}one\ttwo\nthree \x1b[31mfour{END}")] == [
        "one\ttwo\nthree [31mfour"
    ]


def test_keys_before_and_after_are_keys() -> None:
    found = heard("j", f"{START}x{END}k")

    assert [getattr(one, "key", one.__class__.__name__) for one in found] == ["j", "Paste", "k"]


@given(st.text(alphabet="aL\x1b[~01中2", max_size=30), st.lists(st.integers(1, 8), max_size=40))
def test_however_it_arrives_it_is_one_paste(inside: str, sizes: list[int]) -> None:
    text = START + inside.replace(END, "") + END
    pieces = []
    for size in sizes:
        pieces.append(text[:size])
        text = text[size:]
    found = heard(*(one for one in (*pieces, text) if one))

    assert not [one for one in found if isinstance(one, events.Key)]
    assert len([one for one in found if isinstance(one, events.Paste)]) <= 1


@given(st.lists(st.text(max_size=6), max_size=8))
def test_what_is_typed_goes_through_unchanged(pieces: list[str]) -> None:
    typed = [piece.replace("\x1b", "") for piece in pieces]
    guard = PasteGuard()

    assert [guard.feed(piece) for piece in typed] == typed
