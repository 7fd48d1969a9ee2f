"""Cards for tests of the board, and columns of them to fetch from."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from core.domain.ids import ProjectId, TaskId
from core.domain.status import BOARD_STATES, Light, Priority, State
from core.queries.board import CardRow, ColumnHead
from tui.theming import MONO_THEME, load_themes, shipped_folder
from tui.widgets.marks import Look
from tui.words import Words

NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
THEMES = {**load_themes([shipped_folder()]).themes, "mono": MONO_THEME}


def row(number, *, state=State.TODO, position=None, **fields):
    plain = {
        "key": f"T{number:03}",
        "title": f"task {number}",
        "project": ProjectId(1),
        "project_key": "T",
        "owner": None,
        "owner_name": "",
        "due": None,
        "priority": Priority.MEDIUM,
        "urgent": False,
        "progress": 0,
        "blocked_since": None,
        "delay_reason": "",
        "slips": 0,
        "updated": None,
        "submitted": None,
        "round": 0,
        "version": 1,
        "subtasks": 0,
        "subtasks_done": 0,
    }
    place = number * 1024 if position is None else position
    return CardRow(id=TaskId(number), state=state, position=place, **(plain | fields))


def light(card):
    if card.due is not None and card.due < NOW:
        return Light.RED
    return Light.YELLOW if card.blocked_since else Light.GREEN


def look(*, theme="dark", language="en", now=NOW, compact=False):
    return Look(
        theme=THEMES[theme],
        words=Words(language),
        zone=ZoneInfo("Asia/Shanghai"),
        now=now,
        closing=time(18),
        light=light,
        compact=compact,
    )


class Shelf:
    """A store of nothing but cards; answers what a board asks."""

    def __init__(self, rows=()):
        self.rows = {row.id: row for row in rows}
        self.asked = []

    def column(self, state):
        return sorted((r for r in self.rows.values() if r.state is state), key=lambda r: r.edge)

    def put(self, row):
        self.rows[row.id] = row

    def change(self, task, **fields):
        self.put(self.rows[task]._replace(**fields))

    def heads(self, **limits):
        return tuple(
            ColumnHead(state=s, cards=len(self.column(s)), limit=limits.get(s.value))
            for s in BOARD_STATES
        )

    async def fetch(self, request):
        self.asked.append(request)
        rows = self.column(request.state)
        if request.last:
            return tuple(rows[-request.limit :])
        if request.before is not None:
            return tuple([r for r in rows if r.edge < request.before][-request.limit :])
        return tuple([r for r in rows if request.after is None or r.edge > request.after])[
            : request.limit
        ]

    async def answers(self, board):
        return {request: await self.fetch(request) for request in board.windows()}
