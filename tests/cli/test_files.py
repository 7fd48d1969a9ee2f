"""``duban import`` and ``export``."""

import csv
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("lite")

SAMPLES = Path(__file__).parents[1] / "exchange" / "samples"
SAMPLE = str(SAMPLES / "guide-tables.xlsx")


def test_a_dry_run_changes_nothing(duban):
    said = duban("import", SAMPLE, "--dry-run")

    assert said.code == 0
    assert "Doubtful" in said.out
    assert "24 to create" in said.out
    assert duban("ls", "--json").json == []
    assert duban("people", "--json").json == []


def test_without_a_terminal_nobody_is_asked(duban):
    said = duban("import", SAMPLE)

    assert (said.code, said.out, duban("ls", "--json").json) == (2, "", [])
    assert "--yes" in said.err
    assert "--dry-run" in said.err


def test_what_is_imported_can_be_exported_and_imported_again(duban, tmp_path):
    assert "24 created" in duban("import", SAMPLE, "--yes").out
    assert "as they are" in duban("import", SAMPLE, "--yes").out
    before = duban("ls", "--json", "--limit", "0").json
    assert "产品迭代2024-001" in {one["id"] for one in before}

    for table, ending in (("T1-1", "xlsx"), ("部门任务总览表", "csv")):
        file = tmp_path / f"out.{ending}"
        assert duban("export", table, str(file)).code == 0
        assert duban("export", table, str(file)).code == 3
        assert duban("export", table, str(file), "--force").code == 0
        again = duban("import", str(file), "--json").json
        assert (again["preview"]["creates"], again["preview"]["changes"]) == ([], [])
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[0] == "任务ID"
    assert duban("ls", "--json", "--limit", "0").json == before


def test_files_that_cannot_be_read_are_named(duban, tmp_path):
    (tmp_path / "odd.xlsx").write_bytes(b"PK\x03\x04 but no workbook")

    for name in ("missing.csv", "odd.xlsx"):
        said = duban("import", str(tmp_path / name))
        assert said.code == 3
        assert said.err.count("\n") == 1
    assert "T1-1" in duban("export", "T9", "x.csv").err
    assert duban("export", "T1-1", str(tmp_path / "x.doc")).code == 3


def test_a_file_without_a_table_is_not_called_known(duban):
    said = duban("import", str(SAMPLES / "progress-zh.xlsx"), "--yes").out
    assert "no table was found" in said
    assert "has it all" not in said
