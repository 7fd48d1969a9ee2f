"""The archive of a task as Markdown, for people who read it years later."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from zoneinfo import ZoneInfo

from core.queries.archiving import Archive
from core.queries.detail import TaskView
from core.queries.history import EventRow
from tui.event_words import change_words, event_word
from tui.terms import VERDICTS
from tui.words import Words


def archive_text(words: Words, archive: Archive, view: TaskView, events: Sequence[EventRow]) -> str:
    """Target and result first, then how it came about; ``events`` oldest first."""
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
    lines += _section(words("Rounds of review"), _rounds(words, archive, view, zone), raw=True)
    lines += _section(words("History"), _history(words, events, zone), raw=True)
    return "\n".join(lines) + "\n"


def _section(title: str, told: Iterable[str], *, raw: bool = False) -> list[str]:
    """A heading and what stands under it; nothing where there is nothing."""
    lines = [one for one in told if one.strip()]
    if not lines:
        return []
    return ["", f"## {title}", "", *(lines if raw else map(_plain, lines))]


def _deliverables(archive: Archive) -> Iterator[str]:
    for one in archive.deliverables:
        parts = (one.name, one.edition, one.location)
        yield "- " + " · ".join(_plain(part) for part in parts if part)


def _rounds(words: Words, archive: Archive, view: TaskView, zone: tzinfo) -> Iterator[str]:
    for one in archive.reviews:
        if one.task != archive.task.id:
            continue
        said = words(
            "Round {round}: {verdict}", round=one.round, verdict=words(VERDICTS[one.verdict])
        )
        who = view.name(one.decided_by)
        day = f"{one.decided.astimezone(zone):%Y-%m-%d}" if one.decided else ""
        note = " ".join(_plain(one.findings).split())
        yield "- " + " · ".join(part for part in (said, who, day, note) if part)


def _history(words: Words, events: Iterable[EventRow], zone: tzinfo) -> Iterator[str]:
    for one in events:
        changed = "; ".join(change_words(words, one, zone=zone))
        told = (
            f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}",
            one.actor_name,
            event_word(words, one.kind),
            changed,
            one.reason,
        )
        yield "- " + " · ".join(" ".join(_plain(part).split()) for part in told if part)


def _plain(text: str) -> str:
    """Text as data: what Markdown would take for a mark stands as it was typed."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text)
