"""One task in each state with somebody in each seat, and a connection for each of them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import psycopg
from psycopg import sql

from core.commands.closing import ArchiveTask, CancelTask
from core.commands.dependencies import AddDependency
from core.commands.editing import AssignTask
from core.commands.issues import RaiseIssue, ResolveIssue
from core.commands.moving import MoveTask
from core.commands.parts import AddCollaborator, AddCriterion, AddDeliverable, AddMilestone
from core.commands.reviewing import AcceptTask
from core.domain.ids import IssueId, PartId, PersonId, TaskId
from core.domain.people import Person
from core.domain.status import Role, State
from core.domain.task import Task
from core.domain.trouble import Issue
from core.policies import acts
from core.policies.rights import Standing
from core.queries import permitted
from core.queries.accepting import Seating
from core.store.own_work import own_people
from tests.logins import NOW, PASSWORD, REFUSED, Team, under
from tests.store.raw_tries import Of

STANDINGS: Final = {
    Standing.OBSERVER: "sun",
    Standing.MEMBER: "zhao",
    Standing.COLLABORATOR: "qian",
    Standing.OWNER: "li",
    Standing.ACCEPTOR: "zhou",
    Standing.LEAD: "wu",
    Standing.ADMIN: "wang",
}
"""What each is to the tasks that are given, and no more than that."""
SEATS: Final = (*STANDINGS.values(), "lin", "he", "nobody")
"""zhao asked for the tasks; lin is on the team, and that is all. he leads, and owned and submitted
the work. nobody is in the members' group, but on no team."""
UNOWNED: Final = (State.DRAFT, State.TODO, State.ARCHIVED, State.CANCELLED)
"""Where a task can be nobody's: what is begun is somebody's."""
BEGUN: Final = (State.DOING, State.REVIEW, State.DONE, State.ARCHIVED)


class Stage:
    """A team with its tasks; what is tried leaves nothing behind."""

    def __init__(self, url: str) -> None:
        self.team = team = Team(url)
        self.he = team.person("he", "何", role=Role.LEAD)
        self.lin = team.person("lin", "林")
        self.other = team.person("xu", "徐")
        team.apply()
        self.first, self.needed = team.task("先做"), team.task("也要先做")
        self.tasks: dict[tuple[Of, State], TaskId] = {}
        self.issues: dict[tuple[Of, State], IssueId] = {}
        for state in State:
            self._give(state)
        for state in UNOWNED:
            self._leave(state)
        self._ask()
        self.known = {
            (of, state): (self._task(of, state), self._about(of, state))
            for of in Of
            for state in State
            if of is not Of.NOBODYS or state in UNOWNED
        }
        """Each task, and what the policy is told of it or of its issue."""
        self.people = {one.handle: one for one in team.all(Person)}
        self.lines = {handle: self._connect(handle) for handle in SEATS}

    def close(self) -> None:
        for line in self.lines.values():
            line.close()
        self.team.drop()

    def _give(self, state: State) -> None:
        """he had the task, and submitted it where it was; li has it now, and was not asked yet."""
        team = self.team
        begins = State.DRAFT if state is State.DRAFT else State.TODO
        due = team.clock.now() + timedelta(days=3)
        who: dict[str, Any] = {
            "owner": self.he,
            "acceptor": team.zhou,
            "initiator": team.zhao,
            "due": due,
        }
        task = team.task(f"甲 {state}", state=begins, **who)
        team.do(AddCollaborator(task=task, person=team.qian))
        criterion = PartId(team.do(AddCriterion(task=task, text="有目录")).id)
        team.do(AddMilestone(task=task, title="初稿", due=due.date()))
        team.do(AddDeliverable(task=task, name="《成果》"))
        team.do(AddDependency(task=task, needs=self.first))
        self._trouble(task, state)
        if state in BEGUN:
            team.do(MoveTask(task=task, to=State.DOING, seen=State.TODO), by="he")
        if state in BEGUN[1:]:
            team.submit(task, by="he")
        team.do(AssignTask(task=task, owner=team.li, seen=self.he, notes="交接"))
        if state in BEGUN[2:]:
            team.do(AcceptTask(task=task, met=(criterion,)), by="zhou")
        if state is State.ARCHIVED:
            team.do(ArchiveTask(task=task, seen=State.DONE, actual="一份报告"))
            team.one(f"DELETE FROM close_out WHERE task_id = {task} RETURNING 1")
        if state is State.CANCELLED:
            team.do(CancelTask(task=task, seen=State.TODO, reason="不做了"))
        self.tasks[Of.GIVEN, state] = task

    def _trouble(self, task: TaskId, state: State) -> None:
        raised = RaiseIssue(task=task, title="慢", impact="迟", handler=self.team.qian)
        for of in (Of.HANDLED, Of.FREE, Of.OVER):
            self.issues[of, state] = IssueId(self.team.do(raised).id)
        free = self.issues[Of.FREE, state]
        self.team.one(f"UPDATE issue SET handler_id = NULL WHERE id = {free} RETURNING 1")
        over = ResolveIssue(issue=self.issues[Of.OVER, state], resolution="补上了")
        self.team.do(over, by="qian")

    def _leave(self, state: State) -> None:
        """zhao asked for it, and nobody has it."""
        team = self.team
        begins = State.DRAFT if state is State.DRAFT else State.TODO
        who: dict[str, Any] = {"acceptor": team.zhou, "initiator": team.zhao}
        task = team.task(f"乙 {state}", state=begins, **who)
        if state in {State.CANCELLED, State.ARCHIVED}:
            team.do(CancelTask(task=task, seen=State.TODO, reason="不做了"))
        if state is State.ARCHIVED:
            team.do(ArchiveTask(task=task, seen=State.CANCELLED))
        self.tasks[Of.NOBODYS, state] = task

    def _ask(self) -> None:
        """A later due is asked for everywhere, also where the program no longer lets anybody."""
        self.team.one(
            "INSERT INTO extension (task_id, code, reason, new_due, state, asked, asked_by_id,"
            f" answer) SELECT id, 'other', '慢', {NOW}, 'asked', {NOW}, {self.team.li}, ''"
            " FROM task RETURNING id"
        )

    def _connect(self, handle: str) -> Any:
        team = self.team
        if handle == "nobody":
            with psycopg.connect(team.url, autocommit=True) as line:
                words = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} IN ROLE {}")
                names = (sql.Identifier(f"{team.prefix}{one}") for one in (handle, "member"))
                name, group = names
                line.execute(words.format(name, PASSWORD, group))
        return psycopg.connect(under(team.url, f"{team.prefix}{handle}"), autocommit=True)

    def facts(self, of: Of, state: State, handle: str) -> Mapping[str, object]:
        """What the statements name."""
        home = Of.NOBODYS if of is Of.NOBODYS else Of.GIVEN
        return {
            "me": self.people[handle].id if handle in self.people else self.other,
            "other": self.other,
            "he": self.he,
            "qian": self.team.qian,
            "project": self.team.project,
            "task": self.tasks.get((home, state)),
            "issue": self.issues.get((of, state)),
            "needs": self.needed,
        }

    def _task(self, of: Of, state: State) -> Task:
        home = Of.NOBODYS if of is Of.NOBODYS else Of.GIVEN
        return self.team.get(self.tasks[home, state])

    def _about(self, of: Of, state: State) -> acts.About:
        """What the policy is told of it."""
        store, now = self.team.store, self.team.clock.now()
        if (of, state) in self.issues:
            (issue,) = (one for one in self.team.all(Issue) if one.id == self.issues[of, state])
            return permitted.about_issue(store, issue, now=now)
        if (of, state) not in self.tasks:
            known = permitted.about(store, self.first)
            return known._replace(state=None, task=None, helpers=())
        task = self._task(of, state)
        own = own_people(store, task)
        seats: tuple[PersonId, ...] = Seating(store, now).asked(task.project, task.acceptor, own)
        return permitted.about(store, task.id)._replace(own=own, acceptors=seats)

    def tried(self, handle: str, statement: str) -> str:
        """How it ends: empty if it is taken, ``none`` if no row is found, else PostgreSQL's code.

        What is checked at the end of a transaction is checked; nothing is kept.
        """
        line = self.lines[handle]
        try:
            with line.transaction(force_rollback=True):
                found = line.execute(statement.encode()).rowcount
                line.execute(b"SET CONSTRAINTS ALL IMMEDIATE")
        except psycopg.Error as error:
            return error.sqlstate or "?"
        return "" if found else "none"


REFUSALS: Final = {REFUSED, "none"}
