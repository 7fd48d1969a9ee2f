"""The table of rights through raw SQL: what each standing may write under a role of their own."""

from collections.abc import Mapping

import pytest

from core.commands.editing import AssignTask
from core.commands.issues import RaiseIssue, ResolveIssue
from core.commands.parts import AddCollaborator
from core.desk import Desk
from core.domain.ids import IssueId, TaskId
from core.domain.refusals import Unavailable
from core.domain.status import OPEN_STATES, State
from core.policies import workflow
from core.policies.rights import TABLE, Act, Cell, Standing
from tests.core.test_rights import Scene, tried
from tests.logins import NOW, REFUSED, Team

PEOPLE = {
    Standing.OBSERVER: "sun",
    Standing.MEMBER: "zhao",
    Standing.COLLABORATOR: "qian",
    Standing.OWNER: "li",
    Standing.ACCEPTOR: "zhou",
    Standing.LEAD: "wu",
    Standing.ADMIN: "wang",
}
"""What each is to the tasks of a scene, and no more than that."""
SEEN = {Act.SEE}
WITHOUT_ROWS = {Act.TEMPLATE}
"""What no table holds yet."""


def scene(team: Team, state: State, *, owner: str = "li") -> TaskId:
    """A task that wu asked for: li owns it, zhou accepts it, qian helps."""
    fields = {"acceptor": team.zhou, "initiator": team.wu, "due": team.clock.now()}
    task = team.task(state=State.TODO, owner=getattr(team, owner) if owner else None, **fields)
    if owner:
        team.do(AddCollaborator(task=task, person=team.qian), by="wu")
    if state is not State.TODO:
        team.one(f"UPDATE task SET state = '{state}' WHERE id = {task} RETURNING id")
    if state is State.DONE:
        team.one(f"UPDATE task SET closed = {NOW} WHERE id = {task} RETURNING id")
    if state is State.REVIEW:
        team.one(f"UPDATE task SET submitted_by_id = {team.li} WHERE id = {task} RETURNING id")
    return task


def statements(team: Team, state: State, me: int) -> Mapping[Act, str]:
    """One statement for each act that SQL can express on a task of that state."""
    task = scene(team, state)
    nobodys = scene(team, State.TODO, owner="")
    given = team.task(owner=None)
    team.do(AssignTask(task=given, owner=team.li, seen=None), by="wu")
    raised = RaiseIssue(task=task, title="慢", impact="迟", handler=team.zhou)
    issue = IssueId(team.do(raised, by="wu").id)
    over = IssueId(team.do(raised, by="wu").id)
    team.do(ResolveIssue(issue=over, resolution="补上了"), by="zhou")
    change = f"UPDATE task SET version = version + 1, {{}} WHERE id = {task}"
    trouble = "UPDATE issue SET version = version + 1, {} WHERE id = {}"
    entry = f"{team.project}, current_date, '晨会', '', 'note', {me}, '', false, '', '', '', {NOW}"
    new = f"{team.project}, 'SQL-1', '新', 'low', 'todo', 1, {me}, {NOW}"
    is_open = state in OPEN_STATES
    said = {
        Act.LOG: "INSERT INTO sync_entry (project_id, day, topic, content, kind, author_id,"
        f" audience, restricted, reference, remarks, follow_up, at) VALUES ({entry})",
        Act.CREATE: "INSERT INTO task (project_id, key, title, priority, state, position,"
        " initiator_id, created, external_id, description, background, outcome, value, type,"
        " urgent, slips, progress, status_note, risk_note, note, delay_reason, round, version,"
        f" folded, timers) VALUES ({new}, '', '', '', '', '', '', false, 0, 0, '', '', '', '',"
        " 0, 1, '', 0)",
        Act.EDIT: change.format("description = '更清楚'"),
        Act.CLAIM: f"UPDATE task SET version = version + 1, owner_id = {me} WHERE id = {nobodys}",
        Act.TAKE_ON: f"UPDATE assignment SET acknowledged = {NOW} WHERE task_id = {given}",
        Act.NOTE: change.format(f"updated = {NOW}"),
        Act.ASK_LATER: f"INSERT INTO extension (task_id, code, reason, new_due, state, asked,"
        f" asked_by_id, answer) VALUES ({task}, 'other', '慢', {NOW}, 'asked', {NOW}, {me}, '')",
        Act.GRANT_LATER: change.format(f"due = {NOW}, slips = slips + 1"),
        Act.RAISE: "INSERT INTO issue (project_id, task_id, key, title, impact, detail, proposal,"
        " parties, severity, state, reporter_id, occurred, reported, late, respond_by,"
        " resolve_by, response, resolution, level, version) VALUES"
        f" ({team.project}, {task}, 'I-99', '缺人', '迟', '', '', '', 'low', 'open', {me}, {NOW},"
        f" {NOW}, false, {NOW}, {NOW}, '', '', 0, 1)",
        Act.RESOLVE: trouble.format("state = 'resolved', resolution = '好了'", issue),
        Act.CLOSE: trouble.format(f"state = 'closed', closed = {NOW}", over),
        Act.ESCALATE: trouble.format("level = level + 1", issue),
        Act.RULES: "UPDATE project SET version = version + 1, goal = '更好'"
        f" WHERE id = {team.project}",
        Act.TEAM: "INSERT INTO department (name, version) VALUES ('新部门', 1)",
        Act.REWRITE: "UPDATE event SET reason = 'x'",
    }
    if is_open:
        said[Act.ASSIGN] = change.format(f"owner_id = {team.zhao}")
        said[Act.WORK] = change.format("progress = 50")
        said[Act.KEEP] = change.format(f"state = 'cancelled', before = state, closed = {NOW}")
    if state is State.DONE:
        said[Act.KEEP] = change.format(f"state = 'archived', before = 'done', closed = {NOW}")
    if state is State.DOING:
        said[Act.SUBMIT] = change.format(
            f"state = 'review', submitted = {NOW}, submitted_by_id = {me}, round = round + 1"
        )
    if state is State.REVIEW:
        said[Act.JUDGE] = change.format(f"state = 'done', closed = {NOW}, accepted_by_id = {me}")
    return said


@pytest.mark.parametrize("state", [State.DRAFT, State.TODO, State.DOING, State.REVIEW, State.DONE])
def test_each_standing_may_write_what_the_table_says(team: Team, state: State) -> None:
    tried_acts = set()
    for standing, handle in PEOPLE.items():
        said = statements(team, state, getattr(team, handle))
        for act, statement in said.items():
            tried_acts.add(act)
            cell = TABLE[act][standing]
            # "o" means no here: nobody but wu asked for the task, zhou has the issue in hand.
            may = cell in {Cell.YES, Cell.NOT_OWN}
            if act is Act.RESOLVE and handle == "zhou":
                may = True
            if act is Act.GRANT_LATER and state is State.DRAFT:
                may = TABLE[Act.EDIT][standing] is Cell.YES  # it is not agreed yet
            expected = "" if may else REFUSED
            assert team.tried(handle, statement) == expected, (act, standing, cell)
        assert team.one("SELECT count(*) FROM task", by=handle)
    assert tried_acts | SEEN | WITHOUT_ROWS >= set(Act) - {
        Act.SUBMIT,
        Act.JUDGE,
        Act.ASSIGN,
        Act.WORK,
    }


@pytest.mark.parametrize("handle", ["li", "wu", "zhou", "zhao"])
def test_no_step_that_the_workflow_has_not(team: Team, handle: str) -> None:
    for before in State:
        task = scene(team, before)
        for after in State:
            if before is after or workflow.may_move(before, after):
                continue
            if after is State.ARCHIVED and workflow.may_archive(before):
                continue
            if after is State.CANCELLED and workflow.may_cancel(before):
                continue
            closed = NOW if after in {State.DONE, State.ARCHIVED, State.CANCELLED} else "NULL"
            statement = (
                f"UPDATE task SET state = '{after}', version = version + 1, closed = {closed}"
                f" WHERE id = {task}"
            )
            assert team.tried(handle, statement) == REFUSED, (before, after)


def test_who_asked_for_a_task_may_word_it_before_it_has_begun(team: Team) -> None:
    for state, may in ((State.DRAFT, True), (State.TODO, True), (State.DOING, False)):
        task = team.task(state=State.TODO, initiator=team.zhao)
        owner = ", owner_id = 2" if state is State.DOING else ""
        team.one(f"UPDATE task SET state = '{state}'{owner} WHERE id = {task} RETURNING id")
        change = f"UPDATE task SET version = version + 1, title = '更好' WHERE id = {task}"
        cancel = (
            f"UPDATE task SET version = version + 1, state = 'cancelled', before = '{state}',"
            f" closed = {NOW} WHERE id = {task}"
        )
        for statement in (change, cancel):
            assert team.tried("zhao", statement) == ("" if may else REFUSED), state
            assert team.tried("qian", statement) == REFUSED


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM task WHERE id = {task}",
        "DELETE FROM assignment",
        "DELETE FROM review",
        "DELETE FROM progress_update",
        "DELETE FROM sync_entry",
        "DELETE FROM receipt",
        "TRUNCATE task CASCADE",
        "UPDATE task SET title = 'x' WHERE id = {task}",
        "UPDATE task SET title = 'x', version = version + 2 WHERE id = {task}",
        "UPDATE task SET title = 'x', version = version WHERE id = {task}",
        "UPDATE task SET key = 'x', version = version + 1 WHERE id = {task}",
        "UPDATE task SET id = 99, version = version + 1 WHERE id = {task}",
        "UPDATE task SET project_id = 1, version = version + 1 WHERE id = {task}",
        "UPDATE task SET created = 1, version = version + 1 WHERE id = {task}",
        "UPDATE task SET baseline_due = 1, version = version + 1 WHERE id = {task}",
        "UPDATE task SET slips = 7, version = version + 1 WHERE id = {task}",
        "UPDATE task SET round = 7, version = version + 1 WHERE id = {task}",
        "UPDATE task SET accepted_by_id = 1, version = version + 1 WHERE id = {task}",
        "UPDATE task SET submitted_by_id = 1, version = version + 1 WHERE id = {task}",
        "UPDATE task SET before = 'done', version = version + 1 WHERE id = {task}",
        "UPDATE task SET owner_id = NULL, version = version + 1 WHERE id = {task}",
        "UPDATE assignment SET owner_id = 1",
        "UPDATE assignment SET at = 1",
        "UPDATE assignment SET by_id = 1",
        "UPDATE collaborator SET person_id = 1",
        "UPDATE task SET version = version + 1 WHERE id = {task}",
        "UPDATE schema_migration SET name = 'x'",
        "UPDATE counter SET last = 0",
        "INSERT INTO duban_login VALUES ('x', 1)",
        "CREATE TABLE lever (n int)",
        "SELECT * FROM duban_login",
    ],
)
def test_what_nobody_may(team: Team, statement: str) -> None:
    task = scene(team, State.DOING)
    for handle in PEOPLE.values():
        assert team.tried(handle, statement.format(task=task)) == REFUSED, handle


def test_a_title_that_is_too_long_is_refused_by_its_check(team: Team) -> None:
    change = f"UPDATE task SET title = repeat('x', 501), version = 2 WHERE id = {team.doing()}"
    assert team.tried("li", change) in {"22001", "23514"}


def test_only_an_import_writes_down_what_is_done(team: Team) -> None:
    """Its events say so, of whoever has imported it."""
    said = statements(team, State.TODO, team.wu)[Act.CREATE]
    done = said.replace("'todo'", "'done'").replace("created,", "created, closed,")
    done = done.replace(f"{NOW}, ''", f"{NOW}, {NOW}, ''", 1)
    told = (
        "INSERT INTO event (kind, task_id, changes) SELECT 'task-created', id,"
        """ '{"imported": [null, true]}' FROM task WHERE key = 'SQL-1'"""
    )
    assert team.tried("wu", done) == REFUSED
    assert team.tried("wu", done, told) == ""
    assert team.tried("li", done, told) == REFUSED
    plain = said.replace(f", {team.wu}, ", f", {team.wang}, ")
    assert team.tried("wang", plain) == REFUSED
    assert team.tried("wang", plain, told) == ""


@pytest.mark.parametrize("state", [State.TODO, State.DOING, State.REVIEW, State.DONE])
def test_the_store_refuses_nothing_that_the_program_allows(team: Team, state: State) -> None:
    """Each act of each standing, by the desk's own account and under their role."""
    staged = Scene.__new__(Scene)
    staged.office, staged.task, staged.is_open = team, scene(team, state), state in OPEN_STATES
    raised = RaiseIssue(task=staged.task, title="慢", impact="迟", handler=team.li)
    staged.issue = IssueId(team.do(raised).id)
    commands = list(staged.commands())
    for handle in PEOPLE.values():
        with team.own(handle) as desk:
            for act, command in commands:
                expected = tried(team, command, by=handle)
                assert tried(_Own(desk), command, by=handle) == expected, (act, handle)


class _Own:
    """An office where whoever acts has a desk of their own."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def by(self, _: str) -> Desk:
        return self.desk


def test_what_the_store_refuses_is_told_in_words(team: Team) -> None:
    with team.own("li") as desk, pytest.raises(Unavailable) as caught, desk.store.writing():
        desk.store.sql("DELETE FROM task")
    assert caught.value.code == "not-allowed-by-store"
