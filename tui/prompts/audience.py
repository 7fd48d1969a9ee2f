"""For whom something is: several people and departments in one line."""

import re
from collections.abc import Sequence
from typing import ClassVar, Final, NamedTuple

from textual.binding import Binding

from core.domain.ids import DepartmentId, PersonId
from core.domain.text import fold
from tui.prompts.inputs import Choice, Field
from tui.words import Words

_BETWEEN: Final = re.compile(r"[、,，;；]")
_JOIN: Final = "、"
DEPARTMENT: Final = "department:"
"""With which the keys of departments begin."""


class Named(NamedTuple):
    """Whom a text names, and what of it nobody is called."""

    people: tuple[PersonId, ...] = ()
    departments: tuple[DepartmentId, ...] = ()
    others: tuple[str, ...] = ()


class AudienceField(Field):
    """Names between commas; up and down put a name in the place of the last one."""

    READS = True
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("down", "step(1)"),
        Binding("up", "step(-1)"),
    ]

    def __init__(
        self, words: Words, *, id: str, choices: Sequence[Choice], value: str = ""
    ) -> None:
        """``choices``: people by id, departments by ``department:`` and id."""
        super().__init__(words("For whom"), value=value, id=id)
        self.words = words
        self.choices = tuple(choices)
        self._place = -1
        self._sought = ""
        """What stood in the last place before a name was put there."""
        self._put = ""

    @property
    def named(self) -> Named:
        """Whom the text names: exactly by name or handle."""
        found = [(name, self._called(name)) for name in self._names()]
        keys = [one.key for _, one in found if one is not None]
        return Named(
            people=tuple(PersonId(int(key)) for key in keys if key.isdigit()),
            departments=tuple(
                DepartmentId(int(key.removeprefix(DEPARTMENT)))
                for key in keys
                if key.startswith(DEPARTMENT)
            ),
            others=tuple(name for name, one in found if one is None),
        )

    def _names(self) -> list[str]:
        return [name for part in _BETWEEN.split(self.text) if (name := part.strip())]

    def _called(self, name: str) -> Choice | None:
        """The only one who is called that, by name or by handle."""
        wanted = fold(name.lstrip("@"))
        for text in ("note", "label"):
            found = [one for one in self.choices if fold(getattr(one, text)) == wanted]
            if len(found) == 1 and not (text == "note" and not found[0].key.isdigit()):
                return found[0]
        return None

    def action_step(self, by: int) -> None:
        """The next of those who fit what stands in the last place."""
        *before, last = _BETWEEN.split(self._input.value)
        if last.strip() != self._put:
            self._place, self._sought = -1, last.strip()
        fitting = [one for one in self.choices if one.matches(self._sought)]
        if not fitting:
            return
        first = self._place < 0 and by < 0
        self._place = len(fitting) - 1 if first else (self._place + by) % len(fitting)
        self._put = fitting[self._place].label
        kept = [name.strip() for name in before]
        self._input.value = _JOIN.join((*kept, self._put))
        self._input.cursor_position = len(self._input.value)

    def read(self) -> None:
        """Say who is meant, and what is kept only as it is written."""
        others = self.named.others
        if not self.text:
            self.show_reading(self.words("everybody · ↓ a person or a department"))
        elif others:
            said = self.words("as written: {names} · ↓ fits a name", names=_JOIN.join(others))
            self.show_reading(said)
        else:
            names = [one.label for name in self._names() if (one := self._called(name))]
            self.show_reading(f"→ {_JOIN.join(names)}")
