"""Write the key sheets, docs/keys.en.md and docs/keys.zh_CN.md, from the table of actions.

python docs/authoring/keys.py
"""

from collections.abc import Iterator
from pathlib import Path

from tui.actions import ACTIONS
from tui.keyboard import GROUPS, Action, Scope, shown_keys
from tui.words import LANGUAGES, Words

DOCS = Path(__file__).parents[1]
WHERE = {
    Scope.ANY: "everywhere",
    Scope.BOARD: "board",
    Scope.DETAIL: "task detail",
    Scope.SYNC: "sync log",
    Scope.REVIEW: "review",
    Scope.ISSUES: "issues",
    Scope.TRIAGE: "triage",
    Scope.TEAMUP: "team standup",
    Scope.RACI: "responsibilities",
    Scope.HISTORY: "history",
    Scope.ALERTS: "alert pane",
}
HEADINGS = {
    "en": ("Keys of duban", "Key", "What it does", "Where", "Name in `[keys]`"),
    "zh_CN": ("duban 按键一览", "按键", "作用", "适用页面", "`[keys]` 中的名称"),
}
NOTES = {
    "en": "Made from the program's table of actions. Full-width keys (`？`, `！`) work as well.",
    "zh_CN": "本表由程序的操作表生成。全角按键（`？`、`！`）同样有效。",
}
PLACES = {
    "en": WHERE,
    "zh_CN": {
        Scope.ANY: "全部",
        Scope.BOARD: "看板",
        Scope.DETAIL: "任务详情",
        Scope.SYNC: "同步日志",
        Scope.REVIEW: "验收",
        Scope.ISSUES: "问题",
        Scope.TRIAGE: "督办台",
        Scope.TEAMUP: "团队站会",
        Scope.RACI: "职责矩阵",
        Scope.HISTORY: "历史",
        Scope.ALERTS: "预警栏",
    },
}


def sheet_file(language: str) -> Path:
    """Where the sheet of a language stands."""
    return DOCS / f"keys.{language}.md"


def sheet(language: str) -> str:
    """The whole sheet."""
    words = Words(language)
    title, key, what, where, name = HEADINGS[language]
    lines = [f"# {title}", "", NOTES[language]]
    for group, heading in GROUPS.items():
        lines += ["", f"## {words(heading)}", "", f"| {key} | {what} | {where} | {name} |"]
        lines += ["|---|---|---|---|"]
        for action in ACTIONS:
            if action.group is group:
                lines += _rows(action, words)
    return "\n".join(lines) + "\n"


def _rows(action: Action, words: Words) -> Iterator[str]:
    """A line for each thing that it does."""
    pressed = " ".join(f"`{one}`" for one in shown_keys(action.keys).split())
    comma = "、" if words.language == "zh_CN" else ", "
    for scopes, said in action.helps():
        places = comma.join(PLACES[words.language][scope] for scope in Scope if scope in scopes)
        yield f"| {pressed} | {words(said)} | {places} | `{action.id}` |"


if __name__ == "__main__":
    for language in LANGUAGES:
        sheet_file(language).write_text(sheet(language), encoding="utf-8")
