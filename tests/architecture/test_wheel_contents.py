"""What is built holds all that runs: themes, stylesheets, words, migrations, calendars."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, ROOT, project_files


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def _packaged() -> set[str]:
    """Every file of the packages, code and data, by its path from the root."""
    paths = {path.relative_to(ROOT) for path in project_files()}
    return {path.as_posix() for path in paths if path.parts[0] in PACKAGES}


def test_the_wheel_holds_code_and_data(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    assert _packaged() - names == set()
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {*PACKAGES}


def test_the_wheel_says_what_it_is(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = wheel.namelist()
        entry = next(name for name in names if name.endswith("entry_points.txt"))
        assert "duban = tui.__main__:main" in wheel.read(entry).decode()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {f"{package}/py.typed" for package in PACKAGES} <= set(names)


def test_the_source_archive_builds_and_tests(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"pyproject.toml", "constraints.txt", "Makefile", "README.md", "LICENSE"}
    assert (_packaged() | wanted) - names == set()
    assert "tests/conftest.py" in names
