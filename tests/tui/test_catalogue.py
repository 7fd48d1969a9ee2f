"""The catalogues say every sentence of the code, and nothing else."""

import importlib.util
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "docs" / "authoring" / "catalogue.py"
RUN = "run docs/authoring/catalogue.py"


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("catalogue", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def chinese(tool):
    return tool.read("zh_CN")


def keys(tool, catalogue):
    return {(message.context, message.id) for message in tool.messages(catalogue)}


def test_chinese_is_there(tool):
    assert tool.languages() == ["zh_CN"]


def test_no_sentence_is_missing_and_none_is_stale(tool, chinese):
    said, translated = keys(tool, tool.extracted()), keys(tool, chinese)

    assert said - translated == set(), RUN
    assert translated - said == set(), RUN


def test_each_translation_is_whole(tool, chinese):
    assert [fault for message in tool.messages(chinese) for fault in tool.faults(message)] == []


def test_chinese_hints_call_a_key_as_the_list_of_keys_does(tool, chinese):
    hints = [one.string for one in tool.messages(chinese) if "esc " in str(one.string)]
    assert any("⏎" in one for one in hints)
    for word in ("回车", "enter", "Enter", "Tab", "Esc"):
        assert [one for one in hints if word in one] == []


def test_facts_are_plain_names(tool):
    assert tool.odd_placeholders(tool.extracted()) == []


def test_the_compiled_catalogue_is_the_written_one(tool, chinese):
    assert tool.compiled_translations("zh_CN") == tool.translations(chinese), RUN


def test_the_tool_would_change_nothing(tool, chinese):
    written = tool.po_file("zh_CN").read_bytes()

    assert tool.written(tool.updated(tool.read("zh_CN"))) == written, RUN


@pytest.mark.parametrize(
    ("id_", "string", "fault"),
    [
        ("{key} moved", "已移动", "other placeholders"),
        ("{key} moved", "{task} 已移动", "other placeholders"),
        ("{key} moved", "", "untranslated"),
        ("moved, done", "已移动,完成", "half-width"),
        ("Sure?", "确定?", "half-width"),
        ("a (b)", "甲(乙)", "half-width"),
        (("{count} day", "{count} days"), ("天",), "other placeholders"),
    ],
)
def test_faults_are_found(tool, id_, string, fault):
    message = tool.Message(id_, string, locations=[("tui/app.py", 0)])

    assert [found.partition(":")[0] for found in tool.faults(message)] == [
        next(
            kind
            for kind in ("other placeholders", "untranslated", "half-width punctuation")
            if kind.startswith(fault)
        )
    ]


def test_translations_of_a_fragment_are_taken_over(tool, tmp_path, monkeypatch):
    home = tmp_path / "zh_CN" / "LC_MESSAGES"
    home.mkdir(parents=True)
    (home / "duban.po").write_bytes(b'msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;"\n')
    fragment = tmp_path / "mine.po"
    fragment.write_text('msgid "Doing"\nmsgstr "进行中"\n\nmsgid "gone"\nmsgstr "旧"\n')
    monkeypatch.setattr(tool, "LOCALE", tmp_path)

    left = tool.update("zh_CN", [fragment])

    assert "untranslated: 'Draft' (tui/terms.py)" in left
    assert not any("'Doing'" in fault for fault in left)
    compiled = tool.compiled_translations("zh_CN")
    assert compiled[None, "Doing"] == ("进行中",)
    assert not {(None, "gone"), (None, "Draft")} & compiled.keys()
