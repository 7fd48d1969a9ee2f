"""One statement of raw SQL, what it comes to, and when the facts let anybody do it."""

from enum import Enum
from typing import Any, Final, NamedTuple

from core.domain.status import State
from core.domain.task import Task
from core.policies import workflow
from core.policies.rights import Act
from core.policies.warnings import due_is_agreed
from core.store import tables
from core.store.rows import fields_of, name_of
from tests.logins import NOW

CLOSED: Final = frozenset({State.DONE, State.ARCHIVED, State.CANCELLED})
BEGUN: Final = frozenset({State.DOING, State.REVIEW})


class Of(Enum):
    """What something is done to."""

    GIVEN = "a task that zhao asked for and li owns"
    NOBODYS = "a task that zhao asked for and nobody owns"
    HANDLED = "an issue of the first that qian handles"
    FREE = "an issue of it that nobody handles"
    OVER = "an issue of it that is resolved"
    PROJECT = "the project"
    STORE = "neither"


class Fits(Enum):
    """When the facts let anybody do it, rights apart."""

    ALWAYS = "always"
    NEXT_IS_REVIEW = "where the workflow has a step to review"
    IN_REVIEW = "while a round is open"
    IS_DONE = "once it was accepted"
    NEVER = "never: the program refuses it to everybody"


class Try(NamedTuple):
    """One statement."""

    acts: tuple[Act, ...]
    """What it comes to; whoever may do one of them may do it. The first names it."""
    what: str
    sql: str
    of: Of = Of.GIVEN
    fits: Fits = Fits.ALWAYS
    until: Act | None = None
    """The act that says how late it can be done, where that is another: what is told of a done
    task is corrected as its words are, and what is set up for the work ends with the work."""
    agreed: bool | None = None
    """Whether it is tried of agreed dues only, or of others only."""

    def is_possible(self, task: Task) -> bool:
        """Whether the facts of ``task`` let anybody do it."""
        if self.fits is Fits.NEXT_IS_REVIEW:
            return workflow.may_move(task.state, State.REVIEW)
        if self.fits is Fits.IN_REVIEW:
            return task.state is State.REVIEW
        if self.fits is Fits.IS_DONE:
            return State.DONE in {task.state, task.before}
        return self.fits is not Fits.NEVER

    def concerns(self, task: Task) -> bool:
        """Whether it is tried on ``task`` at all."""
        return self.agreed in {None, due_is_agreed(task.state, task.due)}


def insert(table: type[tables.Table], **given: str) -> str:
    """An INSERT of these expressions; what has a default in the program is given that."""
    said: dict[str, str] = {}
    fields: Any = fields_of(table)
    for name, field in fields.items():
        if name in given:
            said[field.column_name] = given[name]
        elif field.default is not None:
            value = field.default() if callable(field.default) else field.default
            said[field.column_name] = "'{{}}'" if value == {} else _literal(value)
    names, values = ", ".join(f'"{one}"' for one in said), ", ".join(said.values())
    return f"INSERT INTO {name_of(table)} ({names}) VALUES ({values})"


def _literal(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value).lower()


def step(task: Task, after: State, me: int) -> str:
    """The statement that takes ``task`` to another state, as the program would store it."""
    back = task.before is not None and after is not State.ARCHIVED
    ends = after in {State.ARCHIVED, State.CANCELLED}
    said = {"state": f"'{after}'", "version": "version + 1"}
    said["closed"] = f"coalesce(closed, {NOW})" if after in CLOSED else "NULL"
    said["before"] = "state" if ends and not back else "'todo'" if ends else "NULL"
    if after is State.REVIEW:
        said |= {"submitted": NOW, "submitted_by_id": str(me), "round": "round + 1"}
    elif after not in CLOSED:
        said |= {"submitted": "NULL", "submitted_by_id": "NULL", "accepted_by_id": "NULL"}
    elif after is State.DONE and not back:
        said["accepted_by_id"] = str(me)
    settings = ", ".join(f"{name} = {value}" for name, value in said.items())
    return f"UPDATE task SET {settings} WHERE id = {task.id}"
