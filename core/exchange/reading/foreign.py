"""Tables of the guides that duban knows but does not import yet; RACI tables are checked."""

from collections.abc import Iterator
from typing import Final

from core.exchange.cells import Row, Sheet, plain
from core.exchange.planned import Doubt
from core.exchange.reading.heading_words import normal

SEARCHED_ROWS: Final = 30
"""So far from a sheet's top headings are looked for."""
RACI: Final = "T3-R"
_NODE: Final = "任务节点"
"""The heading of the first column of RACI tables; the others are roles."""

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
    """The code of a table that duban knows but does not import yet, such as ``T3-R``."""
    for row in sheet.rows[:SEARCHED_ROWS]:
        words = [normal(plain(cell.value)) for cell in row.cells if not cell.merged]
        if code := is_foreign(words):
            return code
        if words[:1] == [_NODE]:
            return RACI
    return None


def raci_doubts(sheet: Sheet) -> Iterator[Doubt]:
    """Nodes that break R142: ``raci-without-a``, ``raci-several-a``, ``raci-without-r``."""
    for row in _nodes(sheet):
        letters = [plain(cell.value).strip()[:1].upper() for cell in row.cells[1:]]
        for code in _codes(letters):
            yield Doubt(
                sheet=sheet.name,
                cell=f"A{row.number}",
                heading=_NODE,
                value=plain(row.cells[0].value)[:80],
                code=code,
            )


def _nodes(sheet: Sheet) -> Iterator[Row]:
    """The rows below the headings that name a node."""
    below = False
    for row in sheet.rows:
        name = plain(row.cells[0].value).strip()
        if below and name:
            yield row
        below = below or name == _NODE


def _codes(letters: list[str]) -> Iterator[str]:
    if letters.count("A") != 1:
        yield "raci-several-a" if "A" in letters else "raci-without-a"
    if "R" not in letters:
        yield "raci-without-r"
