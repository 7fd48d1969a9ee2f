"""What the tests of the store share."""

from collections.abc import Iterator

import pytest

from tests.logins import Team
from tests.office import Office


@pytest.fixture
def office(store_url: str) -> Iterator[Office]:
    """A small office; the test runs once on each engine."""
    made = Office(store_url)
    yield made
    made.close()


@pytest.fixture
def team(postgres_url: str) -> Iterator[Team]:
    """A team on PostgreSQL, each of them with a role."""
    made = Team(postgres_url)
    yield made
    made.drop()
