"""Imports that do without what they would load and nobody here uses."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


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
