"""``duban db``: the database under the store, and its roles."""

from typing import TYPE_CHECKING

from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from core.queries.logins import Roles
    from tui.cli.request import Request


def show(request: "Request") -> None:
    """Tell which engine it is, where it is, and under whose role this call reads it."""
    from core.queries.checkup import engine, place
    from core.queries.logins import login

    words, found = request.words, request.ask(engine)
    where, own = request.ask(place), request.ask(login)
    content = {"engine": found.name, "version": found.version, "store": where, "role": own}
    lines = [f"{found.name} {found.version}", where]
    if own:
        lines.append(words("Connected as the role of {handle}.", handle=own))
    request.answer(content, *lines)


def roles(request: "Request") -> None:
    """Print the SQL that gives each member a role, or execute it."""
    from core.domain.refusals import Rejected
    from core.queries.logins import roles as ask

    request.creates = False  # a mistyped name makes no store
    given, words = request.given, request.words
    executes, me = given.flag("apply"), None
    if executes and (me := request.desk.me()) is None:
        raise Rejected("unknown-actor", person=request.handle)
    found = request.ask(ask, prefix=given.text("prefix"), by=me)
    request.saved = executes
    _note(request, found)
    if given.flag("json"):
        request.json(
            {
                "applied": executes,
                "roles": list(found.names),
                "left_out": list(found.left_out),
                "sql": found.sql,
            }
        )
    elif executes:
        said = words.ngettext(
            "{count} member has a role of their own: {names}",
            "{count} members have a role of their own: {names}",
            len(found.names),
            names=", ".join(found.names),
        )
        request.say(said)
    else:
        request.say(*found.sql.splitlines())


def _note(request: "Request", found: "Roles") -> None:
    """Who has none."""
    if found.left_out:
        said = N_("No role is made for {who}: such a handle makes no name for one.")
        request.note(request.words(said, who=", ".join(found.left_out)))


COMMANDS = {
    "db": Command(
        "db",
        show,
        help=N_("The database under the store, and its roles."),
        example="duban db roles",
    ).with_commands(
        Command(
            "roles",
            roles,
            help=N_("Print SQL that has PostgreSQL itself hold each member to the rights."),
            example="duban db roles --apply",
            takes=(
                Parameter("--apply", N_("Execute it instead, as an administrator of the team.")),
                Parameter(
                    "--prefix TEXT",
                    N_("How the names of roles begin; a team in the same server needs its own."),
                ),
            ),
        ),
    )
}
