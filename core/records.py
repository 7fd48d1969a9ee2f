"""Dataclasses that are quickly made: a start made a hundred, and called few of their methods.

``dataclass`` stands for that of ``dataclasses``, and what it makes is one for everybody who asks.
Those that are ``frozen=True, slots=True, kw_only=True`` share their methods but ``__init__``, which
is written when the first record is made; see docs/decisions.md. Any other is made as ever.
"""

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn

__all__ = ["dataclass", "names_of", "replace"]
_NOTHING: Final = dataclasses.MISSING


def _dataclass(
    *, frozen: bool = False, slots: bool = False, kw_only: bool = False, eq: bool = True
) -> Callable[[type], type]:
    if not (frozen and slots and kw_only):
        return dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only, eq=eq)
    return _compared if eq else _alone


def _compared(kind: type) -> type:
    return _remade(kind, {**_SHARED, "__eq__": _eq, "__hash__": _hash})


def _alone(kind: type) -> type:
    """For records that are equal to themselves only."""
    return _remade(kind, _SHARED)


def _remade(kind: type, methods: Mapping[str, object]) -> type:
    """The same class, with slots for its fields and no values in their place."""
    annotated = kind.__annotations__
    names = tuple(name for name, one in annotated.items() if not _is_class_var(one))
    body = {name: one for name, one in vars(kind).items() if name not in _TIED}
    given = {name: body.pop(name) for name in names if name in body}
    made = type(kind)(
        kind.__name__,
        kind.__bases__,
        {**methods, **body, "__slots__": names, "__given__": given},
    )
    made.__qualname__ = kind.__qualname__
    return made


_TIED: Final = frozenset({"__dict__", "__weakref__"})
"""What belongs to one class and cannot be another's."""


def _is_class_var(annotation: object) -> bool:
    if isinstance(annotation, str):
        return annotation.startswith("ClassVar")
    return annotation is ClassVar or getattr(annotation, "__origin__", None) is ClassVar


def _first_init(record: Any, /, **values: object) -> None:  # noqa: ANN401
    kind = type(record)
    kind.__init__ = _init_of(kind)
    kind.__init__(record, **values)


def _init_of(kind: Any) -> Any:  # noqa: ANN401
    """``__init__``, which sets each slot by its own descriptor."""
    scope: dict[str, object] = {"nothing": _NOTHING}
    taken, lines = [], []
    for name in kind.__slots__:
        default, factory, init = _begins(kind.__given__.get(name, _NOTHING))
        value = name
        if factory is not _NOTHING:
            scope[f"make_{name}"], default = factory, _NOTHING
            value = f"make_{name}() if {name} is nothing else {name}"
        if init:
            optional = default is not _NOTHING or factory is not _NOTHING
            scope[f"usual_{name}"] = default
            taken.append(f"{name}=usual_{name}" if optional else name)
            scope[f"set_{name}"] = vars(kind)[name].__set__
            lines.append(f"  set_{name}(self, {value})")
    if hasattr(kind, "__post_init__"):
        lines.append("  self.__post_init__()")
    named = f", *, {', '.join(taken)}" if taken else ""
    exec(f"def __init__(self{named}):\n{chr(10).join(lines) or '  pass'}", scope)  # noqa: S102
    written: Any = scope["__init__"]
    written.__qualname__ = f"{kind.__qualname__}.__init__"
    return written


def _begins(given: object) -> tuple[object, object, bool]:
    """The default of a field, what makes it, and whether ``__init__`` takes it."""
    if isinstance(given, dataclasses.Field):
        return given.default, given.default_factory, given.init
    return given, _NOTHING, True


def _chosen(kind: Any, asked: Callable[[Any], bool]) -> tuple[str, ...]:  # noqa: ANN401
    """The fields for which ``asked`` says yes; those without a ``field()`` always count."""
    given = kind.__given__
    return tuple(
        name
        for name in kind.__slots__
        if not isinstance(given.get(name), dataclasses.Field) or asked(given[name])
    )


def _reader(names: tuple[str, ...]) -> Callable[[object], object]:
    return attrgetter(*names) if names else lambda _: ()


@cache
def _comparing(kind: type) -> Callable[[object], object]:
    return _reader(_chosen(kind, lambda one: one.compare))


@cache
def _hashing(kind: type) -> Callable[[object], object]:
    return _reader(_chosen(kind, lambda one: one.compare if one.hash is None else one.hash))


@cache
def _telling(kind: type) -> tuple[str, Callable[[object], object]]:
    names = _chosen(kind, lambda one: one.repr)
    form = ", ".join(f"{name}=%r" for name in names)
    # Of a single field attrgetter gives the value itself, which may be a tuple.
    read = _reader(names) if len(names) != 1 else lambda record: (getattr(record, names[0]),)
    return f"{kind.__qualname__}({form})", read


def _eq(record: Any, other: object) -> Any:  # noqa: ANN401
    kind: Any = type(record)
    read = _comparing(kind)
    if type(other) is not kind:
        return NotImplemented
    return read(record) == read(other)


def _hash(record: Any) -> int:  # noqa: ANN401
    kind: Any = type(record)
    return hash(_hashing(kind)(record))


def _repr(record: Any) -> str:  # noqa: ANN401
    kind: Any = type(record)
    form, read = _telling(kind)
    return form % read(record)


def _setattr(_: object, name: str, value: object) -> NoReturn:  # noqa: ARG001
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(_: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(record: Any) -> list[object]:  # noqa: ANN401
    return [getattr(record, name) for name in record.__slots__]


def _setstate(record: Any, state: list[object]) -> None:  # noqa: ANN401
    for name, value in zip(record.__slots__, state, strict=True):
        object.__setattr__(record, name, value)


class _Fields:
    """What ``dataclasses`` knows a dataclass by; read from a twin when somebody asks."""

    def __get__(self, _: object, kind: Any) -> object:  # noqa: ANN401
        body = {"__annotations__": kind.__annotations__, **kind.__given__}
        twin: type = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=True)(
            type(kind.__name__, (), body)
        )
        kind.__dataclass_fields__ = vars(twin)["__dataclass_fields__"]
        return kind.__dataclass_fields__


_SHARED: Final[Mapping[str, object]] = {
    "__init__": _first_init,
    "__repr__": _repr,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
    "__match_args__": (),
    "__dataclass_fields__": _Fields(),
}


def names_of(kind: type) -> tuple[str, ...]:
    """The names of a record's fields, in their order."""
    names: tuple[str, ...] = vars(kind)["__slots__"]
    return names


def _replace(record: Any, /, **changes: object) -> Any:  # noqa: ANN401
    """A copy with these fields; of any dataclass."""
    kind = type(record)
    if "__given__" not in vars(kind):
        return dataclasses.replace(record, **changes)
    given = kind.__given__
    for name in kind.__slots__:
        if name not in changes and _begins(given.get(name))[2]:
            changes[name] = getattr(record, name)
    return kind(**changes)


if TYPE_CHECKING:
    from dataclasses import dataclass, replace
else:
    dataclass, replace = _dataclass, _replace
