"""From JSON to any command of the core: keys, handles and ISO dates become what they name."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from core.commands.handlers import FAMILIES
from core.domain.ids import DepartmentId, IssueId, PersonId, ProjectId, TaskId
from core.domain.refusals import BadValue
from tui.cli.nearest import near

if TYPE_CHECKING:
    from core.domain.people import Project
    from core.queries.detail import TaskView
    from tui.cli.request import Request

_SEEN = {
    "MoveTask": "state",
    "ArchiveTask": "state",
    "CancelTask": "state",
    "AssignTask": "owner",
    "ExtendDue": "due",
    "DelegateAcceptance": "acceptor",
}
"""Commands with a ``seen``, and what it is of: left out, it is what stands now.

The acceptor is whoever accepts by name or by position."""


class BadLine(Exception):
    """A line that is no command: a code, and facts that say what is wrong."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code, facts)


def command_type(name: object) -> type[Any]:
    """The command of the core called ``name``. Raises BadLine."""
    if name is None:
        raise BadLine("missing-command")
    if not isinstance(name, str) or name not in FAMILIES:
        raise BadLine("unknown-command", command=str(name), near=near(str(name), list(FAMILIES)))
    kind: type[Any] = getattr(import_module(f"core.commands.{FAMILIES[name]}"), name)
    return kind


class Builder:
    """Makes one command; asks the store what its texts name."""

    def __init__(self, request: "Request") -> None:
        self.request = request
        self.given: Mapping[str, Any] = {}

    def command(self, content: Mapping[str, Any]) -> object:
        """The command that ``content`` describes. Raises BadLine; refuses as look-ups do."""
        kind = command_type(content.get("command"))
        self.given = {name: value for name, value in content.items() if name != "command"}
        known = {one.name: one for one in fields(kind)}
        for name in self.given:
            if name not in known:
                raise BadLine("unknown-field", field=name, known=", ".join(known))
        hints = get_type_hints(kind)
        values = {name: self.value(name, value, hints[name]) for name, value in self.given.items()}
        if kind.__name__ in _SEEN and "seen" not in values and "task" in values:
            view = self._view()
            stands = view if _SEEN[kind.__name__] == "acceptor" else view.task
            values["seen"] = getattr(stands, _SEEN[kind.__name__])
        for name, one in known.items():
            wanted = one.default is MISSING and one.default_factory is MISSING
            if wanted and name not in values:
                raise BadLine("missing-field", field=name)
        return kind(**values)

    def value(self, field: str, value: Any, hint: Any) -> Any:  # noqa: ANN401 - any field
        """``value`` as the field wants it."""
        if get_origin(hint) in {Union, types.UnionType}:
            if value is None:
                return None
            (hint,) = (one for one in get_args(hint) if one is not type(None))
        if field == "settings":
            return self._settings(value)
        read = self._reader(hint)
        if read is None:
            read = _word if isinstance(hint, type) and issubclass(hint, StrEnum) else _as_is
        origin = get_origin(hint)
        if origin is tuple and isinstance(value, list):
            return tuple(self.value(field, one, get_args(hint)[0]) for one in value)
        if origin is Mapping and isinstance(value, dict):
            return self._mapping(field, value, hint)
        if hasattr(hint, "_fields") and isinstance(value, dict):
            inner = get_type_hints(hint)
            return hint(**{name: self.value(name, one, inner[name]) for name, one in value.items()})
        return read(field, value, hint)

    def _mapping(self, field: str, value: dict[str, Any], hint: Any) -> dict[Any, Any]:  # noqa: ANN401
        name, content = get_args(hint)
        return {
            self.value(field, one, name): self.value(field, item, content)
            for one, item in value.items()
        }

    def _reader(self, hint: Any) -> Callable[[str, Any, Any], Any] | None:  # noqa: ANN401
        readers: dict[Any, Callable[[str, Any, Any], Any]] = {
            TaskId: self._task,
            PersonId: self._person,
            ProjectId: self._project,
            IssueId: self._issue,
            DepartmentId: self._department,
            date: _day,
            datetime: self._instant,
        }
        return readers.get(hint)

    def _task(self, field: str, value: object, _: object) -> int:
        return value if _is_whole(value) else self.request.task(_text(field, value))  # type: ignore[return-value]

    def _person(self, field: str, value: object, _: object) -> int:
        return value if _is_whole(value) else self.request.person(_text(field, value)).id  # type: ignore[return-value]

    def _project(self, field: str, value: object, _: object) -> int:
        from core.queries.directory import find_project

        if _is_whole(value):
            return value  # type: ignore[return-value]
        return self.request.ask(find_project, _text(field, value)).id

    def _issue(self, field: str, value: object, _: object) -> int:
        from core.queries.issues import find_issue

        return value if _is_whole(value) else self.request.ask(find_issue, _text(field, value))  # type: ignore[return-value]

    def _department(self, field: str, value: object, _: object) -> int:
        from tui.cli.people import department

        if _is_whole(value):
            return value  # type: ignore[return-value]
        return department(self.request, _text(field, value)).id

    def _instant(self, field: str, value: object, _: object) -> datetime:
        """A moment with its offset; a day alone ends as the office closes in its project."""
        text = _text(field, value)
        try:
            if len(text) <= len("2026-12-01"):
                return self._closing(date.fromisoformat(text))
            found = datetime.fromisoformat(text)
        except ValueError as wrong:
            raise BadLine("not-a-date", field=field, value=text) from wrong
        return found if found.tzinfo is None else found.astimezone(UTC)

    def _closing(self, day: date) -> datetime:
        from core.policies.calendar import calendar_named
        from core.policies.clocks import due_instant

        project = self._home()
        if project is None:
            return due_instant(day, calendar_named("china"))
        zone = project.time_zone
        return due_instant(day, calendar_named(project.calendar, time_zone=zone))

    def _home(self) -> "Project | None":
        """The project that the command is about."""
        from core.queries.listing import project_of

        for name in ("task", "parent"):
            if name in self.given:
                number = self._task(name, self.given[name], None)
                return self.request.ask(project_of, TaskId(number))
        named = self.given.get("project")
        return self.request.project(named if isinstance(named, str) else "")

    def _view(self) -> "TaskView":
        from core.queries.detail import task_view

        number = self._task("task", self.given.get("task"), None)
        return self.request.ask(task_view, TaskId(number))

    def _settings(self, value: object) -> tuple[Any, ...]:
        """``[{"field", "value", "seen"}]`` or ``{field: value}``; seen is what stands now."""
        from core.commands.editing import Setting
        from core.commands.tasks import EDITABLE

        listed = value
        if isinstance(value, dict):
            listed = [{"field": field, "value": one} for field, one in value.items()]
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            raise BadLine("bad-field", field="settings")
        if "issue" in self.given:
            return self._of_issue(listed)
        hints = get_type_hints(command_type("CreateTask"))
        view = self._view()
        made = []
        for one in listed:
            field = str(one.get("field"))
            if field not in EDITABLE:
                raise BadValue("field", field, reason="not-editable", known=tuple(EDITABLE))
            seen = getattr(view.task, field)
            if "seen" in one:
                seen = self.value(field, one["seen"], hints[field])
            made.append(Setting(field, seen, self.value(field, one.get("value"), hints[field])))
        return tuple(made)

    def _of_issue(self, listed: list[dict[str, Any]]) -> tuple[Any, ...]:
        """The same for an issue."""
        from core.commands.editing import Setting
        from core.domain.trouble import Issue
        from core.queries.issues import issue_view

        hints = get_type_hints(Issue)
        number = self._issue("issue", self.given["issue"], None)
        issue = self.request.ask(issue_view, number).issue
        made = []
        for one in listed:
            field = str(one.get("field"))
            hint = hints.get(field, str)
            seen = getattr(issue, field, None)
            if "seen" in one:
                seen = self.value(field, one["seen"], hint)
            made.append(Setting(field, seen, self.value(field, one.get("value"), hint)))
        return tuple(made)


def _is_whole(value: object) -> bool:
    """Whether it is a whole number that every engine can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _text(field: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadLine("bad-field", field=field, wanted="text")
    return value


def _day(field: str, value: object, _: object) -> date:
    text = _text(field, value)
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadLine("not-a-date", field=field, value=text) from wrong


def _word(field: str, value: object, hint: type[StrEnum]) -> StrEnum:
    try:
        return hint(_text(field, value))
    except ValueError as wrong:
        known = tuple(one.value for one in hint)
        raise BadValue(field, value, reason="unknown", known=known) from wrong


def _as_is(field: str, value: object, hint: Any) -> object:  # noqa: ANN401 - any plain type
    plain = {str: isinstance(value, str), bool: isinstance(value, bool)}
    plain[int] = _is_whole(value)
    supertype = getattr(hint, "__supertype__", hint)
    if not plain.get(supertype, False):
        raise BadLine("bad-field", field=field, wanted=getattr(supertype, "__name__", str(hint)))
    return value
