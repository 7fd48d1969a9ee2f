"""Whether a task says clearly what is wanted (R34-R36, R132): what is missing, never a verdict.

A title is vague that is only a verb without an object, or with one that could be anything, in
Chinese or English; or that says nothing at all (core.policies.rubbish). What a criterion speaks of
is told by its facet, else by its words.
"""

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.domain.status import Facet
from core.domain.text import fold
from core.policies.rubbish import says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.domain.parts import Criterion
    from core.domain.task import Task


class Gap(StrEnum):
    """What a task that is clear has, in the order in which it is asked for."""

    TITLE = "title"
    """A concrete title: a verb with its object (R36)."""
    OUTCOME = "outcome"
    """The expected outcome (R24)."""
    FORM = "form"
    """A criterion on the form of what is delivered (R35)."""
    SCOPE = "scope"
    """A criterion on the data or range it covers (R35)."""
    QUALITY = "quality"
    """A criterion that can be measured (R35)."""
    DUE = "due"
    VALUE = "value"
    """Why it matters (R31)."""
    OWNER = "owner"
    """Exactly one (R43)."""


PARTS: Final = tuple(Gap)

# Patterns stay texts until one is needed: re keeps what it has made of them.
_POLITE: Final = (
    r"^(请|麻烦|帮忙|尽快|抓紧|及时|继续|持续|需要|please|kindly|asap|continue to|try to|[\W_])+"
)
_VERBS: Final = (
    "看看 改进 提升 负责 安排 沟通 对接 准备 处理 跟进 推进 优化 完善 加强 落实 做好 搞定 "
    "解决 协调 支持 配合 整理 弄 搞 做 看 改"
).split()
"""No verb before one that it begins with."""
_ANYTHING: Final = (
    r"(一下|相关|有关|各项|其他|其它|若干|这个|那个|的|等|事宜|事项|事情|工作|问题|任务|东西"
    r"|内容|情况|需求|客户|系统)+"
)
_VAGUE: Final = (
    r"(handle|deal with|follow up|follow|look into|look at|work on|improve|optimi[sz]e|support"
    r"|fix|do|check|update|help|manage|coordinate|prepare|clean up|misc\w*|various|todo|tbd)\b"
)
_NOTHING: Final = (
    r"\b(on|with|the|a|an|some|all|any|this|that|it|things?|stuff|issues?|problems?|tasks?|work"
    r"|items?|matters?|customers?|system|etc|up|out|misc\w*|various)\b"
)
_SIGNS: Final = r"[\W_]+"
_FORM: Final = (
    r"文档|报告|表|方案|清单|稿|手册|邮件|页面|链接|ppt|pdf|xlsx|excel|word|演示|视频|图|代码|接口|系统上线"
    r"|\b(report|document|doc|sheet|table|slide|deck|list|page|mail|file|draft|video|code|api"
    r"|manual|plan|release)s?\b"
)
_SCOPE: Final = (
    r"包含|包括|覆盖|范围|涉及|数据|维度|样本|全部|所有|各部门|区域|期间|至少.*(份|个|家|位|项)"
    r"|\b(cover\w*|includ\w*|contain\w*|scope|range|all|every|from .+ to|data|samples?|fields?)\b"
)
_QUALITY: Final = (
    r"\d|%|率|不超过|不少于|以内|无误|零|准确|通过|达到|≥|≤"
    r"|\b(at least|at most|within|no more than|without|accura\w+|pass\w*|zero|error)\b"
)


def is_vague(title: str) -> bool:
    """Whether a title is a verb without an object, or with one that could be anything, or no word.

    A title that was only typed to have one is no word.
    """
    said = re.sub(_POLITE, "", fold(title))
    if says_nothing(said):
        return True
    verb = next((one for one in _VERBS if said.startswith(one)), "")
    if verb:
        return len(_solid(_ANYTHING, said[len(verb) :])) < 2
    if found := re.match(_VAGUE, said):
        return not _solid(_NOTHING, said[found.end() :])
    return len(_solid(_ANYTHING, said)) < 2


def _solid(empty: str, text: str) -> str:
    """What is left of an object without words that could mean anything, and without signs."""
    return re.sub(_SIGNS, "", re.sub(empty, "", text))


def facets_of(criterion: "Criterion") -> frozenset[Facet]:
    """What a criterion speaks of: its facet, else whatever its words tell."""
    if criterion.facet is not Facet.OTHER:
        return frozenset({criterion.facet})
    return facets_in(criterion.text)


def facets_in(text: str) -> frozenset[Facet]:
    """What the words of a criterion speak of; it can be several things, or none."""
    said = fold(text)
    tests = ((Facet.FORM, _FORM), (Facet.SCOPE, _SCOPE), (Facet.QUALITY, _QUALITY))
    return frozenset(facet for facet, words in tests if re.search(words, said))


class Told(NamedTuple):
    """What is said of a task so far; a form has it before there is a task."""

    title: str
    outcome: str = ""
    value: str = ""
    is_due: bool = False
    """Whether it has a due."""
    is_owned: bool = False
    facets: frozenset[Facet] = frozenset()
    """What its criteria speak of."""


NOTHING: Final = Told("")


def told(task: "Task", criteria: "Iterable[Criterion]") -> Told:
    """What a task says."""
    return Told(
        title=task.title,
        outcome=task.outcome,
        value=task.value,
        is_due=task.due is not None,
        is_owned=task.owner is not None,
        facets=frozenset[Facet]().union(*map(facets_of, criteria)),
    )


def missing(said: Told) -> tuple[Gap, ...]:
    """What is missing for a task to be clear, in the order of ``Gap``."""
    has = {
        Gap.TITLE: not is_vague(said.title),
        Gap.OUTCOME: bool(said.outcome.strip()),
        Gap.FORM: Facet.FORM in said.facets,
        Gap.SCOPE: Facet.SCOPE in said.facets,
        Gap.QUALITY: Facet.QUALITY in said.facets,
        Gap.DUE: said.is_due,
        Gap.VALUE: bool(said.value.strip()),
        Gap.OWNER: said.is_owned,
    }
    return tuple(gap for gap in PARTS if not has[gap])


def gaps(task: "Task", criteria: "Iterable[Criterion]") -> tuple[Gap, ...]:
    """``missing`` of a task."""
    return missing(told(task, criteria))
