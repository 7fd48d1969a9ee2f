"""How a call ends that did not do what was asked: one line on stderr, and an exit code."""

import sys
from typing import TYPE_CHECKING, Final

from core.domain.refusals import Refusal
from core.domain.text import visible
from tui.cli import streams
from tui.words import N_, Words

if TYPE_CHECKING:
    from types import TracebackType

    from tui.cli.declared import Command
    from tui.cli.request import Request

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
CODES: Final = {"refused": 3, "conflict": 4, "unavailable": 5, "unknown": 6}
"""By kind of refusal."""
INTERRUPTED: Final = 130
_IN_THE_CALL: Final = frozenset({"store-url"})
"""Reasons of bad values that no store was asked about."""

ADVICE: Final = {
    "unknown-actor": N_("Say who you are with --as, or: duban config set person HANDLE"),
    "own-login": N_("Leave out --as and the setting “person”."),
    "impersonation-closed": N_("Leave out --as and the setting “person”: your account says it."),
    "owner-needed": N_("Try: duban assign {key} HANDLE"),
    "unclear": N_("See: duban check {key}; or begin it all the same with --force --reason TEXT"),
    "verdict-needed": N_("Hand it in first: duban move {key} review"),
    "findings-needed": N_("Try: duban send-back {key} --findings TEXT"),
    "not-one-person": N_("Keep it to one person: duban projects edit {key} --restricted"),
    "only-looks-on": N_("First: duban people edit {person} --role member"),
    "last-admin": N_("First: duban people edit HANDLE --role admin"),
    "own-work": N_("Its lead says who: duban edit {key} --acceptor HANDLE --reason TEXT"),
    "reason-needed": N_("Add: --reason TEXT"),
    "criteria-open": N_(
        "Say which are met: duban accept {key} --met NUMBERS; or: duban send-back {key}"
    ),
    "open-subtasks": N_("Accept it all the same: duban accept {key} --reason TEXT"),
    "handover-notes": N_("Add: --notes TEXT"),
    "no-deliverable": N_('Add: --deliverable "NAME|VERSION|PLACE"'),
    "not-ended": N_("Finish it first, or: duban cancel {key} --reason TEXT"),
    "already-blocked": N_("Try: duban show {key}"),
    "already-warned": N_("Try: duban grant {key}"),
    "extension-decided": N_("Move the due with: duban extend {key} WHEN REASON"),
    "nothing-to-grant": N_("To move the due yourself: duban extend {key} WHEN REASON"),
    "nothing-to-withdraw": N_("Look at it with: duban show {key}"),
    "not-the-lead": N_("Ask for it: duban warn {key} REASON --expected WHEN --code CODE"),
    "result-needed": N_("Add: --result TEXT"),
    "changed-meanwhile": N_("Look again: duban show {key}"),
    "store-busy": N_("Please try again."),
    "connection-lost": N_("Please try again in a moment."),
    "store-read-only": N_("Look at it with: duban doctor"),
    "store-cannot-open": N_("Name another store with --store, or look with: duban doctor"),
    "store-missing": N_(
        "Is its name right? A new store begins with: duban --store URL add TITLE, or demo"
    ),
    "store-not-a-database": N_("Name another store with --store."),
    "login-refused": N_("Look at the name and the password in the store's URL."),
    "store-open-to-others": N_("Close it with: {fix}"),
    "unknown-outcome": N_("It may have been saved: send it again with --cmd-id {command_id}."),
}
"""What to type now, by refusal."""

OF_EMPTY: Final = {"results": N_("Add: --results TEXT")}
"""What to type now where this field was left empty."""
ENDS_FIRST: Final = N_("End those first, or cancel them.")
"""What to do about open subtasks of what is to be cancelled."""

OWN: Final = {
    "nothing-to-grant": N_(
        "{key}: nobody is asking for a later due, so there is nothing to grant."
    ),
    "nothing-to-withdraw": N_("{key}: no warning waits for an answer; there is none to take back."),
}
"""Sentences for what only the command line refuses."""


def refused(request: "Request", refusal: Refusal) -> int:
    """Say why, and what to type now; the exit code."""
    words = request.words_for_errors()
    say(refusal_line(words, refusal))
    return USAGE if refusal.facts.get("reason") in _IN_THE_CALL else CODES[refusal.kind]


def refusal_line(words: Words, refusal: Refusal) -> str:
    """The sentence, and what to type now."""
    from tui.cli.file_words import file_sentence
    from tui.refusals import SENTENCES, refusal_words

    if about_file := file_sentence(words, refusal):
        said = about_file
    elif refusal.code in OWN:
        said = words(OWN[refusal.code], **refusal.facts)
    elif refusal.code in SENTENCES or refusal.code == "bad-value":
        said = refusal_words(words, refusal)
    else:
        told = " ".join(f"{name}={value}" for name, value in refusal.facts.items() if value)
        said = f"{refusal.code} {told}".strip()
    if refusal.code == "illegal-move":
        said = words.joined(said, _possible(words, refusal))
    now = _now(refusal)
    if now and not all(name in refusal.facts for name in _needed(now)):
        now = ""
    return words.joined(said, words(now, **refusal.facts)) if now else said


def _now(refusal: Refusal) -> str:
    """The sentence that tells what to type now; empty for none."""
    facts = refusal.facts
    if refusal.code == "bad-value" and facts.get("reason") == "empty":
        return OF_EMPTY.get(str(facts.get("field")), "")
    if refusal.code == "open-subtasks" and facts.get("to") == "cancelled":
        return ENDS_FIRST
    return ADVICE.get(_advised(refusal), "")


def _advised(refusal: Refusal) -> str:
    """By which code it is told what to type now."""
    if refusal.kind == "unknown":
        return "unknown-outcome"
    is_due = refusal.code == "not-allowed" and refusal.facts.get("act") == "grant-later"
    return "not-the-lead" if is_due else refusal.code


def _possible(words: Words, refusal: Refusal) -> str:
    """Where a task can go from where it is."""
    from tui.terms import state_word

    allowed = refusal.facts.get("allowed")
    states = [state_word(words, one) for one in allowed] if isinstance(allowed, tuple) else []
    between = "、" if words.language == "zh_CN" else ", "
    return words("Possible now: {states}.", states=between.join(states) or words("nothing"))


def _needed(sentence: str) -> list[str]:
    return [name for name in ("key", "command_id", "fix") if f"{{{name}}}" in sentence]


def say(sentence: str) -> None:
    """One line on stderr."""
    sys.stdout.flush()
    streams.beside(f"duban: {visible(sentence)}\n")


def unexpected(kind: type[BaseException], error: BaseException, _: "TracebackType | None") -> None:
    """What Python does with an exception that nobody expected: a line, and details in a log."""
    from tui.crash import keep
    from tui.words import choose_language

    number, file, problem = keep(error)
    sentence = Words(choose_language())(
        "Something went wrong that should not: {kind}, error {number}. Details: {where}",
        kind=kind.__name__,
        number=number,
        where=str(file or problem or "-"),
    )
    streams.beside(f"duban: {sentence}\n")


def guarded(request: "Request", command: "Command") -> int:
    """Run a command; whatever ends it early becomes a line and an exit code."""
    from tui.cli.answers import Usage

    try:
        if request.given.values and (command.apart or command.needs):
            from tui.cli import fitting

            fitting.check(request, command)
        code = command.run(request) or DONE
        sys.stdout.flush()
        return code  # noqa: TRY300 - only once the answer is written
    except Refusal as refusal:
        return refused(request, refusal)
    except Usage as usage:
        say(usage.sentence)
        return USAGE
    except OSError as error:
        return streams.lost(error, saved=request.saved)
    finally:
        request.close()
