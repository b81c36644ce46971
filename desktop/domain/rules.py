"""Check rules: what is impossible by definition, and what is unlikely beside other figures (design 3.5).

Rules are data (`resources/catalogue/*.yaml`); this room knows their kinds and applies them to a sheet of figures.
Every cell involved in a broken rule gets a finding; findings of one breach share a group.
The history kinds stand in `rules_history.py`, those about other periods in `rules_periods.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from desktop.domain.elements import Element, ValueType
from desktop.domain.findings import Finding, Mend, Severity
from desktop.domain.mends import within
from desktop.domain.periods import Period
from desktop.domain.values import SCALE, State, Value
from desktop.wording import Label, Sentence, say

T = TypeVar("T")


class RuleKind(StrEnum):
    """What a rule looks at."""

    AT_MOST = "at_most"
    SUM_EQUALS = "sum_equals"
    LIMITS = "limits"
    HISTORY = "history"
    COPIED = "copied"
    OTHER_UNIT = "other_unit"
    SWAPPED = "swapped"
    RATE = "rate"
    CUMULATIVE = "cumulative"
    OTHER_PERIODS = "other_periods"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue: `left` at most / equal to `right` (sums of element codes), or a history kind.

    `elements` narrows a history kind to some elements (empty: all counts of the form).
    `parameters` are the numbers of a history kind, as plain strings.
    """

    code: str
    kind: RuleKind
    severity: Severity
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    source: str = ""

    def parameter(self, name: str, otherwise: str) -> Decimal:
        """A number of the rule."""
        return Decimal(dict(self.parameters).get(name, otherwise))


@dataclass(frozen=True, slots=True)
class Sheet:
    """Figures of one form, period and kind: by unit code, then element code; earlier periods newest first.

    `others` gives the figures of a unit in other periods of the same years, by element code, when they are asked for.
    """

    period: str
    figures: Mapping[str, Mapping[str, Value]]
    elements: Mapping[str, Element]
    columns: Mapping[str, int]
    unit_names: Mapping[str, str]
    earlier: tuple[tuple[str, Mapping[str, Mapping[str, Value]]], ...] = ()
    units: frozenset[str] | None = field(default=None)
    others: Callable[[str], Mapping[str, Mapping[Period, Value]]] | None = field(default=None, compare=False)
    known: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, name: Hashable, work: Callable[[], T]) -> T:
        """What is the same for all units, worked out at its first asking."""
        if name not in self.known:
            self.known[name] = work()
        found: T = self.known[name]
        return found

    def wanted(self, unit: str) -> bool:
        """Whether findings of this unit were asked for."""
        return self.units is None or unit in self.units

    def place(self, element: str) -> Sentence | Label:
        """The element as a person finds it on the form: name and column number."""
        label = self.label(element)
        column = self.columns.get(element)
        return label if column is None else say("{name} ({column})", name=label, column=str(column))

    def label(self, element: str) -> Label:
        """The element's short name."""
        known = self.elements.get(element)
        return known.short if known else Label(element)


def amount_of(value: Value | None) -> int | None:
    """Ten-thousandths of a reported number, else None."""
    return value.amount if value is not None else None


def shown_amount(amount: int) -> int | Decimal:
    """An amount for a sentence: a whole number where it is one."""
    return amount // SCALE if amount % SCALE == 0 else Decimal(amount).scaleb(-4).normalize()


def check(sheet: Sheet, rules: Iterable[Rule], step: Callable[[int, int], None] | None = None) -> list[Finding]:
    """Apply the rules to a sheet; findings in the order of units, then of the rules.

    `step` is told of every unit: how many are done, and of how many.
    """
    from desktop.domain.rules_history import HISTORY_CHECKS
    from desktop.domain.rules_periods import PERIOD_CHECKS

    checks: dict[RuleKind, Callable[[Sheet, str, Rule], list[Finding]]] = {
        RuleKind.AT_MOST: _at_most,
        RuleKind.SUM_EQUALS: _sum_equals,
        RuleKind.LIMITS: _limits,
        **HISTORY_CHECKS,
        **PERIOD_CHECKS,
    }
    chosen = list(rules)
    found: list[Finding] = []
    for done, unit in enumerate(sheet.figures, 1):
        if sheet.wanted(unit):
            for rule in chosen:
                found += checks[rule.kind](sheet, unit, rule)
            if step:
                step(done, len(sheet.figures))
    return found


def findings_for(
    sheet: Sheet,
    unit: str,
    rule: Rule,
    elements: Iterable[str],
    message: Sentence,
    advice: Sentence | None,
    mend: tuple[Mend, ...] = (),
) -> list[Finding]:
    """One finding per cell involved, sharing a group and what mends it."""
    cells = list(dict.fromkeys(elements))
    group = f"{rule.code}:{unit}:{sheet.period}:{'+'.join(sorted(cells))}"
    return [
        Finding(
            rule.code, rule.severity, message, advice, group, unit=unit, period=sheet.period, element=element, mend=mend
        )
        for element in cells
    ]


def _sum(figures: Mapping[str, Value], codes: Iterable[str]) -> int | None:
    amounts = [amount_of(figures.get(code)) for code in codes]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known and len(known) == len(amounts) else None


def _at_most(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    figures = sheet.figures[unit]
    left, right = _sum(figures, rule.left), _sum(figures, rule.right)
    if left is None or right is None or left <= right:
        return []
    message = say(
        "{left} is {left_value}, greater than {right}, which is {right_value}.",
        left=_places(sheet, rule.left),
        left_value=shown_amount(left),
        right=_places(sheet, rule.right),
        right_value=shown_amount(right),
    )
    why = within(sheet, unit, rule.left[0], rule.right[0]) if len(rule.left) == len(rule.right) == 1 else None
    advice = why.advice if why else say("Compare both figures with the commune's register.")
    return findings_for(sheet, unit, rule, rule.left + rule.right, message, advice, why.mend if why else ())


def _sum_equals(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    figures = sheet.figures[unit]
    left, right = _sum(figures, rule.left), _sum(figures, rule.right)
    if left is None or right is None or left == right:
        return []
    message = say(
        "{left} together are {left_value}, but {right} is {right_value}.",
        left=_places(sheet, rule.left),
        left_value=shown_amount(left),
        right=_places(sheet, rule.right),
        right_value=shown_amount(right),
    )
    return findings_for(sheet, unit, rule, rule.left + rule.right, message, None)


def _limits(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    """Limits, type and decimals of each element's own definition."""
    found = []
    bounds = sheet.once("bounds", lambda: {code: _bounds(element) for code, element in sheet.elements.items()})
    for code, value in sheet.figures[unit].items():
        amount, bound = value.amount, bounds.get(code)
        if bound and amount is not None and bound[0] <= amount <= bound[1] and not amount % bound[2]:
            continue  # so are nearly all of the sixty thousand cells of a large form
        element = sheet.elements.get(code)
        message = _limit_broken(sheet, element, value) if element else None
        if message:
            found += findings_for(sheet, unit, rule, [code], message, None)
    return found


def _bounds(element: Element) -> tuple[Decimal | float, Decimal | float, int] | None:
    """Least and greatest amount and the step between amounts of a number; None for other elements."""
    if element.type not in (ValueType.COUNT, ValueType.DECIMAL):
        return None
    least = float("-inf") if element.minimum is None else Decimal(element.minimum) * SCALE
    greatest = float("inf") if element.maximum is None else Decimal(element.maximum) * SCALE
    return least, greatest, SCALE // 10**element.decimals


def _limit_broken(sheet: Sheet, element: Element, value: Value) -> Sentence | None:
    if not value.is_reported:
        return None
    place = sheet.place(element.code)
    if value.amount is None:
        expects_number = element.type in (ValueType.COUNT, ValueType.DECIMAL)
        answered = value.state in (State.YES, State.NO)
        wrong = expects_number or (element.type is ValueType.YES_NO) != answered
        return say("{name} holds words where another kind of answer belongs.", name=place) if wrong else None
    if element.type not in (ValueType.COUNT, ValueType.DECIMAL):
        return say("{name} holds a number where another kind of answer belongs.", name=place)
    shown = shown_amount(value.amount)
    if element.minimum is not None and value.amount < Decimal(element.minimum) * SCALE:
        return say("{name} is {value}, below {limit}.", name=place, value=shown, limit=Decimal(element.minimum))
    if element.maximum is not None and value.amount > Decimal(element.maximum) * SCALE:
        return say("{name} is {value}, above {limit}.", name=place, value=shown, limit=Decimal(element.maximum))
    if value.amount % (SCALE // 10**element.decimals):
        return say("{name} is {value}, with more decimals than it can have.", name=place, value=shown)
    return None


def _places(sheet: Sheet, codes: tuple[str, ...]) -> Sentence | Label:
    if len(codes) == 1:
        return sheet.place(codes[0])
    return say("{first} and {others}", first=sheet.place(codes[0]), others=_places(sheet, codes[1:]))
