"""Which program a file comes from, told by its shape, and reading it."""

from datetime import date, tzinfo

from core.exchange.boards.findings import Findings
from core.exchange.cells import Sheet
from core.exchange.planned import Skipped
from core.exchange.unreadable import UnknownFormat


def read_board(raw: bytes, *, name: str, zone: tzinfo) -> Findings:
    """What a JSON file tells; days are those of ``zone``. Refuses ``UnreadableFile``."""
    from core.exchange.boards.taskwarrior import is_taskwarrior, read_taskwarrior
    from core.exchange.boards.trello import is_trello, read_trello
    from core.exchange.files.structured import read_json

    value = read_json(raw)
    findings = Findings()
    if isinstance(value, dict) and is_taskwarrior([value]):
        value = [value]  # an export of one object a line, of one line
    if isinstance(value, dict) and is_trello(value):
        read_trello(value, zone=zone, findings=findings)
    elif isinstance(value, list) and is_taskwarrior(value):
        read_taskwarrior(value, zone=zone, findings=findings)
    else:
        raise UnknownFormat("json")
    if not findings.tasks.count and not findings.skipped:
        findings.skipped.append(Skipped(sheet=name, code="empty-sheet"))
    return findings


def read_board_sheet(sheet: Sheet, *, zone: tzinfo, today: date, findings: Findings) -> bool:
    """Take ``sheet`` if its headings are those of another program; False if they are not."""
    from core.exchange.boards.jira import is_jira, read_jira
    from core.exchange.boards.table import Table
    from core.exchange.boards.wekan import is_wekan, read_wekan

    if is_jira(sheet):
        read_jira(Table(sheet, findings=findings, zone=zone, today=today))
    elif is_wekan(sheet):
        read_wekan(Table(sheet, findings=findings, zone=zone, today=today))
    else:
        return False
    return True
