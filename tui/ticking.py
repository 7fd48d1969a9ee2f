"""The clock's step, which every open client takes each minute; whoever comes first does it."""

from typing import Final

from core.desk import Desk

NOBODY: Final = ""
"""Who raises and escalates when the clock does it: no member, whoever's client runs it."""


def tick(desk: Desk) -> int:
    """Raise one batch of what became due; how many alerts that were. On the store thread.

    Nothing is written, and nobody else waits, where nothing is due. May refuse Unavailable.
    """
    from core.queries.ticking import due_now

    if not desk.ask(due_now, now=desk.now(), limit=1):
        return 0
    from core.commands.ticking import Tick

    return desk.acting(NOBODY, clock=desk.clock).do(Tick()).id
