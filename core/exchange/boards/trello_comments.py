"""Comments of a Trello board as progress updates of their day; the time of day goes before."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Final

from core.exchange.boards.nodes import Node, local_time
from core.exchange.boards.trello_people import People
from core.exchange.planned import PlannedUpdate
from core.exchange.reading import clean

MOST_ACTIONS: Final = 1000
"""Trello writes no more of them into an export; what is older is missing."""
_COMMENTS: Final = frozenset({"commentCard", "copyCommentCard"})
_LIST: Final = "actions[]"


def read_comments(
    board: Node, *, people: People, taken: Mapping[str, tuple[str, str]], zone: tzinfo
) -> None:
    """Take the comments on cards that were ``taken``, the oldest first.

    ``taken`` has the foreign id and the title of each by Trello's own id. Refuses
    ``too-many-rows``.
    """
    if board.count("actions") >= MOST_ACTIONS:
        number = str(board.count("actions"))
        board.findings.doubt("actions-cut", cell="actions", value=number)
    found: list[tuple[datetime, int, Node]] = []
    for place, action in board.items("actions"):
        if action.word("type") in _COMMENTS:
            moment = action.instant("date")
            local = local_time(moment, zone) if moment else None
            if local is None:
                board.findings.skip(_LIST, place, "row-without-content")
            else:
                found.append((local, place, action))
    for local, place, action in sorted(found, key=lambda one: (one[0], -one[1])):
        said = action.child("data")
        name = said.child("card").line("id")
        if name not in taken:
            fact = said.child("card").line("name")
            board.findings.skip(_LIST, place, "card-unknown", fact=fact)
            continue
        identity, title = taken[name]
        board.findings.update(
            PlannedUpdate(
                sheet=_LIST,
                row=place,
                task_external_id=identity,
                parent_external_id="",
                title=title,
                person=people.author(action),
                on=local.date(),
                done=clean.lines(f"({local:%H:%M}) {said.lines('text')}").value,
            )
        )
