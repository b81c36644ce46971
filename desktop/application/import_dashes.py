"""A "-" has three readings; a person settles for a whole file which of them it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from desktop.domain.elements import Element, ValueType
from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, ZERO, State, Value

if TYPE_CHECKING:
    from desktop.exchange.reading import Candidate, SheetReading

RULE: Final = "import.dash"
READINGS: Final = (State.ZERO, State.NOT_APPLICABLE, State.NOT_REPORTED)


def settle_dashes(sheet: SheetReading, meaning: State, elements: Mapping[str, Element]) -> SheetReading:
    """The sheet with every "-" read as `meaning` (one of READINGS), and nothing left to be asked about it.

    Nothing at all is "no" where yes or no is asked; words cannot be zero and stay not reported.
    """
    if not any(_is_dash(candidate) for candidate in sheet.candidates):
        return sheet
    read = tuple(
        _settled(candidate, meaning, elements[candidate.element]) if _is_dash(candidate) else candidate
        for candidate in sheet.candidates
    )
    return replace(sheet, candidates=read)


def _is_dash(candidate: Candidate) -> bool:
    return any(finding.rule == RULE for finding in candidate.findings)


def _settled(candidate: Candidate, meaning: State, element: Element) -> Candidate:
    left = tuple(finding for finding in candidate.findings if finding.rule != RULE)
    return candidate._replace(value=_value(meaning, element), findings=left)


def _value(meaning: State, element: Element) -> Value:
    if meaning is State.NOT_APPLICABLE:
        return NOT_APPLICABLE
    if meaning is State.ZERO and element.type is not ValueType.TEXT:
        return NO if element.type is ValueType.YES_NO else ZERO
    return NOT_REPORTED
