"""Boards of other programs: Trello, Taskwarrior, Jira and WeKan exports as plans."""
