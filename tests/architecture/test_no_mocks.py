"""Tests run the real thing: the budget for mocks is none."""

import ast

from tests.architecture.sources import modules

PRETENDERS = {"Mock", "MagicMock", "AsyncMock", "patch", "create_autospec"}


def _called(node: ast.Call) -> set[str]:
    """Every name in what is called: ``mock.patch.object(...)`` has three."""
    names = {part.id for part in ast.walk(node.func) if isinstance(part, ast.Name)}
    return names | {part.attr for part in ast.walk(node.func) if isinstance(part, ast.Attribute)}


def test_no_test_pretends() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules("tests").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node) & PRETENDERS
    ]
    assert found == []
