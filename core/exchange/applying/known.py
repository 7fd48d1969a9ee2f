"""What the store knows of what a plan tells: tasks and updates, looked up in bulk."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from core.domain.ids import ProjectId, TaskId
from core.domain.progress import ProgressUpdate
from core.domain.text import fold
from core.exchange.planned import ImportPlan, PlannedTask
from core.exchange.reading import clean
from core.exchange.telling.team import Ask
from core.queries import importing
from core.queries.exporting import Dossier

ID_LIMIT: Final = 200


@lru_cache(maxsize=1024)
def identity(text: str) -> str:
    """An id as the store keeps it."""
    return clean.line(text, limit=ID_LIMIT).value


class KnownTasks:
    """The stored tasks that rows of a plan may mean."""

    def __init__(self, ask: Ask, plan: ImportPlan, *, chosen: ProjectId | None) -> None:
        self._ask = ask
        found = ask(importing.tasks_called, _ids(plan))
        self.keys = {file.task.key for file in found}
        """Keys that are taken, of those that the plan names."""
        scope = [file for file in found if chosen in (None, file.task.project)]
        self._by_id: dict[str, list[Dossier]] = defaultdict(list)
        self._by_key: dict[str, Dossier] = {}
        for file in scope:
            self._by_key[file.task.key] = file
            if file.task.external_id:
                self._by_id[file.task.external_id].append(file)
        titles = {task.title for task in plan.tasks if not task.external_id}
        self._by_title: dict[str, list[Dossier]] = defaultdict(list)
        for file in ask(importing.tasks_titled, titles, project=chosen) if titles else ():
            self._by_title[file.task.title].append(file)

    def called(self, name: str, *, title: str = "") -> Dossier | None:
        """The task with that foreign id or, if none, that key, unless its title is another.

        Of several the one with that title; else the one with the foreign id, the oldest first.
        """
        files = list(self._by_id.get(name, ()))
        own = self._by_key.get(name)
        if own is not None and not _is_another(own, title):
            files.append(own)
        alike = (file for file in files if fold(file.task.title) == fold(title))
        return next(alike, files[0] if files else None)

    def titled(self, task: PlannedTask, *, home: ProjectId | None, again: bool) -> Dossier | None:
        """The next task of project ``home`` with that title, or (``again``) the one before.

        Rows without an id mean tasks by their title, one after the other.
        """
        files = self._by_title.get(task.title, [])
        for place, file in enumerate(files):
            if file.task.project == home:
                return file if again else files.pop(place)
        return None

    def updates(self, tasks: Iterable[TaskId]) -> dict[TaskId, list[ProgressUpdate]]:
        """The stored updates of these tasks."""
        found: dict[TaskId, list[ProgressUpdate]] = defaultdict(list)
        for update in self._ask(importing.updates_of, set(tasks)):
            found[update.task].append(update)
        return found


def _is_another(own: Dossier, title: str) -> bool:
    """Whether a file's ``title`` tells that its id is the key of ``own`` only by chance."""
    return bool(title) and fold(title) != fold(own.task.title)


def _ids(plan: ImportPlan) -> set[str]:
    tasks = (name for one in plan.tasks for name in (one.external_id, one.parent_external_id))
    updates = (one.task_external_id for one in plan.updates)
    links = (
        name for one in plan.dependencies for name in (one.task_external_id, one.needs_external_id)
    )
    nodes = (name for one in plan.nodes for name in (one.external_id, one.text))
    return {identity(name) for name in (*tasks, *updates, *links, *nodes)} - {""}
