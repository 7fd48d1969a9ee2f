"""Whose account this is, and where the platform keeps its things.

platformdirs says where; on Linux, where its rule is one line, it is not loaded: it takes as long
as reading the store.
"""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def _folder(variable: str, usual: str, kind: str) -> str:
    """The platform's folder for one kind of file."""
    if sys.platform.startswith("linux") and "ANDROID_DATA" not in os.environ:
        named = os.environ.get(variable, "").strip() or os.path.expanduser(usual)
        return os.path.join(named, "duban")
    import platformdirs

    found: str = getattr(platformdirs, f"user_{kind}_dir")("duban", appauthor=False)
    return found


def _data_folder() -> str:
    return _folder("XDG_DATA_HOME", "~/.local/share", "data")


def _settings_file() -> str:
    if named := os.environ.get("DUBAN_SETTINGS"):
        return os.path.expanduser(named)
    return os.path.join(_folder("XDG_CONFIG_HOME", "~/.config", "config"), "settings.toml")


def data_folder() -> "Path":
    """Where the store lies unless somebody says otherwise."""
    from pathlib import Path

    return Path(_data_folder())


def settings_file() -> "Path":
    """Where the settings lie; the same as tui.settings says, which costs more to load."""
    from pathlib import Path

    return Path(_settings_file())


def has_settings() -> bool:
    """Whether that file exists."""
    try:
        os.stat(_settings_file())
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def usual_store() -> str:
    """The URL of the store in the platform's data place."""
    return f"sqlite:///{os.path.join(_data_folder(), 'duban.db')}"


def login() -> str:
    """The name that the system knows this account by, as a handle; no variable changes it."""
    return _as_handle(_entry("pw_name") or os.environ.get("USERNAME", ""))


def handle() -> str:
    """The account's name as a handle."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if os.environ.get(name):
            return _as_handle(os.environ[name])
    return login()


def name() -> str:
    """What the account calls its owner; the handle if it calls them nothing."""
    real = _entry("pw_gecos").partition(",")[0].strip()
    return real if real and real.isprintable() and handle() == login() else handle()


def _entry(field: str) -> str:
    """A field of this account in the system's table; empty where there is none."""
    try:
        import pwd
    except ImportError:
        return ""
    try:
        return str(getattr(pwd.getpwuid(os.getuid()), field))
    except KeyError:
        return ""


def _as_handle(text: str) -> str:
    kept = "".join(sign if sign.isalnum() or sign in "_.-" else "-" for sign in text.casefold())
    return kept.lstrip(".-")[:32] or "me"
