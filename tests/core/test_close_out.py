"""Closing out: the result against the target, asked for before the archive (R108-R110)."""

from core.commands.closing import ArchiveTask, CancelTask, CloseOutTask, RestoreTask
from core.domain.duties import CloseOut
from core.domain.refusals import Conflict
from core.domain.status import State
from core.queries.archiving import archive_of, result_of
from tests.office import Office


def test_the_result_is_asked_for_before_the_archive(office: Office) -> None:
    task = office.task(state=State.DONE, outcome="满意度提升15%")
    refused = office.refused(ArchiveTask(task=task, seen=State.DONE))
    assert (refused.code, refused.facts["field"]) == ("result-needed", "actual")
    office.do(ArchiveTask(task=task, seen=State.DONE, actual="提升了12%"))
    told = office.desk.ask(result_of, task)
    assert told is not None
    assert (told.target, told.actual, told.by) == ("满意度提升15%", "提升了12%", office.wang)
    assert [one.kind for one in office.events()][-2:] == ["task-closed-out", "task-archived"]


def test_it_can_be_told_before_and_corrected_after(office: Office) -> None:
    task = office.task(state=State.DONE)
    office.do(CloseOutTask(task=task, actual="达成"))
    assert office.refused(CloseOutTask(task=task, actual=" ", seen="达成")).code == "bad-value"
    assert isinstance(office.refused(CloseOutTask(task=task, actual="别的")), Conflict)
    office.do(ArchiveTask(task=task, seen=State.DONE))
    office.do(CloseOutTask(task=task, actual="达成九成", seen="达成"))
    assert [one.actual for one in office.all(CloseOut)] == ["达成九成"]
    assert office.last().changes == {"actual": ["达成", "达成九成"]}


def test_only_what_was_accepted_has_a_result(office: Office) -> None:
    task = office.doing()
    assert office.refused(CloseOutTask(task=task, actual="快了")).code == "not-done"
    office.do(CancelTask(task=task, seen=State.DOING, reason="不做了"))
    office.do(ArchiveTask(task=task, seen=State.CANCELLED))


def test_parts_are_archived_without_a_result_of_their_own(office: Office) -> None:
    whole = office.task(state=State.DONE)
    part = office.task(parent=whole, state=State.DONE)
    office.do(ArchiveTask(task=part, seen=State.DONE))
    assert office.get(part).state is State.ARCHIVED


def test_restored_it_keeps_what_was_said(office: Office) -> None:
    task = office.task(state=State.DONE)
    office.do(ArchiveTask(task=task, seen=State.DONE, actual="达成"))
    office.do(RestoreTask(task=task))
    office.do(ArchiveTask(task=task, seen=State.DONE))
    assert office.get(task).state is State.ARCHIVED


def test_the_archive_holds_the_whole_family(office: Office) -> None:
    whole = office.task(state=State.DONE)
    part = office.task(parent=whole, state=State.DONE)
    below = office.task(parent=part, state=State.DONE)
    found = office.desk.ask(archive_of, whole, viewer=office.wang)
    assert found.tasks == (whole, part, below)
