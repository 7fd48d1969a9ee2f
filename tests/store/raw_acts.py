"""What each act comes to in raw SQL: statements as a clever member would type them in psql.

In a statement ``{me}`` is whoever types it, ``{task}`` the task that it is done to, and so on: the
names are those of tests.store.raw_scene.Stage.facts.
"""

from collections.abc import Iterator
from typing import Final

from core.policies.rights import Act
from core.store import duty_tables, logs, part_tables, rhythm_tables, tables, told_tables
from core.store.rare_tables import SyncTable, WorkTypeTable
from core.store.rows import name_of
from tests.logins import NOW
from tests.store.raw_tries import Fits, Of, Try, insert


def _change(settings: str) -> str:
    return f"UPDATE task SET version = version + 1, {settings} WHERE id = {{task}}"


def _part(settings: str, table: str) -> str:
    return f"UPDATE {table} SET {settings} WHERE task_id = {{task}}"


def _remove(table: str) -> str:
    return f"DELETE FROM {table} WHERE task_id = {{task}}"


def _issue(settings: str) -> str:
    return f"UPDATE issue SET version = version + 1, {settings} WHERE id = {{issue}}"


NEW_TASK: Final = {
    "project": "{project}",
    "key": "'SQL-1'",
    "title": "'新'",
    "priority": "'low'",
    "state": "'todo'",
    "position": "1",
    "initiator": "{me}",
    "created": NOW,
}
_UPDATE: Final = {"task": "{task}", "person": "{me}", "day": "current_date", "at": NOW}
_ISSUE: Final = {
    "project": "{project}",
    "key": "'I-99'",
    "title": "'缺人'",
    "impact": "'迟'",
    "severity": "'low'",
    "state": "'open'",
    "reporter": "{me}",
    **dict.fromkeys(("occurred", "reported", "respond_by", "resolve_by"), NOW),
}
_MEETING: Final = {
    "project": "{project}",
    "task": "{task}",
    "day": "current_date",
    "topic": "'站会'",
    "author": "{me}",
    "at": NOW,
}
_VERDICT: Final = f"decided = {NOW}, decided_by_id = {{me}}, findings = '不全'"


def tries() -> Iterator[Try]:
    """Every statement, but for the steps of the workflow: see ``step``."""
    yield from _telling()
    yield from _wording()
    yield from _giving()
    yield from _working()
    yield from _judging()
    yield from _troubles()
    yield from _ruling()


def _telling() -> Iterator[Try]:
    entry = {"project": "{project}", "day": "current_date", "topic": "'晨会'", "kind": "'note'"}
    said = insert(SyncTable, **entry, author="{me}", at=NOW)
    nudge = {"task": "{task}", "person": "{qian}", "by": "{me}", "at": NOW}
    yield Try((Act.SEE,), "look", "SELECT title FROM task WHERE id = {task}")
    yield Try((Act.LOG,), "sync entry", said)
    yield Try((Act.LOG,), "order", "UPDATE task SET position = position + 1 WHERE id = {task}")
    yield Try((Act.LOG,), "nudge", insert(rhythm_tables.NudgeTable, **nudge))
    held = insert(rhythm_tables.MeetingTable, **_MEETING, kind="'standup'")
    yield Try((Act.LOG,), "stand-up", held)
    new, create = tables.TaskTable, (Act.CREATE,)
    yield Try(create, "for nobody", insert(new, **NEW_TASK), Of.PROJECT)
    yield Try(create, "for oneself", insert(new, **NEW_TASK, owner="{me}"), Of.PROJECT)
    begun = NEW_TASK | {"state": "'doing'", "owner": "{me}"}
    yield Try(create, "begun", insert(new, **begun), Of.PROJECT)
    yield Try(create, "part of another", insert(new, **NEW_TASK, parent="{task}"))
    other = insert(new, **NEW_TASK, owner="{other}")
    yield Try((Act.ASSIGN,), "made for another", other, Of.PROJECT)


def _wording() -> Iterator[Try]:
    edit, ends = (Act.EDIT,), Act.WORK
    for of in (Of.GIVEN, Of.NOBODYS):
        yield Try(edit, f"title of {of.value}", _change("title = '更好'"), of)
        yield Try(edit, f"outcome of {of.value}", _change("outcome = '一份报告'"), of)
    yield Try(edit, "priority", _change("priority = 'high', urgent = NOT urgent"))
    task = {"task": "{task}"}
    made = insert(part_tables.CriterionTable, **task, text="'有目录'", facet="'other'")
    yield Try(edit, "add a criterion", made, until=ends)
    yield Try(edit, "word a criterion", _part("text = '更短', met = false", "criterion"))
    yield Try(edit, "remove criteria", _remove("criterion"), until=ends)
    made = insert(part_tables.MilestoneTable, **task, title="'初稿'", due="current_date")
    yield Try(edit, "add a milestone", made, until=ends)
    yield Try(edit, "move a milestone", _part("due = current_date + 9", "milestone"))
    yield Try(edit, "remove milestones", _remove("milestone"), until=ends)
    made = insert(part_tables.CollaboratorTable, **task, person="{other}")
    yield Try(edit, "add who supports", made, until=ends)
    yield Try(edit, "say what they support", _part("scope = '校对'", "collaborator"))
    yield Try(edit, "remove who supports", _remove("collaborator"), until=ends)
    made = insert(part_tables.DependencyTable, **task, needs="{needs}")
    yield Try(edit, "needs another", made)
    yield Try(edit, "needs another no more", _remove("dependency"))


def _giving() -> Iterator[Try]:
    assign, take = (Act.ASSIGN,), (Act.TAKE_ON,)
    yield Try(assign, "to another", _change("owner_id = {other}"))
    yield Try(assign, "to oneself", _change("owner_id = {me}"))
    ended = _part(f"ended = {NOW}", "assignment")
    yield Try(assign, "from whoever has it", f"{ended} AND ended IS NULL")
    named = _change("acceptor_id = {other}")
    yield Try((Act.ASSIGN, Act.JUDGE), "acceptor", named, until=Act.ASSIGN)
    yield Try((Act.EDIT, Act.JUDGE), "acceptor of one's own", named, Of.NOBODYS, until=Act.ASSIGN)
    yield Try(assign, "who asked for it", _change("initiator_id = {other}"), until=Act.EDIT)
    letter = insert(duty_tables.RaciTable, task="{task}", label="'法务'", letter="'C'")
    yield Try(assign, "RACI", letter, until=Act.EDIT)
    yield Try((Act.CLAIM,), "claim", _change("owner_id = {me}"), Of.NOBODYS)
    for column in ("acknowledged", "confirmed"):
        mine = _part(f"{column} = {NOW}", "assignment")
        yield Try(take, column, f"{mine} AND ended IS NULL")
    back = "CASE WHEN state IN ('doing', 'review') THEN {he} END"
    yield Try((Act.TAKE_ON, Act.ASSIGN), "give back", _change(f"owner_id = {back}"))


def _working() -> Iterator[Try]:
    note, work = (Act.NOTE,), (Act.WORK,)
    yield Try(note, "news", _change(f"updated = {NOW}"))
    told = "(SELECT progress FROM task WHERE id = {task})"
    yield Try(note, "update", insert(told_tables.ProgressTable, **_UPDATE, progress=told))
    yield Try(work, "progress", _change("progress = 77"))
    yield Try(work, "update", insert(told_tables.ProgressTable, **_UPDATE, progress="77"))
    yield Try((Act.WORK, Act.EDIT), "status note", _change("status_note = '顺利'"))
    yield Try(work, "blocked", _change(f"blocked_since = {NOW}"))
    spell = {"task": "{task}", "reason": "'缺数据'", "waiting_for": "'客户'"}
    begun = insert(told_tables.BlockTable, **spell, started=NOW, started_by="{me}")
    yield Try(work, "why it is blocked", begun)
    handed = {"task": "{task}", "name": "'《报告》'", "registered_by": "{me}"}
    made = insert(part_tables.DeliverableTable, **handed)
    yield Try(work, "add a deliverable", made, until=Act.EDIT)
    placed = _part("location = '共享盘'", "deliverable")
    yield Try(work, "register a deliverable", placed, until=Act.EDIT)
    yield Try(work, "remove deliverables", _remove("deliverable"))
    reached = _part("done = current_date", "milestone")
    yield Try((Act.WORK, Act.EDIT), "reach a milestone", reached, until=Act.EDIT)
    submission = {"task": "{task}", "submitted": NOW, "submitted_by": "{me}"}
    number = "(SELECT round + 1 FROM task WHERE id = {task})"
    begun = insert(told_tables.ReviewTable, **submission, verdict="'pending'", round=number)
    yield Try((Act.SUBMIT,), "begin a round", begun, fits=Fits.NEXT_IS_REVIEW)


def _judging() -> Iterator[Try]:
    judge = (Act.JUDGE,)
    for verdict in ("accepted", "sent-back"):
        given = _part(f"verdict = '{verdict}', {_VERDICT}", "review")
        said = f"{given} AND verdict = 'pending'"
        yield Try(judge, verdict, said, fits=Fits.IN_REVIEW)
    ticked = _part("met = NOT met, met_by_id = CASE WHEN NOT met THEN {me} END", "criterion")
    yield Try(judge, "tick criteria", ticked, until=Act.EDIT)


def _troubles() -> Iterator[Try]:
    later = {"task": "{task}", "code": "'other'", "reason": "'慢'", "new_due": NOW}
    asked = {"state": "'asked'", "asked": NOW, "asked_by": "{me}"}
    made = insert(rhythm_tables.ExtensionTable, **later, **asked)
    yield Try((Act.ASK_LATER,), "ask", made)
    warned = _change(f"delay_reason = '慢', expected = {NOW}")
    yield Try((Act.ASK_LATER, Act.EDIT), "warn", warned)
    for answer in ("granted", "refused"):
        said = f"state = '{answer}', decided = {NOW}, decided_by_id = {{me}}"
        yield Try((Act.GRANT_LATER,), answer, _part(said, "extension"))
    due = _change(f"due = {NOW}, slips = slips + 1")
    yield Try((Act.GRANT_LATER,), "move a due", due, until=Act.EDIT, agreed=True)
    yield Try((Act.EDIT,), "move a due that is not agreed", due, agreed=False)
    raised = rhythm_tables.IssueTable
    yield Try((Act.RAISE,), "of a task", insert(raised, **_ISSUE, task="{task}"))
    yield Try((Act.RAISE,), "of a project", insert(raised, **_ISSUE), Of.PROJECT)
    solved = _issue(f"state = 'resolved', resolution = '好了', resolved = {NOW}")
    taken_up = _issue(f"state = 'responded', response = '看看', responded = {NOW}")
    for of in (Of.HANDLED, Of.FREE):
        yield Try((Act.RESOLVE,), f"resolve {of.value}", solved, of)
        yield Try((Act.RESOLVE,), f"answer {of.value}", taken_up, of)
    closed = _issue(f"state = 'closed', closed = {NOW}")
    again = _issue("state = 'reopened', resolved = NULL, resolution = ''")
    higher, escalate = _issue("level = level + 1"), (Act.ESCALATE,)
    yield Try((Act.CLOSE,), "close", closed, Of.OVER)
    yield Try((Act.CLOSE,), "close what is not resolved", closed, Of.HANDLED, Fits.NEVER)
    yield Try((Act.CLOSE,), "open again", again, Of.OVER)
    yield Try((Act.CLOSE,), "open again what is open", again, Of.HANDLED, Fits.NEVER)
    yield Try((Act.RESOLVE,), "answer what is resolved", taken_up, Of.OVER, Fits.NEVER)
    yield Try(escalate, "escalate", higher, Of.HANDLED)
    yield Try(escalate, "escalate what is resolved", higher, Of.OVER, Fits.NEVER)


def _ruling() -> Iterator[Try]:
    result = {"task": "{task}", "actual": "'两份报告'", "at": NOW, "by": "{me}"}
    closed = insert(duty_tables.CloseOutTable, **result)
    yield Try((Act.KEEP,), "close out", closed, fits=Fits.IS_DONE)
    retro = insert(rhythm_tables.MeetingTable, **_MEETING, kind="'retro'")
    yield Try((Act.KEEP,), "retro", retro)
    rules, team, here = (Act.RULES,), (Act.TEAM,), {"project": "{project}"}
    goal = "UPDATE project SET version = version + 1, goal = '更好' WHERE id = {project}"
    yield Try(rules, "goal", goal, Of.PROJECT)
    yield Try(rules, "restrict", goal.replace("goal = '更好'", "restricted = true"), Of.PROJECT)
    listed = insert(duty_tables.MemberTable, **here, person="{other}")
    yield Try(rules, "who sees it", listed, Of.PROJECT)
    plan = {"kind": "'standup'", "days": "'daily'", "time": "'09:30'"}
    yield Try(rules, "meetings", insert(rhythm_tables.PlanTable, **here, **plan), Of.PROJECT)
    word = insert(WorkTypeTable, label="'调研'", kind="'routine'")
    yield Try(rules, "type of work", word, Of.PROJECT)
    day = "INSERT INTO calendar_day (calendar, day, works, name) VALUES {values}"
    values = "('china', current_date, true, '')"
    yield Try(rules, "calendar", day.replace("{values}", values), Of.STORE)
    yield Try(team, "department", insert(tables.DepartmentTable, name="'新部门'"), Of.STORE)
    someone = insert(tables.PersonTable, handle="'new'", name="'新'", role="'member'")
    yield Try(team, "person", someone, Of.STORE)
    for which in ("{me}", "{other}"):
        role = f"UPDATE person SET version = version + 1, role = 'lead' WHERE id = {which}"
        yield Try(team, f"role of {which}", role, Of.STORE)
    rule = "INSERT INTO meta (name, value) VALUES ('new-rule', '1')"
    yield Try(team, "rule of the store", rule, Of.STORE)
    name = name_of(logs.EventTable)
    for sql in (f"UPDATE {name} SET reason = 'x'", f"DELETE FROM {name}", f"TRUNCATE {name}"):
        yield Try((Act.REWRITE,), sql.split(maxsplit=1)[0], sql, Of.STORE)
