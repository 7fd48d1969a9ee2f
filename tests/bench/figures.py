"""What was measured, beside what it should be, as one Markdown table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

SMALL = 100
"""Growth is counted from the smallest store that has this many tasks: less fills no screen."""


class Failed(RuntimeError):
    """A program did not do what was to be measured; the words say which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a figure should not exceed; several conditions hold together."""

    most: float | None = None
    """In the figure's own unit."""
    floors: float | None = None
    """Times its floor, measured in the same run."""
    growth: float | None = None
    """The largest store's value by that of the smallest with SMALL tasks or more."""

    def words(self, unit: str) -> str:
        """As the table shows it."""
        said = []
        if self.most is not None:
            said.append(f"{shown(self.most)} {unit}")
        if self.floors is not None:
            said.append(f"{self.floors:g} x floor")
        if self.growth is not None:
            said.append(f"growth {self.growth:g}")
        return ", ".join(said)


NONE = Budget()


@dataclass(slots=True, kw_only=True)
class Figure:
    """One line of the table."""

    name: str
    unit: str = "ms"
    budget: Budget = NONE
    floor: float | None = None
    samples: dict[int, list[float]] = field(default_factory=dict)
    """By size of the store."""

    def add(self, size: int, value: float | None) -> None:
        """Keep one more measurement; None is none."""
        if value is not None:
            self.samples.setdefault(size, []).append(value)

    def extend(self, size: int, values: Iterable[float]) -> None:
        """Keep these too."""
        self.samples.setdefault(size, []).extend(values)

    @property
    def values(self) -> Mapping[int, float]:
        """The median of each size."""
        return {size: median(found) for size, found in self.samples.items()}

    @property
    def floors(self) -> float | None:
        """The worst median, in floors."""
        if not self.floor or not self.samples:
            return None
        return max(self.values.values()) / self.floor

    @property
    def growth(self) -> float | None:
        """From the smallest store that fills a screen to the largest."""
        sizes = sorted(size for size in self.values if size >= SMALL)
        if len(sizes) < 2 or not self.values[sizes[0]]:
            return None
        return self.values[sizes[-1]] / self.values[sizes[0]]

    @property
    def verdict(self) -> str:
        """``ok``, ``over``, or nothing without a budget or a measurement."""
        if self.budget == NONE or not self.samples:
            return ""
        pairs = (
            (max(self.values.values()), self.budget.most),
            (self.floors, self.budget.floors),
            (self.growth, self.budget.growth),
        )
        over = any(
            found is not None and limit is not None and found > limit for found, limit in pairs
        )
        return "**over**" if over else "ok"


def shown(value: float | None) -> str:
    """Three digits that tell something; a dash for what is not there."""
    if value is None:
        return "–"
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}" if value >= 1 else f"{value:.2f}"


def table(figures: Sequence[Figure], sizes: Sequence[int]) -> str:
    """The figures as Markdown; a figure without any measurement has dashes."""
    heads = ["What (medians)", *(f"{size:,}" for size in sizes)]
    heads += ["floor", "÷ floor", "growth", "budget", ""]
    lines = [_line(heads), _line(["---", *["---:"] * (len(sizes) + 3), "---", "---"])]
    for figure in figures:
        cells = [f"{figure.name}, {figure.unit}"]
        cells += [shown(figure.values.get(size)) for size in sizes]
        cells += [shown(figure.floor), shown(figure.floors), shown(figure.growth)]
        lines.append(_line([*cells, figure.budget.words(figure.unit), figure.verdict]))
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
