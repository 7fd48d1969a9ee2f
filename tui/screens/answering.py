"""Answer a question that stands in the sync log; used by every screen that shows one."""

from core.commands.sync import AddSyncEntry
from core.domain.ids import PartId
from core.domain.refusals import Refusal
from core.domain.status import SyncKind
from core.queries.synclog import SyncRow, entry
from tui.prompts.long_text import LongTextPrompt
from tui.screens.base import DubanScreen

_LONGEST = 500


async def answer_question(screen: DubanScreen, number: PartId | int) -> bool:
    """Ask for the answer and send it; what was typed stays if it is refused. True if it was sent.

    The answer is as restricted as the question. Tells why where nothing can be answered.
    """
    me = screen.session.me
    try:
        question = await screen.session.bridge.ask(
            entry, PartId(number), viewer=me.id if me else None
        )
    except Refusal as refusal:
        screen.refused(refusal)
        return False
    if question.asks is None:
        screen.tell(screen.words("This entry asks nothing."), "warning")
        return False
    return await _answered(screen, question)


async def _answered(screen: DubanScreen, question: SyncRow) -> bool:
    words = screen.words
    asked = words("{name} asks {who}", name=question.author_name, who=question.asks_name)
    typed, notice = "", ""
    while True:
        prompt = LongTextPrompt(
            words,
            title=words("Answer: {topic}", topic=question.topic),
            value=typed,
            note="\n".join(filter(None, (asked, question.content))),
            required=words("An answer needs a text."),
        )
        prompt.notice = notice
        answer = await screen.answer(prompt)
        if answer is None:
            return False
        typed = answer
        command = AddSyncEntry(
            project=question.project,
            task=question.task,
            topic=words("Re: {topic}", topic=question.topic)[:_LONGEST],
            content=typed,
            kind=SyncKind.NOTE,
            answers=question.id,
        )
        try:
            await screen.deliver(command)
        except Refusal as refusal:
            notice = screen.refusal_text(refusal)
        else:
            screen.tell(words("Answered."))
            return True
