"""A team on PostgreSQL in which every member has a role of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from itertools import count
from os import getpid
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from core.clock import SetClock
from core.commands.projects import AddProject
from core.commands.setup import StartTeam
from core.commands.submitting import SubmitTask
from core.desk import Desk, Receipt
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import Role
from core.store import pg_roles
from tests.office import Office, submission

_NUMBERS = count(1)
PASSWORD = "x"
"""Of every role: a server that the tests did not start may ask for it."""
REFUSED = "42501"
"""PostgreSQL's code for what a role may not do; the guards raise it too."""
NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
"""In SQL: this instant as a store keeps it."""


def new_prefix() -> str:
    """For the roles of one test: roles belong to the whole server."""
    return f"duban_t{getpid()}_{next(_NUMBERS)}_"


def drop_roles(url: str, prefix: str) -> None:
    """Take away every role whose name begins so, with what it has in the database of ``url``."""
    with psycopg.connect(url, autocommit=True) as connection:
        names = connection.execute(
            "SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", (prefix,)
        ).fetchall()
        for (name,) in names:
            words = sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}")
            connection.execute(words.format(sql.Identifier(name)))


def under(url: str, role: str) -> str:
    """The same database under another role."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{role}:{PASSWORD}@{host}").geturl()


class Team(Office):
    """li, zhao, qian and zhou (members), wu (leads project OPS), wang (admin), sun (observer).

    Each has a role; the desk's own account acts for anybody. The clock stands at the server's
    time, because guards hold what is written against that.
    """

    def __init__(self, url: str) -> None:
        self.url, self.prefix = url, new_prefix()
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT now()").fetchone()
        assert row is not None
        self.clock = SetClock(row[0].astimezone(UTC))
        self.desk = Desk(url, actor="wang", clock=self.clock).open()
        self.do(StartTeam(handle="wang", name="王强"))
        self.wang = PersonId(1)
        self.li, self.zhao = self.person("li", "李娜"), self.person("zhao", "赵敏")
        self.sun = self.person("sun", "孙丽", role=Role.OBSERVER)
        self.qian, self.zhou = self.person("qian", "钱进"), self.person("zhou", "周红")
        self.wu = self.person("wu", "吴刚")
        made = self.do(AddProject(key="OPS", name="运营", lead=self.wu, pattern="{key}-{seq:03}"))
        self.project = ProjectId(made.id)
        self.apply()

    def do(self, command: object, *, by: str = "") -> Receipt:
        """By whoever looks after it: wang after people and projects, wu after the work."""
        family = type(command).__module__.rpartition(".")[2]
        usual = "wang" if family in {"people", "projects", "setup"} else "wu"
        return super().do(command, by=by or usual)

    def apply(self) -> pg_roles.Plan:
        """Set the roles up, or bring them up to date."""
        planned = pg_roles.plan(self.store, prefix=self.prefix)
        pg_roles.apply(self.store, planned)
        with psycopg.connect(self.url, autocommit=True) as connection:
            for login in planned.logins:
                words = sql.SQL("ALTER ROLE {} PASSWORD {}")
                connection.execute(words.format(sql.Identifier(login.role), PASSWORD))
        return planned

    def url_of(self, handle: str) -> str:
        """The store's URL under the role of ``handle``."""
        return under(self.url, f"{self.prefix}{handle}")

    def submission_of(self, task: TaskId) -> SubmitTask:
        """What submits the task, with a deliverable where none is registered."""
        return submission(self.view(task))

    @contextmanager
    def raw(self, handle: str) -> Iterator[Any]:
        """A connection of psycopg's under somebody's own role; what is done is committed."""
        with psycopg.connect(self.url_of(handle)) as connection:
            yield connection

    @contextmanager
    def own(self, handle: str, *, actor: str = "") -> Iterator[Desk]:
        """A desk under somebody's own role."""
        desk = Desk(self.url_of(handle), actor=actor or handle, clock=self.clock).open()
        try:
            yield desk
        finally:
            desk.close()

    def code(self, handle: str, *statements: str) -> str:
        """How raw SQL under a role ends: empty if it is taken, else PostgreSQL's code."""
        try:
            with self.raw(handle) as connection:
                for statement in statements:
                    connection.execute(statement.encode())
        except psycopg.Error as error:
            return error.sqlstate or "?"
        return ""

    def tried(self, handle: str, *statements: str) -> str:
        """The same, and nothing is kept of it; what is checked at the end is checked."""
        return self.code(handle, *statements, "SET CONSTRAINTS ALL IMMEDIATE", "ROLLBACK")

    def one(self, statement: str, *, by: str = "") -> Any:
        """The first value of a query, under a role or as the desk's account sees it."""
        if by:
            with self.raw(by) as connection:
                return connection.execute(statement.encode()).fetchone()[0]
        return self.store.database.connection().execute(statement.encode()).fetchone()[0]

    def drop(self) -> None:
        """Close, and take the roles away; the database goes with its fixture."""
        self.desk.close()
        drop_roles(self.url, self.prefix)
