"""What the shipped map of 1 July 2025 says without any doubt of the units of one record.

The whole map and both lists take most of a second to read; a window that opens needs the rows of its own provinces
only, so they are read here line by line. `shipped.register` says the same of the whole country (the tests compare).
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from datetime import timedelta
from functools import cache
from typing import Final, NamedTuple

from desktop.domain.acts import DatedPart
from desktop.domain.text import fold
from desktop.domain.units import REFORM, Register
from desktop.system.paths import resource

SHIPPED_ACT: Final = "shipped map"
_EVE: Final = REFORM - timedelta(days=1)


class _Line(NamedTuple):
    old: str
    new: str
    new_name: str
    sure: bool


@cache
def _lines() -> tuple[_Line, ...]:
    text = resource("units", "map-2025-07-01.csv").read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines())
    at = {name: place for place, name in enumerate(next(rows))}
    old, district, new, name = at["old_code"], at["old_district_code"], at["new_code"], at["new_name"]
    extent, second = at["extent"], at["second_source"]
    return tuple(
        _Line(row[old] or row[district], row[new], row[name], row[extent] == "whole" and row[second] == "agrees")
        for row in rows
    )


def sure_parts(register: Register, spoken: Collection[str]) -> Iterator[DatedPart]:
    """Parts of new units of the register all of whose rows are whole and agree with the second list.

    Units of which acts of the record speak (`spoken`, uids) are left out with all they were made of.
    """
    olds = {version.code: unit.uid for unit, version in register.on(_EVE) if version.code}
    standing = {version.code: (unit.uid, version.name) for unit, version in register.on(REFORM) if version.code}
    found: dict[str, list[DatedPart]] = {}
    doubtful: set[str] = set()
    for line in _lines():
        old, told = olds.get(line.old), standing.get(line.new)
        if told is None:
            continue
        new, name = told
        if old is None or not line.sure or fold(name) != fold(line.new_name) or old in spoken or new in spoken:
            doubtful.add(new)
        elif old != new:
            found.setdefault(new, []).append(DatedPart(SHIPPED_ACT, REFORM, old, new, whole=True))
    for new, parts in found.items():
        if new not in doubtful:
            yield from parts
