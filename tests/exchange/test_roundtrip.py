"""A board exported and imported again: the same board, and nothing to change."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from core.commands.importing import ImportTask
from core.commands.progress import UpdateProgress
from core.commands.tasks import CreateTask
from core.domain.ids import ProjectId, TaskId
from core.domain.status import State
from core.exchange.apply import apply, preview
from core.exchange.tables import TABLES
from tests.exchange.boards import TODAY, exported, fill, lines, plan_from, team

CODES = [table.code for table in TABLES]


@pytest.mark.parametrize("as_format", ["csv", "xlsx"])
@pytest.mark.parametrize("seed", range(5))
def test_an_export_changes_nothing_where_it_came_from(
    sqlite_url: str, seed: int, as_format: str
) -> None:
    with team(sqlite_url) as desk:
        fill(desk, Random(seed))
        for code in CODES:
            plan = plan_from(exported(desk, code, as_format), name=f"board.{as_format}")
            shown = preview(desk, plan)
            assert (code, shown.creates, shown.changes) == (code, (), ())
            assert (shown.people_new, shown.projects_new) == ((), ())
        mark = desk.mark()
        assert apply(desk, plan).last == 0
        assert desk.mark() == mark


def test_what_is_done_is_told_as_done_to_the_last_percent(sqlite_url: str) -> None:
    """A table of 已完成 at 60 % would be doubted where it is read; this one changes nothing."""
    with team(sqlite_url) as desk:
        task = CreateTask(project=ProjectId(1), title="销售报表", state=State.DONE)
        number = TaskId(desk.do(ImportTask(task=task)).id)
        desk.do(UpdateProgress(task=number, progress=60, day=TODAY - timedelta(days=1)))
        (line,) = lines(desk, "T0-1")
        assert "100%" in line
        shown = preview(desk, plan_from(exported(desk, "T0-1")))
        assert shown.empty
        assert {one.code for one in shown.doubts} == {"owner-missing"}


@pytest.mark.parametrize("as_format", ["csv", "xlsx"])
@pytest.mark.parametrize("seed", range(5))
def test_an_export_makes_the_same_table_elsewhere(
    tmp_path: Path, seed: int, as_format: str
) -> None:
    with team(f"sqlite:///{tmp_path / 'one.db'}") as desk:
        fill(desk, Random(seed))
        files = {code: exported(desk, code, as_format) for code in CODES}
        tables = {code: lines(desk, code) for code in CODES}
    for code, raw in files.items():
        with team(f"sqlite:///{tmp_path / code}.db", project_key="X") as other:
            apply(other, plan_from(raw, name=f"board.{as_format}"))
            assert sorted(lines(other, code)) == sorted(tables[code])


def test_both_engines_make_the_same_tables(store_url: str, tmp_path: Path) -> None:
    with team(f"sqlite:///{tmp_path / 'one.db'}") as desk:
        fill(desk, Random(99))
        raw = exported(desk, "T1-1", "xlsx")
        table = lines(desk, "T1-1")
    with team(store_url, project_key="X") as other:
        apply(other, plan_from(raw))
        assert sorted(lines(other, "T1-1")) == sorted(table)
        assert preview(other, plan_from(raw)).empty
