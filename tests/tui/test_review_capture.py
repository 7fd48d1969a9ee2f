"""The captured review in the documentation is what the program shows."""

import importlib.util
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")
def test_the_captured_review_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    made = ROOT / "docs" / "authoring" / "review.py"
    spec = importlib.util.spec_from_file_location("captured_review", made)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    written = tool.TARGET.read_text(encoding="utf-8")
    assert "Since round 1" in written
    assert written == tool.capture(), "run docs/authoring/review.py"
