"""The SQLite file: who may read it, what is refused, and what happens when it goes wrong."""

import os
import resource
import signal
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.commands.tasks import CreateTask
from core.domain.refusals import BadValue, Unavailable
from core.domain.status import State
from core.store.database import Store
from core.store.urls import shown_url
from tests.office import Office


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    made = Office(sqlite_url)
    yield made
    made.close()


def file_of(office: Office) -> Path:
    assert office.store.path is not None
    return office.store.path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def no_umask() -> Iterator[None]:
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def test_pragmas(office: Office) -> None:
    told = {
        name: office.store.sql(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }


def test_nobody_else_reads_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deeper" / "duban.db"
    with no_umask():
        office = Office(f"sqlite:///{path}")
    assert mode(path) == 0o600
    assert [mode(folder) for folder in (path.parent, path.parent.parent)] == [0o700, 0o700]
    beside = [path.with_name(path.name + end) for end in ("-wal", "-shm")]
    assert [mode(one) for one in beside] == [0o600, 0o600]
    office.close()


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o2770)
    Office(f"sqlite:///{shared / 'duban.db'}").close()
    assert mode(shared) == 0o2770


def refused(url: str) -> Unavailable:
    with pytest.raises(Unavailable) as caught:
        Store(url).open()
    return caught.value


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real.db").touch()
    link = tmp_path / "duban.db"
    for target in (tmp_path / "real.db", tmp_path / "nowhere"):
        link.symlink_to(target)
        assert refused(f"sqlite:///{link}").code == "store-is-a-link"
        link.unlink()


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    path = tmp_path / "duban.db"
    path.touch()
    store = Store(f"sqlite:///{path}")
    path.unlink()
    path.mkdir()
    with pytest.raises(Unavailable) as caught:
        store.open()
    assert (caught.value.code, caught.value.facts["path"]) == ("store-cannot-open", str(path))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refused(f"sqlite:///{tmp_path}").code == "store-cannot-open"
    (tmp_path / "plain").touch()
    assert refused(f"sqlite:///{tmp_path / 'plain' / 'duban.db'}").code == "store-cannot-open"


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("用户画像分析\n" * 200)
    assert refused(f"sqlite:///{path}").code == "store-not-a-database"
    assert path.read_text().startswith("用户画像分析")


@pytest.mark.parametrize(
    "url", ["duban.db", "sqlite:///", "mysql://u:secret@h/d", "sqlite://host/d"]
)
def test_what_names_no_store(url: str) -> None:
    with pytest.raises(BadValue) as caught:
        Store(url)
    assert caught.value.facts["reason"] == "store-url"
    assert "secret" not in str(caught.value.facts)


def test_a_password_is_never_shown() -> None:
    assert shown_url("postgresql://u:secret@h/d") == "postgresql://u:***@h/d"
    assert shown_url("postgresql://u:se@cret@h/d") == "postgresql://u:***@h/d"
    assert shown_url("postgresql://h/d?password=secret&x=1") == "postgresql://h/d?password=***&x=1"
    assert shown_url("sqlite:////home/a:b@c/duban.db") == "sqlite:////home/a:b@c/duban.db"


def test_a_deleted_file_is_noticed_before_anything_is_called_saved(office: Office) -> None:
    office.task()
    path = file_of(office)
    path.unlink()
    with pytest.raises(Unavailable) as caught:
        office.task()
    assert (caught.value.code, caught.value.facts) == ("store-replaced", {"path": str(path)})


def test_a_file_deleted_while_saving_is_noticed(office: Office) -> None:
    def save_and_lose() -> None:
        with office.desk.together() as send:
            send(CreateTask(project=office.project, title="t"))
            file_of(office).unlink()

    with pytest.raises(Unavailable) as caught:
        save_and_lose()
    assert caught.value.code == "store-replaced"


def test_a_replaced_file_is_noticed(office: Office, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    Office(f"sqlite:///{other}").close()
    other.replace(file_of(office))
    with pytest.raises(Unavailable) as caught:
        office.task()
    assert caught.value.code == "store-replaced"


def test_a_locked_store_is_busy(office: Office) -> None:
    holder = sqlite3.connect(file_of(office), isolation_level=None)
    office.store.sql("PRAGMA busy_timeout = 100")
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable) as caught:
        office.task("一")
    assert caught.value.code == "store-busy"
    assert office.column(State.TODO) == []
    holder.execute("ROLLBACK")
    holder.close()
    office.task("二")
    assert office.column(State.TODO) == ["二"]


def test_a_full_disk_loses_nothing_that_was_saved(office: Office) -> None:
    office.task("一")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    wal = file_of(office).with_name(file_of(office).name + "-wal")
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + 4096, hard))
    try:
        with pytest.raises(Unavailable) as caught:
            office.task("二", description="长" * 9_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert caught.value.code in {"disk-full", "disk-error"}
    assert office.column(State.TODO) == ["一"]
    assert office.get(office.task("三")).key == "T002"
    assert office.store.sql("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_full_database_loses_nothing_either(office: Office) -> None:
    """SQLite then rolls back by itself, and our own rollback finds nothing to undo."""
    office.task("一")
    pages = office.store.sql("PRAGMA page_count").fetchone()[0]
    office.store.sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Unavailable) as caught:
        office.task("二", description="长" * 9_000, background="长" * 9_000)
    assert caught.value.code == "disk-full"
    assert "full" in str(caught.value.facts["detail"])
    assert office.column(State.TODO) == ["一"]
    office.store.sql("PRAGMA max_page_count = 1000000")
    assert office.get(office.task("三")).key == "T002"


def test_a_store_that_may_only_be_read(office: Office) -> None:
    office.task("一")
    office.store.sql("PRAGMA query_only = 1")
    with pytest.raises(Unavailable) as caught:
        office.task("二")
    assert caught.value.code == "store-read-only"
    assert office.column(State.TODO) == ["一"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write every file")
def test_a_file_that_may_only_be_read(office: Office) -> None:
    office.close()
    file_of(office).chmod(0o444)
    with pytest.raises(Unavailable) as caught:
        office.task()
    assert caught.value.code == "store-read-only"


def test_damage_is_named(office: Office) -> None:
    for number in range(200):
        office.task(f"任务{number}")
    path = file_of(office)
    office.close()
    content = bytearray(path.read_bytes())
    content[4096 * 2 :] = b"\x5a" * (len(content) - 4096 * 2)
    path.write_bytes(content)

    def read() -> None:
        office.desk.open()
        office.column(State.TODO)

    with pytest.raises(Unavailable) as caught:
        read()
    assert caught.value.code == "store-damaged"


def test_no_task_is_removed_by_hand(office: Office) -> None:
    task = office.doing()
    line = sqlite3.connect(file_of(office))
    with pytest.raises(sqlite3.IntegrityError, match="never removed"):
        line.execute("DELETE FROM task")
    line.close()
    assert office.get(task).id == task
