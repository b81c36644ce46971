"""Facts of stations and an office's lists travel with the packages, and both sides see the same."""

from __future__ import annotations

import pytest

from desktop.application import station_import as desk
from desktop.application import station_profiles as profiles
from desktop.application import station_writing as writing
from desktop.application.packages.desk import open_conflicts
from desktop.application.stations import add_station
from desktop.domain.values import number
from tests.application.packages.making import COMMUNES, TODAY, exchange

HOME = COMMUNES[0].uid


def told(pc, uid, item="doctors"):
    return [(one.since, one.value, one.note) for one in profiles.history_of(pc.record, uid=uid, item=item)]


def test_a_stations_facts_go_up_and_follow_who_said_them_last(pcs, stick):
    station, district, province = pcs("04001", "137", "15")
    uid, _ = add_station(station.record, name="Trạm Y tế xã Âu Lâu", commune=HOME, valid_from=None)
    say = {"uid": uid, "item": "doctors", "since": TODAY}
    writing.say_fact(station.record, answer="1", note="luân phiên", **say)
    writing.say_fact(station.record, uid=uid, item="distance_km", answer="7,5", since=TODAY)
    writing.say_fact(station.record, uid=uid, item="village:Bản Thái", answer="có", since=TODAY)
    desk.load_list(station.record, kind="drugs", name="a.csv", data="Tên thuốc;Đơn vị\nORS;gói\n".encode())
    assert exchange(station, district, stick).findings == ()
    assert told(district, uid) == told(station, uid) == [(TODAY, number(1), "luân phiên")]
    assert "drugs:ors" in profiles.profile(district.record).items
    commune = profiles.commune_facts(district.record, commune=HOME, on=TODAY)
    assert (commune["villages"].value, commune["villages_with_worker"].value) == (number(1), number(1))
    writing.say_fact(station.record, answer="2", **say)
    exchange(station, district, stick)
    exchange(district, province, stick)
    assert told(province, uid) == told(district, uid) == [(TODAY, number(2), "luân phiên")]
    assert profiles.commune_facts(province.record, commune=HOME, on=TODAY)["doctors"].value == number(2)


def test_what_was_taken_away_is_gone_there_too(pcs, stick):
    station, district = pcs("04001", "137")
    uid, _ = add_station(station.record, name="Trạm Y tế xã Âu Lâu", commune=HOME, valid_from=None)
    writing.say_fact(station.record, uid=uid, item="doctors", answer="1", since=TODAY)
    exchange(station, district, stick)
    writing.unsay_fact(station.record, uid=uid, item="doctors", since=TODAY)
    writing.say_fact(station.record, uid=uid, item="nurses", answer="2", since=TODAY)
    exchange(station, district, stick)
    assert told(district, uid) == []
    assert told(district, uid, "nurses") == [(TODAY, number(2), None)]


@pytest.mark.parametrize("is_district_first", [True, False])
def test_of_a_fact_two_offices_wrote_unseen_the_same_stands_everywhere(pcs, stick, is_district_first):
    station, district, province = pcs("04001", "137", "15")
    station.trust(province)
    province.trust(station)
    uid, _ = add_station(station.record, name="Trạm Y tế xã Âu Lâu", commune=HOME, valid_from=None)
    exchange(station, district, stick)
    exchange(district, province, stick)
    for pc, answer in ((station, "1"), (district, "2")):
        writing.say_fact(pc.record, uid=uid, item="doctors", answer=answer, since=TODAY)
    packages = [district.send(province, stick).file, station.send(province, stick).file]
    for package in packages if is_district_first else reversed(packages):
        province.take(package)
    exchange(station, district, stick)
    exchange(district, station, stick)
    for pc in (station, district, province):
        assert told(pc, uid) == [(TODAY, number(1), None)]  # the word of who serves the place
        assert [(one.stands["amount"], one.other["amount"]) for one in open_conflicts(pc.record)] == [("1", "2")]
