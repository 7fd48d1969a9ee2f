"""Responsibilities by letter: what is set, what follows, what is warned of, and the matrix."""

from typing import Any

import pytest

from core.commands.closing import CancelTask
from core.commands.people import AddPerson, MergePerson
from core.commands.projects import AddProject
from core.commands.raci import RemoveRaci, SetRaci, Told
from core.commands.tasks import CreateTask
from core.domain.duties import Letter, RaciEntry
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.refusals import BadValue, Conflict, NotFound
from core.domain.status import State
from core.policies.raci import Behind, Duty, Finding, Holder, Source, check, duties, written
from core.queries.raci import Matrix, joined, matrix, rows_of, shared_titles, whole
from core.queries.raci_rows import Cell, MatrixRow
from tests.office import Office

R, A, C, I = Letter  # noqa: E741 - the letters' own names


def entry(letter: Letter, person: int | None = None, label: str = "") -> RaciEntry:
    who = None if person is None else PersonId(person)
    return RaciEntry(task=TaskId(1), person=who, label=label, letter=letter)


def put(office: Office, task: TaskId, letters: str, *, by: str = "wang", **fields: Any) -> Any:
    """Set letters, such as ``R/A``."""
    said = tuple(Letter(one) for one in letters.split("/"))
    return office.do(SetRaci(task=task, letters=said, **fields), by=by)


def row(office: Office, task: TaskId) -> MatrixRow:
    return office.desk.ask(matrix, task=task).rows[0]


def said(found: MatrixRow) -> dict[str, str]:
    """Letters by name; a star behind those that nobody set."""
    names = {one.holder: one.name for one in found.columns}
    return {
        names[holder]: written(cell.letters, cell.note) + "*" * bool(cell.derived)
        for holder, cell in found.cells.items()
    }


# The rule


def test_r_and_a_follow_from_owner_and_acceptor() -> None:
    behind = Behind(PersonId(1), PersonId(2), PersonId(3))
    assert duties((), behind) == (
        Duty(Holder(PersonId(1)), R, Source.OWNER),
        Duty(Holder(PersonId(2)), A, Source.ACCEPTOR),
    )
    set_by_hand = duties((entry(R, 7), entry(A, label="客户")), behind)
    assert set_by_hand == (Duty(Holder(PersonId(7)), R), Duty(Holder(label="客户"), A))


def test_who_leads_is_a_only_where_nothing_was_set() -> None:
    leads = Behind(leads=PersonId(3))
    assert duties((), leads) == (Duty(Holder(PersonId(3)), A, Source.POSITION),)
    assert duties((entry(R, 7),), leads) == (Duty(Holder(PersonId(7)), R),)


@pytest.mark.parametrize(
    ("letters", "findings"),
    [
        ("RA", ()),
        ("RRAC", ()),
        ("", (Finding.WITHOUT_A, Finding.WITHOUT_R)),
        ("IRC", (Finding.WITHOUT_A,)),
        ("RAA", (Finding.SEVERAL_A,)),
        ("AA", (Finding.SEVERAL_A, Finding.WITHOUT_R)),
        ("ACI", (Finding.WITHOUT_R,)),
    ],
)
def test_exactly_one_a_and_at_least_one_r(letters: str, findings: tuple[Finding, ...]) -> None:
    given = [Duty(Holder(PersonId(at)), Letter(one)) for at, one in enumerate(letters)]
    assert check(given) == findings


def test_one_who_is_a_twice_is_one_a() -> None:
    twice = duties((entry(A, 1), entry(A, 1), entry(R, 1)), Behind())
    assert check(twice) == ()


# Setting and removing


def test_letters_replace_those_of_the_same_person(office: Office) -> None:
    task = office.task()
    put(office, task, "A/R", person=office.li, note="撰写")
    made = office.last()
    assert (made.kind, made.subject, made.task) == ("raci-set", "li", task)
    assert made.changes == {"letters": [None, "R/A"], "note": [None, "撰写"]}
    put(office, task, "R/C", person=office.li, note="撰写")
    assert office.last().changes == {"letters": ["R/A", "R/C"]}
    assert {(one.letter, one.note) for one in office.all(RaciEntry)} == {(R, "撰写"), (C, "撰写")}
    mark = office.desk.mark()
    put(office, task, "C/R", person=office.li, note="撰写")
    assert office.desk.mark() == mark


def test_a_role_has_letters_too_and_a_person_may_have_them_in_a_role(office: Office) -> None:
    task = office.task()
    put(office, task, "I", label=" 客户对接人 ")
    put(office, task, "C", person=office.li, label="数据支持", note="提供数据维度")
    assert office.last().changes["role"] == [None, "数据支持"]
    columns = row(office, task).columns
    assert [(one.holder, one.name, one.role) for one in columns] == [
        (Holder(label="客户对接人"), "客户对接人", ""),
        (Holder(office.li), "李娜", "数据支持"),
    ]
    put(office, task, "R", person=office.li)
    assert row(office, task).columns[1].role == "数据支持"


def test_removing_takes_all_letters_of_one(office: Office) -> None:
    task = office.task()
    put(office, task, "R/A", person=office.li, note="x")
    put(office, task, "I", label="客户")
    office.do(RemoveRaci(task=task, person=office.li))
    told = office.last()
    assert (told.kind, told.subject) == ("raci-removed", "li")
    assert told.changes == {"letters": ["R/A", None], "note": ["x", None]}
    assert said(row(office, task)) == {"客户": "I"}
    refusal = office.refused(RemoveRaci(task=task, person=office.zhao))
    assert isinstance(refusal, NotFound)
    assert refusal.facts["text"] == "zhao"


def test_what_follows_is_not_taken_away_but_changed_where_it_comes_from(office: Office) -> None:
    task = office.task(owner=office.li)
    refusal = office.refused(RemoveRaci(task=task, person=office.li))
    assert (refusal.code, refusal.facts["person"]) == ("raci-follows", "li")


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"letters": (R,)}, "person", "empty"),
        ({"letters": (R,), "label": "  "}, "person", "empty"),
        ({"letters": (), "label": "客户"}, "letters", "empty"),
        ({"letters": ("X",), "label": "客户"}, "letters", "unknown"),
        ({"letters": (R,), "label": "客" * 101}, "label", "too-long"),
        ({"letters": (R,), "label": "客户", "note": "\x1b[2J"}, "note", "control"),
    ],
)
def test_bad_input_names_the_field(
    office: Office, fields: dict[str, Any], field: str, reason: str
) -> None:
    refusal = office.refused(SetRaci(task=office.task(), **fields))
    assert isinstance(refusal, BadValue)
    assert (refusal.facts["field"], refusal.facts["reason"]) == (field, reason)


def test_nobodys_letters_are_lost(office: Office) -> None:
    task = office.task()
    put(office, task, "R", person=office.li, seen=Told())
    seen = Told((R,))
    put(office, task, "C", person=office.li, note="x", seen=seen)
    refusal = office.refused(SetRaci(task=task, person=office.li, letters=(I,), seen=seen))
    assert isinstance(refusal, Conflict)
    assert (refusal.facts["seen"], refusal.facts["now"]) == ("R", "C(x)")
    put(office, task, "A", person=office.zhao, seen=Told())  # another cell never clashes
    office.do(RemoveRaci(task=task, person=office.li, seen=Told((C,), "x")))


def test_what_was_given_up_keeps_its_letters(office: Office) -> None:
    task = office.task()
    put(office, task, "R", person=office.li)
    office.do(CancelTask(task=task, seen=State.TODO, reason="不做了"))
    refusal = office.refused(SetRaci(task=task, person=office.li, letters=(A,)))
    assert refusal.code == "task-closed"


def test_the_rule_warns_and_never_refuses(office: Office) -> None:
    task = office.task()

    def warned(letters: str, **whose: Any) -> list[str]:
        return [one.code for one in put(office, task, letters, **whose).warnings]

    assert warned("C", person=office.li) == ["raci-without-a", "raci-without-r"]
    assert warned("R", person=office.li) == ["raci-without-a"]
    assert warned("A", person=office.zhao) == []
    assert warned("A", label="客户") == ["raci-several-a"]
    removed = office.do(RemoveRaci(task=task, person=office.li))
    assert [one.code for one in removed.warnings] == ["raci-several-a", "raci-without-r"]
    owned = office.task(owner=office.li, acceptor=office.zhao)
    assert put(office, owned, "C", label="客户").warnings == ()


def test_who_was_merged_keeps_each_letter_once(office: Office) -> None:
    task = office.task()
    mask = PersonId(office.do(AddPerson(handle="mask", name="*娜", placeholder=True)).id)
    put(office, task, "R", person=office.li)
    put(office, task, "R/A", person=mask, note="撰写")
    office.do(MergePerson(placeholder=mask, person=office.li))
    assert said(row(office, task)) == {"李娜": "R/A(撰写)"}
    put(office, task, "A", person=office.li)
    assert [one.letter for one in office.all(RaciEntry)] == [A]


# The matrix


def test_rows_are_in_the_order_of_making_with_subtasks_below(office: Office) -> None:
    first = office.task("一", owner=office.li)
    second = office.task("二")
    part = office.task("一之一", parent=first)
    office.task("一之一之一", parent=part)
    gone = office.task("弃")
    office.do(CancelTask(task=gone, seen=State.TODO, reason="不做了"))
    found = office.desk.ask(matrix, project=office.project)
    assert [(one.level, one.title) for one in found.rows] == [
        (0, "一"),
        (1, "一之一"),
        (2, "一之一之一"),
        (0, "二"),
    ]
    assert found.after is None
    assert said(found.rows[0]) == {"李娜": "R*", "王强": "A*"}
    assert found.rows[-1].findings == (Finding.WITHOUT_R,)
    assert [one.name for one in found.columns] == ["李娜", "王强"]
    assert [one.title for one in office.desk.ask(matrix, task=first).rows] == [
        "一",
        "一之一",
        "一之一之一",
    ]
    assert [one.title for one in office.desk.ask(matrix, task=gone).rows] == ["弃"]
    assert [one.title for one in office.desk.ask(rows_of, [second, gone])] == ["二", "弃"]


def test_what_is_done_below_what_was_put_away_stands_by_itself(office: Office) -> None:
    parent = office.task("父")
    office.task("子", parent=parent, state=State.DONE)
    office.do(CancelTask(task=parent, seen=State.TODO, reason="不做了"))
    found = office.desk.ask(matrix, project=office.project)
    assert [(one.level, one.title) for one in found.rows] == [(0, "子")]


def test_windows_follow_one_another(office: Office) -> None:
    other = ProjectId(office.do(AddProject(key="X", name="另一个", lead=office.wang)).id)
    made = []
    for number in range(7):
        made.append(office.task(f"任务{number}"))
        office.do(CreateTask(project=other, title="别处"))
    office.task("部分", parent=made[1])
    put(office, made[5], "C", label="客户")
    parts: list[Matrix] = [office.desk.ask(matrix, project=office.project, limit=3)]
    while parts[-1].after is not None:
        after = parts[-1].after
        parts.append(office.desk.ask(matrix, project=office.project, after=after, limit=3))
    assert [len(one.rows) for one in parts] == [4, 3, 1]
    found = joined(parts)
    assert found == office.desk.ask(whole, project=office.project)
    assert [one.name for one in found.columns] == ["王强", "客户"]
    assert len(office.desk.ask(whole).rows) == 15
    assert office.desk.ask(shared_titles) == {"别处"}


def test_a_window_is_two_statements(office: Office) -> None:
    for number in range(30):
        task = office.task(f"任务{number}", owner=office.li)
        office.task("部分", parent=task)
        put(office, task, "C", person=office.zhao)
    asked: list[str] = []
    database = office.store.database
    execute = database.execute_sql

    def counting(sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    database.execute_sql = counting  # type: ignore[method-assign]
    try:
        office.desk.ask(matrix, project=office.project)
    finally:
        del database.execute_sql
    assert len([sql for sql in asked if '"task"' in sql or '"raci"' in sql]) == 2


def test_a_cell_tells_set_and_derived_letters_apart(office: Office) -> None:
    task = office.task(owner=office.li, acceptor=office.zhao)
    put(office, task, "C", person=office.li)
    cell = row(office, task).cell(Holder(office.li))
    assert cell == Cell((R, C), (R,))
    assert cell.said == (C,)
    assert row(office, task).cell(Holder(label="客户")) == Cell()
