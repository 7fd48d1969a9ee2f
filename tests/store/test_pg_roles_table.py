"""The whole table of rights through raw SQL: acts x standings x states, under roles of their own.

What is expected is asked of core.policies, never written down here. The server is neither laxer
nor stricter than that: there is no cell that is excepted.
"""

from collections.abc import Iterator
from typing import Final

import pytest

from core.domain.people import Person
from core.domain.status import State
from core.domain.task import Task
from core.policies import acts, rights, workflow
from core.policies.rights import Act
from core.store.database import Store
from tests.postgres import Databases
from tests.store.raw_acts import tries
from tests.store.raw_scene import REFUSALS, SEATS, STANDINGS, UNOWNED, Stage
from tests.store.raw_tries import BEGUN, Of, Try, step

NEVER: Final = {
    Act.TEMPLATE: "no table holds templates yet",
    Act.REWRITE: "the table says so of everybody",
}
"""Acts that nobody does in raw SQL, and why."""


@pytest.fixture(scope="module")
def stage(databases: Databases) -> Iterator[Stage]:
    url = databases.create(_begun)
    made = Stage(url)
    yield made
    made.close()
    databases.drop(url)


def _begun(url: str) -> None:
    store = Store(url)
    store.open()
    store.close()


def test_everybody_is_what_their_seat_says(stage: Stage) -> None:
    """Else a cell would be filled by another standing than the one it is read for."""
    for state in State:
        _, known = stage.known[Of.GIVEN, state]
        about = rights.About(
            known.project, known.department, known.task, frozenset(known.acceptors), known.helpers
        )
        for standing, handle in STANDINGS.items():
            found = rights.standings(stage.people[handle], about)
            assert found - {rights.Standing.MEMBER} <= {standing}, (state, handle)
            assert standing in found, (state, handle)


def test_every_act_is_tried() -> None:
    told = {one for trial in tries() for one in trial.acts}
    assert told | NEVER.keys() == set(Act)


@pytest.mark.parametrize("act", [one for one in Act if one is not Act.TEMPLATE])
def test_each_standing_may_write_what_the_table_says(stage: Stage, act: Act) -> None:
    wrong: list[str] = []
    taken = 0
    for one in tries():
        if one.acts[0] is not act:
            continue
        for state in State if one.of not in {Of.PROJECT, Of.STORE} else (State.TODO,):
            if one.of is Of.NOBODYS and state not in UNOWNED:
                continue
            task, about = stage.known[one.of, state]
            if not one.concerns(task):
                continue
            for handle in SEATS:
                may = one.is_possible(task) and any(
                    _may(which, one, stage, about, handle) for which in one.acts
                )
                code = stage.tried(handle, one.sql.format(**stage.facts(one.of, state, handle)))
                taken += code == ""
                if may != (code == "") or code not in {"", *REFUSALS}:
                    wrong.append(f"{one.what} / {state} / {handle}: {may=} {code=}")
    assert not wrong, "\n" + "\n".join(wrong)
    assert (taken > 0) is (act not in NEVER)


def _may(act: Act, one: Try, stage: Stage, about: acts.About, handle: str) -> bool:
    """What the policy says of an act that is typed as that statement."""
    person = stage.people.get(handle)
    if person is None:
        return False
    if one.of is Of.STORE:
        return rights.may(act, person, rights.About())
    if act is Act.SEE:
        return rights.may(act, person, rights.About(about.project))
    code = acts.why_not(act, person, about)
    return code in {None, "task-closed"} and not acts.is_late(one.until or act, about)


@pytest.mark.parametrize(
    ("of", "before"),
    [*((Of.GIVEN, one) for one in State), *((Of.NOBODYS, one) for one in UNOWNED)],
)
def test_each_step_is_of_the_workflow_and_of_whoever_may(
    stage: Stage, of: Of, before: State
) -> None:
    wrong: list[str] = []
    task, about = stage.known[of, before]
    for after in State:
        if after is before:
            continue
        for handle in SEATS:
            person = stage.people.get(handle)
            may = (
                person is not None and _is_step(task, after) and _takes(task, after, about, person)
            )
            me = person.id if person else stage.other
            code = stage.tried(handle, step(task, after, me))
            if may != (code == "") or code not in {"", *REFUSALS}:
                wrong.append(f"{before} {after} / {handle}: {may=} {code=}")
    assert not wrong, "\n" + "\n".join(wrong)


def _is_step(task: Task, after: State) -> bool:
    """Whether the workflow has that step, restoring included."""
    if after is State.ARCHIVED:
        return workflow.may_archive(task.state)
    if task.before is not None:
        return after is (State.DOING if task.before is State.REVIEW else task.before)
    if after is State.CANCELLED:
        return workflow.may_cancel(task.state)
    return workflow.may_move(task.state, after) and (task.owner is not None or after not in BEGUN)


def _takes(task: Task, after: State, about: acts.About, person: Person) -> bool:
    """Whether the policy lets ``person`` take that step: what it comes to, as for a command."""
    if task.state is State.REVIEW and after is State.DOING and person.id == task.submitted_by:
        return True  # whoever submitted it may withdraw it, as MoveTask has it
    return any(acts.why_not(act, person, about) is None for act in _acts(task, after))


def _acts(task: Task, after: State) -> tuple[Act, ...]:
    if task.state in {State.DONE, State.ARCHIVED, State.CANCELLED}:
        return (Act.KEEP,)
    if after in {State.ARCHIVED, State.CANCELLED}:
        return (Act.KEEP,)
    if after is State.DONE:
        return (Act.JUDGE,)
    if task.state is State.REVIEW:
        return (Act.SUBMIT, Act.JUDGE)
    return (Act.SUBMIT,) if after is State.REVIEW else (Act.WORK,)
