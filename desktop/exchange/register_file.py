"""The shipped register: official lists before and after 1 July 2025 and the map between them, as dated units.

Source and licence of the lists: `resources/units/README.md`. A commune of 2025-07-01 whose only part is one whole old
commune of the same code and folded name *is* that commune; every other one is new (`contract/record.md` 6).
Where list and map give different codes for one name in one province, the list of 2026 is taken.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from desktop.domain.text import fold
from desktop.domain.units import REFORM, Part, Register, Unit, UnitKind, UnitVersion, shipped_uid

VERSION: Final = "2026-07-25"
LAST_OLD_DAY: Final = REFORM - timedelta(days=1)
DONG_NAI_CITY: Final = date(2026, 4, 30)
_KINDS: Final = {"1": UnitKind.PROVINCE, "2": UnitKind.DISTRICT, "3": UnitKind.COMMUNE}
_WARD: Final = "phuong "


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an official list."""

    code: str
    name: str
    parent: str
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the map: an old commune (or an island district) into a new commune."""

    old: str
    old_province: str
    new: str
    new_name: str
    new_province: str
    whole: bool
    second: str


@dataclass(frozen=True, slots=True)
class Lists:
    """The three files, read."""

    old: dict[str, Row]
    new: dict[str, Row]
    moves: tuple[Move, ...]

    def provinces_with(self, code: str) -> tuple[set[str], set[str]]:
        """Old and new province codes tied by the reform to a province code of either side."""
        old, new = {code} & self.old.keys(), {code} & self.new.keys()
        while True:
            wider_new = new | {move.new_province for move in self.moves if move.old_province in old}
            wider_old = old | {move.old_province for move in self.moves if move.new_province in wider_new}
            if (wider_old, wider_new) == (old, new):
                return old, new
            old, new = wider_old, wider_new


def read_lists(old: str, new: str, moves: str) -> Lists:
    """Read the texts of the two lists and the map."""
    after = _rows(new)
    by_name = {(row.parent, fold(row.name)): row.code for row in after.values()}
    return Lists(_rows(old), after, tuple(_moves(moves, after, by_name)))


def _rows(text: str) -> dict[str, Row]:
    return {
        line["code"]: Row(line["code"], line["name"], line["parent_code"], _KINDS[line["level"]])
        for line in csv.DictReader(io.StringIO(text))
    }


def _moves(text: str, after: dict[str, Row], by_name: dict[tuple[str, str], str]) -> list[Move]:
    found = []
    for line in csv.DictReader(io.StringIO(text)):
        code = line["new_code"]
        if code not in after:
            code = by_name[line["new_province_code"], fold(line["new_name"])]
        old = line["old_code"] or line["old_district_code"]
        whole, second = line["extent"] == "whole", line["second_source"]
        name, province = line["new_name"], line["new_province_code"]
        found.append(Move(old, line["old_province_code"], code, name, province, whole, second))
    return found


def build_register(lists: Lists, *, province: str | None = None) -> tuple[Register, list[Part]]:
    """Dated units of the provinces tied to one province code (None: the whole country) and the parts of the reform."""
    old_provinces, new_provinces = lists.provinces_with(province) if province else (set(lists.old), set(lists.new))
    moves = [move for move in lists.moves if move.new_province in new_provinces]
    same = _continuing(lists, moves)
    old_uids = {code: shipped_uid(row.kind, code, None) for code, row in lists.old.items()}
    new_uids = {
        code: old_uids[code] if code in same else shipped_uid(row.kind, code, REFORM) for code, row in lists.new.items()
    }
    units = [
        Unit(old_uids[code], row.kind, (_old_version(row, old_uids), *_later(lists, row, same, moves, new_uids)))
        for code, row in lists.old.items()
        if _old_province(lists, row) in old_provinces
    ]
    units += [
        Unit(new_uids[code], row.kind, tuple(_new_versions(row, moves, new_uids)))
        for code, row in lists.new.items()
        if code not in same and (row.parent or code) in new_provinces
    ]
    parts = [
        Part(old_uids[move.old], new_uids[move.new], move.whole, move.second) for move in moves if move.new not in same
    ]
    return Register.of(units), parts


def _continuing(lists: Lists, moves: list[Move]) -> set[str]:
    """Codes of new units that are the old unit of that code under the same name."""
    parts: dict[str, list[Move]] = defaultdict(list)
    provinces: dict[str, set[str]] = defaultdict(set)
    for move in moves:
        parts[move.new].append(move)
        provinces[move.new_province].add(move.old_province)
    same = {
        code
        for code, into in parts.items()
        if len(into) == 1 and into[0].whole and into[0].old == code and _alike(lists, code)
    }
    return same | {code for code, old in provinces.items() if old == {code} and _alike(lists, code)}


def _alike(lists: Lists, code: str) -> bool:
    before, after = lists.old[code], lists.new[code]
    ward_since = fold(before.name).split(" ", 1)[1:] == fold(after.name).split(" ", 1)[1:] and _made_ward(after)
    return before.kind is after.kind and (fold(before.name) == fold(after.name) or ward_since)


def _made_ward(row: Row) -> bool:
    return row.parent == "75" and fold(row.name).startswith(_WARD)


def _old_province(lists: Lists, row: Row) -> str:
    while row.parent:
        row = lists.old[row.parent]
    return row.code


def _old_version(row: Row, uids: dict[str, str]) -> UnitVersion:
    return UnitVersion(None, LAST_OLD_DAY, row.code, row.name, uids.get(row.parent))


def _later(lists: Lists, row: Row, same: set[str], moves: list[Move], uids: dict[str, str]) -> tuple[UnitVersion, ...]:
    return tuple(_new_versions(lists.new[row.code], moves, uids)) if row.code in same else ()


def _new_versions(row: Row, moves: list[Move], uids: dict[str, str]) -> list[UnitVersion]:
    """Versions from the reform on; what Đồng Nai changed on 2026-04-30 stands in the list of July 2026 already."""
    parent = uids.get(row.parent)
    before = _name_before_city(row, moves)
    if before is None:
        return [UnitVersion(REFORM, None, row.code, row.name, parent)]
    eve = DONG_NAI_CITY - timedelta(days=1)
    return [
        UnitVersion(REFORM, eve, row.code, before, parent),
        UnitVersion(DONG_NAI_CITY, None, row.code, row.name, parent),
    ]


def _name_before_city(row: Row, moves: list[Move]) -> str | None:
    if row.kind is UnitKind.PROVINCE:
        return row.name.replace("Thành phố", "Tỉnh") if row.code == "75" else None
    if not _made_ward(row):
        return None
    named = next((move.new_name for move in moves if move.new == row.code), row.name)
    return named if fold(named) != fold(row.name) else None
