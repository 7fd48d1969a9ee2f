"""Nobody accepts their own work: tricks in raw SQL, under roles of their own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest

from core.commands.editing import AssignTask
from core.commands.members import AddMember, RemoveMember
from core.commands.moving import MoveTask
from core.commands.projects import AddProject, EditProject
from core.commands.reviewing import AcceptTask, SendBack
from core.commands.tasks import CreateTask
from core.domain.ids import ProjectId, TaskId
from core.domain.status import State
from core.store.faults import CLOCK_STATE
from core.store.own_work import lone_projects, own_people
from core.store.tables import ProjectTable
from tests.ledgers import flaws
from tests.logins import NOW, REFUSED, Team


def accept(task: int, who: int, more: str = "") -> str:
    return (
        f"UPDATE task SET state = 'done', version = version + 1, closed = {NOW},"
        f" accepted_by_id = {who}{more} WHERE id = {task}"
    )


def give(task: int, owner: int) -> str:
    return f"UPDATE task SET owner_id = {owner}, version = version + 1 WHERE id = {task}"


def hand_in(task: int, who: int) -> str:
    return (
        f"UPDATE task SET state = 'review', submitted = {NOW}, submitted_by_id = {who},"
        f" round = round + 1, version = version + 1 WHERE id = {task}"
    )


@pytest.fixture
def task(team: Team) -> TaskId:
    """wu, who leads, owns and has submitted it; zhou is its acceptor."""
    found = team.doing(team.wu, acceptor=team.zhou)
    team.submit(found, by="wu")
    return found


def test_the_acceptor_accepts(team: Team, task: TaskId) -> None:
    assert team.code("zhou", accept(task, team.zhou)) == ""
    assert team.get(task).state is State.DONE


def test_in_nobody_elses_name(team: Team, task: TaskId) -> None:
    assert team.code("zhou", accept(task, team.li)) == REFUSED


def tricks(team: Team, task: TaskId) -> Iterator[tuple[str, list[list[str]]]]:
    """What it is, and transactions of wu's, the last of which accepts."""
    plain = accept(task, team.wu)
    yield "at once", [[plain]]
    yield (
        "swap the owner in the same statement",
        [[accept(task, team.wu, f", owner_id = {team.li}")]],
    )
    yield (
        "swap the submitter in the same statement",
        [[accept(task, team.wu, f", submitted_by_id = {team.li}")]],
    )
    yield "reassign, then accept", [[give(task, team.li)], [plain]]
    yield "both in one transaction", [[give(task, team.li), plain]]
    yield "there and back", [[give(task, team.li)], [give(task, team.zhao)], [plain]]
    yield (
        "be its acceptor",
        [
            [give(task, team.li)],
            [f"UPDATE task SET acceptor_id = {team.wu}, version = version + 1 WHERE id = {task}"],
            [plain],
        ],
    )
    withdraw = (
        f"UPDATE task SET state = 'doing', submitted = NULL, submitted_by_id = NULL,"
        f" version = version + 1 WHERE id = {task}"
    )
    yield "withdraw, and let li submit", [[withdraw], [give(task, team.li)], [plain]]
    ended = f"UPDATE assignment SET ended = {{}} WHERE task_id = {task} AND owner_id = {team.wu}"
    for when in ("0", f"{NOW} - 86400000000", f"{NOW} + 86400000000"):
        yield f"end it at {when}", [[give(task, team.li), ended.format(when)], [plain]]
    yield (
        "end it and begin it again",
        [
            [give(task, team.li)],
            [ended.format("NULL"), f"UPDATE assignment SET ended = NULL WHERE task_id = {task}"],
            [plain],
        ],
    )
    yield (
        "give the past to another",
        [
            [give(task, team.li)],
            [f"UPDATE assignment SET owner_id = {team.li} WHERE task_id = {task}"],
            [plain],
        ],
    )
    yield "take the past away", [[give(task, team.li)], ["DELETE FROM assignment"], [plain]]
    sent_back = (
        "INSERT INTO review (task_id, round, submitted, submitted_by_id, verdict, decided,"
        " decided_by_id, findings, points, results, claims, handed) VALUES"
        f" ({task}, 2, {NOW}, {team.li}, 'sent-back', {NOW}, {team.zhou}, 'x', '{{}}', '',"
        " '{}', '{}')"
    )
    yield (
        "make up a rejection",
        [
            [give(task, team.li)],
            [sent_back],
            [plain],
        ],
    )
    own_verdict = (
        f"UPDATE review SET verdict = 'sent-back', decided = {NOW}, findings = 'x',"
        f" decided_by_id = {{}} WHERE task_id = {task}"
    )
    for who in (team.wu, team.zhou):
        yield f"a verdict of {who}", [[give(task, team.li)], [own_verdict.format(who)], [plain]]
    yield (
        "let people accept their own work",
        [
            [
                "UPDATE project SET self_accept = true, version = version + 1"
                f" WHERE id = {team.project}"
            ],
            [plain],
        ],
    )
    yield (
        "restore it as done",
        [
            [
                f"UPDATE task SET state = 'cancelled', before = 'done', closed = {NOW},"
                f" version = version + 1 WHERE id = {task}"
            ],
            [
                f"UPDATE task SET state = 'done', before = NULL, version = version + 1"
                f" WHERE id = {task}"
            ],
            [plain],
        ],
    )
    yield (
        "close it some other way",
        [
            [f"UPDATE task SET closed = {NOW}, version = version + 1 WHERE id = {task}"],
            [plain],
        ],
    )
    yield (
        "put it into the archive",
        [
            [
                f"UPDATE task SET state = 'archived', before = 'review', closed = {NOW},"
                f" version = version + 1 WHERE id = {task}"
            ],
            [plain],
        ],
    )


def test_no_trick_lets_a_lead_accept_what_they_did(team: Team, task: TaskId) -> None:
    tried = 0
    for number, _ in enumerate(list(tricks(team, task))):
        fresh = team.doing(team.wu, acceptor=team.zhou, title=f"甲 {number}")
        team.submit(fresh, by="wu")
        name, steps = list(tricks(team, fresh))[number]
        codes = [team.code("wu", *statements) for statements in steps]
        assert codes[-1] == REFUSED, (name, codes)
        assert set(codes) <= {"", REFUSED, CLOCK_STATE}, (name, codes)
        now = team.get(fresh)
        assert now.accepted_by is None, name
        assert now.state not in {State.DONE, State.ARCHIVED}, name
        tried += 1
    assert tried >= 20


def test_with_a_role_changed_by_an_administrator_alone(team: Team, task: TaskId) -> None:
    """An administrator who did the work has no way either, not by saying so openly."""
    mine = team.doing(team.wang, acceptor=team.zhou)
    team.submit(mine, by="wang")
    allow = (
        f"UPDATE project SET self_accept = true, version = version + 1 WHERE id = {team.project}"
    )
    assert team.code("wang", accept(mine, team.wang)) == REFUSED
    for change in ("role = 'lead'", "handle = 'wang3'"):
        assert (
            team.tried(
                "wang",
                f"UPDATE person SET {change}, version = version + 1 WHERE id = {team.wang}",
                accept(mine, team.wang),
            )
            == REFUSED
        )
    assert team.tried("wang", allow, accept(mine, team.wang)) == REFUSED


def test_after_a_rejection_a_former_owner_is_another(team: Team, task: TaskId) -> None:
    team.do(AssignTask(task=task, owner=team.li, seen=team.wu, notes="交接"), by="wu")
    team.clock.move(timedelta(seconds=1))
    team.do(SendBack(task=task, findings="不全"), by="zhou")
    team.submit(task, by="li")
    assert team.tried("li", accept(task, team.li)) == REFUSED
    assert team.tried("wu", accept(task, team.wu)) == ""


def test_a_task_of_raw_sql_remembers_its_owners(team: Team, task: TaskId) -> None:
    """The assignments are kept by the server where nobody else keeps them."""
    assert team.code("wu", give(task, team.li)) == ""
    said = team.desk.store.sql(
        "SELECT owner_id, ended IS NULL, acknowledged IS NULL FROM assignment WHERE task_id = %s"
        " ORDER BY id",
        (task,),
    ).fetchall()
    assert said == [(team.wu, False, False), (team.li, True, True)]
    take_on = f"UPDATE assignment SET acknowledged = {NOW} WHERE task_id = {task} AND ended IS NULL"
    assert team.tried("wu", take_on) == REFUSED
    assert team.tried("li", take_on) == ""


def test_an_owner_does_not_shut_the_acceptor_out(team: Team) -> None:
    """Whoever once had it may not accept it: so nobody is made to have had it."""
    mine = team.doing(team.li, acceptor=team.zhou)
    end = f"UPDATE assignment SET ended = {NOW}{{}} WHERE task_id = {mine}"
    had = (
        "INSERT INTO assignment (task_id, owner_id, by_id, at, notes, returned, reason)"
        f" VALUES ({mine}, {team.zhou}, {team.li}, {NOW}, '', false, '')"
    )
    for steps in ([end.format(""), had], [end.format(", returned = true"), had], [had]):
        assert team.tried("li", *steps) in {REFUSED, "23505"}
        assert team.tried("wang", *steps) in {REFUSED, "23505"}


def test_the_server_knows_whose_work_it_is_as_the_program_does(team: Team, task: TaskId) -> None:
    def same() -> bool:
        known = own_people(team.store, team.get(task))
        return sorted(team.one(f"SELECT duban_own({task})")) == sorted(known)

    assert same()
    team.do(AssignTask(task=task, owner=team.li, seen=team.wu, notes="交接"))
    assert same()
    team.clock.move(timedelta(seconds=1))
    team.do(SendBack(task=task, findings="不全"), by="zhou")
    assert same()
    team.clock.move(timedelta(seconds=1))
    team.do(AssignTask(task=task, owner=team.qian, seen=team.li, notes="交接"))
    team.submit(task, by="qian")
    assert same()
    assert set(team.one(f"SELECT duban_own({task})")) == {team.li, team.qian}


def test_allowed_in_a_project_of_one(team: Team) -> None:
    own = ProjectId(team.do(AddProject(key="LI", name="李", lead=team.li)).id)
    mine = TaskId(team.do(CreateTask(project=own, title="自己的事", owner=team.li), by="li").id)
    team.do(MoveTask(task=mine, to=State.DOING, seen=State.TODO), by="li")
    team.submit(mine, by="li")
    team.do(EditProject(project=own, restricted=True, self_accept=True))

    def alone() -> bool:
        known = own in lone_projects(team.store)
        assert team.one(f"SELECT duban_alone({own})") == known
        return known

    assert alone()
    assert team.tried("li", accept(mine, team.li)) == ""
    for change in (
        "restricted = false",
        f"lead_id = {team.wu}",
        "department_id = NULL, lead_id = 1",
    ):
        said = f"UPDATE project SET {change}, version = version + 1 WHERE id = {own}"
        assert team.tried("li", said) == REFUSED
    member = f"INSERT INTO project_member (project_id, person_id) VALUES ({own}, {team.wu})"
    assert team.tried("li", member) == REFUSED
    assert team.tried("wang", member) == ""
    team.do(AddMember(project=own, person=team.wu), by="wang")
    assert not alone()
    assert team.tried("li", accept(mine, team.li)) == REFUSED
    team.do(RemoveMember(project=own, person=team.wu), by="wang")
    assert alone()
    team.do(EditProject(project=own, restricted=False), by="wang")
    assert not alone()
    assert team.tried("li", accept(mine, team.li)) == REFUSED


@pytest.mark.parametrize(("handle", "allowed"), [("li", "false"), ("li", "true"), ("wang", "true")])
def test_who_begins_a_project_does_not_allow_it(team: Team, handle: str, allowed: str) -> None:
    own = {"id", "key", "self_accept", "lead_id", "department_id"}
    columns = {one.column_name for one in ProjectTable._meta.sorted_fields}
    same = ", ".join(sorted(columns - own))
    said = (
        f"INSERT INTO project (key, self_accept, lead_id, {same})"
        f" SELECT 'NEU', {allowed}, duban_me(), {same} FROM project WHERE id = {team.project}"
    )
    refused = (handle, allowed) == ("li", "true")
    assert team.tried(handle, said) == (REFUSED if refused else "")


def test_two_sessions_race(team: Team, task: TaskId) -> None:
    """zhou accepts while wu is making zhou the owner: whoever comes second finds it changed."""
    with psycopg.connect(team.url_of("wu")) as first, ThreadPoolExecutor() as pool:
        first.execute(give(task, team.zhou).encode())
        racing = pool.submit(team.code, "zhou", accept(task, team.zhou))
        waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        while not racing.done() and not team.one(waits):
            pass
        first.commit()
        assert racing.result(timeout=20) == REFUSED
    assert team.get(task).state is State.REVIEW


def test_a_stand_in_accepts_while_the_acceptor_is_away(team: Team) -> None:
    mine = team.doing(team.li, acceptor=team.zhou)
    team.submit(mine, by="li")
    team.one(f"UPDATE person SET manager_id = {team.qian} WHERE id = {team.zhou} RETURNING id")
    assert team.tried("qian", accept(mine, team.qian)) == REFUSED
    team.one(f"UPDATE person SET away_until = now()::date + 3 WHERE id = {team.zhou} RETURNING id")
    assert team.tried("qian", accept(mine, team.qian)) == ""
    assert team.tried("zhou", accept(mine, team.zhou)) == ""
    assert team.tried("zhao", accept(mine, team.zhao)) == REFUSED
    assert team.tried("li", accept(mine, team.li)) == REFUSED


def test_rounds_under_their_own_roles(team: Team) -> None:
    mine = team.doing(team.li, acceptor=team.zhou)
    for handle, command in (
        ("li", team.submission_of(mine)),
        ("zhou", SendBack(task=mine, findings="不全")),
        ("li", None),
        ("zhou", AcceptTask(task=mine)),
    ):
        with team.own(handle) as desk:
            desk.do(command or team.submission_of(mine))
    assert team.get(mine).accepted_by == team.zhou
    assert flaws(team.desk) == ()
