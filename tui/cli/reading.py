"""From what is typed to what is meant: states, priorities, days, people's choices.

Words are taken in both languages, whatever language is set: scripts outlive settings.
"""

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Final

from core.domain.refusals import BadValue
from core.domain.status import Facet, Priority, Role, State, SyncKind
from core.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum
    from typing import TypeVar

    from core.domain.ids import ProjectId
    from core.domain.meetings import MeetingKind
    from core.domain.people import Project
    from core.domain.status import BlockKind
    from core.domain.trouble import DelayReason, IssueState, Severity
    from core.policies.calendar import WorkCalendar
    from tui.cli.request import Request

    Word = TypeVar("Word", bound=StrEnum)

STATES: Final = {
    "draft": "草稿",
    "todo": "to do|to-do|open|未开始|待办|待处理",
    "doing": "in progress|started|进行中|处理中",
    "review": "in review|in-review|待验收|待审核|验收中",
    "done": "accepted|completed|finished|已完成|完成",
    "archived": "archive|已归档|归档",
    "cancelled": "canceled|cancel|已取消|取消",
}
PRIORITIES: Final = {"high": "高|h", "medium": "中|m", "low": "低|l"}
ROLES: Final = {
    "observer": "观察者|旁观者",
    "member": "成员",
    "lead": "负责人|部门负责人|主管",
    "admin": "管理员",
}
SYNC_KINDS: Final = {
    "progress": "进度",
    "problem": "问题",
    "decision": "决议|决策",
    "deliverable": "交付物",
    "note": "备注",
}
MEETING_KINDS: Final = {
    "kick-off": "kickoff|启动会",
    "standup": "stand-up|站会|晨会",
    "weekly": "周例会|例会|周会",
    "ad-hoc": "adhoc|临时沟通会|临时会议",
    "retro": "retrospective|复盘会|复盘",
    "report": "weekly report|周报",
}
DELAY_REASONS: Final = {
    "requirements": "需求变更|需求变更导致工作量增加",
    "resources": "资源不足",
    "priority": "优先级|优先级判断失误",
    "communication": "沟通|沟通成本过高",
    "material": "资料|资料未及时提供",
    "other": "其他",
}
BLOCK_KINDS: Final = {
    "waiting": "等人|等待",
    "resource": "资源",
    "decision": "决策|决定",
    "technical": "技术",
    "external": "外部",
}
SEVERITIES: Final = {
    "low": "低|l",
    "medium": "中|m",
    "high": "高|h",
    "critical": "紧急|严重|c",
}
ISSUE_STATES: Final = {
    "open": "待响应|未响应",
    "responded": "处理中|已响应",
    "resolved": "已解决",
    "closed": "已关闭|已销号",
    "reopened": "已重开|重新打开",
}
FACETS: Final = {"form": "形式", "scope": "范围", "quality": "质量", "other": "其他"}


def state(request: "Request", text: str) -> State:
    """A workflow state. Raises Usage."""
    return _word(request, text, State, STATES)


def priority(request: "Request", text: str) -> Priority:
    """A priority. Raises Usage."""
    return _word(request, text, Priority, PRIORITIES)


def role(request: "Request", text: str) -> Role:
    """A role. Raises Usage."""
    return _word(request, text, Role, ROLES)


def sync_kind(request: "Request", text: str) -> SyncKind:
    """A kind of sync entry. Raises Usage."""
    return _word(request, text, SyncKind, SYNC_KINDS)


def meeting_kind(request: "Request", text: str) -> "MeetingKind":
    """A kind of meeting. Raises Usage."""
    from core.domain.meetings import MeetingKind

    return _word(request, text, MeetingKind, MEETING_KINDS)


def delay_reason(request: "Request", text: str) -> "DelayReason":
    """Why work is late. Raises Usage."""
    from core.domain.trouble import DelayReason

    return _word(request, text, DelayReason, DELAY_REASONS)


def block_kind(request: "Request", text: str) -> "BlockKind":
    """What a blocked task lacks. Raises Usage."""
    from core.domain.status import BlockKind

    return _word(request, text, BlockKind, BLOCK_KINDS)


def severity(request: "Request", text: str) -> "Severity":
    """How bad an issue is. Raises Usage."""
    from core.domain.trouble import Severity

    return _word(request, text, Severity, SEVERITIES)


def issue_state(request: "Request", text: str) -> "IssueState":
    """Where an issue stands. Raises Usage."""
    from core.domain.trouble import IssueState

    return _word(request, text, IssueState, ISSUE_STATES)


def facet(request: "Request", text: str) -> Facet:
    """What a criterion is about. Raises Usage."""
    return _word(request, text, Facet, FACETS)


def _word(request: "Request", text: str, kind: "type[Word]", names: "Mapping[str, str]") -> "Word":
    wanted = fold(text)
    for name, others in names.items():
        if wanted == name or wanted in others.split("|"):
            return kind(name)
    words = request.words
    raise request.wrong(words("“{text}” is not one of: {known}", text=text, known=", ".join(names)))


def day(request: "Request", text: str, *, project: "Project | None" = None) -> date:
    """A day: ISO 8601 at once, other forms as tui.due reads them. Raises Usage."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    from core.policies.clocks import due_day

    calendar = calendar_of(project)
    return due_day(_other_due(request, text, calendar), calendar)


def due(request: "Request", text: str, *, project: "Project | None") -> datetime | None:
    """An instant, UTC; a day ends as the office closes. ``none`` and ``无`` mean no due at all."""
    if fold(text) in {"none", "-", "无", ""}:
        return None
    from core.policies.clocks import due_instant

    calendar = calendar_of(project)
    try:
        whole = date.fromisoformat(text)
    except ValueError:
        pass
    else:
        return _within(due_instant, whole, calendar)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return _other_due(request, text, calendar)
    return instant if instant.tzinfo else instant.replace(tzinfo=calendar.zone)


def _within(
    closing: "Callable[[date, WorkCalendar], datetime]", day: date, calendar: "WorkCalendar"
) -> datetime:
    """When ``day`` is over. Refuses BadValue for a day that no calendar knows."""
    from core.policies.wall_time import EARLIEST, LATEST, OutOfCalendar

    try:
        return closing(day, calendar)
    except OutOfCalendar as error:
        years = {"first": EARLIEST.year, "last": LATEST.year}
        raise BadValue("due", day, reason="year", **years) from error


def calendar_of(project: "Project | None") -> "WorkCalendar":
    """Its working days, as far as they are published."""
    from core.policies.calendar import calendar_named

    if project is None:
        return calendar_named("china")
    return calendar_named(project.calendar, time_zone=project.time_zone)


def zones_of(request: "Request") -> "dict[ProjectId, tzinfo]":
    """Where the days of each project begin and end."""
    from core.queries.directory import projects

    return {one.id: calendar_of(one).zone for one in request.ask(projects)}


def _other_due(request: "Request", text: str, calendar: "WorkCalendar") -> datetime:
    """Read as the board's prompt reads it."""
    from tui.due import NotADue, read_due

    try:
        found = read_due(text, now=request.desk.now(), calendar=calendar)
    except NotADue:
        found = None
    if found is None:
        words = request.words
        raise request.wrong(
            words("“{text}” is not a day. Try 2026-12-01, 12-01, +3d, fri, tomorrow.", text=text)
        )
    return found.at
