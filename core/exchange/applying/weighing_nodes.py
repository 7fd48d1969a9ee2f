"""Nodes of tables of responsibilities held against the store: which tasks they are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from core.exchange.applying.homes import Home
from core.exchange.applying.known import identity
from core.exchange.applying.weighing import Birth, Place, Scales
from core.exchange.planned import PlannedTask
from core.exchange.planned_duties import PlannedNode
from core.exchange.telling.team import Ask
from core.queries import importing
from core.queries.exporting import Dossier
from core.queries.raci import PUT_AWAY


class Nodes:
    """Finds the task of each node; one that is missing is planned once."""

    def __init__(self, scales: Scales, planned: Sequence[PlannedNode], *, ask: Ask) -> None:
        self._scales = scales
        self._planned = planned
        self._titled: dict[str, list[Place]] = defaultdict(list)
        for birth in scales.result.births:
            self._titled[birth.planned.title].append(birth)
        chosen = scales.result.homes.chosen
        titles = {title for one in planned for title in (one.text, one.title)}
        files = ask(importing.tasks_titled, titles, project=chosen.id if chosen else None)
        for file in sorted(files, key=lambda one: one.task.state in PUT_AWAY):
            self._know(file)
            self._titled[file.task.title].append(file.task.id)
        self._home: dict[str, Home] = {}

    def _know(self, file: Dossier) -> None:
        self._scales.result.files.setdefault(file.task.id, file)

    def places(self) -> Iterator[tuple[PlannedNode, Place]]:
        """Every node with its task, each task once; a second row of one is doubtful."""
        found = [(node, self._find(node)) for node in self._planned]
        known = [place for _, place in found if place is not None]
        taken: set[Place] = set()
        for node, place in found:
            here = place if place is not None else self._bear(node, known)
            if here in taken:
                self._scales.result.doubt(node, "same-task", value=node.text, read_as=node.title)
                continue
            taken.add(here)
            yield node, here

    def _find(self, node: PlannedNode) -> Place | None:
        """By its whole text as a title, by its id, by its title, and as an id."""
        named = (node.external_id, node.text)
        return (
            next(iter(self._titled.get(node.text, ())), None)
            or self._called(named[0])
            or next(iter(self._titled.get(node.title, ())), None)
            or self._called(named[1])
        )

    def _called(self, name: str) -> Place | None:
        place = self._scales.named(identity(name)) if name else None
        if place is not None and not isinstance(place, Birth):
            file = self._scales.known.called(identity(name))
            if file is not None and file.task.id == place:
                self._know(file)
        return place

    def _bear(self, node: PlannedNode, known: Iterable[Place]) -> Birth:
        home = self._home.get(node.sheet) or self._guess(node.sheet, known)
        self._home[node.sheet] = home
        result = self._scales.result
        if result.homes.chosen is None:
            result.doubt(node, "project-assumed", value=node.title, read_as=home.key)
        planned = PlannedTask(
            sheet=node.sheet, row=node.row, external_id=node.external_id, title=node.title
        )
        birth = self._scales.bear(planned, home=home, parent=None, name=identity(node.external_id))
        self._titled[node.text].append(birth)
        return birth

    def _guess(self, sheet: str, known: Iterable[Place]) -> Home:
        """Where the other nodes are, else what they all speak of."""
        homes = self._scales.result.homes
        if homes.chosen is not None:
            return homes.somewhere()
        voted = [self._home_of(place) for place in known]
        votes = Counter(home.key for home in voted)
        if votes:
            key = votes.most_common(1)[0][0]
            return next(home for home in voted if home.key == key)
        text = " ".join(one.text for one in self._planned if one.sheet == sheet)
        return homes.about(text)[0]

    def _home_of(self, place: Place) -> Home:
        if isinstance(place, Birth):
            return place.home
        result = self._scales.result
        return result.homes.existing(result.files[place].task.project)
