"""The archive of a task as Markdown, for people who read it years later."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from zoneinfo import ZoneInfo

from core.queries.archiving import Archive
from core.queries.detail import TaskView
from core.queries.history import EventRow
from tui.history_words import details, sentence
from tui.terms import VERDICTS, sync_kind_word
from tui.words import Words


def archive_text(
    words: Words,
    archive: Archive,
    view: TaskView,
    events: Sequence[EventRow],
    *,
    supporters: Iterable[str] = (),
) -> str:
    """Target and result first, then how it came about; ``events`` oldest first.

    ``supporters``: a line for each of those who support it.
    """
    zone = ZoneInfo(archive.project.time_zone)
    task, result = archive.task, archive.result
    facts = (
        (words("Project"), f"{archive.project.name} ({archive.project.key})"),
        (words("Owner"), view.name(task.owner)),
        (words("Accepted by"), view.name(task.accepted_by)),
        (words("Due"), f"{task.due.astimezone(zone):%Y-%m-%d}" if task.due else ""),
        (words("Closed"), f"{task.closed.astimezone(zone):%Y-%m-%d}" if task.closed else ""),
    )
    lines = [f"# {_plain(task.key)} {_plain(task.title)}", ""]
    lines += [f"- {label}: {_plain(said)}" for label, said in facts if said]
    target = result.target if result else task.outcome
    lines += _section(words("Target"), (target,))
    lines += _section(words("Result"), (result.actual if result else "",))
    lines += _section(words("Description"), (task.description,))
    criteria = (f"- [{'x' if one.met else ' '}] {_plain(one.text)}" for one in view.criteria)
    lines += _section(words("Acceptance criteria"), criteria, raw=True)
    lines += _section(words("Deliverables"), _deliverables(archive), raw=True)
    lines += _section(words("Collaborators"), (_item(one) for one in supporters), raw=True)
    lines += _section(words("Updates"), _updates(words, archive, view), raw=True)
    lines += _section(words("Rounds of review"), _rounds(words, archive, view, zone), raw=True)
    lines += _section(words("Sync log"), _entries(words, archive, view), raw=True)
    lines += _section(words("History"), _history(words, view, events, zone), raw=True)
    return "\n".join(lines) + "\n"


def _section(title: str, told: Iterable[str], *, raw: bool = False) -> list[str]:
    """A heading and what stands under it; nothing where there is nothing."""
    lines = [one for one in told if one.strip()]
    if not lines:
        return []
    return ["", f"## {title}", "", *(lines if raw else map(_plain, lines))]


def _item(*parts: str) -> str:
    """A line of a list; what is empty is left out, and each part is on this one line."""
    return "- " + " · ".join(" ".join(_plain(part).split()) for part in parts if part)


def _deliverables(archive: Archive) -> Iterator[str]:
    for one in archive.deliverables:
        yield _item(one.name, one.edition, one.location)


def _updates(words: Words, archive: Archive, view: TaskView) -> Iterator[str]:
    """Each check-in, with the subtask that it was of."""
    keys = {one.id: one.key for one in view.subtasks}
    for one in archive.updates:
        said = (
            (words("Done"), one.done),
            (words("Next step"), one.next),
            (words("Problems"), one.problems),
            (words("Support needed"), one.support),
        )
        told = (words("{name}: {value}", name=label, value=text) for label, text in said if text)
        who, progress = view.name(one.person), f"{one.progress} %"
        yield _item(one.day.isoformat(), keys.get(one.task, ""), who, progress, *told)


def _entries(words: Words, archive: Archive, view: TaskView) -> Iterator[str]:
    """What was told in the sync log, as far as whoever asks may see it."""
    for one in archive.entries:
        audience = words("{name}: {value}", name=words("For whom"), value=one.audience)
        yield _item(
            one.day.isoformat(),
            sync_kind_word(words, one.kind),
            view.name(one.author),
            one.topic,
            one.content,
            audience if one.audience else "",
            one.reference,
            one.remarks,
        )


def _rounds(words: Words, archive: Archive, view: TaskView, zone: tzinfo) -> Iterator[str]:
    for one in archive.reviews:
        if one.task != archive.task.id:
            continue
        said = words(
            "Round {round}: {verdict}", round=one.round, verdict=words(VERDICTS[one.verdict])
        )
        day = f"{one.decided.astimezone(zone):%Y-%m-%d}" if one.decided else ""
        yield _item(said, view.name(one.decided_by), day, one.findings)


def _history(
    words: Words, view: TaskView, events: Iterable[EventRow], zone: tzinfo
) -> Iterator[str]:
    """The sentences that a history tells, and what was changed."""
    names: Mapping[str, str] = {one.handle: one.name for one in view.people.values()}
    for one in events:
        changed = "; ".join(details(words, one, zone=zone, names=names))
        at = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}"
        yield _item(at, sentence(words, one, names=names), changed)


def _plain(text: str) -> str:
    """Text as data: what Markdown would take for a mark stands as it was typed."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text)
