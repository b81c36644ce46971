"""What is asked about a place of care: groups of items as catalogue data, with the lists an office adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

from desktop.domain.text import fold
from desktop.domain.units import UnitKind

PLACES: Final = (UnitKind.STATION, UnitKind.SATELLITE, UnitKind.POLYCLINIC)
OWN: Final = "mẫu của phần mềm"
"""The source of an item that no regulation we read asks for."""


class Asked(StrEnum):
    """What an answer is."""

    COUNT = "count"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"
    DATE = "date"


class Combine(StrEnum):
    """How a commune's fact follows from its places: what its station says, the sum, or whether any says yes."""

    STATION = "station"
    SUM = "sum"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of an item with a choice."""

    code: str
    name_vi: str
    name_en: str = ""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked. `of`: of which kinds of places; `within`: the item it is a part of.

    `when` (item, answer): it is asked only of places that answer another item so.
    `cadre`: people counted once in the sum of staff. `feeds`: elements of forms it answers. `needed`: of an office's
    list, how many a place ought to have; `listed` names that list.
    """

    code: str
    name_vi: str
    asked: Asked
    name_en: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    of: tuple[UnitKind, ...] = PLACES
    combine: Combine = Combine.STATION
    within: str | None = None
    when: tuple[str, str] | None = None
    cadre: bool = False
    feeds: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    synonyms: tuple[str, ...] = ()
    source: str = OWN
    listed: str | None = None
    needed: Decimal | None = None

    @property
    def decimals(self) -> int:
        """How many decimals an answer may have."""
        return 2 if self.asked is Asked.DECIMAL else 0

    @property
    def is_number(self) -> bool:
        """Whether an answer is a number."""
        return self.asked in (Asked.COUNT, Asked.DECIMAL)

    @property
    def is_year(self) -> bool:
        """Whether the number is a year, which is never grouped."""
        return self.asked is Asked.COUNT and self.unit == "năm"

    def choice(self, code: str | None) -> Choice | None:
        """The answer a code stands for."""
        return next((one for one in self.choices if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Items that belong together; `listed`: an office's list of equipment or drugs is asked here too."""

    code: str
    name_vi: str
    items: tuple[Item, ...]
    name_en: str = ""
    listed: str | None = None


@dataclass(frozen=True)
class Profile:
    """All that is asked, in order."""

    groups: tuple[Group, ...] = ()
    source: str = OWN

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by code."""
        return {item.code: item for group in self.groups for item in group.items}

    @cached_property
    def listed(self) -> Mapping[str, tuple[Item, ...]]:
        """The items of the office's lists, by list."""
        found: dict[str, tuple[Item, ...]] = {}
        for item in self.items.values():
            if item.listed is not None:
                found[item.listed] = (*found.get(item.listed, ()), item)
        return found

    @cached_property
    def counted(self) -> frozenset[str]:
        """The items that follow from a list and are not typed while there is one."""
        counts = {f"{name}_{what}" for name in self.listed for what in ("listed", "present")}
        return frozenset(counts | self.twins.keys())

    @cached_property
    def twins(self) -> Mapping[str, Item]:
        """Items of yes and no (codes) that a line of the office's lists asks too by name: they follow from it."""
        lines = {fold(item.name_vi): item for items in self.listed.values() for item in items}
        asked = [item for item in self.items.values() if item.listed is None and item.asked is Asked.YES_NO]
        named = ((item, fold(name)) for item in asked for name in (item.name_vi, *item.synonyms))
        return {item.code: lines[name] for item, name in named if name in lines}

    def group_of(self, code: str) -> Group | None:
        """The group an item stands in."""
        return next((group for group in self.groups if any(item.code == code for item in group.items)), None)

    def of(self, kind: UnitKind) -> Iterator[tuple[Group, tuple[Item, ...]]]:
        """What is asked of a kind of place, by group; groups without an item for it are left out."""
        for group in self.groups:
            items = tuple(item for item in group.items if kind in item.of)
            if items:
                yield group, items

    def with_lists(self, listed: Mapping[str, tuple[Item, ...]]) -> Profile:
        """The profile with an office's lists in the groups they belong to."""
        if not any(listed.values()):
            return self
        return Profile(
            tuple(replace(group, items=(*group.items, *listed.get(group.listed or "", ()))) for group in self.groups),
            self.source,
        )

    @cached_property
    def words(self) -> Mapping[str, Item]:
        """Items by their codes, names and synonyms, folded: how files name them."""
        found: dict[str, Item] = {}
        for item in self.items.values():
            for name in (item.code, item.name_vi, item.name_en, *item.synonyms):
                if name:
                    found.setdefault(fold(name), self.twins.get(item.code, item))
        return found


def faults(profile: Profile) -> Iterator[tuple[str, str]]:
    """What does not fit in a profile, as (code, what): `twice`, `choices`, `within`, `when`, `bounds`."""
    seen: set[str] = set()
    for group in profile.groups:
        for item in group.items:
            if item.code in seen:
                yield item.code, "twice"
            seen.add(item.code)
            if (item.asked is Asked.CHOICE) != bool(item.choices):
                yield item.code, "choices"
            if item.within is not None and item.within not in profile.items:
                yield item.code, "within"
            if item.when is not None and item.when[0] not in profile.items:
                yield item.code, "when"
            if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
                yield item.code, "bounds"
