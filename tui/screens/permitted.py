"""Whether the member may do what a key is for: the one place where the interface asks the core.

Asked before anything is typed, and for the keys that the bottom line shows. What the core refuses
later, in its transaction, is refused by the same rules.
"""

from typing import TYPE_CHECKING, ClassVar, Protocol

from core.domain.refusals import Fact, Refusal, Rejected
from core.domain.status import State
from core.policies import acts, rights
from core.policies.acts import About, who_may
from core.policies.rights import Act
from core.policies.warnings import due_is_agreed
from tui.keyboard import Scope
from tui.needs import NEEDS, ONGOING

if TYPE_CHECKING:
    from core.queries.board import CardRow
    from core.queries.detail import TaskView
    from core.queries.reviews import VerdictFacts
    from tui.session import Session
    from tui.widgets.hints import Severity
    from tui.words import Words


class Place(Protocol):
    """What is asked of the screen, which asks here in its turn."""

    session: "Session"
    words: "Words"

    def refusal_text(self, refusal: Refusal) -> str:
        """Why something was not taken."""


class Keyed(Place, Protocol):
    """A screen with a task that keys act on."""

    SCOPE: ClassVar[Scope]

    @property
    def is_composed(self) -> bool:
        """Whether there is anything to ask what is chosen."""

    @property
    def card(self) -> "CardRow | None":
        """The task."""

    @property
    def about(self) -> About | None:
        """What is known of it."""


class Telling(Place, Protocol):
    """A screen that tells why not."""

    def tell(self, text: str, severity: "Severity" = "information") -> None:
        """Show one message."""

    def refused(self, refusal: Refusal) -> None:
        """Tell why something was not taken."""


_SOME = 3
"""Names of whom to ask, at most."""


def about_card(session: "Session", card: "CardRow | None") -> About | None:
    """What a card and the directory tell; no question is asked."""
    project = session.project_of(card.project) if card is not None else None
    if card is None or project is None:
        return None
    led = next((one for one in session.departments if one.id == project.department), None)
    return About(card.state, project, led, owner=card.owner)


def about_view(view: "TaskView | None", verdict: "VerdictFacts | None" = None) -> About | None:
    """All that matters, where a task was read whole; ``verdict``: and whose verdict it awaits."""
    if view is None:
        return None
    known = About(view.task.state, view.project, view.department, view.task, view.collaborators)
    if verdict is None:
        return known
    return known._replace(own=verdict.own, acceptors=verdict.acceptors)


def act_of(action: str, card: "CardRow | None", *, scope: Scope, session: "Session") -> Act | None:
    """What an action comes to for this card; None for what everybody may do."""
    act, me = NEEDS.get(action), session.me
    if card is None:
        return Act.LOG if act is not None else None
    if action == "due" and (scope is Scope.TRIAGE or card.state is not State.TODO):
        return Act.GRANT_LATER if due_is_agreed(card.state, card.due) else Act.EDIT
    if action == "owner" and card.owner is None:
        return Act.CLAIM
    if action in {"move-next", "move-previous"}:
        mine = me is not None and me.id in {card.owner, card.submitted_by}
        return _move(card.state, on=action == "move-next", mine=mine)
    return act


def _move(state: State, *, on: bool, mine: bool) -> Act:
    """What taking a card on, or back, comes to."""
    if state is State.REVIEW:
        return Act.SUBMIT if mine and not on else Act.JUDGE
    if state is State.DOING and on:
        return Act.SUBMIT
    return Act.KEEP if state is State.DONE else Act.WORK


def refusal(session: "Session", act: Act | None, about: About | None, key: str) -> Refusal | None:
    """What the core would say; None if the member may, as far as ``about`` tells."""
    code = acts.why_not(act, session.me, about) if act is not None else None
    if code is None:
        return None
    state = about.state.value if about is not None and about.state is not None else ""
    facts: dict[str, Fact] = {"key": key, "state": state, "person": session.handle}
    if code == "not-allowed" and act is not None:
        facts |= {"act": act.value, "may": tuple(one.value for one in rights.who(act))}
    return Rejected(code, **facts)


def sentence(screen: Place, act: Act, about: About | None, refused: Refusal) -> str:
    """Why not, and who may."""
    asked = "" if acts.is_late(act, about) else whom_to_ask(screen, act, about)
    return screen.words.joined(screen.refusal_text(refused), asked)


def whom_to_ask(screen: Place, act: Act, about: About | None) -> str:
    """Who may; empty where nobody else does."""
    session, words = screen.session, screen.words
    found = who_may(act, about, session.people, without=session.me)
    names = [one.name for one in map(session.person, found) if one is not None]
    comma = "、" if words.language == "zh_CN" else ", "
    return words("Ask {names}.", names=comma.join(names[:_SOME])) if names else ""


def why_not(screen: Keyed, action: str, *, told: bool) -> str:
    """See ``HintingScreen.why_not``."""
    if action not in NEEDS:
        return ""
    card = screen.card if screen.is_composed else None
    about = screen.about if card is not None else None
    key = card.key if card is not None else ""
    act = act_of(action, card, scope=screen.SCOPE, session=screen.session)
    if act is None:
        return ""
    if action in ONGOING and card is not None and (said := closed(screen, card, told=told)):
        return said
    return why_not_act(screen, act, about, key=key, told=told)


def closed(screen: Place, card: "CardRow", *, told: bool) -> str:
    """That the card is closed, or the code of it; empty if it is open."""
    if card.state not in acts.CLOSED:
        return ""
    late = Rejected("task-closed", key=card.key, state=card.state.value)
    return screen.refusal_text(late) if told else late.code


def why_not_act(screen: Place, act: Act, about: About | None, *, key: str, told: bool) -> str:
    """Why the member may not, with whom to ask, or only the code; empty if they may."""
    refused = refusal(screen.session, act, about, key)
    if refused is None:
        return ""
    return sentence(screen, act, about, refused) if told else refused.code


async def why_not_read(screen: Keyed, action: str, card: "CardRow") -> str:
    """The same by the whole task, where a card does not tell enough; a verdict asks for itself."""
    act = act_of(action, card, scope=screen.SCOPE, session=screen.session)
    known = about_card(screen.session, card)
    if act in {None, Act.JUDGE} or acts.card_tells(act, screen.session.me, known):
        return ""
    from core.queries.permitted import about

    try:
        found = await screen.session.bridge.ask(about, card.id)
    except Refusal as gone:
        return screen.refusal_text(gone)
    return why_not_act(screen, act, found, key=card.key, told=True)


def was_told(screen: Telling, act: Act, about: About | None, key: str) -> bool:
    """The same for facts that are known."""
    refused = refusal(screen.session, act, about, key)
    if refused is not None:
        screen.tell(sentence(screen, act, about, refused), "warning")
    return refused is not None
