"""The interface's words: which language, which facts, which distance in time."""

import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.domain import status
from tui import terms
from tui.words import NC_, UnknownLanguage, Words, age_words, choose_language, due_words

ENGLISH, CHINESE = Words("en"), Words("zh_CN")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2024, 11, 20, 2, 0, tzinfo=UTC)
"""A Wednesday, ten in the morning in Shanghai."""
CLOSING = time(18)


@pytest.mark.parametrize(
    ("configured", "environ", "language"),
    [
        ("", {}, "en"),
        ("zh_CN", {"LANG": "en_US.UTF-8"}, "zh_CN"),
        ("zh", {}, "zh_CN"),
        ("zh-Hans", {}, "zh_CN"),
        ("en", {"LC_ALL": "zh_CN.UTF-8"}, "en"),
        ("", {"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ("", {"LC_MESSAGES": "zh_CN", "LANG": "en_US"}, "zh_CN"),
        ("", {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ("", {"LC_ALL": "", "LANG": "zh_SG@x"}, "zh_CN"),
        ("", {"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_language_is_chosen(configured, environ, language):
    assert choose_language(configured, environ=environ) == language


@pytest.mark.parametrize("language", ["fr", "chinese", "z", "../../etc"])
def test_an_unknown_configured_language_names_the_known_ones(language):
    with pytest.raises(UnknownLanguage, match="en, zh_CN") as refused:
        choose_language(language, environ={})

    assert refused.value.known == ("en", "zh_CN")


def test_words_speak_known_languages_only():
    with pytest.raises(UnknownLanguage):
        Words("fr")


def test_facts_are_data():
    sentence = "{key} moved to {state}"  # not in a catalogue: English in every language

    for words in (ENGLISH, CHINESE):
        shown = words(sentence, key="{state} {0} {", state="[b]\x1b[2J")
        assert shown == "{state} {0} { moved to [b]␛[2J"
    assert ENGLISH("{} stays {as it is}") == "{} stays {as it is}"
    assert ENGLISH("{message} {self}", message=1, self=2) == "1 2"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("李欣", "李欣将协助 T1。"),
        ("Li", "Li 将协助 T1。"),
        ("Li2", "Li2 将协助 T1。"),
        ("José", "José 将协助 T1。"),
        ("小Li", "小Li 将协助 T1。"),
        ("Li小", "Li小将协助 T1。"),
        ("(Li)", "(Li)将协助 T1。"),
    ],
)
def test_a_latin_name_has_a_space_beside_chinese(name, said):
    assert CHINESE("{name} helps with {key}.", name=name, key="T1") == said


def test_the_space_is_on_both_sides_and_not_at_signs_or_figures():
    assert CHINESE("{key} is {name}'s.", key="T1", name="Li") == "T1 由 Li 负责。"
    assert CHINESE("waits for {name}", name="Li") == "等待 Li 验收"
    assert CHINESE("You are an observer here: you can look, but not change anything.")
    assert CHINESE("late {age}", age="3天") == "逾期3天"


def test_plural_and_context():
    assert ENGLISH.ngettext("{count} day", "{count} days", 1) == "1 day"
    assert ENGLISH.ngettext("{count} day", "{count} days", 0) == "0 days"
    assert CHINESE.ngettext("{count} day", "{count} days", 3) == "3 天"


@pytest.mark.parametrize(
    ("local", "english", "chinese"),
    [
        ("2024-11-11 18:00", "overdue 9 days", "逾期 9 天"),
        ("2024-11-19 23:59", "overdue 1 day", "逾期 1 天"),
        ("2024-11-20 06:30", "overdue 3 h", "逾期 3 小时"),
        ("2024-11-20 09:59", "overdue 1 h", "逾期 1 小时"),
        ("2024-11-20 10:00", "today 10:00", "今天 10:00"),
        ("2024-11-20 18:00", "today", "今天"),
        ("2024-11-21 18:00", "tomorrow", "明天"),
        ("2024-11-21 00:30", "tomorrow 00:30", "明天 00:30"),
        ("2024-11-23 18:00", "in 3 days", "3 天后"),
        ("2024-11-27 18:00", "in 7 days", "7 天后"),
        ("2024-11-28 18:00", "due 11-28", "11-28 截止"),
        ("2025-01-05 18:00", "due 2025-01-05", "2025-01-05 截止"),
    ],
)
def test_due_words_count_days_where_the_board_is(local, english, chinese):
    due = datetime.fromisoformat(local).replace(tzinfo=SHANGHAI).astimezone(UTC)

    assert due_words(ENGLISH, due, now=NOW, zone=SHANGHAI, closing=CLOSING) == english
    assert due_words(CHINESE, due, now=NOW, zone=SHANGHAI, closing=CLOSING) == chinese


def test_nothing_due_needs_no_words():
    assert due_words(ENGLISH, None, now=NOW, zone=SHANGHAI, closing=CLOSING) == ""


@pytest.mark.parametrize(
    ("age", "english", "chinese"),
    [
        (timedelta(days=2, hours=23), "2 days", "2 天"),
        (timedelta(days=1), "1 day", "1 天"),
        (timedelta(hours=5, minutes=59), "5 h", "5 小时"),
        (timedelta(minutes=59), "59 min", "59 分钟"),
        (timedelta(seconds=59), "less than a minute", "不到 1 分钟"),
        (timedelta(seconds=-1), "less than a minute", "不到 1 分钟"),
    ],
)
def test_age_words_name_the_largest_unit(age, english, chinese):
    assert age_words(ENGLISH, age) == english
    assert age_words(CHINESE, age) == chinese


@pytest.mark.parametrize(
    ("enum", "table"),
    [
        (status.State, terms.STATES),
        (status.Priority, terms.PRIORITIES),
        (status.Light, terms.LIGHTS),
        (status.Bucket, terms.BUCKETS),
        (status.Role, terms.ROLES),
        (status.SyncKind, terms.SYNC_KINDS),
        (status.Verdict, terms.VERDICTS),
        (status.Facet, terms.FACETS),
    ],
)
def test_each_value_of_the_core_has_a_word(enum, table):
    assert set(table) == {member.value for member in enum}


def test_terms_are_those_of_the_office():
    assert terms.state_word(CHINESE, status.State.REVIEW) == "待验收"
    assert terms.state_word(ENGLISH, "todo") == "To do"
    assert terms.priority_word(CHINESE, "high") == "高"
    assert terms.light_word(CHINESE, "red") == "红灯"
    assert terms.bucket_word(CHINESE, "overdue") == "逾期"
    assert terms.role_word(CHINESE, "lead") == "部门负责人"
    assert terms.sync_kind_word(CHINESE, "deliverable") == "交付物"
    assert terms.verdict_word(CHINESE, "sent-back") == "已驳回"
    assert terms.facet_word(CHINESE, "quality") == "质量要求"


def test_english_loads_no_catalogue():
    asked = "import sys; from tui.words import Words; Words('en')('x'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert {"gettext", "textual", "rich", "click"}.isdisjoint(done.stdout.split())


def test_a_word_in_a_context_is_english_where_no_catalogue_knows_it():
    assert Words()(NC_("no such context", "Progress")) == "Progress"
    assert Words("zh_CN")(NC_("no such context", "Progress")) == "进度"


def test_sentences_are_joined_as_the_language_does():
    assert ENGLISH.joined("One.", "", "Two.") == "One. Two."
    assert CHINESE.joined("一。", "", "二。") == "一。二。"
