"""A screen that knows its keys: which there are, and which of them its member may press now."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from core.domain.ids import PersonId
from core.domain.status import Role
from tui.actions import BY_ID
from tui.hinted import HINTS, LABELS
from tui.keyboard import Scope, shown
from tui.keymap import resolve
from tui.screens.counting import CountingScreen
from tui.widgets.hints import Hint, Hints

if TYPE_CHECKING:
    from core.domain.refusals import Refusal
    from core.policies.acts import About
    from core.queries.board import CardRow
    from tui.words import Words


_OTHERS: Final = PersonId(0)
_KEPT: Final = 7


class HintingScreen(CountingScreen, inherit_bindings=False):
    """Shows only keys that may be pressed; who may what is asked of ``permitted``."""

    SCOPE: ClassVar[Scope] = Scope.ANY
    words: "Words"
    _hinted_for: tuple[object, ...] | None = None
    """What the hints were made for last."""
    _made: tuple[tuple[tuple[object, ...], tuple[Hint, ...]], ...] = ()
    """Hints that a cursor going up and down comes back to, and what they were made for."""

    # Hints

    @property
    def hinted(self) -> tuple[str, ...]:
        """The actions that the bottom line shows, most useful first; the last two always."""
        return HINTS[self.SCOPE]

    @property
    def labels(self) -> Mapping[str, str]:
        """What it calls them, where that is not the action's own label."""
        return LABELS

    def hint_anew(self) -> None:
        """Show the keys that matter now: the focus has moved, or what is shown has changed."""
        self._made, self._hinted_for = (), None
        self._show_hints(self.hints())

    def _show_hints(self, found: tuple[Hint, ...]) -> None:
        for hints in self.query(Hints):
            hints.hints = found

    def hint_if_changed(self) -> None:
        """The same, if other keys may be pressed for what is chosen now."""
        if not self.is_composed:
            return
        found = self._facts_of_hints()
        if found != self._hinted_for:
            self._hinted_for = found
            known = next((made for facts, made in self._made if facts == found), None)
            if known is None:
                known = self.hints()
                self._made = ((found, known), *self._made[:_KEPT])
            self._show_hints(known)

    def hints(self) -> tuple[Hint, ...]:
        """The keys that the bottom line shows."""
        keys = resolve(self.session.settings.keys)
        found = []
        for name in self.hinted:
            ids = [one for one in name.split() if self.may(one)]
            pressed = " ".join(shown(keys[one][0]) for one in ids if keys[one])
            label = self.words(self.labels.get(name) or BY_ID[name].label)
            if pressed:
                found.append(Hint(key=pressed, label=label, action=ids[-1]))
        return tuple(found)

    def key(self, action: str) -> str:
        """The key of an action, as sentences name it; empty where the member took it away."""
        keys = resolve(self.session.settings.keys)[action]
        return shown(keys[0]) if keys else ""

    # What the member may do

    @property
    def card(self) -> "CardRow | None":
        """The task that keys act on; None where there is none."""
        return None

    @property
    def about(self) -> "About | None":
        """What is known of it here."""
        from tui.screens.permitted import about_card

        return about_card(self.session, self.card)

    @property
    def is_composed(self) -> bool:
        """False as long as there is no widget to ask what is chosen."""
        return bool(self.children)

    @property
    def _may_anything(self) -> bool:
        """Nothing is chosen yet, and who is here is no observer."""
        me = self.session.me
        return not self.is_composed and (me is None or me.role is not Role.OBSERVER)

    def may(self, action: str) -> bool:
        """Whether the member may do it, as far as is known here."""
        return not self.why_not(action, told=False)

    def why_not(self, action: str, *, told: bool = True) -> str:
        """Why the member may not do it, and who may; empty if they may, as far as is known here.

        ``told`` is False for who asks only whether: then it is the refusal's code.
        """
        if self._may_anything:
            return ""
        from tui.screens.permitted import why_not

        return why_not(self, action, told=told)

    def _facts_of_hints(self) -> tuple[object, ...]:
        """What decides which keys may be pressed; of others' tasks it is all one whose they are."""
        card, me, about = self.card, self.session.me, self.about
        mine = me.id if me else None
        if about is not None and about.owner not in {None, mine}:
            about = about._replace(owner=_OTHERS)
        if card is None:
            return (me, about)
        whose = card.owner if card.owner in {None, mine} else _OTHERS
        return (me, about, card.state, whose, card.submitted_by == mine, card.due is None)

    # Words

    def refusal_text(self, refusal: "Refusal") -> str:
        """Why something was not taken, and what to press."""
        from tui.refusals import Naming, advice, refusal_words

        keys = resolve(self.session.settings.keys)
        people: dict[int, str] = {one.id: one.name for one in self.session.people}
        naming = Naming(people=people, zone=self.session.calendar().zone)
        said = (refusal_words(self.words, refusal, naming), advice(self.words, refusal, keys))
        return self.words.joined(*said)
