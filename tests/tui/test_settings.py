"""Settings: read, checked by line, written back."""

import stat
from dataclasses import replace

import pytest

from tui.settings import Settings, SettingsProblem, problem_words, read_settings, settings_file
from tui.words import Words


@pytest.fixture
def written(tmp_path):
    def write(text):
        file = tmp_path / "settings.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def said(file, language="en"):
    with pytest.raises(SettingsProblem) as caught:
        read_settings(file)
    return problem_words(Words(language), caught.value).replace(str(file), file.name)


def test_no_file_means_the_usual(tmp_path):
    assert read_settings(tmp_path / "none.toml") == Settings()


def test_what_was_written_is_read(tmp_path):
    file = tmp_path / "new" / "settings.toml"
    kept = Settings(language="zh_CN", compact=True, keys={"add": ("n", "f2")}, project="产品迭代")
    kept.write(file)

    assert read_settings(file) == kept
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_only_what_differs_is_written(tmp_path):
    file = tmp_path / "settings.toml"
    replace(Settings(), theme="light").write(file)

    assert file.read_text(encoding="utf-8") == 'theme = "light"\n'


def test_an_unknown_key_is_named_with_file_and_line(written):
    file = written('# mine\n\ntheme = "dark"\nlangauge = "zh_CN"\n')

    assert said(file).startswith(
        "settings.toml, line 4: unknown key “langauge”; known: store, language, theme"
    )
    assert said(file, "zh_CN").startswith("settings.toml 第 4 行：未知设置项“langauge”")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("compact = 1", "line 1: compact is 1; it must be true or false"),
        ("\ntheme = 3", "line 2: theme is 3; it must be a text in quotes"),
        ('language = "fr"', "line 1: language is 'fr'; it must be en, zh_CN"),
        ("[keys]\nadd = 3", "line 2: keys.add is 3; it must be a table of keys"),
        ("theme = dark", "line 1: Invalid value"),
        ("mouse = true\nmouse = false", "line 2: Cannot overwrite a value"),
    ],
)
def test_a_bad_value_is_named_with_its_line(written, text, sentence):
    assert sentence in said(written(text))


def test_one_key_may_stand_without_brackets(written):
    assert read_settings(written('[keys]\nadd = "n"')).keys == {"add": ("n",)}


def test_a_file_that_is_not_text_is_told(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_bytes(b"\xff\xfe")

    assert "cannot be read" in said(file)


def test_another_file_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("DUBAN_SETTINGS", str(tmp_path / "other.toml"))
    assert settings_file() == tmp_path / "other.toml"
    monkeypatch.delenv("DUBAN_SETTINGS")
    assert settings_file().name == "settings.toml"
