"""Why a command or a question was not taken: a code and facts, never a sentence.

Refusal
├── NotFound              nothing by that name
├── Ambiguous             several by that name
├── BadValue              a field's value is not one it can have
├── Rejected              a rule of the workflow or of the team says no
├── Conflict              somebody else was faster
└── Unavailable           the store did not answer
    └── OutcomeUnknown    it may have been saved; ask again with the same command id
"""

from typing import ClassVar

Fact = str | int | float | bool | None | tuple[str, ...]


class Refusal(Exception):
    """The interface words ``code`` with ``facts`` in the reader's language."""

    kind: ClassVar[str] = "refused"

    def __init__(self, code: str, **facts: Fact) -> None:
        self.code = code
        self.facts: dict[str, Fact] = facts
        super().__init__(code, facts)


class NotFound(Refusal):
    """Facts: ``what`` (task, person, project ...), ``text`` that was looked for, ``near``."""

    def __init__(self, what: str, text: object, *, near: tuple[str, ...] = ()) -> None:
        super().__init__("not-found", what=what, text=str(text), near=near)


class Ambiguous(Refusal):
    """Facts: ``what``, ``text``, ``matches``."""

    def __init__(self, what: str, text: str, *, matches: tuple[str, ...]) -> None:
        super().__init__("ambiguous", what=what, text=text, matches=matches)


class BadValue(Refusal):
    """Facts: ``field``, ``value`` as given, ``reason`` (a code), and what would be right."""

    def __init__(self, field: str, value: object, *, reason: str, **facts: Fact) -> None:
        super().__init__("bad-value", field=field, value=str(value), reason=reason, **facts)


class Rejected(Refusal):
    """A rule says no; ``code`` names the rule."""


class Conflict(Refusal):
    """Somebody else was faster; facts hold what was seen and what stands now."""

    kind = "conflict"


class Unavailable(Refusal):
    """The store did not take or give anything; nothing was saved."""

    kind = "unavailable"


class OutcomeUnknown(Unavailable):
    """The connection broke while saving: it may or may not be stored."""

    kind = "unknown"
