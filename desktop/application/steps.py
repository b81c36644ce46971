"""The steps of a form's life and from which state each can be taken (design 3.4): the one table of it."""

from __future__ import annotations

from typing import Final

from db.tables.submissions import Life

STEPS: Final = ("complete", "check", "return", "lock", "reopen")
NOT_STARTED: Final = "not_started"
FINISHED: Final = frozenset({Life.COMPLETE, Life.CHECKED, Life.LOCKED})
"""The states in which entry is over: the form may be sent and judged."""

_OURS: Final[dict[str, frozenset[str]]] = {
    NOT_STARTED: frozenset({"complete"}),
    Life.IN_ENTRY: frozenset({"complete"}),
    Life.RETURNED: frozenset({"complete"}),
    Life.COMPLETE: frozenset({"check", "return"}),
    Life.CHECKED: frozenset({"lock", "return"}),
    Life.LOCKED: frozenset({"reopen"}),
}
_OTHERS: Final = frozenset({"check", "return"})


def allowed(state: str, *, is_ours: bool, is_checked: bool = False) -> frozenset[str]:
    """The steps that a form in this state can take here.

    Of another office's form they are words beside it (`judging`); `is_checked`: ours has been said already.
    """
    if is_ours:
        return _OURS[state]
    if state not in FINISHED:
        return frozenset()
    return _OTHERS - {"check"} if is_checked else _OTHERS
