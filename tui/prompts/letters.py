"""Ask what somebody is to a task: letters by their keys, and a note."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.duties import Letter
from core.domain.ids import PersonId
from core.domain.text import fold
from core.records import dataclass
from tui.prompts.base import Prompt
from tui.prompts.inputs import Choice, Field, PersonField
from tui.raci_words import LETTERS
from tui.words import Words

_ROLE: Final = "role"
_LABEL_LIMIT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersAnswer:
    """What was answered."""

    letters: tuple[Letter, ...]
    note: str
    person: PersonId | None = None
    label: str = ""
    """A role's name where no person is meant; both are empty where nobody was asked for."""


class LettersField(Widget, can_focus=True):
    """R, A, C and I side by side; each is taken and given back by its own key."""

    DEFAULT_CSS: ClassVar[str] = """
    LettersField { height: auto; layout: vertical; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *(
            Binding(",".join((one, one.lower(), *twins)), f"turn('{one}')")
            for one, twins in (("R", "Ｒｒ"), ("A", "Ａａ"), ("C", "Ｃｃ"), ("I", "Ｉｉ"))
        ),
        Binding("enter", "accept"),
    ]

    def __init__(self, words: Words, *, id: str, letters: Iterable[Letter]) -> None:
        super().__init__(id=id)
        self.words = words
        self._letters = set(letters)

    def compose(self) -> ComposeResult:
        """A line each."""
        for letter in Letter:
            yield Static("", id=f"letter-{letter.value}", markup=False)

    def on_mount(self) -> None:
        """Show what stands."""
        self._draw()

    @property
    def letters(self) -> tuple[Letter, ...]:
        """Those that are taken."""
        return tuple(one for one in Letter if one in self._letters)

    def action_turn(self, letter: str) -> None:
        """Take it, or give it back."""
        self._letters ^= {Letter(letter)}
        self._draw()
        self.post_message(Field.Changed())

    def action_accept(self) -> None:
        """Enter answers the prompt."""
        self.post_message(Field.Accepted())

    def _draw(self) -> None:
        for letter, said in LETTERS.items():
            mark = "●" if letter in self._letters else "○"
            line = Content(f"{mark} ") + Content.styled(letter.value, "$duban-key")
            text = line + Content(f" {self.words(said)}")
            self.query_one(f"#letter-{letter.value}", Static).update(text)


class HolderField(PersonField):
    """Somebody of the team, else a role by the text itself; the last choice is always that."""

    def _fitting(self) -> list[Choice]:
        fitting = super()._fitting()
        if not self.text or any(fold(one.label) == fold(self.text) for one in fitting):
            return fitting
        return [*fitting, Choice(key=_ROLE, label=self.text, note=self.words("as a role"))]


class LettersPrompt(Prompt[LettersAnswer]):
    """Who, where nobody is chosen yet; then the letters and the note."""

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        start: LettersAnswer,
        people: Sequence[Choice] = (),
        may_clear: bool = False,
    ) -> None:
        """``people``: whom to choose from; ``may_clear``: whether no letter is an answer."""
        keys = words("r a c i letters · tab next field · enter save · esc cancel")
        super().__init__(words, title=title, keys=keys)
        self._start = start
        self._people = tuple(people)
        self._may_clear = may_clear

    def fields(self) -> Iterable[Widget]:
        """Who, letters, note."""
        words, start = self.words, self._start
        if self._people:
            chosen = str(start.person or "")
            label = words("Who")
            who = HolderField(words, label=label, id="who", people=self._people, chosen=chosen)
            if start.label:
                who.begin(start.label)
            yield who
        yield LettersField(words, id="letters", letters=start.letters)
        yield Field(words("Note"), value=start.note, id="note")

    def on_field_accepted(self) -> None:
        """Enter; from the name it goes on to the letters."""
        letters = self.query_one("#letters", LettersField)
        if self._people and not letters.letters and not letters.has_focus:
            self.set_focus(letters)
            return
        self.accept()

    def value(self) -> LettersAnswer:
        """All of it."""
        person, label = None, ""
        if self._people:
            chosen = self.query_one("#who", HolderField).chosen
            if chosen is not None and chosen.key != _ROLE:
                person = PersonId(int(chosen.key))
            elif chosen is not None:
                label = chosen.label[:_LABEL_LIMIT]
        return LettersAnswer(
            letters=self.query_one("#letters", LettersField).letters,
            note=self.query_one("#note", Field).text,
            person=person,
            label=label,
        )

    def problem(self) -> str:
        """What is missing; the cursor goes there."""
        said = self.value()
        if self._people and said.person is None and not said.label:
            self.set_focus(self.query_one("#who-input"))
            return self.words("Name a person or a role.")
        if not said.letters and not self._may_clear:
            self.set_focus(self.query_one("#letters"))
            return self.words("Press r, a, c or i; one letter at least.")
        return ""

    def _typed(self) -> list[str]:
        letters = self.query_one("#letters", LettersField).letters
        return [*super()._typed(), *letters]
