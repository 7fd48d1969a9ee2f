"""The words for what the core refuses or warns of: what is wrong, and what to press.

``SENTENCES``, ``REASONS`` and ``WARNINGS`` are held against the codes in the core by a test.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, tzinfo
from typing import Final

from core.domain.refusals import BadValue, Conflict, Fact, NotFound, Refusal
from core.domain.work_types import offered
from core.records import dataclass
from tui.clarity_words import listed
from tui.closeness import with_names
from tui.duty_words import DUTIES
from tui.keyboard import shown
from tui.login_words import LOGINS
from tui.refusal_advice import ADVICE
from tui.terms import PRIORITIES, STATES, empty_word, field_word, thing_word
from tui.warning_terms import REQUESTS
from tui.words import N_, Words

SENTENCES: Final[Mapping[str, str]] = {
    "not-found": N_("There is no {what} “{text}”."),
    "ambiguous": N_("“{text}” fits several: {matches}."),
    "unknown-actor": N_("The board does not know you yet."),
    "impersonation-closed": N_("This store does not let anybody act as {person}."),
    "not-an-admin": N_("Only administrators set what holds for the whole store."),
    "observer": N_("You are an observer here: you can look, but not change anything."),
    "not-one-person": N_("Only who works alone accepts their own work; in {key} are others."),
    "last-admin": N_("{person} is the only administrator; somebody must look after people."),
    "not-a-member": N_("{person} is not on the list of {key}."),
    "not-allowed": N_("{key}: that is not yours to do."),
    "illegal-move": N_("{key} is “{state}”; from there it cannot become “{to}”."),
    "owner-needed": N_("{key} has no owner yet; work in progress always has exactly one."),
    "verdict-needed": N_("{key} is done only when its acceptor has accepted it."),
    "submission-needed": N_("{key} is submitted with more than a move; still missing: {missing}."),
    "no-deliverable": N_("{key} has no registered deliverable: name at least one to hand over."),
    "delegate-own": N_("{person} owns, owned or submitted {key} and cannot accept it."),
    "findings-needed": N_("Only its owner may withdraw {key}; others send it back with findings."),
    "reason-needed": N_(
        "{key}: say why; opening it again, moving its due, changing agreed criteria or beginning "
        "what is not clear needs a reason."
    ),
    "wip-full": N_("“{state}” is full: {cards} cards, limit {limit}."),
    "task-closed": N_("{key} is closed ({state})."),
    "already-blocked": N_("{key} is blocked already."),
    "not-blocked": N_("{key} is not blocked."),
    "already-warned": N_("{key}: a later due is asked for already; the lead has to answer first."),
    "not-yours-to-warn": N_(
        "Only the owner of {key}, its collaborators and its leads may warn that it will be late, "
        "or take that back."
    ),
    "extension-decided": N_("The request for {key} is answered already: {answer}."),
    "not-the-lead": N_("{key}: that is up to the project's or the department's lead."),
    "nobody-to-nudge": N_("{key} waits for nobody on the team, and it has no owner."),
    "nudge-yourself": N_("{key} waits for you."),
    "follow-up-restricted": N_(
        "{entry} is restricted, and everybody sees tasks; say --openly to make it one."
    ),
    "nudged-already": N_("{person} was nudged at {at}; the next time is from {next} on."),
    "issue-open": N_("{key} is not resolved; there is nothing to reopen."),
    "issue-responded": N_("{key} was responded to already; the next step is to resolve it."),
    "issue-resolved": N_("{key} is resolved already; reopen it if it is not."),
    "issue-unresolved": N_("{key} is not resolved yet; only what is resolved is closed."),
    "issue-closed": N_("{key} is closed; reopen it first."),
    "issue-at-top": N_("{key} is at the highest level already."),
    "no-alert": N_("{key} needs no attention just now."),
    "never-quiet": N_("{key} is not snoozed: what is urgent or at level 2 stays in sight."),
    "not-yours": N_("Only the person who made {key} quiet may take that back."),
    "quiet-ended": N_("{key} is not quiet any more."),
    "not-ended": N_("{key} is “{state}”; only done and cancelled tasks go to the archive."),
    "not-done": N_("{key} is “{state}”; what came of it is told once it was accepted."),
    "result-needed": N_("{key}: say what came of it before it goes to the archive."),
    "not-closed": N_("{key} is “{state}”: there is nothing to restore."),
    "open-subtasks": N_("{key} still has open subtasks: {subtasks}."),
    "criteria-open": N_("{key} has acceptance criteria that are not met: {criteria}."),
    "not-in-review": N_("{key} does not wait for acceptance; it is “{state}”."),
    "own-work": N_("You own, owned or submitted {key}: somebody else must accept it."),
    "not-the-acceptor": N_(
        "Only the acceptor of {key}, or the lead of its project or department, may accept it "
        "or send it back."
    ),
    "circle": N_("{key} cannot wait for {needs}: they would wait for each other ({way})."),
    "raci-follows": N_(
        "{key}: what {person} is follows from its owner and acceptor; change those instead."
    ),
    "no-such-dependency": N_("{key} does not wait for {needs}."),
    "manager-circle": N_("{person} would report to themselves."),
    "not-a-placeholder": N_("{person} is a real member; only placeholders can be merged."),
    "not-empty": N_("There is a team here already."),
    "changed-meanwhile": N_(
        "{key}: somebody has just changed {field}. You saw “{seen}”, it is “{now}” now."
    ),
    "command-id-used": N_("The command id {command_id} was used for something else."),
    "no-follow-up": N_("Entry {entry} names nothing to follow up."),
    "follow-up-made": N_("Its follow-up is a task already: {key}."),
    "postgres-extra-missing": N_(
        "For PostgreSQL install the extra: pip install 'duban[postgres]'."
    ),
    "store-cannot-open": N_("The store {path} cannot be opened: {detail}."),
    "store-missing": N_("There is no store {path}."),
    "store-unreachable": N_("The store {path} does not answer: {detail}."),
    "store-open-to-others": N_("Everybody on this machine may write {path}."),
    "store-is-a-link": N_("The store {path} is a symbolic link; name the file itself."),
    "store-newer": N_("The store was written by a newer duban (version {found} of its tables)."),
    "store-replaced": N_("The file {path} was replaced or deleted. Nothing was saved."),
    "store-busy": N_("Somebody else is saving just now. Nothing was saved."),
    "store-read-only": N_("The store is read-only. Nothing was saved."),
    "store-not-a-database": N_("The file is not a store of duban."),
    "store-damaged": N_("The store is damaged. Nothing was saved; restore a backup."),
    "row-unreadable": N_(
        "The store holds something unreadable in {table}.{column}: “{value}”. "
        "“duban doctor” tells where."
    ),
    "store-starting": N_("The database is starting."),
    "store-failed": N_("The store did not answer: {detail}."),
    "cannot-write": N_("{path} cannot be written: {detail}."),
    "file-exists": N_("{path} is there already."),
    "disk-full": N_("The disk is full. Nothing was saved."),
    "disk-error": N_("The disk does not work as it should. Nothing was saved."),
    "connection-lost": N_("The connection to the store is lost."),
    "too-many-connections": N_("The database has no room for another connection."),
    **DUTIES,
    **LOGINS,
}
"""By code; BadValue has its own below."""

REASONS: Final[Mapping[str, str]] = {
    "empty": N_("{field} must not be empty."),
    "too-long": N_("{field} is too long: {length} characters, at most {limit}."),
    "control": N_("{field} contains a control character ({code_point})."),
    "surrogate": N_("{field} contains half a character ({code_point})."),
    "nul": N_("{field} contains a zero character."),
    "no-zone": N_("{field}: {value} lacks a time zone."),
    "year": N_("{field}: the year of {value} must be from {first} to {last}."),
    "percent": N_("{field} is {value}; it goes from 0 to 100."),
    "range": N_("{field} is {value}; it goes from {first} to {last}."),
    "merged": N_("{field}: {value} was merged into somebody else."),
    "unknown": N_("{field}: {value} is not known here."),
    "unknown-type": N_("“{value}” is not a work type here; there are: {known}."),
    "not-editable": N_("“{value}” cannot be edited; these can: {known}."),
    "taken": N_("{field} “{value}” is taken already."),
    "handle": N_("{field} “{value}”: use letters, digits, dot, hyphen and underscore."),
    "pattern": N_("{field} “{value}” cannot number tasks; write it like {example}."),
    "time-zone": N_("{field}: “{value}” is not a time zone; write it like {example}."),
    "rule": N_("{field}: “{value}” cannot be read; write it like {example}."),
    "unknown-rule": N_("“{value}” is not a rule of a project; there are: {known}."),
    "future": N_("{field}: {value} is yet to come; today is {today}."),
    "gone-by": N_("{field}: {value} has gone by; today is {today}."),
    "no-question": N_("{field}: entry {value} asks nothing."),
    "everyone": N_("{field}: a restricted entry is not for everyone; name people or departments."),
    "meeting-days": N_("{field}: “{value}” are no days; write daily, last or mon,wed,fri."),
    "meeting-time": N_("{field}: “{value}” is no time; write it like 09:30."),
    "unknown-table": N_("There is no table “{value}”; there are: {known}."),
    "unknown-format": N_("Files ending in “{value}” are not written; these are: {known}."),
    "accepts-nothing": N_(
        "{field}: {value} accepts nothing, as an observer or only a name in a file."
    ),
    "not-later": N_("{field}: {value} is not after the due, {due}."),
    "same": N_("{field} is so already."),
    "itself": N_("{field}: {value} cannot wait for itself."),
    "over": N_("{field}: that time is over."),
    "not-parents": N_("{field}: {key} is in another project; leave the project out."),
    "store-url": N_("{value} does not name a store; write it like {example}"),
}
"""What is wrong with a value, by the refusal's reason."""

WARNINGS: Final[Mapping[str, str]] = {
    "wip-exceeded": N_(
        "With {key}, “{state}” holds {cards} cards; the limit of its project is {limit}."
    ),
    "many-subtasks": N_("{key} now has more than three subtasks; three to five is usual."),
    "done-with-next": N_("{key} is at 100 %, yet a next step is named."),
    "clock-behind": N_(
        "The clock of this machine is behind the newest entry of the log; nothing was raised."
    ),
    "raci-without-a": N_("Responsibilities of {key}: nobody is A, who answers for it."),
    "raci-several-a": N_("Responsibilities of {key}: more than one is A; exactly one should be."),
    "raci-without-r": N_("Responsibilities of {key}: nobody is R, who does it."),
    "not-ready": N_("{key} is not ready: it needs {needs} first."),
    "unclear": N_("{key} has begun, but is not clear; missing: {missing}."),
    "accepts-own": N_("{key}: nobody accepts their own work; its lead, or who stands in, does."),
    "accepted-own-work": N_("You accepted your own work on {key}; the log says so."),
}
"""What a member should know although the command was taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How stored values are called: people by id, instants in a time zone."""

    people: Mapping[int, str] = field(default_factory=dict)
    zone: tzinfo | None = None
    """None shows an instant as the core tells it."""


USUAL: Final = Naming()


def refusal_words(words: Words, refusal: Refusal, naming: Naming = USUAL) -> str:
    """One sentence, or two, that say what was not taken and why."""
    facts = {name: _fact(words, name, value) for name, value in refusal.facts.items()}
    facts |= _instants(refusal, naming)
    facts["detail"] = facts.get("detail", "").rstrip(".。 ")
    if refusal.code == "not-allowed":
        return _not_allowed(words, refusal)
    facts["what"] = thing_word(words, facts.get("what", ""))
    if isinstance(refusal, BadValue):
        facts["field"] = field_word(words, str(refusal.facts["field"]))
        if refusal.facts["reason"] == "unknown-type":
            facts["known"] = _types(words, refusal.facts.get("known"))
        return _filled(words, REASONS.get(str(refusal.facts["reason"]), REASONS["unknown"]), facts)
    if isinstance(refusal, Conflict) and "field" in facts:
        facts |= {side: _value(words, refusal, side, naming) for side in ("seen", "now")}
        facts["field"] = field_word(words, facts["field"])
    text = _filled(words, SENTENCES.get(refusal.code, SENTENCES["store-failed"]), facts)
    if isinstance(refusal, NotFound):
        return with_names(words, text, refusal)
    return text


def _not_allowed(words: Words, refusal: Refusal) -> str:
    from tui.rights_words import refused_words

    facts = refusal.facts
    may, act, key = facts.get("may"), str(facts.get("act", "")), str(facts.get("key", ""))
    if not act or not isinstance(may, tuple):
        return _filled(words, SENTENCES[refusal.code], {"key": key})
    return refused_words(words, key=key, act=act, standings=may)


def _types(words: Words, known: Fact) -> str:
    """The work types as they are suggested in the reader's language."""
    labels = known if isinstance(known, tuple) else ()
    return _fact(words, "known", offered(labels, words.language))


def advice(words: Words, refusal: Refusal, keys: Mapping[str, tuple[str, ...]]) -> str:
    """What to press now; empty where there is nothing to advise."""
    action, sentence = ADVICE.get(refusal.code, ("", ""))
    if not sentence:
        return ""
    if not action:
        return words(sentence)
    return words(sentence, key=shown(keys[action][0])) if keys[action] else ""


def warning_words(words: Words, code: str, facts: Mapping[str, Fact]) -> str:
    """The sentence for a warning of a receipt."""
    said = {name: _fact(words, name, value) for name, value in facts.items()}
    return _filled(words, WARNINGS[code], said)


def _filled(words: Words, sentence: str, facts: Mapping[str, str]) -> str:
    """The sentence with its facts; one that the core does not give stays blank."""
    return words(sentence, **{**dict.fromkeys(_NAMES, ""), **facts})


_NAMES: Final = (
    "key text matches near state to cards limit subtasks criteria needs way person field seen now "
    "command_id path detail found value length code_point first last known example today what "
    "entry table column answer at next due missing department own name"
).split()


def _instants(refusal: Refusal, naming: Naming) -> dict[str, str]:
    """The moments that a refusal speaks of, on the wall clock of who reads it."""
    told = ((name, refusal.facts.get(name)) for name in ("at", "next"))
    return {name: _moment(text, naming) for name, text in told if isinstance(text, str)}


def _moment(text: str, naming: Naming) -> str:
    moment = datetime.fromisoformat(text)
    return f"{moment.astimezone(naming.zone) if naming.zone else moment:%Y-%m-%d %H:%M}"


def _fact(words: Words, name: str, value: Fact) -> str:
    if isinstance(value, tuple):
        separator = "、" if words.language == "zh_CN" else ", "
        return listed(words, value) if name == "missing" else separator.join(value)
    if name == "answer" and value in REQUESTS:
        return words(REQUESTS[str(value)])
    if name in {"state", "to"} and value in STATES:
        return words(STATES[str(value)])
    return "" if value is None else str(value)


def _value(words: Words, refusal: Refusal, side: str, naming: Naming) -> str:
    """A stored value as people call it."""
    text, kind = str(refusal.facts[side] or ""), refusal.facts["field"]
    if not text:
        return empty_word(words, str(kind))
    if kind in {"owner", "acceptor", "initiator"} and text.isdigit():
        return naming.people.get(int(text), text)
    if kind in {"due", "expected"} and ":" in text:  # a milestone's due is a day
        return _moment(text, naming)
    named = {"state": STATES, "priority": PRIORITIES}.get(str(kind), {})
    return words(named[text]) if text in named else text
