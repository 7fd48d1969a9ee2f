"""``duban submit``, ``accept``, ``send-back``, ``delegate`` and ``reviews``."""

from typing import TYPE_CHECKING, Any

from tui.cli import reading
from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from core.commands.reviewing import Point
    from core.commands.submitting import Handover
    from core.domain.ids import PartId
    from core.domain.parts import Criterion
    from core.queries.detail import TaskView
    from core.queries.reviews import ReviewRow
    from tui.cli.request import Request

USUAL_LIMIT = 50


def _view(request: "Request") -> "TaskView":
    from core.queries.detail import task_view

    return request.ask(task_view, request.task(request.given.text("key")))


def submit(request: "Request") -> None:
    """Hand the work over for acceptance.

    What is left out: the results of the newest update, today, all criteria.
    """
    from core.commands.submitting import SubmitTask
    from core.queries.reviews import verdict_facts

    view, given = _view(request), request.given
    claims = tuple(one.id for one in view.criteria)
    if text := given.text("claim"):
        claims = _numbered(request, text, view.criteria)
    command = SubmitTask(
        task=view.task.id,
        results=given.text("results") or (view.updates[0].done if view.updates else ""),
        completed=_completed(request, view),
        claims=claims,
        deliverables=tuple(_handover(request, text) for text in given.texts("deliverable")),
    )
    receipt = request.do(command)
    words = request.words
    found = request.ask(verdict_facts, view.task.id, now=request.desk.now())
    name = view.name(next(iter(found.acceptors), None)) or words("nobody")
    said = words("{key} waits for {name} to accept it.", key=receipt.name, name=name)
    request.receipt(receipt, said)


def _completed(request: "Request", view: "TaskView") -> Any:  # noqa: ANN401 - a day or None
    text = request.given.text("completed")
    if not text:
        return None
    from core.policies.clocks import local_day
    from tui.past import NotAMoment, read_past_day

    calendar = reading.calendar_of(view.project)
    try:
        return read_past_day(text, today=local_day(request.desk.now(), calendar))
    except NotAMoment:
        words = request.words
        said = words("“{text}” is no day gone by. Try yesterday or 2026-03-17.", text=text)
        raise request.wrong(said) from None


def _handover(request: "Request", text: str) -> "Handover":
    """``NAME|VERSION|PLACE``; the version may be left out."""
    from core.commands.submitting import Handover

    said = [one.strip() for one in text.replace("｜", "|").split("|")]
    if not said[0] or len(said) > 3:
        raise request.wrong(
            request.words("“{text}” is no deliverable; write NAME|VERSION|PLACE.", text=text)
        )
    name, *rest = said
    return Handover(name, *rest) if len(rest) != 1 else Handover(name, location=rest[0])


def _numbered(
    request: "Request", text: str, criteria: "Sequence[Criterion]"
) -> "tuple[PartId, ...]":
    """The criteria that are meant: ``1,3``, ``all`` or ``none``. Raises Usage."""
    if text.casefold() in {"all", "全部"}:
        return tuple(one.id for one in criteria)
    if text.casefold() in {"none", "无"}:
        return ()
    return tuple(
        _numbered_one(request, one, criteria)
        for one in text.replace("，", ",").replace("、", ",").split(",")
    )


def _numbered_one(request: "Request", text: str, criteria: "Sequence[Criterion]") -> "PartId":
    number = text.strip()
    if number.isdecimal() and 1 <= int(number) <= len(criteria):
        return criteria[int(number) - 1].id
    words = request.words
    raise request.wrong(
        words(
            "There is no criterion “{text}”; there are {count}. See: duban criteria KEY",
            text=number,
            count=len(criteria),
        )
    )


def accept(request: "Request") -> None:
    """Find the work good."""
    from core.commands.reviewing import AcceptTask

    given = request.given
    task = request.task(given.text("key"))
    met: tuple[PartId, ...] = ()
    if text := given.text("met"):
        met = _numbered(request, text, _view(request).criteria)
    command = AcceptTask(
        task=task, note=given.text("note"), met=met, open_subtasks_reason=given.text("reason")
    )
    receipt = request.do(command)
    request.receipt(receipt, request.words("{key} is accepted.", key=receipt.name))


def send_back(request: "Request") -> None:
    """Send the work back, with what is missing."""
    from core.commands.reviewing import SendBack

    given, words = request.given, request.words
    findings, points = given.text("findings"), _points(request)
    if not findings:
        if not points:
            raise request.wrong(words("Say what is missing: --findings TEXT"))
        findings = "\n".join(one.lacks for one in points)
    task = request.task(given.text("key"))
    receipt = request.do(SendBack(task=task, findings=findings, points=points))
    request.receipt(receipt, words("{key} is sent back.", key=receipt.name))


def _points(request: "Request") -> "tuple[Point, ...]":
    """What criteria lack: ``NUMBER=TEXT`` each. Raises Usage."""
    from core.commands.reviewing import Point

    texts = request.given.texts("point")
    criteria = _view(request).criteria if texts else ()
    made = []
    for text in texts:
        number, between, lacks = text.replace("＝", "=").partition("=")
        if not between or not lacks.strip():
            words = request.words
            raise request.wrong(words("“{text}” is no point; write NUMBER=TEXT.", text=text))
        made.append(Point(_numbered_one(request, number, criteria), lacks.strip()))
    return tuple(made)


def delegate(request: "Request") -> None:
    """Have somebody else accept the task from now on."""
    from core.commands.reviewing import DelegateAcceptance

    view, given = _view(request), request.given
    to = request.person(given.text("who"))
    command = DelegateAcceptance(
        task=view.task.id, to=to.id, reason=given.text("reason"), seen=view.acceptor
    )
    receipt = request.do(command)
    words = request.words
    said = words("{key} waits for {name} to accept it.", key=receipt.name, name=to.name)
    request.receipt(receipt, said)


def reviews(request: "Request") -> None:
    """List what waits for acceptance, oldest first."""
    from core.queries.reviews import queue
    from tui.cli import columns

    given, words = request.given, request.words
    me = request.desk.me()
    limit = given.number("limit") or USUAL_LIMIT
    now = request.desk.now()
    rows = request.ask(queue, me.id if me else None, now=now, all=given.flag("all"), limit=limit)
    if given.flag("json"):
        request.json([_row_json(request, row) for row in rows])
        return
    if not rows:
        request.note(words("Nothing waits for you. What waits for others: duban reviews --all"))
        return
    heads = (words("Id"), words("Waiting"), words("Round"), words("Criteria"))
    more = (words("Owner"), words("Acceptor"), words("Title"))
    zones = reading.zones_of(request)
    lines = [_line(request, row, now=now, zone=zones[row.project]) for row in rows]
    columns.show((*heads, *more), lines)


def _line(
    request: "Request", row: "ReviewRow", *, now: "datetime", zone: "tzinfo"
) -> tuple[str, ...]:
    from tui.round_words import waited_words

    words = request.words
    return (
        row.key,
        waited_words(words, row.submitted, now=now, zone=zone),
        str(row.round),
        f"{row.criteria_met}/{row.criteria}",
        row.owner_name,
        row.asked_name or words("nobody"),
        row.title,
    )


def _row_json(request: "Request", row: "ReviewRow") -> dict[str, object]:
    """One task; people by handle, task and project by key."""
    from tui.cli.asjson import plain

    handles = request.handles()
    told: dict[str, object] = {name: plain(getattr(row, name)) for name in row._fields}
    told["number"], told["id"] = told.pop("task"), told.pop("key")
    told["project"] = told.pop("project_key")
    for name in ("owner", "acceptor", "submitted_by", "asked"):
        number = getattr(row, name)
        told[name] = handles.get(number) if number else None
    return told


KEY = Parameter("KEY", suggests="tasks")
SUBMITTING = (
    Parameter("--results TEXT", N_("The key results; those of the newest update unless given.")),
    Parameter("--completed DAY", N_("When the work was finished; today unless given.")),
    Parameter("--deliverable NAME|VERSION|PLACE...", N_("Register this and hand it over.")),
    Parameter("--claim NUMBERS", N_("The criteria that are met, like 1,3; all unless given.")),
)
FINDINGS = Parameter("--findings TEXT", N_("What is missing, when it is sent back."))
NOTE = Parameter("--note TEXT", N_("A remark on the acceptance."))

COMMANDS = {
    "submit": Command(
        "submit",
        submit,
        help=N_("Submit work for acceptance."),
        example='duban submit T001 --results "12 interviews" --deliverable "report|V1.0|share/r"',
        writes=True,
        takes=(KEY, *SUBMITTING),
    ),
    "accept": Command(
        "accept",
        accept,
        help=N_("Accept work that waits for it."),
        example="duban accept T001 --met all",
        writes=True,
        takes=(
            KEY,
            NOTE,
            Parameter("--met NUMBERS", N_("Tick these criteria, like 1,3 or all.")),
            Parameter("--reason TEXT", N_("Why it is done although subtasks are open.")),
        ),
    ),
    "send-back": Command(
        "send-back",
        send_back,
        help=N_("Send work back with findings."),
        example='duban send-back T001 --findings "figures of May are missing" --point 2="12 of 15"',
        writes=True,
        takes=(
            KEY,
            FINDINGS,
            Parameter("--point NUMBER=TEXT...", N_("What that criterion lacks.")),
        ),
    ),
    "delegate": Command(
        "delegate",
        delegate,
        help=N_("Have somebody else accept a task."),
        example='duban delegate T001 zhao --reason "away until Monday"',
        writes=True,
        takes=(
            KEY,
            Parameter("WHO", suggests="people"),
            Parameter("--reason TEXT", N_("Why."), required=True),
        ),
    ),
    "reviews": Command(
        "reviews",
        reviews,
        help=N_("List what waits for acceptance."),
        example="duban reviews --all",
        takes=(
            Parameter("--all", N_("What waits for others too.")),
            Parameter("-n --limit COUNT", N_("At most so many; 50 unless given.")),
        ),
    ),
}
