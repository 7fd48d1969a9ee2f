"""Positions and counts that somebody spoilt by direct SQL are refused in words."""

from collections.abc import Iterator

import pytest

from core.commands.moving import MoveTask, ReorderTask
from core.commands.projects import EditProject
from core.commands.tasks import CreateTask
from core.domain.refusals import Unavailable
from core.domain.status import State
from tests.office import Office


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """Only SQLite keeps a text in a column of numbers."""
    made = Office(sqlite_url)
    yield made
    made.close()


def spoil(office: Office, sql: str) -> None:
    with office.store.writing():
        office.store.sql(sql)


def test_a_position_that_is_no_number(office: Office) -> None:
    other, task, last = office.doing(), office.doing(), office.doing()
    spoil(office, f"UPDATE task SET position = x'00' WHERE id = {other}")
    move = MoveTask(task=office.task(owner=office.li), to=State.DOING, seen=State.TODO)
    spoil_top = f"UPDATE task SET state = 'todo' WHERE id IN ({task}, {last})"
    office.store.sql(spoil_top)
    for command in (
        move,
        CreateTask(project=office.project, title="x", owner=office.li, state=State.DOING),
    ):
        with pytest.raises(Unavailable) as refused:
            office.do(command)
        assert refused.value.code == "row-unreadable"
        assert refused.value.facts["column"] == "position"


def test_a_neighbour_without_a_number(office: Office) -> None:
    _, task, neighbour, beyond = (office.doing() for _ in range(4))
    spoil(office, f"UPDATE task SET position = 'far' WHERE id = {beyond}")
    with pytest.raises(Unavailable) as refused:
        office.do(ReorderTask(task=task, neighbour=neighbour, below=True))
    assert refused.value.code == "row-unreadable"


def test_a_count_that_is_no_number(office: Office) -> None:
    task = office.task(owner=office.li)
    office.do(EditProject(project=office.project, wip={State.DOING: 3}))
    spoil(office, "UPDATE tally SET cards = 'many' WHERE state = 'doing'")
    with pytest.raises(Unavailable) as refused:
        office.do(MoveTask(task=task, to=State.DOING, seen=State.TODO))
    assert refused.value.code == "row-unreadable"
    assert refused.value.facts["table"] == "tally"


def test_a_subtask_moves_to_the_top_of_its_siblings(office: Office) -> None:
    parent = office.doing()
    parts = [office.task(title, parent=parent, owner=office.li) for title in "abc"]
    for part in parts:
        office.do(MoveTask(task=part, to=State.DOING, seen=State.TODO))
    places = [office.get(part).position for part in parts]
    assert places == sorted(places, reverse=True)
    assert office.get(parent).position > 0
