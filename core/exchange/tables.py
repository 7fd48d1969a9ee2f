"""The guides' tables that duban reads and writes: headings to the letter, and what they hold.

Import and export share these definitions, so that what one writes the other reads.
"""

from enum import StrEnum
from typing import Final

from core.records import dataclass


class TableKind(StrEnum):
    """What a row of a table is."""

    TASKS = "tasks"
    UPDATES = "updates"
    SYNC = "sync"
    RACI = "raci"
    """A node, and who is what to it; every column but the node's is a person or a role."""


class Field(StrEnum):
    """What a column holds, whatever its heading."""

    ID = "id"
    PARENT = "parent"
    TITLE = "title"
    DESCRIPTION = "description"
    PROJECT = "project"
    GOAL = "goal"
    PROCESS = "process"
    INITIATOR = "initiator"
    OWNER = "owner"
    ACCEPTOR = "acceptor"
    COLLABORATORS = "collaborators"
    TYPE = "type"
    PRIORITY = "priority"
    START = "start"
    DUE = "due"
    PERIOD = "period"
    """Start and due in one cell: ``7.8-7.10``."""
    STATUS = "status"
    PROGRESS = "progress"
    BLOCKED = "blocked"
    """Why a task is blocked, in a column of its own."""
    DELIVERABLES = "deliverables"
    CRITERIA = "criteria"
    RISK = "risk"
    NOTE = "note"
    DONE = "done"
    NEXT = "next"
    PROBLEMS = "problems"
    DAY = "day"
    TOPIC = "topic"
    CONTENT = "content"
    KIND = "kind"
    AUDIENCE = "audience"
    REFERENCE = "reference"
    NODE = "node"
    """A task by its title."""
    LETTERS = "letters"
    """What one person or role is to the task: ``R/A(审批)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table of the guides."""

    heading: str
    """To the letter, as written on export."""
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of the guides."""

    code: str
    """Its name in the requirements: ``T1-1``."""
    name: str
    """Its Chinese title, without the 《》; also the name of its sheet."""
    kind: TableKind
    columns: tuple[Column, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings, left to right."""
        return tuple(column.heading for column in self.columns)


def _columns(**headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading=text, field=Field(name)) for name, text in headings.items())


TASK_LIST: Final = Table(
    code="T0-1",
    name="日常任务清单表",
    kind=TableKind.TASKS,
    columns=_columns(
        id="任务ID",
        title="任务名称",
        type="任务类型",
        priority="优先级",
        owner="负责人",
        due="截止日期",
        progress="当前进度",
        status="状态",
        note="备注(如关联项目/客户)",
    ),
)

OVERVIEW: Final = Table(
    code="T1-1",
    name="部门任务总览表",
    kind=TableKind.TASKS,
    columns=_columns(
        id="任务ID",
        title="任务名称",
        initiator="发起人",
        owner="负责人",
        collaborators="协作人",
        goal="关联项目/目标",
        type="任务类型",
        priority="优先级",
        due="预期完成时间",
        status="当前状态",
        note="备注(验收标准/问题记录)",
    ),
)

PROGRESS: Final = Table(
    code="T1-2",
    name="任务执行进度跟踪表",
    kind=TableKind.UPDATES,
    columns=_columns(
        id="子任务ID",
        parent="所属主任务ID",
        title="子任务名称",
        owner="负责人",
        progress="今日进度(%)",
        done="已完成工作",
        next="下一步计划",
        problems="遇到的问题及所需支持",
        day="更新日期",
    ),
)

SYNC_LOG: Final = Table(
    code="T1-3",
    name="信息同步共享记录表",
    kind=TableKind.SYNC,
    columns=_columns(
        day="同步日期",
        topic="同步主题",
        content="同步内容(进展/问题/决议)",
        initiator="同步发起人",
        audience="同步对象",
        reference="附件/参考(占位符)",
        note="备注",
    ),
)

ALLOCATION: Final = Table(
    code="T3-2",
    name="任务分配与跟踪表",
    kind=TableKind.TASKS,
    columns=_columns(
        id="任务ID",
        title="任务名称",
        description="任务描述",
        process="所属流程",
        owner="责任人",
        collaborators="协作者",
        period="起止时间",
        deliverables="交付物",
        status="当前状态",
        priority="优先级",
        risk="风险说明",
    ),
)

RESPONSIBILITIES: Final = Table(
    code="T3-R",
    name="RACI责任矩阵",
    kind=TableKind.RACI,
    columns=_columns(node="任务节点"),
)
"""Its other columns are the people and roles that a file or the store has."""

TABLES: Final = (TASK_LIST, OVERVIEW, PROGRESS, SYNC_LOG, ALLOCATION, RESPONSIBILITIES)


def find_table(name: str) -> Table | None:
    """The table with code or title ``name``, however its letters, brackets and 《》 are written."""
    wanted = name.strip().strip("《》").upper().replace("_", "-")
    for table in TABLES:
        if wanted in (table.code, table.name, table.code.replace("-", "")):
            return table
    return None
