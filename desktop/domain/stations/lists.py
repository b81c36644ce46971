"""Lists of equipment and drugs an office adds: counted, not typed twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from desktop.domain.stations import villages
from desktop.domain.stations.facts import Fact
from desktop.domain.stations.profile import Item, Profile
from desktop.domain.values import NO, NOT_APPLICABLE, SCALE, YES, State, Value, number

LISTS: Final = ("equipment", "drugs")
"""The kinds of lists; `X_listed` and `X_present` are the items they answer."""


def with_counts(profile: Profile, standing: Mapping[str, Fact]) -> dict[str, Fact]:
    """What holds of a place, with how many kinds of each list it has: all must be answered before it is said."""
    from_villages = villages.counts(standing)
    if not profile.listed:
        return {**standing, **from_villages}
    whole = {code: fact for code, fact in standing.items() if code not in profile.counted} | from_villages
    for code, line in profile.twins.items():
        if line.code in standing:
            fact = standing[line.code]
            there = YES if is_there(line, fact.value) else NO
            whole[code] = replace(fact, item=code, value=fact.value if fact.value == NOT_APPLICABLE else there)
    for name, asked in profile.listed.items():
        told = [standing[item.code] for item in asked if item.code in standing]
        if len(told) < len(asked):
            continue
        applying = [(item, fact) for item, fact in zip(asked, told, strict=True) if fact.value != NOT_APPLICABLE]
        present = sum(is_there(item, fact.value) for item, fact in applying)
        oldest = min(told, key=lambda fact: fact.since)
        for what, count in (("listed", len(applying)), ("present", present)):
            code = f"{name}_{what}"
            whole[code] = Fact(oldest.place, code, oldest.since, number(count), oldest.way)
    return whole


def is_there(item: Item, value: Value) -> bool:
    """Whether a place has what the list asks: as many as are needed, or any."""
    if value.state is State.YES:
        return True
    if value.amount is None:
        return False
    return value.amount >= (item.needed * SCALE if item.needed is not None else 1)
