"""What holds for a whole store."""

from core.commands.handlers import Outcome, handles
from core.domain.events import EventKind
from core.domain.refusals import Rejected
from core.policies.permissions import may_set_rules
from core.records import dataclass
from core.store import facts
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SetImpersonation:
    """Let people act as others, or only as their own account; a new store lets them.

    No batch sends it: whoever closes a store while acting as somebody else shuts themselves out.
    """

    allowed: bool


@handles(SetImpersonation)
def set_impersonation(command: SetImpersonation, work: Work) -> Outcome:
    """Refuses ``not-an-admin``."""
    if not may_set_rules(work.actor):
        raise Rejected("not-an-admin")
    before = facts.impersonation(work.store)
    after = facts.OPEN if command.allowed else facts.CLOSED
    if after != before:
        facts.keep(work.store, facts.IMPERSONATION, after)
        changes = {facts.IMPERSONATION: (before, after)}
        work.record(EventKind.STORE_RULE_CHANGED, subject=facts.IMPERSONATION, changes=changes)
    return Outcome(0, after)
