"""Measures duban and prints one table: ``python -m tests.bench [--quick] [--only NAME]``.

Nothing here fails because something is slow: what is over its budget is marked so.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from core.clock import SystemClock
from tests.bench import board, commands, ledgers, others, questions, rights, ticks
from tests.bench.figures import Failed, Figure, table
from tests.bench.setting import Setting
from tests.bench.stores import Shelf
from tests.bench.terminal import Silent

MEASURES: dict[str, Callable[[Setting], Iterator[Figure]]] = {
    "paint": board.paint,
    "keys": board.keys,
    "commands": commands.quick,
    "import": commands.bulk,
    "questions": questions.questions,
    "rights": rights.rights,
    "ticks": ticks.ticks,
    "verify": ledgers.verify,
    "sqlite": others.sqlite,
    "postgresql": others.postgresql,
}
SIZES = (10, 1_000, 10_000, 100_000)
QUICK_SIZES = SIZES[:2]


def main() -> None:
    """Measure what was asked for and print it."""
    asked = _asked(sys.argv[1:])
    folder = Path(tempfile.mkdtemp(prefix="duban-bench-"))
    try:
        setting = Setting(
            folder=folder,
            shelf=Shelf(folder),
            sizes=asked.sizes or (QUICK_SIZES if asked.quick else SIZES),
            runs=asked.runs or (3 if asked.quick else 7),
            rest=2 if asked.quick else 5,
        )
        _report(setting, asked.only or tuple(MEASURES))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small stores and few runs")
    parser.add_argument("--only", action="append", choices=MEASURES, help="may be given again")
    parser.add_argument("--sizes", type=_sizes, help="tasks in a store, such as 10,1000")
    parser.add_argument("--runs", type=int, help="of each program")
    return parser.parse_args(arguments)


def _sizes(text: str) -> tuple[int, ...]:
    sizes = tuple(sorted(int(size) for size in text.split(",")))
    if sizes[0] < 10:
        raise argparse.ArgumentTypeError("10 tasks at least: less fills no column")
    return sizes


def _report(setting: Setting, names: Sequence[str]) -> None:
    figures: list[Figure] = []
    missing: list[str] = []
    for name in names:
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        try:
            figures += MEASURES[name](setting)
        except (Failed, Silent) as error:
            missing.append(f"Not measured: {name}. {str(error)[:500]}")
    print(table(figures, setting.sizes))
    print(f"\n{_where()}")
    for words in missing:
        print(f"\n{words}")


def _where() -> str:
    """The machine, and how busy it was: figures of two machines are not compared."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{SystemClock().now():%Y-%m-%d}, {os.cpu_count()} cores, load {load};"
        f" Python {platform.python_version()}, Textual {version('textual')},"
        f" peewee {version('peewee')}. Ratios hold from machine to machine, milliseconds do not."
    )


if __name__ == "__main__":
    main()
