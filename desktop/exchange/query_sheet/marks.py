"""What the hidden column of a query sheet says of a row: the figure, the rules that ask, and what was reported."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final
from urllib.parse import quote, unquote

from desktop.domain.values import State, Value, number, plain

CONFIRMED: Final = "đúng"
CORRECTED: Final = "sửa"


@dataclass(frozen=True, slots=True)
class Mark:
    """One asked figure."""

    element: str
    rules: tuple[str, ...]
    value: Value

    def text(self) -> str:
        """As it stands in the hidden cell."""
        return "|".join((self.element, ",".join(self.rules), str(self.value.state), quote(plain(self.value) or "")))

    @classmethod
    def of(cls, text: str) -> Mark | None:
        """From a hidden cell; None where it is none."""
        parts = text.split("|")
        if len(parts) != 4 or parts[2] not in set(State):
            return None
        state, told = State(parts[2]), unquote(parts[3])
        try:
            value = number(Decimal(told)) if state in (State.NUMBER, State.ZERO) else Value(state, text=told or None)
        except (InvalidOperation, ValueError):
            return None
        return cls(parts[0], tuple(filter(None, parts[1].split(","))), value)
