"""What the answers in JSON look like; their names never change, only more may come."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, tzinfo
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.desk import Receipt


def receipt_json(receipt: "Receipt") -> dict[str, object]:
    """What a command did."""
    return {
        "ok": True,
        "cmd_id": receipt.command_id,
        "id": receipt.name or receipt.id,
        "number": receipt.id,
        "first": receipt.first,
        "last": receipt.last,
        "repeated": receipt.repeated,
        "warnings": [{"code": one.code, **one.facts} for one in receipt.warnings],
    }


def moment(at: datetime | None, zone: tzinfo = UTC) -> str | None:
    """ISO 8601 with the offset of ``zone``; None for never."""
    return None if at is None else at.astimezone(zone).isoformat()


def plain(value: object) -> Any:  # noqa: ANN401 - what JSON can hold
    """``value`` as JSON holds it; records become objects by field name."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return moment(value) if isinstance(value, datetime) else value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict) or hasattr(value, "items"):
        items: Mapping[object, object] = value  # type: ignore[assignment]
        return {str(plain(name)): plain(one) for name, one in items.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [plain(one) for one in value]
    return value
