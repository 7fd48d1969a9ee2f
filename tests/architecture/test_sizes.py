"""Budgets of size, and a docstring on every public name."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import PACKAGES, ROOT, modules

LONGEST_FILE = 300
LONGEST_CLASS = 200
LONGEST_FUNCTION = 60
USUAL_FUNCTION = 30

FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
FROZEN = "core/store/migrations/"
"""Generated once and never edited again, so nobody has to find the way in them."""


def _measured() -> dict[str, ast.Module]:
    written = modules(*PACKAGES).items()
    return {path: tree for path, tree in written if not path.startswith(FROZEN)}


def _named(*kinds: type[Definition]) -> dict[str, int]:
    """Lines of each definition of ``kinds``, by file, line and name."""
    return {
        f"{path}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path, tree in _measured().items()
        for node in ast.walk(tree)
        if isinstance(node, kinds)
    }


def _over(sizes: dict[str, int], limit: int) -> dict[str, int]:
    return {name: lines for name, lines in sizes.items() if lines > limit}


def test_files_are_short() -> None:
    sizes = {
        path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in _measured()
    }
    assert _over(sizes, LONGEST_FILE) == {}


def test_classes_are_short() -> None:
    assert _over(_named(ast.ClassDef), LONGEST_CLASS) == {}


def test_no_function_is_long() -> None:
    assert _over(_named(*FUNCTION), LONGEST_FUNCTION) == {}


def test_most_functions_are_short() -> None:
    sizes = _named(*FUNCTION)
    allowed = len(sizes) // 20
    longer = _over(sizes, USUAL_FUNCTION)
    assert len(longer) <= allowed, longer


def _undocumented(tree: ast.Module) -> Iterator[str]:
    if ast.get_docstring(tree) is None:
        yield "the module"
    waiting: list[ast.Module | ast.ClassDef] = [tree]
    while waiting:
        for node in waiting.pop().body:
            if not isinstance(node, (*FUNCTION, ast.ClassDef)) or node.name.startswith("_"):
                continue
            if ast.get_docstring(node) is None and not _overloaded(node):
                yield f"{node.lineno} {node.name}"
            if isinstance(node, ast.ClassDef):
                waiting.append(node)


def _overloaded(node: ast.AST) -> bool:
    decorators = getattr(node, "decorator_list", [])
    return any(isinstance(name, ast.Name) and name.id == "overload" for name in decorators)


def test_every_public_name_is_documented() -> None:
    missing = {path: [*_undocumented(tree)] for path, tree in modules(*PACKAGES).items()}
    assert {path: names for path, names in missing.items() if names} == {}
