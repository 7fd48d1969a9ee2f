"""The app's edges: no way out but ours, no secret in a crash, no size that costs the memory."""

import stat

from textual import events
from textual.geometry import Size

from tui.app import run
from tui.crash import log_file, report
from tui.session import SessionOptions
from tui.settings import Settings
from tui.words import Words


def test_a_crash_names_a_log_of_ones_own_without_the_password(home):
    secret = "postgresql://duban:s3cret@db/duban"
    try:
        password = "s3cret"  # a local variable that must not be told either
        raise RuntimeError(f"cannot reach {secret}")  # noqa: TRY301
    except RuntimeError as error:
        said = report(error, Words("zh_CN"), secret)

    assert password not in said
    assert str(log_file()) in said
    written = log_file().read_text(encoding="utf-8")
    assert "RuntimeError" in written
    assert "s3cret" not in written
    assert stat.S_IMODE(log_file().stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_does_not_matter(home):
    log_file().parent.parent.mkdir(parents=True)
    log_file().parent.write_text("a file in the way")

    assert "has made a mistake" in report(RuntimeError(), Words(), "sqlite:///x.db")


async def test_an_unexpected_error_ends_the_app_with_1_and_one_sentence(team, drive):
    app = None
    try:
        async with drive(team.url) as member:
            app = member.app
            app.call_later(lambda: 1 / 0)
            await member.pilot.pause()
    except ZeroDivisionError:
        pass
    assert app.return_code == 1
    assert "ZeroDivisionError" in log_file().read_text(encoding="utf-8")


async def test_nothing_suspends_or_takes_pictures_or_opens_browsers(team, drive, home):
    before = {path for path in home.rglob("*") if path.is_file()}
    async with drive(team.url) as member:
        await member.presses("ctrl+z", "ctrl+p", "ctrl+backslash", "ctrl+s")
        assert member.screen == "BoardScreen"
        member.app.action_suspend_process()
        member.app.action_screenshot()
        member.app.open_url("https://example.org")
        await member.pilot.pause()
        assert member.told == "https://example.org"
    assert {path for path in home.rglob("*") if path.is_file()} == before


async def test_ctrl_c_says_how_to_leave(team, drive):
    async with drive(team.url) as member:
        await member.presses("ctrl+c")
        assert member.told == "q leaves duban."


async def test_q_leaves_with_0_and_ctrl_q_from_a_prompt_too(team, drive):
    for keys in (("q",), ("a", "ctrl+q")):
        async with drive(team.url) as member:
            for key in keys:
                await member.pilot.press(key)
            assert member.app.return_code == 0


async def test_a_window_of_absurd_size_is_cut_down(team, drive):
    async with drive(team.url) as member:
        for width, height in ((65535, 65535), (0, 0)):
            size = Size(width, height)
            member.app.post_message(events.Resize(size, size))
            await member.pilot.pause(0.05)
            assert member.app.size.width in range(1, 501)
            assert member.app.size.height in range(1, 1001)


async def test_the_theme_changes_at_once_and_is_kept(team, drive, tmp_path):
    team.put("任务")
    async with drive(team.url) as member:
        await member.does("theme")
        assert member.app.theme == "light"
        assert member.chosen == "OPS-1"
    assert 'theme = "light"' in (tmp_path / "settings.toml").read_text(encoding="utf-8")


async def test_the_language_changes_at_once(team, drive):
    async with drive(team.url) as member:
        await member.does("settings")
        await member.presses("down", "enter", "2")
        assert "未开始" in member.picture


async def test_i_can_be_somebody_else(team, drive):
    async with drive(team.url) as member:
        await member.does("settings")
        await member.presses("enter")
        await member.types("王磊")
        await member.presses("enter")
        assert member.app.session.me.handle == "wang"
        assert "王磊" in member.picture.splitlines()[0]


async def test_screens_are_one_key_away(team, drive):
    task = team.put("报告", owner="wang")
    async with drive(team.url) as member:
        for key, screen in (("2", "SyncScreen"), ("3", "ReviewScreen"), ("1", "BoardScreen")):
            await member.presses(key)
            assert member.screen == screen
        await member.choose(task)
        await member.presses("enter")
        assert member.screen == "DetailScreen"
        await member.presses("escape")
        assert member.screen == "BoardScreen"
        assert member.chosen == "OPS-1"


def test_keys_that_clash_are_told_before_anything_starts(sqlite_url, capsys):
    settings = Settings(keys={"add": ("e",)})
    options = SessionOptions(store=sqlite_url, handle="lixin", settings=settings)

    assert run(options) == 2
    assert capsys.readouterr().err == "duban: [keys] add and edit cannot share the key e.\n"


def test_a_store_that_cannot_be_opened_is_told_in_one_line(tmp_path, capsys):
    options = SessionOptions(store=f"sqlite:///{tmp_path}", handle="lixin", language="zh_CN")

    assert run(options) == 5
    assert "无法打开数据文件" in capsys.readouterr().err
