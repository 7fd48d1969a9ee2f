"""What is restricted shows nowhere but to its author, its audience and leads, on both engines."""

import inspect
import io
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from uuid import UUID

import pytest

from core import queries
from core.commands.issues import RaiseIssue
from core.commands.meetings import HoldMeeting
from core.commands.people import AddDepartment, EditDepartment, EditPerson
from core.commands.projects import AddProject, EditProject
from core.commands.sync import AddSyncEntry, MakeFollowUpTask
from core.commands.ticking import Tick
from core.domain.ids import DepartmentId, PartId, PersonId, ProjectId
from core.domain.meetings import MeetingKind
from core.domain.refusals import BadValue, NotFound, Refusal
from core.domain.status import Role, SyncKind
from core.domain.timers import Target
from core.exchange.export import export
from core.queries.board import Chosen
from core.queries.history import events
from core.queries.listing import Wanted
from core.queries.searching import search
from core.queries.synclog import SyncFilter, entries, entry
from core.queries.triage_facts import About
from core.queries.visibility import sees
from tests.office import MORNING, Office

SECRET = "绝密并购"
WORD = "zxmerger"
OUTSIDERS = ("zhou", "sun", "qian", None)
"""A member, an observer, the lead of another project and department, somebody unknown."""
INSIDERS = ("li", "zhao", "wu", "wang", "boss", "head")
"""Author, audience, member of an audience department, leads of project, team and department."""


class Secrets(Office):
    """An office with a public entry, and three restricted ones by li."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        data, sales = (self.do(AddDepartment(name=name)).id for name in ("数据部", "市场部"))
        home = self.do(AddDepartment(name="总部")).id
        self.person("wu", "吴数", department=DepartmentId(data))
        self.zhou = self.person("zhou", "周外")
        qian = self.person("qian", "钱别", department=DepartmentId(sales))
        self.person("boss", "鲍总", role=Role.LEAD)
        head = self.person("head", "何主任")
        self.do(EditDepartment(department=DepartmentId(home), lead=head))
        self.do(EditDepartment(department=DepartmentId(sales), lead=qian))
        self.do(EditProject(project=self.project, department=DepartmentId(home)))
        self.do(AddProject(key="OTH", name="另一个", lead=qian))
        self.data = DepartmentId(data)
        self.known = self.task("客户访谈", owner=self.li)
        self.meeting = PartId(self.do(HoldMeeting(**self._held())).id)
        public = self.say(topic="公开周报", restricted=False)
        self.public = PartId(public.id)
        self.asked = PartId(self.say(**self._asked()).id)
        answer = self.say(by="zhao", topic=f"{SECRET}答复", answers=self.asked)
        self.answer = PartId(answer.id)
        decided = self.say(topic=f"{SECRET}{WORD}决定", meeting=self.meeting, people=(self.zhao,))
        self.decided = PartId(decided.id)
        self.secrets = (self.asked, self.answer, self.decided)

    def _held(self) -> dict[str, Any]:
        return {
            "project": self.project,
            "kind": MeetingKind.WEEKLY,
            "topic": "第13周例会",
            "decisions": ("公开决定",),
        }

    def _asked(self) -> dict[str, Any]:
        return {
            "task": self.known,
            "topic": f"{SECRET} {WORD}",
            "content": f"{SECRET}内容 {WORD}",
            "kind": SyncKind.PROBLEM,
            "audience": "赵敏、数据部",
            "reference": f"{WORD}.docx",
            "remarks": f"{SECRET}备注",
            "asks": self.zhao,
            "follow_up": f"准备{SECRET}材料",
            "follow_up_owner": self.zhao,
            "follow_up_due": date(2024, 3, 26),
        }

    def say(self, *, by: str = "li", **fields: Any) -> Any:
        fields = {"project": self.project, "restricted": True, **fields}
        return self.do(AddSyncEntry(**fields), by=by)

    def number(self, handle: str | None) -> PersonId | None:
        me = self.by(handle).me() if handle else None
        return me.id if me else None

    def seen(self, handle: str | None) -> list[int]:
        rows = self.desk.ask(entries, viewer=self.number(handle))
        return sorted(row.id for row in rows)


@pytest.fixture
def office(store_url: str) -> Iterator[Secrets]:
    made = Secrets(store_url)
    yield made
    made.close()


def told(value: object) -> bool:
    """Whether something says a secret word."""
    said = str(value)
    return SECRET in said or WORD in said


# Who sees them


@pytest.mark.parametrize("handle", INSIDERS)
def test_author_audience_and_leads_see_restricted_entries(office: Secrets, handle: str):
    seen = office.seen(handle)
    assert office.asked in seen
    assert all(sees(office.store, office.number(handle), one) for one in seen)
    assert office.desk.ask(entry, office.asked, viewer=office.number(handle)).restricted


@pytest.mark.parametrize("handle", OUTSIDERS)
def test_nobody_else_does(office: Secrets, handle: str | None):
    viewer = office.number(handle)
    assert not set(office.seen(handle)) & set(office.secrets)
    assert office.public in office.seen(handle)
    for one in office.secrets:
        assert not sees(office.store, viewer, one)
        with pytest.raises(NotFound):
            office.desk.ask(entry, one, viewer=viewer)


def test_the_audience_follows_the_department(office: Secrets):
    office.do(EditPerson(person=office.zhou, department=office.data))
    assert office.asked in office.seen("zhou")
    assert office.decided not in office.seen("zhou")
    assert office.decided not in office.seen("wu")


def test_an_answer_is_as_restricted_as_its_question(office: Secrets):
    assert office.answer in office.seen("wu")
    assert office.answer in office.seen("li")
    made = office.do(
        AddSyncEntry(project=office.project, topic="答", answers=office.asked), by="wu"
    )
    assert office.desk.ask(entry, PartId(made.id), viewer=office.li).restricted
    assert made.id not in office.seen("zhou")


def test_who_shall_answer_or_act_sees_what_they_are_asked(office: Secrets):
    made = office.say(topic="请回答", asks=office.zhou, people=(office.zhao,))
    assert made.id in office.seen("zhou")


def test_an_outsider_can_neither_answer_nor_make_a_task(office: Secrets):
    answer = AddSyncEntry(project=office.project, topic="x", answers=office.asked)
    for command in (answer, MakeFollowUpTask(entry=office.asked)):
        refusal = office.refused(command, by="zhou")
        assert isinstance(refusal, NotFound)
        assert not told(refusal.facts)


def test_a_restricted_entry_is_for_somebody(office: Secrets):
    for fields, reason in (
        ({}, "empty"),
        ({"audience": "项目组全体"}, "everyone"),
        ({"audience": "赵敏、没有这个人"}, "unknown"),
    ):
        command = AddSyncEntry(project=office.project, topic="x", restricted=True, **fields)
        refusal = office.refused(command, by="li")
        assert isinstance(refusal, BadValue)
        assert (refusal.facts["field"], refusal.facts["reason"]) == ("audience", reason)


# Every question, export and list of events

KNOWN: dict[str, Callable[[Secrets, PersonId | None], Any]] = {
    "viewer": lambda _, viewer: viewer,
    "scope": lambda *_: "all",
    "project": lambda office, _: office.project,
    "task": lambda office, _: office.known,
    "tasks": lambda office, _: (office.known,),
    "parent": lambda office, _: office.known,
    "now": lambda office, _: office.desk.now(),
    "since": lambda office, _: office.desk.now() - timedelta(days=30),
    "shown": lambda *_: SyncFilter(),
    "chosen": lambda *_: Chosen(),
    "wanted": lambda *_: Wanted(),
    "words": lambda *_: SECRET,
    "text": lambda *_: SECRET,
    "name": lambda *_: WORD,
    "names": lambda *_: (SECRET,),
    "titles": lambda *_: (SECRET,),
    "topics": lambda *_: (f"{SECRET} {WORD}",),
    "days": lambda *_: (MORNING.date(),),
    "person": lambda office, _: office.zhao,
    "about": lambda office, _: About(target=Target.TASK, object=office.known, task=office.known),
    "command_id": lambda *_: UUID(int=1),
}
"""How a question's parameters are filled, by name."""
SPECIAL: dict[str, list[dict[str, Any]]] = {
    "synclog.entry": [{"number": number} for number in range(1, 8)],
    "meetings.meeting": [{"number": 1}],
    "detail.task_view": [{"number": 1}],
    "cycle.task_cycle": [{"number": 1}],
    "cycle.project_cycle": [{"number": 1}],
    "news.news": [{"since": 0}],
    "issues.issues": [{}],
    "issues.issue_view": [{"number": 1}],
}
MUST = {
    "alerts.alert_counts",
    "alerts.alerts",
    "detail.task_view",
    "exporting.sync_entries",
    "history.events",
    "importing.entries_like",
    "listing.tasks",
    "meetings.meeting",
    "meetings.meetings",
    "searching.search",
    "synclog.entries",
    "synclog.entry",
    "ticking.due_now",
    "triage.triage",
    "triage_facts.facts",
}
"""Those that are asked for certain; every other one that can be asked is asked too."""
UNVIEWED = {"history.events", "ticking.due_now"}


def questions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every function of core.queries that is given a store."""
    for module in iter_modules(queries.__path__):
        found = import_module(f"core.queries.{module.name}")
        for name, one in vars(found).items():
            if not inspect.isfunction(one) or name.startswith("_"):
                continue
            if one.__module__ == found.__name__ and _takes(one)[:1] == ["store"]:
                yield f"{module.name}.{name}", one


def _takes(question: Callable[..., Any]) -> list[str]:
    return list(inspect.signature(question).parameters)


def answers(office: Secrets, viewer: PersonId | None) -> dict[str, list[str]]:
    """What every question says to ``viewer``, refusals included."""
    found: dict[str, list[str]] = {}
    for name, question in questions():
        parameters = list(inspect.signature(question).parameters.values())[1:]
        for more in SPECIAL.get(name, [{}]):
            named = {
                one.name: KNOWN[one.name](office, viewer)
                for one in parameters
                if one.name in KNOWN and one.name not in more and one.kind is not one.VAR_KEYWORD
            }
            named = {} if SPECIAL.get(name) == [{}] else named | more
            needed = {one.name for one in parameters if one.default is one.empty}
            needed -= {one.name for one in parameters if one.kind is one.VAR_KEYWORD}
            if needed <= named.keys():
                found.setdefault(name, []).append(_said(office, question, named))
    return found


def _said(office: Secrets, question: Callable[..., Any], named: dict[str, Any]) -> str:
    try:
        return repr(office.desk.ask(question, **named))
    except NotFound as refusal:
        return repr(refusal.facts.get("near"))
    except Refusal as refusal:
        return repr(refusal)


@pytest.fixture
def late(office: Secrets) -> Secrets:
    """A week later, when every limit has passed and was noticed."""
    office.say(
        topic=f"{SECRET}再问",
        asks=office.zhao,
        follow_up=f"{SECRET}再办",
        follow_up_owner=office.zhao,
        follow_up_due=date(2024, 3, 26),
    )
    office.do(RaiseIssue(project=office.project, task=None, title="接口慢", impact="延期"))
    office.clock.move(timedelta(days=8))
    office.do(Tick(), by="wang")
    return office


@pytest.mark.parametrize("handle", OUTSIDERS)
def test_no_question_tells_an_outsider(late: Secrets, handle: str | None):
    found = answers(late, late.number(handle))
    assert found.keys() >= MUST
    assert [name for name, said in found.items() if told(said)] == []


def test_questions_do_tell_those_who_may_see(late: Secrets):
    found = answers(late, late.wang)
    assert {name for name, said in found.items() if told(said)} >= {
        "exporting.sync_entries",
        "importing.entries_like",
        "meetings.meeting",
        "searching.search",
        "synclog.entries",
        "synclog.entry",
    }
    assert not any(told(found[name]) for name in UNVIEWED)


def test_no_event_carries_a_word_of_them(late: Secrets):
    assert not any(told(one) for one in late.events())


def test_no_list_of_events_has_them(office: Secrets):
    before = [row.number for row in office.desk.ask(events, limit=500)]
    office.say(topic=f"{SECRET}三", asks=office.zhao)
    assert [row.number for row in office.desk.ask(events, limit=500)] == before
    office.do(AddSyncEntry(project=office.project, topic="公开"))
    assert len(office.desk.ask(events, limit=500)) == len(before) + 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_exports_have_them_for_those_who_may_see(office: Secrets, form: str):
    def exported(handle: str) -> int:
        return export(office.by(handle), "T1-3", io.BytesIO(), as_format=form).rows

    assert exported("zhou") == len(office.seen("zhou"))
    assert exported("wang") == exported("zhou") + 3
    assert exported("wu") == exported("zhou") + 2


def test_an_exported_table_has_no_word_of_them(office: Secrets):
    def text(handle: str) -> str:
        file = io.BytesIO()
        export(office.by(handle), "T1-3", file, as_format="csv")
        return file.getvalue().decode("utf-8-sig")

    assert not told(text("zhou"))
    assert told(text("wang"))
    assert "公开周报" in text("zhou")


def test_the_search_neither_finds_nor_counts_them(office: Secrets):
    for word in (SECRET, WORD, "并购"):
        assert office.desk.ask(search, word, viewer=office.zhou) == ()
        assert office.desk.ask(search, word, viewer=office.zhao)


def test_a_receipt_names_a_restricted_entry_by_its_number(office: Secrets):
    receipt = office.say(topic=f"{SECRET}四", people=(office.zhao,))
    assert receipt.name == f"#{receipt.id}"
    refusal = office.refused(MakeFollowUpTask(entry=office.asked), by="zhao")
    assert refusal.code == "follow-up-restricted"
    assert not told(str(refusal.facts))
    made = office.do(MakeFollowUpTask(entry=office.asked, openly=True), by="zhao")
    task = office.get(made.id)
    assert task.title == f"准备{SECRET}材料"
    assert not told(task.note)


def test_merging_a_person_keeps_their_view(office: Secrets):
    from core.commands.people import MergePerson

    holder = office.person("holder", "客户对接人", placeholder=True)
    made = office.say(topic="给客户", people=(holder,))
    office.do(MergePerson(placeholder=holder, person=office.zhou))
    assert made.id in office.seen("zhou")


def test_another_project_has_its_own_leads(office: Secrets):
    made = office.say(topic="别处", project=ProjectId(2), people=(office.zhao,))
    assert made.id in office.seen("qian")
    assert made.id not in office.seen("head")
    assert made.id not in office.seen("wang")
