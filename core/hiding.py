"""Imports that do without what they would load and nobody here uses, or not yet."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import PathFinder
from types import ModuleType


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """As if these modules were not installed; those that are loaded already stay in sight.

    Only around an import of something that is made to do without them.
    """
    hiding = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hiding))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hiding:
            del sys.modules[name]


class _Postponed(ModuleType):
    """A module that is loaded when something in it is asked for."""

    def __getattr__(self, name: str) -> object:
        spec = self.__spec__
        if name.startswith("__") or spec is None or spec.loader is None:
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment]
        spec.loader.exec_module(self)
        return getattr(self, name)


def postpone(name: str, **known: object) -> None:
    """Have a plain module loaded later: not by ``import``, but by use.

    ``known`` is what may be used before that; the module's own takes its place then. Nothing
    happens where it is loaded already. For one thread: two must not use it first at once. What
    it is a part of must be loaded.
    """
    parent, _, leaf = name.rpartition(".")
    package = sys.modules[parent] if parent else None
    path = package.__path__ if package else None
    if name in sys.modules or (spec := PathFinder.find_spec(name, path)) is None:
        return
    module = sys.modules[name] = _Postponed(name)
    module.__spec__, module.__loader__, module.__file__ = spec, spec.loader, spec.origin
    vars(module).update(known)
    if package:
        setattr(package, leaf, module)
