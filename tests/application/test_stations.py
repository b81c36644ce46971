"""Stations, points and polyclinics: linked to communes by date, through the merger, counted as stations are."""

from datetime import date, timedelta

import pytest

from desktop.application import history, offices, units
from desktop.application.office_changing import change_settings
from desktop.application.stations import (
    add_station,
    add_usual_stations,
    change_station,
    close_station,
    join_stations,
    joinings,
    places_of,
    stations,
    stations_of,
    without_station,
)
from desktop.domain.office_change import OfficeChange
from desktop.domain.units import UnitKind
from desktop.errors import AppError

BEFORE = date(2024, 12, 31)
REFORM = date(2025, 7, 1)
EVE = REFORM - timedelta(days=1)
NEW = ("04456", "04462", "04465", "04474", "04489", "04492", "04630")


def commune(record, code, day):
    return next(one for one in offices.communes_of(record, on=day) if one.code == code)


@pytest.fixture
def staffed(district):
    """A district with a station in each commune, that became an area centre."""
    add_usual_stations(district, on=BEFORE)
    change_settings(
        district, valid_from=REFORM, change=OfficeChange("area", "15", "TTYT khu vực", "TTKV", communes=NEW)
    )
    return district


def test_each_commune_without_one_gets_its_usual_station(district):
    assert len(without_station(district, on=BEFORE)) == 14
    add_usual_stations(district, on=BEFORE)
    assert without_station(district, on=BEFORE) == []
    found = stations(district, on=BEFORE)
    assert [one.name for one in found[:2]] == ["Trạm Y tế thị trấn Mù Căng Chải", "Trạm Y tế xã Hồ Bốn"]
    assert not add_usual_stations(district, on=BEFORE).changed


def test_stations_are_counted_and_points_and_polyclinics_are_not(district):
    home = commune(district, "04456", BEFORE)
    add_usual_stations(district, on=BEFORE, communes=[home.uid])
    add_station(district, name="Điểm trạm  Thái", commune=home.uid, valid_from=None, kind=UnitKind.SATELLITE)
    add_station(
        district, name="Phòng khám đa khoa khu vực", commune=home.uid, valid_from=None, kind=UnitKind.POLYCLINIC
    )
    assert [one.name for one in stations_of(district, home.uid, BEFORE)] == ["Trạm Y tế thị trấn Mù Căng Chải"]
    assert {one.name for one in places_of(district, home.uid, BEFORE)} >= {
        "Điểm trạm Thái",
        "Phòng khám đa khoa khu vực",
    }


def test_the_list_of_units_shows_them_under_their_commune(district):
    home = commune(district, "04456", BEFORE)
    add_usual_stations(district, on=BEFORE, communes=[home.uid])
    (row,) = units.units_on(district, day=BEFORE, under="04456")
    assert (row.kind, row.name, row.parent, row.code) == (
        "station",
        "Trạm Y tế thị trấn Mù Căng Chải",
        "04456",
        None,
    )
    assert row.uid in {one.uid for one in units.units_on(district, day=BEFORE, under="137")}


def test_old_stations_follow_their_commune_before_anybody_joined_them(staffed):
    town = commune(staffed, "04456", REFORM)
    assert len(stations_of(staffed, town.uid, REFORM)) == 4
    assert all(one.is_left_behind for one in stations_of(staffed, town.uid, REFORM))
    listed = units.units_on(staffed, day=REFORM, under="04456")
    assert {(row.kind, row.parent) for row in listed} == {("station", "04456")}
    assert [one.commune.code for one in joinings(staffed, on=REFORM)] == ["04456", "04465", "04492", "04630"]


def test_after_the_merger_old_stations_are_points_of_the_new_one_with_their_names(staffed):
    day = date(2026, 1, 1)
    chosen = [(one.commune.uid, one.name) for one in joinings(staffed, on=day)]
    join_stations(staffed, on=day, chosen=chosen)
    assert joinings(staffed, on=day) == []
    town = commune(staffed, "04456", day)
    assert [one.name for one in stations_of(staffed, town.uid, day)] == ["Trạm Y tế xã Mù Cang Chải"]
    points = [one.name for one in places_of(staffed, town.uid, day) if one.kind is UnitKind.SATELLITE]
    assert len(points) == 4
    assert "Trạm Y tế thị trấn Mù Căng Chải" in points
    assert len([one for one in stations(staffed, on=day) if one.kind is UnitKind.STATION]) == 7
    assert len([one for one in stations(staffed, on=BEFORE) if one.kind is UnitKind.STATION]) == 14
    under = units.units_on(staffed, day=day, under="04456")
    assert sorted(row.kind for row in under) == ["satellite_point"] * 4 + ["station"]


def test_joining_is_one_change_and_is_taken_back(staffed):
    before = stations(staffed, on=REFORM)
    join_stations(staffed, on=REFORM, chosen=[(one.commune.uid, one.name) for one in joinings(staffed, on=REFORM)])
    history.undo(staffed, source=None)
    assert stations(staffed, on=REFORM) == before
    history.redo(staffed, source=None)
    assert joinings(staffed, on=REFORM) == []


def test_a_station_is_renamed_moved_and_closed_by_date(district):
    home, other = commune(district, "04456", BEFORE), commune(district, "04459", BEFORE)
    uid, _ = add_station(district, name="Trạm A", commune=home.uid, valid_from=date(2020, 1, 1), facility_code="15101")
    change_station(district, uid=uid, valid_from=date(2022, 1, 1), name="Trạm B")
    change_station(district, uid=uid, valid_from=date(2023, 1, 1), commune=other.uid, facility_code="15102")
    change_station(district, uid=uid, valid_from=date(2021, 1, 1), name="Trạm A2")
    close_station(district, uid=uid, last=date(2024, 5, 31))

    def seen(day):
        found = [one for one in stations(district, on=day) if one.uid == uid]
        return [(one.name, one.commune.code, one.facility_code) for one in found]

    assert seen(date(2019, 12, 31)) == []
    assert seen(date(2020, 6, 1)) == [("Trạm A", "04456", "15101")]
    assert seen(date(2021, 6, 1)) == [("Trạm A2", "04456", "15101")]
    assert seen(date(2022, 6, 1)) == [("Trạm B", "04456", "15101")]
    assert seen(date(2024, 5, 31)) == [("Trạm B", "04459", "15102")]
    assert seen(date(2024, 6, 1)) == []


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"name": "  "}, "name_needed"),
        ({"commune": "nobody"}, "unknown_unit"),
        ({"valid_from": date(2025, 8, 1)}, "not_then"),
        ({"kind": UnitKind.HOSPITAL}, "bad_kind"),
    ],
)
def test_what_cannot_be_is_refused(district, told, code):
    home = commune(district, "04459", BEFORE)
    with pytest.raises(AppError) as refused:
        add_station(district, **({"name": "Trạm", "commune": home.uid, "valid_from": None} | told))
    assert refused.value.code == code
    assert stations(district, on=BEFORE) == []
