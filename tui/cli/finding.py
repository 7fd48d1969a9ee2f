"""``duban find``: words in tasks, updates, issues, the sync log and minutes."""

from typing import TYPE_CHECKING, Any

from tui.cli import columns
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.domain.searching import FoundKind
    from core.queries.searching import Hit
    from tui.cli.request import Request

_KINDS = {
    "task": "tasks|任务",
    "update": "updates|进展",
    "issue": "issues|问题",
    "sync": "log|同步日志",
    "meeting": "meetings|minutes|会议|会议纪要",
}


def run(request: "Request") -> None:
    """Print the newest hits."""
    from core.queries.searching import search

    given = request.given
    kinds = [kind for text in given.texts("kind") for kind in _kinds(request, text)]
    limit = given.number("limit")
    limit = 50 if limit is None else max(limit, 1)
    me = request.desk.me()
    project = request.project(given.text("project")) if given.text("project") else None
    hits = request.ask(
        search,
        " ".join(given.texts("words")),
        viewer=me.id if me else None,
        project=project.id if project else None,
        kinds=kinds,
        limit=limit + 1,
    )
    shown = hits[:limit]
    if given.flag("json"):
        request.json([_as_json(hit) for hit in shown])
    elif shown:
        _show(request, shown)
    else:
        request.note(request.words("Nothing found. All words must occur in the same place."))
    if len(hits) > limit:
        words = request.words
        request.note(words("Only the newest {count} are shown; -n shows more.", count=limit))


def _kinds(request: "Request", text: str) -> "list[FoundKind]":
    from core.domain.searching import FoundKind
    from core.domain.text import fold

    found = []
    for one in text.split(","):
        names = (name for name, more in _KINDS.items() if fold(one) in {name, *more.split("|")})
        name = next(names, None)
        if name is None:
            known = ", ".join(_KINDS)
            said = request.words("“{text}” is not one of: {known}", text=one, known=known)
            raise request.wrong(said)
        found.append(FoundKind(name))
    return found


def _show(request: "Request", hits: "tuple[Hit, ...]") -> None:
    from tui.found_words import day_word, ended_word, kind_word

    words, now = request.words, request.desk.now()
    heads = [words("Day"), words("Kind"), words("Key"), words("Title"), words("Found in")]
    lines = [
        (
            day_word(hit, now),
            kind_word(words, hit.kind),
            hit.key or hit.project_key,
            " · ".join(filter(None, (hit.title, ended_word(words, hit)))),
            hit.snippet,
        )
        for hit in hits
    ]
    color = request.settings.color if request.settings else True
    columns.show(heads, lines, color=color)


def _as_json(hit: "Hit") -> dict[str, Any]:
    from tui.cli.asjson import moment

    return {
        "kind": hit.kind.value,
        "id": hit.id,
        "key": hit.key or None,
        "project": hit.project_key,
        "title": hit.title,
        "title_places": [list(place) for place in hit.title_places],
        "snippet": hit.snippet,
        "places": [list(place) for place in hit.places],
        "person": hit.person or None,
        "day": hit.day.isoformat() if hit.day else None,
        "when": moment(hit.when),
        "state": hit.state.value if hit.state else None,
    }


COMMANDS = {
    "find": Command(
        "find",
        run,
        help=N_("Find words in tasks, updates, issues, log and minutes, newest first."),
        example="duban find 合同 --kind issue,sync",
        takes=(
            Parameter("WORDS..."),
            Parameter(
                "-k --kind KIND...",
                N_("Only these: task, update, issue, sync or meeting."),
                suggests="found",
            ),
            Parameter("--project KEY", N_("Only this project's."), suggests="projects"),
            Parameter("-n --limit COUNT", N_("At most so many; 50 unless given.")),
        ),
    )
}
