"""The words for what an import finds, and for files that cannot be read or written.

The tables are held against the codes in core.exchange by a test.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from tui.terms import PRIORITIES, STATES, SYNC_KINDS
from tui.words import N_, Words

if TYPE_CHECKING:
    from core.domain.refusals import Refusal
    from core.exchange.planned import Doubt, Skipped

DOUBTS: Final[Mapping[str, str]] = {
    "date-cut": N_("a day that was cut off"),
    "date-unreadable": N_("not a day"),
    "date-ambiguous": N_("day and month could be the other way round"),
    "date-impossible": N_("there is no such day"),
    "date-out-of-range": N_("a day too far off"),
    "date-from-number": N_("a number, read as a day"),
    "year-assumed": N_("no year; assumed"),
    "two-days": N_("two days; the later one was taken"),
    "end-of-period": N_("a period; its end was taken"),
    "time-dropped": N_("the time of day was left out"),
    "due-before-start": N_("due before the start"),
    "percent-ambiguous": N_("could be a percentage or a share"),
    "percent-from-fraction": N_("a share, read as a percentage"),
    "percent-rounded": N_("rounded to a whole percentage"),
    "percent-out-of-range": N_("not from 0 to 100"),
    "progress-text": N_("progress in words"),
    "unknown-status": N_("a status that is not known"),
    "blocked-without-reason": N_("blocked, without a reason"),
    "delayed-without-reason": N_("delayed, without a reason"),
    "done-awaiting-acceptance": N_("done, yet waiting for acceptance"),
    "unknown-priority": N_("a priority that is not known"),
    "new-type": N_("a work type that is not known yet"),
    "kind-guessed": N_("the kind was guessed"),
    "empty-default": N_("empty; the usual value was taken"),
    "contradiction-100-with-next-plan": N_("at 100 %, yet a next step is named"),
    "contradiction-done-below-100": N_("done, yet below 100 %"),
    "contradiction-progress-note": N_("progress and note contradict each other"),
    "differs-between-sheets": N_("other sheets say otherwise"),
    "owner-missing": N_("nobody owns it"),
    "several-owners": N_("several owners; the first one was taken"),
    "id-missing": N_("no id"),
    "duplicate-id": N_("this id is there twice"),
    "parent-circle": N_("tasks that are parts of each other"),
    "wrong-shape": N_("not what the export has there"),
    "unknown-list": N_("a list whose name tells no state; guessed"),
    "closed-unfinished": N_("put away unfinished; cancelled here"),
    "complete-elsewhere": N_("complete, though its list is not"),
    "open-items-of-done": N_("done, yet checklist items are open"),
    "label-as-priority": N_("a label, read as the priority"),
    "label-as-type": N_("a label, read as the work type"),
    "several-priorities": N_("another priority came first; kept as a label"),
    "person-unknown": N_("the file has no name for this person"),
    "resolution-cancelled": N_("closed without being done; cancelled here"),
    "machine-dump": N_("written by a program for itself; left out"),
    "comment-unparted": N_("a comment without a day and an author"),
    "day-order-told": N_("day or month first? Taken as other rows have it"),
    "actions-cut": N_("the export has no more actions than this; older comments are missing"),
    "columns-left-out": N_("columns that are left out"),
    "raw-control-character": N_("a control character was taken out"),
    "text-cut": N_("too long; cut"),
    "ditto-without-above": N_("the same as above, but nothing is above"),
    "formula-without-value": N_("a formula without a value"),
    "cell-error": N_("an error value"),
    "hidden-sheet": N_("this sheet is hidden"),
    "raci-without-a": N_("nobody accepts (no A)"),
    "raci-several-a": N_("several accept (more than one A)"),
    "raci-without-r": N_("nobody does it (no R)"),
    "raci-unread": N_("none of the letters R, A, C, I; left out"),
    "owner-assumed": N_("nobody is named for work that has begun; assumed"),
    "name-shared": N_("several people bear this name; a placeholder was made"),
    "project-assumed": N_("no project; assumed"),
    "process-kept": N_("the task stays in its project"),
    "parent-kept": N_("the task stays where it is"),
    "parent-unknown": N_("its parent is not known"),
    "id-taken-here": N_("the id of another task here; a new one is made, this id kept beside it"),
    "same-task": N_("the same task as a row above; left out"),
    "done-needs-acceptance": N_("only its acceptor finds work done; it goes to review"),
    "deliverable-needed": N_("no deliverable is named that could be accepted; work goes on"),
    "own-done": N_("your own work comes in as done; nobody accepted it here"),
    "state-kept": N_("the workflow has no such step; the state stays"),
    "owner-kept": N_("the owner stays"),
    "closed-kept": N_("it is archived or cancelled and stays as it is"),
    "progress-kept": N_("the progress stays"),
    "needs-unknown": N_("what it waits for is not known"),
    "needs-circle": N_("tasks would wait for each other; left out"),
}
SKIPPED: Final[Mapping[str, str]] = {
    "not-imported-yet": N_("a table that is not imported yet"),
    "no-table": N_("no table that duban knows"),
    "empty-sheet": N_("empty"),
    "row-without-title": N_("a row without a title"),
    "row-without-content": N_("a row without content"),
    "duplicate-id": N_("this id is there twice"),
    "repeated-heading": N_("the headings are there again"),
    "day-in-future": N_("a day that is yet to come"),
    "recurring-parent": N_("the pattern of a recurring task; its children come in"),
    "card-unknown": N_("a comment on a card that is not in the file"),
    "template-card": N_("a template"),
}
TABLES: Final[Mapping[str, str]] = {
    "T3-1": N_("process overview"),
    "T3-3": N_("report"),
    "T3-4": N_("review of a project"),
    "S2-1": N_("cooperation of departments"),
    "S2-3": N_("problem feedback"),
}
"""The tables of the guides that are not imported yet."""
HEADINGS: Final = "任务名称, 责任人, 截止日期, 当前状态, Title, Owner, Due, Status"
FILES: Final[Mapping[str, str]] = {
    "cannot-open": N_("{path} cannot be opened."),
    "not-a-file": N_("{path} is not a file."),
    "file-too-large": N_("The file is too large; at most {limit} bytes are read."),
    "expands-too-much": N_("The file unpacks to far more than a table holds; it is not read."),
    "too-many-rows": N_("The file has too many rows; at most {limit} are read."),
    "too-many-columns": N_("The file has too many columns; at most {limit} are read."),
    "too-many-cells": N_("The file has too many cells; at most {limit} are read."),
    "too-many-values": N_("The file has too many values; at most {limit} are read."),
    "too-deep": N_("The file is nested too deeply; at most {limit} levels are read."),
    "parser-not-guarded": N_("defusedxml is missing; install it to read workbooks safely."),
    "damaged-file": N_("The file is damaged ({part})."),
    "unsafe-xml": N_("The file declares entities ({part}); it is not read."),
    "unknown-format": N_(
        "This is neither an xlsx workbook, a CSV file nor a known board (it looks like {kind})."
    ),
    "unknown-encoding": N_("The text is in none of UTF-8, UTF-16 and GB18030."),
    "file-exists": N_("{path} is there already. Add --force to replace it."),
    "cannot-write": N_("{path} cannot be written: {detail}."),
}
KINDS: Final[Mapping[str, str]] = {
    "old-xls": N_("an old xls workbook; save it as xlsx"),
    "encrypted": N_("a workbook with a password"),
    "strict-xlsx": N_("a strict Open XML workbook; save it as an ordinary one"),
    "zip": N_("a zip archive"),
    "binary": N_("a binary file"),
    "markup": N_("a web page"),
    "json": N_("JSON, but of neither Trello nor Taskwarrior"),
}
BAD_VALUES: Final[Mapping[str, str]] = {
    "unknown-table": N_("“{value}” is not a table; there are: {known}."),
    "unknown-format": N_("“{value}” is not a format; there are: {known}."),
}
BARE: Final[Mapping[str, str]] = {
    "damaged-file": N_("The file is damaged: it cannot be read from {where} on."),
    "unknown-format": N_("The file's name must end in one of: {known}; - is standard output."),
}
"""The same where it is not known which part or ending is meant."""
_NAMES: Final = ("path", "detail", "limit", "part", "kind", "value", "known")


def file_sentence(words: Words, refusal: "Refusal") -> str | None:
    """What is wrong with a file or table; None for other refusals."""
    reason = refusal.facts.get("reason")
    if refusal.code == "bad-value":
        sentence = BAD_VALUES.get(str(reason))
    else:
        sentence = FILES.get(refusal.code)
    if sentence is None:
        return None
    facts = {name: _told(refusal.facts.get(name)) for name in _NAMES}
    code = str(reason) if refusal.code == "bad-value" else refusal.code
    if code in BARE and not (facts["part"] or facts["value"] or facts["kind"]):
        return words(BARE[code], **facts, where=_told(reason))
    facts["detail"] = facts["detail"].rstrip(". ")
    kind = KINDS.get(facts["kind"])
    facts |= {"kind": words(kind)} if kind else {}
    return words(sentence, **facts)


def _told(fact: object) -> str:
    if isinstance(fact, tuple):
        return ", ".join(map(str, fact))
    return "" if fact is None else str(fact)


def doubt_line(words: Words, doubt: "Doubt") -> str:
    """Where, what stands there, what is odd about it, and how it was read."""
    where = " ".join(filter(None, (doubt.sheet, doubt.cell, doubt.heading)))
    said = words(DOUBTS[doubt.code]) if doubt.code in DOUBTS else doubt.code
    if doubt.value:
        said = f"“{doubt.value}” - {said}"
    line = words("{name}: {value}", name=where, value=said)
    return f"{line} → {value_word(words, doubt.read_as)}" if doubt.read_as else line


def value_word(words: Words, text: str) -> str:
    """A state, a priority or a kind of entry by its name, anything else as it stands."""
    known = {**SYNC_KINDS, **STATES, **PRIORITIES}
    return words(known[text]) if text in known else text


def skipped_line(words: Words, skipped: "Skipped") -> str:
    """What was left out, and why."""
    from core.exchange.planned import place

    said = words(SKIPPED[skipped.code]) if skipped.code in SKIPPED else skipped.code
    row = words("row {row}", row=skipped.row) if skipped.row else ""
    where = " ".join(filter(None, (skipped.sheet, row)))
    if skipped.sheet.endswith("[]"):
        where = place(skipped.sheet, skipped.row)
    if table := TABLES.get(skipped.fact):
        said = words("{said} ({what})", said=said, what=f"{skipped.fact} {words(table)}")
    elif skipped.code == "no-table":
        said = words(
            "{said} (looked for headings such as {headings})", said=said, headings=HEADINGS
        )
    elif skipped.fact:
        said = f"{said} {skipped.fact}"
    return words("{name}: {value}", name=where, value=said)
