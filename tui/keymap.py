"""A member's own keys over ours."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final, NamedTuple

from tui.actions import ACTIONS, BY_ID
from tui.keyboard import Action, Scope, with_twins
from tui.words import N_, Words

Keys = Mapping[str, tuple[str, ...]]
"""Keys by action id."""


class KeyProblem(NamedTuple):
    """Why a key setting cannot be used."""

    code: str
    """``unknown-action``, ``bad-key`` or ``clash``."""
    action: str
    key: str = ""
    other: str = ""
    """The action that has the key already; for ``clash``."""


_SENTENCES: Final = {
    "unknown-action": N_("[keys] {action} is not an action; known: {known}"),
    "bad-key": N_("[keys] {action}: “{key}” is not a key; write one like x, X, ctrl+x or f5."),
    "clash": N_("[keys] {action} and {other} cannot share the key {key}."),
}


def problem_words(words: Words, problem: KeyProblem) -> str:
    """The sentence that names the action, the key and the other action."""
    return words(
        _SENTENCES[problem.code],
        action=problem.action,
        key=problem.key,
        other=problem.other,
        known=", ".join(BY_ID),
    )


def resolve(own: Keys) -> dict[str, tuple[str, ...]]:
    """The keys of each action: the member's where they chose some, else ours; without twins."""
    return {action.id: tuple(own.get(action.id, action.keys)) for action in ACTIONS}


def overrides(own: Keys) -> dict[str, str]:
    """What Textual's ``set_keymap`` takes: only what differs from ours."""
    return {name: ",".join(with_twins(tuple(keys))) for name, keys in own.items()}


def check(own: Keys) -> tuple[KeyProblem, ...]:
    """What is not right with the member's keys; empty when all is."""
    unknown = [KeyProblem(code="unknown-action", action=name) for name in own if name not in BY_ID]
    bad = [
        KeyProblem(code="bad-key", action=name, key=key)
        for name, keys in own.items()
        for key in keys
        if not _is_key(key)
    ]
    return (*unknown, *bad, *_clashes(resolve({k: v for k, v in own.items() if k in BY_ID})))


def _clashes(keys: Keys) -> Iterator[KeyProblem]:
    """Each key that two actions of one screen have, in the order of the actions."""
    users: dict[str, list[int]] = defaultdict(list)
    for place, action in enumerate(ACTIONS):
        for key in set(keys[action.id]):
            users[key].append(place)
    pairs = ((*pair, key) for key, sharing in users.items() for pair in combinations(sharing, 2))
    for first, second, key in sorted(pairs):
        if _meet(ACTIONS[first], ACTIONS[second]):
            names = ACTIONS[first].id, ACTIONS[second].id
            yield KeyProblem(code="clash", action=names[0], other=names[1], key=key)


def _meet(first: Action, second: Action) -> bool:
    """Whether both are possible on one screen."""
    return Scope.ANY in first.scopes | second.scopes or bool(first.scopes & second.scopes)


_NAMED: Final = frozenset(
    "up down left right home end pageup pagedown enter escape tab space delete backspace insert"
    " f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12".split()
)


def _is_key(key: str) -> bool:
    """Whether Textual would understand it."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    known = set(modifiers) <= {"ctrl", "shift", "alt"}
    return known and (name in _NAMED or (len(name) == 1 and name.isprintable() and name != " "))
