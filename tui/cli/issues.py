"""``duban issue``: the issue register; ``duban escalate`` is one of its steps by a shorter name."""

from typing import TYPE_CHECKING, Any

from tui.cli import reading
from tui.cli.declared import Command, Parameter
from tui.cli.issue_listing import issue_named, run, show
from tui.words import N_

if TYPE_CHECKING:
    from tui.cli.request import Request


def add(request: "Request") -> None:
    """Raise an issue."""
    from core.commands.issues import RaiseIssue

    given = request.given
    fields: dict[str, Any] = {
        name: given.text(name) for name in ("impact", "detail", "proposal", "parties")
    }
    if text := given.text("task"):
        fields["task"] = request.task(text)
    else:
        fields["project"] = request.home().id
    if text := given.text("severity"):
        fields["severity"] = reading.severity(request, text)
    if text := given.text("handler"):
        fields["handler"] = request.person(text).id
    if text := given.text("occurred"):
        fields["occurred"] = _occurred(request, text)
    receipt = request.do(RaiseIssue(title=given.text("title"), **fields))
    request.receipt(receipt, request.words("{key} is raised.", key=receipt.name))


def _occurred(request: "Request", text: str) -> object:
    """A moment gone by. Raises Usage."""
    from tui.past import NotAMoment, read_past

    project = request.project(request.given.text("project"))
    calendar = reading.calendar_of(project)
    try:
        return read_past(text, now=request.desk.now(), zone=calendar.zone)
    except NotAMoment:
        words = request.words
        raise request.wrong(
            words("“{text}” is not a moment. Try 10:30, 2h, yesterday 16:00.", text=text)
        ) from None


def respond(request: "Request") -> None:
    """Say that it is taken up."""
    from core.commands.issues import RespondIssue

    given = request.given
    fields: dict[str, Any] = {}
    if text := given.text("handler"):
        fields["handler"] = request.person(text).id
    number = issue_named(request)
    if text := given.text("by"):
        from core.queries.issues import issue_view

        home = request.project(request.ask(issue_view, number).row.project_key)
        fields["resolve_by"] = reading.due(request, text, project=home)
    receipt = request.do(RespondIssue(issue=number, response=given.text("response"), **fields))
    said = request.words("{key} is responded to; next it is resolved.", key=receipt.name)
    request.receipt(receipt, said)


def resolve(request: "Request") -> None:
    """Say how it was resolved."""
    from core.commands.issues import ResolveIssue

    command = ResolveIssue(issue=issue_named(request), resolution=request.given.text("resolution"))
    receipt = request.do(command)
    request.receipt(receipt, request.words("{key} is resolved.", key=receipt.name))


def close(request: "Request") -> None:
    """Confirm that it is over."""
    from core.commands.issues import CloseIssue

    receipt = request.do(CloseIssue(issue=issue_named(request), note=request.given.text("note")))
    request.receipt(receipt, request.words("{key} is closed.", key=receipt.name))


def reopen(request: "Request") -> None:
    """Say that it is not over."""
    from core.commands.issues import ReopenIssue

    receipt = request.do(
        ReopenIssue(issue=issue_named(request), reason=request.given.text("reason"))
    )
    said = request.words("{key} is open again; its clocks have started afresh.", key=receipt.name)
    request.receipt(receipt, said)


def escalate(request: "Request") -> None:
    """Take it to the next level now."""
    from core.commands.issues import EscalateIssue
    from core.queries.issues import issue_view

    number = issue_named(request)
    receipt = request.do(EscalateIssue(issue=number, reason=request.given.text("reason")))
    view = request.ask(issue_view, number)
    handles = view.raised[-1].told if view.raised else {}
    names = [one.name for one in view.people.values() if one.handle in handles]
    who = ", ".join(names) or request.words("nobody")
    said = request.words(
        "{key} is at level {level} now; told: {who}.",
        key=receipt.name,
        level=view.issue.level,
        who=who,
    )
    request.receipt(receipt, said)


_KEY = Parameter("KEY", N_("The issue, or the task if it has one open issue."), suggests="issues")
_PROJECT = Parameter("--project KEY", N_("Its project."), suggests="projects")
_TASK = Parameter("--task KEY", N_("The task it belongs to."), suggests="tasks")
_HANDLER = Parameter("--handler WHO", N_("Who handles it."), suggests="people")
_LISTING = (
    _PROJECT,
    _TASK,
    Parameter("--state STATE", N_("Only those that stand so."), suggests="issue-states"),
    Parameter("--mine", N_("Only those I handle or have reported.")),
    Parameter("--all", N_("Resolved and closed ones too.")),
    Parameter("-n --limit COUNT", N_("At most so many; 50 unless given.")),
)


def _escalating(example: str) -> Command:
    return Command(
        "escalate",
        escalate,
        help=N_("Take an issue to the next level now, with the reason."),
        example=example,
        writes=True,
        takes=(_KEY, Parameter("REASON...")),
    )


COMMANDS = {
    "issue": Command(
        "issue",
        run,
        help=N_("Read the issue register; issue add raises one."),
        example="duban issue --project CSAT --mine",
        takes=_LISTING,
    ).with_commands(
        Command(
            "add",
            add,
            help=N_("Raise an issue; its two clocks start."),
            example='duban issue add "API unstable" --task T001 --impact "all tests stand still"',
            writes=True,
            takes=(
                Parameter("TITLE..."),
                Parameter("--impact TEXT", N_("The scope of impact."), required=True),
                _TASK,
                _PROJECT,
                Parameter("--detail TEXT", N_("What happened.")),
                Parameter("--proposal TEXT", N_("A first proposal for a fix.")),
                Parameter("--parties TEXT", N_("Whose part is concerned.")),
                Parameter(
                    "--severity WORD",
                    N_("low, medium, high or critical; critical counts day and night."),
                    suggests="severities",
                ),
                _HANDLER,
                Parameter("--occurred WHEN", N_("When it happened; now unless given.")),
            ),
        ),
        Command(
            "ls",
            run,
            help=N_("List the register."),
            example="duban issue ls --all",
            takes=_LISTING,
        ),
        Command(
            "show",
            show,
            help=N_("Tell one issue with its history."),
            example="duban issue show CSAT-I03",
            takes=(_KEY,),
        ),
        Command(
            "respond",
            respond,
            help=N_("Say that an issue is taken up; ends the first clock."),
            example='duban issue respond CSAT-I03 "looking into it" --by fri',
            writes=True,
            takes=(
                _KEY,
                Parameter("RESPONSE..."),
                _HANDLER,
                Parameter("--by WHEN", N_("By when it will be resolved.")),
            ),
        ),
        Command(
            "resolve",
            resolve,
            help=N_("Say how an issue was resolved."),
            example='duban issue resolve CSAT-I03 "more memory"',
            writes=True,
            takes=(_KEY, Parameter("RESOLUTION...")),
        ),
        Command(
            "close",
            close,
            help=N_("Confirm that a resolved issue is over."),
            example="duban issue close CSAT-I03",
            writes=True,
            takes=(_KEY, Parameter("[NOTE]...")),
        ),
        Command(
            "reopen",
            reopen,
            help=N_("Say that an issue is not over; its clocks start afresh."),
            example='duban issue reopen CSAT-I03 "it broke again"',
            writes=True,
            takes=(_KEY, Parameter("REASON...")),
        ),
        _escalating('duban issue escalate CSAT-I03 "the customer waits"'),
    ),
    "escalate": _escalating('duban escalate T001 "the customer waits"'),
}
