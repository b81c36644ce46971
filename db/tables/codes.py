"""Integer codes of what stands in the record; a released number is never given another meaning."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import Final

from desktop.domain.values import Kind, State, Value


class Origin(IntEnum):
    """Who wrote a value: import and "take from the list" replace only what they themselves or nobody wrote."""

    TYPED = 0
    IMPORT = 1
    LIST = 2
    RECEIVED = 3
    RESTORED = 4


KINDS: Final = (Kind.ACTUAL, Kind.ESTIMATE, Kind.ASSIGNED)
STATES: Final = (
    State.NUMBER,
    State.ZERO,
    State.TEXT,
    State.YES,
    State.NO,
    State.NOT_APPLICABLE,
    State.NOT_REPORTED,
)
KIND_CODE: Final = {kind: code for code, kind in enumerate(KINDS)}
STATE_CODE: Final = {state: code for code, state in enumerate(STATES)}
DEFAULT_CATEGORY: Final = 1
DEFAULT_CATEGORY_CODE: Final = "default"


@lru_cache(maxsize=32_768)  # values never change, and a form repeats most of its amounts
def value_of(state: int, amount: int | None, text: str | None) -> Value:
    """The domain's value of a stored row."""
    return Value(STATES[state], amount, text)
