"""Exports of other programs made for a test: as little of each as tells something."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from typing import Any

from core.exchange.plan import read_plan
from core.exchange.planned import ImportPlan
from tests.exchange.files import TODAY, csv_bytes

LI = {"id": "m1", "fullName": "李雷", "username": "li"}
HAN = {"id": "m2", "fullName": "韩梅梅", "username": "han"}
LISTS = (("l1", "待办"), ("l2", "进行中"), ("l3", "Done"))


def json_plan(value: object, *, name: str = "board.json", zone: tzinfo = UTC) -> ImportPlan:
    raw = json.dumps(value, ensure_ascii=False).encode()
    return read_plan(raw, name=name, today=TODAY, zone=zone)


def trello(*cards: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A board with three lists and two members; each card has an id by its place, from c0."""
    return {
        "name": "Board",
        "lists": [
            {"id": number, "name": name, "pos": place} for place, (number, name) in enumerate(LISTS)
        ],
        "members": [LI, HAN],
        "cards": [
            {"id": f"c{place}", "shortLink": f"s{place}", "idList": "l1", "pos": place, **card}
            for place, card in enumerate(cards)
        ],
        **more,
    }


def comment(card: str, text: str, *, date: str = "2026-01-02T03:04:05.000Z") -> dict[str, Any]:
    return {
        "type": "commentCard",
        "date": date,
        "idMemberCreator": "m2",
        "memberCreator": HAN,
        "data": {"text": text, "card": {"id": card, "name": "?"}},
    }


def tasks(*tasks: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What ``task export`` would write; each has an id by its place, from u0."""
    return [
        {"uuid": f"u{place}", "status": "pending", "entry": "20260101T000000Z", **task}
        for place, task in enumerate(tasks)
    ]


def jira(headings: Sequence[str], *rows: Sequence[str]) -> ImportPlan:
    """The plan of a Jira export with these columns after Summary and Issue key (J-1, J-2)."""
    lines = [
        (f"Issue {number}", f"J-{number}", *cells) for number, cells in enumerate(rows, start=1)
    ]
    raw = csv_bytes(("Summary", "Issue key", *headings), *lines, encoding="utf-8-sig")
    return read_plan(raw, name="jira.csv", today=TODAY)
