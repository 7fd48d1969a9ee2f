"""Where a stored task stands, held against the status cell of a row: state, block, delay, progress.

The workflow's rules hold for imports too: nobody accepts, reopens or withdraws by importing.
"""

from typing import Final

from core.domain.ids import PersonId
from core.domain.status import OPEN_STATES, State
from core.domain.task import Task
from core.exchange.applying.revision import Revision, block_words, line, states
from core.exchange.tables import Field
from core.exchange.telling import told
from core.exchange.telling.team import Team
from core.exchange.telling.told import NOT_SAID
from core.policies import workflow
from core.policies.clocks import due_instant
from core.queries.exporting import Dossier

_FREE: Final = frozenset({State.DRAFT, State.TODO, State.DOING})
"""Not submitted yet; 阻塞 and 延迟 are written over these."""


class Standing:
    """Compares the words of cells as our own export would write them."""

    def __init__(self, team: Team, *, actor: PersonId | None) -> None:
        self._team = team
        self._tell = team.teller
        self._actor = actor

    def revise(self, draft: Revision) -> None:
        """Let ``draft`` bring the task to where its row says it stands."""
        planned, file = draft.planned, draft.file
        known = self._tell.read_status(file)
        reason = known.note if known.blocked else None
        told_now = (known.state, reason, known.delayed, known.note)
        said = (planned.state, planned.blocked_reason, planned.delayed, planned.status_note)
        if told_now == said:
            self._progress(draft, noted=False)
            return
        if "state" in planned.given:
            self._state(draft)
            self._block(draft)
            self._delay(draft)
        elif planned.blocked_reason is not None:
            self._block(draft)
        overlaid = planned.blocked_reason is not None or planned.delayed
        noted = "status_note" in planned.given and not overlaid
        if noted:
            draft.set("status_note", line(planned.status_note))
        self._progress(draft, noted=noted)

    def _state(self, draft: Revision) -> None:
        planned, task = draft.planned, draft.file.task
        overlaid = planned.blocked_reason is not None or planned.delayed
        if planned.state is task.state or (overlaid and task.state in _FREE):
            return
        target = self._target(draft, planned.state)
        if target is State.CANCELLED and workflow.may_cancel(task.state):
            draft.cancel = True
        elif target is State.ARCHIVED and workflow.may_archive(task.state):
            draft.archive = True
        elif (way := self._way(task, target)) is None:
            draft.doubts.append(("state-kept", told.STATE_WORDS[target], task.state))
            return
        else:
            draft.moves = way
            if way and task.owner is None and "owner" not in draft.people:
                self._assume_owner(draft)
        if target is not task.state:
            draft.note("state", task.state, target)

    def _target(self, draft: Revision, wanted: State) -> State:
        """How far the task goes that a file wants to be ``wanted``; the difference is told."""
        task = draft.file.task
        if wanted in {State.REVIEW, State.DONE} and self._hands_nothing_over(draft):
            draft.doubts.append(("deliverable-needed", told.STATE_WORDS[wanted], State.DOING))
            return State.DOING
        if wanted is State.DONE and task.closed is None:
            draft.doubts.append(("done-needs-acceptance", told.STATE_WORDS[wanted], State.REVIEW))
            return State.REVIEW
        return wanted

    def _hands_nothing_over(self, draft: Revision) -> bool:
        """Whether it would be submitted without anything to look at (R102)."""
        if draft.file.task.state not in _FREE or draft.planned.deliverables:
            return False
        return all(one.registered is None for one in draft.file.deliverables)

    def _way(self, task: Task, target: State) -> list[State] | None:
        """The moves from a task's state to ``target``; None where mere moves do not lead there."""
        if task.state is target:
            return []
        if task.state not in OPEN_STATES or target not in OPEN_STATES:
            return None
        if task.state is State.REVIEW and self._actor not in (task.owner, task.submitted_by):
            return None
        ladder = OPEN_STATES.index(task.state), OPEN_STATES.index(target)
        step = 1 if ladder[0] < ladder[1] else -1
        return [OPEN_STATES[place] for place in range(ladder[0] + step, ladder[1] + step, step)]

    def _assume_owner(self, draft: Revision) -> None:
        if not any(state in {State.DOING, State.REVIEW} for state in draft.moves):
            return
        names = self._team.names
        label = names.told(draft.file.task.initiator or self._actor)
        draft.people["owner"] = label
        draft.note("owner", "", label)
        draft.doubts.append(("owner-assumed", "", label))

    def _block(self, draft: Revision) -> None:
        planned, spell = draft.planned, draft.file.spell
        state = draft.moves[-1] if draft.moves else draft.file.task.state
        if planned.blocked_reason is None:
            if spell is not None and planned.state in _FREE and not planned.delayed:
                draft.unblock = True
                draft.note("blocked", spell.reason, "")
            return
        if state not in OPEN_STATES or draft.cancel or draft.archive:
            return
        reason = planned.blocked_reason
        if spell is not None and reason in ("", spell.reason, _read_back(self._tell, draft.file)):
            return
        draft.unblock = spell is not None
        draft.block = block_words(planned)
        draft.note("blocked", spell.reason if spell else "", draft.block[0])

    def _delay(self, draft: Revision) -> None:
        planned, task = draft.planned, draft.file.task
        if planned.delayed:
            reason = line(planned.delay_reason) or task.delay_reason or NOT_SAID
            draft.set("delay_reason", reason)
            if planned.expected_on:
                calendar = self._team.calendars[task.project]
                if self._tell.day(task.expected, task.project) != planned.expected_on:
                    draft.set("expected", due_instant(planned.expected_on, calendar))
        elif planned.blocked_reason is None and planned.state in _FREE and task.delay_reason:
            draft.set("delay_reason", "")
            draft.set("expected", None)

    def _progress(self, draft: Revision, *, noted: bool) -> None:
        """Progress counts from its own column, or from a note that is new."""
        planned, task = draft.planned, draft.file.task
        value = planned.progress
        if value in {None, task.progress, told.progress_of(task)}:
            return
        if "progress" not in planned.given:
            return
        if not noted and not states(planned, Field.PROGRESS):
            return
        if task.closed is not None or draft.cancel or draft.archive:
            draft.doubts.append(("progress-kept", f"{value}%", f"{task.progress}%"))
            return
        draft.progress = value
        draft.note("progress", task.progress, value)


def _read_back(tell: told.Teller, file: Dossier) -> str | None:
    known = tell.read_status(file)
    return known.note if known.blocked else None
