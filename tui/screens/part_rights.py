"""Whether the member may add a part to a task: asked before anything is typed."""

from collections.abc import Iterable, Mapping
from typing import Final

from core.domain.status import State
from core.policies.rights import Act
from tui.screens.permitted import Keyed, closed, why_not_act

_NEEDS: Final[Mapping[str, Act]] = {
    "subtask": Act.CREATE,
    "criterion": Act.EDIT,
    "milestone": Act.EDIT,
    "collaborator": Act.EDIT,
    "dependency": Act.EDIT,
    "deliverable": Act.WORK,
    "update": Act.NOTE,
}
"""As the commands have it in core.commands.needs."""
_OPEN: Final = frozenset({"criterion", "milestone", "collaborator", "update"})
"""These are for an open task only; others are still added to what is done."""


def why_not_add(screen: Keyed, kind: str) -> str:
    """Why the member may not add such a part, with whom to ask; empty if they may."""
    card, about = screen.card, screen.about
    if card is None or about is None:
        return ""
    if kind in _OPEN and (late := closed(screen, card, told=True)):
        return late
    if about.state is State.DONE:
        about = about._replace(state=None)  # what came of it is put in order after it was accepted
    return why_not_act(screen, _NEEDS[kind], about, key=card.key, told=True)


def refused_kinds(screen: Keyed, kinds: Iterable[str]) -> dict[str, str]:
    """Those of ``kinds`` that the member may not add, each with why."""
    found = ((one, why_not_add(screen, one)) for one in kinds)
    return {one: why for one, why in found if why}
