"""What the table of rights leaves out: what nobody may write, and the program's own writes.

The table itself is tried in test_pg_roles_table.py.
"""

import pytest

from core.commands.issues import RaiseIssue
from core.commands.moving import MoveTask
from core.commands.parts import AddCollaborator
from core.desk import Desk
from core.domain.ids import IssueId, TaskId
from core.domain.refusals import Unavailable
from core.domain.status import OPEN_STATES, State
from tests.core.test_rights import Scene, tried
from tests.ledgers import flaws
from tests.logins import NOW, REFUSED, Team
from tests.store.raw_scene import STANDINGS

PEOPLE = tuple(STANDINGS.values())
"""What each is to the task of a scene is what they are to those of the table."""


def scene(team: Team, state: State) -> TaskId:
    """A task that wu asked for: li owns it, zhou accepts it, qian helps."""
    fields = {"acceptor": team.zhou, "initiator": team.wu, "due": team.clock.now()}
    task = team.task(state=State.TODO, owner=team.li, **fields)
    team.do(AddCollaborator(task=task, person=team.qian), by="wu")
    if state is not State.TODO:
        team.one(f"UPDATE task SET state = '{state}' WHERE id = {task} RETURNING id")
    if state is State.DONE:
        team.one(f"UPDATE task SET closed = {NOW} WHERE id = {task} RETURNING id")
    if state is State.REVIEW:
        team.one(f"UPDATE task SET submitted_by_id = {team.li} WHERE id = {task} RETURNING id")
    return task


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
    for handle in PEOPLE:
        assert team.tried(handle, statement.format(task=task)) == REFUSED, handle


def test_a_title_that_is_too_long_is_refused_by_its_check(team: Team) -> None:
    change = f"UPDATE task SET title = repeat('x', 501), version = 2 WHERE id = {team.doing()}"
    assert team.tried("li", change) in {"22001", "23514"}


@pytest.mark.parametrize("state", [State.TODO, State.DOING, State.REVIEW, State.DONE])
def test_the_store_refuses_nothing_that_the_program_allows(team: Team, state: State) -> None:
    """Each act of each standing, by the desk's own account and under their role."""
    staged = Scene.__new__(Scene)
    staged.office, staged.task, staged.is_open = team, scene(team, state), state in OPEN_STATES
    raised = RaiseIssue(task=staged.task, title="慢", impact="迟", handler=team.li)
    staged.issue = IssueId(team.do(raised).id)
    commands = list(staged.commands())
    for handle in PEOPLE:
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


def test_work_takes_on_what_one_was_given(team: Team) -> None:
    """The server takes that line of the log from the owner, and the log stays sound."""
    task = team.task(owner=team.li, taken_on=False)
    with team.own("li") as desk:
        desk.do(MoveTask(task=task, to=State.DOING, seen=State.TODO))
    told = [(one.kind, one.actor) for one in team.events()][-2:]
    assert told == [("task-acknowledged", team.li), ("task-moved", team.li)]
    assert flaws(team.desk) == ()
