"""An office's record is made whole or not at all."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.application import catalogue, keys, letterheads, offices, plans, records
from desktop.application.office_changing import change_settings
from desktop.domain.letterheads import Signer
from desktop.domain.office_change import OfficeChange
from desktop.domain.units import UnitKind
from desktop.errors import AppError, UsageError
from tests.application.conftest import TODAY

AFTER = date(2026, 11, 22)


def made(tmp_path, **told):
    told = {"level": "district", "unit": "137", "today": TODAY} | told
    return offices.create_office(tmp_path / "một sổ.sotramdb", **told)


def test_a_district_has_its_communes_plans_and_keys(tmp_path):
    office = made(tmp_path)
    assert len(office.communes) == 14
    assert office.office.unit == "137"
    assert office.plans == ("55/KH-UBND-yen-bai", "62-NQ/TU-yen-bai")
    with records.open_record(tmp_path / "một sổ.sotramdb") as record:
        assert keys.own_key(record, on=TODAY).fingerprint == office.fingerprint
        assert list(plans.plans_of(record)) == list(office.plans)
        assert "commune" in catalogue.catalogue(record).forms


def test_a_unit_that_is_gone_is_taken_on_its_last_day_and_said(tmp_path):
    office = made(tmp_path, today=AFTER)
    assert office.office.as_of == date(2025, 6, 30)
    assert any("does not stand" in str(note) for note in office.notes)


def test_a_code_of_two_provinces_means_the_one_of_the_day(tmp_path):
    assert made(tmp_path, level="province", unit="15", as_of=date(2024, 12, 31)).office.unit_name == "Tỉnh Yên Bái"
    after = offices.create_office(tmp_path / "b", level="province", unit="15", today=AFTER)
    assert (after.office.unit_name, len(after.communes)) == ("Tỉnh Lào Cai", 99)


def test_an_area_centre_is_a_unit_of_its_own(tmp_path):
    office = made(
        tmp_path,
        level="area",
        unit="15",
        today=AFTER,
        name="Trung tâm Y tế khu vực Mù Cang Chải",
        communes=["04456", "04465"],
        own_code="TTKV-MCC",
    )
    assert [commune.code for commune in office.communes] == ["04456", "04465"]
    assert office.office.code == office.office.unit == "TTKV-MCC"
    with records.open_record(tmp_path / "một sổ.sotramdb") as record:
        from db.tables import units

        assert units.register(record).units[office.office.unit_uid].kind is UnitKind.AREA


def test_a_station_has_the_usual_lines_of_both_times(tmp_path):
    made(tmp_path, level="commune", unit="04474", today=AFTER)
    with records.open_record(tmp_path / "một sổ.sotramdb") as record:
        heads = [offices.office(record, on=day).letterhead for day in (date(2025, 12, 31), date(2026, 1, 1))]
    assert [head.signer_post for head in heads] == ["TRƯỞNG TRẠM", "GIÁM ĐỐC"]
    assert [head.parent_line for head in heads] == ["SỞ Y TẾ TỈNH LÀO CAI", "ỦY BAN NHÂN DÂN XÃ LAO CHẢI"]


def test_an_office_made_after_the_reform_may_bring_in_the_past_of_its_communes(tmp_path):
    made(tmp_path, level="commune", unit="04465", today=AFTER)
    with records.open_record(tmp_path / "một sổ.sotramdb") as record:
        assert [one.name for one in offices.communes_of(record, on=AFTER)] == ["Xã Khao Mang"]
        past = offices.communes_of(record, on=date(2024, 12, 31))
    assert [one.name for one in past] == ["Xã Hồ Bốn", "Xã Khao Mang"]


def test_a_commune_serves_itself(tmp_path):
    office = made(tmp_path, level="commune", unit="04456", today=AFTER)
    assert [commune.name for commune in office.communes] == ["Xã Mù Cang Chải"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"unit": "999"}, "unknown_unit"),
        ({"unit": "04456"}, "unknown_unit"),
        ({"plans": ["99/KH"]}, "unknown_plan"),
        ({"level": "area", "unit": "15", "name": "A", "communes": ["137"]}, "unknown_unit"),
    ],
)
def test_a_refusal_leaves_no_file(tmp_path, told, code):
    with pytest.raises(AppError) as refused:
        made(tmp_path, **told)
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_levels_and_areas_need_what_they_need(tmp_path):
    with pytest.raises(UsageError):
        made(tmp_path, level="village")
    with pytest.raises(UsageError):
        made(tmp_path, level="area", unit="15")


def test_a_record_is_never_written_over(tmp_path):
    made(tmp_path)
    with pytest.raises(AppError) as refused:
        made(tmp_path)
    assert refused.value.code == "record_exists"


def test_with_a_passphrase_the_file_is_encrypted_and_opens_only_with_it(tmp_path):
    made(tmp_path, passphrase="bản mường")
    path = tmp_path / "một sổ.sotramdb"
    assert not path.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(AppError):
        records.open_record(path)
    with pytest.raises(AppError):
        records.open_record(path, passphrase="sai")
    records.open_record(path, passphrase="bản mường").close()


def test_settings_hold_from_their_day(district):
    change_settings(district, valid_from=date(2024, 6, 1), change=OfficeChange(name="Trung tâm Y tế Mù Cang Chải"))
    assert offices.office(district, on=date(2024, 5, 31)).name == "Trung tâm Y tế huyện Mù Cang Chải"
    assert offices.office(district, on=date(2024, 6, 1)).name == "Trung tâm Y tế Mù Cang Chải"


def test_a_letterhead_is_corrected_where_it_holds_and_keeps_what_the_page_does_not_ask(district):
    told = {"signers": (Signer("GIÁM ĐỐC", "Cũ"), Signer("KT. GIÁM ĐỐC", "Phó", "deputy")), "name_line": "TTYT"}
    change_settings(district, valid_from=date(2024, 6, 1), change=OfficeChange(letterhead=told))
    before = offices.office(district, on=date(2024, 5, 31))
    typed = replace(offices.office(district, on=TODAY).letterhead, signer_name="Mới", place="Bản Thái", name_line="")
    assert offices.amend_letterhead(district, on=TODAY, typed=typed).changed
    head = offices.office(district, on=date(2024, 6, 1)).letterhead
    assert (head.signer_name, head.place, head.name_line) == ("Mới", "Bản Thái", "TTYT")
    assert [one.name for one in head.signers] == ["Mới", "Phó"]
    assert offices.office(district, on=date(2024, 5, 31)) == before


def test_seats_are_found_without_marks():
    found = offices.candidate_seats("mu cang", level="district", day=AFTER)
    assert [seat.code for seat in found] == ["137"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Trung tâm Y tế khu vực Sơn Dương", "Sơn Dương"),
        ("Trung tâm Y tế khu vực 3", "Tuyên Quang"),
        ("Trung tâm Y tế khu vực liên xã phía Nam", "Tuyên Quang"),
        ("Trung tâm Y tế Sơn Dương", "Tuyên Quang"),
    ],
)
def test_an_area_office_is_placed_at_its_seat_or_in_its_province(name, place):
    above = "Sở Y tế tỉnh Tuyên Quang"
    assert letterheads.default_letterhead("area", name, "Tỉnh Tuyên Quang", above=above, on=AFTER).place == place


@pytest.mark.parametrize(
    ("told", "addressees", "line", "post"),
    [
        (
            {"unit": "04456", "today": date(2024, 6, 1)},
            ("Trung tâm Y tế huyện Mù Căng Chải",),
            "TRUNG TÂM Y TẾ HUYỆN MÙ CĂNG CHẢI",
            "TRƯỞNG TRẠM",
        ),
        (
            {"unit": "04456", "today": date(2025, 9, 1)},
            ("Sở Y tế tỉnh Lào Cai",),
            "SỞ Y TẾ TỈNH LÀO CAI",
            "TRƯỞNG TRẠM",
        ),
        (
            {"unit": "04456", "today": AFTER, "parent": "15"},
            ("Sở Y tế tỉnh Lào Cai",),
            "ỦY BAN NHÂN DÂN XÃ MÙ CANG CHẢI",
            "GIÁM ĐỐC",
        ),
        (
            {"unit": "04456", "today": AFTER, "parent": "04456"},
            ("Ủy ban nhân dân xã Mù Cang Chải",),
            "ỦY BAN NHÂN DÂN XÃ MÙ CANG CHẢI",
            "GIÁM ĐỐC",
        ),
        ({"unit": "04456", "today": AFTER, "parent": "KV04456"}, (), "ỦY BAN NHÂN DÂN XÃ MÙ CANG CHẢI", "GIÁM ĐỐC"),
    ],
)
def test_a_station_reports_to_its_district_while_there_was_one_then_to_the_office_named(
    tmp_path, told, addressees, line, post
):
    made(tmp_path, level="commune", **told)
    with records.open_record(tmp_path / "một sổ.sotramdb") as record:
        head = offices.office(record, on=told["today"]).letterhead
    assert (head.addressees, head.parent_line, head.signer_post) == (addressees, line, post)


def test_what_a_making_that_was_cut_off_left_behind_is_made_again(tmp_path):
    left = tmp_path / "một sổ.sotramdb"
    records.create_record(left).close()
    assert made(tmp_path).office.unit == "137"
    with pytest.raises(AppError) as refused:
        made(tmp_path)
    assert refused.value.code == "record_exists"


def test_a_record_that_another_program_is_making_is_left_alone(tmp_path):
    making = records.create_record(tmp_path / "một sổ.sotramdb")
    with pytest.raises(AppError) as refused:
        made(tmp_path)
    assert refused.value.code in ("record_exists", "locked")
    making.close()
    assert made(tmp_path).office.unit == "137"
