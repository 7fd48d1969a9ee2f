"""WeKan boards as CSV, with the headings of the present export."""

from datetime import date
from zoneinfo import ZoneInfo

from core.domain.status import State
from core.exchange.plan import read_plan
from tests.exchange.files import TODAY, csv_bytes, found

HEADINGS = (
    "Title,Description,List,Swimlane,Owner,Requested By,Members,Assignee,Labels,Start,Due,End,"
    "Archived,CustomField-Size-number"
).split(",")


def test_the_present_export() -> None:
    raw = csv_bytes(
        HEADINGS,
        ("a", "第一行", "Doing", "Default", "li", "", "han zhao", "", "", "", "", "", "false", ""),
        ("b", "", "Done", "Lane 2", "li", "han", "li", "zhao han", "High-red web-sky", "2026-01-01",
         "2026-03-01T16:30:00Z", "", "true", "4"),
        ("c", "", "Doing", "", "li", "", "", "", "", "", "", "", "true", ""),
        ("", "", "Doing", "", "li", "", "", "", "", "", "", "", "", ""),
    )  # fmt: skip
    plan = read_plan(raw, name="board.csv", today=TODAY, zone=ZoneInfo("Asia/Shanghai"))
    first, second, third = plan.tasks
    assert (first.owner, first.collaborators, first.state) == ("li", ("han", "zhao"), State.DOING)
    assert (second.owner, second.initiator, second.collaborators) == ("zhao", "han", ("han", "li"))
    assert (second.state, second.due_on) == (State.ARCHIVED, date(2026, 3, 2))
    assert second.note == "Labels: web\nSwimlane: Lane 2\nSize: 4"
    assert third.state is State.CANCELLED
    assert [code for _, code, _ in found(plan)] == [
        "label-as-priority",
        "time-dropped",
        "several-owners",
        "closed-unfinished",
    ]
    assert [(one.row, one.code) for one in plan.skipped] == [(5, "row-without-title")]
