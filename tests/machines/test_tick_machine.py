"""Random work, and ticks at random times with clocks that jump: what is raised is what is due.

What is due is told by the rules of the alert pane, from whole records; a tick finds it by SQL. So
each alert is raised once a window, by the first tick after its deadline, and never once its cause
has ended. Levels of issues follow a model that counts deadlines by itself.
"""

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from core.commands.blocking import BlockTask, UnblockTask
from core.commands.closing import CancelTask
from core.commands.editing import EditTask, Setting
from core.commands.issues import (
    CloseIssue,
    EscalateIssue,
    RaiseIssue,
    ReopenIssue,
    ResolveIssue,
    RespondIssue,
)
from core.commands.people import AddDepartment, EditPerson
from core.commands.progress import UpdateProgress
from core.commands.projects import EditProject
from core.commands.reviewing import SendBack
from core.commands.submitting import Handover, SubmitTask
from core.commands.ticking import Tick
from core.commands.warning import RefuseExtension, WarnDelay
from core.desk import Desk, Receipt
from core.domain.ids import DepartmentId
from core.domain.notices import Raised
from core.domain.refusals import Refusal
from core.domain.status import Priority
from core.domain.task import Task
from core.domain.timers import Target, Timer, TimerRule
from core.domain.trouble import UNRESOLVED, DelayReason, Extension, Issue, RequestState, Severity
from core.policies.alerts import Horizon, horizon_at
from core.policies.calendar import calendar_named
from core.policies.causes import TaskFacts
from core.policies.clocks import Pace, deadline
from core.policies.rules import RULES
from core.policies.timer_causes import CAUSES, TimerFacts, When, since
from core.store.rhythm_tables import RaisedTable
from tests.ledgers import flaws
from tests.office import MORNING, Office
from tests.postgres import Databases

CALENDAR = calendar_named("china")
PATIENCE = timedelta(minutes=5)
A_DAY = timedelta(days=1)
WHICH = st.integers(0, 20)
"""Which task or issue: the n-th there is, counted round."""
SPANS = st.sampled_from([timedelta(minutes=m) for m in (7, 125, 1440, 1500, 2900, 4400, 10_080)])
JUMPS = st.sampled_from([timedelta()] * 6 + [A_DAY, -A_DAY, timedelta(minutes=-4)])


class Window(NamedTuple):
    """What an alert is raised once for."""

    rule: str
    target: Target
    object: int
    window: datetime


class TickMachine(RuleBasedStateMachine):
    """A project with a lead, a department's head and a manager; tasks, issues, requests."""

    url: Callable[[], str]
    drop: Callable[[str], None]

    def __init__(self) -> None:
        super().__init__()
        self.place = type(self).url()
        self.office = office = Office(self.place)
        made = DepartmentId(office.do(AddDepartment(name="技术部", lead=office.zhao)).id)
        office.do(EditPerson(person=office.zhao, manager=office.wang))
        office.do(EditProject(project=office.project, lead=office.wang, department=made))
        self.newest = MORNING
        """When the newest event of the log was told, by the clock of whoever told it."""
        self.known: dict[Window, int] = {}
        """What was raised so far, with the number of its row."""

    def teardown(self) -> None:
        assert flaws(self.office.desk) == (), "the rows are what the log tells of"
        self.office.close()
        type(self).drop(self.place)

    # What is done

    def tries(self, command: object, *, by: str = "wang") -> Receipt | None:
        """Give a command; whether it is taken is not what is tested here."""
        try:
            receipt: Receipt = self.office.do(command, by=by)
        except Refusal:
            return None
        if receipt.last:
            self.newest = self.office.clock.at
        return receipt

    def task(self, which: int) -> Task:
        found: list[Task] = self.office.all(Task)
        return found[which % len(found)]

    def issue(self, which: int) -> Issue | None:
        found: list[Issue] = self.office.all(Issue)
        return found[which % len(found)] if found else None

    @initialize()
    def begin(self) -> None:
        self.create(span=A_DAY, urgent=False, priority=Priority.HIGH)

    @rule(span=SPANS, urgent=st.booleans(), priority=st.sampled_from(list(Priority)))
    def create(self, span: timedelta, *, urgent: bool, priority: Priority) -> None:
        due = self.office.clock.at + span
        self.office.doing(self.office.li, due=due, urgent=urgent, priority=priority)
        self.newest = self.office.clock.at

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        self.office.clock.move(span)

    @rule(which=WHICH, critical=st.booleans())
    def block(self, which: int, *, critical: bool) -> None:
        awaited = self.office.zhao
        task = self.task(which).id
        self.tries(
            BlockTask(
                task=task,
                reason="等接口",
                waiting_for="赵敏",
                waiting_person=awaited,
                critical=critical,
            )
        )

    @rule(which=WHICH)
    def unblock(self, which: int) -> None:
        self.tries(UnblockTask(task=self.task(which).id))

    @rule(which=WHICH)
    def submit(self, which: int) -> None:
        task = self.task(which)
        handed = (Handover("《成果》", location="盘"),)
        self.tries(SubmitTask(task=task.id, results="完成", deliverables=handed), by="li")

    @rule(which=WHICH)
    def send_back(self, which: int) -> None:
        self.tries(SendBack(task=self.task(which).id, findings="不全"), by="zhao")

    @rule(span=SPANS, jump=JUMPS)
    def tick_again(self, span: timedelta, jump: timedelta) -> None:
        self.tick(span=span, jump=jump, limit=500)

    @rule(which=WHICH)
    def cancel(self, which: int) -> None:
        task = self.task(which)
        if len(self.office.all(Task)) > 2:
            self.tries(CancelTask(task=task.id, seen=task.state, reason="不做了"))

    @rule(which=WHICH, percent=st.sampled_from([10, 60, 100]))
    def update(self, which: int, percent: int) -> None:
        self.tries(UpdateProgress(task=self.task(which).id, progress=percent), by="li")

    @rule(which=WHICH, span=SPANS)
    def move_due(self, which: int, span: timedelta) -> None:
        task = self.task(which)
        setting = Setting("due", task.due, self.office.clock.at + span)
        self.tries(EditTask(task=task.id, settings=(setting,), reason="改期"))

    @rule(which=WHICH)
    def warn(self, which: int) -> None:
        task = self.task(which)
        expected = max(task.due or self.office.clock.at, self.office.clock.at) + A_DAY
        command = WarnDelay(
            task=task.id, code=DelayReason.OTHER, reason="来不及", expected=expected
        )
        self.tries(command, by="li")

    @rule()
    def refuse(self) -> None:
        for one in self.office.all(Extension):
            if one.state is RequestState.ASKED:
                self.tries(RefuseExtension(extension=one.id, reason="不行"))
                return

    @rule(
        which=WHICH,
        severity=st.sampled_from(list(Severity)),
        ago=st.sampled_from([timedelta(), timedelta(hours=1), 5 * A_DAY]),
    )
    def raise_issue(self, which: int, severity: Severity, ago: timedelta) -> None:
        task = self.task(which).id if which % 3 else None
        self.tries(
            RaiseIssue(
                task=task,
                project=None if task else self.office.project,
                title="断线",
                impact="联调",
                severity=severity,
                occurred=self.office.clock.at - ago,
            )
        )

    @rule(
        which=WHICH,
        step=st.sampled_from(["respond", "promise", "resolve", "close", "reopen", "escalate"]),
    )
    def step(self, which: int, step: str) -> None:
        if (issue := self.issue(which)) is None:
            return
        number, later = issue.id, self.office.clock.at + 2 * A_DAY
        commands = {
            "respond": RespondIssue(issue=number, response="在查"),
            "promise": RespondIssue(issue=number, response="在查", resolve_by=later),
            "resolve": ResolveIssue(issue=number, resolution="好了"),
            "close": CloseIssue(issue=number),
            "reopen": ReopenIssue(issue=number, reason="又坏了"),
            "escalate": EscalateIssue(issue=number, reason="急"),
        }
        self.tries(commands[step], by="li")

    # Ticks

    @rule(span=SPANS, jump=JUMPS, limit=st.sampled_from([500, 500, 1]))
    def tick(self, span: timedelta, jump: timedelta, limit: int) -> None:
        """After a while, by a client or cron whose clock may be wrong; until nothing is left."""
        self.office.clock.move(span)
        at = self.office.clock.at + jump
        before, levels = set(self.raised()), self.levels()
        wanted = self.wanted(at)
        count = self.ticked(at, limit)
        after = self.raised()
        fresh = set(after) - before
        assert count == len(fresh)
        if self.newest_before - at > PATIENCE:
            assert not fresh, "its clock cannot be right"
            return
        causes = {one for one in fresh if one.rule not in {"issue-escalated", "issue-second"}}
        assert causes <= wanted, "never without a cause"
        missing = {one for one in wanted if one.rule not in {"issue-escalated", "issue-second"}}
        assert missing <= set(after), "by its deadline, whatever was ticked before"
        self.check_levels(at, levels)
        assert self.ticked(at, 500) == 0, "nothing is left"

    def ticked(self, at: datetime, limit: int) -> int:
        """How many alerts were raised by ticks at ``at``."""
        self.newest_before = self.newest
        nobody: Desk = self.office.desk.acting("cron", clock=type(self.office.clock)(at))
        count = 0
        while raised := nobody.do(Tick(limit=limit)).id:
            count += raised
            self.newest = at
        return count

    def raised(self) -> dict[Window, Raised]:
        rows = (Window(one.rule, one.target, one.object, one.window) for one in self._rows())
        return dict(zip(rows, self._rows(), strict=True))

    def _rows(self) -> list[Raised]:
        found: list[Raised] = self.office.all(Raised)
        return found

    # What is due, told by the rules from whole records

    def wanted(self, at: datetime) -> set[Window]:
        horizon = horizon_at(at, CALENDAR)
        found = set(self._of_timers(horizon)) | set(self._late_issues())
        for task in self.office.all(Task):
            found |= set(self._of_task(task, horizon))
        return found

    def _of_task(self, task: Task, at: Horizon) -> Iterator[Window]:
        asked = any(
            one.task == task.id and one.state is RequestState.ASKED
            for one in self.office.all(Extension)
        )
        named = {name: getattr(task, name) for name in _COPIED}
        facts = TaskFacts(**named, mine_to_accept=True)
        for one in RULES:
            if one.follows not in _COPIED or not one.tells or task.closed is not None:
                continue
            if one.id == "at-risk" and asked:
                continue
            if one.since(facts, at) is not None:
                yield Window(one.id, Target.TASK, task.id, getattr(task, one.follows))

    def _of_timers(self, at: Horizon) -> Iterator[Window]:
        tells = {one.id for one in RULES if one.tells}
        for timer in self.office.all(Timer):
            facts = TimerFacts(timer.rule, timer.target, timer.object, timer.started, timer.due)
            for name in tells & set(CAUSES):
                cause = CAUSES[name][0]
                held = cause.timer is timer.rule and since(facts, cause.when, at) is not None
                if timer.ended is None and held and cause.when in {When.LATE, When.RUNNING}:
                    yield Window(name, timer.target, timer.object, timer.due)

    def _late_issues(self) -> Iterator[Window]:
        for issue in self.office.all(Issue):
            if issue.late and issue.state in UNRESOLVED:
                yield Window("reported-late", Target.ISSUE, issue.id, issue.reported)

    # Levels

    def levels(self) -> dict[int, tuple[int, datetime | None]]:
        """Each issue's level, and when the clock of the next one ends."""
        rules = {0: TimerRule.ISSUE_RESOLVE, 1: TimerRule.ISSUE_SECOND}
        timers = {
            (one.object, one.rule): one
            for one in self.office.all(Timer)
            if one.ended is None and one.target is Target.ISSUE
        }
        found = {}
        for issue in self.office.all(Issue):
            next_up = rules.get(issue.level)
            timer = timers.get((issue.id, next_up)) if next_up else None
            found[issue.id] = (issue.level, timer.due if timer else None)
        return found

    def check_levels(self, at: datetime, before: dict[int, tuple[int, datetime | None]]) -> None:
        """Each issue went up as often as deadlines passed, one after the other."""
        for issue in self.office.all(Issue):
            level, due = before[issue.id]
            urgent = self._is_urgent(issue)
            while due is not None and due <= at:
                level += 1
                pace = Pace.WALL if urgent else Pace.WORKDAY
                due = deadline(due, A_DAY, pace, CALENDAR) if level == 1 else None
            assert issue.level == level

    def _is_urgent(self, issue: Issue) -> bool:
        tasks = {one.id: one for one in self.office.all(Task)}
        on_urgent = issue.task is not None and tasks[issue.task].urgent
        return issue.severity is Severity.CRITICAL or on_urgent

    # Always

    @invariant()
    def each_once_and_for_ever(self) -> None:
        rows = self.office.desk.ask(
            lambda store: store.rows(
                RaisedTable.select(
                    RaisedTable.id,
                    RaisedTable.rule,
                    RaisedTable.target,
                    RaisedTable.object,
                    RaisedTable.window,
                )
            )
        )
        windows: list[Any] = [row[1:] for row in rows]
        assert len(windows) == len(set(windows)), "each window once"
        numbers = {row[0] for row in rows}
        assert set(self.known.values()) <= numbers, "what was told stays told"
        self.known = {row[1:]: row[0] for row in rows}  # type: ignore[misc]


_COPIED = (
    *("state", "due", "blocked_since", "updated", "submitted", "urgent", "priority"),
    *("progress", "start", "created", "delay_reason"),
)


def run(kind: type[TickMachine], *, examples: int, steps: int) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        kind,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_ticks_on_sqlite() -> None:
    with tempfile.TemporaryDirectory() as folder:

        class OnSqlite(TickMachine):
            @staticmethod
            def url() -> str:
                return f"sqlite:///{Path(folder) / uuid4().hex}.db"

            @staticmethod
            def drop(url: str) -> None:
                Path(url.removeprefix("sqlite:///")).unlink()

        profile = settings().max_examples
        run(OnSqlite, examples=max(40, profile if profile > 100 else 0), steps=40)


def test_ticks_on_postgres(databases: Databases) -> None:
    from tests.conftest import _with_tables

    class OnPostgres(TickMachine):
        @staticmethod
        def url() -> str:
            return databases.create(_with_tables)

        @staticmethod
        def drop(url: str) -> None:
            databases.drop(url)

    run(OnPostgres, examples=5, steps=30)
