"""What the tests of commands share."""

from collections.abc import Iterator

import pytest

from tests.ledgers import flaws
from tests.office import Office


@pytest.fixture
def office(store_url: str) -> Iterator[Office]:
    """A small office; the test runs once on each engine. Its log tells of every row in the end."""
    made = Office(store_url)
    yield made
    assert flaws(made.desk) == ()
    made.close()
