"""Find words on any screen, and go to where they stand."""

from collections.abc import Sequence

from core.domain.ids import PartId
from core.domain.refusals import Refusal
from core.domain.searching import FoundKind
from core.queries.searching import Hit, search
from tui.prompts.find import MOST, FindPrompt
from tui.screens.base import DubanScreen


async def find(screen: DubanScreen) -> None:
    """Ask for words, and go to the hit that is chosen."""
    session = screen.session
    viewer = session.me.id if session.me else None

    async def look(words: str, kinds: tuple[FoundKind, ...]) -> Sequence[Hit]:
        return await session.bridge.ask(search, words, viewer=viewer, kinds=kinds, limit=MOST)

    hit = await screen.answer(FindPrompt(screen.words, search=look, now=session.now()))
    if hit is None:
        return
    try:
        await _go(screen, hit)
    except Refusal as refusal:
        screen.refused(refusal)


async def _go(screen: DubanScreen, hit: Hit) -> None:
    if hit.kind is FoundKind.MEETING:
        await _read_minutes(screen, hit)
    elif hit.kind is FoundKind.SYNC:
        await _read_log(screen, hit)
    elif hit.task is not None:
        await screen.shell.show("detail", task=hit.task)
    else:
        await _show_place(screen, "issues", hit)


async def _show_place(screen: DubanScreen, place: str, hit: Hit) -> DubanScreen | None:
    """A screen that shows the hit's project, with the cursor on the hit if it lists it."""
    session, app = screen.session, screen.app
    if session.project not in {None, hit.project}:
        session.look_at(hit.project)
    await screen.shell.show(place)
    shown = app.screen
    if not isinstance(shown, DubanScreen):
        return None
    await shown.renew()
    lines = getattr(shown, "list", None)
    if lines is not None:
        lines.choose(str(hit.id))
    return shown


async def _read_log(screen: DubanScreen, hit: Hit) -> None:
    """The sync log of that day, on that entry."""
    from tui.prompts.sync_filter import FilterAnswer
    from tui.screens.synclog import SyncScreen

    shown = await _show_place(screen, "sync", hit)
    if isinstance(shown, SyncScreen):
        shown.shown = FilterAnswer(day_from=hit.day, day_to=hit.day)
        await shown.renew()
        shown.list.choose(str(hit.id))


async def _read_minutes(screen: DubanScreen, hit: Hit) -> None:
    """The minutes of a meeting, with what it decided."""
    from core.queries.meetings import meeting
    from tui.prompts.summary import SummaryPrompt

    session = screen.session
    viewer = session.me.id if session.me else None
    view = await session.bridge.ask(meeting, PartId(hit.id), viewer=viewer)
    told = view.meeting
    decisions = "\n".join(f"- {one.topic}" for one in view.decisions)
    text = "\n\n".join(filter(None, (told.attendees, told.minutes, decisions)))
    title = f"{told.project_key} · {told.day.isoformat()} · {told.topic}"
    await screen.answer(SummaryPrompt(screen.words, title=title, text=text))
