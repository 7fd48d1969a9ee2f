"""Tables of the guides that duban knows but does not import yet."""

from typing import Final

from core.exchange.cells import Sheet, plain
from core.exchange.reading.heading_words import normal

SEARCHED_ROWS: Final = 30
"""So far from a sheet's top headings are looked for."""

_TABLES: Final = {
    "T3-1": frozenset(
        {"流程名称", "适用场景", "流程阶段", "关键节点", "输入物", "责任角色", "耗时"}
    ),
    "T3-3": frozenset({"汇报周期", "汇报对象", "本周完成工作", "下周计划工作", "需支持事项"}),
    "T3-4": frozenset({"复盘时间", "目标达成情况", "流程执行亮点", "改进措施", "标准化沉淀"}),
    "S2-1": frozenset({"总任务", "子任务", "配合部门", "配合内容", "依赖关系", "部门负责人签字"}),
    "S2-3": frozenset({"问题id", "反馈人", "问题详情", "影响范围", "初步解决方案", "解决时限"}),
}
"""Their codes, and the headings that tell them; three are wanted."""


def is_foreign(words: list[str]) -> str | None:
    """The code of the table of the guides, not imported yet, that has these headings."""
    found = set(words)
    for code, signs in _TABLES.items():
        if len(found & signs) >= min(3, len(signs)):
            return code
    return None


def foreign_table(sheet: Sheet) -> str | None:
    """The code of a table that duban knows but does not import yet, such as ``T3-1``."""
    for row in sheet.rows[:SEARCHED_ROWS]:
        words = [normal(plain(cell.value)) for cell in row.cells if not cell.merged]
        if code := is_foreign(words):
            return code
    return None
