"""The people and projects that a plan names, each once."""

from collections import Counter
from collections.abc import Iterable, Sequence

from core.exchange.planned import (
    PlannedPerson,
    PlannedProject,
    PlannedSyncEntry,
    PlannedTask,
    PlannedUpdate,
)
from core.exchange.planned_duties import PlannedNode
from core.exchange.reading.identifiers import read_id
from core.exchange.reading.nodes import masked


def people_of(
    tasks: Iterable[PlannedTask],
    *,
    updates: Iterable[PlannedUpdate],
    sync_entries: Iterable[PlannedSyncEntry],
) -> tuple[PlannedPerson, ...]:
    """Every name in the order of its first use; audiences are groups and not counted."""
    uses: Counter[str] = Counter()
    for task in tasks:
        uses.update((task.initiator, task.owner, task.acceptor, *task.collaborators))
    uses.update(update.person for update in updates)
    uses.update(entry.author for entry in sync_entries)
    return tuple(
        PlannedPerson(label=label, masked="*" in label, uses=count)
        for label, count in uses.items()
        if label
    )


def with_holders(
    people: Sequence[PlannedPerson], nodes: Iterable[PlannedNode]
) -> tuple[PlannedPerson, ...]:
    """``people``, and the masked ones whom tables of responsibilities name; others may be roles."""
    uses = Counter({one.label: one.uses for one in people})
    uses.update(name for node in nodes for duty in node.duties if (name := masked(duty.heading)))
    return tuple(
        PlannedPerson(label=label, masked="*" in label, uses=count) for label, count in uses.items()
    )


def projects_of(tasks: Iterable[PlannedTask]) -> tuple[PlannedProject, ...]:
    """Every project that an id or a column names, in the order of its first task."""
    groups: dict[tuple[str, str], list[PlannedTask]] = {}
    for task in tasks:
        name = "" if task.project_key else task.project_name
        if task.project_key or name:
            groups.setdefault((task.project_key, name), []).append(task)
    return tuple(
        PlannedProject(
            key=key,
            name=name or _common_name(members) or key,
            pattern=_pattern(members),
            tasks=len(members),
        )
        for (key, name), members in groups.items()
    )


def _common_name(tasks: list[PlannedTask]) -> str:
    """The project or process that all tasks name which name any; empty if they differ."""
    names = {task.project_name or task.process for task in tasks} - {""}
    return names.pop() if len(names) == 1 else ""


def _pattern(tasks: list[PlannedTask]) -> str:
    """The pattern of most ids; where some show by a leading zero how wide they are, of those."""
    parts = [found for task in tasks if (found := read_id(task.external_id)) is not None]
    sure = [part.pattern for part in parts if part.padded] or [part.pattern for part in parts]
    return Counter(sure).most_common(1)[0][0] if sure else ""
