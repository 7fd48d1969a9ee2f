"""Which module has which command. A module is imported when its command is called."""

from importlib import import_module
from typing import Final

from tui.cli.declared import Command

HOMES: Final = {
    "add": "adding",
    "ls": "listing",
    "show": "showing",
    "update": "progress",
    "move": "moving",
    "submit": "reviewing",
    "reviews": "reviewing",
    "accept": "reviewing",
    "send-back": "reviewing",
    "delegate": "reviewing",
    "close-out": "closing",
    "archive": "closing",
    "restore": "closing",
    "cancel": "closing",
    "block": "blocking",
    "unblock": "blocking",
    "warn": "warning",
    "grant": "warning",
    "extend": "warning",
    "nudge": "warning",
    "issue": "issues",
    "escalate": "issues",
    "tick": "ticking",
    "edit": "editing",
    "assign": "editing",
    "claim": "duty",
    "acknowledge": "duty",
    "return": "duty",
    "confirm": "duty",
    "sign": "duty",
    "reorder": "editing",
    "check": "clarity",
    "criteria": "criteria",
    "milestones": "criteria",
    "deliverables": "handing",
    "collaborators": "handing",
    "depends": "handing",
    "raci": "raci",
    "log": "synclog",
    "meeting": "meetings",
    "standup": "standup",
    "alerts": "alerting",
    "ack": "quieting",
    "snooze": "quieting",
    "triage": "triage",
    "find": "finding",
    "similar": "clarity",
    "import": "importing",
    "export": "exporting",
    "who-can": "who_can",
    "people": "people",
    "departments": "people",
    "projects": "projects",
    "members": "members",
    "config": "config",
    "history": "history",
    "events": "eventlog",
    "batch": "batch",
    "demo": "demo",
    "doctor": "doctor",
    "verify": "verify",
    "db": "db",
    "completion": "completion",
}
"""By name, in the order that help tells them."""

BOARD: Final = ""
"""What ``duban`` alone does."""


def command_named(name: str) -> Command:
    """The command called ``name``: one of HOMES, or BOARD."""
    commands: dict[str, Command] = import_module(f"tui.cli.{HOMES.get(name, 'board')}").COMMANDS
    return commands[name]
