"""The words for what is refused of logins; a part of ``tui.refusals.SENTENCES``."""

from collections.abc import Mapping
from typing import Final

from tui.words import N_

LOGINS: Final[Mapping[str, str]] = {
    "login-refused": N_("The database refuses the login."),
    "not-allowed-by-store": N_("The database does not allow you to do that."),
    "taken-unseen": N_(
        "Something of that name is there already, perhaps where you do not see it."
        " Nothing was saved."
    ),
    "own-login": N_("You are connected as the role of {own}, and cannot act as {person}."),
    "login-of-nobody": N_("The role {person} belongs to nobody of this team (any more)."),
    "postgres-only": N_("Roles are for PostgreSQL: SQLite has none, and {path} is a file of it."),
    "roles-clash": N_("The roles were not set up: {detail}."),
    "roles-not-yours": N_(
        "This account may not set up roles. Give what “duban db roles” prints to whoever"
        " administers the database."
    ),
    "clocks-differ": N_(
        "This machine's clock and the database server's are more than five minutes apart."
        " Nothing was saved."
    ),
}
"""By the refusal's code."""
