"""What is new since somebody looked last, and whether it touches more than tasks."""

import pytest

from core.commands.moving import MoveTask
from core.commands.people import AddPerson
from core.commands.projects import EditProject
from core.domain.status import State
from core.queries import news
from tests.office import Office


def test_work_on_tasks_leaves_the_directory_as_it_was(office: Office) -> None:
    task = office.doing()
    seen = office.desk.mark()
    office.do(MoveTask(task=task, to=State.TODO, seen=State.DOING))
    found = office.desk.ask(news.news, seen)
    assert found == (office.desk.mark(), False)


def test_people_and_projects_touch_the_directory(office: Office) -> None:
    for command in (
        AddPerson(handle="new", name="新人"),
        EditProject(project=office.project, goal="g"),
    ):
        seen = office.desk.mark()
        office.do(command)
        office.task()
        assert office.desk.ask(news.news, seen) == (office.desk.mark(), True)


def test_what_was_not_recorded_may_be_anything(office: Office) -> None:
    seen = office.desk.mark()
    assert office.desk.ask(news.news, seen) == (seen, True)


def test_so_may_very_much(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "_MANY", 2)
    seen = office.desk.mark()
    for _ in range(2):
        office.task()
    assert office.desk.ask(news.news, seen) == (office.desk.mark(), True)
