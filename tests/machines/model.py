"""What a board should be, told in dicts: no store, no SQL, none of the program's policies."""

from dataclasses import dataclass, field
from typing import Any

STEPS = {
    "draft": {"todo"},
    "todo": {"draft", "doing"},
    "doing": {"todo", "review"},
    "review": {"doing"},
    "done": {"doing"},
    "archived": set(),
    "cancelled": set(),
}
CLOSED = {"done", "archived", "cancelled"}
OWNED = {"doing", "review"}


class No(Exception):
    """The model refuses; the text is the code that the desk must give."""


@dataclass
class Card:
    """A task as the model knows it."""

    key: str
    title: str
    owner: str | None
    priority: str = "medium"
    state: str = "todo"
    parent: int | None = None
    blocked: bool = False
    before: str | None = None
    progress: int = 0
    submitted_by: str | None = None
    round: int = 0
    criteria: dict[int, bool] = field(default_factory=dict)
    needs: set[int] = field(default_factory=set)

    @property
    def column(self) -> tuple[str, int | None]:
        """What it is ordered in."""
        return (self.state, self.parent)


class Board:
    """Cards by id, and the order of every column. ``lead`` accepts; nobody accepts their own."""

    def __init__(self, lead: str) -> None:
        self.lead = lead
        self.cards: dict[int, Card] = {}
        self.order: dict[tuple[str, int | None], list[int]] = {}
        self.numbers = 0
        self.parts: dict[int, int] = {}

    def column(self, card: Card) -> list[int]:
        return self.order.setdefault(card.column, [])

    def next_key(self, parent: int | None) -> str:
        """The key that a new card must get."""
        if parent is None:
            return f"T{self.numbers + 1:03}"
        return f"{self.cards[parent].key}-{self.parts.get(parent, 0) + 1:02}"

    def create(self, number: int, card: Card) -> None:
        if card.parent is None:
            self.numbers += 1
        else:
            self.parts[card.parent] = self.parts.get(card.parent, 0) + 1
        self.cards[number] = card
        self.column(card).append(number)

    def edit(self, number: int, name: str, *, seen: Any, value: Any) -> bool:
        card = self.cards[number]
        if card.state in {"archived", "cancelled"}:
            raise No("task-closed")
        now = getattr(card, name)
        if now == value:
            return False
        if now != seen:
            raise No("changed-meanwhile")
        setattr(card, name, value)
        return True

    def assign(self, number: int, owner: str | None, *, seen: str | None) -> bool:
        card = self.cards[number]
        self.is_open(card)
        if owner is None and card.state in OWNED:
            raise No("owner-needed")
        return self.edit(number, "owner", seen=seen, value=owner)

    def is_open(self, card: Card) -> None:
        if card.state in CLOSED:
            raise No("task-closed")

    def go(self, number: int, state: str) -> None:
        """Put a card on top of another column."""
        card = self.cards[number]
        self.column(card).remove(number)
        card.state = state
        self.column(card).insert(0, number)

    def move(self, number: int, to: str, *, seen: str, by: str, reason: str) -> bool:
        card = self.cards[number]
        if card.state == to:
            return False
        if card.state != seen:
            raise No("changed-meanwhile")
        no = {
            "verdict-needed": to == "done" and card.state == "review",
            "illegal-move": to not in STEPS[card.state],
            "owner-needed": to in OWNED and card.owner is None,
            "findings-needed": card.state == "review" and by not in {card.owner, card.submitted_by},
            "reason-needed": card.state == "done" and not reason,
        }
        for code, so in no.items():
            if so:
                raise No(code)
        if to == "review":
            card.submitted_by, card.round = by, card.round + 1
        elif to == "doing":
            card.submitted_by = None
        self.go(number, to)
        return True

    def judge(self, number: int, *, by: str, good: bool) -> None:
        card = self.cards[number]
        if card.state != "review":
            raise No("not-in-review")
        if by in {card.owner, card.submitted_by}:
            raise No("own-work")
        if by != self.lead:
            raise No("not-the-acceptor")
        if not good:
            card.submitted_by = None
            self.go(number, "doing")
            return
        if self.open_children(number):
            raise No("open-subtasks")
        if not all(card.criteria.values()):
            raise No("criteria-open")
        card.blocked = False
        self.go(number, "done")

    def open_children(self, number: int) -> list[int]:
        return [
            one
            for one, card in self.cards.items()
            if card.parent == number and card.state not in CLOSED
        ]

    def archive(self, number: int, *, seen: str) -> None:
        card = self.cards[number]
        if card.state != seen:
            raise No("changed-meanwhile")
        if card.state not in {"done", "cancelled"}:
            raise No("not-ended")
        card.before = card.state
        self.go(number, "archived")

    def cancel(self, number: int, *, seen: str) -> None:
        card = self.cards[number]
        self.is_open(card)
        if card.state != seen:
            raise No("changed-meanwhile")
        if self.open_children(number):
            raise No("open-subtasks")
        card.before, card.blocked = card.state, False
        self.go(number, "cancelled")

    def restore(self, number: int) -> None:
        card = self.cards[number]
        if card.before is None:
            raise No("not-closed")
        back = "doing" if card.before == "review" else card.before
        card.before = "todo" if back == "cancelled" else None
        if back not in CLOSED:
            card.submitted_by = None
        self.go(number, back)

    def reorder(self, number: int, neighbour: int, *, below: bool) -> bool:
        card, other = self.cards[number], self.cards[neighbour]
        if number == neighbour:
            return False
        if card.column != other.column:
            raise No("changed-meanwhile")
        column = self.column(card)
        column.remove(number)
        column.insert(column.index(neighbour) + below, number)
        return True

    def reaches(self, start: int, goal: int) -> bool:
        waiting, known = [start], set()
        while waiting:
            step = waiting.pop()
            if step == goal:
                return True
            if step not in known:
                known.add(step)
                waiting.extend(self.cards[step].needs)
        return False

    def depend(self, number: int, needs: int) -> bool:
        card = self.cards[number]
        if needs in card.needs:
            return False
        if self.reaches(needs, number):
            raise No("circle")
        card.needs.add(needs)
        return True
