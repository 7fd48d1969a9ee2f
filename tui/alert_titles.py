"""What an alert is about, in words."""

from typing import TYPE_CHECKING

from tui.terms import MEETINGS

if TYPE_CHECKING:
    from core.queries.alert_rows import AlertRow
    from tui.words import Words


def titled(words: "Words", row: "AlertRow") -> str:
    """What it is about; of a folded line whose news is missing."""
    if row.people or row.count > 1:
        names = "、".join(row.people) if words.language == "zh_CN" else ", ".join(row.people)
        said = words.ngettext("{count} task without news", "{count} tasks without news", row.count)
        return f"{said}: {names}" if names else said
    if row.rule == "meeting":
        return words(MEETINGS.get(row.title, row.title))
    return row.title
