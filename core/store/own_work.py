"""Whose work a task is: who owns or submitted it, and who owned it since it was last sent back."""

from typing import Any

from peewee import SQL, fn

from core.domain.ids import PersonId
from core.domain.status import Verdict
from core.domain.task import Task
from core.store.database import Store
from core.store.duty_tables import AssignmentTable
from core.store.told_tables import ReviewTable


def own_people(store: Store, task: Task) -> frozenset[PersonId]:
    """Those who never accept ``task``, unless its project allows it; one statement.

    Its owner, whoever submitted it, and everybody who was its owner or submitted it since the
    last rejection. An assignment that ended in the instant of the rejection counts.
    """
    rejected = ReviewTable.select(fn.MAX(ReviewTable.decided)).where(
        (ReviewTable.task == task.id) & (ReviewTable.verdict == Verdict.SENT_BACK)
    )
    since: Any = fn.COALESCE(rejected, SQL("0"))
    owned = AssignmentTable.select(AssignmentTable.owner).where(
        (AssignmentTable.task == task.id)
        & (AssignmentTable.ended.is_null() | (AssignmentTable.ended >= since))
    )
    submitted = ReviewTable.select(ReviewTable.submitted_by).where(
        (ReviewTable.task == task.id) & (ReviewTable.submitted > since)
    )
    found = {row[0] for row in store.rows(owned | submitted)}
    return frozenset(PersonId(one) for one in (*found, task.owner, task.submitted_by) if one)
