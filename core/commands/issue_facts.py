"""What an issue's fields may hold, what it is called, and what the sync log tells of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from core.commands import checks
from core.commands.editing import Setting
from core.commands.sync import write_entry
from core.domain.ids import PersonId
from core.domain.people import Project
from core.domain.refusals import BadValue, Conflict
from core.domain.status import SyncKind
from core.domain.task import Task
from core.domain.trouble import Issue, Severity
from core.store import finding
from core.store.work import Work


def home(work: Work, project: Project | None, task: Task | None) -> Project:
    """The project of an issue. Refuses BadValue where nothing or a wrong one is named."""
    if task is None:
        if project is None:
            raise BadValue("project", "", reason="empty")
        return project
    if project is not None and project.id != task.project:
        raise BadValue("project", project.key, reason="not-parents", key=task.key)
    return work.project(task.project)


def occurred(work: Work, project: Project, at: datetime | None) -> datetime:
    """When it happened; now unless somebody says. Refuses a time that is yet to come."""
    found = checks.instant("occurred", at) or work.now
    if found > work.now:
        today = checks.today(work, project).isoformat()
        raise BadValue("occurred", found.isoformat(), reason="future", today=today)
    return found


def next_key(work: Work, project: Project) -> str:
    """The next key of the project's register, such as ``CSAT-I03``."""
    while True:
        number = finding.next_number(work.store, f"issue/{project.id}")
        key = f"{project.key}-I{number:02}"
        if not work.all(Issue, key=key) and not finding.key_taken(work.store, key):
            return key


def tell(work: Work, issue: Issue, *, kind: SyncKind, content: str) -> None:
    """Write into the sync log what became of it (R82, R94)."""
    project = work.project(issue.project)
    task = work.task(issue.task) if issue.task else None
    topic = f"{issue.key} {issue.title}"[:500]
    write_entry(work, project, topic=topic, content=content, kind=kind, task=task)


def problem(issue: Issue) -> str:
    """What the sync log tells of a new issue: its texts, one below the other."""
    said = (issue.detail, issue.impact, issue.proposal, issue.parties)
    return "\n".join(filter(None, said))


def unchanged(issue: Issue, setting: Setting, value: object) -> None:
    """Refuse Conflict unless the author of a setting saw what stands now (law 4)."""
    now = getattr(issue, setting.field)
    if now not in (value, setting.seen):
        seen, stands = (str(one) if one is not None else "" for one in (setting.seen, now))
        raise Conflict(
            "changed-meanwhile", key=issue.key, field=setting.field, seen=seen, now=stands
        )


def _said(field: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadValue(field, value, reason="unknown")
    return value


def _line(field: str, value: object, _: Work) -> str:
    return checks.line(field, _said(field, value), required=field == "title")


def _text(field: str, value: object, _: Work) -> str:
    return checks.text(field, _said(field, value), required=field == "impact")


def _severity(field: str, value: object, _: Work) -> Severity:
    try:
        return Severity(str(value))
    except ValueError:
        raise BadValue(field, value, reason="unknown") from None


def _person(field: str, value: object, work: Work) -> PersonId | None:
    if not isinstance(value, int | None):
        raise BadValue(field, value, reason="unknown")
    found = checks.person(work, field, PersonId(value) if value is not None else None)
    return found.id if found else None


EDITABLE: Final[Mapping[str, Callable[[str, object, Work], object]]] = {
    "title": _line,
    "detail": _text,
    "impact": _text,
    "proposal": _text,
    "parties": _line,
    "severity": _severity,
    "handler": _person,
}
"""What EditIssue sets, and how each value is cleaned."""


def promised(by: datetime | None, work: Work, issue: Issue) -> datetime:
    """By when it will be resolved; as before where nobody says. Refuses a time that has passed."""
    wanted = checks.instant("resolve_by", by)
    if wanted is None:
        return issue.resolve_by
    if wanted <= work.now:
        raise BadValue("resolve_by", wanted.isoformat(), reason="over")
    return wanted
