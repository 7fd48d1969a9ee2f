"""What a store's URL says: which engine, which file, and what of it may be shown."""

import re
from typing import TYPE_CHECKING, Final

from core.domain.refusals import BadValue

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_USER: Final = r"(://[^:/@?#]*:)(.*)@"
_OPTION: Final = r"(?i)([?&](?:ssl)?password=)([^&]*)"
_SQLITE: Final = "sqlite:///"
_PLAIN: Final = frozenset("/._-")
"""Besides letters and digits: the signs of a path that stands in a URL as it is."""


def is_postgres(url: str) -> bool:
    """Whether ``url`` names a PostgreSQL store. Refuses BadValue for what is no URL."""
    return not url.startswith(_SQLITE) and _parts(url).scheme in {"postgresql", "postgres"}


def sqlite_file(url: str) -> str:
    """The file that ``sqlite:///relative`` or ``sqlite:////absolute`` names; ~ is the home.

    Refuses BadValue.
    """
    path = url.removeprefix(_SQLITE)
    if path != url and _is_plain(path):
        return path
    from pathlib import Path
    from urllib.parse import unquote

    parts = _parts(url)
    if parts.scheme != "sqlite" or parts.netloc or len(parts.path) < 2 or "\0" in url:
        raise _no_store(url)
    return str(Path(unquote(parts.path[1:])).expanduser())


def _is_plain(path: str) -> bool:
    """Whether ``path`` is already what the rules of URLs and of paths would make of it.

    Those rules take as long to load as a small store to read.
    """
    if not all(part and part != "." for part in path.removeprefix("/").split("/")):
        return False
    return all(sign in _PLAIN or (sign.isascii() and sign.isalnum()) for sign in path)


def _parts(url: str) -> "SplitResult":
    from urllib.parse import urlsplit

    try:
        return urlsplit(url)
    except ValueError as error:
        raise _no_store(url) from error


def _no_store(url: str) -> BadValue:
    example = "sqlite:////home/wang/duban.db"
    return BadValue("store", shown_url(url), reason="store-url", example=example)


def shown_url(url: str) -> str:
    """``url`` without its password: as it may be shown."""
    return re.sub(_OPTION, r"\1***", re.sub(_USER, r"\1***@", url))


def password_of(url: str) -> str:
    """The password in ``url``, as it is written there; empty if there is none."""
    found = re.search(_USER, url) or re.search(_OPTION, url)
    return found[2] if found else ""
