"""Nobody accepts their own work: tricks, made by chance, by two desks at once and by hand.

Li does the work, leads the project and would like to be done with it. Zhao leads too, wang
administers; both do what li asks for, but accept: a rule that holds here holds against anybody
who has less.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from random import Random
from threading import Barrier

import pytest

from core.commands.closing import ArchiveTask, CancelTask, RestoreTask
from core.commands.editing import AssignTask, EditTask, Setting
from core.commands.importing import ImportEdits, ImportSubmission, ImportTask
from core.commands.moving import MoveTask
from core.commands.parts import AddCriterion, RemovePart
from core.commands.people import AddPerson, EditPerson, MergePerson
from core.commands.projects import EditProject
from core.commands.reviewing import AcceptTask, DelegateAcceptance, SendBack
from core.commands.submitting import Handover, SubmitTask
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.assignments import Assignment
from core.domain.ids import PartId, PersonId, TaskId
from core.domain.refusals import Refusal
from core.domain.status import OPEN_STATES, Role, State
from core.domain.task import Task
from core.exchange.apply import apply
from core.store.own_work import own_people
from tests.exchange.files import plan_of
from tests.office import Office, hand_in

PARTS = 6
EACH = 20
"""Tricks of each part, on each engine: 240 in all."""
MINUTE = timedelta(minutes=1)
ENDED = {State.DONE, State.ARCHIVED}
HEADINGS = ("任务ID", "任务名称", "负责人", "状态", "验收标准", "截止日期")


def assign(task: TaskId, owner: PersonId, *, seen: PersonId | None) -> AssignTask:
    """Hand it over, with the notes that this needs."""
    return AssignTask(task=task, owner=owner, seen=seen, notes="在共享盘")


class Trick:
    """One task, and whoever has had it in hand since it was last sent back."""

    def __init__(self, office: Office, random: Random) -> None:
        self.office = office
        self.random = random
        self.task = office.doing(owner=office.li, title=f"甲 {random.random()}")
        self.hands = {office.li}
        self.told: list[str] = []

    @property
    def now(self) -> Task:
        return self.office.get(self.task)

    def tries(self, command: object, *, by: str) -> bool:
        """Send it; what the task tells of its owner afterwards is remembered."""
        try:
            self.office.do(command, by=by)
        except Refusal as refusal:
            self.told.append(f"{by}: {type(command).__name__}: {refusal.code}")
            return False
        self.told.append(f"{by}: {type(command).__name__}")
        self.remember()
        return True

    def remember(self) -> None:
        now = self.now
        self.hands |= {one for one in (now.owner, now.submitted_by) if one}

    # What may be tried before the end

    def reassign(self) -> None:
        owner = self.random.choice((self.office.li, self.office.zhao, self.office.wang))
        by = self.random.choice(("li", "chen", "zhao"))
        self.tries(assign(self.task, owner, seen=self.now.owner), by=by)

    def name_acceptor(self) -> None:
        to = self.random.choice((self.office.li, self.office.zhao, None))
        setting = Setting("acceptor", self.now.acceptor, to)
        edit = EditTask(task=self.task, settings=(setting,))
        self.tries(self.random.choice((edit, ImportEdits(edit=edit))), by="li")

    def delegate(self) -> None:
        to = self.random.choice((self.office.li, self.office.zhao))
        seen = self.office.view(self.task).acceptor
        command = DelegateAcceptance(task=self.task, to=to, reason="出差", seen=seen)
        self.tries(command, by=self.random.choice(("chen", "zhao", "li")))

    def submit(self) -> None:
        by = self.random.choice(("li", "zhao", "wang"))
        handed = (Handover("《成果》", location="共享盘"),)
        self.tries(SubmitTask(task=self.task, results="完成", deliverables=handed), by=by)

    def withdraw(self) -> None:
        command = MoveTask(task=self.task, to=State.DOING, seen=self.now.state, reason="再改")
        self.tries(command, by=self.random.choice(("li", "zhao")))

    def send_back(self) -> None:
        if self.tries(SendBack(task=self.task, findings="不全"), by="chen"):
            self.hands = {one for one in (self.now.owner,) if one}

    def criteria(self) -> None:
        self.tries(AddCriterion(task=self.task, text="有目录", reason="客户要求"), by="li")
        for one in self.office.view(self.task).criteria:
            command = RemovePart(kind="criterion", part=PartId(one.id), reason="不再需要")
            self.tries(command, by="li")

    def give_up_and_restore(self) -> None:
        if self.now.state in OPEN_STATES:
            self.tries(CancelTask(task=self.task, seen=self.now.state, reason="不做了"), by="li")
        else:
            self.tries(ArchiveTask(task=self.task, seen=self.now.state), by="li")
        self.tries(RestoreTask(task=self.task), by="li")

    def be_away(self) -> None:
        """So that li stands in for whoever accepts."""
        person = self.random.choice((self.office.wang, self.office.zhao))
        day = self.office.clock.now().date()
        self.tries(EditPerson(person=person, away_until=day), by="wang")

    def import_row(self) -> None:
        status = self.random.choice(("待验收", "已完成", "进行中"))
        owner = self.random.choice(("李娜", "赵敏"))
        row = (self.now.key, self.now.title, owner, status, "", "")
        with suppress(Refusal):
            apply(self.office.by(self.random.choice(("li", "wang"))), plan_of(HEADINGS, row))
        self.remember()

    def import_submission(self) -> None:
        self.tries(ImportSubmission(task=self.task), by="li")

    def all_in_one(self) -> None:
        """Several commands in one transaction: who owned it in between has owned it."""
        before = self.now
        others = (self.office.zhao, self.office.li)
        with suppress(Refusal), self.office.by("li").together() as send:
            seen = before.owner
            for owner in others:
                send(assign(self.task, owner, seen=seen))
                seen = owner
        if self.now.owner == others[-1] and before.owner != others[-1]:
            self.hands |= set(others)
        self.remember()

    def steps(self) -> tuple[Callable[[], None], ...]:
        usual = (self.reassign, self.submit, self.submit, self.delegate, self.name_acceptor)
        rare = (self.withdraw, self.send_back, self.criteria, self.give_up_and_restore)
        odd = (self.be_away, self.import_row, self.import_submission, self.all_in_one)
        return (*usual, *usual, *rare, *odd)

    # The end

    def grab(self, handle: str) -> None:
        """Accept it with all that an acceptance can say."""
        criteria = tuple(one.id for one in self.office.view(self.task).criteria)
        self.tries(
            AcceptTask(task=self.task, met=criteria, note="好", open_subtasks_reason="急"),
            by=handle,
        )

    def grab_otherwise(self, handle: str) -> None:
        """The other ways to done."""
        for command in (
            MoveTask(task=self.task, to=State.DONE, seen=self.now.state, reason="好"),
            ArchiveTask(task=self.task, seen=self.now.state),
        ):
            self.tries(command, by=handle)
        row = (self.now.key, self.now.title, "", "已完成", "", "")
        with suppress(Refusal):
            apply(self.office.by(handle), plan_of(HEADINGS, row))


@pytest.fixture
def tricky(office: Office) -> Office:
    """Li leads the project; zhao, a lead too, and wang do as li asks. Chen is honest."""
    office.person("chen", role=Role.LEAD)
    office.do(EditPerson(person=office.li, role=Role.LEAD))
    office.do(EditPerson(person=office.zhao, role=Role.LEAD))
    office.do(EditProject(project=office.project, lead=office.li))
    office.do(EditPerson(person=office.zhao, manager=office.li))
    office.do(EditPerson(person=office.wang, manager=office.li))
    return office


@pytest.mark.parametrize("part", range(PARTS))
def test_no_trick_ends_with_own_work_accepted(tricky: Office, part: int) -> None:
    handles = {tricky.li: "li", tricky.zhao: "zhao", tricky.wang: "wang"}
    honest = 0
    for number in range(EACH):
        random = Random(f"{tricky.store.postgres} {part} {number}")
        trick = Trick(tricky, random)
        for _ in range(random.randint(1, 7)):
            tricky.clock.move(MINUTE)
            random.choice(trick.steps())()
            hands = set(trick.hands)
            for person in hands:
                trick.grab(handles[person])
            assert trick.now.state not in ENDED, trick.told
        assert own_people(tricky.store, trick.now) >= hands, trick.told
        trick.grab_otherwise(handles[random.choice(sorted(hands))])
        assert trick.now.state not in ENDED, trick.told
        if trick.now.state is State.REVIEW:
            honest += trick.tries(AcceptTask(task=trick.task), by="chen")
    assert honest > 0


def test_two_steps(tricky: Office) -> None:
    """Reassign, then accept: who did the work is known by the assignments."""
    task = tricky.in_review()
    tricky.do(assign(task, tricky.zhao, seen=tricky.li), by="li")
    assert [one.owner for one in tricky.all(Assignment) if one.task == task] == [
        tricky.li,
        tricky.zhao,
    ]
    assert tricky.refused(AcceptTask(task=task), by="li").code == "own-work"
    assert tricky.refused(AcceptTask(task=task), by="zhao").code == "own-work"
    assert tricky.refused(SendBack(task=task, findings="x"), by="li").code == "own-work"


def test_after_a_rejection_former_owners_are_others(tricky: Office) -> None:
    task = tricky.in_review()
    tricky.clock.move(MINUTE)
    tricky.do(assign(task, tricky.zhao, seen=tricky.li), by="li")
    tricky.clock.move(MINUTE)
    tricky.do(SendBack(task=task, findings="不全"), by="chen")
    tricky.clock.move(MINUTE)
    tricky.submit(task, by="zhao")
    assert own_people(tricky.store, tricky.get(task)) == {tricky.zhao}
    assert tricky.refused(AcceptTask(task=task), by="zhao").code == "own-work"
    assert tricky.do(AcceptTask(task=task), by="li").warnings == ()


def test_a_name_in_a_file_that_turns_out_to_be_the_acceptor(tricky: Office) -> None:
    """What a placeholder has done is done by whoever it is merged into."""
    ghost = PersonId(tricky.do(AddPerson(handle="某某", name="某某", placeholder=True)).id)
    made = ImportTask(
        task=CreateTask(project=tricky.project, title="旧任务", owner=ghost, state=State.REVIEW)
    )
    task = TaskId(tricky.do(made, by="li").id)
    tricky.do(MergePerson(placeholder=ghost, person=tricky.li))
    assert tricky.refused(AcceptTask(task=task), by="li").code == "own-work"
    assert tricky.do(AcceptTask(task=task), by="zhao").last


@pytest.mark.parametrize("round_", range(6))
def test_two_desks_at_once(tricky: Office, round_: int) -> None:
    """One hands the task to somebody else while the other accepts it."""
    task = tricky.in_review()
    start = Barrier(2)
    handed_over = assign(task, tricky.zhao, seen=tricky.li)

    def send(handle: str, command: object) -> str:
        with Desk(tricky.store.url, actor=handle, clock=tricky.clock) as desk:
            start.wait()
            try:
                desk.do(command)
            except Refusal as refusal:
                return refusal.code
            return ""

    first, second = ("zhao", handed_over), ("li", AcceptTask(task=task))
    pair = (first, second) if round_ % 2 else (second, first)
    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(("a", "b"), pool.map(lambda one: send(*one), pair), strict=True))
    assert "own-work" in answers.values()
    assert tricky.get(task).state is State.REVIEW


def test_submitting_and_accepting_at_once(tricky: Office) -> None:
    task = tricky.doing(owner=tricky.li)
    start = Barrier(2)

    def submit() -> None:
        with Desk(tricky.store.url, actor="li", clock=tricky.clock) as desk:
            start.wait()
            hand_in(desk, task)

    def accept() -> list[str]:
        told = []
        with Desk(tricky.store.url, actor="li", clock=tricky.clock) as desk:
            start.wait()
            for _ in range(20):
                with suppress(Refusal):
                    desk.do(AcceptTask(task=task))
                    told.append("accepted")
        return told

    with ThreadPoolExecutor(2) as pool:
        submitted, accepted = pool.submit(submit), pool.submit(accept)
        submitted.result()
        assert accepted.result() == []
    assert tricky.get(task).state is State.REVIEW
