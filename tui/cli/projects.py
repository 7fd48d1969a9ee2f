"""``duban projects``."""

from typing import TYPE_CHECKING, Any

from tui.cli import columns, reading
from tui.cli.declared import Command, Parameter
from tui.cli.people import department
from tui.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.domain.people import Project
    from core.domain.status import State
    from tui.cli.request import Request
    from tui.words import Words

_TEXTS = ("pattern", "goal", "customer", "time_zone", "calendar")


def run(request: "Request") -> None:
    """List all projects with their rules."""
    from core.queries.directory import departments, people, projects

    found = request.ask(projects)
    names = {one.id: one for one in request.ask(people, with_merged=True)}
    homes = {one.id: one.name for one in request.ask(departments)}
    words = request.words
    if request.given.flag("json"):
        from tui.cli.asjson import plain

        request.json(
            [
                plain(one)
                | {
                    "lead": names[one.lead].handle if one.lead else None,
                    "department": homes[one.department] if one.department else None,
                }
                for one in found
            ]
        )
        return
    heads = [words("Key"), words("Project name"), words("Id pattern"), words("Lead")]
    heads += [words("WIP limit"), words("Time zone"), words("Rules")]
    rows = [
        (
            one.key,
            one.name,
            one.pattern,
            names[one.lead].name if one.lead else "",
            _wip_text(words, one),
            one.time_zone,
            ", ".join(_rules_told(words, one)),
        )
        for one in found
    ]
    columns.show(heads, rows)


def _rules_told(words: "Words", project: "Project") -> "Iterator[str]":
    """Who sees it and who accepts there, where that is not as usual; then its own limits."""
    if project.restricted:
        yield words("restricted")
    if project.self_accept:
        yield words("self-acceptance")
    yield from (f"{name}={limit}" for name, limit in project.rules.items())


def _wip_text(words: "Words", project: "Project") -> str:
    from tui.terms import state_word

    between = "、" if words.language == "zh_CN" else ", "
    told = between.join(f"{state_word(words, one)} {limit}" for one, limit in project.wip.items())
    return words("{limits} (hard)", limits=told) if told and project.wip_hard else told


def _fields(request: "Request") -> dict[str, Any]:
    given = request.given
    fields: dict[str, Any] = {
        name: given.text(name) for name in _TEXTS if given.maybe(name) is not None
    }
    for name in ("wip_hard", "self_accept", "restricted"):
        if given.switch(name) is not None:
            fields[name] = given.switch(name)
    if text := given.text("lead"):
        fields["lead"] = request.person(text).id
    if text := given.text("department"):
        fields["department"] = department(request, text).id
    if rules := _rules(request):
        fields["rules"] = rules
    return fields


def _rules(request: "Request") -> dict[str, str]:
    """``--rule checkin=eod-15m``; ``checkin=usual`` and ``checkin=`` go back to the usual limit."""
    rules = {}
    for text in request.given.texts("rule"):
        name, equals, limit = text.partition("=")
        if not equals:
            raise request.wrong(
                request.words("Write a rule like checkin=eod-15m or checkin=usual.")
            )
        rules[name.strip()] = "" if limit.strip().casefold() in _USUAL else limit
    return rules


def _wip(request: "Request", kept: "Mapping[State, int]") -> dict["State", int] | None:
    """The limits: those kept, with what ``--wip doing=3`` says; ``doing=none`` takes one away."""
    given = request.given.texts("wip")
    limits = dict(kept)
    for text in (part for one in given for part in one.split(",")):
        name, _, limit = text.partition("=")
        state = reading.state(request, name)
        if limit.casefold() in {"none", "0", "无"}:
            limits.pop(state, None)
        elif limit.isascii() and limit.isdigit():
            limits[state] = int(limit)
        else:
            raise request.wrong(request.words("Write a WIP limit like doing=3 or doing=none."))
    return limits if given else None


def show(request: "Request") -> None:
    """Tell one project, its rules included."""
    from core.policies.team_rules import EXAMPLES, NAMES
    from core.queries.directory import departments, find_project, people

    words, found = request.words, request.ask(find_project, request.given.text("key"))
    named = {one.id: one.handle for one in request.ask(people, with_merged=True)}
    homes = {one.id: one.name for one in request.ask(departments)}
    lead = named.get(found.lead, "") if found.lead else ""
    home = homes.get(found.department, "") if found.department else ""
    if request.given.flag("json"):
        from tui.cli.asjson import plain

        request.json(plain(found) | {"lead": lead or None, "department": home or None})
        return
    facts = (
        (words("Project name"), found.name),
        (words("Id pattern"), found.pattern),
        (words("Lead"), lead),
        (words("Department"), home),
        (words("WIP limit"), _wip_text(words, found)),
        (words("Time zone"), found.time_zone),
        (words("Calendar"), found.calendar),
        (words("Restricted"), words("yes") if found.restricted else ""),
        (words("Self-acceptance"), words("yes") if found.self_accept else ""),
    )
    request.say(found.key, *(f"  {label}  {text}" for label, text in facts if text))
    heads = (words("Rule"), words("Here"), words("Usually"))
    usual = {name: examples[0] for name, examples in EXAMPLES.items()}
    usual["cadence"] = words("by urgency and priority")
    columns.show(heads, [(one, found.rules.get(one, ""), usual[one]) for one in NAMES])


def add(request: "Request") -> None:
    """Add a project."""
    from core.commands.projects import AddProject

    if request.desk.me() is None:
        request.begin()
    key = request.given.text("key")
    name = request.given.text("name") or key
    receipt = request.do(AddProject(key=key, name=name, wip=_wip(request, {}), **_fields(request)))
    request.receipt(receipt, request.words("Added: {what}", what=receipt.name))


def edit(request: "Request") -> None:
    """Change a project's rules."""
    from core.commands.projects import EditProject
    from core.queries.directory import find_project

    project = request.ask(find_project, request.given.text("key"))
    command = EditProject(
        project=project.id,
        name=request.given.maybe("name"),
        wip=_wip(request, project.wip),
        **_fields(request),
    )
    receipt = request.do(command)
    request.receipt(receipt, request.words("Changed: {what}", what=receipt.name))


_USUAL = frozenset({"", "usual", "none", "默认", "无"})
_FIELDS = (
    Parameter("--pattern PATTERN", N_("How ids are made, with key, year and seq in braces.")),
    Parameter("--lead WHO", N_("Who leads it."), suggests="people"),
    Parameter("--department NAME", N_("Its department.")),
    Parameter("--goal TEXT", N_("What it is for.")),
    Parameter("--customer TEXT", N_("Whom it is for.")),
    Parameter("--wip STATE=LIMIT...", N_("Most cards in a column; none takes it away.")),
    Parameter("--wip-hard/--wip-soft", N_("Whether a full column refuses or warns.")),
    Parameter(
        "--self-accept/--no-self-accept",
        N_("Whether somebody who works there alone may accept their own work."),
    ),
    Parameter("--restricted/--open", N_("Whether only its members and leads see it.")),
    Parameter("--rule NAME=LIMIT...", N_("A limit of its own, such as checkin=eod-15m.")),
    Parameter("--time-zone ZONE", N_("Such as Asia/Shanghai.")),
    Parameter("--calendar NAME", N_("Its working days.")),
)

COMMANDS = {
    "projects": Command(
        "projects",
        run,
        help=N_("List projects; add or edit them."),
        example="duban projects",
    ).with_commands(
        Command("list", run, help=N_("List projects."), example="duban projects list"),
        Command(
            "show",
            show,
            help=N_("Tell one project with its rules."),
            example="duban projects show CSAT",
            takes=(Parameter("KEY", suggests="projects"),),
        ),
        Command(
            "add",
            add,
            help=N_("Add a project."),
            example='duban projects add CSAT "Customer survey" --wip doing=3',
            writes=True,
            takes=(Parameter("KEY"), Parameter("[NAME]..."), *_FIELDS),
        ),
        Command(
            "edit",
            edit,
            help=N_("Change a project's rules."),
            example="duban projects edit CSAT --wip doing=5 --wip-hard",
            writes=True,
            takes=(
                Parameter("KEY", suggests="projects"),
                Parameter("--name NAME", N_("Its name.")),
                *_FIELDS,
            ),
        ),
    )
}
