"""The words for who may do what; the keys are those of core.policies.rights."""

from collections.abc import Iterable, Mapping
from typing import Final

from tui.words import N_, NC_, Words

STANDINGS: Final[Mapping[str, str]] = {
    "observer": N_("observer"),
    "member": N_("member"),
    "collaborator": N_("collaborator"),
    "owner": N_("owner"),
    "acceptor": N_("acceptor"),
    "lead": NC_("of a project", "lead"),
    "admin": N_("admin"),
}
ACTS: Final[Mapping[str, str]] = {
    "see": N_("See board, history and exports"),
    "log": N_("Write in the sync log, hold meetings, nudge, order cards"),
    "create": N_("Create a task, for nobody or oneself"),
    "edit": N_("Change what a task says"),
    "assign": N_("Name owner and acceptor, set RACI"),
    "claim": N_("Claim a task that nobody has"),
    "take-on": N_("Take on, ask back, return or confirm what one was given"),
    "note": N_("Add an update that leaves the progress as it is"),
    "work": N_("Start, progress, block, unblock, deliverables"),
    "submit": N_("Submit for review, withdraw"),
    "judge": N_("Accept, send back, delegate the acceptance"),
    "ask-later": N_("Warn, and ask for a later due"),
    "grant-later": N_("Grant or set a later due"),
    "raise": N_("Raise an issue"),
    "resolve": N_("Answer and resolve an issue"),
    "close": N_("Close or reopen an issue"),
    "escalate": N_("Escalate an issue by hand"),
    "keep": N_("Close out, archive, restore, cancel; hold the retro"),
    "template": N_("Make templates"),
    "rules": N_("Set a project's rules, members and meetings; import"),
    "team": N_("People, departments, rules of the store"),
    "rewrite": N_("Change or delete history"),
}
CELLS: Final[Mapping[str, str]] = {
    "A": N_("may"),
    "o": N_("only their own: before it has begun, or the issue they handle"),
    "A*": N_("may, unless they own it, owned it since it was last sent back, or submitted it"),
    "–": N_("may not"),
}
_MAY: Final[Mapping[str, str]] = {
    "collaborator": NC_("who may", "its collaborators"),
    "owner": NC_("who may", "its owner"),
    "acceptor": NC_("who may", "its acceptor"),
    "lead": NC_("who may", "a lead"),
    "admin": NC_("who may", "an administrator"),
}


_TRIED: Final[Mapping[str, str]] = {
    "note": N_("Report its progress, or by when a block is resolved"),
}
"""What somebody tried, where the table tells less of it than the keys do."""
_TOLD: Final = N_("Only {who} may do this to {key}: {act}.")
_OF_STORE: Final = N_("Only {who} may do this: {act}.")


def refused_words(words: Words, *, key: str, act: str, standings: Iterable[str]) -> str:
    """Why somebody may not: what it is, and who may."""
    sentence = _TOLD if key else _OF_STORE
    said = words(_TRIED.get(act) or ACTS[act])
    lowered = said[:1].lower() + said[1:]
    return words(sentence, who=who_words(words, standings), key=key, act=lowered)


def who_words(words: Words, standings: Iterable[str]) -> str:
    """Such as “its owner, its acceptor or a lead”; observers apart, everybody is a member."""
    told = [words(_MAY[one]) for one in standings if one in _MAY]
    if len(told) < 2:
        return "".join(told)
    comma = "、" if words.language == "zh_CN" else ", "
    return words("{first} or {last}", first=comma.join(told[:-1]), last=told[-1])
