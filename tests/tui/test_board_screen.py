"""The board as a member works it: by act, ending with the store and the cursor."""

from datetime import timedelta

import pytest

from core.commands.blocking import BlockTask
from core.commands.closing import CancelTask
from core.commands.editing import AssignTask, EditTask, Setting
from core.commands.moving import MoveTask
from core.domain.status import Priority, State
from core.queries import board
from core.queries.board import Chosen
from tests.office import hand_in


async def test_a_card_moves_on_and_the_cursor_with_it(team, drive):
    task = team.put("接口联调", owner="lixin")
    async with drive(team.url) as member:
        await member.does("move-next")
        assert team.card(task).state is State.DOING
        assert member.chosen == "OPS-1"


async def test_twenty_keys_at_once_all_land_on_the_right_cards(team, drive):
    tasks = [team.put(f"task {number}", owner="lixin") for number in range(10)]
    async with drive(team.url) as member:
        await member.does(*["move-next", "cursor-left"] * 10)
        assert team.titles(State.TODO) == []
        assert {team.card(task).state for task in tasks} == {State.DOING}


async def test_one_card_follows_a_burst_of_moves(team, drive):
    first, second = team.put("one", owner="lixin"), team.put("two", owner="lixin")
    async with drive(team.url) as member:
        await member.choose(second)
        await member.does(*["move-next", "move-previous"] * 9, "move-next")
        assert team.card(second).state is State.DOING
        assert team.card(first).state is State.TODO
        assert member.chosen == "OPS-2"


async def test_cards_are_reordered_with_the_cursor_on_them(team, drive):
    for title in "abc":
        team.put(title)
    async with drive(team.url) as member:
        await member.does("move-down", "move-down")
        assert team.titles(State.TODO) == ["b", "c", "a"]
        assert member.chosen == "OPS-1"


async def test_a_refused_move_leaves_card_and_cursor(team, drive):
    task = team.put("考核表", State.DONE, owner="wang")
    async with drive(team.url, language="zh_CN") as member:
        await member.choose(task)
        await member.does("move-next")
        assert member.told == "OPS-1 已完成；按 x 归档。"
        assert member.chosen == "OPS-1"
        await member.does("cursor-up")
        assert member.told == ""


async def test_a_move_that_somebody_else_made_first_is_told_with_both_values(team, drive):
    task = team.put("考核表", owner="wang")
    async with drive(team.url) as member:
        team.by("wang").do(MoveTask(task=task, to=State.DOING, seen=State.TODO))
        hand_in(team.by("wang"), task)
        await member.does("move-next")
        assert "You saw “To do”, it is “In review” now." in member.told
        assert team.card(task).state is State.REVIEW
        assert member.chosen == "OPS-1"


async def test_starting_without_an_owner_asks_for_one_and_offers_me(team, drive):
    task = team.put("无主任务")
    async with drive(team.url) as member:
        await member.does("move-next")
        assert "Who does OPS-1?" in member.picture
        await member.presses("enter")
        card = team.card(task)
        assert (card.state, card.owner_name) == (State.DOING, "李欣")


async def test_esc_in_a_prompt_changes_nothing(team, drive):
    task = team.put("无主任务")
    async with drive(team.url) as member:
        await member.does("move-next", "leave")
        assert member.screen == "BoardScreen"
        assert team.card(task).state is State.TODO
        assert member.chosen == "OPS-1"


async def test_moving_on_from_review_accepts(team, drive):
    task = team.put("报告", State.REVIEW, owner="wang")
    async with drive(team.url) as member:
        await member.choose(task)
        await member.does("move-next")
        assert team.card(task).state is State.DONE


async def test_moving_back_from_review_sends_back_with_findings(team, drive):
    task = team.put("报告", State.REVIEW, owner="wang")
    async with drive(team.url) as member:
        await member.choose(task)
        await member.does("move-previous")
        await member.presses("ctrl+s")
        assert "Say what must be changed" in member.picture
        await member.types("补充数据来源")
        await member.presses("ctrl+s")
        assert team.card(task).state is State.DOING


async def test_the_owner_withdraws_from_review(team, drive):
    task = team.put("报告", State.REVIEW, owner="lixin")
    async with drive(team.url) as member:
        await member.choose(task)
        await member.does("move-previous")
        assert team.card(task).state is State.DOING


async def test_reopening_asks_for_the_reason(team, drive):
    task = team.put("报告", State.DONE, owner="wang")
    async with drive(team.url) as member:
        await member.choose(task)
        await member.does("move-previous")
        await member.types("客户反馈有误")
        await member.presses("enter")
        assert team.card(task).state is State.DOING


async def test_keys_typed_ahead_go_to_the_prompt(team, drive):
    async with drive(team.url) as member:
        member.app.simulate_key("a")
        await member.types("季度总结")
        await member.presses("enter")
        assert team.titles(State.TODO) == ["季度总结"]
        assert member.chosen == "OPS-1"
        assert member.told == "OPS-1 is on the board."


async def test_what_is_done_is_shown_as_done_to_the_last_percent(team, drive):
    task = team.put("报告", State.DONE, owner="wang")
    async with drive(team.url) as member:
        await member.choose(task)
        await member.presses("enter")
        assert "Progress 100%" in member.sentence


@pytest.mark.parametrize("keys", [("/", *"对账", "enter"), ("m",), ("U",)])
async def test_a_new_task_that_a_filter_hides_is_said_to_be_hidden(team, drive, keys):
    team.put("对账", owner="lixin")
    async with drive(team.url) as member:
        for key in keys:
            await (member.types(key) if len(key) == 1 else member.presses(key))
        await member.does("add")
        await member.types("季度总结")
        if keys != ("m",):
            await member.presses("tab")
            await member.types("wang")
        await member.presses("enter")
        assert member.told == "OPS-2 is added; the filter hides it: esc clears it."
        await member.presses("escape")
        assert "季度总结" in member.picture


async def test_the_form_takes_owner_due_and_priority(team, drive):
    async with drive(team.url) as member:
        await member.does("add")
        await member.types("调研")
        await member.presses("tab")
        await member.types("wang")
        await member.presses("tab")
        await member.types("下周五")
        await member.presses("tab", "left", "enter")
    card = team.card(1)
    assert (card.title, card.owner_name, card.priority) == ("调研", "王磊", Priority.HIGH)
    assert f"{card.due:%Y-%m-%d %H:%M}" == "2024-10-25 10:00"


async def test_a_title_is_needed_and_the_form_stays(team, drive):
    async with drive(team.url) as member:
        await member.does("add")
        await member.presses("enter")
        assert "A task needs a title." in member.picture
        assert team.titles(State.TODO) == []


async def test_a_conflict_in_the_form_keeps_what_was_typed(team, drive):
    task = team.put("旧名称", owner="wang")
    async with drive(team.url) as member:
        await member.does("edit")
        other = Setting("title", seen="旧名称", value="别人改的")
        team.by("wang").do(EditTask(task=task, settings=(other,)))
        await member.types("改")
        await member.presses("enter")
        assert member.field("title-field-input") == "旧名称改"
        assert "You saw “旧名称”, it is “别人改的” now." in member.sentence
        await member.presses("enter")
        assert team.card(task).title == "旧名称改"


async def test_the_owner_is_chosen_by_typing(team, drive):
    task = team.put("对账")
    async with drive(team.url) as member:
        await member.does("owner")
        await member.types("敏")
        await member.presses("enter")
        assert team.card(task).owner_name == "赵敏"


async def test_an_owner_changed_meanwhile_is_named(team, drive):
    task = team.put("对账", owner="lixin")
    async with drive(team.url, language="zh_CN") as member:
        await member.does("owner")
        change = AssignTask(task=task, owner=team.people["wang"], seen=team.people["lixin"])
        team.desk.do(change)
        await member.types("赵敏")
        await member.presses("enter")
        assert "您看到的是“李欣”，现为“王磊”" in member.told
        assert team.card(task).owner_name == "王磊"


async def test_progress_by_arrows(team, drive):
    task = team.put("对账", State.DOING, owner="lixin")
    async with drive(team.url) as member:
        await member.does("progress")
        await member.presses("up", "up", "up", "down", "enter")
        assert team.card(task).progress == 20


async def test_block_needs_reason_and_for_whom_then_unblock(team, drive):
    task = team.put("对账", State.DOING, owner="lixin")
    async with drive(team.url) as member:
        await member.choose(task)
        await member.does("block")
        await member.presses("enter")
        assert "Say why it cannot go on." in member.picture
        await member.types("等待接口")
        await member.presses("enter")
        await member.types("供应商")
        await member.presses("enter")
        assert team.card(task).blocked_since is not None
        await member.does("block")
        await member.types("接口已开放")
        await member.presses("enter")
        assert team.card(task).blocked_since is None


async def test_a_due_date_can_be_cleared(team, drive):
    task = team.put("对账", due=3)
    async with drive(team.url) as member:
        await member.does("due")
        await member.presses("backspace", "enter")
        assert "say why it moves" in member.sentence
        await member.types("改期")
        await member.presses("enter")
        assert team.card(task).due is None


async def test_cancel_asks_why(team, drive):
    todo = team.put("不做了")
    async with drive(team.url) as member:
        await member.does("close")
        await member.types("客户取消")
        await member.presses("enter")
        assert team.card(todo).state is State.CANCELLED


async def test_filter_as_you_type_and_esc_clears(team, drive):
    team.put("客户访谈", owner="wang")
    team.put("数据看板")
    async with drive(team.url) as member:
        await member.does("filter")
        await member.types("访谈")
        assert "1 card" in member.picture
        assert "数据看板" not in member.picture
        await member.presses("enter")
        assert member.chosen == "OPS-1"
        assert "访谈" in member.picture.splitlines()[1]
        await member.does("leave")
        assert "数据看板" in member.picture


async def test_only_mine(team, drive):
    team.put("我的", owner="lixin")
    team.put("别人的", owner="wang")
    async with drive(team.url) as member:
        await member.does("mine")
        assert "别人的" not in member.picture
        assert "only mine" in member.picture
        await member.does("mine")
        assert "别人的" in member.picture


async def test_another_project_is_chosen_by_typing(team, drive):
    team.put("运维任务")
    team.add_project("MKT", "市场推广")
    async with drive(team.url) as member:
        await member.does("project")
        await member.types("市场")
        await member.presses("enter")
        assert "市场推广" in member.picture.splitlines()[0]
        assert "运维任务" not in member.picture


async def test_what_somebody_else_does_is_shown(team, drive):
    async with drive(team.url) as member:
        team.put("新来的任务", owner="wang")
        for _ in range(100):
            await member.pilot.pause(0.02)
            if "新来的任务" in member.picture:
                break
        assert "新来的任务" in member.picture


async def test_the_selection_stays_on_its_task_when_others_add_above(team, drive):
    task = team.put("我的任务", owner="lixin")
    async with drive(team.url) as member:
        other = team.put("后来的", State.DOING, owner="wang")
        team.by("wang").do(MoveTask(task=other, to=State.TODO, seen=State.DOING))
        await member.app.screen.renew()
        assert team.titles(State.TODO) == ["后来的", "我的任务"]
        assert member.chosen == team.card(task).key


async def test_the_alert_pane_jumps_to_the_task(team, drive):
    team.put("正常任务")
    team.put("逾期任务", State.DOING, owner="wang", due=-5)
    async with drive(team.url) as member:
        await member.does("alerts")
        assert "Overdue 1" in member.picture
        await member.does("open")
        assert member.chosen == "OPS-2"
        await member.does("leave")
        assert not member.app.screen.query("AlertPane")


async def test_a_full_width_key_works_too(team, drive):
    async with drive(team.url, language="zh_CN") as member:
        await member.types("？")
        assert member.screen == "HelpScreen"
        await member.types("？")
        assert member.screen == "BoardScreen"


async def test_an_unknown_member_sees_and_is_told(team, drive):
    team.put("任务", owner="wang")
    async with drive(team.url, handle="wang") as member:
        assert "王磊" in member.picture.splitlines()[0]
        assert member.screen == "BoardScreen"


async def test_words_grow_older_with_the_clock(team, drive):
    team.put("对账", State.DOING, owner="wang", due=0)
    async with drive(team.url, clock=team.clock) as member:
        team.clock.move(timedelta(days=3))
        await member.app._pass_time()
        assert "overdue 3" in member.picture


async def test_hostile_titles_are_drawn_as_data(team, drive):
    team.put("[@click=app.leave]boom[/] \u202eevil", owner="wang")
    async with drive(team.url) as member:
        assert "[@click=app.leave]" in member.picture.replace("\n", "")
        assert "\u202e" not in member.picture


async def test_a_narrow_terminal_shows_everything_needed(team, drive):
    team.put("对账", owner="wang")
    for size in ((80, 24), (40, 12), (20, 6)):
        async with drive(team.url, size=size) as member:
            await member.does("cursor-down", "add")
            await member.presses("escape")
            assert member.screen == "BoardScreen"


async def test_what_is_blocked_is_submitted_only_when_confirmed(team, drive):
    task = team.put("联调", State.DOING, owner="lixin")
    team.desk.do(BlockTask(task=task, reason="等待接口", waiting_for="技术部"))
    async with drive(team.url) as member:
        await member.choose(task)
        await member.does("move-next")
        assert "OPS-1 is blocked: submit it all the same?" in member.sentence
        await member.presses("n")
        assert team.card(task).state is State.DOING
        await member.does("move-next")
        await member.presses("y")
        assert "Submit OPS-1 联调" in member.sentence
        assert team.card(task).state is State.DOING


async def test_whoever_submitted_withdraws_without_findings(team, drive):
    task = team.put("报告", State.DOING, owner="lixin")
    hand_in(team.by("lixin"), task)
    async with drive(team.url) as member:
        await member.choose(task)
        await member.does("move-previous")
        assert team.card(task).state is State.DOING


async def test_plain_words_find_the_owner_too(team, drive):
    team.put("对账", owner="wang")
    team.put("复盘")
    for words in ("王磊", "WANG", "@王"):
        shown = Chosen(words=words)
        assert [one.title for one in team.desk.ask(board.cards, shown, State.TODO)] == ["对账"]


async def test_a_filter_hides_the_limits_and_gives_the_choice_back(team, drive):
    limits = {State.TODO: 5}
    first, second = team.put("甲", owner="lixin"), team.put("乙", owner="wang")
    heads = team.desk.ask(board.columns, Chosen(owner=team.people["wang"]), limits=limits)
    assert (heads[0].cards, heads[0].limit) == (1, None)
    async with drive(team.url) as member:
        await member.choose(second)
        await member.does("mine")
        assert member.chosen == team.card(first).key
        await member.does("mine")
        assert member.chosen == team.card(second).key


async def test_without_a_task_keys_say_so(team, drive):
    async with drive(team.url) as member:
        for action in ("move-next", "open", "move-up"):
            await member.does(action)
            assert member.told == "No task is chosen; a adds one."


async def test_the_look_stays_for_a_minute(team, drive):
    team.put("接口联调", owner="lixin")
    async with drive(team.url) as member:
        screen = member.app.screen
        await screen.renew()
        first = screen.look()
        await member.does("move-next")
        assert screen.look() is first
        assert screen.board.look is first
        screen.session.options.clock.at += timedelta(seconds=61)
        await screen.renew()
        assert screen.board.look is not first
        assert screen.look().now == screen.session.now()


async def test_the_hints_follow_the_focus_into_the_alert_pane(team, drive):
    team.put("迟了", State.DOING, owner="lixin", due=-3)
    async with drive(team.url) as member:
        assert "a add" in member.picture.splitlines()[-1]
        await member.does("alerts")
        hints = member.picture.splitlines()[-1]
        assert "⏎ to the card" in hints
        assert "esc close" in hints
        assert "a add" not in hints
        await member.presses("escape")
        assert "a add" in member.picture.splitlines()[-1]


async def test_an_archived_task_is_found_by_its_id_and_restored(team, drive):
    task = team.put("旧事", State.TODO)
    team.desk.do(CancelTask(task=task, seen=State.TODO, reason="不做了"))
    async with drive(team.url) as member:
        await member.does("filter")
        await member.types("OPS-1")
        await member.presses("enter")
        assert member.screen == "DetailScreen"
        assert "Cancelled · u restores it" in member.sentence
        assert "u restore" in member.picture.splitlines()[-1]
        await member.does("restore")
        assert member.told == "OPS-1 is back: To do."
        assert team.card(task).state is State.TODO
        await member.presses("j")
        assert "u restore" not in member.picture.splitlines()[-1]
        await member.does("restore")
        assert "there is nothing to restore" in member.told
