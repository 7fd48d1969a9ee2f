"""How many colors the terminal has, told as Rich tells it, which is loaded later."""

import os
import sys
from typing import Final

NONE: Final = 2
"""The terminal's own two colors."""
SIXTEEN: Final = 16
MANY: Final = 256
"""Or more."""

_TRUE: Final = frozenset({"truecolor", "24bit"})
_ENOUGH: Final = frozenset({"256color", "kitty"})
_WITHOUT: Final = ("vt1", "vt2", "vt3", "vt4")


def color_count() -> int:
    """``NONE``, ``SIXTEEN`` or ``MANY``, as far as the environment says."""
    if sys.platform == "win32" or os.environ.get("COLORTERM", "").strip().lower() in _TRUE:
        return MANY
    term = _term()
    if term.startswith(_WITHOUT) or term.endswith(("-m", "-mono")):
        return NONE
    return MANY if term.rpartition("-")[2] in _ENOUGH else SIXTEEN


def has_white_ground() -> bool:
    """Whether white can be a ground; the console of Linux has eight grounds, the lightest grey."""
    return _term().partition("-")[0] != "linux"


def _term() -> str:
    return os.environ.get("TERM", "").strip().lower()
