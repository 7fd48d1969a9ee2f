"""The counts of a board that is narrowed by words: as many cards as each column shows."""

import pytest

from core.domain.ids import ProjectId
from core.domain.status import BOARD_STATES
from core.queries import board
from tests.office import Office

TITLES = ("合同条款 50%", "合同_附件", "Deploy the API!", "部署 api 100", "a_b", "axb")
WORDS = (
    "合同",
    "50%",
    "合同_",
    "api!",
    "API",
    "DEPLOY",
    "a_b",
    "%",
    "_",
    "!",
    "@li",
    "li",
    "赵",
    "没有",
)


def _fill(office: Office) -> None:
    """Tasks with and without an owner, in two columns; each with a subtask of the same name."""
    for title in TITLES:
        parent = office.doing(title=title)
        office.task(title, parent=parent, owner=office.zhao)
        office.task(title)


@pytest.mark.parametrize("words", [*WORDS, "合同 @li", "api deploy"])
def test_there_are_as_many_as_are_shown(office: Office, words: str) -> None:
    _fill(office)
    for narrowed in (
        board.Chosen(),
        board.Chosen(subtasks=True),
        board.Chosen(owner=office.li),
        board.Chosen(owner=office.zhao, subtasks=True),
        board.Chosen(project=office.project),
        board.Chosen(project=ProjectId(99)),
    ):
        chosen = narrowed._replace(words=words)
        heads = office.desk.ask(board.columns, chosen)
        shown = [len(office.desk.ask(board.cards, chosen, state)) for state in BOARD_STATES]
        assert [head.cards for head in heads] == shown, chosen


def test_signs_that_mean_something_to_an_engine_mean_themselves(office: Office) -> None:
    _fill(office)

    def counted(words: str) -> int:
        heads = office.desk.ask(board.columns, board.Chosen(words=words))
        return sum(head.cards for head in heads)

    assert counted("a_b") == 2
    assert counted("50%") == 2
    assert counted("5%0") == 0
    assert counted("api!") == 2
    assert counted("@li") == len(TITLES)
    assert counted("部署") == counted("100") == 2
