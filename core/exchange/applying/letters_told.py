"""What a dry run says of letters: who newly has some, and whose are others now."""

from collections.abc import Iterator

from core.exchange.applying.allotment import Allotment, NewLetters
from core.exchange.applying.weighing import Birth, Weighed
from core.exchange.verdicts import Change, Creation, Difference


def new_letters(weighed: Weighed) -> Iterator[Creation]:
    """A line for each person and role that had no letter of a task."""
    for one in weighed.allotments:
        key, _, project = _told(one, weighed)
        for part in one.made:
            yield Creation(
                kind="letters",
                sheet=one.node.sheet,
                row=one.node.row,
                id=key,
                title=f"{one.node.title} · {part.heading} {part.new}",
                project=project,
            )


def changed_letters(weighed: Weighed) -> Iterator[Change]:
    """A line for each task of which somebody's letters change."""
    for one in weighed.allotments:
        if one.changes:
            key, title, _ = _told(one, weighed)
            differences = tuple(map(_difference, one.changes))
            sheet, row = one.node.sheet, one.node.row
            yield Change(sheet=sheet, row=row, key=key, title=title, differences=differences)


def _difference(part: NewLetters) -> Difference:
    new = f"{part.heading} {part.new}" if part.new else ""
    return Difference(field="letters", old=f"{part.heading} {part.old}", new=new)


def _told(one: Allotment, weighed: Weighed) -> tuple[str, str, str]:
    """Key or id, title and project of a task; made ones have what the file says."""
    if isinstance(one.place, Birth):
        birth = one.place
        return birth.key or birth.external_id, birth.planned.title, birth.home.key
    task = weighed.files[one.place].task
    return task.key, task.title, weighed.team.projects[task.project].key
