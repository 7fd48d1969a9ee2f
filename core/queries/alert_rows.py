"""The lines of the alert pane, with all that is told of each. Times are UTC."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from core.domain.ids import IssueId, PersonId, ProjectId, TaskId
from core.domain.status import Bucket, Light, Role, State
from core.domain.timers import Target
from core.policies.rules import Acts
from core.policies.timer_causes import TimerFacts, timer_of
from core.queries.alert_facts import IssueFacts, Told, look_up
from core.queries.alert_lines import Found, Thing
from core.queries.ladders import Ladders
from core.queries.quiet import QuietMark
from core.records import dataclass
from core.store.database import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """One line of the alert pane: one thing, its worst cause."""

    target: Target
    object: int
    """What it is about; a folded line is about its project."""
    task: TaskId | None
    """None for what is not about a task."""
    key: str
    """Of the task or issue; else of the project."""
    title: str
    """Of a meeting its kind; empty for a folded line."""
    project: ProjectId
    project_key: str
    state: State | None
    rule: str
    """The id of the worst rule that holds; one of core.policies.rules.RULES."""
    others: tuple[str, ...]
    """The other rules that hold, worst first."""
    bucket: Bucket
    light: Light
    since: datetime
    actor: str
    """The name of who must act; for a blocked task, whom or what it waits for, in words."""
    actor_person: PersonId | None
    """The same as a person, where it is one."""
    mine: bool
    """Whether the viewer must act."""
    action: str
    """The key, as an action's id, with which the viewer gets it going."""
    owner_name: str
    """Empty without an owner."""
    due: datetime | None
    """Of the task; of a limit that runs, its end."""
    blocked_reason: str
    """Empty unless blocked; so is ``waiting_for``."""
    waiting_for: str
    level: int = 0
    """Of escalation: 0, 1 or 2."""
    nudges: int = 0
    """How often somebody was nudged about the task."""
    count: int = 1
    """For how many tasks it stands."""
    people: tuple[str, ...] = ()
    """Of a folded line: whose news is missing."""
    acks: tuple[QuietMark, ...] = ()
    """Who else has made it quiet for themselves; shown to those who lead them."""
    quiet: QuietMark | None = None
    """That the viewer has made it quiet; such a line is not counted."""
    issues: tuple[str, ...] = ()
    """The keys of its unresolved issues, the highest level first."""
    issue: IssueId | None = None
    """The first of them."""


def rows(
    store: Store,
    found: Sequence[Found],
    *,
    viewer: PersonId | None,
    ladders: Ladders,
    quiet: Mapping[Thing, QuietMark],
) -> tuple[AlertRow, ...]:
    """The lines; at most ten statements, however many lines."""
    told = look_up(store, found, viewer, ladders)
    return tuple(_row(one, told, quiet.get(one.thing)) for one in found)


class _Actor(NamedTuple):
    """Who must act."""

    name: str
    person: PersonId | None


def _actor(found: Found, told: Told, timer: TimerFacts | None) -> _Actor:
    """By the rule; whoever leads the project where nobody else is named."""
    home, acts = found.home, found.alert.rule.acts
    task = told.tasks.get(found.object) if found.task is not None else None
    spell = told.spells.get(found.object) if found.task is not None else None
    owner = task.owner if task else None
    named = task.acceptor if task else None
    acceptor = told.ladders.asked(home, found.view.group, named, owner=owner)
    by_owner = acceptor if found.facts.state is State.REVIEW or owner is None else owner
    named = timer.person if timer else None
    rung = told.ladders.of(home, found.view.group)
    awaited = (spell.person if spell else None) or named
    people = {
        Acts.OWNER: by_owner,
        Acts.ACCEPTOR: acceptor,
        Acts.AWAITED: awaited or (None if spell else owner),
        Acts.HANDLER: named or owner or home.acceptor,
        Acts.PERSON: named or home.acceptor,
        Acts.LEAD: home.acceptor,
        Acts.HEAD: rung.head or acceptor,
        Acts.MANAGER: rung.manager or rung.head or acceptor,
    }
    person = people[acts]
    if acts is Acts.AWAITED and spell and not spell.person:
        return _Actor(spell.waiting_for, person)
    return _Actor(told.ladders.name(person), person)


def _row(found: Found, told: Told, quiet: QuietMark | None) -> AlertRow:
    alert, home, facts = found.alert, found.home, found.facts
    timer = timer_of(alert.rule.id, facts.timers, found.view.at)
    actor = _actor(found, told, timer)
    mine = told.viewer is not None and actor.person == told.viewer
    task = told.tasks.get(found.object) if found.task is not None else None
    spell = told.spells.get(found.object) if found.task is not None else None
    key, title = _called(found, told)
    issues = _issues_of(found, told)
    missing = found.missing
    people = tuple(map(told.ladders.name, missing.owners)) if missing else ()
    return AlertRow(
        target=found.target,
        object=found.object,
        task=found.task,
        key=key,
        title=title,
        project=home.id,
        project_key=home.key,
        state=facts.state if task else None,
        rule=alert.rule.id,
        others=alert.others,
        bucket=alert.rule.bucket,
        light=alert.rule.light,
        since=alert.since,
        actor="" if missing else actor.name,
        actor_person=None if missing else actor.person,
        mine=mine and not missing,
        action=_action(found, mine=mine),
        owner_name=told.ladders.name(task.owner) if task else "",
        due=timer.due if timer else facts.due,
        blocked_reason=spell.reason if spell else "",
        waiting_for=spell.waiting_for if spell else "",
        level=max((one.level for one in issues), default=0),
        nudges=told.nudges.get(found.object, 0) if found.task is not None else 0,
        count=missing.tasks if missing else 1,
        people=people,
        acks=_acks(found, told),
        quiet=quiet,
        issues=tuple(one.key for one in issues),
        issue=issues[0].id if issues else None,
    )


def _issues_of(found: Found, told: Told) -> tuple[IssueFacts, ...]:
    if found.target is Target.ISSUE:
        known = told.issues.get(found.object)
        return (known,) if known else ()
    return tuple(told.issues_of.get(found.task, ())) if found.task is not None else ()


def _called(found: Found, told: Told) -> tuple[str, str]:
    """Its key and title."""
    home = found.home
    if found.task is not None:
        task = told.tasks[found.task]
        return task.key, task.title
    if found.target is Target.ISSUE and (issue := told.issues.get(found.object)):
        return issue.key, issue.title
    if found.target is Target.ENTRY:
        return home.key, told.topics.get(found.object, "")
    if found.target is Target.PLAN:
        return home.key, told.kinds.get(found.object, "")
    return home.key, "" if found.missing else home.name


def _action(found: Found, *, mine: bool) -> str:
    if found.missing:
        return "teamup"
    rule = found.alert.rule
    action = rule.mine if mine else rule.others
    if action == "warn" and found.facts.state is State.REVIEW:
        return "move-next"
    if action == "warn" and "extension" in found.alert.others:
        return "open"  # asked already
    if action == "nudge" and found.task is None:
        return "open"
    return action


def _acks(found: Found, told: Told) -> tuple[QuietMark, ...]:
    """Those of others, for whoever leads the project, its department, or as a role."""
    viewer = told.viewer
    marked = told.acks.get(found.thing)
    if viewer is None or not marked:
        return ()
    leads = viewer in {found.home.lead, found.home.head}
    known = told.ladders.people.get(viewer)
    if not (leads or (known is not None and known.role in {Role.LEAD, Role.ADMIN})):
        return ()
    return tuple(one for one in marked if one.person != viewer)
