"""Office hours in words."""

from datetime import timedelta

from tui.words import Words

_DAY = 8
"""Office hours that make a working day, for those who read."""


def hours_words(words: Words, span: timedelta) -> str:
    """Working days and hours, such as “2 days 3 h”; minutes only below an hour."""
    minutes = round(span / timedelta(minutes=1))
    if minutes < 60:
        return words("{minutes} min", minutes=minutes)
    days, hours = divmod(round(minutes / 60), _DAY)
    parts = [words.ngettext("{count} day", "{count} days", days)] if days else []
    parts += [words("{hours} h", hours=hours)] if hours or not days else []
    return " ".join(parts)
