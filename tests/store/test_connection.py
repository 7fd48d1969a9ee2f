"""PostgreSQL goes away in the middle: nothing is lost, nothing is doubled, nothing is claimed."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from core.commands.people import AddPerson
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.refusals import OutcomeUnknown, Unavailable
from core.domain.status import State
from core.queries import directory
from core.store.postgres import connect_refusal
from tests.office import Office


@pytest.fixture
def office(postgres_url: str) -> Iterator[Office]:
    made = Office(postgres_url)
    yield made
    made.close()


def cut(office: Office) -> None:
    """End the session on the server, as an administrator or a restart does."""
    number = office.store.sql("SELECT pg_backend_pid()").fetchone()[0]
    with psycopg.connect(office.store.url, autocommit=True) as other:
        assert other.execute("SELECT pg_terminate_backend(%s, 2000)", (number,)).fetchone() == (
            True,
        )


def test_the_next_command_connects_again(office: Office) -> None:
    cut(office)
    office.task("一")
    assert office.column(State.TODO) == ["一"]


def test_the_next_question_connects_again(office: Office) -> None:
    cut(office)
    assert len(office.desk.ask(directory.people)) == 4


def test_a_command_cut_off_in_the_middle_is_applied_once(office: Office) -> None:
    number = uuid4()
    command = CreateTask(project=office.project, title="一")

    def cut_off() -> None:
        with office.desk.together() as send:
            send(command, number=str(number))
            cut(office)

    with pytest.raises(Unavailable) as caught:
        cut_off()
    assert caught.value.code == "connection-lost"
    assert office.column(State.TODO) == []
    assert not office.desk.do(command, command_id=number).repeated
    assert office.desk.do(command, command_id=number).repeated
    assert office.column(State.TODO) == ["一"]


class Severed:
    """A transaction whose end is stored, or not, and never heard of."""

    def __init__(self, office: Office, monkeypatch: pytest.MonkeyPatch, *, stored: bool) -> None:
        self.office = office
        self.commit = office.store.database.commit
        self.left = 1
        self.stored = stored
        monkeypatch.setattr(office.store.database, "commit", self)

    def __call__(self) -> None:
        if self.left:
            self.left -= 1
            if self.stored:
                self.commit()
            else:
                cut(self.office)
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        self.commit()


@pytest.mark.parametrize("stored", [True, False])
def test_an_answer_that_got_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch, stored: bool
) -> None:
    """Whether or not it was stored, asking again under the same id stores it once."""
    Severed(office, monkeypatch, stored=stored)
    receipt = office.desk.do(CreateTask(project=office.project, title="一"), command_id=uuid4())
    assert receipt.repeated == stored
    assert office.column(State.TODO) == ["一"]


def test_an_answer_that_got_lost_and_a_server_that_stays_away(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    Severed(office, monkeypatch, stored=True)
    number = uuid4()

    def away() -> None:
        raise Unavailable("connection-lost", detail="connection refused")

    with monkeypatch.context() as gone:
        gone.setattr(office.store, "open", away)
        command = CreateTask(project=office.project, title="一")
        with pytest.raises(OutcomeUnknown) as caught:
            office.desk.do(command, command_id=number)
    assert caught.value.kind == "unknown"
    assert office.desk.do(command, command_id=number).repeated
    assert office.column(State.TODO) == ["一"]


def test_a_cut_within_several_commands_is_not_half_repeated(office: Office) -> None:
    def cut_off() -> None:
        with office.store.writing():
            office.task("一")
            cut(office)
            office.task("二")

    with pytest.raises(Unavailable) as caught:
        cut_off()
    assert caught.value.code == "connection-lost"
    office.task("三")
    assert office.column(State.TODO) == ["三"]


def test_a_statement_that_may_not_be_said(office: Office) -> None:
    office.store.sql("SET default_transaction_read_only = on")
    with pytest.raises(Unavailable) as caught:
        office.task("一")
    assert caught.value.code == "store-read-only"


def test_nobody_answers_there() -> None:
    with pytest.raises(Unavailable) as caught:
        Desk("postgresql://nobody@127.0.0.1:1/duban", actor="wang").open()
    assert caught.value.code == "store-unreachable"
    assert caught.value.facts["path"] == "postgresql://nobody@127.0.0.1:1/duban"


def test_a_database_that_is_not_there(postgres_url: str) -> None:
    with pytest.raises(Unavailable) as caught:
        Desk(postgres_url.replace("/duban_", "/nothing_", 1), actor="wang").open()
    assert "nothing_" in str(caught.value.facts["detail"])


def test_the_same_sequence_of_people_after_a_rollback(office: Office) -> None:
    """Ids may have gaps after a rollback; event numbers never do."""
    office.refused(AddPerson(handle="li", name="x"))
    before = office.desk.mark()
    made = office.do(AddPerson(handle="new", name="x"))
    assert made.first == before + 1


SAID = {
    'connection failed: FATAL:  password authentication failed for user "u"': "login-refused",
    'connection failed: FATAL:  role "u" does not exist': "login-refused",
    "connection failed: fe_sendauth: no password supplied": "login-refused",
    'connection failed: FATAL:  database "x" does not exist': "store-cannot-open",
    'invalid integer value "a" for connection option "port"': "store-cannot-open",
    "connection to server at h failed: Connection refused": "store-unreachable",
    "failed to resolve host 'h': [Errno -2] Name or service not known": "store-unreachable",
}


@pytest.mark.parametrize(("said", "code"), SAID.items())
def test_why_there_is_no_connection(said: str, code: str) -> None:
    error = psycopg.OperationalError(f"{said}\nsesame")
    found = connect_refusal(error, url="postgresql://u:sesame@h/x", again=False)
    assert found is not None
    assert found.code == code
    assert "sesame" not in str(found.facts)


def test_a_server_that_was_there_is_lost_not_mistyped() -> None:
    error = psycopg.OperationalError("connection to server at h failed: Connection refused")
    assert connect_refusal(error, url="postgresql://u@h/x", again=True) is None


def test_a_password_is_not_told_in_pieces() -> None:
    error = psycopg.OperationalError("failed to resolve host 'same@h': unknown")
    found = connect_refusal(error, url="postgresql://u:se@same@h/x", again=False)
    assert found is not None
    assert "same@" not in str(found.facts["detail"])


def test_a_role_that_is_not_there(postgres_url: str) -> None:
    separator = "&" if "?" in postgres_url else "?"
    with pytest.raises(Unavailable) as caught:
        Desk(f"{postgres_url}{separator}user=nobody_here", actor="wang").open()
    assert caught.value.code == "login-refused"
