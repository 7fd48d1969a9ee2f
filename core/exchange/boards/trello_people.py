"""The people of a Trello board: by full name, or by account where two bear the same name."""

from collections import Counter

from core.exchange.boards.nodes import Node

_MADE: frozenset[str] = frozenset({"createCard", "copyCard", "convertToCardFromCheckItem"})


class People:
    """Names for the ids of members, whether they still are members or only did something once."""

    def __init__(self, board: Node) -> None:
        self._findings = board.findings
        self._accounts: dict[str, tuple[str, str]] = {}
        """Full name and account by id."""
        self._creators: dict[str, str] = {}
        for _, member in board.items("members"):
            self._add(member)
        for _, action in board.items("actions"):
            self._add(action.child("memberCreator"))
            if action.raw("member") is not None:
                self._add(action.child("member"))
            if action.word("type") in _MADE:
                card = action.child("data").child("card").line("id")
                self._creators.setdefault(card, action.line("idMemberCreator"))
        self._names = Counter(name for name, _ in self._accounts.values())

    def _add(self, member: Node) -> None:
        number, account = member.line("id"), member.line("username")
        name = member.line("fullName") or account
        if number and name:
            self._accounts.setdefault(number, (name, account))

    def _named(self, number: str) -> str:
        name, account = self._accounts.get(number, ("", ""))
        return account if account and self._names[name] > 1 else name

    def creator(self, card: str) -> str:
        """Who made a card; empty where the export no longer tells."""
        return self._named(self._creators.get(card, ""))

    def author(self, action: Node) -> str:
        """Who did something; empty where nobody is told."""
        number = action.line("idMemberCreator") or action.child("memberCreator").line("id")
        return self._named(number)

    def member(self, node: Node, key: str) -> str:
        """The member whose id stands under ``key``; nobody is no doubt, a stranger is."""
        number = node.line(key)
        name = self._named(number)
        if number and not name:
            node.doubt(key, "person-unknown")
        return name

    def members(self, node: Node, key: str) -> tuple[str, ...]:
        """The members whose ids are listed under ``key``; several owners are a doubt."""
        numbers = node.words(key)
        names = tuple(dict.fromkeys(filter(None, map(self._named, numbers))))
        if len(names) < len(numbers):
            node.doubt(key, "person-unknown")
        if len(names) > 1:
            self._findings.doubt(
                "several-owners", cell=node.at(key), value="、".join(names), read_as=names[0]
            )
        return names
