"""The standup at a plain terminal: five questions a task, line by line."""

import sys
from typing import TYPE_CHECKING, Final

from core.domain.refusals import Refusal
from core.domain.text import visible
from tui.cli import streams
from tui.words import N_

if TYPE_CHECKING:
    from core.queries.standup import OwedRow
    from tui.cli.request import Request
    from tui.drafts import Draft

INTERRUPTED: Final = 130
_QUESTIONS: Final = (
    ("percent-input", N_("Progress %")),
    ("done-input", N_("Done")),
    ("next-input", N_("Next step")),
    ("problems-input", N_("Problems")),
    ("support-input", N_("Support")),
)
"""By the names that the form of the board keeps its drafts under."""
_NOTHING: Final = "-"
"""Typed to take away what would be kept."""


def ask_each(request: "Request", rows: "tuple[OwedRow, ...]") -> int | None:
    """Ask for each; an interrupt keeps what was said so far, and what was typed as a draft."""
    words, said = request.words, 0
    request.note(words("Enter keeps what stands in brackets; - takes it away; ctrl+c ends."))
    try:
        for place, row in enumerate(rows, start=1):
            _ask(request, row, words("{place} of {count}", place=place, count=len(rows)))
            said += 1
    except (KeyboardInterrupt, EOFError):
        streams.beside("\n")
        request.note(
            words("{count} of {total} said; what was typed is kept.", count=said, total=len(rows))
        )
        return INTERRUPTED
    return None


def _ask(request: "Request", row: "OwedRow", place: str) -> None:
    """One task, again until it is taken."""
    from core.commands.progress import UpdateProgress
    from core.queries.homes import homes
    from tui.cli.errors import refusal_line
    from tui.drafts import drafts_of_handle
    from tui.standup_words import facts_line

    words, now = request.words, request.desk.now()
    calendar = request.ask(homes)[row.task.project].calendar
    streams.beside(f"\n{place}  {visible(row.task.key)} {visible(row.task.title)}\n")
    streams.beside(f"{visible(facts_line(words, row, now=now, calendar=calendar))}\n")
    draft = drafts_of_handle(request.handle, request.store).at(f"standup/{row.task.task}")
    start = {"percent-input": str(row.task.progress)}
    if row.last is not None:
        start["done-input"] = " ".join(row.last.next.split())
    typed = start | draft.found()
    while True:
        _fill(request, typed, draft)
        command = UpdateProgress(
            task=row.task.task,
            progress=int(typed["percent-input"]),
            done=typed["done-input"],
            next=typed["next-input"],
            problems=typed["problems-input"],
            support=typed["support-input"],
        )
        try:
            receipt = request.do(command)
        except Refusal as refusal:
            if refusal.kind != "refused":
                raise
            request.note(refusal_line(words, refusal))
            if refusal.code != "bad-value":
                return
            continue
        draft.drop()
        progress = command.progress
        request.say(words("{key} is at {progress} %.", key=receipt.name, progress=progress))
        return


def _fill(request: "Request", typed: dict[str, str], draft: "Draft") -> None:
    """Ask the five questions; every answer is kept at once."""
    words = request.words
    for name, label in _QUESTIONS:
        while True:
            kept = typed.get(name, "")
            shown = f" [{visible(kept)}]" if kept else ""
            streams.beside(f"{words(label)}{shown}: ")
            line = sys.stdin.readline()
            if not line:
                raise EOFError
            text = line.strip()
            answer = kept if not text else "" if text == _NOTHING else text
            if name != "percent-input" or _is_percent(answer):
                break
            request.note(words("Progress is a whole number from 0 to 100."))
        if name == "percent-input":
            answer = str(int(answer.rstrip("%％")))
        typed[name] = answer
        if text:
            draft.keep(typed)


def _is_percent(text: str) -> bool:
    number = text.rstrip("%％")
    return number.isascii() and number.isdigit() and int(number) <= 100
