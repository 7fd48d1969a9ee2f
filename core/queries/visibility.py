"""Restricted sync entries, for questions that could show one: see core.store.restricting.

Every query, export, search, count and event listing over sync entries narrows by ``may_see``.
"""

from core.store.restricting import may_see, sees

__all__ = ["may_see", "sees"]
