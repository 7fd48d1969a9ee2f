"""Restricted projects under members' roles: who does not see one does not find it in raw SQL."""

import pytest

from core.commands.assigning import ReturnTask
from core.commands.dependencies import AddDependency
from core.commands.members import AddMember
from core.commands.parts import AddCriterion
from core.commands.progress import UpdateProgress
from core.commands.projects import AddProject, EditProject
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.domain.ids import ProjectId, TaskId
from core.domain.refusals import NotFound, Unavailable
from core.domain.status import State
from core.queries import board, directory
from tests.logins import REFUSED, Team

OF_PROJECTS = (
    *("task", "tally", "sync_entry", "issue", "meeting", "meeting_plan", "timer"),
    *("raised_alert", "project_member", "search_line", "event"),
)
OF_TASKS = (
    *("collaborator", "milestone", "dependency", "criterion", "deliverable", "progress_update"),
    *("block_spell", "review", "extension", "nudge", "assignment", "raci", "sign_off"),
    "close_out",
)


@pytest.fixture
def secret(team: Team) -> ProjectId:
    """A restricted project: zhao is on its list, li owns nothing in it, wu leads it by name."""
    made = team.do(AddProject(key="SEC", name="并购", lead=team.wu))
    project = ProjectId(made.id)
    create = CreateTask(project=project, title="尽职调查", owner=team.zhou)
    task = TaskId(team.do(create, by="wu").id)
    team.do(AddCriterion(task=task, text="清单齐全"), by="wu")
    team.do(AddSyncEntry(project=project, task=task, topic="要约"), by="wu")
    team.do(AddMember(project=project, person=team.zhao), by="wu")
    team.do(AddDependency(task=team.task("公开的任务"), needs=task), by="wu")
    team.do(EditProject(project=project, restricted=True), by="wu")
    return project


def counts(team: Team, project: int, by: str) -> dict[str, int]:
    """How many rows of the project a role finds, by table; those where it finds any."""
    said = {
        name: f"SELECT count(*) FROM {name} WHERE project_id = {project}" for name in OF_PROJECTS
    }
    said |= {
        name: f"SELECT count(*) FROM {name} JOIN task ON task.id = {name}.task_id"
        f" WHERE task.project_id = {project}"
        for name in OF_TASKS
    }
    said["project"] = f"SELECT count(*) FROM project WHERE id = {project}"
    said["counter"] = f"SELECT count(*) FROM counter WHERE scope LIKE 'project/{project}/%'"
    found = {name: team.one(statement, by=by) for name, statement in said.items()}
    return {name: count for name, count in found.items() if count}


SEEN = {"task", "tally", "sync_entry", "timer", "project_member", "search_line", "event"}
SEEN |= {"criterion", "assignment", "project", "counter"}


@pytest.mark.parametrize(
    ("handle", "sees"),
    [
        *(("li", False), ("qian", False), ("sun", False)),
        *(("zhao", True), ("wu", True), ("zhou", True), ("wang", True)),
    ],
)
def test_who_finds_it(team: Team, secret: ProjectId, handle: str, sees: bool) -> None:
    assert set(counts(team, secret, handle)) == (SEEN if sees else set())
    named = "SELECT count(*) FROM event WHERE subject LIKE 'SEC-%'"
    assert bool(team.one(named, by=handle)) is sees


def test_what_all_of_a_table_counts(team: Team, secret: ProjectId) -> None:
    team.do(CreateTask(project=team.project, title="平常的事"), by="li")
    for table in ("task", "assignment", "criterion", "event", "counter", "timer"):
        mine = team.one(f"SELECT count(*) FROM {table}", by="li")
        assert mine < team.one(f"SELECT count(*) FROM {table}", by="zhao"), table
    assert team.one("SELECT count(*) FROM project", by="li") == 2


def test_nothing_is_written_there(team: Team, secret: ProjectId) -> None:
    task = team.one(f"SELECT min(id) FROM task WHERE project_id = {secret}")
    for statement in (
        f"INSERT INTO event (kind, task_id) VALUES ('progress-updated', {task})",
        f"INSERT INTO event (kind, project_id) VALUES ('project-edited', {secret})",
        f"INSERT INTO criterion (task_id, text, facet, met) VALUES ({task}, 'x', 'other', false)",
        f"INSERT INTO project_member (project_id, person_id) VALUES ({secret}, {team.li})",
        f"INSERT INTO tally (project_id, state) VALUES ({secret}, 'x')",
    ):
        assert team.code("li", statement) == REFUSED, statement
    for statement in (
        f"UPDATE task SET title = 'x', version = version + 1 WHERE id = {task}",
        f"UPDATE project SET restricted = false, version = version + 1 WHERE id = {secret}",
        f"DELETE FROM criterion WHERE task_id = {task}",
    ):
        assert team.code("li", statement) == "", "no row is found"
    assert team.one(f"SELECT restricted FROM project WHERE id = {secret}") is True
    assert team.one(f"SELECT count(*) FROM criterion WHERE task_id = {task}") == 1


def test_the_desk_does_not_know_it_either(team: Team, secret: ProjectId) -> None:
    task = TaskId(team.one(f"SELECT min(id) FROM task WHERE project_id = {secret}"))
    with team.own("li") as desk:
        assert {one.key for one in desk.ask(directory.projects)} == {"T", "OPS"}
        with pytest.raises(NotFound):
            desk.do(UpdateProgress(task=task, progress=10))
        heads = desk.ask(board.columns, board.Chosen())
        assert next(one.cards for one in heads if one.state is State.TODO) == 1  # the open one
    with team.own("zhao") as desk:
        assert {one.key for one in desk.ask(directory.projects)} == {"T", "OPS", "SEC"}


def test_a_name_that_is_taken_out_of_sight(team: Team, secret: ProjectId) -> None:
    with team.own("li") as desk, pytest.raises(Unavailable) as caught:
        desk.do(AddProject(key="SEC", name="又一个", lead=team.li))
    assert caught.value.code == "taken-unseen"


def test_who_gives_a_task_back_no_longer_sees_its_project(team: Team, secret: ProjectId) -> None:
    task = TaskId(team.one(f"SELECT min(id) FROM task WHERE project_id = {secret}"))
    with team.own("zhou") as desk:
        desk.do(ReturnTask(task=task, reason="没空"))
    assert team.get(task).owner is None
    team.one(f"UPDATE assignment SET ended = ended - 600000000 WHERE task_id = {task} RETURNING 1")
    assert team.one(f"SELECT count(*) FROM task WHERE project_id = {secret}", by="zhou") == 0


def test_who_does_not_see_the_newest_event_goes_on_after_it(team: Team, secret: ProjectId) -> None:
    team.do(AddSyncEntry(project=secret, topic="价格"), by="wu")
    newest = team.desk.mark()
    with team.own("li") as desk:
        assert desk.mark() < newest
        receipt = desk.do(CreateTask(project=team.project, title="一"))
        assert receipt.first == newest + 1
        assert desk.mark() == receipt.last


def test_a_restricted_entry_is_for_its_audience(team: Team) -> None:
    entry = AddSyncEntry(project=team.project, topic="薪资", restricted=True, people=(team.zhao,))
    number = team.do(entry, by="qian").id
    team.do(EditProject(project=team.project, lead=team.wu))
    finds = {
        handle: team.one(f"SELECT count(*) FROM sync_entry WHERE id = {number}", by=handle)
        + team.one(f"SELECT count(*) FROM sync_audience WHERE entry_id = {number}", by=handle)
        + team.one("SELECT count(*) FROM search_line WHERE kind = 'sync'", by=handle)
        for handle in ("li", "wang", "sun", "qian", "zhao", "wu")
    }
    assert finds == {"li": 0, "wang": 0, "sun": 0, "qian": 3, "zhao": 3, "wu": 3}
    add = f"INSERT INTO sync_audience (entry_id, person_id) VALUES ({number}, {team.li})"
    assert team.code("li", add) == REFUSED


def test_receipts_are_ones_own(team: Team) -> None:
    with team.own("li") as desk:
        desk.do(CreateTask(project=team.project, title="一"))
    assert team.one("SELECT count(*) FROM receipt", by="li") == 1
    assert team.one("SELECT count(*) FROM receipt", by="zhao") == 0
