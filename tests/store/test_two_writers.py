"""Several processes write at once: nothing is lost, nothing doubled, and the log has no gap."""

import subprocess
import sys
from uuid import NAMESPACE_OID, uuid5

import pytest

from core.commands.tasks import CreateTask
from core.domain.ids import ProjectId
from core.domain.status import State
from core.store.logs import EventTable, TallyTable
from tests.architecture.sources import ROOT
from tests.office import Office

COMMANDS = 200
WRITERS = ("li", "zhao")

WRITE = f"""
import sys
from uuid import NAMESPACE_OID, uuid5
from core.commands.tasks import CreateTask
from core.desk import Desk

url, who, project = sys.argv[1:]
with Desk(url, actor=who) as desk:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range({COMMANDS}):
        command = CreateTask(project=int(project), title=f"{{who}}-{{number}}")
        made = desk.do(command, command_id=uuid5(NAMESPACE_OID, command.title))
        print(made.first, made.name, flush=True)
"""

WATCH = """
import sys
from core.desk import Desk

with Desk(sys.argv[1], actor="wang") as desk:
    seen, newest = 0, desk.mark()
    print("ready", flush=True)
    while newest < int(sys.argv[2]):
        newest = desk.mark()
        query = "SELECT count(*) FROM event WHERE number <= %d" % newest
        assert desk.store.sql(query).fetchone() == (newest,), newest
        seen += newest
"""


def started(code: str, *values: str) -> "subprocess.Popen[str]":
    """A process that has said that it is ready."""
    running = subprocess.Popen(
        [sys.executable, "-c", code, *values],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert running.stdout is not None
    if running.stdout.readline() != "ready\n":
        pytest.fail(running.communicate()[1])
    return running


def test_two_processes_write_at_once(office: Office) -> None:
    begin, wanted = office.desk.mark(), len(WRITERS) * COMMANDS
    url, project = office.store.url, str(office.project)
    watcher = started(WATCH, url, str(begin + wanted))
    writers = [started(WRITE, url, who, project) for who in WRITERS]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    answers = [writer.communicate(timeout=120) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], answers
    _, said = watcher.communicate(timeout=60)
    assert watcher.returncode == 0, said

    acks = [line.split() for told, _ in answers for line in told.splitlines()]
    assert sorted(int(first) for first, _ in acks) == list(range(begin + 1, begin + 1 + wanted))
    assert {key for _, key in acks} == {f"T{number:03}" for number in range(1, wanted + 1)}
    query = EventTable.select(EventTable.number).order_by(EventTable.number)
    numbers = [row[0] for row in office.store.rows(query)]
    assert numbers == list(range(1, begin + wanted + 1))
    titles = {f"{who}-{number}" for who in WRITERS for number in range(COMMANDS)}
    assert sorted(office.column(State.TODO)) == sorted(titles)
    counted = TallyTable.select(TallyTable.cards).where(TallyTable.state == State.TODO)
    assert office.store.rows(counted) == [(wanted,)]

    repeated = CreateTask(project=ProjectId(int(project)), title="li-7")
    again = office.by("li").do(repeated, command_id=uuid5(NAMESPACE_OID, repeated.title))
    assert again.repeated
    assert office.desk.mark() == begin + wanted
