"""Submitting says what the work rests on (R102, R103); criteria are agreed at the start (R139)."""

from datetime import date, timedelta

import pytest

from core.commands.dependencies import AddDependency
from core.commands.importing import ImportParts, ImportSubmission
from core.commands.moving import MoveTask
from core.commands.parts import AddCriterion, AddDeliverable, ChangeCriterion, RemovePart
from core.commands.registering import RegisterDeliverable
from core.commands.reviewing import AcceptTask
from core.commands.submitting import Handover, SubmitTask
from core.commands.tasks import CreateTask
from core.domain.ids import PartId, TaskId
from core.domain.parts import Criterion, Deliverable
from core.domain.refusals import BadValue, Conflict, NotFound
from core.domain.reviews import Review
from core.domain.status import Facet, State, SyncKind
from core.domain.synclog import SyncEntry
from core.queries import board
from core.queries.reviews import verdict_facts
from tests.office import MORNING, Office

REPORT = Handover("《访谈报告》", "V1.0", "共享盘/报告")


def criterion(office: Office, task: TaskId, text: str, *, reason: str = "") -> PartId:
    return PartId(office.do(AddCriterion(task=task, text=text, reason=reason)).id)


def test_a_round_keeps_what_was_said(office: Office) -> None:
    task = office.task(owner=office.li)
    first, second = (criterion(office, task, text) for text in ("10 份以上", "准确率 95%"))
    office.do(MoveTask(task=task, to=State.DOING, seen=State.TODO), by="li")
    office.clock.move(timedelta(hours=1))
    office.do(
        SubmitTask(
            task=task,
            results="12 份访谈\n准确率 96%",
            completed=date(2024, 3, 22),
            claims=(first,),
            deliverables=(REPORT,),
        ),
        by="li",
    )
    (review,) = office.all(Review)
    assert (review.round, review.submitted_by) == (1, office.li)
    assert (review.results, review.completed) == ("12 份访谈\n准确率 96%", date(2024, 3, 22))
    assert review.claims == {str(first): "10 份以上"}
    assert list(review.handed.values()) == ["《访谈报告》 V1.0 共享盘/报告"]
    assert str(second) not in review.claims
    assert office.last().changes["claims"] == [None, "10 份以上"]


def test_what_it_hands_over_is_registered_and_told(office: Office) -> None:
    task = office.doing()
    office.do(SubmitTask(task=task, results="完成", deliverables=(REPORT,)), by="li")
    (stored,) = office.all(Deliverable)
    assert (stored.name, stored.edition, stored.registered) == ("《访谈报告》", "V1.0", MORNING)
    assert stored.registered_by == office.li
    (entry,) = office.all(SyncEntry)
    assert (entry.kind, entry.topic) == (SyncKind.DELIVERABLE, "《访谈报告》 V1.0")


def test_a_known_name_is_another_edition(office: Office) -> None:
    task = office.doing()
    office.do(AddDeliverable(task=task, name="《访谈报告》", edition="V0.9", location="盘"))
    later = Handover("《访谈报告》", "V1.0")
    office.do(SubmitTask(task=task, results="完成", deliverables=(later,)), by="li")
    (stored,) = office.all(Deliverable)
    assert (stored.edition, stored.location, stored.registered) == ("V1.0", "盘", MORNING)


def test_what_is_missing_is_named(office: Office) -> None:
    task = office.doing()
    empty = office.refused(SubmitTask(task=task, results=" ", deliverables=(REPORT,)), by="li")
    assert (empty.facts["field"], empty.facts["reason"]) == ("results", "empty")
    assert office.refused(SubmitTask(task=task, results="x"), by="li").code == "no-deliverable"
    placeless = SubmitTask(task=task, results="x", deliverables=(Handover("报告"),))
    assert office.refused(placeless, by="li").facts["field"] == "location"
    tomorrow = SubmitTask(
        task=task, results="x", deliverables=(REPORT,), completed=date(2024, 3, 26)
    )
    assert office.refused(tomorrow, by="li").facts["reason"] == "future"
    other = criterion(office, office.task(), "有目录")
    foreign = SubmitTask(task=task, results="x", deliverables=(REPORT,), claims=(other,))
    refusal = office.refused(foreign, by="li")
    assert isinstance(refusal, BadValue)
    assert refusal.facts["field"] == "claims"
    assert isinstance(office.refused(SubmitTask(task=TaskId(99), results="x")), NotFound)


def test_no_way_past_a_submission(office: Office) -> None:
    task = office.doing()
    move = MoveTask(task=task, to=State.REVIEW, seen=State.DOING)
    refusal = office.refused(move, by="li")
    assert (refusal.code, refusal.facts["missing"]) == (
        "submission-needed",
        ("results", "deliverables"),
    )
    made = office.do(AddDeliverable(task=task, name="报告", location="盘"), by="li")
    office.do(RegisterDeliverable(deliverable=PartId(made.id)), by="li")
    assert office.refused(move, by="li").facts["missing"] == ("results",)
    created = CreateTask(project=office.project, title="x", owner=office.li, state=State.REVIEW)
    assert office.refused(created).code == "submission-needed"


def test_from_where_it_can_be_submitted(office: Office) -> None:
    waiting = office.task(owner=office.li)
    refusal = office.refused(SubmitTask(task=waiting, results="x"), by="li")
    assert (refusal.code, refusal.facts["state"]) == ("illegal-move", "todo")
    twice = office.in_review()
    again = SubmitTask(task=twice, results="x", deliverables=(REPORT,))
    assert isinstance(office.refused(again, by="li"), Conflict)


def test_an_import_brings_tasks_in_review(office: Office) -> None:
    task = office.doing()
    assert office.refused(ImportSubmission(task=task)).code == "no-deliverable"
    office.do(ImportParts(task=task, deliverables=("报告",)))
    office.do(ImportSubmission(task=task, results="见表"))
    (review,) = office.all(Review)
    assert (review.submitted_by, review.results) == (office.li, "见表")
    assert list(review.handed.values()) == ["报告"]
    assert office.last().changes["imported"] == [None, True]
    assert office.refused(ImportSubmission(task=task)).code == "submission-needed"


def test_criteria_change_once_begun_only_with_a_reason(office: Office) -> None:
    task = office.task(owner=office.li)
    number = criterion(office, task, "有目录")
    office.do(ChangeCriterion(criterion=number, text="有目录和页码"))
    office.do(MoveTask(task=task, to=State.DOING, seen=State.TODO), by="li")
    for command in (
        AddCriterion(task=task, text="有封面"),
        ChangeCriterion(criterion=number, text="有封面"),
        ChangeCriterion(criterion=number, facet=Facet.FORM),
        RemovePart(kind="criterion", part=number),
    ):
        refusal = office.refused(command)
        assert (refusal.code, refusal.facts["field"]) == ("reason-needed", "reason")
    office.do(ChangeCriterion(criterion=number, met=True))
    office.do(ChangeCriterion(criterion=number, text="有封面", reason="客户要求"))
    said = office.last()
    assert said.changes["text"] == ["有目录和页码", "有封面"]
    assert said.reason == "客户要求"
    # What says something else now is not ticked.
    assert [one.met for one in office.all(Criterion)] == [False]
    facts = office.desk.ask(verdict_facts, task, now=office.clock.now())
    assert [one.reason for one in facts.criteria_changes] == ["客户要求"]
    # Putting it back does not open them again.
    office.do(MoveTask(task=task, to=State.TODO, seen=State.DOING), by="li")
    assert office.refused(AddCriterion(task=task, text="x")).code == "reason-needed"


def test_beginning_before_what_it_needs_warns(office: Office) -> None:
    first, second = office.task("先"), office.task("后", owner=office.li)
    office.do(AddDependency(task=second, needs=first))

    def card(task: TaskId) -> bool:
        found = office.desk.ask(board.card, task)
        assert found is not None
        return found.not_ready

    assert (card(first), card(second)) == (False, True)
    receipt = office.do(MoveTask(task=second, to=State.DOING, seen=State.TODO), by="li")
    told = {one.code: one.facts for one in receipt.warnings}
    assert told["not-ready"]["needs"] == ("T001",)
    assert card(second)
    office.submit(second)
    assert not card(second)


def test_what_is_ready_is_not_marked(office: Office) -> None:
    done = office.in_review()
    after = office.task(owner=office.li)
    office.do(AddDependency(task=after, needs=done))
    office.do(AcceptTask(task=done))
    found = office.desk.ask(board.card, after)
    assert found is not None
    assert not found.not_ready
    move = MoveTask(task=after, to=State.DOING, seen=State.TODO)
    assert "not-ready" not in {one.code for one in office.do(move, by="li").warnings}


@pytest.mark.parametrize("field", ["results", "deliverables"])
def test_a_terminal_is_not_told_what_to_do(office: Office, field: str) -> None:
    values = {"results": "x", "deliverables": (REPORT,)}
    values[field] = "a\x1b[2J" if field == "results" else (Handover("a\x1b[2J", "", "盘"),)
    refusal = office.refused(SubmitTask(task=office.doing(), **values), by="li")  # type: ignore[arg-type]
    assert refusal.facts["reason"] == "control"
