"""What a person types, or a file says, as the answer to an item; and an answer as it is shown."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.domain.stations.profile import Asked, Item
from desktop.domain.text import fold, squeeze
from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, SCALE, YES, State, Value, number
from desktop.wording import Label, Sentence, say

LONGEST: Final = 500
MOST: Final = Decimal(1_000_000)
"""No count of a station is more: people, cards, rooms, square metres."""
_YES: Final = frozenset("co c x yes y true dat du v 1".split())
_NO: Final = frozenset("khong k ko no n false chua 0".split()) | {"khong co", "chua co", "khong dat", "chua dat"}
_NOT_APPLICABLE: Final = frozenset({"kad", "na", "n/a", "khong ap dung", "not_applicable"})
_NOT_REPORTED: Final = frozenset({"", "...", "…", "chua bao cao", "chua ro", "khong ro", "not_reported"})
_DASHES: Final = frozenset({"-", "–", "—"})
_SPACED: Final = re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))")
_MINUS: Final = re.compile(r"-\s*[\d.,]+")
_WHOLE: Final = re.compile(r"\d{1,30}")
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DECIMAL: Final = re.compile(r"(\d{1,15})[.,](\d{1,15})")
_BOTH: Final = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+),(\d{1,15})")
_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")


def read_answer(item: Item, text: str) -> Value | Sentence:
    """The answer a text gives, or why it is none. Empty takes the answer away; a lone dash does not apply here.

    Numbers the Vietnamese way (1.234,5; a point before one or two digits of a decimal counts too); days as 31/12/2025.
    """
    told = squeeze(text)
    key = fold(told)
    if key in _NOT_REPORTED:
        return NOT_REPORTED
    if key in _NOT_APPLICABLE or told in _DASHES:
        return NOT_APPLICABLE
    if item.asked is Asked.YES_NO:
        return _yes_no(item, key)
    if item.asked is Asked.CHOICE:
        return _choice(item, key)
    if item.asked is Asked.DATE:
        return _day(item, told)
    if item.asked is Asked.TEXT:
        if len(told) > LONGEST:
            return say("{item} takes at most {most} letters.", item=label(item), most=LONGEST)
        return Value(State.TEXT, text=told)
    return _number(item, told.replace("\u2212", "-"))


def label(item: Item) -> Label:
    """The item's name in both languages."""
    return Label(item.name_vi, item.name_en or item.name_vi)


def _yes_no(item: Item, key: str) -> Value | Sentence:
    if key in _YES or key in _NO:
        return YES if key in _YES else NO
    return say("{item} takes yes or no.", item=label(item))


def _choice(item: Item, key: str) -> Value | Sentence:
    """By the answer's number, code, name or synonym; by the beginning of one name only."""
    whole = [
        one
        for place, one in enumerate(item.choices, 1)
        if key in {str(place), fold(one.code), fold(one.name_vi), fold(one.name_en), *map(fold, one.synonyms)}
    ]
    begun = [one for one in item.choices if fold(one.name_vi).startswith(key)]
    found = whole or begun
    if len(found) == 1:
        return Value(State.TEXT, text=found[0].code)
    names = "; ".join(f"{place} {one.name_vi}" for place, one in enumerate(item.choices, 1))
    return say("{item} takes one of: {names}.", item=label(item), names=names)


def _day(item: Item, text: str) -> Value | Sentence:
    found = _DAY.fullmatch(text) if text.isascii() else None
    parts = (found[3], found[2], found[1]) if found else None
    if parts is None and text.isascii() and (iso := _ISO.fullmatch(text)):
        parts = (iso[1], iso[2], iso[3])
    try:
        if parts is not None:
            return Value(State.TEXT, text=date(*map(int, parts)).isoformat())
    except ValueError:
        pass
    return say("{item} takes a day, as 31/12/2025.", item=label(item))


def _number(item: Item, text: str) -> Value | Sentence:
    bare = _SPACED.sub("", _without_unit(item, text))
    if _MINUS.fullmatch(bare):
        return say("{item} cannot be negative.", item=label(item))
    whole = bare.isascii() and _plain(bare)
    if not whole:
        return say("“{text}” is not a number.", text=text[:60])
    value = Decimal(whole)
    most = item.maximum if item.maximum is not None else MOST
    if value > most:
        return say("{item} is at most {most}.", item=label(item), most=_limit(item, most))
    if item.minimum is not None and value < item.minimum:
        return say("{item} is at least {least}.", item=label(item), least=_limit(item, item.minimum))
    if -int(value.as_tuple().exponent) > item.decimals:
        if not item.decimals:
            return say("{item} is a whole number.", item=label(item))
        return say("{item} takes at most {count} decimals.", item=label(item), count=item.decimals)
    return number(value)


def _limit(item: Item, limit: Decimal) -> object:
    """A limit as a sentence takes it: years are never grouped."""
    return str(limit) if item.is_year else limit


def _without_unit(item: Item, text: str) -> str:
    """The figure of “5 km”, where the item is asked in km."""
    unit = fold(item.unit)
    bare = fold(text)
    return text[: -len(unit)].rstrip() if unit and bare.endswith(unit) and len(bare) == len(text) else text


def _plain(text: str) -> str:
    """The digits with a point before decimals; empty where it is no number."""
    if _WHOLE.fullmatch(text):
        return text
    if _THOUSANDS.fullmatch(text):
        return text.replace(".", "")
    if both := _BOTH.fullmatch(text):
        return f"{both[1].replace('.', '')}.{both[2].rstrip('0')}".rstrip(".")
    if found := _DECIMAL.fullmatch(text):
        return f"{found[1]}.{found[2].rstrip('0')}".rstrip(".")
    return ""


def amount(value: Value | None) -> Decimal | None:
    """The number of an answer, None where it is none."""
    return None if value is None or value.amount is None else Decimal(value.amount) / SCALE


def chosen(value: Value | None) -> str | None:
    """The code of a choice, or the text."""
    return None if value is None else value.text


def truth(value: Value | None) -> bool | None:
    """Yes or no; None where neither was said."""
    return value.state is State.YES if value is not None and value.state in (State.YES, State.NO) else None


def spoken(item: Item, value: Value) -> object:
    """The answer as a sentence takes it: a number, a day, a label of a choice, words."""
    if value.amount is not None:
        return str(value.amount // SCALE) if item.is_year else Decimal(value.amount) / SCALE
    if value.state in (State.YES, State.NO):
        return say("yes") if value.state is State.YES else say("no")
    if value.state is State.NOT_APPLICABLE:
        return say("not applicable")
    if value.state is State.NOT_REPORTED or value.text is None:
        return say("not told")
    if item.asked is Asked.CHOICE:
        one = item.choice(value.text)
        return Label(one.name_vi, one.name_en or one.name_vi) if one is not None else value.text
    if item.asked is Asked.DATE:
        try:
            return date.fromisoformat(value.text)
        except ValueError:
            return value.text
    return value.text
