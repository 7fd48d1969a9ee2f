"""Verdicts in full: ticks, points, open subtasks, delegation, acceptors who are not there."""

from datetime import date, timedelta

from core.commands.closing import CancelTask
from core.commands.editing import EditTask, Setting
from core.commands.moving import MoveTask
from core.commands.parts import AddCriterion, ChangeCriterion
from core.commands.people import AddDepartment, AddPerson, EditPerson
from core.commands.projects import AddProject, EditProject
from core.commands.reviewing import AcceptTask, DelegateAcceptance, Point, SendBack
from core.commands.ticking import Tick
from core.domain.departments import Department
from core.domain.ids import DepartmentId, PartId, PersonId, ProjectId, TaskId
from core.domain.notices import Raised
from core.domain.parts import Criterion
from core.domain.people import Person
from core.domain.refusals import BadValue, Conflict
from core.domain.reviews import Review
from core.domain.status import Role, State
from core.policies.accepting import Seats, who_accepts
from core.policies.round_diff import Changed, round_diff
from core.queries import board
from core.queries.alerts import alerts
from core.queries.ladders import Known
from core.queries.reviews import queue
from tests.office import MORNING, Office

TODAY = date(2024, 3, 25)


def with_criteria(office: Office, *texts: str) -> tuple[TaskId, list[PartId]]:
    task = office.in_review()
    made = [office.do(AddCriterion(task=task, text=text, reason="漏写")).id for text in texts]
    return task, [PartId(number) for number in made]


def test_criteria_are_ticked_as_it_is_accepted(office: Office) -> None:
    task, (first, second) = with_criteria(office, "有目录", "有页码")
    office.do(ChangeCriterion(criterion=first, met=True))
    refusal = office.refused(AcceptTask(task=task))
    assert (refusal.code, refusal.facts["criteria"]) == ("criteria-open", ("有页码",))
    foreign = office.refused(AcceptTask(task=task, met=(PartId(99),)))
    assert isinstance(foreign, BadValue)
    office.do(AcceptTask(task=task, met=(first, second)))
    assert all(one.met and one.met_by == office.wang for one in office.all(Criterion))
    assert office.get(task).state is State.DONE


def test_findings_point_at_criteria(office: Office) -> None:
    task, (first, second) = with_criteria(office, "10 份以上", "有页码")
    for number in (first, second):
        office.do(ChangeCriterion(criterion=number, met=True))
    empty = SendBack(task=task, findings="不全", points=(Point(first, " "),))
    assert office.refused(empty).facts["field"] == "points"
    office.do(SendBack(task=task, findings="样本不足", points=(Point(first, "只有 8 份"),)))
    (review,) = office.all(Review)
    assert review.points == {str(first): "只有 8 份"}
    assert office.last().changes["points"] == [None, "10 份以上: 只有 8 份"]
    assert [one.met for one in office.all(Criterion)] == [False, True]


def test_findings_stand_on_the_card_until_it_is_submitted_again(office: Office) -> None:
    task = office.in_review()

    def findings() -> str:
        found = office.desk.ask(board.card, task)
        assert found is not None
        return found.findings

    assert findings() == ""
    office.do(SendBack(task=task, findings="缺少样本说明"))
    assert findings() == "缺少样本说明"
    office.submit(task)
    assert findings() == ""
    office.do(MoveTask(task=task, to=State.DOING, seen=State.REVIEW), by="li")
    assert findings() == "缺少样本说明"
    office.submit(task)
    office.do(AcceptTask(task=task))
    office.do(MoveTask(task=task, to=State.DOING, seen=State.DONE, reason="客户发现错误"))
    assert findings() == ""


def test_a_parent_ends_before_its_subtasks_only_with_a_reason(office: Office) -> None:
    task = office.in_review()
    office.task("子任务", parent=task)
    assert office.refused(AcceptTask(task=task)).code == "open-subtasks"
    office.do(AcceptTask(task=task, open_subtasks_reason="子任务转下期"))
    said = office.last().changes
    assert said["open_subtasks"] == [None, "T001-01"]
    assert said["open_subtasks_reason"] == [None, "子任务转下期"]


def test_acceptance_is_delegated(office: Office) -> None:
    task = office.in_review()
    command = DelegateAcceptance(task=task, to=office.zhao, reason="出差", seen=office.wang)
    office.do(command)
    assert office.get(task).acceptor == office.zhao
    said = office.last()
    assert (said.kind, said.subject, said.reason) == ("acceptance-delegated", "zhao", "出差")
    assert said.changes == {"acceptor": [office.wang, office.zhao]}
    assert isinstance(office.refused(command), Conflict)
    office.do(AcceptTask(task=task), by="zhao")


def test_to_whom_it_is_not_delegated(office: Office) -> None:
    task = office.in_review()
    ghost = PersonId(office.do(AddPerson(handle="某某", name="某某", placeholder=True)).id)

    def to(person: PersonId, reason: str = "出差") -> DelegateAcceptance:
        return DelegateAcceptance(task=task, to=person, reason=reason, seen=office.wang)

    assert office.refused(to(office.li)).code == "delegate-own"
    assert office.refused(to(office.zhao, reason=" ")).facts["field"] == "reason"
    for nobody in (ghost, office.sun):
        assert office.refused(to(nobody)).facts["reason"] == "accepts-nothing"
    office.do(CancelTask(task=task, seen=State.REVIEW, reason="不做了"))
    assert office.refused(to(office.zhao)).code == "task-closed"


def _ladder(office: Office) -> ProjectId:
    """Li owns; zhao leads the project, chen its department, gao is above chen."""
    office.person("chen")
    gao = office.person("gao")
    chen = PersonId(gao - 1)
    care = DepartmentId(office.do(AddDepartment(name="客户部", lead=chen)).id)
    office.do(EditPerson(person=chen, manager=gao))
    project = AddProject(key="S", name="S", lead=office.zhao, department=care)
    assert [one.lead for one in office.all(Department)] == [chen]
    return ProjectId(office.do(project).id)


def _away(office: Office, handle: str) -> None:
    person = next(one for one in office.all(Person) if one.handle == handle)
    office.do(EditPerson(person=person.id, away_until=office.clock.now().date()))


def test_who_stands_in_while_the_acceptor_is_away(office: Office) -> None:
    project = _ladder(office)
    anna = office.person("anna")
    task = office.in_review(project=project, acceptor=anna)
    accept = AcceptTask(task=task)

    def waits_for(person: PersonId) -> bool:
        found = office.desk.ask(queue, person, now=office.clock.now())
        return [row.task for row in found] == [task]

    people = {one.handle: one.id for one in office.all(Person)}
    assert office.refused(accept, by="gao").code == "not-the-acceptor"
    assert [waits_for(people[one]) for one in ("anna", "zhao", "chen", "gao")] == [
        *(True, False, False, False)
    ]
    _away(office, "anna")
    assert [waits_for(people[one]) for one in ("anna", "zhao", "chen", "gao")] == [
        *(True, True, False, False)
    ]
    _away(office, "zhao")
    _away(office, "chen")
    assert [waits_for(people[one]) for one in ("anna", "zhao", "chen", "gao")] == [
        *(True, False, False, True)
    ]
    (row,) = office.desk.ask(queue, people["gao"], now=office.clock.now())
    assert (row.asked_name, row.acceptor_name) == ("gao", "anna")
    office.do(accept, by="gao")
    assert office.get(task).accepted_by == people["gao"]


def test_an_acceptor_who_did_the_work_or_left_blocks_nothing(office: Office) -> None:
    project = _ladder(office)
    people = {one.handle: one.id for one in office.all(Person)}
    office.do(EditProject(project=project, lead=office.li))
    own = office.in_review(project=project)
    (row,) = office.desk.ask(queue, people["chen"], now=office.clock.now())
    assert (row.task, row.asked_name) == (own, "chen")
    gone = office.in_review(project=project, acceptor=office.zhao)
    office.do(EditPerson(person=office.zhao, role=Role.OBSERVER))
    found = office.desk.ask(queue, people["chen"], now=office.clock.now())
    assert [one.task for one in found] == [own, gone]
    office.do(AcceptTask(task=gone), by="chen")


def test_an_own_person_who_was_named_acceptor_accepts_nothing(office: Office) -> None:
    task = office.doing(acceptor=office.li)
    office.submit(task)
    assert office.refused(AcceptTask(task=task), by="li").code == "own-work"
    assert office.do(AcceptTask(task=task)).last


def known(**fields: object) -> Known:
    plain = {
        "name": "",
        "manager": None,
        "away_until": None,
        "merged_into": None,
        "department": None,
        "role": Role.MEMBER,
    }
    return Known(**{**plain, **fields})  # type: ignore[arg-type]


A, B, C, D = (PersonId(number) for number in range(1, 5))


def test_the_order_in_which_people_are_asked() -> None:
    away = {"away_until": TODAY}
    people = {A: known(), B: known(manager=D), C: known(), D: known()}
    seats = Seats(A, B, C)
    assert who_accepts(seats, people, today=TODAY) == (A,)
    assert who_accepts(seats, people, today=TODAY, own={A}) == (B, C, D)
    people[A] = known(**away)
    assert who_accepts(seats, people, today=TODAY) == (B, C, D, A)
    assert who_accepts(seats, people, today=TODAY + timedelta(days=1)) == (A,)
    people |= {B: known(manager=D, **away), C: known(placeholder=True)}
    assert who_accepts(seats, people, today=TODAY) == (D, A, B)
    assert who_accepts(Seats(None, None, None), people, today=TODAY) == ()
    assert who_accepts(Seats(None, B, None), {B: known()}, today=TODAY, own={B}) == ()


def test_what_a_round_brings_that_the_last_one_did_not() -> None:
    first = Review(
        task=TaskId(1),
        round=1,
        submitted=MORNING,
        submitted_by=A,
        results="8 份",
        claims={"1": "10 份以上"},
        handed={"1": "《报告》 V1.0", "2": "附件"},
    )
    second = Review(
        task=TaskId(1),
        round=2,
        submitted=MORNING,
        submitted_by=A,
        results="12 份",
        claims={"1": "10 份以上", "2": "有页码"},
        handed={"1": "《报告》 V1.1", "3": "数据"},
    )
    found = round_diff(first, second)
    assert found
    assert found.deliverables == Changed(
        added=("数据",), removed=("附件",), changed=(("《报告》 V1.0", "《报告》 V1.1"),)
    )
    assert found.claims == Changed(added=("有页码",))
    assert found.results == ("8 份", "12 份")
    assert not round_diff(first, first)


def test_the_alert_goes_up_the_ladder(office: Office) -> None:
    project = _ladder(office)
    people = {one.handle: one.id for one in office.all(Person)}
    anna = office.person("anna")
    task = office.in_review(project=project, acceptor=anna)
    by_position = office.in_review(project=project)

    def told(handle: str) -> list[tuple[int, str, str]]:
        found = office.desk.ask(
            alerts,
            viewer=(people | {"anna": anna})[handle],
            scope="mine",
            project=None,
            now=office.clock.now(),
        )
        counted = sum(found.counts.values())
        assert counted == len(found.rows)
        return [(row.object, row.rule, row.actor) for row in found.rows]

    assert told("anna") == [(task, "acceptance", "anna")]
    assert told("zhao") == [(by_position, "acceptance", "赵敏")]
    office.do(EditPerson(person=anna, away_until=office.clock.now().date() + timedelta(days=5)))
    assert [one[:2] for one in told("zhao")] == [(task, "acceptance"), (by_position, "acceptance")]
    office.clock.move(timedelta(days=1))
    assert told("zhao")[0] == (task, "acceptance-late", "赵敏")
    office.do(Tick())
    raised = {one.object: one.told for one in office.all(Raised) if one.rule == "acceptance-late"}
    assert raised[task] == {"zhao": "acceptor", "chen": "head"}
    office.do(EditPerson(person=office.zhao, away_until=office.clock.now().date()))
    assert [one[0] for one in told("chen")] == [task, by_position]


def test_who_accepts_is_not_named_anew_once_it_is_done(office: Office) -> None:
    task = office.in_review()
    office.do(AcceptTask(task=task))
    setting = Setting("acceptor", office.get(task).acceptor, office.zhao)
    assert office.refused(EditTask(task=task, settings=(setting,))).code == "task-closed"
