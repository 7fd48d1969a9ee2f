"""Titles that were typed to have something there: keyboard runs, placeholders, digits (R36)."""

import re
from typing import Final

_WORD: Final = r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+"
_LINES: Final = (
    *("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    *("qaz", "wsx", "edc", "rfv", "tgb", "yhn", "ujm"),
    *("abcdefg", "xyz"),
)
"""Keys beside or below each other; runs go either way."""
_RUNS: Final = (*_LINES, *(one[::-1] for one in _LINES))
_ROWS: Final = tuple(frozenset(one) - frozenset("aeiouy") for one in _LINES[:3])
_SHORTEST: Final = 3
"""Keys of a run."""
_AGAIN: Final = r"(.{1,3})\1{2,}|(.)\2+"
_PLACEHOLDERS: Final = frozenset(
    "test tests testing tester tested tmp temp todo tbd tba foo bar baz qux foobar dummy untitled "
    "placeholder new task tasks subtask item title hello world hi bla blah lorem ipsum wip none "
    "null nothing something anything whatever stuff haha hehe ok okay asdf an the this that is my "
    "just only another some first second third one two three".split()
)
_PLACEHOLDING: Final = (
    r"(测试|测一下|试试|试一试|试一下|待定|待补充?|待填写?|占位|任务|新建?|子|未命名|临时|随便写?|写?点?什么"
    r"|暂无|没有|无|空|默认|这是|第?[一二三]个?|个|哈|呵|嘿|啊|嗯|额|哦|你好"
    r"|阿斯顿发?|阿斯蒂芬|阿斯达|阿萨德|啊?实打实|大?萨达|撒打算|撒旦法?)+|无?标题|内容|名称"
)
"""Also what an input method makes of a keyboard run."""


def says_nothing(title: str) -> bool:
    """Whether no word of a folded title has any substance.

    Digits and signs count for nothing; one real word is enough.
    """
    tokens = re.findall(_WORD, title)
    return sum(map(len, tokens)) < 2 or all(map(_is_empty, tokens))


def _is_empty(token: str) -> bool:
    if len(token) == 1 and token.isascii():
        return True
    if token in _PLACEHOLDERS or re.fullmatch(_AGAIN, token):
        return True
    return re.fullmatch(_PLACEHOLDING, token) is not None or _is_mashed(token)


def _is_mashed(token: str) -> bool:
    """Whether it is made of keyboard runs, or of the consonants of one row."""
    if len(token) > _SHORTEST and any(row.issuperset(token) for row in _ROWS):
        return True
    place = run = 0
    while place < len(token):
        run = _run_at(token, place) or (1 if run > _SHORTEST and place == len(token) - 1 else 0)
        if not run:
            return False
        place += run
    return True


def _run_at(token: str, place: int) -> int:
    """Keys of the longest run that begins there; 0 where none does."""
    lengths = range(len(token) - place, _SHORTEST - 1, -1)
    return next(
        (
            length
            for length in lengths
            if any(token[place : place + length] in one for one in _RUNS)
        ),
        0,
    )
