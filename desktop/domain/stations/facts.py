"""Facts with days: what was said of a place, from which day on, and what holds on a day.

A fact holds from its day until the next one of the same item. An answer that was taken away is a fact too (`value`
not reported), so that it travels. A fact is *confirmed* in a year when it was said, or said again, in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.domain.stations.profile import Item, Profile
from desktop.domain.units import UnitKind
from desktop.domain.values import State, Value


class Way(StrEnum):
    """How a fact came: typed, from a file, or copied from an earlier day."""

    TYPED = "typed"
    IMPORT = "import"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Fact:
    """What was said of an item of a place (uid) from a day on; a choice is its code, a date is ISO."""

    place: str
    item: str
    since: date
    value: Value
    way: Way = Way.TYPED
    note: str | None = None


Standing = Mapping[str, Fact]
"""The facts that hold on a day, by item."""


def on_day(facts: Iterable[Fact], day: date) -> dict[str, Fact]:
    """What holds on a day of one place: the last fact of each item, none where it was taken away."""
    last: dict[str, Fact] = {}
    for fact in facts:
        held = last.get(fact.item)
        if fact.since <= day and (held is None or held.since <= fact.since):
            last[fact.item] = fact
    return {code: fact for code, fact in last.items() if fact.value.state is not State.NOT_REPORTED}


def is_confirmed(fact: Fact, day: date) -> bool:
    """Whether a fact was said, or said again, in the year of a day."""
    return fact.since.year == day.year


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that is answered otherwise on two days; None where nothing was said."""

    item: Item
    before: Value | None
    after: Value | None


def differences(items: Iterable[Item], before: Standing, after: Standing) -> list[Difference]:
    """What changed between two days, in the items' order; a fact only confirmed again is none."""
    found = []
    for item in items:
        held, now = (one.get(item.code) for one in (before, after))
        was, told = held.value if held else None, now.value if now else None
        if was != told:
            found.append(Difference(item, was, told))
    return found


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what is asked is answered, and how much of that was not confirmed in the year."""

    answered: int
    asked: int
    old: int

    @property
    def is_whole(self) -> bool:
        """Whether all is answered and confirmed."""
        return self.answered == self.asked and not self.old

    def __add__(self, other: Completeness) -> Completeness:
        """Of both."""
        return Completeness(self.answered + other.answered, self.asked + other.asked, self.old + other.old)


def applies(item: Item, standing: Standing) -> bool:
    """Whether an item is asked of a place that says these things; what it hangs on is asked first."""
    if item.when is None or item.when[0] not in standing:
        return True
    value = standing[item.when[0]].value
    return item.when[1] in (value.text, value.state.value)


def completeness(items: Iterable[Item], standing: Standing, day: date) -> Completeness:
    """Of the items asked of a place on a day: what does not apply to it is left out, unless it is told."""
    codes = [item.code for item in items if item.code in standing or applies(item, standing)]
    held = [standing[code] for code in codes if code in standing]
    return Completeness(len(held), len(codes), sum(not is_confirmed(fact, day) for fact in held))


def asked_of(profile: Profile, kind: UnitKind) -> list[Item]:
    """Every item asked of a kind of place."""
    return [item for _, items in profile.of(kind) for item in items]
