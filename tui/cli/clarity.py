"""``duban check`` and ``duban similar``: how clear a task is, and what is like it."""

from typing import TYPE_CHECKING, Any

from tui.cli import columns
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.desk import Receipt
    from core.queries.similar import Similar
    from tui.cli.request import Request


def check(request: "Request") -> None:
    """Tell how clear a task is; never a failure."""
    from core.policies.clarity import PARTS
    from core.queries.definition import definition
    from tui.clarity_words import meter

    found = request.ask(definition, request.task(request.given.text("key")))
    content = {
        "key": found.key,
        "title": found.title,
        "clear": len(PARTS) - len(found.gaps),
        "of": len(PARTS),
        "missing": [gap.value for gap in found.gaps],
        "required": found.is_required,
    }
    lines = [f"{found.key}  {found.title}", meter(request.words, found.gaps)]
    if found.is_required and found.gaps:
        lines.append(request.words("Its project lets nobody begin it before it is clear."))
    request.answer(content, *lines)


def similar(request: "Request") -> None:
    """Print tasks and lessons like a text."""
    from core.queries.similar import similar as ask

    given, words = request.given, request.words
    limit = given.number("limit")
    limit = 10 if limit is None else max(limit, 1)
    found = request.ask(ask, " ".join(given.texts("words")), limit=limit)
    if given.flag("json"):
        request.json([_as_json(one) for one in found])
    elif not found:
        request.note(words("Nothing is like that."))
    else:
        heads = (words("Key"), words("State"), words("Owner"), words("Title"))
        columns.show(
            heads, [(one.key, _state(request, one), one.owner, one.title) for one in found]
        )


def _state(request: "Request", one: "Similar") -> str:
    from tui.terms import state_word

    words = request.words
    if one.state is None:
        return words("lesson of {day}", day=one.day.isoformat() if one.day else "")
    return state_word(words, one.state)


def _as_json(one: "Similar") -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "id": one.id,
        "key": one.key,
        "title": one.title,
        "state": one.state.value if one.state else None,
        "owner": one.owner or None,
        "day": one.day.isoformat() if one.day else None,
        "shared": one.shared,
    }


def advise(request: "Request", receipt: "Receipt") -> None:
    """Say at a terminal what a task that was just added lacks, and what is like it."""
    from core.domain.ids import TaskId
    from core.queries.definition import definition
    from core.queries.similar import similar as ask
    from tui.clarity_words import meter, similar_words

    words, number = request.words, TaskId(receipt.id)
    found = request.ask(definition, number)
    if found.gaps:
        request.note(meter(words, found.gaps))
    for one in request.ask(ask, found.title, apart=number, limit=1):
        request.note(words("similar: {what}", what=similar_words(words, one)))


COMMANDS = {
    "check": Command(
        "check",
        check,
        help=N_("Tell how clear a task is, and what is missing."),
        example="duban check T001",
        takes=(Parameter("KEY", suggests="tasks"),),
    ),
    "similar": Command(
        "similar",
        similar,
        help=N_("List tasks and lessons like a text, open tasks first."),
        example="duban similar 整理合同条款",
        takes=(
            Parameter("WORDS..."),
            Parameter("-n --limit COUNT", N_("At most so many of each; 10 unless given.")),
        ),
    ),
}
