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
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import chain
from math import exp, log, pi, sqrt
from statistics import median
from typing import Final

from desktop.domain.elements import ValueType
from desktop.domain.findings import Finding, Mend
from desktop.domain.mends import exchanged_columns, likely
from desktop.domain.rules import Rule, RuleKind, Sheet, amount_of, findings_for, shown_amount
from desktop.domain.values import NOT_REPORTED, SCALE, Value
from desktop.wording import say

YEARS: Final = 3
_STANDARD_ERROR: Final = sqrt(0.5)
_SIZES: Final = (20, 50, 100, 250, 500, 1000)


def _counts(sheet: Sheet, rule: Rule, unit: str) -> list[tuple[str, int]]:
    """The counts and decimals of a unit that the rule looks at, with their amounts."""
    counts = sheet.once(("counts", unit), lambda: _all_counts(sheet, unit))
    return [(code, amount) for code, amount in counts if code in rule.elements] if rule.elements else counts


def _all_counts(sheet: Sheet, unit: str) -> list[tuple[str, int]]:
    countable = sheet.once("countable", lambda: _countable(sheet))
    return [
        (code, value.amount)
        for code, value in sheet.figures[unit].items()
        if value.amount is not None and code in countable
    ]


def _countable(sheet: Sheet) -> frozenset[str]:
    kinds = (ValueType.COUNT, ValueType.DECIMAL)
    return frozenset(code for code, element in sheet.elements.items() if element.type in kinds)


def movements(sheet: Sheet, period: str) -> Mapping[str, float]:
    """Median factor by which each element moved over all units since an earlier period; not where few can say."""
    return sheet.once(("movements", period), lambda: _movements(sheet, dict(sheet.earlier)[period]))


def _movements(sheet: Sheet, before: Mapping[str, Mapping[str, Value]]) -> dict[str, float]:
    factors: dict[str, list[float]] = {}
    for unit, figures in sheet.figures.items():
        past = before.get(unit, {})
        for code, value in figures.items():
            then = past.get(code)
            if then is not None and (now := value.amount or 0) > 0 and (old := then.amount or 0) > 0:
                factors.setdefault(code, []).append(now / old)
    return {code: median(found) for code, found in factors.items() if len(found) >= 5}


def is_far(now: int, then: int, *, moved: float, ratio: float | Decimal, limit: float | Decimal) -> bool:
    """Whether an amount is far from an earlier one in both senses of the module's head."""
    expected, seen = then / SCALE * moved, now / SCALE
    small, large = (seen, expected) if seen < expected else (expected, seen)
    small = max(small, 0.0)
    if large <= small * float(ratio):
        return False
    return (sqrt(large + 3 / 8) - sqrt(small + 3 / 8)) / _STANDARD_ERROR > float(limit)


def _history(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    found: list[Finding] = []
    ratio, limit = float(rule.parameter("ratio", "1.2")), float(rule.parameter("limit", "3"))
    before = [(period, figures[unit], movements(sheet, period)) for period, figures in sheet.earlier if unit in figures]
    for element, now in _counts(sheet, rule, unit):
        past: list[tuple[str, int]] = []
        for period, figures, moved in before:
            value = figures.get(element)
            if value is None or (then := value.amount) is None:
                continue
            if not is_far(now, then, moved=moved.get(element, 1.0), ratio=ratio, limit=limit):
                past.clear()
                break
            past.append((period, then))
            if len(past) == YEARS:
                break
        if not past:
            continue
        message = say(
            "{name} is {value}; in {period} it was {before}.",
            name=sheet.place(element),
            value=shown_amount(now),
            period=past[0][0],
            before=shown_amount(past[0][1]),
        )
        slip = likely(sheet, unit, element, now, past[0][1])
        found += findings_for(sheet, unit, rule, [element], message, slip.advice, slip.mend)
    return found


def _copied(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    """Several figures that equal last year's to the digit: a year copied.

    Figures of the same commune move by chance (two Poisson counts around n differ by sqrt(2n)), but often by less: by
    about 3 % (`steady`) where they are small, as the sample years show. So equal small figures say little and equal
    large ones much. Looked at from each of a few sizes up, the equal ones (at least `cells`, default 2) must be more
    than chance gives two times in a hundred (`chance`).
    """
    if not sheet.earlier:
        return []
    period, before = sheet.earlier[0]
    then = before.get(unit, {})
    pairs = [(code, now, amount_of(then.get(code))) for code, now in _counts(sheet, rule, unit)]
    equal = _equal_beyond_chance([(code, now, now == old) for code, now, old in pairs if old is not None], rule)
    if not equal:
        return []
    message = say("{count} figures are the same as in {period} to the digit.", count=len(equal), period=period)
    advice = say("Ask whether last year's figures were copied.")
    return findings_for(sheet, unit, rule, equal, message, advice)


def _equal_beyond_chance(pairs: list[tuple[str, int, bool]], rule: Rule) -> list[str]:
    """The equal ones of (element, amount, is equal), from the size at which they are the most beyond chance."""
    cells, chance = int(rule.parameter("cells", "2")), float(rule.parameter("chance", "0.02"))
    steady = float(rule.parameter("steady", "0.03"))
    best: tuple[float, list[str]] = (chance, [])
    for least in _SIZES:
        large = [(code, amount, same) for code, amount, same in pairs if amount >= least * SCALE]
        equal = [code for code, _, same in large if same]
        if len(equal) < cells:
            break
        expected = sum(_equal_by_chance(amount / SCALE, steady) for _, amount, _ in large)
        best = min(best, (_at_least(len(equal), expected), equal), key=lambda one: one[0])
    return best[1]


def _equal_by_chance(count: float, steady: float) -> float:
    """Probability that a figure repeats to the digit: the height of a normal curve of the usual difference."""
    return min(1.0, 1 / (sqrt(2 * pi) * min(sqrt(2 * count), steady * count)))


def _at_least(count: int, expected: float) -> float:
    """Probability of at least so many when so many are expected (Poisson)."""
    term = below = exp(-expected)
    for k in range(1, count):
        term *= expected / k
        below += term
    return max(0.0, 1 - below)


def _other_unit(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    """Two units with several equal large figures in one period: a row typed twice.

    Where the past tells whose figures they are (they are near the own last year's of one unit only), the other is
    accused; without a past both are.
    """
    least = int(rule.parameter("least", "100") * SCALE)
    needed = int(rule.parameter("cells", "3"))
    own = {code: now for code, now in _counts(sheet, rule, unit) if now >= least}
    holders = sheet.once(("holders", least), lambda: _holders(sheet, least))
    shared = Counter(chain.from_iterable(holders[code][now] for code, now in own.items()))
    equals = {other for other, count in shared.items() if count >= needed} - {unit}
    for other, figures in sheet.figures.items() if equals else ():
        if other in equals:
            equal = [code for code, now in own.items() if amount_of(figures.get(code)) == now]
            own_strange, other_strange = _strange(sheet, unit, equal), _strange(sheet, other, equal)
            if own_strange < other_strange:
                continue
            name = sheet.unit_names.get(other, other)
            message = say("{count} figures are the same as those of {unit}.", count=len(equal), unit=name)
            # Where the past says whose they are, the figures of the other row are taken away.
            mend = tuple(Mend(unit, code, NOT_REPORTED) for code in equal) if own_strange > other_strange else ()
            return findings_for(sheet, unit, rule, equal, message, say("Perhaps one row was typed twice."), mend)
    return []


def _strange(sheet: Sheet, unit: str, elements: list[str]) -> float:
    """How far figures of a unit lie from its last year's: median of the ratios in logarithms, 0 without a past."""
    before = sheet.earlier[0][1].get(unit, {}) if sheet.earlier else {}
    ratios = [
        abs(log(now / old))
        for code in elements
        if (now := amount_of(sheet.figures[unit].get(code)) or 0) > 0 and (old := amount_of(before.get(code)) or 0) > 0
    ]
    return median(ratios) if ratios else 0.0


def _holders(sheet: Sheet, least: int) -> dict[str, dict[int, list[str]]]:
    """The units that have an amount of at least `least` in an element: by element, then by amount."""
    found: dict[str, dict[int, list[str]]] = {}
    for unit, figures in sheet.figures.items():
        for code, value in figures.items():
            if value.amount is not None and value.amount >= least:
                found.setdefault(code, {}).setdefault(value.amount, []).append(unit)
    return found


def _swapped(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    """Two columns whose figures fit each other's past much better than their own.

    Both moved by more than `moved` percent (default 4) in opposite directions; exchanged, each moves less than half.
    Beside chance: together they moved by `near` standard errors (default 2) where the columns are neighbours, by `far`
    (default 4) where they are not, for a hand slips into the next column.
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
    found: list[tuple[str, str]] = []
    for place, (left, now_left, old_left) in enumerate(pairs):
        for right, now_right, old_right in pairs[place + 1 :]:
            own = now_left / old_left - 1, now_right / old_right - 1
            if own[0] * own[1] >= 0 or max(now_left, now_right) < 50 * SCALE:
                continue
            crossed = abs(now_left / old_right - 1), abs(now_right / old_left - 1)
            if crossed[0] * 2 >= abs(own[0]) or crossed[1] * 2 >= abs(own[1]):
                continue
            limit = rule.parameter("near", "2") if _are_neighbours(sheet, left, right) else rule.parameter("far", "4")
            if _moved(now_left, old_left) + _moved(now_right, old_right) >= float(limit):
                found.append((left, right))
    times = Counter(chain.from_iterable(found))
    return [
        finding
        for left, right in found
        for finding in _swap_finding(sheet, unit, rule, left, right, is_clear=times[left] == times[right] == 1)
    ]


def _are_neighbours(sheet: Sheet, left: str, right: str) -> bool:
    return abs(sheet.columns.get(left, 0) - sheet.columns.get(right, 0)) == 1


def _moved(now: int, then: int) -> float:
    """How far two counts lie apart, in standard errors of the difference of their square roots."""
    return abs(sqrt(max(now, 0) / SCALE + 3 / 8) - sqrt(max(then, 0) / SCALE + 3 / 8)) / _STANDARD_ERROR


def _swap_finding(sheet: Sheet, unit: str, rule: Rule, left: str, right: str, *, is_clear: bool) -> list[Finding]:
    message = say(
        "{left} and {right} fit each other's last figures better than their own.",
        left=sheet.place(left),
        right=sheet.place(right),
    )
    advice = say("The two figures may have been typed in each other's column.")
    mend = exchanged_columns(sheet, unit, left, right) if is_clear else ()
    return findings_for(sheet, unit, rule, [left, right], message, advice, mend)


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
