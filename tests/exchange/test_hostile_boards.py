"""Boards that no program wrote: each is a plan or a refusal in words, and nothing half-saved."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.desk import Desk
from core.exchange.apply import apply, preview
from core.exchange.files.structured import read_json
from core.exchange.plan import read_plan
from core.exchange.planned import DOUBT_CODES, SKIP_CODES
from core.exchange.unreadable import UnreadableFile
from tests.exchange.boards import team
from tests.exchange.files import SAMPLES, TODAY, csv_bytes
from tests.exchange.made_boards import LI, comment, tasks, trello
from tui.cli.file_words import doubt_line, file_sentence, skipped_line
from tui.words import Words

FULL = trello(
    {
        "name": "a",
        "idMembers": ["m1", "m2"],
        "labels": [{"name": "High"}],
        "due": "2026-03-01T16:30:00.000Z",
        "attachments": [{"name": "n", "url": "u"}],
        "customFieldItems": [{"idCustomField": "f", "idValue": "o"}],
    },
    {"name": "b", "idList": "l3", "closed": True},
    checklists=[
        {"id": "k", "idCard": "c0", "checkItems": [{"id": "i", "name": "x", "state": "complete"}]}
    ],
    actions=[comment("c0", "said"), {"type": "createCard", "memberCreator": LI}],
    customFields=[{"id": "f", "name": "F", "options": [{"id": "o", "value": {"text": "O"}}]}],
)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        [
            "\x1b[31m",
            "\ud800",
            "\0",
            "9" * 5000,
            "20231301T999999Z",
            "9999-12-31T23:59:59-14:00",
            "0001-01-01T00:00:00+14:00",
            "-99999-01-01",
            "2026-01-01T00:00:00",
            "s0",
            "c0",
            "u0",
            "l1",
        ]
    ),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=3)), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)
WAYS = tuple(
    json.loads((SAMPLES / name).read_text("utf-8"))
    for name in ("trello-board.json", "taskwarrior-export.json")
)
BOARDS: tuple[Any, ...] = (
    FULL,
    tasks(
        {"description": "a", "depends": ["u1"], "annotations": [{"entry": "20260101T000000Z"}]},
        {"description": "b", "tags": ["x"], "priority": "H", "due": "20260101T000000Z"},
    ),
    *WAYS,
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of ``value`` with each of its keys."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


def mutate(value: Any, draw: Callable[[Any], Any]) -> Any:
    board = deepcopy(value)
    for _ in range(draw(st.integers(1, 6))):
        found = list(places(board))
        if not found:
            break
        holder, key = found[draw(st.integers(0, len(found) - 1))]
        if draw(st.integers(0, 3)) == 0:
            del holder[key]
        else:
            holder[key] = draw(ODD)
    return board


def told(raw: bytes, *, name: str = "board.json") -> Any:
    """The plan of ``raw``; that it is refused in words is the only other thing that may be."""
    words = Words("en")
    try:
        plan = read_plan(raw, name=name, today=TODAY)
    except UnreadableFile as refused:
        if not file_sentence(words, refused):
            raise
        return None
    assert {one.code for one in plan.doubts} <= DOUBT_CODES
    assert {one.code for one in plan.skipped} <= SKIP_CODES
    lines = [doubt_line(words, one) for one in plan.doubts]
    lines += [skipped_line(words, one) for one in plan.skipped]
    "\n".join(lines).encode()
    repr(plan.tasks).encode()
    return plan


@given(st.data())
def test_a_board_of_odd_values_is_a_plan_or_a_refusal(data: Any) -> None:
    board = mutate(data.draw(st.sampled_from(BOARDS)), data.draw)
    told(json.dumps(board).encode())


@given(st.data())
def test_damaged_json_is_a_plan_or_a_refusal(data: Any) -> None:
    raw = bytearray(json.dumps(data.draw(st.sampled_from(BOARDS[:2])), ensure_ascii=False).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    told(bytes(raw[: len(raw) - data.draw(st.integers(0, 30))]))


@given(st.data())
def test_tables_of_odd_cells_are_plans_or_refusals(data: Any) -> None:
    name = data.draw(st.sampled_from(("jira-issues.csv", "wekan-board.csv")))
    rows = list(csv.reader(StringIO((SAMPLES / name).read_text("utf-8-sig"))))[:6]
    cells = st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            ["1;2;3", ";;", "a.b.C@1234[", "{x=", "TES-25", "99/99/9999", "[~accountid:x]"]
        ),
    )
    for _ in range(data.draw(st.integers(1, 8))):
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(cells)
    with suppress(UnicodeEncodeError):  # half of a pair cannot be in a file
        told(csv_bytes(*rows), name=name)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_what_comes_in_comes_in_whole_and_once(data: Any) -> None:
    plan = told(json.dumps(mutate(data.draw(st.sampled_from(BOARDS)), data.draw)).encode())
    if plan is None:
        return
    with team("sqlite:///:memory:") as desk:
        apply(desk, plan)
        again = preview(desk, plan)
        assert (again.creates, again.changes) == ((), ())


def test_words_that_are_lists_are_no_words() -> None:
    odd: list[object] = []
    assert told(json.dumps(trello({"name": "a"}, actions=[{"type": odd}])).encode()).tasks
    assert told(json.dumps(tasks({"description": "a", "status": odd})).encode()).tasks


@pytest.mark.parametrize(
    ("raw", "code", "said"),
    [
        (b'{"cards": [', "damaged-file", "The file is damaged: it cannot be read from line 1 on."),
        (b'{"name": "x"}', "unknown-format", "neither Trello nor Taskwarrior"),
        (b'{"cards": {}, "lists": []}', "unknown-format", "neither Trello nor Taskwarrior"),
        (b"[1, 2]", "unknown-format", "neither Trello nor Taskwarrior"),
        (b'"x"', "unknown-format", "neither Trello nor Taskwarrior"),
        (b"[" * 100 + b"]" * 100, "too-deep", "nested too deeply; at most 60 levels"),
        (b"[" + b"0," * 800_000 + b"0]", "too-many-values", "too many values; at most 800000"),
        (b"\xff\xff{", "unknown-encoding", "none of UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(raw: bytes, code: str, said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_plan(raw, name="board.json", today=TODAY)
    assert refused.value.code == code
    assert said in (file_sentence(Words("en"), refused.value) or "")


def test_endless_numbers_and_strange_ones_are_values() -> None:
    assert read_json(b"[NaN, -Infinity, 1e999]") == [None, None, float("inf")]
    assert read_json(b"[" + b"9" * 9_000 + b"]") == [float("inf")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_json_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "tasks.json"
    path.write_bytes(
        json.dumps(tasks({"description": "任务"}), ensure_ascii=False).encode(encoding)
    )
    assert [one.title for one in read_plan(path, today=TODAY).tasks] == ["任务"]


def test_a_circle_of_parents_and_long_chains_end(sqlite_url: str) -> None:
    raw = csv_bytes(
        ("Summary", "Issue key", "Parent", "Inward issue link (Blocks)"),
        *((f"t{n}", f"J-{n}", f"J-{(n + 1) % 300}", f"J-{(n + 1) % 300}") for n in range(300)),
    )
    plan = read_plan(raw, name="jira.csv", today=TODAY)
    assert "parent-circle" in {one.code for one in plan.doubts}
    with Desk(sqlite_url, actor="zhao") as desk:
        from core.commands.setup import StartTeam

        desk.do(StartTeam(handle="zhao", name="赵", project_key="T"))
        shown = preview(desk, plan)
        assert [one.code for one in shown.doubts if "needs" in one.code] == ["needs-circle"]
