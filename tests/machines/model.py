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
BEFORE_START = {"draft", "todo"}


class No(Exception):
    """The model refuses; the text is the code that the desk must give."""


@dataclass
class Held:
    """Whose a task was for some time."""

    owner: str
    by: str
    taken: bool
    returned: bool = False


@dataclass
class Card:
    """A task as the model knows it."""

    key: str
    title: str
    owner: str | None
    maker: str = ""
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
    hands: set[str] = field(default_factory=set)
    """Whoever owned or submitted it since it was last sent back."""
    held: list[Held] = field(default_factory=list)
    """Whose it was, oldest first; the last one has it as long as it has an owner."""
    told: bool = False
    """Whether somebody said what came of it."""

    @property
    def column(self) -> tuple[str, int | None]:
        """What it is ordered in."""
        return (self.state, self.parent)

    @property
    def holding(self) -> Held | None:
        """Whose it is now."""
        return self.held[-1] if self.owner else None

    def give(self, owner: str | None, *, by: str) -> None:
        """Who works for themselves has taken it on."""
        self.owner = owner
        if owner is not None:
            self.hands.add(owner)
            self.held.append(Held(owner, by, taken=owner == by))

    def works(self, by: str) -> None:
        """Whoever begins or tells of their own work has taken it on."""
        if self.holding and self.owner == by:
            self.holding.taken = True


class Board:
    """Cards by id, and the order of every column. ``lead`` accepts; nobody accepts their own.

    Each way in asks first who may: the owner works, the lead decides, a maker keeps what is not
    begun and nobody else's, and everybody may order cards.
    """

    def __init__(self, lead: str) -> None:
        self.lead = lead
        self.cards: dict[int, Card] = {}
        self.order: dict[tuple[str, int | None], list[int]] = {}
        self.numbers = 0
        self.parts: dict[int, int] = {}

    def lets(self, by: str, *who: str | None) -> None:
        """The lead decides over all that others may do, but for submitting."""
        if by not in {self.lead, *who}:
            raise No("not-allowed")

    def makers(self, card: Card) -> str | None:
        """Whoever made it, as long as it is theirs to change."""
        mine = card.state in BEFORE_START and card.owner in {None, card.maker}
        return card.maker if mine else None

    def column(self, card: Card) -> list[int]:
        return self.order.setdefault(card.column, [])

    def next_key(self, parent: int | None) -> str:
        """The key that a new card must get."""
        if parent is None:
            return f"T{self.numbers + 1:03}"
        return f"{self.cards[parent].key}-{self.parts.get(parent, 0) + 1:02}"

    def may_create(self, owner: str | None, *, by: str) -> None:
        """To make it for somebody else is to assign it."""
        self.lets(by, *({by} if owner in {None, by} else ()))

    def create(self, number: int, card: Card) -> None:
        if card.parent is None:
            self.numbers += 1
        else:
            self.parts[card.parent] = self.parts.get(card.parent, 0) + 1
        self.cards[number] = card
        card.give(card.owner, by=card.maker)
        self.column(card).append(number)

    def edit(self, number: int, name: str, *, seen: Any, value: Any, by: str) -> bool:
        card = self.cards[number]
        self.lets(by, card.owner, self.makers(card))
        self.is_kept(card)
        now = getattr(card, name)
        if now == value:
            return False
        if now != seen:
            raise No("changed-meanwhile")
        setattr(card, name, value)
        return True

    def claim(self, number: int, *, by: str) -> None:
        card = self.cards[number]
        self.is_open(card)
        if card.owner not in {None, by}:
            raise No("has-owner")
        if card.owner is None:
            card.give(by, by=by)
        card.works(by)

    def assign(self, number: int, owner: str | None, *, seen: str | None, by: str) -> bool:
        card = self.cards[number]
        self.lets(by)
        self.is_open(card)
        if owner is None and card.state in OWNED:
            raise No("owner-needed")
        if card.owner == owner:
            return False
        if card.owner != seen:
            raise No("changed-meanwhile")
        card.give(owner, by=by)
        return True

    def takes(self, number: int, *, by: str) -> Card:
        """The card, if it is theirs to take on or to give back; that is no lead's to do."""
        card = self.cards[number]
        if card.owner != by:
            raise No("not-allowed")
        self.is_open(card)
        return card

    def take_on(self, number: int, *, by: str) -> None:
        self.takes(number, by=by).works(by)

    def give_back(self, number: int, *, by: str) -> None:
        card = self.takes(number, by=by)
        last = card.held[-1]
        if last.taken:
            raise No("taken-on")
        back = self.before(card) if card.state in OWNED else None
        if back is None and card.state in OWNED:
            raise No("owner-needed")
        last.returned = True
        card.give(back, by=last.by)
        if back is not None:
            card.held[-1].taken = False

    def before(self, card: Card) -> str | None:
        """Who had it and took it on, last first; else the lead, else its maker; nobody twice."""
        had = [one.owner for one in reversed(card.held[:-1]) if one.taken]
        gone = {card.owner, *(one.owner for one in card.held if one.returned)}
        return next((one for one in (*had, self.lead, card.maker) if one not in gone), None)

    def is_open(self, card: Card) -> None:
        if card.state in CLOSED:
            raise No("task-closed")

    def is_kept(self, card: Card) -> None:
        if card.state in {"archived", "cancelled"}:
            raise No("task-closed")

    def ask_for(self, card: Card, *, reason: str, by: str) -> None:
        """Criteria are agreed once the work has begun."""
        self.lets(by, card.owner, self.makers(card))
        self.is_open(card)
        if card.state in OWNED and not reason:
            raise No("reason-needed")

    def go(self, number: int, state: str) -> None:
        """Put a card on top of another column."""
        card = self.cards[number]
        self.column(card).remove(number)
        card.state = state
        self.column(card).insert(0, number)

    def move(self, number: int, to: str, *, seen: str, by: str, reason: str) -> bool:
        card = self.cards[number]
        if to == "review" and card.state != "review" and by != card.owner:
            raise No("not-allowed")
        if to not in {"done", "review"} and card.state != "review":
            self.lets(by, *(() if card.state == "done" else (card.owner,)))
        if card.state == to:
            return False
        if card.state != seen:
            raise No("changed-meanwhile")
        no = {
            "verdict-needed": to == "done" and card.state == "review",
            "illegal-move": to not in STEPS[card.state],
            "owner-needed": to in OWNED and card.owner is None,
            "submission-needed": to == "review",
            "findings-needed": card.state == "review" and by not in {card.owner, card.submitted_by},
            "reason-needed": card.state == "done" and not reason,
        }
        for code, so in no.items():
            if so:
                raise No(code)
        if to == "doing":
            card.submitted_by = None
            card.works(by)
        self.go(number, to)
        return True

    def submit(self, number: int, *, by: str) -> None:
        card = self.cards[number]
        if by != card.owner:
            raise No("not-allowed")
        if card.state != "doing":
            raise No("changed-meanwhile" if card.state == "review" else "illegal-move")
        card.submitted_by, card.round = by, card.round + 1
        card.hands.add(by)
        card.works(by)
        self.go(number, "review")

    def judge(self, number: int, *, by: str, good: bool) -> None:
        card = self.cards[number]
        if card.state != "review":
            raise No("not-in-review")
        if by in card.hands:
            raise No("own-work")
        if by != self.lead:
            raise No("not-the-acceptor")
        if not good:
            card.submitted_by = None
            card.hands = {card.owner} if card.owner else set()
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

    def archive(self, number: int, *, seen: str, result: str, by: str) -> None:
        card = self.cards[number]
        self.lets(by, self.makers(card))
        if card.state != seen:
            raise No("changed-meanwhile")
        if card.state not in {"done", "cancelled"}:
            raise No("not-ended")
        if card.state == "done" and card.parent is None and not card.told:
            if not result:
                raise No("result-needed")
            card.told = True
        card.before = card.state
        self.go(number, "archived")

    def cancel(self, number: int, *, seen: str, by: str) -> None:
        card = self.cards[number]
        self.lets(by, self.makers(card))
        self.is_open(card)
        if card.state != seen:
            raise No("changed-meanwhile")
        if self.open_children(number):
            raise No("open-subtasks")
        card.before, card.blocked = card.state, False
        self.go(number, "cancelled")

    def restore(self, number: int, *, by: str) -> None:
        card = self.cards[number]
        self.lets(by)
        if card.before is None:
            raise No("not-closed")
        back = "doing" if card.before == "review" else card.before
        card.before = "todo" if back == "cancelled" else None
        if back not in CLOSED:
            card.submitted_by = None
            card.works(by)
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

    def depend(self, number: int, needs: int, *, by: str) -> bool:
        card = self.cards[number]
        self.lets(by, card.owner, self.makers(card))
        self.is_kept(card)
        if needs in card.needs:
            return False
        if self.reaches(needs, number):
            raise No("circle")
        card.needs.add(needs)
        return True
