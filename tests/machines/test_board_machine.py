"""Random members give random commands, some on what is no longer so; a plain model says what is."""

import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.commands.assigning import AcknowledgeTask, ClaimTask, ReturnTask
from core.commands.blocking import BlockTask, UnblockTask
from core.commands.closing import ArchiveTask, CancelTask, RestoreTask
from core.commands.dependencies import AddDependency, RemoveDependency
from core.commands.editing import AssignTask, EditTask, Setting
from core.commands.moving import MoveTask, ReorderTask
from core.commands.parts import AddCriterion, ChangeCriterion, RemovePart
from core.commands.progress import UpdateProgress
from core.commands.projects import EditProject
from core.commands.reviewing import AcceptTask, SendBack
from core.commands.submitting import Handover, SubmitTask
from core.commands.tasks import CreateTask
from core.desk import Receipt
from core.domain.assignments import Assignment
from core.domain.ids import PartId, TaskId
from core.domain.parts import Criterion, Dependency
from core.domain.refusals import Refusal
from core.domain.reviews import Review
from core.domain.spells import BlockSpell
from core.domain.status import Priority, State, Verdict
from core.domain.task import Task
from core.store.logs import EventTable, ReceiptTable, TallyTable
from tests.ledgers import flaws
from tests.machines.model import CLOSED, OWNED, STEPS, Board, Card, No
from tests.office import Office
from tests.postgres import Databases

MEMBERS = ("wang", "li", "zhao")
TITLES = st.sampled_from(["用户画像分析", "访谈", "Report", "ＡＢ", "[b]x", "100%"])
WHO = st.sampled_from(("wang", "wang", *MEMBERS))
"""The lead more often, who may do most things."""
MAYBE = st.sampled_from((None, *MEMBERS))
STATES = st.sampled_from([state.value for state in State])
PRIORITIES = st.sampled_from([word.value for word in Priority])
CARD = st.integers(0, 30)
"""Which card: the n-th there is, counted round."""
WHY = st.sampled_from(["", "客户要求"])
SELDOM = st.integers(0, 4).map(lambda number: number == 0)


def handed_in(task: TaskId) -> SubmitTask:
    """A submission with all it takes."""
    handed = (Handover("《成果》", "V1.0", "共享盘"),)
    return SubmitTask(task=task, results="完成", deliverables=handed)


class BoardMachine(RuleBasedStateMachine):
    """Each rule asks the model first and the desk then; both must say the same."""

    url: Callable[[], str]
    drop: Callable[[str], None]

    def __init__(self) -> None:
        super().__init__()
        self.place = type(self).url()
        self.office = Office(self.place)
        self.office.do(EditProject(project=self.office.project, self_accept=False))
        self.board = Board("wang")
        self.accepted = self.receipts()
        self.begun = self.office.desk.mark()
        self.ids = {"wang": self.office.wang, "li": self.office.li, "zhao": self.office.zhao}
        self.names = {number: name for name, number in self.ids.items()}

    def teardown(self) -> None:
        assert flaws(self.office.desk) == (), "the rows are what the log tells of"
        self.office.close()
        type(self).drop(self.place)

    # The two sides.

    def receipts(self) -> int:
        return len(self.office.store.rows(ReceiptTable.select(ReceiptTable.command_id)))

    def both(self, model: Callable[[], Any], command: object, *, by: str) -> Receipt | None:
        """Let both answer; the receipt if both took it."""
        try:
            model()
        except No as no:
            code = str(no)
        else:
            code = ""
        self.office.clock.move(timedelta(minutes=1))
        try:
            receipt: Receipt | None = self.office.do(command, by=by)
        except Refusal as refusal:
            answer, receipt = refusal.code, None
        else:
            answer = ""
            self.accepted += 1
        assert answer == code, f"the model says {code or 'yes'}, the desk {answer or 'yes'}"
        return receipt

    def pick(self, place: int, fits: Callable[[Card], bool] = lambda _: True) -> int:
        """The n-th card of those that fit; of all if none does, or for every fifth ``place``."""
        numbers = sorted(self.board.cards)
        fitting = [number for number in numbers if fits(self.board.cards[number])]
        chosen = fitting if fitting and place % 5 else numbers
        return chosen[place % len(chosen)]

    # What members do.

    @initialize(title=TITLES)
    def begin(self, title: str) -> None:
        for steps, owner in enumerate((None, "li", "zhao", "li", "li")):
            self.create(title, owner, by="wang", place=0, below=False)
            for _ in range(steps - 1):
                self.step(max(self.board.cards))

    @rule(title=TITLES, owner=MAYBE, by=WHO, place=CARD, below=SELDOM)
    def create(self, title: str, owner: str | None, by: str, place: int, below: bool) -> None:
        parent = self.pick(place) if below and self.board.cards else None
        key = self.board.next_key(parent)
        card = Card(key=key, title=title, owner=owner, maker=by, parent=parent)
        command = CreateTask(
            project=None if parent else self.office.project,
            parent=TaskId(parent) if parent else None,
            title=title,
            owner=self.ids[owner] if owner else None,
        )
        receipt = self.both(lambda: self.board.may_create(owner, by=by), command, by=by)
        if receipt is not None:
            assert receipt.name == card.key
            self.board.create(receipt.id, card)

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, value=TITLES, stale=SELDOM, by=WHO)
    def retitle(self, place: int, value: str, stale: bool, by: str) -> None:
        number = self.pick(place)
        seen = "was something else" if stale else self.board.cards[number].title
        self._edit(number, Setting("title", seen, value), by=by)

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, seen=PRIORITIES, value=PRIORITIES, by=WHO)
    def rate(self, place: int, seen: str, value: str, by: str) -> None:
        self._edit(self.pick(place), Setting("priority", Priority(seen), Priority(value)), by=by)

    def _edit(self, number: int, setting: Setting, *, by: str) -> None:
        name, seen, value = setting
        self.both(
            lambda: self.board.edit(number, name, seen=seen, value=value, by=by),
            EditTask(task=TaskId(number), settings=(setting,)),
            by=by,
        )

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, owner=MAYBE, stale=SELDOM, by=WHO)
    def assign(self, place: int, owner: str | None, stale: bool, by: str) -> None:
        number = self.pick(place)
        now = self.board.cards[number].owner
        seen = ("li" if now is None else None) if stale else now
        command = AssignTask(
            task=TaskId(number),
            owner=self.ids[owner] if owner else None,
            seen=self.ids[seen] if seen else None,
            notes="交接说明",
        )
        self.both(lambda: self.board.assign(number, owner, seen=seen, by=by), command, by=by)

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, by=WHO)
    def claim(self, place: int, by: str) -> None:
        number = self.pick(place, lambda card: card.owner is None)
        command = ClaimTask(task=TaskId(number))
        self.both(lambda: self.board.claim(number, by=by), command, by=by)

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, to=WHO)
    def hand_over(self, place: int, to: str) -> None:
        """The lead gives work that is begun to somebody else."""
        number = self.pick(place, lambda card: card.state in OWNED)
        seen = self.board.cards[number].owner
        command = AssignTask(
            task=TaskId(number),
            owner=self.ids[to],
            seen=self.ids[seen] if seen else None,
            notes="交接说明",
        )
        self.both(lambda: self.board.assign(number, to, seen=seen, by="wang"), command, by="wang")

    def given(self, place: int, by: str | None) -> tuple[int, str]:
        """A card that waits to be taken on, and ``by`` or its owner."""
        number = self.pick(
            place,
            lambda card: bool(card.holding and not card.holding.taken) and card.state not in CLOSED,
        )
        return number, by or self.board.cards[number].owner or "li"

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, by=MAYBE)
    def take_on(self, place: int, by: str | None) -> None:
        number, by = self.given(place, by)
        command = AcknowledgeTask(task=TaskId(number))
        self.both(lambda: self.board.take_on(number, by=by), command, by=by)

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, by=st.sampled_from((None, None, *MEMBERS)))
    def give_back(self, place: int, by: str | None) -> None:
        number, by = self.given(place, by)
        command = ReturnTask(task=TaskId(number), reason="没有时间")
        self.both(lambda: self.board.give_back(number, by=by), command, by=by)

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, to=STATES, stale=SELDOM, by=WHO, why=st.sampled_from(["", "重做"]))
    def move(self, place: int, to: str, stale: bool, by: str, why: str) -> None:
        number = self.pick(place)
        seen = "draft" if stale else self.board.cards[number].state
        self.both(
            lambda: self.board.move(number, to, seen=seen, by=by, reason=why),
            MoveTask(task=TaskId(number), to=State(to), seen=State(seen), reason=why),
            by=by,
        )

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, steps=st.integers(1, 4))
    def go_on(self, place: int, steps: int) -> None:
        """The usual way: an owned card goes on by some steps, to the end if it may."""
        number = self.pick(place, lambda card: bool(card.owner) and card.state not in CLOSED)
        for _ in range(steps):
            self.step(number)

    def step(self, number: int) -> None:
        """One step of the usual way."""
        card, task = self.board.cards[number], TaskId(number)
        by = card.owner or "li"
        if card.state == "todo":
            self.both(
                lambda: self.board.move(number, "doing", seen="todo", by=by, reason=""),
                MoveTask(task=task, to=State.DOING, seen=State.TODO),
                by=by,
            )
        elif card.state == "doing":
            self.both(lambda: self.board.submit(number, by=by), handed_in(task), by=by)
        elif card.state == "review":
            command = AcceptTask(task=task)
            self.both(lambda: self.board.judge(number, by="wang", good=True), command, by="wang")

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, by=WHO, own=st.booleans())
    def submit(self, place: int, by: str, own: bool) -> None:
        number = self.pick(place, lambda card: card.state == "doing")
        task, by = TaskId(number), (self.board.cards[number].owner if own else None) or by
        self.both(lambda: self.board.submit(number, by=by), handed_in(task), by=by)

    @precondition(lambda self: len(self.board.cards) > 1)
    @rule(place=CARD, other=CARD, below=st.booleans(), by=WHO, near=st.booleans())
    def reorder(self, place: int, other: int, below: bool, by: str, near: bool) -> None:
        number, neighbour = self.pick(place), self.pick(other)
        if near:
            column = self.board.column(self.board.cards[number])
            neighbour = column[other % len(column)]
        self.both(
            lambda: self.board.reorder(number, neighbour, below=below),
            ReorderTask(task=TaskId(number), neighbour=TaskId(neighbour), below=below),
            by=by,
        )

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, by=WHO)
    def block(self, place: int, by: str) -> None:
        number = self.pick(place, lambda card: not card.blocked and card.state not in CLOSED)
        card = self.board.cards[number]

        def model() -> None:
            self.board.lets(by, card.owner)
            self.board.is_open(card)
            if card.blocked:
                raise No("already-blocked")
            card.blocked = True

        command = BlockTask(task=TaskId(number), reason="等签字", waiting_for="客户")
        self.both(model, command, by=by)

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, by=WHO)
    def unblock(self, place: int, by: str) -> None:
        number = self.pick(place, lambda card: card.blocked)
        card = self.board.cards[number]

        def model() -> None:
            self.board.lets(by, card.owner)
            if not card.blocked:
                raise No("not-blocked")
            card.blocked = False

        self.both(model, UnblockTask(task=TaskId(number)), by=by)

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, progress=st.integers(-5, 105), by=WHO)
    def update(self, place: int, progress: int, by: str) -> None:
        number = self.pick(place)
        card = self.board.cards[number]

        def model() -> None:
            self.board.lets(by, card.owner)
            self.board.is_open(card)
            if not 0 <= progress <= 100:
                raise No("bad-value")
            card.progress = progress
            card.works(by)

        self.both(model, UpdateProgress(task=TaskId(number), progress=progress), by=by)

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, good=st.booleans(), by=st.sampled_from(("wang", *MEMBERS)))
    def judge(self, place: int, good: bool, by: str) -> None:
        number = self.pick(place, lambda card: card.state == "review")
        task = TaskId(number)
        command = AcceptTask(task=task) if good else SendBack(task=task, findings="缺目录")
        self.both(lambda: self.board.judge(number, by=by, good=good), command, by=by)

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, stale=SELDOM, by=WHO, result=st.sampled_from(["", "客户满意"]))
    def archive(self, place: int, stale: bool, by: str, result: str) -> None:
        number = self.pick(place, lambda card: card.state in {"done", "cancelled"})
        seen = "draft" if stale else self.board.cards[number].state
        self.both(
            lambda: self.board.archive(number, seen=seen, result=result, by=by),
            ArchiveTask(task=TaskId(number), seen=State(seen), actual=result),
            by=by,
        )

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, stale=SELDOM, by=WHO)
    def cancel(self, place: int, stale: bool, by: str) -> None:
        number = self.pick(place, lambda card: card.state not in CLOSED)
        seen = "draft" if stale else self.board.cards[number].state
        command = CancelTask(task=TaskId(number), seen=State(seen), reason="取消")
        self.both(lambda: self.board.cancel(number, seen=seen, by=by), command, by=by)

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, by=WHO)
    def restore(self, place: int, by: str) -> None:
        number = self.pick(place, lambda card: card.before is not None)
        command = RestoreTask(task=TaskId(number))
        self.both(lambda: self.board.restore(number, by=by), command, by=by)

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, other=CARD, by=WHO)
    def depend(self, place: int, other: int, by: str) -> None:
        number, needs = self.pick(place), self.pick(other)
        command = AddDependency(task=TaskId(number), needs=TaskId(needs))
        self.both(lambda: self.board.depend(number, needs, by=by), command, by=by)

    @precondition(lambda self: self.board.cards)
    @rule(place=CARD, other=CARD, by=WHO)
    def free(self, place: int, other: int, by: str) -> None:
        number = self.pick(place)
        known = sorted(self.board.cards[number].needs)
        needs = known[other % len(known)] if known else self.pick(other)

        def model() -> None:
            card = self.board.cards[number]
            self.board.lets(by, card.owner, self.board.makers(card))
            self.board.is_kept(card)
            if not known:
                raise No("no-such-dependency")
            card.needs.remove(needs)

        command = RemoveDependency(task=TaskId(number), needs=TaskId(needs))
        self.both(model, command, by=by)

    @precondition(lambda self: not all(card.criteria for card in self.board.cards.values()))
    @rule(place=CARD, by=WHO, why=WHY)
    def ask_for(self, place: int, by: str, why: str) -> None:
        number = self.pick(place, lambda card: not card.criteria and card.state not in CLOSED)
        card = self.board.cards[number]
        command = AddCriterion(task=TaskId(number), text="有目录", reason=why)
        receipt = self.both(lambda: self.board.ask_for(card, reason=why, by=by), command, by=by)
        if receipt:
            card.criteria[receipt.id] = False

    @precondition(lambda self: any(card.criteria for card in self.board.cards.values()))
    @rule(place=CARD, met=st.sampled_from([True, True, False]), gone=SELDOM, by=WHO, why=WHY)
    def tick(self, place: int, met: bool, gone: bool, by: str, why: str) -> None:
        listed = [(card, one) for card in self.board.cards.values() for one in card.criteria]
        card, one = listed[place % len(listed)]

        def model() -> None:
            if gone:
                self.board.ask_for(card, reason=why, by=by)
                del card.criteria[one]
            else:
                self.board.lets(by)
                card.criteria[one] = met

        remove = RemovePart(kind="criterion", part=PartId(one), reason=why)
        change = ChangeCriterion(criterion=PartId(one), met=met)
        self.both(model, remove if gone else change, by=by)

    @rule(title=TITLES, by=WHO)
    def repeat(self, title: str, by: str) -> None:
        """The same command under one id: an answer got lost, the member asks again."""
        number, key = uuid4(), self.board.next_key(None)
        command = CreateTask(project=self.office.project, title=title)
        made = self.office.by(by).do(command, command_id=number)
        again = self.office.by(by).do(command, command_id=number)
        assert (again.id, again.repeated, made.repeated) == (made.id, True, False)
        self.accepted += 1
        self.board.create(made.id, Card(key=key, title=title, owner=None, maker=by))

    # What always holds.

    @invariant()
    def the_store_is_the_model(self) -> None:
        tasks = {task.id: task for task in self.office.all(Task)}
        stored = {number: self._said(task) for number, task in tasks.items()}
        wanted = {number: self._model(card) for number, card in self.board.cards.items()}
        assert stored == wanted
        for column, numbers in self.board.order.items():
            there = [one for one in tasks.values() if (one.state.value, one.parent) == column]
            ordered = sorted(there, key=lambda one: (one.position, one.id))
            assert [one.id for one in ordered] == numbers
        for task in tasks.values():
            assert task.state.value not in OWNED or task.owner is not None
            assert (task.closed is not None) == (task.state.value in CLOSED)

    def _said(self, task: Task) -> tuple[Any, ...]:
        return (
            task.key,
            task.title,
            self.names.get(task.owner) if task.owner else None,
            task.priority.value,
            task.state.value,
            task.parent,
            task.blocked_since is not None,
            task.before.value if task.before else None,
            task.progress,
            task.round,
        )

    @staticmethod
    def _model(card: Card) -> tuple[Any, ...]:
        return (
            card.key,
            card.title,
            card.owner,
            card.priority,
            card.state,
            card.parent,
            card.blocked,
            card.before,
            card.progress,
            card.round,
        )

    @invariant()
    def who_has_it_is_who_was_given_it(self) -> None:
        """One open assignment a task that has an owner, and it is theirs; none of the others."""
        kept = [one for one in self.office.all(Assignment) if one.ended is None]
        owned = {task.id: task.owner for task in self.office.all(Task) if task.owner}
        assert {one.task: one.owner for one in kept} == owned
        assert len(kept) == len(owned)
        waiting = {one.task for one in kept if one.acknowledged is None}
        given = {number: card.holding for number, card in self.board.cards.items()}
        assert waiting == {number for number, one in given.items() if one and not one.taken}
        assert not any(task.id in waiting and task.updated for task in self.office.all(Task))

    @invariant()
    def parts_belong_to_their_tasks(self) -> None:
        cards = self.board.cards
        pairs = {(one.task, one.needs) for one in self.office.all(Dependency)}
        assert pairs == {(number, needs) for number, card in cards.items() for needs in card.needs}
        assert not any(self.board.reaches(needs, number) for number, needs in pairs)
        ticked = {one.id: one.met for one in self.office.all(Criterion)}
        assert ticked == {one: met for card in cards.values() for one, met in card.criteria.items()}
        spells = Counter(one.task for one in self.office.all(BlockSpell) if one.ended is None)
        assert spells == Counter(number for number, card in cards.items() if card.blocked)
        pending = Counter(
            one.task for one in self.office.all(Review) if one.verdict is Verdict.PENDING
        )
        assert pending == Counter(
            number for number, card in cards.items() if card.state == "review"
        )

    @invariant()
    def tallies_are_the_counts(self) -> None:
        query = TallyTable.select(TallyTable.state, TallyTable.cards, TallyTable.parts)
        kept = {}
        for state, cards, parts in self.office.store.rows(query):
            kept |= {(state, False): cards, (state, True): parts}
        counted = Counter(
            (card.state, card.parent is not None) for card in self.board.cards.values()
        )
        assert {column: count for column, count in kept.items() if count} == dict(counted)

    @invariant()
    def the_log_tells_it_all(self) -> None:
        """One receipt a command; numbers without a gap; replayed, the events give the states."""
        assert self.receipts() == self.accepted
        names = (EventTable.number, EventTable.kind, EventTable.task, EventTable.changes)
        query = EventTable.select(*names).where(EventTable.number > self.begun)
        found = self.office.store.rows(query.order_by(EventTable.number))
        assert [row[0] for row in found] == list(range(self.begun + 1, self.begun + 1 + len(found)))
        replayed: dict[int, str] = {}
        for _, kind, task, changes in found:
            old, new = EventTable.changes.python_value(changes).get("state", (None, None))
            if new is None:
                continue
            assert replayed.get(task) == old
            if kind in {"task-moved", "task-submitted", "task-withdrawn", "task-sent-back"}:
                assert new in STEPS[old]
            replayed[task] = new
        assert replayed == {number: card.state for number, card in self.board.cards.items()}


def run(machine: type[BoardMachine], *, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_board_on_sqlite() -> None:
    with tempfile.TemporaryDirectory() as folder:

        class OnSqlite(BoardMachine):
            @staticmethod
            def url() -> str:
                return f"sqlite:///{Path(folder) / uuid4().hex}.db"

            @staticmethod
            def drop(url: str) -> None:
                Path(url.removeprefix("sqlite:///")).unlink()

        profile = settings().max_examples
        run(OnSqlite, examples=max(60, profile if profile > 100 else 0), steps=40)


def test_the_board_on_postgres(databases: Databases) -> None:
    from tests.conftest import _with_tables

    class OnPostgres(BoardMachine):
        @staticmethod
        def url() -> str:
            return databases.create(_with_tables)

        @staticmethod
        def drop(url: str) -> None:
            databases.drop(url)

    run(OnPostgres, examples=6, steps=30)


def test_the_model_is_not_the_program() -> None:
    """The model would catch a program that let anybody accept: it does refuse."""
    board = Board("wang")
    board.create(1, Card(key="T001", title="t", owner="li", maker="wang"))
    board.move(1, "doing", seen="todo", by="li", reason="")
    board.submit(1, by="li")
    for member in ("li", "zhao"):
        with pytest.raises(No):
            board.judge(1, by=member, good=True)
