"""What the keys of the detail screen do to the line that is chosen."""

from typing import Final

from core.domain.ids import DepartmentId, TaskId
from core.policies import acts
from core.policies.rights import Act
from tui.screens import taking_on
from tui.screens.detail_lines import Part
from tui.screens.issue_steps import show_issue
from tui.screens.part_edits import PartEdits
from tui.screens.two_lists import TwoLists
from tui.widgets.lines import LineList

_ADDED: dict[Part, tuple[str, ...]] = {
    Part.OVERVIEW: (
        "collaborator",
        "dependency",
        "subtask",
        "milestone",
        "criterion",
        "deliverable",
        "update",
    ),
    Part.STEPS: ("subtask", "milestone"),
    Part.UPDATES: ("update",),
    Part.RESULTS: ("criterion", "deliverable"),
}
"""What can be added in which part."""
_EDITED: Final = {
    "owner": "owner",
    "due": "due",
    "progress": "progress",
    "blocked": "block",
    "resolution": "respond",
    "extension": "respond",
    "nudges": "nudge",
}
"""The action that a field stands for; the others are edited."""
_TICKED: Final = frozenset({"criterion", "milestone", "deliverable"})
CLOSED_HINTS: Final = ("restore", "part-next", "open", "leave", "help", "quit")
"""What the footer shows for an archived or cancelled task."""


class DetailKeys(TwoLists, PartEdits):
    """Mixed into the detail screen."""

    part = Part.OVERVIEW
    """What is shown."""
    unfolded = False
    """Whether fields that nobody filled in are shown too."""

    @property
    def hinted(self) -> tuple[str, ...]:
        """What is closed can only be looked at and restored; trouble has its keys first."""
        if self.is_closed or self.view is None:
            return CLOSED_HINTS if self.is_closed else super().hinted
        view, first = self.view, []
        spell = view.spell
        asked = view.extension is not None and self._may_decide
        if asked or (spell and spell.critical and spell.resolve_by is None):
            first.append("respond")
        if spell:
            first += ["block", "nudge"]
        left_out = {*first, *(() if self._chosen()[0] in _TICKED else ("tick",))}
        return (*first, *(one for one in super().hinted if one not in left_out))

    @property
    def _may_decide(self) -> bool:
        """Whether a later due is the member's to grant."""
        return acts.why_not(Act.GRANT_LATER, self.session.me, self.about) is None

    def _facts_of_hints(self) -> tuple[object, ...]:
        """What is ticked too."""
        return (*super()._facts_of_hints(), self._chosen()[0] in _TICKED)

    def _go_to(self, wanted: LineList) -> None:
        """What is chosen in the other list may be ticked, or not."""
        super()._go_to(wanted)
        self.hint_if_changed()

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """The same for another line."""
        event.stop()
        self.hint_if_changed()

    def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A double click is enter."""
        event.stop()
        self.run_worker(self.action_act("open"), group="clicks")

    def _chosen(self) -> tuple[str, str]:
        """Kind and id of the chosen line."""
        kind, _, name = self.list.chosen.partition(":")
        return kind, name

    async def act_open(self) -> None:
        """Edit what is chosen, or open the other task."""
        kind, name = self._chosen()
        wanted = _EDITED.get(name, "edit") if kind == "field" else "edit"
        if kind not in {"", "empty", "issue", "task", "needs"} and (why := self.why_not(wanted)):
            self.tell(why, "warning")
        elif kind == "empty":
            self.unfolded = True
            await self.renew()
        elif kind == "field":
            await self.edit_field(name)
        elif kind == "issue":
            await show_issue(self, int(name))
        elif kind in {"task", "needs"}:
            await self.shell.show("detail", task=TaskId(int(name)))
        elif kind == "signature" and self.view is not None:
            await taking_on.sign(self, self.view, DepartmentId(int(name)))
        elif name and kind != "assignment":
            await self.edit_part(kind, int(name))

    async def act_add(self) -> None:
        """Add what belongs to the part that is shown."""
        if self.part in _ADDED:
            await self.add_part(_ADDED[self.part])
        else:
            self.tell(self.words("The history writes itself."), "warning")

    async def act_raci(self) -> None:
        """To the responsibilities of this task and its subtasks."""
        if self.view is not None:
            await self.shell.show("raci", task=self.view.task.id)

    async def act_history(self) -> None:
        """To the history of this task, to be narrowed."""
        if self.view is not None:
            await self.shell.show("history", task=self.view.task.id)

    async def act_tick(self) -> None:
        """Tick the chosen criterion or milestone; register the chosen deliverable."""
        kind, name = self._chosen()
        if kind in _TICKED:
            await self.tick_part(kind, int(name))
        else:
            said = self.words("Only criteria and milestones are ticked, deliverables registered.")
            self.tell(said, "warning")

    async def act_remove(self) -> None:
        """Remove the chosen part."""
        kind, name = self._chosen()
        line = next((one for one in self.list.lines if one.key == self.list.chosen), None)
        number = int(name) if name.isdigit() else 0
        text = line.text if line else ""
        if kind == "collaborator" and line is not None:
            text = line.head[0].text.strip()
        await self.remove_part(kind, number, text)
