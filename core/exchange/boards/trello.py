"""A Trello board's export: cards as tasks, checklist items as subtasks, comments as updates.

Trello's lists are states here by their names. A card that was put away is archived if its work was
done, else cancelled; so nothing of a board is lost, and nothing put away comes back onto it.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any, Final

from core.domain.status import State
from core.exchange.boards.columns import Column, read_columns
from core.exchange.boards.findings import Findings, paragraph, planned_task
from core.exchange.boards.labels import read_labels
from core.exchange.boards.nodes import Node, local_time
from core.exchange.boards.trello_comments import read_comments
from core.exchange.boards.trello_people import People
from core.exchange.planned import ReadTable
from core.exchange.reading import clean
from core.exchange.unreadable import UnknownFormat

_CARDS: Final = "cards[]"


def is_trello(value: object) -> bool:
    """Whether ``value`` is a board as Trello exports it."""
    if not isinstance(value, dict):
        return False
    return isinstance(value.get("cards"), list) and isinstance(value.get("lists"), list)


def read_trello(value: Mapping[str, object], *, zone: tzinfo, findings: Findings) -> None:
    """Take the cards of a board; days are those of ``zone``. Refuses ``too-many-rows``."""
    if not is_trello(value):
        raise UnknownFormat("json")
    board = _Board(Node(value, path="", findings=findings), zone=zone)
    board.read()


class _Board:
    """Reads one board: what its cards name first, then the cards, then what was said of them."""

    def __init__(self, board: Node, *, zone: tzinfo) -> None:
        self._board = board
        self._zone = zone
        self._findings = board.findings
        self._people = People(board)
        self._name = board.line("name")
        self._lists: dict[str, tuple[int, Node]] = {}
        self._columns: dict[str, Column] = {}
        self._labels: dict[str, str] = {}
        self._fields: dict[str, Node] = {}
        self._options: dict[str, str] = {}
        self._checklists: dict[str, list[tuple[int, Node]]] = defaultdict(list)
        self._taken: dict[str, tuple[str, str]] = {}
        """Foreign id and title by Trello's own id, of the cards that became tasks."""

    def read(self) -> None:
        """Take all of it."""
        self._read_lists()
        self._read_fields()
        for place, checklist in self._board.items("checklists"):
            self._checklists[checklist.line("idCard")].append((place, checklist))
        cards = sorted(self._board.items("cards"), key=lambda one: self._order(one[1]))
        for place, card in cards:
            self._card(place, card)
        table = ReadTable(
            sheet="cards", code="Trello", header_row=0, rows=len(self._taken), unknown=()
        )
        self._findings.tables.append(table)
        read_comments(self._board, people=self._people, taken=self._taken, zone=self._zone)

    def _read_lists(self) -> None:
        listed = sorted(self._board.items("lists"), key=lambda one: one[1].number("pos"))
        names = [one.line("name") for _, one in listed if not one.flag("closed")]
        names += [one.line("name") for _, one in listed if one.flag("closed")]
        self._columns = read_columns(names)
        for place, (_, one) in enumerate(listed):
            self._lists[one.line("id")] = (place, one)
            name = one.line("name")
            column = self._columns[name]
            if not column.sure and self._findings.first("unknown-list", name):
                one.doubt("name", "unknown-list", read_as=column.state)

    def _read_fields(self) -> None:
        for _, label in self._board.items("labels"):
            self._labels[label.line("id")] = label.line("name") or label.line("color")
        for _, one in self._board.items("customFields"):
            self._fields[one.line("id")] = one
            for _, option in one.items("options"):
                self._options[option.line("id")] = option.child("value").line("text")

    def _order(self, card: Node) -> tuple[int, float]:
        place, _ = self._lists.get(card.line("idList"), (len(self._lists), None))
        return place, card.number("pos")

    def _card(self, place: int, card: Node) -> None:
        title = card.line("name")
        if card.flag("isTemplate"):
            self._findings.skip(_CARDS, place, "template-card", fact=title)
            return
        if not title:
            self._findings.skip(_CARDS, place, "row-without-title")
            return
        identity = card.line("shortLink") or card.line("id")
        labels, note = self._notes(card)
        standing = self._standing(card)
        owner, *others = self._people.members(card, "idMembers") or ("",)
        facts: dict[str, Any] = {
            "external_id": identity,
            "foreign": True,
            "title": title,
            "description": card.lines("desc"),
            "project_name": self._name,
            "initiator": self._people.creator(card.line("id")),
            "owner": owner,
            "collaborators": tuple(others),
            "start_on": card.day("start", zone=self._zone),
            "due_on": card.day("due", zone=self._zone),
            "deliverables": _attachments(card),
            "note": note,
            **{name: value for name, value in labels.items() if name != "rest"},
            **standing,
        }
        assumed = frozenset() if self._column(card).sure or card.flag("closed") else {"state"}
        task = planned_task(facts, sheet=_CARDS, row=place, assumed=frozenset(assumed))
        if self._findings.task(task):
            self._taken[card.line("id")] = (identity, title)
            self._items(card, identity, state=task.state)

    def _column(self, card: Node) -> Column:
        _, one = self._lists.get(card.line("idList"), (0, None))
        return Column(State.TODO, sure=False) if one is None else self._columns[one.line("name")]

    def _standing(self, card: Node) -> dict[str, Any]:
        """State and block, from the list, the mark of completion and being put away."""
        _, home = self._lists.get(card.line("idList"), (0, None))
        column = self._column(card)
        if home is None:
            card.doubt("idList", "unknown-list", read_as=column.state)
        state = column.state
        if card.flag("dueComplete") and state not in {State.DONE, State.ARCHIVED}:
            state = State.DONE
            card.doubt("dueComplete", "complete-elsewhere", read_as=state)
        if card.flag("closed") or (home is not None and home.flag("closed")):
            state = self._put_away(card, home, state)
        if not column.blocked or state is not State.DOING or home is None:
            return {"state": state}
        name = home.line("name")
        return {"state": state, "blocked_reason": name, "status_note": name}

    def _put_away(self, card: Node, home: Node | None, state: State) -> State:
        if state in {State.DONE, State.ARCHIVED}:
            return State.ARCHIVED
        if card.flag("closed"):
            card.doubt("closed", "closed-unfinished", read_as=State.CANCELLED)
        elif home is not None and self._findings.first("closed-unfinished", home.path):
            home.doubt("closed", "closed-unfinished", read_as=State.CANCELLED)
        return State.CANCELLED

    def _notes(self, card: Node) -> tuple[dict[str, Any], str]:
        """What the labels tell, and the note: other labels, custom fields, where the card is."""
        names = [one.line("name") or one.line("color") for _, one in card.items("labels")]
        if not names:
            names = [self._labels.get(one, "") for one in card.words("idLabels")]

        def doubted(code: str, label: str, read_as: str) -> None:
            if self._findings.first(code, label):
                where = card.at("labels")
                self._findings.doubt(code, cell=where, value=label, read_as=read_as)

        labels = read_labels(filter(None, names), doubted=doubted)
        rest = ", ".join(labels["rest"])
        url, number = card.line("shortUrl") or card.line("url"), card.number("idShort")
        place = f"{url} (#{number:.0f})" if number and url else url
        return labels, paragraph(f"Labels: {rest}" if rest else "", *self._custom(card), place)

    def _custom(self, card: Node) -> list[str]:
        """A line for each custom field that is set."""
        told = []
        for _, item in card.items("customFieldItems"):
            field = self._fields.get(item.line("idCustomField"))
            value = item.child("value")
            said = self._options.get(item.line("idValue"), "")
            if day := value.instant("date"):
                local = local_time(day, self._zone)
                said = f"{local:%Y-%m-%d}" if local else ""
            said = said or next(filter(None, map(value.line, ("text", "number", "checked"))), "")
            if said:
                told.append(f"{field.line('name') if field else '?'}: {said}")
        return told

    def _items(self, card: Node, identity: str, *, state: State) -> None:
        """The items of the card's checklists, as subtasks; of work put away they are too."""
        open_items = False
        for number, checklist in self._checklists.get(card.line("id"), ()):
            sheet, name = f"checklists[{number}].checkItems[]", checklist.line("name")
            items = sorted(checklist.items("checkItems"), key=lambda one: one[1].number("pos"))
            for place, item in items:
                complete = item.line("state") == "complete"
                open_items = open_items or not complete
                facts = {
                    "parent_external_id": identity,
                    "state": _item_state(state, complete=complete),
                }
                self._item(sheet, place, item, {**facts, "note": name})
        if open_items and state is State.DONE:
            card.doubt("name", "open-items-of-done")

    def _item(self, sheet: str, place: int, item: Node, more: dict[str, Any]) -> None:
        title = item.line("name")
        if not title:
            self._findings.skip(sheet, place, "row-without-title")
            return
        facts: dict[str, Any] = {
            "external_id": item.line("id"),
            "foreign": True,
            "title": title,
            "project_name": self._name,
            "owner": self._people.member(item, "idMember"),
            "due_on": item.day("due", zone=self._zone),
            **more,
        }
        assumed = frozenset({"state"} if more["state"] is State.TODO else ())
        self._findings.task(planned_task(facts, sheet=sheet, row=place, assumed=assumed))


def _item_state(above: State, *, complete: bool) -> State:
    """What an item is, whose card is in state ``above``."""
    if above in {State.ARCHIVED, State.CANCELLED}:
        return State.ARCHIVED if complete else State.CANCELLED
    return State.DONE if complete else State.TODO


def _attachments(card: Node) -> tuple[str, ...]:
    """Name and address of each attachment, as one line."""
    told = []
    for _, one in card.items("attachments"):
        name, url = one.line("name"), one.line("url")
        told.append(url if name in ("", url) else f"{name} {url}".strip())
    return tuple(dict.fromkeys(clean.line(text).value for text in told if text))
