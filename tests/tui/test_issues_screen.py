"""The issue register on the screen, from raising to closing; and the client's own clock."""

from datetime import timedelta
from typing import Any

import pytest

from core.commands.issues import RaiseIssue, RespondIssue
from core.commands.people import AddDepartment, EditPerson
from core.commands.projects import EditProject
from core.domain.ids import DepartmentId, IssueId
from core.domain.status import State
from core.domain.trouble import Issue, IssueState, Severity
from core.queries.issues import IssueView, Wanted, issue_view, issues
from core.queries.ticking import due_now


def stored(team: Any, number: int = 1) -> Issue:
    view: IssueView = team.desk.ask(issue_view, IssueId(number))
    return view.issue


def put_issue(team: Any, title: str = "接口不稳定", **fields: Any) -> None:
    if "task" not in fields:
        fields["project"] = team.project
    team.desk.do(RaiseIssue(title=title, impact="联调停了", **fields))


async def test_an_issue_from_the_first_key_to_the_last(team: Any, drive: Any) -> None:
    async with drive(team.url) as member:
        await member.presses("4")
        assert member.screen == "IssuesScreen"
        assert "No issue here. a raises one." in member.sentence
        await member.presses("a")
        await member.types("API down")
        await member.presses("enter")
        await member.types("all tests stop")
        await member.presses("enter")
        assert "OPS-I01 API down" in member.picture
        assert stored(team).impact == "all tests stop"
        await member.presses("r")
        assert "What is done about OPS-I01?" in member.picture
        await member.presses("enter")
        assert "Say what is done about it." in member.picture
        await member.types("looking")
        await member.presses("enter")
        assert stored(team).state is IssueState.RESPONDED
        await member.presses("r")
        await member.types("more memory")
        await member.presses("enter")
        assert stored(team).resolution == "more memory"
        await member.presses("r", "enter")
        assert stored(team).state is IssueState.CLOSED
        await member.presses("r")
        await member.types("again")
        await member.presses("enter")
        assert stored(team).state is IssueState.REOPENED


async def test_the_next_step_stands_in_the_hints(team: Any, drive: Any) -> None:
    put_issue(team)
    async with drive(team.url) as member:
        await member.presses("4")
        assert " r respond" in member.picture
        team.by("wang").do(RespondIssue(issue=IssueId(1), response="在查"))
        await member.app.screen.renew()
        await member.settles()
        assert " r resolve" in member.picture


async def test_what_was_typed_stays_when_it_is_refused(team: Any, drive: Any) -> None:
    async with drive(team.url) as member:
        await member.presses("4", "a", "enter")
        assert "“What” is empty: say what happened." in member.picture
        await member.types("API down")
        await member.presses("enter", "enter")
        assert "“Impact” is empty: say what it affects." in member.picture
        await member.types("all")
        await member.presses(*["tab"] * 6)
        await member.types("2030-01-01 10:00")
        await member.presses("enter")
        assert "That is yet to come." in member.picture
        assert member.field("what-input") == "API down"
        await member.presses("escape")
        assert member.screen == "IssuesScreen"
    assert team.desk.ask(issues) == ()


async def test_an_issue_of_the_chosen_card(team: Any, drive: Any) -> None:
    task = team.put("Survey", State.DOING, owner="wang")
    async with drive(team.url) as member:
        await member.choose(task)
        await member.presses("i")
        await member.types("no data")
        await member.presses("enter")
        await member.types("a day lost")
        await member.presses("enter")
        assert "OPS-I01 is raised; 4 shows it." in member.told
        await member.presses("enter")
        assert "OPS-I01 no data" in member.picture
        assert member.screen == "DetailScreen"
        await member.presses("home", "enter")
        assert member.screen == "IssuesScreen"
        await member.presses("enter")
        assert member.screen == "DetailScreen"
    (row,) = team.desk.ask(issues, Wanted(task=task))
    assert (row.task, row.handler_name) == (task, "王磊")


async def test_escalating_says_who_was_told(team: Any, drive: Any) -> None:
    made = DepartmentId(team.desk.do(AddDepartment(name="技术部", lead=team.people["zhao"])).id)
    team.desk.do(EditPerson(person=team.people["zhao"], manager=team.people["lixin"]))
    team.desk.do(EditProject(project=team.project, department=made))
    put_issue(team)
    async with drive(team.url) as member:
        await member.presses("4", "E", "enter")
        assert "Say why it cannot wait." in member.picture
        await member.types("customer waits")
        await member.presses("enter")
        assert "OPS-I01 is at level 1 now; told: 赵敏." in member.told
        assert "level 1" in member.picture
        await member.presses("E")
        await member.types("still")
        await member.presses("enter")
        assert "told: 李欣" in member.told
        await member.presses("E")
        await member.types("higher")
        await member.presses("enter")
        assert "at the highest level already" in member.sentence
        assert member.field("text-input") == "higher"


async def test_issues_of_one_project(team: Any, drive: Any) -> None:
    other = team.add_project("LAB", "Lab")
    put_issue(team)
    team.desk.do(RaiseIssue(project=other, title="实验室停电", impact="一天"))
    async with drive(team.url) as member:
        await member.presses("4")
        assert "OPS-I01" in member.picture
        assert "LAB-I01" in member.picture
        await member.presses("g")
        await member.types("Lab")
        await member.presses("enter")
        assert "LAB-I01" in member.picture
        assert "OPS-I01" not in member.picture


async def test_an_issue_without_a_task_says_so(team: Any, drive: Any) -> None:
    put_issue(team)
    async with drive(team.url) as member:
        await member.presses("4", "enter")
        assert member.told == "This issue belongs to no task."


@pytest.mark.parametrize(("language", "size"), [("en", (80, 24)), ("zh_CN", (120, 40))])
async def test_late_ones_are_first_and_say_so(
    team: Any, drive: Any, language: str, size: tuple[int, int]
) -> None:
    put_issue(team, title="first")
    team.clock.move(timedelta(days=1))
    put_issue(team, title="second", severity=Severity.LOW)
    team.clock.move(timedelta(hours=1))
    async with drive(team.url, clock=team.clock, language=language, size=size) as member:
        await member.presses("4")
        picture = member.picture
        assert picture.index("first") < picture.index("second")
        late = {"en": "response late 1 h", "zh_CN": "响应已超时 1 小时"}
        assert late[language] in " ".join(picture.split())


async def test_an_open_client_takes_the_clocks_step(team: Any, drive: Any) -> None:
    """Without keys, and as nobody: the log does not say that it was whose client ran it."""
    put_issue(team)
    team.clock.move(timedelta(days=1))
    async with drive(team.url, handle="wang", clock=team.clock, size=(120, 40)) as member:
        await member.presses("4")
        await member.app.keep_time()
        await member.settles()
        assert "level 1" in member.picture
        assert "the clock" in member.picture
    assert stored(team).level == 1
    assert team.desk.ask(due_now, now=team.clock.at) == ()


async def test_a_minute_with_nothing_due_writes_nothing(team: Any, drive: Any) -> None:
    put_issue(team)
    mark = team.desk.mark()
    async with drive(team.url, clock=team.clock) as member:
        await member.app.keep_time()
        await member.app._let_a_minute_pass()
        await member.settles()
    assert team.desk.mark() == mark


async def test_the_form_is_sent_from_any_field_and_names_what_is_empty(
    team: Any, drive: Any
) -> None:
    async with drive(team.url) as member:
        await member.presses("4", "a")
        await member.types("API down")
        await member.presses("tab", "tab")
        await member.types("details")
        await member.presses("ctrl+s")
        assert "“Impact” is empty: say what it affects." in member.picture
        assert member.app.screen.focused.id == "impact-input"
        await member.types("all")
        await member.presses("ctrl+s")
        assert member.screen == "IssuesScreen"
    assert (stored(team).impact, stored(team).detail) == ("all", "details")


async def test_a_long_issue_is_read_to_its_end(team: Any, drive: Any) -> None:
    put_issue(team, detail="\n".join(f"step {number}" for number in range(30)))
    async with drive(team.url, size=(80, 24)) as member:
        await member.presses("4")
        assert ", . facts" in member.picture
        assert "History" not in member.picture
        await member.does(*["facts-down"] * 4)
        assert "History" in member.picture
        assert member.app.screen.list.has_focus
        await member.does(*["facts-up"] * 4)
        assert "History" not in member.picture
