"""What ``task export`` writes: pending, waiting, completed and deleted tasks.

A recurring task is a pattern, of which the export holds the children too; the pattern is left out.
"""

from datetime import tzinfo
from typing import Any, Final

from core.domain.status import State
from core.exchange.boards.findings import Findings, paragraph, planned_task
from core.exchange.boards.labels import read_labels
from core.exchange.boards.nodes import Node, local_time, objects
from core.exchange.planned import PlannedDependency, PlannedUpdate, ReadTable
from core.exchange.reading import clean
from core.exchange.reading.words import read_priority

_LIST: Final = "[]"
_STATES: Final = {
    "pending": State.TODO,
    "waiting": State.TODO,
    "completed": State.DONE,
    "deleted": State.CANCELLED,
}
_RECURRING: Final = "recurring"
_KNOWN: Final = frozenset(
    "id uuid description status project priority tags depends annotations due scheduled start wait "
    "until entry modified end urgency imask mask parent recur rtype template last".split()
)
"""What is read, or follows from what is read; other attributes are the member's own."""
_SIGNS: Final = ("uuid", "status", "description", "entry")


def is_taskwarrior(value: object) -> bool:
    """Whether ``value`` is a list of tasks; an empty one is too."""
    if not isinstance(value, list):
        return False
    firsts = [one for one in value[:20] if isinstance(one, dict)]
    signs = [sum(sign in one for sign in _SIGNS) for one in firsts]
    return not value or max(signs, default=0) > 1


def read_taskwarrior(value: list[object], *, zone: tzinfo, findings: Findings) -> None:
    """Take the tasks of an export; days are those of ``zone``. Refuses ``too-many-rows``."""
    before = findings.tasks.count
    for place, node in objects(value, "", findings):
        _read(place, node, zone=zone)
    rows = findings.tasks.count - before
    findings.tables.append(
        ReadTable(sheet=_LIST, code="Taskwarrior", header_row=0, rows=rows, unknown=())
    )


def _read(place: int, node: Node, *, zone: tzinfo) -> None:
    findings = node.findings
    title = node.line("description")
    if node.word("status") == _RECURRING or (node.raw("mask") and not node.raw("parent")):
        findings.skip(_LIST, place, "recurring-parent", fact=title)
        return
    if not title:
        findings.skip(_LIST, place, "row-without-title")
        return
    labels = _labels(node)
    identity = node.line("uuid")
    facts: dict[str, Any] = {
        "external_id": identity,
        "foreign": True,
        "title": title,
        "project_name": node.line("project"),
        "start_on": node.day("scheduled", zone=zone),
        "due_on": node.day("due", zone=zone),
        "note": _note(node, labels["rest"], zone),
        "state": _state(node),
        **{name: value for name, value in labels.items() if name != "rest"},
        **_priority(node),
    }
    assumed = frozenset() if node.word("status") in _STATES else frozenset({"state"})
    if findings.task(planned_task(facts, sheet=_LIST, row=place, assumed=assumed)):
        _annotations(place, node, identity, title=title, zone=zone)
        for other in _depends(node):
            findings.needs(
                PlannedDependency(
                    sheet=_LIST, row=place, task_external_id=identity, needs_external_id=other
                )
            )


def _state(node: Node) -> State:
    status = node.line("status")
    if status not in _STATES:
        node.doubt("status", "unknown-status", read_as=State.TODO)
    state = _STATES.get(status, State.TODO)
    started = state is State.TODO and node.raw("start") is not None
    return State.DOING if started else state


def _priority(node: Node) -> dict[str, Any]:
    word = node.line("priority")
    if not word:
        return {}
    reading = read_priority(word)
    if reading.doubts:
        node.doubt("priority", "unknown-priority", read_as=reading.value.priority)
        return {}
    return {"priority": reading.value.priority, "urgent": reading.value.urgent}


def _labels(node: Node) -> dict[str, Any]:
    def doubted(code: str, label: str, read_as: str) -> None:
        if node.findings.first(code, label):
            node.findings.doubt(code, cell=node.at("tags"), value=label, read_as=read_as)

    return read_labels(node.words("tags"), doubted=doubted)


def _note(node: Node, tags: tuple[str, ...], zone: tzinfo) -> str:
    """Tags, days of waiting and ending, and the member's own attributes."""
    told = [f"Tags: {', '.join(tags)}"] if tags else []
    for key in ("wait", "until"):
        moment = node.instant(key)
        local = local_time(moment, zone) if moment else None
        told += [f"{key}: {local:%Y-%m-%d}"] if local else []
    for key in node.names():
        if key not in _KNOWN and isinstance(node.raw(key), str | int | float):
            name, value = clean.line(key).value, str(node.raw(key))
            told.append(f"{name}: {clean.line(value).value}")
    return paragraph(*told)


def _depends(node: Node) -> tuple[str, ...]:
    """The ids of what a task waits for: a list, or with commas as older versions write."""
    if isinstance(node.raw("depends"), list):
        return node.words("depends")
    return tuple(filter(None, (one.strip() for one in node.line("depends").split(","))))


def _annotations(place: int, node: Node, identity: str, *, title: str, zone: tzinfo) -> None:
    """Annotations as progress updates of their day; Taskwarrior knows no authors."""
    for _, one in node.items("annotations"):
        moment = one.instant("entry")
        local = local_time(moment, zone) if moment else None
        said = one.lines("description")
        if local is None or not said:
            node.findings.skip(_LIST, place, "row-without-content", fact=title)
            continue
        node.findings.update(
            PlannedUpdate(
                sheet=_LIST,
                row=place,
                task_external_id=identity,
                parent_external_id="",
                title=title,
                person="",
                on=local.date(),
                done=clean.lines(f"({local:%H:%M}) {said}").value,
            )
        )
