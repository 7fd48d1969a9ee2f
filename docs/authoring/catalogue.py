"""Keep the catalogues in step with the sentences in ``tui``.

    python docs/authoring/catalogue.py                update, compile, list what is untranslated
    python docs/authoring/catalogue.py merge FILE...  first take over translations from PO files

The template is never written. Running it twice changes nothing; several people may run it at
the same time.
"""

import argparse
import ast
import fcntl
import io
import os
import re
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "tui" / "locale"
KEYWORDS = {
    "_": None,
    "N_": None,
    "words": None,
    "ngettext": (1, 2),
    "NC_": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
CHANGING = re.compile(
    rb'"(Generated-By|POT-Creation-Date|PO-Revision-Date|Last-Translator'
    rb"|Report-Msgid-Bugs-To|Project-Id-Version): .*\n"
)
"""Header lines that say nothing about the words."""
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
HALF_WIDTH = re.compile(r"[\u3400-\u9fff}][,;!?:]|[\u3400-\u9fff][()]|[()][\u3400-\u9fff]")
"""Chinese beside punctuation that should be full-width."""


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(folder.name for folder in LOCALE.iterdir() if (folder / "LC_MESSAGES").is_dir())


def po_file(language: str) -> Path:
    """The file that translators edit."""
    return LOCALE / language / "LC_MESSAGES" / "duban.po"


def extracted() -> Catalog:
    """Every sentence in the code of ``tui``, with the files that it stands in."""
    template = Catalog(project="duban", charset="utf-8")
    found = extract_from_dir(
        ROOT / "tui", [("**.py", called)], keywords=KEYWORDS, strip_comment_tags=True
    )
    for file, _, message, _, context in found:
        template.add(message, locations=[(f"tui/{file}", 0)], context=context)
    return template


def called(
    file: BinaryIO, keywords: Container[str], *_: object, **__: object
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """What is said in calls, within f-strings too: Babel's own finds those on some Pythons only."""
    for node in ast.walk(ast.parse(file.read())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in keywords:
            said = tuple(getattr(one, "value", None) for one in node.args)
            texts = tuple(one if isinstance(one, str) else None for one in said)
            yield node.lineno, name, texts, []


def read(language: str) -> Catalog:
    """The catalogue as it was last written."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language, domain="duban", ignore_obsolete=True)


def updated(catalogue: Catalog) -> Catalog:
    """``catalogue`` with the sentences that the code has now, and no others."""
    template = extracted()
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    catalogue.creation_date = catalogue.revision_date = NO_TIME
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The text of a PO file: sorted, without line numbers, so that little changes by itself."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, sort_output=True, include_lineno=False)
    return CHANGING.sub(b"", buffer.getvalue())


def compiled(catalogue: Catalog) -> bytes:
    """The compiled form that the program reads."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def messages(catalogue: Catalog) -> list[Message]:
    """The sentences of ``catalogue``, without its header."""
    return [message for message in catalogue if message.id]


def translations(catalogue: Catalog) -> dict[object, object]:
    """What each translated sentence becomes; equal for a catalogue and its compiled form."""
    return {
        (_context(message), _forms(message.id)[0]): _forms(message.string)
        for message in messages(catalogue)
        if all(_forms(message.string)) and not message.fuzzy
    }


def _context(message: Message) -> str | None:
    """Its context; of a compiled catalogue it is read as bytes."""
    found = message.context
    return found.decode() if isinstance(found, bytes) else found


def compiled_translations(language: str) -> dict[object, object]:
    """The same, of the compiled file that stands beside the catalogue."""
    with po_file(language).with_suffix(".mo").open("rb") as file:
        return translations(read_mo(file))


def faults(message: Message) -> Iterator[str]:
    """What is not right about one translation, in words."""
    originals, forms = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield f"fuzzy: {originals[0]!r}"
    if not all(forms):
        yield f"untranslated: {originals[0]!r} ({', '.join(file for file, _ in message.locations)})"
        return
    named = {name for original in originals for name in PLACEHOLDER.findall(original)}
    for form in forms:
        if set(PLACEHOLDER.findall(form)) != named:
            yield f"other placeholders: {originals[0]!r} -> {form!r}"
        if HALF_WIDTH.search(form):
            yield f"half-width punctuation: {originals[0]!r} -> {form!r}"


def odd_placeholders(template: Catalog) -> list[str]:
    """Sentences with a placeholder that is not simply a name."""
    return [
        form
        for message in messages(template)
        for form in _forms(message.id)
        if not all(name.isidentifier() for name in PLACEHOLDER.findall(form))
    ]


def _forms(text: object) -> tuple[str, ...]:
    """One form, or the singular and the plural ones; Babel's readers differ in how they say it."""
    forms = text if isinstance(text, list | tuple) else (text,)
    return tuple(form or "" for form in forms)


def update(language: str, fragments: list[Path]) -> list[str]:
    """Write catalogue and compiled form anew; the faults that are left."""
    catalogue = read(language)
    for fragment in fragments:
        _take_over(catalogue, fragment)
    catalogue = updated(catalogue)
    _replace(po_file(language), written(catalogue))
    _replace(po_file(language).with_suffix(".mo"), compiled(catalogue))
    return [fault for message in messages(catalogue) for fault in faults(message)]


def _take_over(catalogue: Catalog, fragment: Path) -> None:
    with fragment.open("rb") as file:
        taken = read_po(file, locale=catalogue.locale, charset="utf-8")
    for message in messages(taken):
        if all(_forms(message.string)):
            catalogue.delete(message.id, message.context)
            catalogue.add(message.id, message.string, context=message.context)


def _replace(file: Path, content: bytes) -> None:
    """Write all or nothing, and nothing where nothing changed."""
    if file.exists() and file.read_bytes() == content:
        return
    new = file.with_suffix(file.suffix + ".new")
    new.write_bytes(content)
    new.replace(file)


@contextmanager
def alone() -> Iterator[None]:
    """Hold off other runs of this tool."""
    folder = os.open(LOCALE, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def main() -> int:
    """Run the command line; 1 when something is left to translate or to mend."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("do", nargs="?", choices=("update", "merge"), default="update")
    parser.add_argument("files", nargs="*", type=Path, help="PO files with translations")
    parser.add_argument("--language", default="zh_CN", choices=languages())
    asked = parser.parse_args()
    with alone():
        left = update(asked.language, asked.files)
    odd = odd_placeholders(extracted())
    left += [f"not a plain name in braces: {sentence!r}" for sentence in odd]
    sys.stdout.write("".join(f"{line}\n" for line in left))
    sys.stdout.write(f"{asked.language}: {len(left)} left to do\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
