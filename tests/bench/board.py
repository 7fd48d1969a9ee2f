"""The open board: first paint, keys, rest, memory."""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from statistics import median

from tests.bench.figures import SMALL, Budget, Figure
from tests.bench.programs import ECHO_MARK, EMPTY_APP, EMPTY_MARK
from tests.bench.setting import Setting
from tests.bench.terminal import Reply, Terminal

FRAME = Budget(most=16, growth=1.3)
LONG_PAUSE = 300
"""Milliseconds without a byte after which even a redrawn board is done."""

_ROUNDS = 2
"""How often each store is opened, one after another: a machine is not always as quick."""

FIRST, LAST = "<", ">"
"""The keys to a column's first and last card."""


def paint(setting: Setting) -> Iterator[Figure]:
    """From starting the program to the first card, and to the last byte; each run a new one."""
    first = Figure(name="first paint", budget=Budget(floors=1.35))
    settled = Figure(name="first paint, settled")
    sent = Figure(name="first paint, sent", unit="KB")
    floors: list[tuple[float, float]] = []
    for turn in range(setting.runs + 1):
        with Terminal(EMPTY_APP, environment=setting.environment()) as empty:
            found = (empty.first(EMPTY_MARK), empty.settle())
        if turn:  # the first turn warms the file cache and compiles
            floors.append(found)
        for size in setting.sizes:
            with setting.board(setting.shelf.url(size)) as board:
                painted = board.first(setting.shelf.first_card(size))
                last = board.settle()
            if turn:
                first.add(size, painted)
                settled.add(size, last)
                sent.add(size, len(board.output) / 1024)
    first.floor, settled.floor = (median(column) for column in zip(*floors, strict=True))
    yield from (first, settled, sent)


def keys(setting: Setting) -> Iterator[Figure]:
    """What a member does most, on one open board of each size."""
    figures = _Keys()
    figures.cursor_first.floor = figures.cursor.floor = _echo(setting)
    for size in (*setting.sizes,) * _ROUNDS:
        with setting.board(setting.shelf.copy(size)) as board:
            board.first(setting.shelf.first_card(size))
            board.settle(LONG_PAUSE)
            figures.opened.add(size, board.memory().resident)
            figures.measure(board, size, rest=setting.rest)
    yield from figures.all


class _Keys:
    """The figures of one session a size."""

    def __init__(self) -> None:
        self.cursor_first = Figure(name="cursor key, first byte")
        self.cursor = Figure(name="cursor key, settled", budget=Budget(most=6, growth=1.3))
        self.cursor_sent = Figure(name="cursor key, sent", unit="KB", budget=Budget(most=0.8))
        self.scroll = Figure(name="cursor key that scrolls", budget=FRAME)
        self.scroll_sent = Figure(name="scroll, sent", unit="KB", budget=Budget(most=6))
        self.page = Figure(name="page down", budget=FRAME)
        self.move = Figure(name="move a card", budget=FRAME)
        self.move_sent = Figure(name="move, sent", unit="KB", budget=Budget(most=12))
        self.end = Figure(name="jump to the end", budget=FRAME)
        self.column = Figure(name="to the next column", budget=FRAME)
        self.held = Figure(name="lag after a key held at 30/s", budget=Budget(most=20))
        self.idle = Figure(name="idle, work", unit="% of a core", budget=Budget(most=1))
        self.idle_sent = Figure(name="idle, sent", unit="bytes", budget=Budget(most=0))
        self.opened = Figure(name="memory, resident, just opened", unit="MB")
        self.memory = Figure(name="memory, resident", unit="MB", budget=Budget(most=50))
        self.shared = Figure(name="memory, proportional", unit="MB")

    @property
    def all(self) -> Sequence[Figure]:
        """In the order of the table."""
        return tuple(self.__dict__.values())

    def measure(self, board: Terminal, size: int, *, rest: float) -> None:
        """One session, from looking about to leaving it alone."""
        for reply in _steady(board, "jk", times=12):
            self.cursor_first.add(size, reply.first)
            self.cursor.add(size, reply.last)
            self.cursor_sent.add(size, reply.size / 1024 if reply.size else None)
        self.column.extend(size, _lasts(_steady(board, "lh", times=4)))
        if size >= SMALL:
            self._long_column(board, size)
        moved = _steady(board, "LH", times=4, quiet_ms=LONG_PAUSE)
        self.move.extend(size, _lasts(moved))
        self.move_sent.extend(size, [reply.size / 1024 for reply in moved if reply.size])
        found = board.rest(rest)
        self.idle_sent.add(size, found.size)
        self.idle.add(size, None if found.cpu is None else found.cpu * 100)
        self.memory.add(size, board.memory().resident)
        self.shared.add(size, board.memory().proportional)

    def _long_column(self, board: Terminal, size: int) -> None:
        """What needs a column that is longer than the screen."""
        board.press("j" * 60, quiet_ms=LONG_PAUSE)
        # The view may follow by more than a line: of many presses only some scroll.
        for reply in sorted(_steady(board, "j", times=24), key=attrgetter("size"))[-3:]:
            self.scroll.add(size, reply.last)
            self.scroll_sent.add(size, reply.size / 1024)
        self.held.extend(size, [board.hold("j") for _ in range(3)])
        self.page.extend(size, _lasts(_steady(board, "\x04", times=6)))
        board.press(FIRST, quiet_ms=LONG_PAUSE)
        self.end.extend(size, _lasts(_steady(board, LAST + FIRST, times=5)))


def _steady(board: Terminal, keys: str, *, times: int, quiet_ms: float = 120) -> tuple[Reply, ...]:
    """The replies to ``keys``, one by one, again and again; the first round is left out."""
    replies = [board.press(key, quiet_ms=quiet_ms) for key in keys * (times + 1)]
    return tuple(replies[len(keys) :])


def _lasts(replies: Sequence[Reply]) -> list[float]:
    return [reply.last for reply in replies if reply.last is not None]


def _echo(setting: Setting) -> float:
    """The floor of a key: an empty app that shows it."""
    with Terminal(EMPTY_APP, environment=setting.environment()) as empty:
        empty.first(EMPTY_MARK)
        empty.settle()
        empty.press("q")
        if ECHO_MARK.encode() not in empty.output:
            raise AssertionError("the empty app does not echo")
        return median(_lasts(_steady(empty, "qw", times=12)))
