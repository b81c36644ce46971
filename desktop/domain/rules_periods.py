"""Rules about one figure in several periods: a cumulative figure never falls, and what is typed is what follows.

Each breach is told in the longer period, or in the one that ends later, where it first shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from desktop.domain.derivation import Held, derive, way_sentence
from desktop.domain.elements import Behaviour, Element, ValueType
from desktop.domain.findings import Finding
from desktop.domain.periods import Period
from desktop.domain.rules import Rule, RuleKind, Sheet, findings_for, shown_amount
from desktop.domain.values import Value
from desktop.wording import say

_NUMBERS: Final = (ValueType.COUNT, ValueType.DECIMAL)


def _cumulative(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    """A flow of a period that is less than that of a period within it: cumulative figures fall, or a part is more."""
    period = Period.parse(sheet.period)
    found: list[Finding] = []
    for code, value, element, others in _cells(sheet, unit, rule):
        if element.behaviour is not Behaviour.FLOW or not _only_grows(element):
            continue
        within = [
            (one.amount, when)
            for when, one in others.items()
            if one.amount is not None and when.calendar is period.calendar and period.contains(when)
        ]
        if value.amount is None or not within:
            continue
        amount, when = max(within)
        if amount <= value.amount:
            continue
        message = say(
            "{name} is {value}, but {before} in {period} alone.",
            name=sheet.place(code),
            value=shown_amount(value.amount),
            before=shown_amount(amount),
            period=when.sentence(),
        )
        advice = say(
            "A cumulative figure never falls: perhaps the period's own figure was typed, or the earlier is wrong."
        )
        found += findings_for(sheet, unit, rule, [code], message, advice)
    return found


def _other_periods(sheet: Sheet, unit: str, rule: Rule) -> list[Finding]:
    """A typed figure that is not the one the periods up to its end give: the typed one stays official."""
    period = Period.parse(sheet.period)
    found: list[Finding] = []
    for code, value, element, others in _cells(sheet, unit, rule):
        derived = derive(element, period, others)
        if not derived.is_known or not derived.steps or derived.value == value or value.amount is None:
            continue
        if derived.value.amount is None:
            continue
        message = say(
            "{name} is {value}; other periods give {derived} ({way}).",
            name=sheet.place(code),
            value=shown_amount(value.amount),
            derived=shown_amount(derived.value.amount),
            way=way_sentence(derived) or "",
        )
        advice = say("The typed figure counts. Compare the forms of these periods.")
        found += findings_for(sheet, unit, rule, [code], message, advice)
    return found


def _cells(sheet: Sheet, unit: str, rule: Rule) -> list[tuple[str, Value, Element, Held]]:
    """The numbers of a unit that the rule looks at and that have figures in periods which end no later."""
    if sheet.others is None:
        return []
    last = Period.parse(sheet.period).last
    read = sheet.others
    held: Mapping[str, Held] = sheet.once(("other periods", unit), lambda: read(unit))
    found: list[tuple[str, Value, Element, Held]] = []
    for code, value in sheet.figures[unit].items():
        element = sheet.elements.get(code)
        if element is None or value.amount is None or element.type not in _NUMBERS or code not in held:
            continue
        if not rule.elements or code in rule.elements:
            others = {one: told for one, told in held[code].items() if one.last <= last}
            found.append((code, value, element, others))
    return found


def _only_grows(element: Element) -> bool:
    return element.type is ValueType.COUNT or (element.minimum is not None and not element.minimum.startswith("-"))


PERIOD_CHECKS: Final[dict[RuleKind, Callable[[Sheet, str, Rule], list[Finding]]]] = {
    RuleKind.CUMULATIVE: _cumulative,
    RuleKind.OTHER_PERIODS: _other_periods,
}
