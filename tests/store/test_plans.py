"""How the engines come to the answers that every board asks for again and again."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from core.commands.projects import EditProject
from core.domain.ids import PersonId
from core.queries.alerts import alert_counts
from core.queries.horizons import groups
from core.queries.reviews import queue
from core.store.database import Store
from tests.office import MORNING, Office

Plan = dict[str, list[str]]


@pytest.fixture
def lite(sqlite_url: str) -> Iterator[Office]:
    made = Office(sqlite_url)
    yield made
    made.close()


def _plans(office: Office, act: Callable[[], object]) -> Plan:
    """The steps of each statement about tasks."""
    texts: dict[str, Any] = {}
    execute: Any = office.store.database.execute_sql

    def noted(text: str, values: Any = ()) -> Any:
        texts[text] = values
        return execute(text, values)

    office.store.database.execute_sql = noted  # type: ignore[method-assign]
    act()
    office.store.database.execute_sql = execute  # type: ignore[method-assign]
    return {
        text: [row[3] for row in office.store.sql(f"EXPLAIN QUERY PLAN {text}", values)]
        for text, values in texts.items()
        if 'FROM "task"' in text
    }


def _counts(office: Office, viewer: PersonId) -> Plan:
    def ask() -> object:
        return office.desk.ask(alert_counts, viewer=viewer, scope="all", project=None, now=MORNING)

    return _plans(office, ask)


def test_what_is_overdue_is_counted_in_an_index_alone(lite: Office) -> None:
    """All that the count asks of a task stands in the index, or follows from being in it."""
    plans = _counts(lite, lite.li)

    text = next(text for text in plans if text.startswith("SELECT 0"))
    assert plans[text][0].startswith("SEARCH t1 USING INDEX task_due")
    held = {row[2] for row in lite.store.sql("PRAGMA index_info(task_due)").fetchall()}
    asked = set(re.findall(r'"t1"."(\w+)"', text))
    assert asked <= held | {"id", "closed"}


def test_what_was_accepted_long_ago_costs_nothing(lite: Office) -> None:
    """The index of acceptors holds what is still to be accepted."""
    plans = _counts(lite, lite.wang)

    steps = [step for plan in plans.values() for step in plan if "task_acceptor" in step]
    assert len(steps) >= 1
    where = lite.store.sql("SELECT sql FROM sqlite_master WHERE name = 'task_acceptor'").fetchone()
    assert "closed IS NULL" in where[0]


def test_short_questions_are_not_compiled(postgres_url: str) -> None:
    """PostgreSQL would compile the counts of a team with many limits for a quarter of a second."""
    store = Store(postgres_url)
    store.open()
    try:
        assert groups(store, now=MORNING) == ()
        assert store.sql("SHOW jit").fetchone() == ("off",)
        assert store.sql("SHOW random_page_cost").fetchone() == ("1.1",)
    finally:
        store.close()


def test_the_queue_of_all_is_read_in_its_order(lite: Office) -> None:
    """Of many that wait the oldest are found without sorting."""
    lite.do(EditProject(project=lite.project, self_accept=False))  # else who is there is asked too
    plans = _plans(lite, lambda: lite.desk.ask(queue, lite.li, now=MORNING, all=True))

    (plan,) = plans.values()
    assert plan == ["SEARCH t1 USING INDEX task_submitted (submitted>?)"]
