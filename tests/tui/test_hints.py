"""The bottom line: the keys of the day come first, in whatever width there is."""

import pytest

from tui.hinted import HINTS
from tui.keyboard import Scope


def hints(member):
    return member.picture.splitlines()[-1]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("a add", "s standup", "t triage", "f find", "? help", "q quit")),
        ("zh_CN", ("s ", "t ", "f ", "? ", "q ")),
    ],
)
async def test_the_board_offers_the_daily_rhythm_at_eighty_columns(team, drive, language, said):
    team.put("对账", owner="lixin")
    async with drive(team.url, language=language, size=(80, 24)) as member:
        for one in said:
            assert one in hints(member)
        if language == "zh_CN":
            assert "站会" in hints(member)


async def test_a_wider_board_offers_more(team, drive):
    team.put("对账", owner="lixin")
    async with drive(team.url, size=(120, 24)) as member:
        for one in ("b block", "/ filter", "d due"):
            assert one in hints(member)


def test_no_key_is_offered_twice():
    for names in HINTS.values():
        ids = [one for name in names for one in name.split()]
        assert len(ids) == len(set(ids))


async def test_the_owner_who_is_chosen_again_stays_so(team, drive):
    task = team.put("对账", owner="wang")
    before = team.desk.mark()
    async with drive(team.url) as member:
        await member.choose(task)
        await member.does("owner")
        await member.types("wang")
        await member.presses("enter")
        assert member.told == "王磊 owns OPS-1 already."
    assert team.desk.mark() == before


def test_every_screen_has_hints():
    assert set(HINTS) == set(Scope)
