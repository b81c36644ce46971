"""Places of care travel with the communes they belong to, and follow the office that told them last."""

from __future__ import annotations

from datetime import date

from desktop.application.history import undo
from desktop.application.stations import add_station, change_station, places_of
from desktop.domain.units import UnitKind
from tests.application.packages.making import COMMUNES, TODAY, exchange

HOME = COMMUNES[0].uid


def seen(pc):
    return [(one.uid, one.kind, one.name) for one in places_of(pc.record, HOME, TODAY)]


def test_a_station_goes_up_without_a_single_figure(pcs, stick):
    station, above = pcs("04001", "137")
    add_station(station.record, name="Trạm Y tế xã Âu Lâu", commune=HOME, valid_from=None)
    assert exchange(station, above, stick).findings == ()
    assert seen(above) == seen(station) != []


def test_what_became_of_it_follows_and_goes_on_to_the_next(pcs, stick):
    station, district, province = pcs("04001", "137", "15")
    uid, _ = add_station(station.record, name="Trạm Y tế xã Âu Lâu", commune=HOME, valid_from=None)
    exchange(station, district, stick)
    change_station(
        station.record, uid=uid, valid_from=date(2026, 1, 1), kind=UnitKind.SATELLITE, name="Điểm trạm Âu Lâu"
    )
    exchange(station, district, stick)
    exchange(district, province, stick)
    assert seen(province) == seen(district) == [(uid, UnitKind.SATELLITE, "Điểm trạm Âu Lâu")]


def test_who_changed_a_name_keeps_it_until_they_change_it_again(pcs, stick):
    station, district = pcs("04001", "137")
    uid, _ = add_station(station.record, name="Trạm A", commune=HOME, valid_from=None)
    exchange(station, district, stick)
    change_station(district.record, uid=uid, valid_from=date(2026, 1, 1), name="Trạm B")
    add_station(station.record, name="Điểm trạm C", commune=HOME, valid_from=None, kind=UnitKind.SATELLITE)
    exchange(station, district, stick)
    assert seen(district)[0] == (uid, UnitKind.STATION, "Trạm B")
    assert [name for _, _, name in seen(district)] == ["Trạm B", "Điểm trạm C"]


def test_what_was_sent_and_then_undone_hinders_no_package(pcs, stick):
    station, district = pcs("04001", "137")
    add_station(station.record, name="Trạm nhầm", commune=HOME, valid_from=None)
    exchange(station, district, stick)
    undo(station.record, source=None)
    add_station(station.record, name="Trạm đúng", commune=HOME, valid_from=None)
    exchange(station, district, stick)
    assert "Trạm đúng" in {name for _, _, name in seen(district)}
