"""Two processes tick at the same moment: each alert is raised once, each issue goes up once."""

import subprocess
import sys
from datetime import timedelta

from core.commands.issues import RaiseIssue
from core.domain.notices import Raised
from core.domain.trouble import Issue
from tests.architecture.sources import ROOT
from tests.office import MORNING, Office

TASKS = 40
TICK = """
import sys
from datetime import datetime
from core.clock import SetClock
from core.commands.ticking import Tick
from core.desk import Desk

url, at = sys.argv[1:]
with Desk(url, actor="cron", clock=SetClock(datetime.fromisoformat(at))) as desk:
    print("ready", flush=True)
    sys.stdin.readline()
    count = 0
    while raised := desk.do(Tick(limit=7)).id:
        count += raised
    print(count, flush=True)
"""


def started(url: str, at: str) -> "subprocess.Popen[str]":
    """A process that has said that it is ready."""
    running = subprocess.Popen(
        [sys.executable, "-c", TICK, url, at],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    return running


def test_two_at_once_raise_once(store_url: str) -> None:
    office = Office(store_url)
    for _ in range(TASKS):
        office.doing(due=MORNING + timedelta(hours=1), progress=100)
    office.do(RaiseIssue(project=office.project, title="断线", impact="联调"))
    at = (MORNING + timedelta(days=1, hours=1)).isoformat()
    two = [started(store_url, at) for _ in range(2)]
    for one in two:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    said = [int(one.communicate(timeout=60)[0]) for one in two]
    raised = office.all(Raised)
    assert sum(said) == len(raised)
    windows = [(one.rule, one.target, one.object, one.window) for one in raised]
    assert len(windows) == len(set(windows))
    rules = [one.rule for one in raised]
    assert rules.count("overdue") == TASKS
    assert rules.count("issue-escalated") == 1
    (issue,) = office.all(Issue)
    assert issue.level == 1
    assert [one.kind for one in office.events()].count("issue-escalated") == 1
    office.close()
