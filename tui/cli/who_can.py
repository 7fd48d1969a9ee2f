"""``duban who-can``."""

from typing import TYPE_CHECKING, Any, Final

from tui.cli import columns
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.queries.rights import Holder, RightsOf
    from tui.cli.request import Request

_YES: Final = "A"
_NO: Final = "–"


def run(request: "Request") -> None:
    """The table of rights; of one task by name."""
    if request.given.text("task"):
        _of_task(request)
    else:
        _table(request)


def _table(request: "Request") -> None:
    from core.policies.rights import TABLE, Standing
    from tui.rights_words import ACTS, CELLS, STANDINGS

    words = request.words
    if request.given.flag("json"):
        request.json(
            {
                act.value: {who.value: cell.value for who, cell in row.items()}
                for act, row in TABLE.items()
            }
        )
        return
    heads = ("", *(words(STANDINGS[one]) for one in Standing))
    lines = [
        (words(ACTS[act]), *(row[one].value for one in Standing)) for act, row in TABLE.items()
    ]
    columns.show(heads, lines)
    for mark, said in CELLS.items():
        request.say(f"{mark:<2}  {words(said)}")


def _of_task(request: "Request") -> None:
    from core.policies.rights import Act
    from core.queries.rights import rights_of
    from tui.rights_words import ACTS, STANDINGS

    words, task = request.words, request.task(request.given.text("task"))
    me = request.desk.me()
    found: RightsOf = request.ask(
        rights_of, task, viewer=me.id if me else None, now=request.desk.now()
    )
    if request.given.flag("json"):
        request.json(
            {"key": found.key, "people": [_as_json(request, one) for one in found.holders]}
        )
        return
    request.say(f"{found.key}  {found.title}")
    chinese = words.language == "zh_CN"
    colon, comma, then = "：、；" if chinese else (": ", ", ", "; ")
    for one in found.holders:
        said = comma.join(words(STANDINGS[what]) for what in STANDINGS if what in one.standings)
        own = words("their own work: never accepts it") if one.own else ""
        request.say(f"  {one.name}{colon}{then.join(filter(None, (said, own)))}")
    heads = ("", *(one.name for one in found.holders))
    lines = [
        (words(ACTS[act]), *(_YES if act in one.may else _NO for one in found.holders))
        for act in Act
    ]
    columns.show(heads, lines)


def _as_json(request: "Request", one: "Holder") -> dict[str, Any]:
    return {
        "person": request.handles()[one.person],
        "name": one.name,
        "standings": sorted(one.standings),
        "may": sorted(one.may),
        "own": one.own,
    }


COMMANDS = {
    "who-can": Command(
        "who-can",
        run,
        help=N_("Who may do what: to one task by name, or the whole table."),
        example="duban who-can OPS-001",
        takes=(Parameter("[TASK]", N_("The task."), suggests="tasks"),),
    )
}
