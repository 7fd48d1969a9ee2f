"""Import plans: what one would change now, and changing it in one transaction."""

from uuid import UUID

from core.commands.setup import NoteImport
from core.desk import Desk
from core.domain.ids import PersonId
from core.domain.log import Event
from core.domain.people import Project
from core.domain.refusals import Conflict
from core.exchange.applying.carrying_out import CarryingOut
from core.exchange.applying.hands import Hands
from core.exchange.applying.letters_told import changed_letters, new_letters
from core.exchange.applying.revision import Revision, work_type
from core.exchange.applying.weighing import Birth, Scales, Weighed
from core.exchange.applying.weighing_duties import weigh_nodes
from core.exchange.applying.weighing_links import weigh_dependencies
from core.exchange.applying.weighing_logs import entry_topic, weigh_entries, weigh_updates
from core.exchange.planned import ImportPlan
from core.exchange.telling.names import bare
from core.exchange.telling.told import NOT_SAID
from core.exchange.verdicts import (
    Applied,
    Change,
    Creation,
    NewProject,
    PersonMatch,
    Preview,
)
from core.queries import directory, importing
from core.records import dataclass


@dataclass(slots=True, kw_only=True)
class Look:
    """A plan as it was held against the store; good for one ``apply``."""

    mark: int
    """The newest event then: while it is the newest, weighing again would come to the same."""
    actor: PersonId | None
    preview: Preview
    weighed: Weighed | None
    """None once it was carried out, which changes it."""


def preview(desk: Desk, plan: ImportPlan, *, project: str | None = None) -> Preview:
    """What ``apply`` would do now; nothing is stored.

    Everything goes to ``project`` (a key or name) if one is given, and only its tasks are
    matched then. Refuses NotFound and Ambiguous for that project. A column whose limit is hard
    may still hold a move back; then ``apply`` reports it.
    """
    return look(desk, plan, project=project).preview


def look(desk: Desk, plan: ImportPlan, *, project: str | None = None) -> Look:
    """The same, with what spares ``apply`` the work of finding it out again."""
    mark = desk.mark()
    weighed, actor = _weigh(desk, plan, chosen=_chosen(desk, project))
    shown = _preview(plan, weighed)
    return Look(mark=mark, actor=actor, preview=shown, weighed=weighed)


def _preview(plan: ImportPlan, weighed: Weighed) -> Preview:
    names = weighed.team.names
    labels = dict.fromkeys(filter(None, (bare(one.label) for one in plan.people)))
    matched = ((label, names.find(label)) for label in labels)
    return Preview(
        source=plan.source,
        creates=_creations(weighed),
        changes=(*map(_change, weighed.revisions), *changed_letters(weighed)),
        unchanged=weighed.unchanged,
        skipped=tuple(weighed.skipped),
        doubts=tuple(weighed.doubts),
        people_new=new_people(weighed),
        people_matched=tuple(
            PersonMatch(label=label, handle=found.handle, placeholder=found.placeholder)
            for label, found in matched
            if found is not None
        ),
        projects_new=tuple(
            NewProject(key=home.key, name=home.name, pattern=home.pattern)
            for home in weighed.homes.used.values()
            if home.id is None
        ),
        work_types_new=new_types(weighed),
    )


def _change(one: Revision) -> Change:
    return Change(
        sheet=one.planned.sheet,
        row=one.planned.row,
        key=one.file.task.key,
        title=one.file.task.title,
        differences=tuple(one.differences),
    )


def _weigh(
    desk: Desk, plan: ImportPlan, *, chosen: Project | None
) -> tuple[Weighed, PersonId | None]:
    """All that applying ``plan`` would do now, and who would do it."""
    me = desk.me()
    actor = me.id if me else None
    scales = Scales(desk.ask, plan, chosen=chosen, actor=actor)
    scales.weigh_tasks()
    weigh_updates(scales, plan.updates, now=desk.now())
    me = desk.me() if plan.sync_entries else None
    viewer = me.id if me else None
    weigh_entries(scales, plan.sync_entries, ask=desk.ask, viewer=viewer)
    weigh_dependencies(scales, plan.dependencies, ask=desk.ask)
    weigh_nodes(scales, plan.nodes, ask=desk.ask)
    scales.result.doubts[:0] = plan.doubts
    scales.result.skipped[:0] = plan.skipped
    return scales.result, actor


def _chosen(desk: Desk, project: str | None) -> Project | None:
    return desk.ask(directory.find_project, project) if project else None


def new_people(weighed: Weighed) -> tuple[str, ...]:
    """The labels that become placeholders, in the order of their first use."""
    wanted = weighed.labels
    return tuple(label for label in wanted if weighed.needs_person(label))


def new_types(weighed: Weighed) -> tuple[str, ...]:
    """The work types that have to be added, in the order of their first use."""
    rows = (*(one.planned for one in weighed.births), *(one.planned for one in weighed.revisions))
    labels = (work_type(planned) for planned in rows if "type" in planned.given)
    return tuple(dict.fromkeys(one for one in labels if one and one not in weighed.team.types))


def _creations(weighed: Weighed) -> tuple[Creation, ...]:
    tasks = (
        Creation(
            kind="task",
            sheet=one.planned.sheet,
            row=one.planned.row,
            id=one.external_id,
            title=one.planned.title,
            project=one.home.key,
            state=one.planned.state,
        )
        for one in weighed.births
    )
    updates = (
        Creation(
            kind="update",
            sheet=update.sheet,
            row=update.row,
            id=update.task_external_id,
            title=update.title,
            project=place.home.key if isinstance(place, Birth) else "",
        )
        for update, place in weighed.updates
    )
    entries = (
        Creation(
            kind="sync-entry",
            sheet=entry.sheet,
            row=entry.row,
            id="",
            title=entry_topic(entry),
            project=home.key,
        )
        for entry, home in weighed.entries
    )
    links = (
        Creation(
            kind="dependency",
            sheet=link.sheet,
            row=link.row,
            id=link.task_external_id,
            title=link.needs_external_id,
            project="",
        )
        for link, _, _ in weighed.links
    )
    return (*tasks, *updates, *entries, *links, *new_letters(weighed))


def _looked(desk: Desk, looked: Look | None) -> tuple[Weighed, PersonId | None] | None:
    """What ``looked`` found, if it still stands; only once."""
    if looked is None or looked.weighed is None or looked.mark != desk.mark():
        return None
    weighed, looked.weighed = looked.weighed, None
    return weighed, looked.actor


def apply(
    desk: Desk,
    plan: ImportPlan,
    *,
    project: str | None = None,
    command_id: UUID | None = None,
    looked: Look | None = None,
) -> Applied:
    """Store what ``plan`` tells and the store does not know; all of it or nothing.

    ``project`` as for ``preview``; ``looked`` is of the same desk, plan and project. The same
    ``command_id`` twice is applied once. Refuses NotFound, Ambiguous, ``unknown-actor``,
    ``observer``, and Conflict (``command-id-used``) where the id was another command's or
    another file's.
    """
    chosen = _chosen(desk, project)
    with desk.together() as send:
        if command_id is not None:
            event = desk.ask(importing.applied_import, command_id)
            if event is not None:
                return _repeated(event, plan)
        weighed, actor = _looked(desk, looked) or _weigh(desk, plan, chosen=chosen)
        hands = Hands(send, weighed.team, ask=desk.ask, source=_source(plan))
        carrying = CarryingOut(weighed, hands, actor=actor)
        carrying.everything(people=new_people(weighed), types=new_types(weighed))
        created = len(weighed.births) + len(weighed.updates) + len(weighed.entries)
        created += len(weighed.links) + sum(len(one.made) for one in weighed.allotments)
        if hands.last:
            note = NoteImport(
                source=_source(plan),
                created=created,
                changed=carrying.changed,
                skipped=len(weighed.skipped),
                doubts=len(weighed.doubts),
            )
            hands.send(note, number=str(command_id) if command_id else "")
    return Applied(
        created=created,
        changed=carrying.changed,
        unchanged=weighed.unchanged,
        skipped=len(weighed.skipped),
        people=hands.people,
        projects=carrying.projects,
        doubts=tuple(weighed.doubts),
        first=hands.first,
        last=hands.last,
    )


def _source(plan: ImportPlan) -> str:
    return bare(plan.source) or NOT_SAID


def _repeated(event: Event, plan: ImportPlan) -> Applied:
    """What the import did when it was applied first."""
    if event.subject != _source(plan):
        raise Conflict("command-id-used", command_id=event.command_id)
    told = {name: new for name, (_, new) in event.changes.items()}
    counts = {name: new for name, new in told.items() if isinstance(new, int)}
    return Applied(
        created=counts.get("created", 0),
        changed=counts.get("changed", 0),
        unchanged=0,
        skipped=counts.get("skipped", 0),
        people=0,
        projects=0,
        doubts=(),
        first=event.number,
        last=event.number,
        repeated=True,
    )
