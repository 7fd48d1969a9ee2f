"""What goes wrong in the made-up team: blocks, issues, requests, questions; with their limits."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

from core.domain.ids import IssueId, PartId, PersonId
from core.domain.spells import BlockSpell
from core.domain.status import State, SyncKind
from core.domain.synclog import SyncEntry
from core.domain.task import Task
from core.domain.timers import Target, Timer, TimerRule
from core.domain.trouble import DelayReason, Extension, Issue, IssueState, RequestState, Severity

HOUR, DAY = timedelta(hours=1), timedelta(hours=24)

_ENDED = (State.DONE, State.ARCHIVED)
_IN_A_THOUSAND: Mapping[str, tuple[tuple[State, ...], float]] = {
    "issue": ((State.DOING, State.REVIEW), 26),
    "free issue": (_ENDED, 8),
    "extension": ((State.DOING,), 10),
    "question": ((State.TODO, State.DOING), 3),
    "free question": (_ENDED, 3),
    "follow-up": ((State.DOING,), 4),
    "free follow-up": (_ENDED, 3),
    "deliverable": ((State.REVIEW, State.DONE), 8),
    "retro": ((State.DONE,), 4),
}
"""Of how many tasks in which states; what is free is told of the project alone."""


class Trouble:
    """What is told about the tasks of a team at ``now``, one task after the other."""

    def __init__(self, random: Random, *, people: int, now: datetime) -> None:
        self.now = now
        self.issues: Counter[int] = Counter()
        """How many issues each project has had."""
        self._random = random
        self._people = people
        self._numbers: Counter[type] = Counter()
        self._kinds: Mapping[str, Callable[[Task], Iterator[object]]] = {
            "issue": self._issue,
            "free issue": self._issue,
            "extension": self._extension,
            "question": self._question,
            "free question": self._question,
            "follow-up": self._follow_up,
            "free follow-up": self._follow_up,
            "deliverable": lambda task: self._owed(task, TimerRule.DELIVERABLE),
            "retro": lambda task: self._owed(task, TimerRule.RETRO),
        }

    def about(self, task: Task) -> Iterator[object]:
        """The records, each before those that name its id."""
        if task.blocked_since is not None:
            yield from self._block(task, task.blocked_since)
        for name, (states, share) in _IN_A_THOUSAND.items():
            if task.state in states and self._random.random() < share / 1000:
                yield from self._kinds[name](task)

    def _next(self, kind: type) -> int:
        self._numbers[kind] += 1
        return self._numbers[kind]

    def _someone(self) -> PersonId:
        return PersonId(1 + self._random.randrange(self._people))

    def _ago(self, most: timedelta) -> datetime:
        return self.now - most * self._random.random()

    def _timer(self, rule: TimerRule, task: Task, about: object, hours: float) -> Timer:
        """``about`` has ``hours`` from its beginning on; of an ended task it is the project's."""
        target, number, started, person = _facts(about)
        owed = rule in {TimerRule.DELIVERABLE, TimerRule.RETRO}
        return Timer(
            rule=rule,
            project=task.project,
            task=task.id if owed or task.closed is None else None,
            target=target,
            object=number,
            person=person or task.owner,
            started=started,
            due=started + HOUR * hours,
            urgent=task.urgent,
        )

    def _block(self, task: Task, since: datetime) -> Iterator[object]:
        chance = self._random.random()
        spell = BlockSpell(
            id=PartId(self._next(BlockSpell)),
            task=task.id,
            reason="等待客户确认接口文档",
            waiting_for="客户部",
            waiting_person=self._someone() if chance < 0.4 else None,
            critical=chance > 0.9,
            started=since,
            started_by=task.owner or self._someone(),
        )
        yield spell
        if spell.critical:
            yield self._timer(TimerRule.SWARM, task, spell, 2)
        elif chance < 0.15:
            yield self._timer(TimerRule.COLLABORATOR, task, spell, 24)
        elif chance < 0.2:
            yield self._timer(TimerRule.RESOLUTION, task, spell, 60)

    def _issue(self, task: Task) -> Iterator[object]:
        self.issues[task.project] += 1
        age = self._random.random() * 3
        responded = self._random.random() < 0.5
        level = 0 if age < 1 else 1 if age < 2 else 2
        reported = self.now - DAY * age
        issue = Issue(
            id=IssueId(self._next(Issue)),
            project=task.project,
            task=task.id if task.closed is None else None,
            key=f"{task.key.partition('-')[0]}-I{self.issues[task.project]:02}",
            title=f"{task.title}：环境不可用",
            impact="联调推迟",
            severity=self._random.choice(list(Severity)),
            state=IssueState.RESPONDED if responded else IssueState.OPEN,
            reporter=self._someone(),
            handler=self._someone(),
            occurred=reported - HOUR * self._random.choice([1, 2, 3, 40]),
            reported=reported,
            late=self._random.random() < 0.2,
            respond_by=reported + DAY,
            resolve_by=reported + DAY,
            responded=reported + HOUR if responded else None,
            response="在查" if responded else "",
            level=level,
        )
        yield issue
        if not responded:
            yield self._timer(TimerRule.ISSUE_RESPOND, task, issue, 24)
        rule = TimerRule.ISSUE_SECOND if level else TimerRule.ISSUE_RESOLVE
        yield self._timer(rule, task, issue, 48 if level else 24)

    def _extension(self, task: Task) -> Iterator[object]:
        asked = Extension(
            id=PartId(self._next(Extension)),
            task=task.id,
            code=DelayReason.MATERIAL,
            reason="资料未及时提供",
            old_due=task.due,
            new_due=(task.due or self.now) + DAY * 20,
            state=RequestState.ASKED,
            asked=self._ago(DAY * 2),
            asked_by=task.owner or self._someone(),
        )
        yield asked
        yield self._timer(TimerRule.EXTENSION, task, asked, 24)

    def _question(self, task: Task) -> Iterator[object]:
        entry = self._entry(task, "何时能给？", asks=self._someone())
        yield entry
        yield self._timer(TimerRule.QUESTION, task, entry, 24)

    def _follow_up(self, task: Task) -> Iterator[object]:
        agreed = {"follow_up": "补齐资料", "follow_up_owner": self._someone()}
        entry = self._entry(task, "周会结论", **agreed, follow_up_due=self.now.date())
        yield entry
        yield self._timer(TimerRule.FOLLOW_UP, task, entry, 36)

    def _entry(self, task: Task, topic: str, **more: object) -> SyncEntry:
        at = self._ago(DAY * 3)
        return SyncEntry(
            id=PartId(self._next(SyncEntry)),
            project=task.project,
            task=task.id,
            day=at.date(),
            topic=f"{task.title}：{topic}",
            kind=SyncKind.NOTE,
            author=self._someone(),
            restricted=self._random.random() < 0.1,
            at=at,
            **more,  # type: ignore[arg-type]
        )

    def _owed(self, task: Task, rule: TimerRule) -> Iterator[object]:
        yield self._timer(rule, task, task, 24)


def _facts(about: object) -> tuple[Target, int, datetime, PersonId | None]:
    """What a limit is about: its kind and id, when it began, and who must act."""
    match about:
        case BlockSpell(id=number, started=at, waiting_person=person):
            return Target.SPELL, number, at, person
        case Issue(id=number, reported=at, handler=person):
            return Target.ISSUE, number, at, person
        case Extension(id=number, asked=at):
            return Target.EXTENSION, number, at, None
        case SyncEntry(id=number, at=at, asks=asked, follow_up_owner=owner):
            return Target.ENTRY, number, at, asked or owner
        case Task(id=number, submitted=at) if at is not None:
            return Target.TASK, number, at, None
    raise TypeError(about)
