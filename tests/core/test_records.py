"""Our quickly made dataclasses are what the standard library would have made."""

import copy
import dataclasses
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, field, fields, is_dataclass
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, ClassVar

import pytest

import core
import tui
from core.records import dataclass, names_of, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One of each: plain, with a default, made, left out, told to nobody."""

    kind: ClassVar[str] = "card"
    number: int
    title: str = "none"
    marks: list[str] = field(default_factory=list)
    seen: Mapping[str, int] = field(default_factory=dict, hash=False, repr=False)
    cache: int = field(default=0, compare=False)
    double: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """What follows from the rest."""
        object.__setattr__(self, "double", 2 * self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """No field at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A single field, whose value is several."""

    both: tuple[int, ...] = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alone:
    """Equal to itself only."""

    number: int = 0


def test_values_and_defaults() -> None:
    card = Card(number=3)
    assert (card.number, card.title, card.marks, card.double, card.kind) == (
        *(3, "none", [], 6, "card"),
    )
    assert card.marks is not Card(number=3).marks
    assert Card(number=1, title="a", marks=["x"]).marks == ["x"]


def test_what_is_wrong_is_refused_as_ever() -> None:
    made: Any = Card
    for call in (made, lambda: made(number=1, colour=2), lambda: made(1)):
        with pytest.raises(TypeError):
            call()
    with pytest.raises(TypeError):
        made(number=1, double=4)


def test_nothing_changes_in_it() -> None:
    card: Any = Card(number=1)
    with pytest.raises(FrozenInstanceError):
        card.number = 2
    with pytest.raises(FrozenInstanceError):
        del card.number
    with pytest.raises(FrozenInstanceError):
        card.colour = 2
    assert not hasattr(card, "__dict__")


def test_equal_is_what_has_equal_fields() -> None:
    assert Card(number=1, cache=1) == Card(number=1, cache=2)
    assert Card(number=1) != Card(number=2)
    assert Card(number=1) != Alone(number=1)
    assert Empty() == Empty() != Pair()
    assert Alone() != Alone()


def test_what_is_equal_hashes_alike() -> None:
    assert hash(Pair(both=(1,))) == hash(Pair(both=(1,)))
    assert hash(Empty()) == hash(Empty())
    assert len({Alone(), Alone()}) == 2
    with pytest.raises(TypeError):
        hash(Card(number=1))  # its marks are a list


def test_it_tells_what_it_is() -> None:
    assert repr(Card(number=1)) == "Card(number=1, title='none', marks=[], cache=0)"
    assert repr(Pair()) == "Pair(both=(1, 2))"
    assert repr(Empty()) == "Empty()"


def test_copies() -> None:
    card = Card(number=2, marks=["x"], seen={"li": 1})
    for other in (copy.copy(card), copy.deepcopy(card), pickle.loads(pickle.dumps(card))):
        assert other == card
        assert other.double == 4
    changed = replace(card, number=5)
    assert (changed.number, changed.double, changed.marks) == (5, 10, ["x"])
    assert dataclasses.replace(card, number=5) == changed
    with pytest.raises(TypeError):
        replace(card, colour=1)  # type: ignore[call-arg]


def test_others_know_it_as_a_dataclass() -> None:
    assert is_dataclass(Card)
    assert is_dataclass(Card(number=1))
    assert [one.name for one in fields(Card)] == list(names_of(Card))
    assert dataclasses.asdict(Pair()) == {"both": (1, 2)}
    match Pair(both=(3,)):
        case Pair(both=(number,)):
            assert number == 3


def test_any_other_dataclass_is_made_as_ever() -> None:
    @dataclass(slots=True)
    class Counter:
        count: int = 0

    one = Counter(4)
    one.count += 1
    assert replace(one, count=one.count + 1) == Counter(6)


def _ours() -> list[type[Any]]:
    """All records of the program."""
    found = {}
    for package in (core, tui):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith("__main__") or "migrations" in module.name:
                continue
            for one in vars(import_module(module.name)).values():
                if isinstance(one, type) and "__given__" in vars(one):
                    found[one.__module__, one.__qualname__] = one
    return list(found.values())


def test_each_of_ours_is_what_the_standard_library_would_have_made() -> None:
    ours = _ours()
    assert len(ours) > 150
    for kind in ours:
        body = {"__annotations__": kind.__annotations__, **kind.__given__}
        twin: Any = dataclasses.dataclass(frozen=True, kw_only=True)(type("Twin", (), body))
        for mine, theirs in zip(fields(kind), fields(twin), strict=True):
            for name in ("name", "default", "default_factory", "init", "compare", "hash", "repr"):
                assert getattr(mine, name) == getattr(theirs, name), (kind, mine.name, name)
        assert kind.__doc__, kind
