"""The fixtures that every other test leans on: each test has a world of its own."""

import os
from pathlib import Path

import psycopg
import pytest


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_has_a_database_of_its_own(empty_postgres_url: str, turn: int) -> None:
    with psycopg.connect(empty_postgres_url) as connection:
        connection.execute("CREATE TABLE card (title text)")
        connection.execute("INSERT INTO card VALUES ('用户画像分析')")
        assert connection.execute("SELECT count(*) FROM card").fetchone() == (1,)


def test_the_server_speaks_utf8(empty_postgres_url: str) -> None:
    with psycopg.connect(empty_postgres_url) as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)


def test_a_store_on_each_engine(store_url: str) -> None:
    assert store_url.startswith(("sqlite:///", "postgresql://"))


def test_nobodys_own_files_are_near(home: Path) -> None:
    assert Path.home() == home
    assert [*home.iterdir()] == []
    assert not [name for name in os.environ if name.startswith(("XDG_", "LC_"))]
    assert "DUBAN_STORE" not in os.environ
