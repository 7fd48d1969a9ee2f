"""The alerts of the story are those that a lead expects; ``alerts.md`` has been read by one."""

from tests.fortnight.play import HERE, play


def test_the_fortnight_alerts_as_expected(sqlite_url: str) -> None:
    assert play(sqlite_url) == (HERE / "alerts.md").read_text(encoding="utf-8")
