"""Which tasks need attention, how badly, and since when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.status import Bucket, Light, Priority, State
from core.domain.timers import Target, TimerRule
from core.policies.alerts import A_DAY, Horizon, horizon_at, light_of
from core.policies.calendar import WorkCalendar, calendar_named
from core.policies.causes import TaskFacts
from core.policies.clocks import Pace, deadline, soon_limit
from core.policies.deadlines import Cadence, cadence_for, update_missing_since
from core.policies.rules import PLACE, RULES, RULES_BY_ID, Acts, alert_for, unsnoozable
from core.policies.timer_causes import CAUSES, TimerFacts

CHINA = calendar_named("china")
BERLIN = calendar_named("weekdays", time_zone="Europe/Berlin")


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


NOW = shanghai("2026-03-18 10:30")  # a Wednesday
AT = horizon_at(NOW, CHINA)


def told(at: Horizon = AT, **facts: object) -> tuple[str, ...]:
    """The ids of the rules that hold, worst first."""
    alert = alert_for(TaskFacts(**{"state": State.DOING, **facts}), at)
    return () if alert is None else (alert.rule.id, *alert.others)


def test_the_table_is_in_the_order_of_badness():
    buckets = [rule.bucket for rule in RULES]
    assert buckets == sorted(buckets, key=list(Bucket).index)
    for bucket in Bucket:
        lights = [rule.light for rule in RULES if rule.bucket is bucket]
        assert lights == sorted(lights, key=[Light.RED, Light.YELLOW].index)
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("due", "rules"),
    [
        ("2026-03-18 10:29", ("overdue",)),
        ("2026-03-18 10:30", ("due-soon",)),
        ("2026-03-19 18:00", ("due-soon",)),
        ("2026-03-20 00:00", ()),
        ("2026-03-20 18:00", ()),
    ],
)
def test_a_due(due: str, rules: tuple[str, ...]):
    assert told(due=shanghai(due)) == rules


def test_soon_reaches_over_a_holiday_and_sees_make_up_days():
    before_the_feast = horizon_at(shanghai("2026-04-30 10:00"), CHINA)
    assert told(before_the_feast, due=shanghai("2026-05-06 18:00")) == ("due-soon",)
    friday = horizon_at(shanghai("2026-05-08 10:00"), CHINA)
    assert told(friday, due=shanghai("2026-05-09 18:00")) == ("due-soon",)  # a Saturday, worked
    assert told(friday, due=shanghai("2026-05-11 18:00")) == ()


def test_soon_since_the_beginning_of_the_working_day_before():
    at = horizon_at(shanghai("2026-05-05 10:00"), CHINA)
    alert = alert_for(TaskFacts(state=State.TODO, due=shanghai("2026-05-06 18:00")), at)
    assert alert is not None
    assert alert.since == shanghai("2026-04-30 00:00")


@pytest.mark.parametrize(
    ("now", "since", "rule"),
    [
        ("2026-03-18 10:30", "2026-03-17 10:31", "blocked"),
        ("2026-03-18 10:30", "2026-03-17 10:30", "blocked-long"),
        ("2026-03-16 09:59", "2026-03-13 10:00", "blocked"),  # a weekend between
        ("2026-03-16 10:00", "2026-03-13 10:00", "blocked-long"),
        ("2026-02-14 16:00", "2026-02-13 16:00", "blocked-long"),  # Saturday, a make-up day
        ("2026-02-24 15:59", "2026-02-14 16:00", "blocked"),
        ("2026-02-24 16:00", "2026-02-14 16:00", "blocked-long"),
    ],
)
def test_a_block_is_escalated_after_a_working_day(now: str, since: str, rule: str):
    """D10."""
    at = horizon_at(shanghai(now), CHINA)
    assert told(at, blocked_since=shanghai(since)) == (rule,)


def test_a_block_that_waits_for_the_viewer():
    young, old = shanghai("2026-03-18 09:00"), shanghai("2026-03-16 09:00")
    assert told(blocked_since=young, waits_for_me=True) == ("blocked-by-you",)
    assert told(blocked_since=old, waits_for_me=True) == ("blocked-long", "blocked-by-you")
    assert told(waits_for_me=True) == ()


@pytest.mark.parametrize(
    ("submitted", "rule"),
    [("2026-03-18 09:00", "acceptance"), ("2026-03-17 10:30", "acceptance-late")],
)
def test_what_the_viewer_must_accept(submitted: str, rule: str):
    review = {"state": State.REVIEW, "submitted": shanghai(submitted)}
    assert told(**review, mine_to_accept=True) == (rule,)
    assert told(**review) == ()
    assert told(state=State.DOING, submitted=NOW, mine_to_accept=True) == ()


@pytest.mark.parametrize(
    ("priority", "urgent", "updated", "missing"),
    [
        (Priority.LOW, True, "2026-03-18 08:31", False),
        (Priority.LOW, True, "2026-03-18 08:29", True),
        (Priority.HIGH, False, "2026-03-17 09:00", False),
        (Priority.HIGH, False, "2026-03-16 17:00", True),
        (Priority.MEDIUM, False, "2026-03-09 09:00", False),
        (Priority.MEDIUM, False, "2026-03-06 09:00", True),
        (Priority.LOW, False, "2026-03-09 09:00", False),
    ],
)
def test_missing_news(priority: Priority, urgent: bool, updated: str, missing: bool):
    """R71-R73: urgent after two hours, high daily, all else weekly."""
    facts = {"priority": priority, "urgent": urgent, "updated": shanghai(updated)}
    assert told(**facts) == (("update-missing",) if missing else ())


def test_news_is_owed_while_doing_and_not_blocked():
    old = {"updated": shanghai("2026-03-02 09:00")}
    assert told(state=State.TODO, **old) == ()
    assert told(state=State.REVIEW, **old) == ()
    assert told(blocked_since=shanghai("2026-03-18 09:00"), **old) == ("blocked",)
    assert told() == ()


def test_one_task_is_one_line_with_its_worst_cause():
    facts = {
        "due": shanghai("2026-03-17 18:00"),
        "blocked_since": shanghai("2026-03-02 09:00"),
        "waits_for_me": True,
    }
    assert told(**facts) == ("overdue", "blocked-long", "blocked-by-you")


def timer(rule: TimerRule, due: str, *, object: int = 1, started: str = "2026-03-16 09:00") -> Any:
    return TimerFacts(rule, Target.ISSUE, object, shanghai(started), shanghai(due))


BEFORE, AFTER, LATER = "2026-03-18 10:30", "2026-03-18 10:31", "2026-03-27 18:00"


@pytest.mark.parametrize(
    ("rule", "due", "told_of"),
    [
        (TimerRule.ISSUE_RESPOND, LATER, ("issue-respond",)),
        (TimerRule.ISSUE_RESPOND, AFTER, ("issue-respond",)),
        (TimerRule.ISSUE_RESPOND, BEFORE, ("issue-unanswered",)),
        (TimerRule.ISSUE_RESOLVE, AFTER, ("issue-open",)),
        (TimerRule.ISSUE_RESOLVE, BEFORE, ("issue-escalated",)),
        (TimerRule.ISSUE_SECOND, AFTER, ("issue-escalated",)),
        (TimerRule.ISSUE_SECOND, BEFORE, ("issue-second",)),
        (TimerRule.SWARM, AFTER, ("swarm",)),
        (TimerRule.SWARM, BEFORE, ("swarm-late",)),
        (TimerRule.RESOLUTION, AFTER, ()),
        (TimerRule.RESOLUTION, BEFORE, ("resolution-late",)),
        (TimerRule.COLLABORATOR, AFTER, ()),
        (TimerRule.COLLABORATOR, BEFORE, ("collaborator-late",)),
        (TimerRule.DELIVERABLE, AFTER, ()),
        (TimerRule.DELIVERABLE, BEFORE, ("deliverable-late",)),
        (TimerRule.RETRO, "2026-03-19 18:00", ()),
        (TimerRule.RETRO, "2026-03-18 18:00", ("retro",)),
        (TimerRule.RETRO, BEFORE, ("retro-late",)),
        (TimerRule.EXTENSION, AFTER, ("extension",)),
        (TimerRule.EXTENSION, BEFORE, ("extension-late",)),
        (TimerRule.QUESTION, AFTER, ("question",)),
        (TimerRule.QUESTION, BEFORE, ("question-late",)),
        (TimerRule.FOLLOW_UP, "2026-03-20 18:00", ()),
        (TimerRule.FOLLOW_UP, "2026-03-19 18:00", ("follow-up",)),
        (TimerRule.FOLLOW_UP, BEFORE, ("follow-up-late",)),
    ],
)
def test_a_limit_before_and_after_it_has_passed(
    rule: TimerRule, due: str, told_of: tuple[str, ...]
):
    """D7-D14, D22: one minute decides; the same on a task and on what is none."""
    assert told(timers=(timer(rule, due),)) == told_of
    assert told(state=State.DRAFT, timers=(timer(rule, due),)) == told_of


def test_an_issue_is_open_once_it_was_answered():
    answered = timer(TimerRule.ISSUE_RESOLVE, LATER)
    waiting = timer(TimerRule.ISSUE_RESPOND, LATER)
    assert told(timers=(answered, waiting)) == ("issue-respond",)
    other = timer(TimerRule.ISSUE_RESPOND, LATER, object=2)
    assert told(timers=(answered, other)) == ("issue-respond", "issue-open")


def test_an_issue_that_was_reported_late_is_told_beside_its_clock():
    """D7."""
    late = {"late_issue": shanghai("2026-03-18 09:00")}
    assert told(**late) == ()
    waiting = (timer(TimerRule.ISSUE_RESPOND, LATER),)
    assert told(**late, timers=waiting) == ("issue-respond", "reported-late")


@pytest.mark.parametrize(
    ("progress", "start", "rule"),
    [
        (60, "2026-03-09", "at-risk"),
        (85, "2026-03-09", "due-soon"),
        (0, "2026-03-18", "at-risk"),
        (100, None, "due-soon"),
        (10, None, "at-risk"),
    ],
)
def test_too_little_progress_before_the_due(progress: int, start: str | None, rule: str):
    """D6: eight of ten working days are over; without a start it counts from when it was made."""
    facts = {
        "due": shanghai("2026-03-19 18:00"),
        "progress": progress,
        "start": date.fromisoformat(start) if start else None,
        "created": shanghai("2026-03-09 09:00"),
    }
    assert told(**facts) == (rule,)
    assert told(**facts, state=State.REVIEW) == ("due-soon",)
    asked = timer(TimerRule.EXTENSION, LATER)
    assert told(**facts, timers=(asked,)) == ("extension", "due-soon")


def test_a_project_can_have_a_cadence_of_its_own():
    """R71-R73, by the project's rules: everything daily."""
    old = {"updated": shanghai("2026-03-16 09:00"), "priority": Priority.LOW}
    assert told(**old) == ()
    daily = horizon_at(NOW, CHINA, cadence=Cadence.DAILY)
    assert told(daily, **old) == ("update-missing",)
    assert light_of(TaskFacts(state=State.DOING, **old), daily) is Light.YELLOW


def test_the_rules_that_limits_raise_are_in_the_table():
    assert set(CAUSES) <= set(PLACE)
    assert RULES_BY_ID["issue-second"].acts is Acts.MANAGER


def test_urgent_work_and_the_second_level_are_never_snoozed():
    second = timer(TimerRule.ISSUE_SECOND, BEFORE)
    assert unsnoozable((second,), now=NOW, urgent=False, level=0) == "second"
    assert unsnoozable((), now=NOW, urgent=False, level=2) == "second"
    assert unsnoozable((), now=NOW, urgent=True, level=0) == "urgent"
    fast = second._replace(rule=TimerRule.SWARM, urgent=True)
    assert unsnoozable((fast,), now=NOW, urgent=False, level=1) == "urgent"
    assert unsnoozable((fast._replace(urgent=False),), now=NOW, urgent=False, level=1) == ""


@pytest.mark.parametrize("state", [State.DRAFT, State.DONE, State.ARCHIVED, State.CANCELLED])
def test_drafts_and_what_has_ended_need_nothing(state: State):
    facts = TaskFacts(state=state, due=shanghai("2026-01-05 18:00"), blocked_since=NOW)
    assert alert_for(facts, AT) is None
    assert light_of(facts, AT) is None


@pytest.mark.parametrize(
    ("facts", "light"),
    [
        ({}, Light.GREEN),
        ({"due": shanghai("2026-03-17 18:00")}, Light.RED),
        ({"blocked_since": shanghai("2026-03-02 09:00")}, Light.RED),
        ({"blocked_since": shanghai("2026-03-18 09:00")}, Light.YELLOW),
        ({"due": shanghai("2026-03-19 18:00")}, Light.YELLOW),
        ({"delay_reason": "资料未及时提供"}, Light.YELLOW),
        ({"updated": shanghai("2026-03-02 09:00")}, Light.YELLOW),
    ],
)
def test_the_light_of_a_card(facts: dict[str, object], light: Light):
    assert light_of(TaskFacts(**{"state": State.DOING, **facts}), AT) is light


@dataclass(frozen=True)
class Moment:
    """A calendar and an instant on it."""

    calendar: WorkCalendar
    now: datetime


MOMENTS = st.builds(
    Moment,
    calendar=st.sampled_from([CHINA, BERLIN]),
    now=st.integers(0, 2 * 366 * 24 * 60).map(
        lambda minutes: shanghai("2025-01-01 00:00") + timedelta(minutes=minutes)
    ),
)


@given(moment=MOMENTS, before=st.integers(0, 14 * 24 * 60))
def test_the_limits_say_what_the_clocks_say(moment: Moment, before: int):
    at = horizon_at(moment.now, moment.calendar)
    instant = moment.now - timedelta(minutes=before)
    escalated = deadline(instant, A_DAY, Pace.WORKDAY, moment.calendar) <= moment.now
    assert (instant <= at.day_ago) is escalated
    assert at.soon == soon_limit(moment.now, moment.calendar)
    for priority in Priority:
        for urgent in (False, True):
            cadence = cadence_for(priority, urgent=urgent)
            since = update_missing_since(cadence, moment.calendar, moment.now, latest=instant)
            assert (instant < at.stale[cadence]) is (since is not None)
