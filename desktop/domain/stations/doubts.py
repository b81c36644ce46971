"""Answers of a place that do not fit each other, or the day they are said of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.domain.stations import villages
from desktop.domain.stations.answers import amount, label, spoken
from desktop.domain.stations.facts import Standing, is_confirmed
from desktop.domain.stations.profile import Item, Profile
from desktop.domain.values import Value
from desktop.wording import Sentence, say

BUILT: Final = "built_year"
REPAIRED: Final = "repaired_year"
CONTRACT_UNTIL: Final = "insurance_until"


@dataclass(frozen=True, slots=True)
class Doubt:
    """An answer of a place that does not fit, and why; `whole`: the item it is more than, where it is a part."""

    item: Item
    why: Sentence
    whole: Item | None = None


def doubts(profile: Profile, standing: Standing, day: date) -> Iterator[Doubt]:
    """What does not fit on a day, one doubt an item: parts above their whole, years to come, a contract that ended."""
    for code, item in profile.items.items():
        fact = standing.get(code)
        found = _doubt(profile, item, fact.value, standing, day) if fact is not None else None
        if found is not None:
            yield found


def _doubt(profile: Profile, item: Item, value: Value, standing: Standing, day: date) -> Doubt | None:
    figure = amount(value)
    if item.within is not None and item.within in standing:
        whole, held = profile.items[item.within], amount(standing[item.within].value)
        if figure is not None and held is not None and figure > held:
            return Doubt(item, _more(item, figure, whole, held), whole)
    if item.is_year and figure is not None and figure > day.year:
        year = str(figure)
        return Doubt(item, say("{item}: {year} has not come yet on {day}.", item=label(item), year=year, day=day))
    if item.code == REPAIRED and BUILT in standing and figure is not None:
        built = amount(standing[BUILT].value)
        if built is not None and figure < built:
            told = say(
                "Repaired in {repaired}, before it was built in {built}.", repaired=str(figure), built=str(built)
            )
            return Doubt(item, told)
    if item.code == CONTRACT_UNTIL and value.text is not None and value.text < day.isoformat():
        ended = spoken(item, value)
        return Doubt(item, say("The insurance contract ended on {ended}, before {day}.", ended=ended, day=day))
    return None


def beside_list(profile: Profile, said: Standing, counted: Standing, day: date) -> Iterator[Doubt]:
    """Counts of villages typed in the year of a day that are not what the list of villages has."""
    for code in villages.COUNTS:
        typed, held = said.get(code), counted.get(code)
        if typed is None or held is None or typed.value == held.value or not is_confirmed(typed, day):
            continue
        item = profile.items[code]
        why = say(
            "{item}: {typed} was typed, the list of villages has {count}.",
            item=label(item),
            typed=spoken(item, typed.value),
            count=spoken(item, held.value),
        )
        yield Doubt(item, why)


def _more(item: Item, figure: object, whole: Item, held: object) -> Sentence:
    return say(
        "{part} is {value}, more than {whole} ({whole_value}).",
        part=label(item),
        value=figure,
        whole=label(whole),
        whole_value=held,
    )
