"""A district record goes through the reform as one office: one change, both sides right, and a way back."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.application import history, keys, offices, records, values
from desktop.application.office_changing import change_settings, planned, proposals, take_back
from desktop.application.office_settings import dated_settings
from desktop.domain.letterheads import Signer
from desktop.domain.office_change import OfficeChange
from desktop.domain.periods import Period
from desktop.errors import AppError

REFORM = date(2025, 7, 1)
EVE = date(2025, 6, 30)
NOW = date(2026, 3, 1)
TYPED = "communes_meeting_criteria"
NAME = "Trung tâm Y tế khu vực Mù Cang Chải"
NEW = ("04456", "04462", "04465", "04474", "04489", "04492", "04630")
AREA = OfficeChange("area", "15", NAME, "TTKV-MCC", communes=NEW)


def codes(record, day):
    return [commune.code for commune in offices.communes_of(record, on=day)]


def test_the_map_proposes_the_communes_and_says_what_comes_from_outside(district):
    found = proposals(district, on=REFORM)
    assert [one.code for one in found] == list(NEW)
    tu_le = next(one for one in found if one.name == "Xã Tú Lệ")
    assert [piece.name for piece in tu_le.outside] == ["Xã Tú Lệ"]
    assert [piece.name for piece in tu_le.pieces if piece.is_ours] == ["Xã Cao Phạ"]
    assert next(one for one in found if one.name == "Xã Nậm Có").pieces == ()


def test_a_district_becomes_an_area_office_with_all_its_past(filled):
    before, communes = offices.office(filled, on=EVE), codes(filled, EVE)
    key = keys.own_key(filled, on=EVE)
    done = change_settings(filled, valid_from=REFORM, change=AREA)
    assert done.findings == ()
    after = offices.office(filled, on=REFORM)
    assert (after.uid, after.name, after.level, after.code, after.unit) == (
        before.uid,
        NAME,
        "area",
        "TTKV-MCC",
        "TTKV-MCC",
    )
    assert offices.office(filled, on=EVE) == before
    assert (codes(filled, EVE), codes(filled, REFORM)) == (communes, list(NEW))
    assert keys.own_key(filled, on=NOW).fingerprint == key.fingerprint
    assert keys.own_key(filled, on=NOW).name == NAME


@pytest.mark.parametrize("day", [date.min, date(1800, 1, 1), date(1945, 9, 1), date(2100, 1, 2), date.max])
def test_no_office_is_changed_on_a_day_nobody_can_know(district, day):
    done = change_settings(district, valid_from=day, change=OfficeChange(name="X"))
    assert ([one.rule for one in done.findings], done.changes.changed) == (["bad_day"], False)
    assert done.findings[0].advice is not None


def test_an_office_that_stays_where_its_unit_ended_keeps_the_superior_it_had(district):
    before = offices.office(district, on=EVE).letterhead
    after = change_settings(district, valid_from=REFORM, change=OfficeChange(name="X")).office.letterhead
    assert (after.parent_line, after.addressees) == (before.parent_line, before.addressees)


def test_figures_of_both_sides_lie_on_the_communes_of_their_day(filled):
    year = Period.parse("2024")
    before = values.value_rows(filled, period=year, element="population")
    change_settings(filled, valid_from=REFORM, change=AREA)
    assert values.value_rows(filled, period=year, element="population") == before
    later = Period.parse("2025NineMonths")
    values.set_value(filled, unit="04630", period=later, element="population", text="7291")
    assert [row.unit for row in values.value_rows(filled, period=later, element="population")] == ["04630"]
    total = values.value_rows(filled, period=later, unit="TTKV-MCC", element="population")[0]
    assert (total.reported, total.expected) == (1, 7)
    with pytest.raises(AppError) as refused:
        values.set_value(filled, unit="04459", period=later, element="population", text="1")
    assert refused.value.code == "unit_ended"


def test_papers_of_old_periods_keep_the_old_lines(district):
    change_settings(district, valid_from=REFORM, change=AREA)
    old, new = offices.office(district, on=EVE), offices.office(district, on=REFORM)
    assert (old.letterhead.parent_line, new.letterhead.parent_line) == ("SỞ Y TẾ TỈNH YÊN BÁI", "SỞ Y TẾ TỈNH LÀO CAI")
    assert (old.letterhead.addressees, new.letterhead.addressees) == (
        ("Sở Y tế tỉnh Yên Bái",),
        ("Sở Y tế tỉnh Lào Cai",),
    )
    assert new.letterhead.place == "Mù Cang Chải"


def test_what_a_person_wrote_on_the_papers_is_not_proposed_anew(district):
    change_settings(district, valid_from=date(2024, 1, 1), change=OfficeChange(letterhead={"place": "Bản Thái"}))
    change_settings(district, valid_from=REFORM, change=AREA)
    assert offices.office(district, on=REFORM).letterhead.place == "Bản Thái"


def test_it_is_one_change_that_is_undone_and_done_again(district):
    before = dated_settings(district)
    change_settings(district, valid_from=REFORM, change=AREA)
    after = dated_settings(district)
    assert len(after) == 2
    assert history.history(district)[0].what.msgid == "Change the office's settings from {day}"
    history.undo(district, source=None)
    assert dated_settings(district) == before
    assert not [u for u in _units(district) if u.kind == "area"]
    history.redo(district, source=None)
    assert dated_settings(district) == after


def _units(record):
    from db.tables import units

    return list(units.register(record).units.values())


def test_it_is_not_undone_under_figures_typed_for_the_new_office(district):
    change_settings(district, valid_from=REFORM, change=AREA)
    values.set_value(district, unit="TTKV-MCC", period=Period.parse("2025"), element=TYPED, text="12")
    take_back(district, valid_from=REFORM)
    assert [u.kind for u in _units(district) if u.kind == "area"] == ["area"]
    assert offices.office(district, on=NOW).level == "district"


def test_what_another_typed_since_stands_in_the_way_of_undo(district):
    change_settings(district, valid_from=REFORM, change=AREA)
    me, district.actor = district.actor, "người khác"
    values.set_value(district, unit="TTKV-MCC", period=Period.parse("2025"), element=TYPED, text="12")
    district.actor = me
    with pytest.raises(AppError) as refused:
        history.undo(district, source=None)
    assert refused.value.code == "in_use"
    assert offices.office(district, on=NOW).level == "area"


def test_taking_back_a_day_leaves_later_days(district):
    before = dated_settings(district)
    change_settings(district, valid_from=REFORM, change=AREA)
    change_settings(district, valid_from=date(2026, 1, 1), change=OfficeChange(letterhead={"place": "Tú Lệ"}))
    take_back(district, valid_from=date(2026, 1, 1))
    take_back(district, valid_from=REFORM)
    assert dated_settings(district) == before
    with pytest.raises(AppError) as refused:
        take_back(district, valid_from=REFORM)
    assert refused.value.code == "nothing_to_undo"


@pytest.mark.parametrize(
    ("change", "rule", "advice"),
    [
        (OfficeChange("area", "15", NAME), "area_needs", "04630 Xã Tú Lệ"),
        (OfficeChange("area", "137", NAME, communes=NEW), "unknown_unit", "its province"),
        (OfficeChange("area", "15", NAME, communes=("04459",)), "unknown_unit", "Xã Khao Mang (04465)"),
        (OfficeChange("area", "15", NAME, communes=("00000",)), "unknown_unit", "units list"),
        (OfficeChange("area", "15", NAME, code="04465", communes=NEW), "code_taken", "code of its own"),
        (OfficeChange("district", communes=NEW), "no_seat", "units list"),
        (OfficeChange("district", "137", communes=NEW), "unknown_unit", "until 2025-06-30"),
        (OfficeChange("commune"), "no_seat", "units list"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_cannot_be_is_refused_whole_with_advice(district, change, rule, advice):
    before = dated_settings(district)
    done = change_settings(district, valid_from=REFORM, change=change)
    assert rule in {finding.rule for finding in done.findings}
    assert any(advice in str(finding.advice) for finding in done.findings if finding.rule == rule)
    assert not done.changes.changed
    assert dated_settings(district) == before


def test_the_province_is_found_where_it_is_not_told(district):
    done = change_settings(district, valid_from=REFORM, change=OfficeChange("area", name=NAME, communes=NEW))
    assert done.office.letterhead.addressees == ("Sở Y tế tỉnh Lào Cai",)
    assert done.office.code == "KV04456"
    assert len(done.notes) == 2


def test_the_same_change_again_writes_nothing(district):
    change_settings(district, valid_from=REFORM, change=AREA)
    assert not change_settings(district, valid_from=REFORM, change=AREA).changes.changed


def test_an_area_centre_is_renamed_and_keeps_its_unit(district):
    change_settings(district, valid_from=REFORM, change=AREA)
    seat = offices.office(district, on=REFORM).unit_uid
    change_settings(district, valid_from=NOW, change=OfficeChange(name="Trung tâm Y tế khu vực số 3", code="KV3"))
    now, before = offices.office(district, on=NOW), offices.office(district, on=NOW - timedelta(days=1))
    assert (now.unit_uid, now.unit, now.unit_name) == (seat, "KV3", "Trung tâm Y tế khu vực số 3")
    assert (before.unit_uid, before.unit, before.unit_name) == (seat, "TTKV-MCC", NAME)


def test_a_mistake_is_mended_on_its_own_day(district):
    change_settings(district, valid_from=REFORM, change=OfficeChange("area", "15", "Sai tên", "SAI", communes=NEW[:3]))
    done = change_settings(district, valid_from=REFORM, change=AREA)
    assert (done.office.name, done.office.unit, codes(district, REFORM)) == (NAME, "TTKV-MCC", list(NEW))
    assert len(dated_settings(district)) == 2
    assert len([u for u in _units(district) if u.kind == "area"]) == 1


def test_a_setting_changed_in_between_goes_on_until_it_was_changed_again(district):
    later = date(2026, 1, 1)
    change_settings(district, valid_from=later, change=OfficeChange(letterhead={"symbol": "TTYTKV"}))
    change_settings(
        district, valid_from=date(2024, 1, 1), change=OfficeChange(letterhead={"symbol": "A", "place": "B"})
    )
    head = offices.office(district, on=later).letterhead
    assert (head.symbol, head.place) == ("TTYTKV", "B")


def test_a_new_head_signs_from_the_day_and_papers_about_the_past_of_the_same_office(district):
    told = (Signer("GIÁM ĐỐC", "Cũ"), Signer("GIÁM ĐỐC", "Mới", valid_from="2025-01-10"))
    change_settings(district, valid_from=date(2024, 1, 1), change=OfficeChange(letterhead={"signers": told}))
    end = date(2024, 12, 31)
    assert offices.office(district, on=end).letterhead.signer_name == "Cũ"
    assert offices.office(district, on=end, signed=date(2025, 1, 14)).letterhead.signer_name == "Mới"
    change_settings(district, valid_from=REFORM, change=AREA)
    change_settings(
        district, valid_from=date(2026, 1, 1), change=OfficeChange(letterhead={"signers": (Signer("GIÁM ĐỐC", "Sau"),)})
    )
    assert offices.office(district, on=end, signed=NOW).letterhead.signer_name == "Mới"
    assert offices.office(district, on=NOW, signed=NOW).letterhead.signer_name == "Sau"


def test_a_signer_told_alone_joins_the_list_from_the_day(district):
    told = (Signer("GIÁM ĐỐC", "Cũ"),)
    change_settings(district, valid_from=date(2024, 1, 1), change=OfficeChange(letterhead={"signers": told}))
    change_settings(district, valid_from=NOW, change=OfficeChange(letterhead={"signer_name": "Mới"}))
    assert offices.office(district, on=NOW).letterhead.signer_name == "Mới"
    assert offices.office(district, on=NOW - timedelta(days=1)).letterhead.signer_name == "Cũ"


# ---- a commune and a province


def made(tmp_path, **told):
    path = tmp_path / "sổ.sotramdb"
    offices.create_office(path, actor="thống kê", **told)
    return records.open_record(path, actor="thống kê")


def test_a_station_follows_its_commune_into_the_new_one(tmp_path):
    with made(tmp_path, level="commune", unit="04459", today=date(2025, 1, 14)) as record:
        assert codes(record, EVE) == ["04459"]
        done = change_settings(record, valid_from=REFORM, change=OfficeChange("commune"))
        assert done.findings == ()
        assert (done.office.name, done.office.code) == ("Trạm Y tế xã Khao Mang", "04465")
        assert codes(record, REFORM) == ["04465"]
        assert done.office.letterhead.addressees == ("Sở Y tế tỉnh Lào Cai",)
        later = change_settings(record, valid_from=date(2026, 1, 1), change=OfficeChange("commune"))
        assert later.office.letterhead.parent_line == "ỦY BAN NHÂN DÂN XÃ KHAO MANG"
        assert later.office.letterhead.signer_post == "GIÁM ĐỐC"


def test_an_island_district_became_a_commune_itself(tmp_path):
    with made(tmp_path, level="district", unit="536", today=date(2025, 1, 14)) as record:
        assert codes(record, EVE) == []
        (found,) = proposals(record, on=REFORM)
        assert (found.name, [piece.name for piece in found.pieces]) == ("Đặc khu Lý Sơn", ["Huyện Lý Sơn"])
        done = change_settings(
            record, valid_from=REFORM, change=OfficeChange("area", name=NAME, communes=(found.code,))
        )
        assert (done.findings, codes(record, REFORM)) == ((), [found.code])


def test_a_province_goes_into_another(tmp_path):
    with made(tmp_path, level="province", unit="02", today=date(2025, 1, 14)) as record:
        assert offices.office(record, on=EVE).unit_name == "Tỉnh Hà Giang"
        done = change_settings(record, valid_from=REFORM, change=OfficeChange("province"))
        assert (done.office.name, done.office.unit) == ("Sở Y tế tỉnh Tuyên Quang", "08")
        assert len(codes(record, REFORM)) == 124
        assert len(codes(record, EVE)) == 193
        assert done.office.letterhead.parent_line == "ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG"


def test_a_centre_for_disease_control_stands_under_the_health_department(tmp_path):
    name = "Trung tâm Kiểm soát bệnh tật tỉnh Lào Cai"
    with made(tmp_path, level="province", unit="15", name=name, today=NOW) as record:
        assert offices.office(record, on=NOW).code == "CDC15"
        head = offices.office(record, on=NOW).letterhead
        assert (head.parent_line, head.symbol, head.addressees) == (
            "SỞ Y TẾ TỈNH LÀO CAI",
            "TTKSBT",
            ("Sở Y tế tỉnh Lào Cai",),
        )


# ---- any sequence of changes

DAYS = [date(2024, 1, 1), REFORM, date(2025, 10, 1), NOW]
lists = st.lists(st.sampled_from(NEW), min_size=1, max_size=7, unique=True).map(tuple)
steps = st.lists(st.tuples(st.sampled_from(DAYS[1:]), lists, st.sampled_from(["A", "B", "C"])), min_size=1, max_size=4)


def told_from(known, day, value):
    """A value told from a day holds until the day on which it changed before; days in order."""
    days = sorted(known)
    changes = [later for earlier, later in itertools.pairwise(days) if later > day and known[earlier] != known[later]]
    return known | {each: value for each in days if each >= day and (not changes or each < changes[0])}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_what_is_told_from_a_day_holds_until_it_was_changed_and_undo_brings_everything_back(district, given_steps):
    before = dated_settings(district)
    change_settings(district, valid_from=REFORM, change=AREA)
    lists, symbols = dict.fromkeys(DAYS[1:], NEW), dict.fromkeys(DAYS[1:], "TTYT")
    try:
        for day, communes, symbol in given_steps:
            told = OfficeChange(communes=communes, letterhead={"symbol": symbol})
            change_settings(district, valid_from=day, change=told)
            lists, symbols = told_from(lists, day, tuple(sorted(communes))), told_from(symbols, day, symbol)
            assert {each: tuple(codes(district, each)) for each in lists} == lists
            assert {each: offices.office(district, on=each).letterhead.symbol for each in symbols} == symbols
            assert len(codes(district, EVE)) == 14
    finally:
        while dated_settings(district) != before:
            history.undo(district, source=None)


def test_a_plan_writes_nothing(district):
    head = district.head()
    assert planned(district, valid_from=REFORM, change=AREA).can_be_done
    assert district.head() == head
