"""The archive of a task as files (R108, R109)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.commands.closing import ArchiveTask
from core.commands.parts import AddDeliverable
from core.commands.progress import UpdateProgress
from core.commands.sync import AddSyncEntry
from core.domain.ids import TaskId
from core.domain.refusals import Refusal, Rejected
from core.domain.status import State
from core.exchange.bundle import folder_name, write_bundle
from core.exchange.tables import OVERVIEW, PROGRESS, SYNC_LOG
from core.queries.archiving import Archive, archive_of
from core.queries.detail import task_view
from core.queries.history import events
from tests.office import Office
from tui.archive_text import archive_text
from tui.words import Words


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    made = Office(sqlite_url)
    yield made
    made.close()


def finished(office: Office, title: str = "=满意度|调查", **fields: str) -> tuple[TaskId, Archive]:
    """An archived task with an update, two entries and a deliverable."""
    task = office.doing(title=title, **fields)
    office.do(UpdateProgress(task=task, progress=50, done="问卷*发出*"), by="li")
    office.do(AddDeliverable(task=task, name="《报告》", edition="V1.0", location="盘/报告"))
    office.do(AddSyncEntry(project=office.project, task=task, topic="晨会"))
    hidden = AddSyncEntry(
        project=office.project, task=task, topic="人事", restricted=True, people=(office.zhao,)
    )
    office.do(hidden, by="zhao")
    office.submit(task)
    from core.commands.reviewing import AcceptTask

    office.do(AcceptTask(task=task))
    office.do(ArchiveTask(task=task, seen=State.DONE, actual="达成"))
    return task, office.desk.ask(archive_of, task, viewer=office.li)


def written(office: Office, task: TaskId, archive: Archive, folder: Path) -> Path:
    told, view = office.desk.ask(events, task=task), office.desk.ask(task_view, task)
    text = archive_text(Words("zh_CN"), archive, view, told)
    return write_bundle(office.by("li"), archive, folder, text=text).folder


def test_the_folder_is_project_id_date(office: Office, tmp_path: Path) -> None:
    task, archive = finished(office)
    folder = written(office, task, archive, tmp_path)
    assert folder.name == "Tasks-T001-2024-03-25"
    assert sorted(one.name for one in folder.iterdir()) == ["archive.md", "archive.xlsx"]


def test_the_book_has_rows_updates_entries_and_deliverables(office: Office, tmp_path: Path) -> None:
    task, archive = finished(office)
    folder = written(office, task, archive, tmp_path)
    book = load_workbook(folder / "archive.xlsx")
    sheets = {one.title: [[cell.value for cell in row] for row in one.iter_rows()] for one in book}
    assert list(sheets) == [OVERVIEW.name, PROGRESS.name, SYNC_LOG.name, "成果清单"]
    assert sheets[OVERVIEW.name][1][:2] == ["T001", "=满意度|调查"]
    assert "问卷*发出*" in sheets[PROGRESS.name][1]
    assert [row[1] for row in sheets[SYNC_LOG.name][1:]] == ["晨会", "《成果》 V1.0"]
    assert sheets["成果清单"][1][:4] == ["T001", "《报告》", "V1.0", "盘/报告"]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_text_tells_target_result_and_history_as_data(office: Office, tmp_path: Path) -> None:
    task, archive = finished(office, outcome="[满意](度)")
    text = (written(office, task, archive, tmp_path) / "archive.md").read_text(encoding="utf-8")
    assert text.startswith("# T001 =满意度\\|调查\n")
    assert "\\[满意\\](度)" in text
    assert "达成" in text
    assert "人事" not in text


def test_the_text_has_what_was_told_and_supported(office: Office, tmp_path: Path) -> None:
    task, archive = finished(office)
    told, view = office.desk.ask(events, task=task), office.desk.ask(task_view, task)
    text = archive_text(Words("en"), archive, view, told, supporters=("技术部 · 导出|数据",))
    assert "## Collaborators\n\n- 技术部 · 导出\\|数据\n" in text
    updates = text.partition("## Updates\n\n")[2].partition("\n\n")[0]
    assert updates == "- 2024-03-25 · 李娜 · 50 % · Done: 问卷\\*发出\\*"
    entries = text.partition("## Sync log\n\n")[2].partition("\n\n")[0]
    assert "晨会" in entries
    assert "《成果》" in entries
    history = text.partition("## History\n\n")[2]
    assert "registered the deliverable “《成果》” of T001" in history
    assert "人事" not in text


def test_a_file_in_the_folders_place_is_not_forced_away(office: Office, tmp_path: Path) -> None:
    task, archive = finished(office)
    assert task
    (tmp_path / folder_name(archive)).write_text("mine")
    with pytest.raises(Refusal) as caught:
        write_bundle(office.by("li"), archive, tmp_path, text="", force=True)
    assert caught.value.code == "cannot-write"


def test_nothing_is_replaced(office: Office, tmp_path: Path) -> None:
    task, archive = finished(office)
    written(office, task, archive, tmp_path)
    with pytest.raises(Rejected) as caught:
        written(office, task, archive, tmp_path)
    assert caught.value.code == "file-exists"


def test_a_place_that_cannot_be_written_is_told(office: Office, tmp_path: Path) -> None:
    task, archive = finished(office)
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal) as caught:
        written(office, task, archive, tmp_path / "file")
    assert caught.value.code == "cannot-write"


@pytest.mark.parametrize("name", ["a/b", "..", "x" * 400, 'q:"*?', "\u202ename"])
def test_a_projects_name_makes_no_path(office: Office, name: str) -> None:
    from dataclasses import replace

    task, archive = finished(office)
    assert task
    said = folder_name(replace(archive, project=replace(archive.project, name=name)))
    assert "/" not in said
    assert len(said) < 200
    assert said not in {"", ".", ".."}
