"""The people of a Jira export: columns name them, comments only by their account."""

import re
from typing import Final

from core.exchange.boards.table import Said, Table, TableRow

_PAIRS: Final = ("assignee", "reporter", "creator", "watchers", "project lead")
_MENTION: Final = re.compile(r"\[~(?:accountid:)?([^\]\s]{1,100})\]")


class People:
    """Names by account, learned from every pair of columns such as Assignee and Assignee Id."""

    def __init__(self, table: Table) -> None:
        self._names: dict[str, str] = {}
        pairs = [
            (name, number)
            for heading in _PAIRS
            for name, number in zip(
                table.columns.get(heading, ()), table.columns.get(f"{heading} id", ()), strict=False
            )
        ]
        for row in table.rows:
            for name, number in pairs:
                named, account = row.at(name), row.at(number)
                if named and account:
                    self._names.setdefault(account.text, row.cleaned(named, long=False))

    def told(self, text: str) -> str:
        """``text`` with accounts that are mentioned by their names."""
        return _MENTION.sub(lambda found: f"@{self._names.get(found[1], found[1])}", text)

    def author(self, row: TableRow, said: Said, account: str) -> str:
        """The name of whoever wrote a comment; an account that no column names is a doubt."""
        if account and account not in self._names:
            row.doubt_once(said._replace(text=account), "person-unknown", read_as=account)
        return self._names.get(account, account)
