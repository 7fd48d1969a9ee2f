"""The made-up stores have logs that are as sound as real ones."""

from pathlib import Path

from core.clock import SetClock
from core.desk import Desk
from tests.bench.ledgers import lengthen
from tests.bench.stores import fill
from tests.bench.team import ME
from tests.ledgers import flaws
from tests.office import MORNING


def test_a_filled_store_is_sound(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'filled.db'}"
    fill(url, 200, now=MORNING)
    with Desk(url, actor=ME, clock=SetClock(MORNING)) as desk:
        assert flaws(desk) == ()
    assert lengthen(url, 12_345) == 12_345
    with Desk(url, actor=ME, clock=SetClock(MORNING)) as desk:
        assert (desk.mark(), flaws(desk)) == (12_345, ())


def test_a_filled_store_is_sound_on_postgres(empty_postgres_url: str) -> None:
    fill(empty_postgres_url, 200, now=MORNING)
    with Desk(empty_postgres_url, actor=ME, clock=SetClock(MORNING)) as desk:
        assert flaws(desk) == ()
