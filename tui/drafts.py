"""What was typed and not sent yet: kept in files, so that it outlives a killed program.

One small file a form, in the platform's state folder, readable by the member alone. A draft is
dropped when what it says is stored, never before.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from core.domain.text import TEXT_LIMIT
from core.records import dataclass

if TYPE_CHECKING:
    from tui.session import Session

_LONGEST = 16 * TEXT_LIMIT
"""Bytes of a file that can be a draft."""


def drafts_folder() -> Path:
    """Where the platform keeps such things; ``DUBAN_STATE`` names another folder."""
    if named := os.environ.get("DUBAN_STATE"):
        return Path(named).expanduser() / "drafts"
    from platformdirs import user_state_path

    return user_state_path("duban", appauthor=False) / "drafts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """The drafts of one member in one store. A disk that fails costs a draft, never the form."""

    folder: Path | None
    """None keeps them as long as the program runs."""
    store: str
    """The store's URL; it never stands in a file."""
    held: dict[str, dict[str, str]] = field(default_factory=dict)
    """The same in memory."""

    def keep(self, key: str, fields: Mapping[str, str]) -> None:
        """Keep what stands in the fields; on the disk when it returns."""
        self.held[key] = dict(fields)
        if self.folder is not None:
            try:
                self._write(self._file(key), {"key": key, "fields": dict(fields)})
            except OSError:
                return

    def found(self, key: str) -> dict[str, str]:
        """What was kept; empty where there is nothing that can be read."""
        if self.folder is None:
            return dict(self.held.get(key, {}))
        try:
            with self._file(key).open("rb") as file:
                content = json.loads(file.read(_LONGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        fields = content.get("fields") if isinstance(content, dict) else None
        if not isinstance(fields, dict):
            return {}
        return {name: one for name, one in fields.items() if isinstance(one, str)}

    def drop(self, key: str) -> None:
        """It is stored now, or nobody wants it."""
        self.held.pop(key, None)
        if self.folder is not None:
            try:
                self._file(key).unlink(missing_ok=True)
            except OSError:
                return

    def at(self, key: str) -> "Draft":
        """The draft of one form."""
        return Draft(self, key)

    def _file(self, key: str) -> Path:
        mark = blake2b(f"{self.store}\n{key}".encode("utf-8", "surrogatepass"), digest_size=12)
        kind = re.sub(r"[^a-z]", "", key.partition("/")[0]) or "form"
        assert self.folder is not None  # noqa: S101 - asked for by those who have looked
        return self.folder / f"{kind}-{mark.hexdigest()}.json"

    def _write(self, file: Path, content: Mapping[str, object]) -> None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.{os.getpid()}.new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(json.dumps(content, ensure_ascii=True).encode())
            out.flush()
            os.fsync(out.fileno())
        new.replace(file)


class Draft:
    """One form's draft."""

    def __init__(self, drafts: Drafts, key: str) -> None:
        self._drafts = drafts
        self._key = key

    def keep(self, fields: Mapping[str, str]) -> None:
        """Keep what stands in the fields."""
        self._drafts.keep(self._key, fields)

    def found(self) -> dict[str, str]:
        """What was kept; empty for nothing."""
        return self._drafts.found(self._key)

    def drop(self) -> None:
        """It is stored now, or nobody wants it."""
        self._drafts.drop(self._key)


def drafts_of(session: "Session") -> Drafts:
    """The drafts of whoever is here; a session that keeps no settings keeps no drafts either."""
    if session.options.settings_file is None:
        return Drafts(folder=None, store=session.options.store, held=_of(session))
    return drafts_of_handle(session.handle, session.options.store)


_SHORT: "WeakKeyDictionary[Session, dict[str, dict[str, str]]]" = WeakKeyDictionary()


def _of(session: "Session") -> dict[str, dict[str, str]]:
    return _SHORT.setdefault(session, {})


def drafts_of_handle(handle: str, store: str) -> Drafts:
    """The drafts of a member, for the command line."""
    name = re.sub(r"[^\w.\-]", "_", handle.casefold()).lstrip(".") or "_"
    return Drafts(folder=drafts_folder() / name[:64], store=store)
