"""What starting a part loads: the quick path stays quick, the core stays without an interface."""

import ast
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT, modules

INTERFACE = {"textual", "rich", "click"}
SLOW = {"psycopg", "openpyxl", "pendulum"}


def _loaded_by(statement: str) -> set[str]:
    """The top-level modules in a new Python after ``statement``."""
    code = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["core.desk", "core.commands", "core.queries", "core.exchange"])
def test_the_core_loads_no_interface(module: str) -> None:
    assert _loaded_by(f"import {module}") & INTERFACE == set()


def test_the_desk_loads_nothing_slow() -> None:
    assert _loaded_by("import core.desk") & SLOW == set()


def test_the_domain_and_the_policies_load_no_store() -> None:
    loaded = _loaded_by("import core.domain, core.policies, core.clock")
    assert loaded & {"peewee", "sqlite3", *INTERFACE, *SLOW} == set()


def test_the_command_line_loads_no_screens() -> None:
    assert _loaded_by("import tui.__main__") & {"textual", *SLOW} == set()


def test_the_board_starts_without_the_command_palette() -> None:
    code = """
from tui.app import without_palette
without_palette()
from tui.shell import DubanApp
import sys
palette = sys.modules["textual.command"]
assert not DubanApp.ENABLE_COMMAND_PALETTE
assert "fuzzy" not in str(vars(palette)) and "textual.widgets._select" not in sys.modules
"""
    _loaded_by(code)


def test_nobody_uses_the_palette_that_is_left_out() -> None:
    for path, tree in modules("core", "tui").items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "textual.command", path
            elif isinstance(node, ast.Import):
                assert "textual.command" not in {one.name for one in node.names}, path
