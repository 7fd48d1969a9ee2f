"""Rights: standings x acts x states through the real commands, against the published table."""

import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest

import core.commands
from core.commands.assigning import ClaimTask, ConfirmDuty
from core.commands.blocking import BlockTask
from core.commands.closing import CancelTask
from core.commands.editing import AssignTask, EditTask, Setting
from core.commands.handlers import HANDLERS
from core.commands.issues import CloseIssue, EscalateIssue, RaiseIssue, ResolveIssue
from core.commands.needs import NEEDS
from core.commands.parts import AddCollaborator
from core.commands.people import AddDepartment
from core.commands.progress import UpdateProgress
from core.commands.projects import EditProject
from core.commands.reviewing import DelegateAcceptance, SendBack
from core.commands.submitting import SubmitTask
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.commands.warning import ExtendDue, WarnDelay
from core.domain.ids import IssueId, TaskId
from core.domain.refusals import Refusal
from core.domain.status import Role, State
from core.domain.trouble import DelayReason
from core.policies.rights import TABLE, Act, Standing
from tests.architecture.sources import ROOT
from tests.office import Office
from tui.rights_words import ACTS
from tui.words import Words

STATES = (State.DRAFT, State.TODO, State.DOING, State.REVIEW, State.DONE, State.CANCELLED)
PEOPLE = {
    Standing.OBSERVER: "sun",
    Standing.MEMBER: "zhao",
    Standing.COLLABORATOR: "qian",
    Standing.OWNER: "li",
    Standing.ACCEPTOR: "zhou",
    Standing.LEAD: "wu",
    Standing.ADMIN: "wang",
}
NOT_YOURS = {"not-allowed", "observer", "own-work", "not-the-acceptor"}
"""Codes that say that somebody may not; any other refusal is about the facts."""


def published() -> dict[str, dict[str, str]]:
    """The table in docs/permissions.md: cell by act (in words) and standing."""
    text = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    head, *lines = re.findall(r"```text\n(.*?)```", text, re.DOTALL)[0].splitlines()
    columns = head.split()
    table = {}
    for line in lines:
        label, *cells = re.split(r" {2,}", line.strip())
        if len(cells) == len(columns):
            table[label] = dict(zip(columns, cells, strict=True))
    return table


def test_the_documented_table_is_the_policy() -> None:
    words = Words()
    assert published() == {
        words(ACTS[act]): {one.value: cell.value for one, cell in row.items()}
        for act, row in TABLE.items()
    }


def test_every_command_has_its_need() -> None:
    for family in pkgutil.iter_modules(core.commands.__path__):
        import_module(f"core.commands.{family.name}")
    assert set(NEEDS) == {one.__name__ for one in HANDLERS}


class Scene:
    """A task in one state with somebody in each seat."""

    def __init__(self, office: Office, state: State) -> None:
        self.office = office
        qian, zhou = office.person("qian", "钱"), office.person("zhou", "周")
        wu = office.person("wu", "吴")
        self.task = self._make(state, {"acceptor": zhou, "initiator": wu})
        self.is_open = state not in {State.DONE, State.CANCELLED}
        if self.is_open:
            office.do(AddCollaborator(task=self.task, person=qian))
            raised = RaiseIssue(task=self.task, title="慢", impact="迟", handler=office.li)
            self.issue = IssueId(office.do(raised).id)
        office.do(EditProject(project=office.project, lead=wu))

    def _make(self, state: State, fields: dict[str, Any]) -> TaskId:
        office = self.office
        fields |= {"owner": office.li, "due": office.clock.now() + timedelta(days=3)}
        if state is State.REVIEW:
            return office.in_review(**{**fields, "owner": None})
        if state is not State.CANCELLED:
            return office.task(state=state, **fields)
        task = office.task(state=State.TODO, **fields)
        office.do(CancelTask(task=task, seen=State.TODO, reason="算了"))
        return task

    def commands(self) -> Iterator[tuple[Act, object]]:
        """One command of each act that has one."""
        task, office = self.task, self.office
        now, stored = office.clock.now(), office.get(task)
        later = now + timedelta(days=9)
        yield Act.LOG, AddSyncEntry(project=office.project, topic="晨会")
        yield Act.CREATE, CreateTask(project=office.project, title="整理客户名单")
        yield Act.EDIT, EditTask(task=task, settings=(Setting("description", "", "更清楚"),))
        yield Act.ASSIGN, AssignTask(task=task, owner=office.zhao, seen=stored.owner, notes="交接")
        yield Act.CLAIM, ClaimTask(task=task)
        yield Act.TAKE_ON, ConfirmDuty(task=task)
        yield Act.NOTE, UpdateProgress(task=task, progress=stored.progress, done="看过")
        yield Act.WORK, BlockTask(task=task, reason="缺数据", waiting_for="客户")
        yield Act.SUBMIT, SubmitTask(task=task, results="初稿")
        yield Act.JUDGE, SendBack(task=task, findings="数据不全")
        seen = stored.acceptor
        yield Act.JUDGE, DelegateAcceptance(task=task, to=office.zhao, reason="出差", seen=seen)
        yield (
            Act.ASK_LATER,
            WarnDelay(task=task, code=DelayReason.OTHER, reason="慢", expected=later),
        )
        yield Act.GRANT_LATER, ExtendDue(task=task, due=later, reason="商量过", seen=stored.due)
        yield Act.RAISE, RaiseIssue(task=task, title="缺人", impact="迟")
        if self.is_open:
            yield Act.RESOLVE, ResolveIssue(issue=self.issue, resolution="补上了")
            yield Act.CLOSE, CloseIssue(issue=self.issue)
            yield Act.ESCALATE, EscalateIssue(issue=self.issue, reason="没人理")
        yield Act.KEEP, CancelTask(task=task, seen=stored.state, reason="不做了")
        yield Act.RULES, EditProject(project=office.project, goal="更好")
        yield Act.TEAM, AddDepartment(name="新部门")


class _Undo(Exception):
    """Ends a transaction in which a command was only tried."""


def tried(office: Office, command: object, *, by: str) -> str:
    """The code of the refusal, empty if it was taken; nothing is kept of it."""
    try:
        with office.by(by).together() as send:
            send(command)
            raise _Undo  # noqa: TRY301 - so that the transaction ends
    except _Undo:
        return ""
    except Refusal as refusal:
        return refusal.code


SEEN = {Act.SEE, Act.TEMPLATE, Act.REWRITE}
"""Acts without a command: reading, what comes later, what nobody may."""


@pytest.mark.parametrize("state", STATES)
def test_each_standing_may_do_what_the_table_says(office: Office, state: State) -> None:
    scene, table, words = Scene(office, state), published(), Words()
    tried_acts: set[Act] = set()
    for act, command in scene.commands():
        tried_acts.add(act)
        for standing, handle in PEOPLE.items():
            if standing is Standing.COLLABORATOR and not scene.is_open:
                continue  # nobody can be made one of a closed task
            code = tried(office, command, by=handle)
            cell = table[words(ACTS[act])][standing.value]
            may = cell in {"A", "A*"}  # "o": here nobody but wu asked for the task
            assert code not in NOT_YOURS if may else code, (act, standing, code, cell)
    assert tried_acts | SEEN | {Act.RESOLVE, Act.CLOSE, Act.ESCALATE} == set(Act)


@pytest.mark.parametrize(
    ("state", "may"),
    [(State.DRAFT, True), (State.TODO, True), (State.DOING, False), (State.REVIEW, False)],
)
def test_who_asked_for_it_may_word_it_before_it_has_begun(
    office: Office, state: State, *, may: bool
) -> None:
    scene = Scene(office, state)
    office.do(EditTask(task=scene.task, settings=(Setting("initiator", 7, office.zhao),)), by="wu")
    told = {Act.EDIT, Act.KEEP}
    for act, command in scene.commands():
        if act in told:
            code = tried(office, command, by="zhao")
            owned = office.get(scene.task).owner is not None
            assert (code not in NOT_YOURS) is (may and not owned), (act, code)


def test_an_own_draft_is_the_creators(office: Office) -> None:
    made = TaskId(office.do(CreateTask(project=office.project, title="想法"), by="zhao").id)
    for command in (
        EditTask(task=made, settings=(Setting("description", "", "细节"),)),
        EditTask(task=made, settings=(Setting("acceptor", None, office.wang),)),
        CancelTask(task=made, seen=State.TODO, reason="不要了"),
    ):
        assert tried(office, command, by="zhao") == ""
        assert tried(office, command, by="li") == "not-allowed"


def test_members_make_tasks_for_themselves_and_leads_for_others(office: Office) -> None:
    make: Callable[[int], CreateTask] = lambda owner: CreateTask(  # noqa: E731 - shorter so
        project=office.project,
        title="整理",
        owner=owner,  # type: ignore[arg-type]
    )
    assert tried(office, make(office.zhao), by="zhao") == ""
    assert tried(office, make(office.li), by="zhao") == "not-allowed"
    assert tried(office, make(office.li), by="wang") == ""


def test_a_lead_of_another_department_is_a_member_here(office: Office) -> None:
    here = office.do(AddDepartment(name="市场部")).id
    there = office.do(AddDepartment(name="技术部")).id
    office.do(EditProject(project=office.project, department=here))  # type: ignore[arg-type]
    office.person("near", role=Role.LEAD, department=here)
    office.person("far", role=Role.LEAD, department=there)
    office.person("boss", role=Role.LEAD)
    task = office.doing()
    command = AssignTask(task=task, owner=office.zhao, seen=office.li, notes="交接")
    codes = {who: tried(office, command, by=who) for who in ("near", "far", "boss")}
    assert codes == {"near": "", "far": "not-allowed", "boss": ""}
    back = SendBack(task=office.in_review(), findings="数据不全")
    codes = {who: tried(office, back, by=who) for who in ("near", "far", "boss")}
    assert codes == {"near": "", "far": "not-the-acceptor", "boss": ""}


def test_a_refusal_says_what_it_is_and_who_may(office: Office) -> None:
    task = office.doing()
    refused = office.refused(
        AssignTask(task=task, owner=office.zhao, seen=office.li, notes="交接"), by="zhao"
    )
    assert refused.facts == {"key": "T001", "act": "assign", "may": ("lead",)}
