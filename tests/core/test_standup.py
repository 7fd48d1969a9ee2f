"""Updates owed by when, yesterday's words, missing lists, the team's meeting (R69-R74)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.commands.blocking import BlockTask
from core.commands.people import BACK, AddDepartment, AddPerson, EditPerson
from core.commands.progress import UpdateProgress
from core.commands.projects import AddProject, EditProject
from core.domain.ids import DepartmentId, ProjectId, TaskId
from core.domain.people import Person, Project
from core.domain.refusals import BadValue
from core.domain.status import Priority, State
from core.queries import standup, standup_team
from core.queries.standup import OwedRow, Part
from core.queries.standup_team import Mark
from tests.office import MORNING, Office

SHANGHAI = timedelta(hours=8)


def at(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    """A moment of 2024 in Shanghai, as UTC; the 25th of March is a Monday."""
    return datetime(2024, month, day, hour, minute, tzinfo=UTC) - SHANGHAI


def owed(office: Office, now: datetime) -> tuple[OwedRow, ...]:
    """What li owes."""
    return office.desk.ask(standup.owed, office.li, now=now)


def missing(
    office: Office, now: datetime, part: Part = standup.EVERYTHING
) -> list[tuple[str, datetime]]:
    """Titles, and since when."""
    rows = office.desk.ask(standup.missing, now=now, part=part)
    return [(one.task.title, one.owing.by) for one in rows]


def test_high_work_owes_daily_by_seventeen(office: Office) -> None:
    office.doing(title="high", priority=Priority.HIGH)

    assert owed(office, at(25, 12)) == ()  # begun today
    (row,) = owed(office, at(26, 9))
    assert (row.owing.by, row.owing.late) == (at(26, 17), False)
    assert missing(office, at(26, 16, 59)) == []
    assert missing(office, at(26, 17)) == [("high", at(26, 17))]


def test_a_project_counts_from_the_end_of_work(office: Office) -> None:
    office.do(EditProject(project=office.project, rules={"checkin": "eod-15m"}))
    office.doing(title="high", priority=Priority.HIGH)

    assert missing(office, at(26, 17, 44)) == []
    assert missing(office, at(26, 17, 45)) == [("high", at(26, 17, 45))]


def test_urgent_news_is_old_after_two_hours_of_the_clock(office: Office) -> None:
    task = office.doing(title="urgent", urgent=True)
    office.clock.at = at(25, 20)
    office.do(UpdateProgress(task=task, progress=10), by="li")

    assert owed(office, at(25, 21, 59)) == ()
    (row,) = owed(office, at(25, 22))
    assert (row.owing.by, row.owing.late) == (at(25, 22), True)
    assert missing(office, at(25, 22)) == [("urgent", at(25, 22))]


def test_urgent_work_owes_the_first_update_of_the_day(office: Office) -> None:
    office.do(EditProject(project=office.project, rules={"urgent-stale": "24"}))
    office.doing(title="urgent", urgent=True)

    (row,) = owed(office, at(26, 9))
    assert (row.owing.by, row.owing.late) == (MORNING + timedelta(hours=24), False)


def test_medium_and_low_work_owes_weekly(office: Office) -> None:
    office.doing(title="medium")
    office.doing(title="low", priority=Priority.LOW)

    assert owed(office, at(29, 18)) == ()  # begun this week
    assert owed(office, at(3, 12, month=4)) == owed(office, at(2, 12, month=4)) == ()
    # The 4th to the 6th of April are Qingming; the 7th, a Sunday, is worked on.
    assert [one.owing.by for one in owed(office, at(7, 9, month=4))] == [at(7, 17, month=4)] * 2
    assert len(missing(office, at(7, 17, month=4))) == 2


def test_a_project_may_ask_for_daily_news_of_everything(office: Office) -> None:
    office.do(EditProject(project=office.project, rules={"cadence": "daily"}))
    office.doing(title="low", priority=Priority.LOW)

    assert missing(office, at(26, 17)) == [("low", at(26, 17))]


def test_since_when_is_the_first_deadline_missed(office: Office) -> None:
    office.doing(title="high", priority=Priority.HIGH)
    assert missing(office, at(28, 10)) == [("high", at(26, 17))]


def test_order_and_what_was_planned(office: Office) -> None:
    later = office.doing(title="later", due=at(29, 18), priority=Priority.HIGH)
    office.doing(title="no due", priority=Priority.HIGH)
    sooner = office.doing(title="sooner", due=at(27, 18), priority=Priority.HIGH)
    office.doing(title="weekly")
    urgent = office.doing(title="urgent", urgent=True)
    office.do(UpdateProgress(task=later, progress=30, next="outline"), by="li")
    office.do(UpdateProgress(task=later, progress=40, next="first draft"), by="li")
    office.do(BlockTask(task=sooner, reason="r", waiting_for="w"))

    rows = owed(office, at(26, 9))
    assert [one.task.title for one in rows] == ["urgent", "later", "no due"]
    assert rows[0].task.task == urgent
    assert rows[1].last is not None
    assert (rows[1].last.next, rows[1].task.progress) == ("first draft", 40)
    assert rows[2].last is None


def test_the_number_of_statements_does_not_grow(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted() -> int:
        asked: list[object] = []
        whole = type(office.store).rows
        with monkeypatch.context() as watched:
            watched.setattr(
                type(office.store),
                "rows",
                lambda store, query: asked.append(query) or whole(store, query),
            )
            owed(office, at(26, 18))
            missing(office, at(26, 18))
            office.desk.ask(standup_team.team, now=at(26, 18))
            office.desk.ask(standup.said_today, office.li, now=at(25, 18))
        return len(asked)

    first = _told(office)
    few = counted()
    for _ in range(20):
        _told(office)
    assert first
    assert counted() == few <= 30


def _told(office: Office) -> TaskId:
    task = office.doing(title="one", priority=Priority.HIGH)
    office.do(UpdateProgress(task=task, progress=10, done="d"), by="li")
    return task


def test_the_summary_has_what_was_said_today(office: Office) -> None:
    task = office.doing(title="one")
    office.doing(title="silent")
    office.do(UpdateProgress(task=task, progress=10, done="first"), by="li")
    office.clock.at = at(26, 9)
    office.do(UpdateProgress(task=task, progress=20, done="second"), by="li")
    office.do(UpdateProgress(task=task, progress=30, done="third"), by="li")
    office.do(BlockTask(task=task, reason="no data", waiting_for="IT"))

    (said,) = office.desk.ask(standup.said_today, office.li, now=at(26, 10))
    assert (said.update.done, said.update.progress, said.before) == ("third", 30, 10)
    assert said.block == ("no data", "IT")
    assert office.desk.ask(standup.said_today, office.zhao, now=at(26, 10)) == ()


def test_the_team_by_person(office: Office) -> None:
    said = office.doing(office.li, title="said", priority=Priority.HIGH)
    office.doing(office.zhao, title="owed", priority=Priority.HIGH)
    stuck = office.task(owner=office.zhao, title="stuck")
    office.doing(office.wang, title="quiet")
    office.do(UpdateProgress(task=said, progress=10, next="go on"), by="li")
    office.do(BlockTask(task=stuck, reason="no key", waiting_for="IT"))
    office.clock.at = at(26, 9)
    office.do(UpdateProgress(task=said, progress=20, done="went on"), by="li")

    rows = {one.handle: one for one in office.desk.ask(standup_team.team, now=at(26, 17, 30))}
    assert {name: one.mark for name, one in rows.items()} == {
        "li": Mark.SAID,
        "zhao": Mark.MISSING,
        "wang": Mark.QUIET,
    }
    (line,) = rows["li"].tasks
    assert line.today is not None
    assert line.before is not None
    assert (line.before.next, line.today.done) == ("go on", "went on")
    assert (rows["zhao"].blocked, rows["zhao"].since) == (1, at(26, 17))
    assert [one.task.title for one in rows["zhao"].tasks] == ["owed", "stuck"]


def test_what_was_finished_today_is_told_too(office: Office) -> None:
    task = office.in_review(title="ended")
    office.do(UpdateProgress(task=task, progress=100, done="all"), by="li")
    office.do(AddProject(key="X", name="X"))

    (row,) = office.desk.ask(standup_team.team, now=MORNING)
    assert (row.handle, row.mark, row.said) == ("li", Mark.SAID, 1)
    assert office.desk.ask(standup_team.team, now=at(26, 9)) == ()
    part = Part(project=ProjectId(2))
    assert office.desk.ask(standup_team.team, now=MORNING, part=part) == ()


def test_by_department(office: Office) -> None:
    office.do(AddDepartment(name="数据部"))
    office.do(EditPerson(person=office.li, department=DepartmentId(1)))
    for who in (office.li, office.zhao):
        office.doing(who, title=f"of {who}", priority=Priority.HIGH)
    part = Part(department=DepartmentId(1))

    assert [title for title, _ in missing(office, at(26, 18), part)] == [f"of {office.li}"]
    rows = office.desk.ask(standup_team.team, now=at(26, 18), part=part)
    assert [one.handle for one in rows] == ["li"]


def test_who_is_away_is_not_missing(office: Office) -> None:
    office.doing(title="high", priority=Priority.HIGH)
    office.do(EditPerson(person=office.li, away_until=date(2024, 3, 26)))

    (row,) = office.desk.ask(standup_team.team, now=at(26, 18))
    assert (row.mark, row.away_until) == (Mark.AWAY, date(2024, 3, 26))
    (row,) = office.desk.ask(standup_team.team, now=at(27, 9))
    assert row.mark is Mark.MISSING


@pytest.mark.parametrize("day", [BACK, date(2024, 3, 24)])
def test_a_day_that_is_over_ends_an_absence(office: Office, day: date) -> None:
    office.do(EditPerson(person=office.li, away_until=date(2024, 3, 25)))
    assert office.all(Person)[1].away_until == date(2024, 3, 25)
    office.do(EditPerson(person=office.li, away_until=day))
    assert office.all(Person)[1].away_until is None
    assert office.last().changes == {"away_until": ["2024-03-25", None]}


def test_rules_are_put_over_those_there_are(office: Office) -> None:
    def rules() -> dict[str, str]:
        (project,) = office.all(Project)
        return dict(project.rules)

    office.do(EditProject(project=office.project, rules={"issue-respond": " 8   workhours"}))
    office.do(EditProject(project=office.project, rules={"checkin": "eod-15m"}))
    assert rules() == {"checkin": "eod-15m", "issue-respond": "8 workhours"}
    office.do(EditProject(project=office.project, rules={"issue-respond": ""}))
    assert rules() == {"checkin": "eod-15m"}
    assert office.last().kind == "project-edited"


@pytest.mark.parametrize(
    ("name", "text", "example"),
    [
        ("checkin", "5pm", ("17:00", "eod-15m")),
        ("cadence", "hourly", ("realtime", "daily", "weekly")),
        ("urgent-stale", "0", ("2",)),
        ("issue-respond", "24 moons", ("24 workday",)),
        ("retro", "soon", ("3",)),
    ],
)
def test_a_rule_that_cannot_be_read_is_named(
    office: Office, name: str, text: str, example: tuple[str, ...]
) -> None:
    command = EditProject(project=office.project, rules={"swarm": "3", name: text})
    refusal = office.refused(command)
    assert isinstance(refusal, BadValue)
    expected = {"field": f"rules.{name}", "value": text, "reason": "rule", "example": example}
    assert refusal.facts == expected


def test_a_rule_that_nobody_knows_is_refused(office: Office) -> None:
    refusal = office.refused(AddProject(key="Q", name="Q", rules={"lunch": "1"}))
    assert (refusal.facts["reason"], refusal.facts["value"]) == ("unknown-rule", "lunch")


def test_a_draft_owes_nothing(office: Office) -> None:
    office.do(AddPerson(handle="qi", name="齐"))
    office.task(owner=office.li, state=State.TODO, priority=Priority.HIGH)
    assert owed(office, at(29, 18)) == ()
