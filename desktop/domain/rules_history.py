"""Checks of a figure against the unit's own past and against other units (design 3.5): always warnings.

Counts of communes are small and stable (1-3 % a year), so plain z-scores over a few years fire everywhere.
A figure is *far* from an earlier one when both hold:
* relative: larger than `ratio` times the other (default 1.2), after the whole office's own movement is taken out;
* statistical: the difference of the square roots of two counts, which has variance 1/4 + 1/4 whatever their size
  (variance-stabilising transform of Poisson counts; Anscombe, Biometrika 35, 1948), exceeds `limit` (default 3)
  standard errors.
It is flagged when far from *every* one of the last three years reported, so that one wrong year in the past does not
accuse the right ones after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from math import sqrt
from statistics import median
from typing import Final

from desktop.domain.elements import ValueType
from desktop.domain.findings import Finding
from desktop.domain.rules import Rule, RuleKind, Sheet, amount_of, findings_for, shown_amount
from desktop.domain.values import SCALE, Value
from desktop.wording import Sentence, say

YEARS: Final = 3
_STANDARD_ERROR: Final = sqrt(0.5)
_SLIPS: Final = (10, 100, 1000)


def _counts(sheet: Sheet, rule: Rule, unit: str) -> Iterable[tuple[str, int]]:
    for code, value in sheet.figures[unit].items():
        element = sheet.elements.get(code)
        amount = amount_of(value)
        if element is None or amount is None or element.type not in (ValueType.COUNT, ValueType.DECIMAL):
            continue
        if not rule.elements or code in rule.elements:
            yield code, amount


def _past(sheet: Sheet, unit: str, element: str) -> list[tuple[str, int]]:
    """(period, amount) of the last years that reported, newest first."""
    found = [(period, amount_of(figures.get(unit, {}).get(element))) for period, figures in sheet.earlier]
    return [(period, amount) for period, amount in found if amount is not None][:YEARS]


def movement(sheet: Sheet, element: str, period: str) -> float:
    """Median factor by which the element moved over all units since an earlier period (1 where unknown)."""
    return sheet.once(("movement", element, period), lambda: _movement(sheet, element, period))


def _movement(sheet: Sheet, element: str, period: str) -> float:
    before = dict(sheet.earlier)[period]
    factors = [
        now / old
        for unit, figures in sheet.figures.items()
        if (now := amount_of(figures.get(element)) or 0) > 0
        and (old := amount_of(before.get(unit, {}).get(element)) or 0) > 0
    ]
    return median(factors) if len(factors) >= 5 else 1.0


def is_far(now: int, then: int, *, moved: float, ratio: Decimal, limit: Decimal) -> bool:
    """Whether an amount is far from an earlier one in both senses of the module's head."""
    expected, seen = then / SCALE * moved, now / SCALE
    small, large = sorted((max(seen, 0.0), max(expected, 0.0)))
    if large <= small * float(ratio):
        return False
    return (sqrt(large + 3 / 8) - sqrt(small + 3 / 8)) / _STANDARD_ERROR > float(limit)


def _history(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    found: list[Finding] = []
    ratio, limit = rule.parameter("ratio", "1.2"), rule.parameter("limit", "3")
    for element, now in _counts(sheet, rule, unit):
        past = _past(sheet, unit, element)
        if not past or not all(
            is_far(now, then, moved=movement(sheet, element, period), ratio=ratio, limit=limit) for period, then in past
        ):
            continue
        message = say(
            "{name} is {value}; in {period} it was {before}.",
            name=sheet.place(element),
            value=shown_amount(now),
            period=past[0][0],
            before=shown_amount(past[0][1]),
        )
        found += findings_for(sheet, unit, rule, [element], message, _explained(sheet, unit, element, now, past[0][1]))
    return found


def _explained(sheet: Sheet, unit: str, element: str, now: int, before: int) -> Sentence:
    """The likeliest slip behind a far figure."""
    for slip in _SLIPS:
        for mended in (now // slip, now * slip):
            if mended and 0.7 * before <= mended <= 1.4 * before:
                return say("Perhaps a digit too many or too few: {mended}.", mended=shown_amount(mended))
    owner = _owner_of(sheet, unit, element, now)
    if owner:
        return say("{unit} has the same figure; perhaps it was typed in the wrong row.", unit=owner)
    return say("Ask the commune, or keep it with a reason.")


def _owner_of(sheet: Sheet, unit: str, element: str, now: int) -> str | None:
    sheets: list[Mapping[str, Mapping[str, Value]]] = [sheet.figures, *(figures for _, figures in sheet.earlier[:1])]
    for figures in sheets:
        for other, cells in figures.items():
            if other != unit and amount_of(cells.get(element)) == now:
                return sheet.unit_names.get(other, other)
    return None


def _copied(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    """Several figures that equal last year's to the digit: a year copied.

    Only figures of at least `least` (default 100) speak; the more figures the unit has, the more must be equal:
    at least `cells` (default 2), and more than a chance of one in fifty per figure would give.
    """
    if not sheet.earlier:
        return []
    period, before = sheet.earlier[0]
    least = int(rule.parameter("least", "100") * SCALE)
    large = [(code, now) for code, now in _counts(sheet, rule, unit) if now >= least]
    equal = [code for code, now in large if amount_of(before.get(unit, {}).get(code)) == now]
    if len(equal) < max(int(rule.parameter("cells", "2")), round(len(large) / 50 * 3)):
        return []
    message = say("{count} figures are the same as in {period} to the digit.", count=len(equal), period=period)
    advice = say("Ask whether last year's figures were copied.")
    return findings_for(sheet, unit, rule, equal, message, advice)


def _other_unit(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    """Two units with several equal large figures in one period: a row typed twice."""
    least = int(rule.parameter("least", "100") * SCALE)
    needed = int(rule.parameter("cells", "3"))
    own = {code: now for code, now in _counts(sheet, rule, unit) if now >= least}
    holders = sheet.once("holders", lambda: _holders(sheet))
    shared = Counter(other for cell in own.items() for other in holders[cell] if other != unit)
    for other, figures in sheet.figures.items():
        if shared[other] >= needed:
            equal = [code for code, now in own.items() if amount_of(figures.get(code)) == now]
            name = sheet.unit_names.get(other, other)
            message = say("{count} figures are the same as those of {unit}.", count=len(equal), unit=name)
            return findings_for(sheet, unit, rule, equal, message, say("Perhaps one row was typed twice."))
    return []


def _holders(sheet: Sheet) -> dict[tuple[str, int], list[str]]:
    """The units that have an amount in an element."""
    found: dict[tuple[str, int], list[str]] = {}
    for unit, figures in sheet.figures.items():
        for code, value in figures.items():
            if value.amount is not None:
                found.setdefault((code, value.amount), []).append(unit)
    return found


def _swapped(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    """Two columns whose figures fit each other's past much better than their own.

    Both moved by more than `moved` percent (default 4) in opposite directions; exchanged, each moves less than half.
    """
    if not sheet.earlier:
        return []
    before = sheet.earlier[0][1].get(unit, {})
    least = float(rule.parameter("moved", "4")) / 100
    pairs = [
        (code, now, then)
        for code, now in _counts(sheet, rule, unit)
        if (then := amount_of(before.get(code)) or 0) > 0 and abs(now / then - 1) >= least
    ]
    found: list[Finding] = []
    for place, (left, now_left, old_left) in enumerate(pairs):
        for right, now_right, old_right in pairs[place + 1 :]:
            own = now_left / old_left - 1, now_right / old_right - 1
            if own[0] * own[1] >= 0 or max(now_left, now_right) < 50 * SCALE:
                continue
            crossed = abs(now_left / old_right - 1), abs(now_right / old_left - 1)
            if crossed[0] * 2 < abs(own[0]) and crossed[1] * 2 < abs(own[1]):
                found += _swap_finding(sheet, unit, rule, left, right)
    return found


def _swap_finding(sheet: Sheet, unit: str, rule: Rule, left: str, right: str) -> list[Finding]:
    message = say(
        "{left} and {right} fit each other's last figures better than their own.",
        left=sheet.place(left),
        right=sheet.place(right),
    )
    advice = say("The two figures may have been typed in each other's column.")
    return findings_for(sheet, unit, rule, [left, right], message, advice)


def _rate(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    """A share far from that of the other units, for the first year, when there is no past to compare with.

    Fires where the unit's share differs from the median of at least five units by more than `ratio` times (default 2)
    and by more than `limit` (default 5) binomial standard errors.
    """
    left, right = rule.left[0], rule.right[0]
    if any(left in figures.get(unit, {}) for _, figures in sheet.earlier):
        return []
    shares = sheet.once(("shares", left, right), lambda: _shares(sheet, left, right))
    if unit not in shares or len(shares) < 5:
        return []
    usual = sheet.once(("usual", left, right), lambda: median(top / bottom for top, bottom in shares.values()))
    top, bottom = shares[unit]
    share, ratio = top / bottom, float(rule.parameter("ratio", "2"))
    error = sqrt(max(usual * (1 - usual), 1e-9) / (bottom / SCALE)) if 0 < usual < 1 else 0.0
    if usual / ratio <= share <= usual * ratio or abs(share - usual) <= float(rule.parameter("limit", "5")) * error:
        return []
    message = say(
        "{left} is {share}% of {right}; usual for the other communes is {usual}%.",
        left=sheet.place(left),
        right=sheet.place(right),
        share=Decimal(f"{share * 100:.1f}"),
        usual=Decimal(f"{usual * 100:.1f}"),
    )
    return findings_for(sheet, unit, rule, [left, right], message, say("Ask the commune, or keep it with a reason."))


def _shares(sheet: Sheet, left: str, right: str) -> dict[str, tuple[int, int]]:
    """The two amounts of every unit that has both; a negative figure is an error of its own and no share."""
    pairs = {
        name: (amount_of(figures.get(left)), amount_of(figures.get(right))) for name, figures in sheet.figures.items()
    }
    return {
        name: (top, bottom)
        for name, (top, bottom) in pairs.items()
        if top is not None and top >= 0 and bottom is not None and bottom > 0
    }


HISTORY_CHECKS: Final[dict[RuleKind, Callable[[Sheet, str, Rule], list[Finding]]]] = {
    RuleKind.HISTORY: _history,
    RuleKind.COPIED: _copied,
    RuleKind.OTHER_UNIT: _other_unit,
    RuleKind.SWAPPED: _swapped,
    RuleKind.RATE: _rate,
}
