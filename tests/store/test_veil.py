"""Restricted projects: outsiders see nothing of them, through whatever they ask."""

from collections.abc import Iterator

import pytest

from core.commands.dependencies import AddDependency, RemoveDependency
from core.commands.issues import CloseIssue, RaiseIssue, RespondIssue
from core.commands.members import AddMember, RemoveMember
from core.commands.moving import MoveTask
from core.commands.parts import (
    AddCriterion,
    AddDeliverable,
    ChangeCriterion,
    ChangeDeliverable,
    RemovePart,
)
from core.commands.progress import UpdateProgress
from core.commands.projects import AddProject, EditProject
from core.commands.reviewing import AcceptTask
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.domain.ids import PartId, ProjectId, TaskId
from core.domain.people import Project
from core.domain.refusals import NotFound
from core.domain.status import State
from core.store.database import Store
from core.store.registry import all_tables
from core.store.rows import name_of
from core.store.veiled import VEILED
from tests.office import Office

SECRET = "并购谈判"


@pytest.fixture
def secret(store_url: str) -> Iterator[tuple[Office, ProjectId, TaskId]]:
    """A restricted project of wu's with a task, an issue, an entry and an update."""
    office = Office(store_url)
    wu = office.person("wu", "吴")
    made = office.do(AddProject(key="SECRET", name=SECRET, lead=wu))
    project = ProjectId(made.id)
    task = TaskId(office.do(CreateTask(project=project, title=SECRET, owner=wu), by="wu").id)
    office.do(UpdateProgress(task=task, progress=10, done=SECRET), by="wu")
    office.do(RaiseIssue(task=task, title=SECRET, impact=SECRET), by="wu")
    office.do(AddSyncEntry(project=project, topic=SECRET), by="wu")
    public = office.task("公开的任务")
    for one, other, lead in ((task, public, "wu"), (public, task, "wang")):
        office.do(AddDependency(task=one, needs=other), by=lead)
        office.do(RemoveDependency(task=one, needs=other), by=lead)
    office.do(AddDependency(task=public, needs=task))
    office.do(EditProject(project=project, restricted=True), by="wu")
    yield office, project, task
    office.close()


def rows_seen(office: Office, *, by: str) -> dict[str, int]:
    """How many rows of each table somebody reads."""

    def count(store: Store) -> dict[str, int]:
        return {name: store.sql(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in VEILED}

    return office.by(by).ask(count)


def text_seen(office: Office, *, by: str) -> str:
    """Everything that somebody reads, of every table; a receipt is asked for by its UUID only."""

    def read(store: Store) -> str:
        tables = [name for name in map(name_of, all_tables()) if name != "receipt"]
        return str([store.sql(f'SELECT * FROM "{name}"').fetchall() for name in tables])

    return office.by(by).ask(read)


def test_every_table_that_tells_of_a_project_is_veiled() -> None:
    told = set()
    for table in all_tables():
        columns = {one.column_name for one in table._meta.sorted_fields}
        if columns & {"project_id", "task_id", "entry_id"}:
            told.add(name_of(table))
    assert told | {"project"} == set(VEILED)


@pytest.mark.parametrize("outsider", ["li", "zhao", "sun", "nobody-known"])
def test_outsiders_read_nothing_of_it(
    secret: tuple[Office, ProjectId, TaskId], outsider: str
) -> None:
    office, *_ = secret
    seen = text_seen(office, by=outsider)
    assert "公开的任务" in seen
    assert SECRET not in seen
    assert "SECRET" not in seen
    assert rows_seen(office, by=outsider)["project"] == 1


def test_those_who_lead_it_or_look_after_members_see_it(
    secret: tuple[Office, ProjectId, TaskId],
) -> None:
    office, *_ = secret
    assert rows_seen(office, by="wu") == rows_seen(office, by="wang")
    assert rows_seen(office, by="wu")["project"] == 2


def test_one_desk_sees_for_whoever_asks(secret: tuple[Office, ProjectId, TaskId]) -> None:
    office, *_ = secret
    counts = [rows_seen(office, by=who)["task"] for who in ("li", "wu", "li", "wang", "zhao")]
    assert counts == [1, 2, 1, 2, 1]


def test_a_member_sees_it_until_taken_off(secret: tuple[Office, ProjectId, TaskId]) -> None:
    office, project, _ = secret
    office.do(AddMember(project=project, person=office.li), by="wu")
    office.do(AddMember(project=project, person=office.li), by="wu")
    assert rows_seen(office, by="li")["task"] == 2
    office.do(RemoveMember(project=project, person=office.li), by="wang")
    assert rows_seen(office, by="li")["task"] == 1
    refused = office.refused(RemoveMember(project=project, person=office.li), by="wu")
    assert (refused.code, refused.facts["person"]) == ("not-a-member", "li")


def test_whoever_owns_a_task_in_it_sees_it(secret: tuple[Office, ProjectId, TaskId]) -> None:
    office, project, _ = secret
    office.do(CreateTask(project=project, title="清点", owner=office.zhao), by="wu")
    assert rows_seen(office, by="zhao")["task"] == 3


def test_writing_by_an_outsider_still_works_and_reaches_all_tables(
    secret: tuple[Office, ProjectId, TaskId],
) -> None:
    office, *_ = secret
    assert rows_seen(office, by="li")["task"] == 1
    office.do(CreateTask(project=office.project, title="又一个"), by="li")
    assert (rows_seen(office, by="li")["task"], rows_seen(office, by="wu")["task"]) == (2, 3)


def test_open_again_it_is_seen_by_all(secret: tuple[Office, ProjectId, TaskId]) -> None:
    office, project, _ = secret
    assert rows_seen(office, by="li")["task"] == 1
    office.do(EditProject(project=project, restricted=False), by="wu")
    assert rows_seen(office, by="li")["task"] == 2
    assert [one.restricted for one in office.all(Project)] == [False, False]


def test_a_command_on_it_finds_nothing(secret: tuple[Office, ProjectId, TaskId]) -> None:
    office, project, task = secret
    for command in (
        UpdateProgress(task=task, progress=90),
        CreateTask(project=project, title="混进来"),
        AddMember(project=project, person=office.li),
        AcceptTask(task=task),
        MoveTask(task=task, to=State.DONE, seen=State.REVIEW),
    ):
        refused = office.refused(command, by="li")
        assert isinstance(refused, NotFound), command


def test_of_a_part_of_it_one_hears_what_one_hears_of_a_wrong_number(
    secret: tuple[Office, ProjectId, TaskId],
) -> None:
    office, project, task = secret
    criterion = PartId(office.do(AddCriterion(task=task, text=SECRET, reason=SECRET), by="wu").id)
    deliverable = PartId(office.do(AddDeliverable(task=task, name=SECRET), by="wu").id)
    issue = PartId(office.do(RaiseIssue(task=task, title=SECRET, impact=SECRET), by="wu").id)
    wrong = 9_999
    for hidden, missing in (
        (
            RespondIssue(issue=issue, response="在办"),
            RespondIssue(issue=PartId(wrong), response="在办"),
        ),
        (CloseIssue(issue=issue), CloseIssue(issue=PartId(wrong))),
        (
            ChangeCriterion(criterion=criterion, met=True),
            ChangeCriterion(criterion=PartId(wrong), met=True),
        ),
        (
            ChangeDeliverable(deliverable=deliverable, edition="2"),
            ChangeDeliverable(deliverable=PartId(wrong), edition="2"),
        ),
        (
            RemovePart(kind="criterion", part=criterion),
            RemovePart(kind="criterion", part=PartId(wrong)),
        ),
        (
            UpdateProgress(task=task, progress=90),
            UpdateProgress(task=TaskId(wrong), progress=90),
        ),
        (
            CreateTask(project=project, title="混"),
            CreateTask(project=ProjectId(wrong), title="混"),
        ),
    ):
        found = office.refused(hidden, by="li")
        expected = office.refused(missing, by="li")
        assert isinstance(found, NotFound), hidden
        assert found.facts | {"text": ""} == expected.facts | {"text": ""}, hidden
