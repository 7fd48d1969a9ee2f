"""Status, priority and type words of the four guides and of English tables."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from core.domain.status import Priority, State
from core.exchange.reading.clean import Reading

_STATES: Final = {
    State.DRAFT: "草稿 draft",
    State.TODO: "未开始 待开始 待办 待处理 未启动 todo to-do open new notstarted backlog",
    State.DOING: "进行中 处理中 执行中 已开始 doing inprogress started ongoing active wip",
    State.REVIEW: "待验收 待审核 待审批 验收中 已提交 review inreview awaitingacceptance submitted",
    State.DONE: "已完成 完成 已验收 已结束 done closed complete completed finished resolved",
    State.ARCHIVED: "已归档 归档 archived",
    State.CANCELLED: "已取消 取消 已终止 已关闭 cancelled canceled wontfix rejected",
}
_BLOCKED_WORDS: Final = "阻塞 受阻 已阻塞 挂起 暂停 blocked onhold waiting stuck".split()
_DELAYED_WORDS: Final = "延迟 延期 已延期 已延迟 滞后 逾期 delayed late overdue behind".split()
_STATE_OF: Final = {word: state for state, text in _STATES.items() for word in text.split()}
_FLAGS: Final = frozenset(_BLOCKED_WORDS + _DELAYED_WORDS)
_BY_LENGTH: Final = sorted(
    (word for word in {*_STATE_OF, *_FLAGS} if not word.isascii()), key=len, reverse=True
)

_PRIORITIES: Final = {
    Priority.HIGH: "高 最高 很高 紧急 特急 重要 h high highest urgent critical blocker 1 2 p0 p1",
    Priority.MEDIUM: "中 普通 一般 正常 m medium med normal major 3 p2",
    Priority.LOW: "低 最低 较低 l low lowest minor trivial 4 p3 p4",
}
_PRIORITY_OF: Final = {word: rank for rank, text in _PRIORITIES.items() for word in text.split()}
_URGENT_PRIORITIES: Final = frozenset("紧急 特急 urgent critical p0".split())

WORK_TYPES: Final = ("项目型", "事务型", "协作型", "专项任务", "常规任务", "紧急任务")
_URGENT_TYPES: Final = frozenset({"紧急任务", "紧急", "临时任务", "urgent"})

_LONGEST: Final = 2_000
_HEAD: Final = re.compile(r"\s*([^:(,;,。\n]+?)\s*(?:([:(,;,。\n])\s*(.*))?", re.DOTALL)
_MARKS: Final = str.maketrans("\uff1a\uff08\uff09\uff1b\uff0c", ":();,")
_OPENING: Final = "([\uff08【"
_CLOSING: Final = (")", "]", "\uff09", "】")
_PERCENT: Final = re.compile(r"(\d{1,3})(?:\.\d+)?\s*%")
_SUBMITTED: Final = re.compile(r"提交验收|待验收|submitted|awaiting")
_WAITING: Final = re.compile(r"(?:等待|等候|等|waiting (?:for|on)\s)\s*([^,;\uff0c。\uff1b]+)")


class Status(NamedTuple):
    """What a status cell tells: one word of the workflow, what lies over it, and the words."""

    state: State
    blocked: bool = False
    delayed: bool = False
    note: str = ""
    """What was written after the status word, as written."""
    progress: int | None = None
    """A percentage named in the note."""
    waiting_for: str = ""
    """What the note of a blocked task says it waits for."""


class Rank(NamedTuple):
    """What a priority cell tells."""

    priority: Priority
    urgent: bool = False


def _word(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower().replace(" ", "").replace("_", "")


@lru_cache(maxsize=4096)
def read_status(text: str) -> Reading[Status]:
    """The status in a cell: ``进行中:完成80%``, ``阻塞:等待技术部接口支持``, ``Done``.

    Doubts: ``unknown-status`` (read as not started, the text becomes the note),
    ``blocked-without-reason``, ``done-awaiting-acceptance`` (an owner's 已完成:已提交验收 is
    work that waits for its acceptor).
    """
    text = text.strip()[:_LONGEST]
    bare = text.lstrip(_OPENING)
    match = _HEAD.fullmatch(bare.translate(_MARKS))  # one sign for one, so places stay
    head, mark, start = (match[1], match[2], match.start(3)) if match else (bare, None, -1)
    note = bare[start:] if start >= 0 else ""
    word = _word(head)
    if word not in _STATE_OF and word not in _FLAGS:
        word, note = _known_start(bare, note)
    if not word:
        return Reading(Status(State.TODO, note=text), ("unknown-status",))
    return _status(word, _closed(note.strip(), opened=bare != text or mark == "("))


def _closed(note: str, *, opened: bool) -> str:
    """``note`` without the bracket that closes one ``opened`` before it."""
    return note[:-1].rstrip() if opened and note.endswith(_CLOSING) else note


def _known_start(text: str, note: str) -> tuple[str, str]:
    """The status word that ``text`` begins with, and the rest; an empty word if none."""
    for word in _BY_LENGTH:
        if text.startswith(word):
            return word, text[len(word) :].lstrip("-—, ")
    return "", note


def _status(word: str, note: str) -> Reading[Status]:
    state = _STATE_OF.get(word, State.DOING)
    blocked, delayed = word in _BLOCKED_WORDS, word in _DELAYED_WORDS
    if word in _STATE_OF and note:
        blocked = state is State.DOING and note.startswith(("阻塞", "受阻"))
        delayed = state is State.DOING and note.startswith(("延迟", "延期"))
    doubts: tuple[str, ...] = ()
    if state is State.DONE and _SUBMITTED.search(note.lower()):
        state, doubts = State.REVIEW, ("done-awaiting-acceptance",)
    if blocked and not note:
        doubts = ("blocked-without-reason",)
    percent = _PERCENT.search(note)
    waiting = _WAITING.search(note) if blocked else None
    status = Status(
        state,
        blocked=blocked,
        delayed=delayed,
        note=note,
        progress=min(100, int(percent.group(1))) if percent else None,
        waiting_for=waiting.group(1).strip() if waiting else "",
    )
    return Reading(status, doubts)


@lru_cache(maxsize=1024)
def read_priority(text: str) -> Reading[Rank]:
    """高/中/低, H/M/L, High and Highest, 1 to 4 as ZenTao counts; medium where nothing stands.

    Doubts: ``empty-default``, ``unknown-priority`` (read as medium).
    """
    word = _word(text[:_LONGEST]).removesuffix("优先级").removesuffix("级")
    if not word or word in {"-", "/", "无"}:
        return Reading(Rank(Priority.MEDIUM), ("empty-default",))
    if word not in _PRIORITY_OF:
        return Reading(Rank(Priority.MEDIUM), ("unknown-priority",))
    return Reading(Rank(_PRIORITY_OF[word], urgent=word in _URGENT_PRIORITIES))


@lru_cache(maxsize=1024)
def read_type(text: str) -> Reading[tuple[str, bool]]:
    """The label of a work type, as written, and whether it means urgent work.

    Doubt: ``new-type`` for a label that is none of the guides' six.
    """
    label = " ".join(text.split())[:_LONGEST]
    if label in {"", "-", "/", "无"}:
        return Reading(("", False))
    urgent = _word(label) in _URGENT_TYPES
    return Reading((label, urgent), () if label in WORK_TYPES else ("new-type",))
