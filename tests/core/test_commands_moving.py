"""The workflow: move, reorder, submit, accept, send back, close and restore."""

from datetime import timedelta

import pytest

from core.commands.blocking import BlockTask, UnblockTask
from core.commands.closing import ArchiveTask, CancelTask, RestoreTask
from core.commands.moving import MoveTask, ReorderTask
from core.commands.parts import AddCriterion, ChangeCriterion
from core.commands.people import AddDepartment
from core.commands.projects import AddProject, EditProject
from core.commands.reviewing import AcceptTask, SendBack
from core.commands.tasks import CreateTask
from core.domain.ids import DepartmentId, PartId, ProjectId, TaskId
from core.domain.refusals import BadValue, Conflict, Rejected
from core.domain.reviews import Review
from core.domain.spells import BlockSpell
from core.domain.status import OPEN_STATES, Role, State, Verdict
from core.policies import workflow
from core.store import places, tallies
from core.store.logs import TallyTable
from core.store.tables import TaskTable
from tests.office import MORNING, Office


def move(task: TaskId, seen: State, to: State, reason: str = "") -> MoveTask:
    return MoveTask(task=task, seen=seen, to=to, reason=reason)


def cancel(task: TaskId, seen: State = State.TODO) -> CancelTask:
    return CancelTask(task=task, seen=seen, reason="客户取消")


def test_a_task_goes_its_way(office: Office) -> None:
    task = office.task(owner=office.li)
    office.do(move(task, State.TODO, State.DOING), by="li")
    assert office.get(task).updated == MORNING
    office.clock.move(timedelta(hours=2))
    office.submit(task)
    now = office.get(task)
    assert (now.submitted, now.submitted_by, now.round) == (office.clock.at, office.li, 1)
    said = office.last()
    assert said.kind == "task-submitted"
    assert said.changes == {
        "state": ["doing", "review"],
        "round": [0, 1],
        "results": [None, "初稿完成"],
        "completed": [None, "2024-03-25"],
        "deliverables": [None, "《成果》 V1.0 共享盘/成果"],
    }
    office.do(AcceptTask(task=task, note="好"))
    now = office.get(task)
    assert (now.state, now.closed, now.accepted_by) == (State.DONE, office.clock.at, office.wang)
    assert (office.last().kind, office.last().reason) == ("task-accepted", "好")
    (review,) = office.all(Review)
    assert (review.verdict, review.decided_by, review.findings) == (
        Verdict.ACCEPTED,
        office.wang,
        "好",
    )


def test_a_step_that_the_workflow_has_not(office: Office) -> None:
    task = office.task(owner=office.li)
    refusal = office.refused(move(task, State.TODO, State.DONE))
    assert isinstance(refusal, Rejected)
    assert refusal.code == "illegal-move"
    assert refusal.facts == {
        "key": "T001",
        "state": "todo",
        "to": "done",
        "allowed": ("draft", "doing"),
    }


def test_a_move_from_a_state_that_was_left(office: Office) -> None:
    task = office.task(owner=office.li)
    office.do(move(task, State.TODO, State.DOING))
    refusal = office.refused(move(task, State.TODO, State.DRAFT))
    assert isinstance(refusal, Conflict)
    assert refusal.facts == {"key": "T001", "field": "state", "seen": "todo", "now": "doing"}
    # Two members who want the same do not clash.
    assert office.do(move(task, State.TODO, State.DOING), by="li").last == 0


def test_nobody_works_without_an_owner(office: Office) -> None:
    assert office.refused(move(office.task(), State.TODO, State.DOING)).code == "owner-needed"


def test_a_verdict_is_no_mere_move(office: Office) -> None:
    task = office.in_review()
    assert office.refused(move(task, State.REVIEW, State.DONE)).code == "verdict-needed"
    assert office.refused(move(task, State.REVIEW, State.DOING)).code == "findings-needed"
    office.do(move(task, State.REVIEW, State.DOING), by="li")
    now = office.get(task)
    assert (now.submitted, now.submitted_by) == (None, None)
    assert office.last().kind == "task-withdrawn"
    assert [one.verdict for one in office.all(Review)] == [Verdict.WITHDRAWN]


def test_reopening_needs_a_reason(office: Office) -> None:
    task = office.in_review()
    office.do(AcceptTask(task=task))
    assert office.refused(move(task, State.DONE, State.DOING)).code == "reason-needed"
    office.do(move(task, State.DONE, State.DOING, "客户发现错误"))
    now = office.get(task)
    assert (now.closed, now.accepted_by, now.round) == (None, None, 1)


def test_sending_back_needs_findings_and_begins_the_next_round(office: Office) -> None:
    task = office.in_review()
    assert isinstance(office.refused(SendBack(task=task, findings=" ")), BadValue)
    office.do(SendBack(task=task, findings="缺少样本说明"))
    now = office.get(task)
    assert (now.state, now.owner, now.submitted) == (State.DOING, office.li, None)
    assert office.last().reason == "缺少样本说明"
    office.submit(task)
    assert office.get(task).round == 2
    assert [one.findings for one in office.all(Review)] == ["缺少样本说明", ""]


def test_who_accepts(office: Office) -> None:
    strict = office.do(AddProject(key="S", name="S", lead=office.zhao)).id
    for verdict in (AcceptTask, lambda task: SendBack(task=task, findings="x")):
        task = office.in_review(project=ProjectId(strict))
        command = verdict(task=task)
        assert office.refused(command, by="li").code == "own-work"
        assert office.refused(command).code == "not-the-acceptor"
        office.do(command, by="zhao")
        assert office.refused(command, by="zhao").code == "not-in-review"


def test_the_named_acceptor_and_the_leads_accept(office: Office) -> None:
    care = DepartmentId(office.do(AddDepartment(name="客户部", lead=office.zhao)).id)
    office.person("chen", role=Role.LEAD)
    strict = office.do(AddProject(key="S", name="S", lead=office.wang, department=care)).id
    for handle in ("wang", "zhao", "chen"):
        office.do(AcceptTask(task=office.in_review(project=ProjectId(strict))), by=handle)
    named = office.person("anna")
    office.do(
        AcceptTask(task=office.in_review(project=ProjectId(strict), acceptor=named)), by="anna"
    )


def test_whoever_submitted_never_accepts(office: Office) -> None:
    strict = office.do(AddProject(key="S", name="S", lead=office.zhao)).id
    task = office.doing(owner=office.zhao, project=ProjectId(strict))
    office.submit(task, by="zhao")
    assert office.refused(AcceptTask(task=task), by="zhao").code == "own-work"


def test_open_criteria_and_open_subtasks_stand_in_the_way(office: Office) -> None:
    task = office.in_review()
    child = office.task("子任务", parent=task)
    criterion = office.do(AddCriterion(task=task, text="有目录", reason="客户要求")).id
    assert office.refused(AcceptTask(task=task)).facts["subtasks"] == ("T001-01",)
    office.do(cancel(child))
    refusal = office.refused(AcceptTask(task=task))
    assert (refusal.code, refusal.facts["criteria"]) == ("criteria-open", ("有目录",))
    office.do(ChangeCriterion(criterion=PartId(criterion), met=True))
    office.do(AcceptTask(task=task))


def test_accepting_ends_a_block_spell(office: Office) -> None:
    task = office.in_review()
    office.do(BlockTask(task=task, reason="等", waiting_for="客户"))
    office.do(AcceptTask(task=task))
    (spell,) = office.all(BlockSpell)
    assert spell.ended == MORNING
    assert office.get(task).blocked_since is None
    assert [one.kind for one in office.events()[-2:]] == ["task-unblocked", "task-accepted"]


def test_blocking(office: Office) -> None:
    task = office.doing()
    for fields in ({"reason": ""}, {"waiting_for": " "}):
        command = BlockTask(**{"task": task, "reason": "等", "waiting_for": "客户", **fields})
        assert isinstance(office.refused(command), BadValue)
    assert office.refused(UnblockTask(task=task)).code == "not-blocked"
    office.do(BlockTask(task=task, reason="等签字", waiting_for="", waiting_person=office.zhao))
    (spell,) = office.all(BlockSpell)
    assert (spell.waiting_for, spell.waiting_person) == ("赵敏", office.zhao)
    assert office.get(task).blocked_since == MORNING
    refusal = office.refused(BlockTask(task=task, reason="等", waiting_for="客户"))
    assert refusal.code == "already-blocked"
    office.clock.move(timedelta(days=1))
    office.do(UnblockTask(task=task, resolution="已签"))
    (spell,) = office.all(BlockSpell)
    assert (spell.ended, spell.resolution) == (office.clock.at, "已签")
    assert office.get(task).blocked_since is None
    assert office.last().changes == {"waiting_for": ["赵敏", None]}
    done = office.task(state=State.DONE)
    assert office.refused(BlockTask(task=done, reason="等", waiting_for="x")).code == "task-closed"


def test_a_soft_limit_warns_and_is_logged(office: Office) -> None:
    office.do(EditProject(project=office.project, wip={State.DOING: 1}))
    office.doing()
    before = office.desk.mark()
    receipt = office.do(move(office.task(owner=office.li), State.TODO, State.DOING))
    warnings = [one for one in receipt.warnings if one.code != "unclear"]
    assert [(one.code, one.facts) for one in warnings] == [
        ("wip-exceeded", {"state": "doing", "cards": 2, "limit": 1})
    ]
    exceeded = office.events(since=before)[1]
    assert (exceeded.kind, exceeded.subject) == ("wip-exceeded", "doing")
    assert exceeded.changes == {"cards": [1, 2]}


def test_a_hard_limit_refuses_every_way_in_but_sending_back(office: Office) -> None:
    returned = office.in_review()
    cancelled = office.doing()
    office.do(cancel(cancelled, State.DOING))
    parent = office.doing()
    office.do(EditProject(project=office.project, wip={State.DOING: 1}, wip_hard=True))
    waiting = office.task(owner=office.li)
    for command in (
        move(waiting, State.TODO, State.DOING),
        RestoreTask(task=cancelled),
        CreateTask(project=office.project, title="t", owner=office.li, state=State.DOING),
    ):
        refusal = office.refused(command)
        assert refusal.code == "wip-full"
        assert (refusal.facts["cards"], refusal.facts["limit"]) == (1, 1)
    office.doing(project=None, parent=parent)
    assert office.do(SendBack(task=returned, findings="x")).warnings[0].code == "wip-exceeded"


def test_archive_and_restore(office: Office) -> None:
    task = office.in_review()
    assert office.refused(ArchiveTask(task=task, seen=State.REVIEW)).code == "not-ended"
    assert office.refused(RestoreTask(task=task)).code == "not-closed"
    office.do(AcceptTask(task=task))
    assert isinstance(office.refused(ArchiveTask(task=task, seen=State.REVIEW)), Conflict)
    closed = office.get(task).closed
    office.clock.move(timedelta(days=1))
    office.do(ArchiveTask(task=task, seen=State.DONE, actual="达成"))
    assert (office.get(task).state, office.get(task).closed) == (State.ARCHIVED, closed)
    office.do(RestoreTask(task=task))
    now = office.get(task)
    assert (now.state, now.closed, now.before) == (State.DONE, closed, None)
    kinds = [one.kind for one in office.events()[-2:]]
    assert kinds == ["task-archived", "task-restored"]


def test_cancel_and_restore(office: Office) -> None:
    task = office.doing()
    child = office.task(parent=task)
    office.do(BlockTask(task=task, reason="等", waiting_for="客户"))
    assert office.refused(cancel(task, State.DOING)).code == "open-subtasks"
    office.do(cancel(child))
    assert isinstance(office.refused(CancelTask(task=task, seen=State.DOING, reason="")), BadValue)
    assert isinstance(office.refused(cancel(task, State.TODO)), Conflict)
    office.do(cancel(task, State.DOING))
    assert office.refused(cancel(task, State.CANCELLED)).code == "task-closed"
    now = office.get(task)
    assert (now.state, now.before, now.closed) == (State.CANCELLED, State.DOING, MORNING)
    assert now.blocked_since is None
    assert office.all(BlockSpell)[0].resolution == "客户取消"
    office.do(RestoreTask(task=task))
    assert (office.get(task).state, office.get(task).closed) == (State.DOING, None)


def test_what_was_cancelled_in_review_comes_back_to_work(office: Office) -> None:
    task = office.in_review()
    office.do(cancel(task, State.REVIEW))
    assert [one.verdict for one in office.all(Review)] == [Verdict.WITHDRAWN]
    office.do(RestoreTask(task=task))
    now = office.get(task)
    assert (now.state, now.submitted, now.submitted_by) == (State.DOING, None, None)


def test_a_cancelled_task_is_archived_and_brought_back_step_by_step(office: Office) -> None:
    task = office.task()
    office.do(cancel(task))
    office.do(ArchiveTask(task=task, seen=State.CANCELLED))
    office.do(RestoreTask(task=task))
    assert office.get(task).state is State.CANCELLED
    office.do(RestoreTask(task=task))
    assert (office.get(task).state, office.get(task).closed) == (State.TODO, None)


def test_a_new_card_comes_last_and_a_moved_one_first(office: Office) -> None:
    one, two = office.task("一", owner=office.li), office.task("二", owner=office.li)
    assert office.column(State.TODO) == ["一", "二"]
    office.do(move(one, State.TODO, State.DOING))
    office.do(move(two, State.TODO, State.DOING))
    assert office.column(State.DOING) == ["二", "一"]


def test_reordering(office: Office) -> None:
    one, two, three = (office.task(title) for title in "一二三")
    office.do(ReorderTask(task=three, neighbour=one, below=False))
    assert office.column(State.TODO) == ["三", "一", "二"]
    office.do(ReorderTask(task=three, neighbour=two, below=True))
    assert office.column(State.TODO) == ["一", "二", "三"]
    office.do(ReorderTask(task=three, neighbour=one, below=True))
    assert office.column(State.TODO) == ["一", "三", "二"]
    said = office.last()
    assert (said.kind, list(said.changes)) == ("task-reordered", ["position"])
    assert office.get(three).version == 1
    assert office.do(ReorderTask(task=one, neighbour=one, below=True)).last == 0


def test_reordering_across_columns_is_a_conflict(office: Office) -> None:
    one, two = office.task(), office.doing()
    refusal = office.refused(ReorderTask(task=one, neighbour=two, below=True))
    assert isinstance(refusal, Conflict)
    assert refusal.facts["field"] == "state"
    child = office.task(parent=one)
    refusal = office.refused(ReorderTask(task=child, neighbour=one, below=True))
    assert refusal.facts["field"] == "parent"


def test_a_gap_that_closes_is_opened_again(office: Office) -> None:
    cards = [office.task(title) for title in "一二三"]
    versions = [office.get(card).version for card in cards]
    for turn in range(20):
        below, under = (cards[1], cards[2]) if turn % 2 else (cards[2], cards[1])
        office.do(ReorderTask(task=below, neighbour=cards[0], below=True))
        assert office.column(State.TODO)[1] == office.get(below).title
        assert under != below
    assert [office.get(card).version for card in cards] == versions
    spread = sorted(office.get(card).position for card in cards)
    assert spread[-1] - spread[0] > places.GAP // 64


def test_equal_positions_are_told_apart_by_id_and_renumbered(office: Office) -> None:
    one, two, three = (office.task(title) for title in "一二三")
    with office.store.writing():
        office.store.run(TaskTable.update(position=7))
    assert office.column(State.TODO) == ["一", "二", "三"]
    office.do(ReorderTask(task=three, neighbour=one, below=True))
    assert office.column(State.TODO) == ["一", "三", "二"]
    office.do(ReorderTask(task=two, neighbour=one, below=False))
    assert office.column(State.TODO) == ["二", "一", "三"]


def test_tallies_are_the_counts(office: Office) -> None:
    task = office.in_review()
    child = office.task(parent=task)
    office.do(cancel(child))
    office.do(AcceptTask(task=task))
    office.doing()
    kept = {
        (State(state), bool(part)): count
        for state, cards, parts in office.store.rows(
            TallyTable.select(TallyTable.state, TallyTable.cards, TallyTable.parts)
        )
        for part, count in ((0, cards), (1, parts))
        if count
    }
    assert kept == {(State.DONE, False): 1, (State.CANCELLED, True): 1, (State.DOING, False): 1}
    assert tallies.cards(office.store, office.project, State.DOING) == 1


@pytest.mark.parametrize("before", State)
def test_only_the_steps_of_the_workflow(before: State) -> None:
    steps = workflow.next_states(before)
    assert before not in steps
    assert bool(steps) == (before in OPEN_STATES or before is State.DONE)
    assert workflow.may_cancel(before) == (before in OPEN_STATES)
