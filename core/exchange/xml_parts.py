"""Parts of a workbook as streams of XML events, in constant memory."""

import zlib
from collections.abc import Iterable
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final, Protocol
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from core.exchange.limits import check_tags
from core.exchange.unreadable import DamagedFile, OverLimit, UnsafeXml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zipfile import ZipFile

_CHUNK: Final = 1 << 16
_MOST_ELEMENTS: Final = 100_000


class Target(Protocol):
    """What hears of a part's elements, in their order."""

    def start(self, tag: str, attributes: "Mapping[str, str]") -> None:
        """Hear that an element opens; ``tag`` is ``{namespace}name``."""

    def end(self, tag: str) -> None:
        """Hear that it closes."""

    def data(self, text: str) -> None:
        """Hear a piece of its text; a text may come in several."""

    def close(self) -> None:
        """Hear that the part is over."""


def local(name: str) -> str:
    """A tag or attribute without its namespace; strict and transitional files differ in it."""
    return name[name.rfind("}") + 1 :]


@contextmanager
def _damage(part: str) -> "Iterator[None]":
    """Turn what broken or hostile parts raise into refusals that name the part."""
    try:
        yield
    except DefusedXmlException as fault:
        raise UnsafeXml(part) from fault
    except (BadZipFile, zlib.error, EOFError, NotImplementedError) as fault:
        raise DamagedFile(part, reason="archive") from fault
    except (ParseError, ValueError, LookupError) as fault:
        raise DamagedFile(part, reason="xml") from fault


def open_part(archive: "ZipFile", part: str) -> IO[bytes]:
    """The bytes of ``part``; its name is compared without regard to case."""
    names = {name.lower(): name for name in archive.namelist()}
    name = names.get(part.lower())
    if name is None:
        raise DamagedFile(part, reason="missing")
    with _damage(part):
        return archive.open(name)


def stream(archive: "ZipFile", part: str, target: Target) -> None:
    """Tell ``target`` of every element of ``part``. Refuses damage, entities and floods."""
    with open_part(archive, part) as source, _damage(part):
        check_tags(source, part=part)
    with open_part(archive, part) as source, _damage(part):
        parser = DefusedXMLParser(target=target, forbid_dtd=True)
        while chunk := source.read(_CHUNK):
            parser.feed(chunk)
        parser.close()


class _Wanted:
    """Collects the attributes of elements by name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, tag: str, attributes: "Mapping[str, str]") -> None:
        name = local(tag)
        if name not in self._names:
            return
        if len(self.found) >= _MOST_ELEMENTS:
            raise OverLimit("too-many-cells", limit=_MOST_ELEMENTS)
        self.found.append((name, {local(key): value for key, value in attributes.items()}))

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass

    def close(self) -> None:
        pass


def elements(
    archive: "ZipFile", part: str, names: Iterable[str]
) -> tuple[tuple[str, dict[str, str]], ...]:
    """The elements of ``part`` called one of ``names``: (name, attributes), in their order."""
    wanted = _Wanted(names)
    stream(archive, part, wanted)
    return tuple(wanted.found)
