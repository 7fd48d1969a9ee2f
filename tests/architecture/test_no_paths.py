"""Nothing in the project is true of one machine only, and no source says what it does not show."""

import ast
import unicodedata

from tests.architecture.sources import PACKAGES, ROOT, modules, project_files

PLACES = tuple("".join(parts) for parts in (
    ("/wo", "rk/"), ("/ro", "ot/"), ("/tm", "p/"), ("/opt/py", "pi"),
    ("pypi", ".org"), ("pythonhosted", ".org"),
    ("--index", "-url"), ("--find", "-links"), ("farm", "-"), ("shared/.lib", "rary"),
))  # fmt: skip
"""Written in pieces, so that this file does not find itself."""

PICTURES = {".gz", ".ico", ".mo", ".png", ".xlsx", ".zip"}
SOURCES = {".md", ".po", ".py", ".tcss", ".toml", ".sh", ""}
HIDDEN_CATEGORIES = {"Cf", "Cc"}
ALLOWED = {"\n", "\t", "\r"}


def _texts() -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8", errors="replace")
        for path in project_files()
        if path.suffix not in PICTURES
    }


def test_no_file_names_a_place() -> None:
    found = {path: [place for place in PLACES if place in text] for path, text in _texts().items()}
    assert {path: places for path, places in found.items() if places} == {}


def test_sources_hide_no_character() -> None:
    """Bidi overrides, zero-width and control characters are written as escapes."""
    found = {
        path: {f"U+{ord(character):04X}" for character in set(text) - ALLOWED
               if unicodedata.category(character) in HIDDEN_CATEGORIES}
        for path, text in _texts().items()
        if (ROOT / path).suffix in SOURCES
    }  # fmt: skip
    assert {path: hidden for path, hidden in found.items() if hidden} == {}


def _catches_all(handler: ast.ExceptHandler) -> bool:
    """Whether it swallows any error; one that raises it again only tidies up."""
    last = handler.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        return False
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def test_no_handler_swallows_everything() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules(*PACKAGES, "tests").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and _catches_all(node)
    ]
    assert found == []
