"""The shipped register equals the official lists on both sides of the reform."""

import csv
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from desktop.domain.text import fold
from desktop.domain.units import UnitKind
from desktop.exchange.register_file import build_register, read_lists

UNITS = Path(__file__).resolve().parents[2] / "resources" / "units"


@cache
def lists():
    names = ("units-2025-03-01.csv", "units-2026-07-25.csv", "map-2025-07-01.csv")
    return read_lists(*((UNITS / name).read_text("utf-8") for name in names))


@cache
def country():
    return build_register(lists())


@pytest.mark.parametrize(
    ("day", "name"), [("2025-06-30", "units-2025-03-01.csv"), ("2026-07-25", "units-2026-07-25.csv")]
)
def test_every_line_of_an_official_list_stands_on_its_day(day, name):
    register, _ = country()
    on = date.fromisoformat(day)
    with (UNITS / name).open(encoding="utf-8") as file:
        wanted = {(row["code"], row["name"], row["parent_code"]) for row in csv.DictReader(file)}
    standing = {unit.uid: version for unit, version in register.on(on)}
    found = {
        (version.code, version.name, (standing[version.parent].code if version.parent else ""))
        for version in standing.values()
    }
    assert found == wanted


def test_a_province_brings_the_provinces_it_was_joined_with():
    register, parts = build_register(lists(), province="15")
    before, after = date(2025, 6, 30), date(2025, 7, 1)
    assert sorted(v.name for u, v in register.on(before) if u.kind is UnitKind.PROVINCE) == [
        "Tỉnh Lào Cai",
        "Tỉnh Yên Bái",
    ]
    assert [v.name for u, v in register.on(after) if u.kind is UnitKind.PROVINCE] == ["Tỉnh Lào Cai"]
    assert all(part.old in register.units and part.new in register.units for part in parts)


def test_a_commune_that_went_whole_and_alone_under_its_name_is_the_same_unit():
    register, parts = country()
    same = [u for u in register.units.values() if u.kind is UnitKind.COMMUNE and u.began is None and u.ended is None]
    arrivals = Counter(part.new for part in parts)
    assert len(same) > 100
    assert all(unit.uid not in arrivals for unit in same)
    assert all(fold(unit.versions[0].name) == fold(unit.versions[1].name) for unit in same if len(unit.versions) == 2)


def test_dong_nai_became_a_city_with_ten_wards_in_april_2026():
    register, _ = country()
    eve, day = date(2026, 4, 29), date(2026, 4, 30)
    changed = [u for u, v in register.on(eve) if (now := u.on(day)) is not None and now.name != v.name]
    assert Counter(unit.kind for unit in changed) == {UnitKind.COMMUNE: 10, UnitKind.PROVINCE: 1}


def test_uids_are_unique_and_independent_of_the_choice_of_provinces():
    register, _ = country()
    some, _ = build_register(lists(), province="15")
    assert some.units.items() <= register.units.items()
