"""What a store's URL says: which engine, which file, and what of it may be shown."""

import re
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from core.domain.refusals import BadValue

_USER: Final = re.compile(r"(://[^:/@?#]*:)(.*)@")
_OPTION: Final = re.compile(r"([?&](?:ssl)?password=)([^&]*)", re.IGNORECASE)


def is_postgres(url: str) -> bool:
    """Whether ``url`` names a PostgreSQL store. Refuses BadValue for what is no URL."""
    return _parts(url).scheme in {"postgresql", "postgres"}


def sqlite_path(url: str) -> Path:
    """The file that ``sqlite:///relative`` or ``sqlite:////absolute`` names; ~ is the home.

    Refuses BadValue.
    """
    parts = _parts(url)
    if parts.scheme != "sqlite" or parts.netloc or len(parts.path) < 2 or "\0" in url:
        raise _no_store(url)
    return Path(unquote(parts.path[1:])).expanduser()


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise _no_store(url) from error


def _no_store(url: str) -> BadValue:
    example = "sqlite:////home/wang/duban.db"
    return BadValue("store", shown_url(url), reason="store-url", example=example)


def shown_url(url: str) -> str:
    """``url`` without its password: as it may be shown."""
    return _OPTION.sub(r"\1***", _USER.sub(r"\1***@", url))


def password_of(url: str) -> str:
    """The password in ``url``, as it is written there; empty if there is none."""
    found = _USER.search(url) or _OPTION.search(url)
    return found[2] if found else ""
