"""Numbers as they are printed: half up from the exact fraction, Vietnamese marks, differences between printed figures.

Rules: design 3.3 "Printed numbers"; signs and words: look 12 (26,4%, 3,2‰, a true minus, ranges with an en dash).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from desktop.domain.rounding import half_up

MINUS: Final = "\u2212"
EN_DASH: Final = "\u2013"
ZERO_TEXT: Final = "0"
NOT_APPLICABLE_TEXT: Final = "x"
NOT_REPORTED_TEXT: Final = "…"
UNKNOWN_TEXT: Final = EN_DASH
ESTIMATED_SIGN: Final = "\u2248 "
LEGEND: Final = "0: không có; x: không áp dụng; …: chưa báo cáo."

_SIGNS: Final = {"%": "%", "‰": "‰"}
_RATES: Final = frozenset({"%", "‰", "/10.000", "/100.000"})
_ONE_DECIMAL: Final = _RATES | {"năm", "tuổi", "cm"}
_MOST_DECIMALS: Final = 6
_ROMAN: Final = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it stands on paper: its text with sign, and the rounded number a reader sees."""

    text: str
    number: Decimal

    @property
    def decimals(self) -> int:
        """Digits after the comma."""
        return decimals_in(self.number)


def is_rate(unit: str) -> bool:
    """Whether figures of the unit are rates, compared by points and never as "% of plan"."""
    return unit in _RATES


def decimals_for(unit: str) -> int:
    """Digits after the comma printed for a unit: one for rates, years and centimetres, none for counts."""
    return 1 if unit in _ONE_DECIMAL else 0


def decimals_in(number: Decimal) -> int:
    """Digits after the point as typed: 96.50 has two."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def vietnamese(number: Decimal | int, *, signed: bool = False) -> str:
    """1.234,5 with a true minus; `signed` writes a plus before what is above zero."""
    text = f"{abs(number):,f}" if isinstance(number, Decimal) else f"{abs(number):,}"
    swapped = text.translate(str.maketrans(",.", ".,"))
    sign = MINUS if number < 0 else "+" if signed and number > 0 else ""
    return sign + swapped


def with_unit(number: Decimal | int, unit: str) -> str:
    """The number with % or ‰ against it; other units stand elsewhere."""
    return vietnamese(number) + _SIGNS.get(unit, "")


def printed(value: Fraction, unit: str, decimals: int | None = None) -> Printed:
    """A figure as printed in its unit; nothing at all is a plain 0, what only rounds to it keeps its decimals."""
    if not value:
        return Printed(with_unit(0, unit), Decimal(0))
    number = half_up(value, decimals_for(unit) if decimals is None else decimals)
    return Printed(with_unit(number, unit), number)


def printed_against(
    value: Fraction, unit: str, *, target: Decimal | None, met: bool, decimals: int | None = None
) -> Printed:
    """A figure beside its target: where it rounds to the target though not met, with more decimals until it differs."""
    places = decimals_for(unit) if decimals is None else decimals
    figure = printed(value, unit, places)
    while not met and target is not None and figure.number == target and places < _MOST_DECIMALS:
        places += 1
        figure = printed(value, unit, places)
    return figure


def difference(later: Printed, earlier: Printed) -> Decimal:
    """What a reader with a calculator gets from the two printed numbers."""
    return later.number - earlier.number


def percent_of(value: Printed, target: Decimal) -> Decimal | None:
    """Percent of the plan from the two printed numbers, one decimal; None where the plan is zero."""
    return half_up(Fraction(value.number) / Fraction(target) * 100, 1) if target else None


def trimmed(number: Decimal) -> Decimal:
    """Without zeros at the end of the decimals: 100.0 is written 100."""
    whole = number.to_integral_value(ROUND_HALF_UP)
    return whole if whole == number else number.normalize()


def interval_text(lower: Fraction, upper: Fraction, unit: str) -> str:
    """25,4–27,5%."""
    places = decimals_for(unit)
    return f"{vietnamese(half_up(lower, places))}{EN_DASH}{with_unit(half_up(upper, places), unit)}"


def day_text(day: int) -> str:
    """A day in a date line: below 10 with a zero before it (Decree 30/2020, annex I)."""
    return f"{day:02d}"


def month_text(month: int) -> str:
    """A month in a date line: only January and February have a zero before them."""
    return f"{month:02d}" if month <= 2 else str(month)


def roman(number: int) -> str:
    """Roman figures of parts and annexes."""
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (number // worth)
        number %= worth
    return text
