"""What a task lacks to be clear, in both languages, and beginning it all the same."""

import pytest

from core.commands.moving import MoveTask
from core.commands.parts import AddCriterion
from core.commands.projects import EditProject
from core.commands.tasks import CreateTask
from core.domain.ids import TaskId
from core.domain.parts import Criterion
from core.domain.refusals import BadValue
from core.domain.status import Facet, State
from core.policies.clarity import NOTHING, PARTS, Gap, facets_in, facets_of, is_vague, missing
from core.policies.team_rules import Clarity, rules_of
from core.queries.definition import definition
from tests.office import Office

VAGUE = (
    *("处理一下", "跟进", "优化系统", "解决问题", "看看", "请尽快处理相关事宜", "做好客户工作"),
    *("推进各项工作", "整理", "完善其他内容", "系统问题", "落实。", "handle it", "Follow up"),
    *("improve the system", "fix stuff", "Please look into this", "check", "TODO", "misc. items"),
    *("work on some issues", "T", "", "  ", "？"),
)
CLEAR = (
    *(
        "解决A客户关于功能的投诉",
        "整理合同条款",
        "核对季度报告",
        "看合同",
        "做PPT初稿",
        "优化登录速度",
    ),
    *("Fix the login page", "document the export", "Improve response times", "checkout flow"),
    *("Call the customer", "Support Li with the audit", "Handle complaint 42", "周报", "审计"),
)


def test_a_vague_title_is_a_verb_without_an_object():
    assert [title for title in VAGUE if not is_vague(title)] == []
    assert [title for title in CLEAR if is_vague(title)] == []


RUBBISH = (
    *("asdf", "asdfasdf", "asdasd", "asdff", "qwer", "QWERTY", "zxcv", "fdsa", "qazwsx", "sdkfj"),
    *(
        "xxx",
        "aaa",
        "哈哈哈",
        "啊啊啊",
        "lalala",
        "a b",
        "123",
        "１２３",
        "2024-10-15",
        "...",
        "🙂",
    ),
    *(
        "test",
        "Test.",
        "ｔｅｓｔ",
        "test123",
        "tmp",
        "foo bar",
        "new task",
        "this is a test",
        "My Task 2",
    ),
    *(
        "测试",
        "测试1",
        "测试测试",
        "test 测试",
        "待定",
        "任务",
        "新任务",
        "新建任务",
        "测试任务",
        "未命名",
    ),
    *("阿斯顿", "阿斯蒂芬", "asdf qwer", "abc", "xyz", "hello world", "T1"),
)
GUIDES = (
    *("老用户召回活动", "月度销售报表", "客户需求调研", "Q4客户满意度调研报告"),
    *(
        "月度部门工作总结素材收集",
        "客户系统故障应急处理",
        "调研问卷设计与发放",
        "市场组工作素材收集",
    ),
    *("设计访谈提纲", "客户邀约", "数据分析", "用户画像分析", "访谈提纲设计", "现场访谈"),
    *("需求调研", "方案设计", "访谈实施", "成果输出", "确定需求", "原型绘制", "登录模块测试"),
    *(
        "Enable SSO Login",
        "SPIKE: VersionOne API",
        "Upload Assets to GitHub",
        "Change Cancel to Done",
    ),
    *("Bug Fixing: problem in production", "Provide Access to Dev Site for Demo", "Write code"),
    *("Create S3 bucket and store input and output files", "Review code", "Visualize code"),
)
"""Titles of the guides' tables, and of boards of other programs."""
NEAR_RUBBISH = (
    *("Plan B", "Test the login page", "New office", "Flask upgrade", "POI数据采集", "5G套餐调研"),
    *(
        "测试登录",
        "新员工培训",
        "任务分配表",
        "空调维修",
        "无人机采购",
        "临时用电申请",
        "阿斯顿马丁广告",
    ),
    *("第一季度总结", "默认值调整", "标题栏改色", "待定事项清单", "XX项目验收会"),
)


def test_what_was_only_typed_to_have_a_title_is_none():
    assert [title for title in RUBBISH if not is_vague(title)] == []


def test_titles_of_real_tables_stay_concrete():
    assert [title for title in (*GUIDES, *NEAR_RUBBISH) if is_vague(title)] == []


@pytest.mark.parametrize(
    ("text", "facets"),
    [
        ("提交一份调研报告", {Facet.FORM}),
        ("a signed report", {Facet.FORM}),
        ("two slides", {Facet.FORM}),
        ("覆盖全部区域", {Facet.SCOPE}),
        ("covers all regions", {Facet.SCOPE}),
        ("准确率不低于99%", {Facet.QUALITY}),
        ("answers within a day", {Facet.QUALITY}),
        ("报告包含3个区域，无误", {Facet.FORM, Facet.SCOPE, Facet.QUALITY}),
        ("大家满意", set()),
        ("looks good", set()),
    ],
)
def test_a_criterion_speaks_of_form_scope_or_quality(text: str, facets: set[Facet]):
    assert facets_in(text) == facets


def test_what_a_criterion_was_said_to_speak_of_counts_more_than_its_words():
    criterion = Criterion(task=TaskId(1), text="报告", facet=Facet.QUALITY)

    assert facets_of(criterion) == {Facet.QUALITY}


def test_gaps_come_in_their_order():
    assert missing(NOTHING) == PARTS == tuple(Gap)
    assert missing(NOTHING._replace(title="核对季度报告", is_due=True, value=" ")) == (
        *(Gap.OUTCOME, Gap.FORM, Gap.SCOPE, Gap.QUALITY, Gap.VALUE, Gap.OWNER),
    )


def begin(task: TaskId, *, seen: State = State.TODO, **said: object) -> MoveTask:
    return MoveTask(task=task, to=State.DOING, seen=seen, **said)  # type: ignore[arg-type]


def require(office: Office) -> None:
    office.do(EditProject(project=office.project, rules={"clarity": "required"}))


def clear_task(office: Office, **fields: object) -> TaskId:
    task = office.task(
        "核对季度报告",
        owner=office.li,
        outcome="无误",
        value="关账",
        due=office.clock.now(),
        **fields,
    )
    office.do(AddCriterion(task=task, text="一份报告，覆盖全部区域，差错不超过1%"))
    return task


def test_the_rule_is_advice_unless_the_project_says_otherwise(office: Office):
    assert rules_of({}).clarity is Clarity.ADVICE
    require(office)
    wrong = office.refused(EditProject(project=office.project, rules={"clarity": "always"}))
    assert isinstance(wrong, BadValue)
    assert wrong.facts["field"] == "rules.clarity"
    office.do(EditProject(project=office.project, rules={"clarity": ""}))
    receipt = office.do(begin(office.task("跟进", owner=office.li)))
    (warning,) = receipt.warnings
    assert warning.code == "unclear"
    assert warning.facts["missing"] == (
        *("title", "outcome", "form", "scope", "quality", "due", "value"),
    )


def test_what_is_unclear_is_not_begun_where_that_is_required(office: Office):
    require(office)

    refusal = office.refused(begin(office.task("跟进", owner=office.li)))

    assert refusal.code == "unclear"
    assert refusal.facts["missing"][:2] == ("title", "outcome")  # type: ignore[index]


def test_force_needs_a_reason_and_is_in_the_log(office: Office):
    require(office)
    task = office.task("跟进", owner=office.li)
    for reason in ("", "  "):
        refusal = office.refused(begin(task, force=True, reason=reason))
        assert (refusal.code, refusal.facts["field"]) == ("reason-needed", "reason")

    office.do(begin(task, force=True, reason="客户在等"))

    forced = next(one for one in office.events() if one.kind == "clarity-forced")
    assert (forced.task, forced.reason) == (task, "客户在等")
    assert forced.changes["missing"] == [None, "title, outcome, form, scope, quality, due, value"]
    assert office.get(task).state is State.DOING


def test_nothing_is_forced_where_nothing_is_missing(office: Office):
    require(office)
    task = clear_task(office)
    assert definition_of(office, task) == ((), True)

    receipt = office.do(begin(task, force=True, reason="sure"))

    assert receipt.warnings == ()
    assert [one for one in office.events() if one.kind == "clarity-forced"] == []


def definition_of(office: Office, task: TaskId) -> tuple[object, bool]:
    found = office.desk.ask(definition, task)
    return found.gaps, found.is_required


def test_nothing_unclear_is_made_as_begun_where_clarity_is_required(office: Office):
    begun = CreateTask(project=office.project, title="跟进", owner=office.li, state=State.DOING)
    assert office.do(begun).warnings == (), "advice while one is written is the meter's"
    require(office)

    assert office.refused(begun).code == "unclear"


def test_work_that_was_begun_before_goes_on(office: Office):
    task = office.in_review(title="跟进")
    require(office)

    office.do(begin(task, seen=State.REVIEW), by="li")

    assert office.get(task).state is State.DOING
