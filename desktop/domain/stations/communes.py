"""A commune's facts from those of its places: what its station says, the sum over all, or whether any says yes.

Nothing is added up silently: while a place that is asked has said nothing, the sum is not told, and says which place
lacks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.domain.stations.answers import amount, chosen, truth
from desktop.domain.stations.facts import Fact, Standing, is_confirmed
from desktop.domain.stations.profile import Combine, Item, Profile
from desktop.domain.stations.zones import Ground, Terrain, Zoned, zone
from desktop.domain.units import UnitKind
from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, YES, State, Value, total
from desktop.wording import Sentence, say

GROUND: Final = frozenset(("distance_km", "terrain", "especially_hard", "hard_to_reach", "shares_polyclinic_site"))
"""The items a commune's zone follows from."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of care on a day with what holds of it."""

    uid: str
    name: str
    kind: UnitKind
    standing: Standing


@dataclass(frozen=True, slots=True)
class Told:
    """A commune's fact. `value` None: it is not known, and `why` says what lacks.

    `since` is the oldest day among the facts it rests on, `old` whether one of them was not confirmed in the year.
    `parts`: the places it was read from, with what each said.
    """

    item: Item
    value: Value | None
    why: Sentence | None = None
    since: date | None = None
    old: bool = False
    parts: tuple[tuple[str, Value], ...] = ()


def told(
    profile: Profile, places: Sequence[Place], day: date, *, only: Collection[str] | None = None
) -> dict[str, Told]:
    """Every item of the profile, or those named (codes), for the commune of these places, by code."""
    asked: dict[tuple[object, bool], tuple[Sequence[Place], Sentence]] = {}
    found = {}
    for code, item in profile.items.items():
        if only is not None and code not in only:
            continue
        kind = (item.of, item.combine is Combine.STATION)
        if kind not in asked:
            asked[kind] = _asked(item, places)
        here, nothing = asked[kind]
        known = [(one, one.standing[code]) for one in here if code in one.standing]
        found[code] = _told(item, here, known, day) if known else Told(item, None, nothing)
    return found


def _asked(item: Item, places: Sequence[Place]) -> tuple[Sequence[Place], Sentence]:
    """The places an item is read from, and what is said where none of them has told it."""
    here = [one for one in places if one.kind in item.of]
    if item.combine is Combine.STATION:
        here = [one for one in here if one.kind is UnitKind.STATION] or here
    if not here:
        return here, say("The commune has no place of care that is asked this.")
    return here, _missing([one.name for one in here])


def _missing(names: Sequence[str]) -> Sentence:
    return say("Not told for {places}.", places=", ".join(names))


def zoned(facts: Mapping[str, Told]) -> Zoned:
    """The commune's zone from its facts."""
    values = {code: one.value for code, one in facts.items()}
    terrain = chosen(values.get("terrain"))
    found = zone(
        Ground(
            distance=amount(values.get("distance_km")),
            terrain=Terrain(terrain) if terrain in set(Terrain) else None,
            is_especially_hard=truth(values.get("especially_hard")),
            is_hard_to_reach=truth(values.get("hard_to_reach")),
            shares_site=truth(values.get("shares_polyclinic_site")),
        )
    )
    if found.zone is None:
        # Told, but not alike by all stations of the commune, or not by all: that is what lacks.
        split = [facts[code] for code in sorted(GROUND) if code in facts and facts[code].parts]
        why = next((one.why for one in split if one.value is None and one.why is not None), None)
        return Zoned(None, why) if why is not None else found
    return found


def _told(item: Item, places: Sequence[Place], known: Sequence[tuple[Place, Fact]], day: date) -> Told:
    missing = [one.name for one in places if item.code not in one.standing]
    value, why = _combined(item, [fact.value for _, fact in known], missing)
    parts = tuple((one.uid, fact.value) for one, fact in known)
    return Told(item, value, why, _since(known), any(not is_confirmed(fact, day) for _, fact in known), parts)


def _since(known: Sequence[tuple[Place, Fact]]) -> date | None:
    return min((fact.since for _, fact in known), default=None)


def _combined(item: Item, values: Sequence[Value], missing: Sequence[str]) -> tuple[Value | None, Sentence | None]:
    if item.combine is Combine.ANY and YES in values:
        return YES, None
    if missing:
        return None, _missing(missing)
    applying = [value for value in values if value != NOT_APPLICABLE]
    if not applying:
        return NOT_APPLICABLE, None
    if item.combine is Combine.SUM:
        return total(applying).value, None
    if item.combine is Combine.ANY:
        return NO, None
    if len(set(applying)) == 1:
        return applying[0], None
    return None, say("The stations of the commune say different things.")


def staff(profile: Profile, standing: Standing) -> tuple[Value, int]:
    """The sum of a place's cadres, and how many cadres were told nothing of."""
    cadres = [item for item in profile.items.values() if item.cadre]
    values = [standing[item.code].value for item in cadres if item.code in standing]
    applying = [value for value in values if value.state is not State.NOT_APPLICABLE]
    return total(applying).value if applying else NOT_REPORTED, len(cadres) - len(values)
