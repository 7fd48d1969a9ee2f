"""The captured standup in the documentation is what the program shows."""

import importlib.util
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")
def test_the_captured_standup_is_fresh() -> None:
    made = ROOT / "docs" / "authoring" / "standup.py"
    spec = importlib.util.spec_from_file_location("captured_standup", made)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    written = tool.TARGET.read_text(encoding="utf-8")
    assert "five tasks: 17 keys" in written
    assert written == tool.capture(), "run docs/authoring/standup.py"
