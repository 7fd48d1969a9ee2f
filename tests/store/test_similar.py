"""Tasks and lessons like what is being written are found, alike on both engines."""

from core.commands.closing import ArchiveTask
from core.commands.meetings import HoldMeeting
from core.commands.projects import EditProject
from core.domain.meetings import MeetingKind
from core.domain.searching import FoundKind
from core.domain.status import State
from core.queries.similar import similar, units
from core.store import similar as candidates
from tests.office import Office


def titles(office: Office, text: str, *, by: str = "wang", **more: object) -> list[str]:
    return [one.title for one in office.by(by).ask(similar, text, **more)]  # type: ignore[arg-type]


def test_a_text_is_compared_by_pairs_of_characters_and_words():
    assert units("解决B客户的投诉") == ("解 决", "b", "客 户", "户 的", "的 投", "投 诉")
    assert units("Collect the Reports, v2") == ("collect", "report", "v", "2")
    assert units("审 计") == ("审 计",)
    assert units("￥ ¦ ！") == units("") == units("the of") == ()
    assert units("审") == ("审",)
    assert len(units("字" * 3 + "".join(map(chr, range(0x4E00, 0x4E90))))) == 12


def test_similar_tasks_come_open_ones_first_with_state_and_owner(office: Office):
    done = office.task("汇总合同条款", state=State.DONE)
    begun = office.doing(title="复核合同条款")
    office.task("整理客户名单")

    first, second = office.desk.ask(similar, "核对合同条款")

    assert (first.id, first.state, first.owner, first.shared) == (begun, State.DOING, "李娜", 3)
    assert (second.id, second.state, second.is_open) == (done, State.DONE, False)
    assert first.is_open
    assert first.kind is FoundKind.TASK
    office.do(ArchiveTask(task=done, seen=State.DONE, actual="齐了"))
    assert titles(office, "汇总合同条款") == ["复核合同条款", "汇总合同条款"], "archived too"
    assert titles(office, "复核合同条款", apart=begun) == ["汇总合同条款"]
    assert titles(office, "复核合同条款", limit=1) == ["复核合同条款"]


def test_two_units_of_five_must_be_shared(office: Office):
    office.task("合同")
    office.task("Prepare the quarterly report")

    assert titles(office, "合同") == ["合同"]
    assert titles(office, "整理第三方合同") == []
    assert titles(office, "quarterly reports for the board") == ["Prepare the quarterly report"]
    assert titles(office, "REPORT") == ["Prepare the quarterly report"]
    assert titles(office, "a portal") == []


def test_what_is_typed_is_data(office: Office):
    office.task("合同")
    for text in (
        "'",
        '"',
        '" OR 1=1 --',
        "%",
        "a' & 'b",
        "\\",
        "合同' | 'x",
        "NEAR(",
        "\0",
        "\ud800",
    ):
        assert set(titles(office, text)) <= {"合同"}


def test_lessons_are_minutes_of_retrospectives(office: Office):
    for kind in (MeetingKind.RETRO, MeetingKind.WEEKLY):
        held = HoldMeeting(
            project=office.project, kind=kind, topic="复盘", minutes="合同条款要先给法务看"
        )
        office.do(held)

    (lesson,) = office.desk.ask(similar, "合同条款")

    assert (lesson.kind, lesson.title, lesson.key) == (FoundKind.MEETING, "复盘", "T")
    assert lesson.state is None
    assert lesson.day is not None


def test_who_does_not_see_a_project_is_not_told_what_is_in_it(office: Office):
    office.task("收购谈判要点")
    held = HoldMeeting(
        project=office.project, kind=MeetingKind.RETRO, topic="收购谈判", minutes="太迟"
    )
    office.do(held)
    office.do(EditProject(project=office.project, restricted=True))

    assert titles(office, "收购谈判") == ["收购谈判要点", "收购谈判"]
    assert titles(office, "收购谈判", by="zhao") == []


def test_old_tasks_are_found_by_the_index(office: Office, monkeypatch):
    office.task("量子密钥分发试点")
    for place in range(5):
        office.task(f"别的 {place}")
    monkeypatch.setattr(candidates, "_NEWEST", 2)

    assert titles(office, "量子密钥分发试点") == ["量子密钥分发试点"]
