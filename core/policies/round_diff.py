"""What a submission has that the one before it had not: deliverables, criteria, results."""

from collections.abc import Mapping

from core.domain.reviews import Review
from core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """How the things of one kind differ, each as it reads."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    """The same thing as it read then, and as it reads now."""

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDiff:
    """What a round brings that the last one did not."""

    deliverables: Changed
    claims: Changed
    """The criteria that are claimed as met."""
    results: tuple[str, str] | None
    """Then and now; None where they are the same."""

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.deliverables or self.claims or self.results)


def round_diff(before: Review, after: Review) -> RoundDiff:
    """What ``after`` has that ``before`` had not, by what both kept of that time."""
    results = (before.results, after.results)
    return RoundDiff(
        deliverables=_changed(before.handed, after.handed),
        claims=_changed(before.claims, after.claims),
        results=results if results[0] != results[1] else None,
    )


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> Changed:
    """Things by id, in the order in which they were handed over."""
    return Changed(
        added=tuple(text for number, text in after.items() if number not in before),
        removed=tuple(text for number, text in before.items() if number not in after),
        changed=tuple(
            (before[number], text)
            for number, text in after.items()
            if number in before and before[number] != text
        ),
    )
