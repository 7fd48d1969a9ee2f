"""``duban raci``: the matrix of responsibilities, its check, and setting its letters."""

import sys
from typing import TYPE_CHECKING, Any

from core.domain.refusals import NotFound
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.domain.duties import Letter
    from core.domain.people import Project
    from core.queries.raci import Matrix
    from core.queries.raci_rows import MatrixRow
    from tui.cli.request import Request
    from tui.words import Words

USUAL_LIMIT = 200


def run(request: "Request") -> None:
    """Write the matrix of a project, or of a task with its subtasks."""
    from core.queries.raci import matrix

    limit = request.given.number("limit") or USUAL_LIMIT
    found = request.ask(matrix, **_chosen(request), limit=limit)
    if request.given.flag("json"):
        _as_json(request, found)
        return
    words = request.words
    if not found.rows:
        request.note(words("No task here. To add one: duban add TITLE"))
        return
    _show(request, found)
    if found.after is not None:
        request.note(words("There are more tasks; --limit COUNT shows them."))


def _chosen(request: "Request") -> dict[str, Any]:
    """What the argument names: a project, else a task; the usual project without one."""
    text = request.given.text("project_or_key")
    if not text:
        usual = request.project()
        return {"project": usual.id if usual else None}
    named = _project(request, text)
    return {"project": named.id} if named else {"task": request.task(text)}


def _project(request: "Request", text: str) -> "Project | None":
    from core.queries.directory import find_project

    try:
        return request.ask(find_project, text)
    except NotFound:
        return None


def _show(request: "Request", found: "Matrix") -> None:
    from tui.cli import columns
    from tui.raci_words import cell_word, found_words, legend, name_of

    words = request.words
    checked = any(row.findings for row in found.rows)
    heads = [words("Id"), words("Task"), *(name_of(one) for one in found.columns)]
    lines = []
    for row in found.rows:
        cells = (row.cell(one.holder) for one in found.columns)
        told = (cell_word(one) or "-" for one in cells)
        title = f"{'  ' * row.level}{row.title}"
        lines.append((row.key, title, *told, *([found_words(words, row)] if checked else [])))
    columns.show((*heads, *([words("Check")] if checked else [])), lines)
    if sys.stdout.isatty():
        request.note(legend(words))
        request.note(words("* follows from the task's owner and acceptor"))


def check(request: "Request") -> int:
    """Tell each task without exactly one A and at least one R; 1 if there is one."""
    from core.queries.raci import matrix, windows

    chosen = _chosen(request)
    parts = [request.ask(matrix, **chosen)] if "task" in chosen else request.ask(windows, **chosen)
    rows = [row for part in parts for row in part.rows]
    wrong = [row for row in rows if row.findings]
    words = request.words
    if request.given.flag("json"):
        request.json([_found_json(row) for row in wrong])
    elif wrong:
        from tui.raci_words import found_sentence

        request.say(*(_found_line(words, row, found_sentence(words, row)) for row in wrong))
        request.note(words("To set a letter: duban raci set KEY WHO LETTERS"))
    else:
        said = words.ngettext(
            "{count} task, exactly one A and at least one R each.",
            "{count} tasks, exactly one A and at least one R each.",
            len(rows),
        )
        request.say(said)
    return 1 if wrong else 0


def _found_line(words: "Words", row: "MatrixRow", said: str) -> str:
    return words("{name}: {value}", name=f"{row.key} {row.title}", value=said)


def put(request: "Request") -> None:
    """Say what somebody is to a task."""
    from core.commands.raci import SetRaci

    given = request.given
    letters = _letters(request, given.text("letters"))
    command = SetRaci(
        task=request.task(given.text("key")),
        letters=letters,
        note=given.text("note"),
        **_whose(request),
    )
    receipt = request.do(command)
    from tui.raci_words import letters_word

    words = request.words
    said = words(
        "{key}: {who} {letters}.",
        key=receipt.name,
        who=given.text("who"),
        letters=letters_word(words, letters),
    )
    request.receipt(receipt, said)


def remove(request: "Request") -> None:
    """Take somebody's letters of a task away."""
    from core.commands.raci import RemoveRaci

    task = request.task(request.given.text("key"))
    receipt = request.do(RemoveRaci(task=task, **_whose(request)))
    who = request.given.text("who")
    said = request.words("{key}: {who} has no letter any more.", key=receipt.name, who=who)
    request.receipt(receipt, said)


def _whose(request: "Request") -> dict[str, Any]:
    """A person, in a role if one is given; else a role in words, unless a person is nearly so."""
    from core.queries.directory import people
    from tui.closeness import closest

    text = request.given.text("who")
    try:
        return {"person": request.person(text).id, "label": request.given.text("role")}
    except NotFound:
        known = [one.handle for one in request.ask(people)]
        if text.isascii() and closest(text, known):
            raise
    return {"label": text}


def _letters(request: "Request", text: str) -> "tuple[Letter, ...]":
    """``R/A``, ``ra`` or ``R, A``. Raises Usage."""
    from unicodedata import normalize

    from core.domain.duties import Letter

    said = [
        one for one in normalize("NFKC", text).upper() if not (one.isspace() or one in "/、,;+&|")
    ]
    try:
        return tuple(Letter(one) for one in said)
    except ValueError:
        known = ", ".join(Letter)
        words = request.words
        raise request.wrong(
            words("“{text}” is not one of: {known}", text=text, known=known)
        ) from None


def _as_json(request: "Request", found: "Matrix") -> None:
    handles = {one.holder: one.handle or None for one in found.columns}
    request.json(
        {
            "columns": [
                {"person": one.handle or None, "name": one.name, "role": one.role}
                for one in found.columns
            ],
            "tasks": [
                {
                    **_found_json(row),
                    "level": row.level,
                    "letters": [
                        {
                            "person": handles[one.holder],
                            "name": one.name,
                            "letters": [letter.value for letter in row.cell(one.holder).letters],
                            "derived": [letter.value for letter in row.cell(one.holder).derived],
                            "note": row.cell(one.holder).note,
                        }
                        for one in row.columns
                    ],
                }
                for row in found.rows
            ],
            "complete": found.after is None,
        }
    )


def _found_json(row: "MatrixRow") -> dict[str, object]:
    return {
        "id": row.key,
        "title": row.title,
        "project": row.project_key,
        "findings": [one.value for one in row.findings],
    }


_WHERE = Parameter(
    "[PROJECT-OR-KEY]", N_("A project, or a task with its subtasks."), suggests="projects"
)
_KEY = Parameter("KEY", suggests="tasks")
_WHO = Parameter("WHO", N_("A person or a role."), suggests="people")

COMMANDS = {
    "raci": Command(
        "raci",
        run,
        help=N_("Show who is what to each task: R does it, A answers, C is asked, I is told."),
        example="duban raci CSAT",
        takes=(
            _WHERE,
            Parameter("-n --limit COUNT", N_("At most so many tasks; 200 unless given.")),
        ),
    ).with_commands(
        Command(
            "set",
            put,
            help=N_("Say what a person or a role is to a task; replaces what they were."),
            example="duban raci set CSAT-001 li R/A --note drafts",
            writes=True,
            takes=(
                _KEY,
                _WHO,
                Parameter("LETTERS", N_("One or several of R, A, C and I, such as R/A.")),
                Parameter("--note TEXT", N_("What exactly.")),
                Parameter("--role NAME", N_("In which role the person has them.")),
            ),
        ),
        Command(
            "remove",
            remove,
            help=N_("Take the letters of a person or a role away."),
            example="duban raci remove CSAT-001 li",
            writes=True,
            takes=(_KEY, _WHO),
        ),
        Command(
            "check",
            check,
            help=N_("Find tasks without exactly one A and at least one R."),
            example="duban raci check CSAT",
            takes=(_WHERE,),
        ),
    ),
}
