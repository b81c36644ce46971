"""Villages are facts of a station with days: listed, answered, counted, imported, confirmed, taken away."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from desktop.application import history, stations
from desktop.application import station_import as desk
from desktop.application import station_profiles as profiles
from desktop.application import station_writing as writing
from desktop.application.station_villages import say_villages
from desktop.domain.units import UnitKind
from desktop.domain.values import number
from desktop.errors import AppError
from tests.application.test_station_profiles import DAY, PAST, held, place, staffed, tell

__all__ = ["place", "staffed"]
LINES = "Thôn\tNhân viên\tĐào tạo\n1\tBản Thái\tx\tx\n2\tBản Nậm\tx\tk\n3\tBản Pú\tkhông\n"


def named(record, place, on=DAY):
    sheet = profiles.sheet(record, uid=place.uid, on=on)
    return {one.item.name_vi: one.fact and one.fact.value.text for one in sheet.lines if ":" in one.item.code}


def test_pasted_villages_are_one_change_and_are_counted(staffed, place):
    tell(staffed, place, PAST, villages="4")
    say_villages(staffed, uid=place.uid, text=LINES, since=DAY)
    assert named(staffed, place) == {"Bản Nậm": "untrained", "Bản Pú": "none", "Bản Thái": "trained"}
    assert held(staffed, place, "villages", PAST) == number(4)
    assert (held(staffed, place, "villages"), held(staffed, place, "villages_with_worker")) == (number(3), number(2))
    with pytest.raises(AppError, match="counted"):
        tell(staffed, place, villages="5")
    writing.say_fact(staffed, uid=place.uid, item="village:ban pu", answer="1", since=DAY)
    assert held(staffed, place, "villages_with_worker") == number(3)
    assert not say_villages(staffed, uid=place.uid, text="Bản Pú; có; có", since=DAY).changed
    commune = profiles.commune_facts(staffed, commune=place.commune.uid, on=DAY)
    assert commune["villages_with_worker"].value == number(3)
    history.undo(staffed, source="window")
    history.undo(staffed, source="window")
    assert named(staffed, place) == {}
    assert held(staffed, place, "villages") == number(4)


def test_a_village_has_days_and_is_taken_away(staffed, place):
    say_villages(staffed, uid=place.uid, text=LINES, since=date(2023, 6, 1))
    tell(staffed, place, **{"village:Bản Thái": "k", "village:Bản Pú": ""})
    assert named(staffed, place, date(2023, 12, 31))["Bản Thái"] == "trained"
    assert (held(staffed, place, "villages"), held(staffed, place, "villages_with_worker")) == (number(2), number(1))
    changed = profiles.changes_between(staffed, uid=place.uid, before=PAST, after=DAY)
    assert [one.item.name_vi for one in changed if ":" in one.item.code] == ["Bản Pú", "Bản Thái"]
    done = writing.copy_facts(staffed, to_day=date(2025, 1, 1), from_day=DAY, places=[place.uid])
    assert done.facts == 2
    before = profiles.summaries(staffed, on=DAY, only=place.uid)[0]
    assert before.completeness == profiles.sheet(staffed, uid=place.uid, on=DAY).completeness


def test_typed_count_and_list_of_one_year_that_differ_are_told(staffed, place):
    tell(staffed, place, villages="4")
    say_villages(staffed, uid=place.uid, text=LINES, since=DAY)
    (summary,) = profiles.summaries(staffed, on=DAY, only=place.uid)
    line = next(one for one in profiles.sheet(staffed, uid=place.uid, on=DAY).lines if one.item.code == "villages")
    assert (summary.doubts, line.counted, line.doubt is not None) == (1, True, True)
    writing.unsay_fact(staffed, uid=place.uid, item="villages", since=DAY)
    assert profiles.summaries(staffed, on=DAY, only=place.uid)[0].doubts == 0


@pytest.mark.parametrize(
    ("text", "code"), [("Bản Thái; chị Hoa", "bad_village"), ("\n \n", "no_villages"), ("; có", "bad_village")]
)
def test_what_is_no_list_is_refused_with_its_line(staffed, place, text, code):
    with pytest.raises(AppError, match=code) as refused:
        say_villages(staffed, uid=place.uid, text=text, since=DAY)
    assert refused.value.advice is not None


def test_points_have_no_villages(staffed, place):
    uid, _ = stations.add_station(
        staffed, name="Điểm A", commune=place.commune.uid, valid_from=None, kind=UnitKind.SATELLITE
    )
    with pytest.raises(AppError, match="not_asked"):
        say_villages(staffed, uid=uid, text=LINES, since=DAY)


def test_a_workbook_of_villages_of_all_stations_is_previewed_and_taken(staffed, place):
    say_villages(staffed, uid=place.uid, text="Bản Thái; không", since=DAY)
    data = (
        "DANH SÁCH THÔN BẢN;;;\nTrạm;Thôn, bản;Nhân viên y tế thôn bản;Được đào tạo\n"
        "Hồ Bốn;bản thái;x;x\n;Bản Nậm;x;\nNậm Có;Bản Lùng;không;\n;Tổng;2;\nXã Lạ;Bản X;x;\nHồ Bốn;Bản Tư;chị Hoa;\n"
    ).encode()
    plan = desk.read_file(staffed, name="thon.csv", data=data, on=DAY)
    assert [(one.answer.item.name_vi, one.answer.value.text, one.fate.value) for one in plan.rows] == [
        ("Bản Thái", "trained", "kept"),
        ("Bản Nậm", "active", "new"),
        ("Bản Lùng", "none", "new"),
    ]
    assert sorted(one.rule for one in plan.findings) == ["stations.answer", "stations.unknown_place"]
    desk.apply_plan(staffed, plan=plan, replace_typed=True)
    assert named(staffed, place) == {"Bản Nậm": "active", "Bản Thái": "trained"}
    assert held(staffed, place, "villages_with_worker") == number(2)


def test_the_template_brings_the_villages_back_and_blanks_take_nothing_away(staffed, place):
    say_villages(staffed, uid=place.uid, text=LINES + "4\tBản Tư\n5\tBản Năm\tx", since=DAY)
    say_villages(staffed, uid=place.uid, text="Bản Thái\nBản Sáu", since=DAY)
    before = named(staffed, place)
    assert (before["Bản Thái"], before["Bản Sáu"]) == ("trained", "unknown")
    data = desk.template_bytes(staffed, on=DAY, made=DAY)
    plan = desk.read_file(staffed, name="a.xlsx", data=data, on=DAY)
    assert {one.fate.value for one in plan.rows} == {"same"}
    assert plan.findings == ()
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book["Thôn, bản"]
    told = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [place.name, "Bản Nậm", "có", "không"] in told
    at = told.index([place.name, "Bản Tư", "", ""]) + 5
    sheet.cell(at, 3).value = "có"
    sheet.cell(told.index([place.name, "Bản Thái", "có", "có"]) + 5, 3).value = None
    sheet.cell(told.index([place.name, "Bản Thái", "có", "có"]) + 5, 4).value = None
    out = BytesIO()
    book.save(out)
    plan = desk.read_file(staffed, name="a.xlsx", data=out.getvalue(), on=DAY)
    desk.apply_plan(staffed, plan=plan, replace_typed=True)
    assert named(staffed, place) == before | {"Bản Tư": "active"}
