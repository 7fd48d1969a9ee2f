"""What an alert says, as short as can be: the heading of its group says the rest."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from core.queries.alert_rows import AlertRow
from tui.durations import lasted
from tui.widgets.marks import Look
from tui.words import N_, Words, due_words

HAPPENED: Final = {
    "overdue": N_("{age} late"),
    "follow-up-late": N_("follow-up {age}"),
    "retro-late": N_("retro {age}"),
    "issue-second": N_("L2 issue {age}"),
    "issue-escalated": N_("L1 issue {age}"),
    "swarm-late": N_("not met, {age}"),
    "resolution-late": N_("unresolved {age}"),
    "blocked-long": N_("blocked {age}"),
    "issue-unanswered": N_("unanswered {age}"),
    "collaborator-late": N_("no response {age}"),
    "acceptance-late": N_("review {age}"),
    "extension-late": N_("extension {age}"),
    "question-late": N_("question {age}"),
    "unacknowledged": N_("not taken on {age}"),
    "criteria-changed": N_("criteria {age}"),
    "swarm": N_("meet: {left}"),
    "issue-respond": N_("respond: {left}"),
    "extension": N_("extension {age}"),
    "question": N_("question {age}"),
    "blocked-by-you": N_("blocked {age}"),
    "acceptance": N_("review {age}"),
    "at-risk": N_("at risk, {left}"),
    "due-soon": "{due}",
    "issue-open": N_("resolve: {left}"),
    "blocked": N_("blocked {age}"),
    "deliverable-late": N_("not filed {age}"),
    "retro": N_("retro today"),
    "follow-up": N_("follow-up {due}"),
    "update-missing": N_("silent {age}"),
    "reconfirm": N_("still yours?"),
    "meeting": N_("meeting {hour}"),
}
"""By rule; ``left`` is what is left of its limit, ``due`` how far off its due is."""


def happened(row: AlertRow, look: Look) -> str:
    """What is amiss, and since when or until when."""
    words = look.words
    said = HAPPENED[row.rule]
    if "{due}" in said:
        due = due_words(words, row.due, now=look.now, zone=look.zone, closing=look.closing)
        return due if said == "{due}" else words(said, due=due)
    if "{hour}" in said:
        return words(said, hour=f"{row.since.astimezone(look.zone):%H:%M}")
    if "{left}" in said:
        left = row.due - look.now if row.due is not None else timedelta()
        return words(said, left=short_age(words, left))
    age = lasted(row.since, now=look.now, zone=look.zone)
    return words(said, age=short_age(words, age))


def short_age(words: Words, age: timedelta) -> str:
    """Days, hours within a day, or minutes within an hour, in two or three cells."""
    if days := age // timedelta(days=1):
        return words("{count}d", count=days)
    if hours := age // timedelta(hours=1):
        return words("{count}h", count=hours)
    return words("{count}m", count=max(0, age // timedelta(minutes=1)))


def notes(words: Words, row: AlertRow, look: Look) -> Iterator[str]:
    """What has been done about it so far."""
    if row.nudges:
        yield words.ngettext("nudged once", "nudged {count} times", row.nudges)
    for one in row.acks:
        yield words("{name} knows: {note}", name=one.name, note=one.note)
    if row.quiet is not None:
        if row.quiet.until is None:
            yield words("quiet: {note}", note=row.quiet.note)
        else:
            until = f"{row.quiet.until.astimezone(look.zone):%m-%d %H:%M}"
            yield words("quiet until {when}: {note}", when=until, note=row.quiet.note)
