"""Commands that run once: the quick path, and an import."""

import csv
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median

from core.clock import SystemClock
from core.exchange.tables import OVERVIEW
from tests.bench.figures import Budget, Figure
from tests.bench.programs import CLICK, PASS, duban
from tests.bench.setting import Setting
from tests.bench.team import people

IMPORTED = 5_000

Command = Callable[[str], tuple[str, ...]]
"""From the key of a task to a command line."""


def _quick() -> tuple[tuple[Figure, Command], ...]:
    seven = Budget(floors=7)
    return (
        (Figure(name="`duban add`", budget=seven), lambda _: duban("add", "整理 the notes")),
        (Figure(name="`duban update`", budget=seven), lambda key: duban("update", key, "50")),
        (
            Figure(name="`duban ls` of 50", budget=Budget(most=100)),
            lambda _: duban("ls", "--limit", "50"),
        ),
    )


def quick(setting: Setting) -> Iterator[Figure]:
    """``add``, ``update`` and ``ls``, each turn beside ``python -c pass``."""
    commands = _quick()
    urls = {size: setting.shelf.copy(size) for size in setting.sizes}
    passes, clicks = [], []
    for turn in range(setting.runs + 1):
        floors = setting.once(PASS), setting.once(CLICK)
        if turn:  # the first turn warms the file cache and compiles
            passes.append(floors[0])
            clicks.append(floors[1])
        for figure, command in commands:
            for size, url in urls.items():
                taken = setting.once(command(setting.shelf.first_card(size)), url)
                figure.add(size, taken if turn else None)
    floor = median(passes)
    for figure, _ in commands:
        figure.floor = floor
        yield figure
    yield Figure(name="floor: `python -c 'import click'`", floor=median(clicks))


def bulk(setting: Setting) -> Iterator[Figure]:
    """An import of IMPORTED rows into a store of each size, the whole command."""
    file = setting.folder / "部门任务总览表.csv"
    write_table(file, IMPORTED)
    figure = Figure(name=f"import of {IMPORTED:,} rows", budget=Budget(most=3000))
    for _ in range(min(setting.runs, 3)):
        for size in setting.sizes:
            url = setting.shelf.copy(size)
            figure.add(size, setting.once(duban("import", str(file), "--yes"), url))
    yield figure


def write_table(file: Path, count: int) -> None:
    """A table T1-1 of ``count`` tasks, as an office keeps it."""
    today = SystemClock().now().date()
    names = [person.name for person in people()]
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(OVERVIEW.headings)
        for number in range(1, count + 1):
            writer.writerow(
                (
                    f"产品迭代2024-{number:04}",
                    f"整理客户名单与合同条款（第{number}批）",
                    names[number % 5],
                    names[number % 30],
                    "、".join((names[(number + 1) % 30], names[(number + 2) % 30])),
                    "提升客户复购率",
                    ("专项任务", "常规任务", "紧急任务")[number % 3],
                    "高中低"[number % 3],
                    (today + timedelta(days=number % 60)).isoformat(),
                    ("未开始", "进行中", "待验收", "已完成")[number % 4],
                    f"需包含{number % 12 + 1}份以上客户访谈数据",
                )
            )
