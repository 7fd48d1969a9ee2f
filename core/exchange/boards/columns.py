"""What the lists of somebody's board mean: states by their names, in English and Chinese."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from core.domain.status import State
from core.exchange.reading.words import read_status

_NOISE: Final = re.compile(r"\([^)]*\)|\uff08[^\uff09]*\uff09|[\W\d_]+")
_BLOCKED: Final = re.compile(r"\b(blocked|on hold|waiting|stuck|paused)\b|阻塞|受阻|等待|暂停|挂起")
_PHRASES: Final = (
    (
        State.TODO,
        r"\b(not (yet )?(done|started)|to be done|(ready|selected) for dev\w*)\b"
        r"|未(完成|开始)|^待(?![审验测评])",
    ),
    (State.CANCELLED, r"\b(cancel\w*|won'?t (do|fix)|reject\w*|abandon\w*)\b|取消|废弃|作废"),
    (
        State.REVIEW,
        r"\b(review\w*|test\w*|qa|uat|verif\w*|approv\w*|staging)\b|评审|审核|审批|验收|测试",
    ),
    (
        State.DONE,
        r"\b(done|complete[ds]?|finished|shipped|released|deployed|live|closed|resolved|accepted"
        r"|archived?)\b|完成|上线|发布|结束|关闭|归档",
    ),
    (
        State.DOING,
        r"\b(doing|progress|development|wip|working|active|started|current|today|this week)\b"
        r"|进行|处理|开发|执行|今[天日]|本周",
    ),
    (
        State.TODO,
        r"\b(to ?do|backlog|ideas?|inbox|icebox|next|ready|planned|upcoming|new|open|queue|later"
        r"|someday|requests?|reopened|selected)\b|待|计划|需求|想法|新建|收集|未",
    ),
)
_COMPILED: Final = tuple((state, re.compile(pattern)) for state, pattern in _PHRASES)


class Column(NamedTuple):
    """What a list means."""

    state: State
    blocked: bool = False
    sure: bool = True
    """False where the name tells nothing, or only in part."""


def read_columns(names: Iterable[str]) -> dict[str, Column]:
    """The lists of a board by name, left to right: an unknown first one is yet to begin."""
    found: dict[str, Column] = {}
    for place, name in enumerate(names):
        if name not in found:
            other = State.DOING if place else State.TODO
            found[name] = named_column(name) or Column(other, sure=False)
    return found


def named_column(name: str) -> Column | None:
    """What a list is by its name; None if that tells nothing."""
    bare = " ".join(_NOISE.sub(" ", name[:200].casefold()).split())
    for text in (name, bare):
        reading = read_status(text)
        known = reading.value
        if "unknown-status" not in reading.doubts and not known.note:
            return Column(known.state, blocked=known.blocked)
    if _BLOCKED.search(bare):
        return Column(State.DOING, blocked=True, sure=False)
    for state, pattern in _COMPILED:
        if pattern.search(bare):
            return Column(state, sure=False)
    return None
