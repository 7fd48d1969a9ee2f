"""What carrying out an import takes in hand: sending commands, and naming people in them."""

from collections.abc import Iterable

from core.commands.importing import Helper, ImportParts, ImportStep, ImportTask, Step
from core.commands.people import AddPerson
from core.commands.tasks import CreateTask
from core.desk import Receipt, Send
from core.domain.ids import PartId, PersonId, ProjectId, TaskId
from core.domain.people import Person
from core.domain.status import State
from core.exchange.applying.revision import line
from core.exchange.telling.names import bare
from core.exchange.telling.team import Ask, Team
from core.policies import workflow
from core.queries import board
from core.queries.board import Chosen


class Hands:
    """Sends the commands of one import and counts their events."""

    def __init__(self, send: Send, team: Team, *, ask: Ask, source: str) -> None:
        self.ask = ask
        self.source = source
        """The name of the file: why a due moved."""
        self._send = send
        self._team = team
        self.first = 0
        """Number of the first event so far; 0 if there is none."""
        self.last = 0
        self.people = 0
        """How many placeholders were made."""

    def send(self, command: object, *, number: str = "") -> Receipt:
        """Apply one command, and count its events."""
        receipt = self._send(command, number=number)
        if receipt.last:
            self.first = self.first or receipt.first
            self.last = receipt.last
        return receipt

    def step(self, step: Step) -> None:
        """Apply what a table tells as somebody would by hand."""
        self.send(ImportStep(step=step))

    def add_person(self, label: str) -> None:
        """Make a placeholder that is found by ``label`` from now on."""
        receipt = self.send(AddPerson(handle=label, name=label, placeholder=True))
        person = Person(id=PersonId(receipt.id), handle=receipt.name, name=label, placeholder=True)
        self._team.names.add(person)
        self.people += 1

    def person(self, label: str) -> PersonId | None:
        """Who is meant by ``label``; None for an empty one."""
        found = self._team.names.find(label) if label else None
        return found.id if found else None

    def bear(
        self,
        task: CreateTask,
        *,
        helpers: Iterable[str],
        criteria: Iterable[str],
        deliverables: Iterable[str],
    ) -> TaskId:
        """Add a task with the parts that a table lists."""
        command = ImportTask(
            task=task,
            helpers=self._helpers(helpers),
            criteria=_lines(criteria),
            deliverables=_lines(deliverables),
        )
        return TaskId(self.send(command).id)

    def parts(
        self,
        task: TaskId,
        *,
        helpers: Iterable[str] = (),
        criteria: Iterable[str] = (),
        deliverables: Iterable[str] = (),
        gone: Iterable[PartId] = (),
        external_id: str = "",
    ) -> None:
        """Add what a table lists of a task's parts, and take away what it no longer lists."""
        command = ImportParts(
            task=task,
            helpers=self._helpers(helpers),
            criteria=_lines(criteria),
            deliverables=_lines(deliverables),
            gone=tuple(gone),
            external_id=external_id,
            source=self.source,
        )
        if command != ImportParts(task=task, source=self.source):
            self.send(command)

    def _helpers(self, labels: Iterable[str]) -> tuple[Helper, ...]:
        return tuple(self._helper(name) for name in dict.fromkeys(map(bare, labels)) if name)

    def _helper(self, label: str) -> Helper:
        person = self.person(label)
        if person is not None:
            return Helper(person=person)
        department = self._team.departments.get(label)
        return Helper(department=department.id) if department else Helper(label=label)

    def is_full(self, project: ProjectId | None, state: State) -> bool:
        """Whether the hard limit of a column would refuse one more card."""
        rules = self._team.projects.get(project) if project else None
        if rules is None or not rules.wip_hard or state not in rules.wip:
            return False
        heads = self.ask(board.columns, Chosen(project=rules.id))
        cards = next((head.cards for head in heads if head.state is state), 0)
        return workflow.over_limit(cards, rules.wip[state])


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(line, texts)))
