"""The four states of a figure, exact amounts, and the arithmetic of both.

An amount is an integer in ten-thousandths of the element's unit, so SQL and Python sum it exactly
(`contract/record.md` 4). Zero is a state of its own: "0" and "nobody told us" never look alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

SCALE: Final = 10_000
LARGEST: Final = 2**63 - 1


class State(StrEnum):
    """What a stored value is."""

    NUMBER = "number"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"
    NOT_REPORTED = "not_reported"
    TEXT = "text"
    YES = "yes"
    NO = "no"


class Kind(StrEnum):
    """Whether a figure happened, is expected, or was assigned."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    ASSIGNED = "assigned"


class TooFine(ValueError):
    """A number has more than four decimals."""


class TooLarge(ValueError):
    """A number does not fit the record."""


@dataclass(frozen=True, slots=True)
class Value:
    """A state with its amount (ten-thousandths of the unit; numbers and zero only) or its text."""

    state: State
    amount: int | None = None
    text: str | None = None

    def __post_init__(self) -> None:
        """Refuse a state that contradicts its content."""
        numeric = self.state in (State.NUMBER, State.ZERO)
        if numeric != (self.amount is not None) or (self.state is State.TEXT) != (self.text is not None):
            raise ValueError(f"{self.state} with amount {self.amount!r} and text {self.text!r}")
        if numeric and (self.amount == 0) != (self.state is State.ZERO):
            raise ValueError("zero is a state of its own")

    @property
    def is_reported(self) -> bool:
        """A number, zero, text, yes or no: something was said."""
        return self.state not in (State.NOT_APPLICABLE, State.NOT_REPORTED)

    @property
    def number(self) -> Fraction | None:
        """The exact number in the element's unit, or None; yes counts 1 and no counts 0."""
        if self.amount is not None:
            return Fraction(self.amount, SCALE)
        return Fraction(self.state is State.YES) if self.state in (State.YES, State.NO) else None


NOT_REPORTED: Final = Value(State.NOT_REPORTED)
NOT_APPLICABLE: Final = Value(State.NOT_APPLICABLE)
ZERO: Final = Value(State.ZERO, 0)
YES: Final = Value(State.YES)
NO: Final = Value(State.NO)


def amount_value(amount: int) -> Value:
    """A value from ten-thousandths."""
    if abs(amount) > LARGEST:
        raise TooLarge(str(amount))
    return Value(State.NUMBER, amount) if amount else ZERO


def number(value: Decimal | int) -> Value:
    """A value from a number; TooFine over four decimals, TooLarge beyond 64 bits."""
    scaled = Decimal(value).scaleb(4) if isinstance(value, Decimal) else value * SCALE
    amount = int(scaled)
    if amount != scaled:
        raise TooFine(str(value))
    return amount_value(amount)


def plain_fraction(value: Fraction, decimals: int) -> str:
    """Plain decimals, half up (away from zero), no trailing zeros: the form of the command line."""
    scale = 10**decimals
    top, bottom = abs(value.numerator) * scale * 2 + value.denominator, value.denominator * 2
    rounded = top // bottom
    whole, part = divmod(rounded, scale)
    text = f"{whole}.{part:0{decimals}d}".rstrip("0").rstrip(".") if decimals else str(whole)
    return f"-{text}" if value < 0 and rounded else text


def plain(value: Value) -> str | None:
    """The number or text as the command line writes it; None for yes, no and the two empty states."""
    if value.amount is not None:
        return plain_fraction(Fraction(value.amount, SCALE), 4)
    return value.text


@dataclass(frozen=True, slots=True)
class Total:
    """A summed value and how many of the units expected had reported."""

    value: Value
    reported: int
    expected: int


def total(parts: Iterable[Value]) -> Total:
    """Sum values over units (`contract/record.md` 4).

    Not applicable parts are left out and not expected; not reported ones are left out but expected.
    Yes and no become "so many said yes"; text is counted as reported but has no sum (not applicable).
    """
    amount = reported = expected = texts = 0
    for part in parts:
        if part.state is State.NOT_APPLICABLE:
            continue
        expected += 1
        if part.state is State.NOT_REPORTED:
            continue
        reported += 1
        if part.state is State.TEXT:
            texts += 1
        else:
            amount += part.amount if part.amount is not None else SCALE * (part.state is State.YES)
    if not expected or (texts and texts == reported):
        return Total(NOT_APPLICABLE, reported, expected)
    return Total(amount_value(amount) if reported else NOT_REPORTED, reported, expected)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio from summed numerators and denominators; `value` is numerator * factor / denominator, exact."""

    numerator: Fraction
    denominator: Fraction
    factor: int
    reported: int
    expected: int

    @property
    def value(self) -> Fraction:
        """The exact rate in units of the factor (100 for percent)."""
        return self.numerator * self.factor / self.denominator


@dataclass(frozen=True, slots=True)
class NotComputable:
    """A computation without an answer, and why (`no_denominator`, `no_data`, `outside_record`, ...).

    `numerator` and `denominator` are counts that are shown though they make no rate: those of a part of a year.
    """

    reason: str
    reported: int
    expected: int
    numerator: Fraction | None = None
    denominator: Fraction | None = None


def ratio(pairs: Iterable[tuple[Value, Value]], factor: int) -> Ratio | NotComputable:
    """Divide over the units where both numerator and denominator are reported, never averaging rates."""
    top = bottom = Fraction(0)
    reported = expected = 0
    for numerator, denominator in pairs:
        if State.NOT_APPLICABLE in (numerator.state, denominator.state):
            continue
        expected += 1
        above, below = numerator.number, denominator.number
        if above is None or below is None:
            continue
        reported += 1
        top += above
        bottom += below
    if not reported:
        return NotComputable("no_data", reported, expected)
    if bottom <= 0:
        return NotComputable("no_denominator", reported, expected)
    return Ratio(top, bottom, factor, reported, expected)
