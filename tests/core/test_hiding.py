"""Modules that are loaded by use, not by import."""

import subprocess
import sys

import pytest

from core.hiding import postpone


def _run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_a_postponed_module_is_loaded_when_something_in_it_is_asked_for() -> None:
    code = """
from core.hiding import postpone
import sys
postpone("colorsys")
import colorsys
before = "rgb_to_hsv" in vars(colorsys)
print(before, colorsys.rgb_to_hsv(1, 1, 1)[2], "rgb_to_hsv" in vars(colorsys))
"""
    assert _run(code) == "False 1 True"


def test_what_is_known_of_it_does_not_load_it_and_gives_way_to_the_real_thing() -> None:
    code = """
from core.hiding import postpone
postpone("colorsys", hls_to_rgb=lambda *three: "ours")
from colorsys import hls_to_rgb
import colorsys
print(hls_to_rgb(0, 0, 0), "rgb_to_hsv" in vars(colorsys), colorsys.rgb_to_hsv(0, 0, 0)[0], end=" ")
print(colorsys.hls_to_rgb(0, 0, 0) == "ours")
"""
    assert _run(code) == "ours False 0.0 False"


def test_a_part_of_a_package_can_be_postponed() -> None:
    code = """
from core.hiding import postpone
import json
postpone("json.tool", main=None)
from json.tool import main
import json.tool
print(main, "argparse" in vars(json.tool), json.tool.argparse.__name__, callable(json.tool.main))
"""
    assert _run(code) == "None False argparse True"


def test_what_is_loaded_already_stays() -> None:
    postpone("subprocess", run=None)
    assert subprocess.run is not None


def test_a_name_that_it_does_not_have_is_missing_as_ever() -> None:
    code = """
from core.hiding import postpone
postpone("colorsys")
import colorsys
print(getattr(colorsys, "__path__", "none"), getattr(colorsys, "green", "none"))
"""
    assert _run(code) == "none none"


@pytest.mark.parametrize("arguments", ["--version", "add --help"])
def test_the_command_line_works_with_them(arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", *arguments.split()],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "duban" in done.stdout
