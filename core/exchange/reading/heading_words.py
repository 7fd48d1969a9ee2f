"""Other spellings of headings: the guides disagree, and English sheets exist too.

All words are in the form that ``normal`` gives: one width, lower case, no brackets.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from core.exchange.tables import Field, TableKind

_BRACKETS: Final = re.compile(r"\([^)]*\)?|\[[^\]]*\]?|【[^】]*】?")
_NOISE: Final = re.compile(r"[\s*_\-:：.#、?!]+")
_LONGEST: Final = 60

_TASK_WORDS: Final = {
    Field.ID: "任务id 任务编号 编号 id 任务号 taskid key issuekey identifier",
    Field.PARENT: "所属主任务id 主任务id 父任务 父任务id 上级任务 parent parentid",
    Field.TITLE: "任务名称 任务 名称 标题 任务标题 主题 title task taskname name summary",
    Field.DESCRIPTION: "任务描述 描述 任务内容 任务说明 说明 description details",
    Field.PROJECT: "项目 所属项目 项目名称 关联项目 project projectname",
    Field.GOAL: "关联项目/目标 关联项目/客户 目标 关联目标 goal objective",
    Field.PROCESS: "所属流程 流程 流程名称 process",
    Field.INITIATOR: "发起人 创建人 提出人 initiator requester reporter creator author",
    Field.OWNER: "负责人 责任人 任务负责人 唯一责任人 执行人 经办人 owner assignee responsible",
    Field.ACCEPTOR: "验收人 审批人 验收负责人 acceptor approver reviewer",
    Field.COLLABORATORS: "协作人 协作者 协助人 配合人 参与人 collaborators collaborator members",
    Field.TYPE: "任务类型 类型 类别 type issuetype tasktype category",
    Field.PRIORITY: "优先级 紧急程度 重要程度 priority",
    Field.START: "开始日期 开始时间 计划开始 计划开始时间 start startdate starton",
    Field.DUE: "截止日期 截止时间 预期完成时间 期望完成时间 预计完成时间 计划完成 计划完成时间 "
    "完成期限 due duedate dueon deadline",
    Field.PERIOD: "起止时间 起止日期 时间 时间周期 period dates",
    Field.STATUS: "当前状态 状态 任务状态 status state stage",
    Field.PROGRESS: "当前进度 今日进度 进度 完成度 完成率 完成百分比 progress %done percent",
    Field.BLOCKED: "阻塞原因 原因 blocked blockedreason",
    Field.DELIVERABLES: "交付物 成果 输出物 交付成果 deliverable deliverables output",
    Field.CRITERIA: "验收标准 交付标准 交付物标准 criteria acceptancecriteria",
    Field.RISK: "风险说明 风险提示 风险 潜在风险 risk risks risknote",
    Field.NOTE: "备注 备注说明 note notes remark remarks comment comments",
}

_UPDATE_WORDS: Final = {
    Field.ID: "子任务id 子任务编号 任务id 编号 id subtaskid taskid",
    Field.PARENT: "所属主任务id 主任务id 所属任务id 父任务id 主任务 parent parentid",
    Field.TITLE: "子任务名称 子任务 任务名称 title subtask task name",
    Field.OWNER: "负责人 责任人 任务负责人 汇报人 更新人 owner person assignee",
    Field.PROGRESS: "今日进度 当前进度 进度 完成度 progress percent",
    Field.DONE: "已完成工作 今日完成 完成工作 已完成 done completed workdone",
    Field.NEXT: "下一步计划 下步计划 后续计划 明日计划 next nextsteps plan",
    Field.PROBLEMS: "遇到的问题及所需支持 遇到的问题 问题及所需支持 问题 所需支持 "
    "problems problem blockers issues",
    Field.DAY: "更新日期 更新时间 日期 汇报日期 date day updated updatedon",
    Field.NOTE: "备注 note notes remark remarks",
}

_SYNC_WORDS: Final = {
    Field.DAY: "同步日期 同步时间 日期 时间 date day",
    Field.TOPIC: "同步主题 主题 议题 topic subject",
    Field.CONTENT: "同步内容 内容 content",
    Field.KIND: "类型 类别 同步类型 kind type",
    Field.INITIATOR: "同步发起人 发起人 记录人 author initiator",
    Field.AUDIENCE: "同步对象 对象 抄送 audience recipients",
    Field.REFERENCE: "附件/参考 附件 参考 附件参考 reference attachment attachments",
    Field.NOTE: "备注 note notes remark remarks",
}

_RACI_WORDS: Final = {
    Field.NODE: "任务节点 节点 任务/节点 流程节点 tasknode node processnode",
    Field.ID: "任务id 任务编号 节点编号 编号 id taskid",
}


def _by_word(words: dict[Field, str]) -> dict[str, Field]:
    return {word: field for field, texts in words.items() for word in texts.split()}


WORDS: Final = {
    TableKind.TASKS: _by_word(_TASK_WORDS),
    TableKind.UPDATES: _by_word(_UPDATE_WORDS),
    TableKind.SYNC: _by_word(_SYNC_WORDS),
    TableKind.RACI: _by_word(_RACI_WORDS),
}
"""Field by heading, for each kind of table."""


@lru_cache(maxsize=4096)
def normal(heading: str) -> str:
    """``heading`` without brackets, spaces, asterisks and line breaks, in one width and case."""
    text = unicodedata.normalize("NFKC", heading[:_LONGEST]).lower()
    bare = _NOISE.sub("", _BRACKETS.sub("", text))
    return bare or _NOISE.sub("", text)
