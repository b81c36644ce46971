"""What a person typed into a cell, read as Vietnamese offices write figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from desktop.domain.elements import Element, ValueType
from desktop.domain.text import fold, with_digits
from desktop.domain.values import (
    NO,
    NOT_APPLICABLE,
    NOT_REPORTED,
    YES,
    State,
    TooFine,
    TooLarge,
    Value,
    number,
)
from desktop.wording import Label, Sentence, say

QUOTED: Final = 20
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(?:[.\s\u00a0]\d{3})+")
_WHOLE: Final = re.compile(r"-?\d+")
_DECIMAL: Final = re.compile(r"(-?\d+)[.,](\d{1,4})")
_YES: Final = frozenset(("x", "co", "c", "yes", "y", "1"))
_NO: Final = frozenset(("khong", "k", "no", "n", "0"))
_NOT_APPLICABLE: Final = frozenset(("na", "kad", "k/a", "khong ap dung"))
_NOT_REPORTED: Final = frozenset(("chua bao cao", "cbc", "chua co so lieu", "...", "…"))
_DASHES: Final = frozenset(("-", "–", "—", "\u2212"))


@dataclass(frozen=True, slots=True)
class AskReading:
    """A lone dash: it has three readings, and the person says which (design 3.3)."""

    readings: tuple[Value, ...] = (number(0), NOT_APPLICABLE, NOT_REPORTED)


def read_typed(text: str, element: Element) -> Value | AskReading | Sentence:
    """What a person typed into a cell: a value, a question about a lone dash, or why it cannot be taken.

    Vietnamese notation: dots by threes are thousands, a comma is the decimal mark; a point with one or two digits in an
    element with decimals is taken as the decimal mark too.
    """
    key = fold(text)
    if not key or key in _NOT_REPORTED:
        return NOT_REPORTED
    if key in _DASHES:
        return AskReading()
    if key in _NOT_APPLICABLE:
        return NOT_APPLICABLE
    if element.type is ValueType.TEXT:
        return Value(State.TEXT, text=text.strip())
    if element.type is ValueType.YES_NO:
        if key in _YES or key in _NO:
            return YES if key in _YES else NO
        return say("{name} takes yes (x) or no.", name=Label(element.name_vi, element.name_en))
    return _typed_number(text.strip().replace("\u2212", "-"), element)


def _typed_number(text: str, element: Element) -> Value | Sentence:
    label = Label(element.name_vi, element.name_en)
    decimal = _DECIMAL.fullmatch(text)
    if _WHOLE.fullmatch(text):
        plain = text
    elif _THOUSANDS.fullmatch(text):
        plain = re.sub(r"[.\s\u00a0]", "", text)
    elif decimal and element.decimals:
        plain = f"{decimal[1]}.{decimal[2]}"
    elif decimal:
        return say("{name} takes whole numbers; {text} has decimals.", name=label, text=_quoted(text))
    else:
        return _no_number(text, element)
    if "." in plain and len(plain.split(".")[1]) > element.decimals:
        return say("{name} takes at most {count} decimals.", name=label, count=element.decimals)
    try:
        return number(Decimal(plain))
    except (TooFine, TooLarge):
        return say("{text} is too large or too fine to be kept.", text=_quoted(text))


def _no_number(text: str, element: Element) -> Sentence:
    """Why a text is no figure, and the figure that must be meant where letters were typed for digits."""
    meant = with_digits(text)
    read = _typed_number(meant, element) if meant is not None else None
    if isinstance(read, Value) and read.amount is not None and meant is not None:
        return say("“{text}” has a letter among its digits; if {meant} is meant, type it so.", text=text, meant=meant)
    return say("“{text}” is not a number.", text=_quoted(text))


def _quoted(text: str) -> str:
    """What was typed, as a sentence can quote it."""
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"
