"""Headings mean elements by their words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.catalogue_file import read_catalogue
from desktop.exchange.headings import Fit, Headings, is_column_number, near

_FILE = Path(__file__).parents[2] / "resources" / "catalogue" / "commune-year.yaml"
ELEMENTS = read_catalogue(_FILE.read_text(encoding="utf-8"), "x")[0].catalogue.elements
HEADINGS = Headings(ELEMENTS.values())


def _best(*path: str) -> str | None:
    found = HEADINGS.find(path)
    return found[0].element.code if found else None


def test_every_name_of_an_element_means_it_alone() -> None:
    for element in ELEMENTS.values():
        for name in (element.name_vi, element.name_en, element.short_vi, *element.synonyms, element.code):
            found = HEADINGS.find((name,))
            assert found[0].element is element, name
            assert found[0].fit.is_sure
            assert len(found) == 1 or found[1].rank < found[0].rank, name


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (("Dân số, bảo hiểm", "Dân số trung bình (người)"), "population"),
        (("Dân số TB năm 2022",), "population"),
        (("BHYT", "Số người tham gia"), "insured"),
        (("Thẻ bảo hiểm",), "insured"),
        (("Tử vong", "Trẻ < 1 tuổi"), "deaths_under1"),
        (("Sinh, tử vong", "< 1 tuổi"), "deaths_under1"),
        (("Sinh, tử vong", "Tử vong < 5T"), "deaths_under5"),
        (("Tử vong trẻ em", "Dưới 5 tuổi"), "deaths_under5"),
        (("Tử vong", "Mẹ"), "maternal_deaths"),
        (("Số ca tử vong mẹ",), "maternal_deaths"),
        (("Trẻ dưới 5 tuổi", "Tổng số"), "under5"),
        (("Trẻ dưới 5 tuổi", "Số được cân đo"), "measured"),
        (("Suy dinh dưỡng", "Cân nặng/tuổi"), "underweight"),
        (("SDD CC/T",), "stunted"),
        (("TE <1 tuổi TCĐĐ",), "fully_vaccinated"),
        (("Số BS làm việc tại TYT",), "doctors"),
        (("QL, điều trị BKLN",), "ncd_managed"),
        (("Hoạt động theo nguyên lý Y học gia đình (có/không)",), "family_medicine"),
        (("Người được lập hồ sơ SKĐT",), "ehr"),
        (("Dân số", "TH"), "population"),
        (("Tổng số nhân khẩu",), "population"),
        (("DSTB",), "population"),
        (("Người dân tham gia bảo hiểm y tế",), "insured"),
        (("Dân số có thẻ bảo hiểm y tế",), "insured"),
        (("Số thẻ BHYT còn giá trị",), "insured"),
        (("Số người dân được lập hồ sơ sức khỏe điện tử",), "ehr"),
        (("Số người được lập hồ sơ quản lý sức khỏe điện tử",), "ehr"),
        (("Trẻ 0-11 tháng",), "under1"),
        (("Trẻ 0-59 tháng",), "under5"),
        (("Số trẻ < 5 tuổi được cân, đo chiều cao",), "measured"),
        (("Số trẻ em dưới 5 tuổi suy dinh dưỡng thể thấp còi",), "stunted"),
        (("Trẻ < 5 tuổi SDD thấp còi",), "stunted"),
        (("Trẻ dưới 5 tuổi bị suy dinh dưỡng thể nhẹ cân",), "underweight"),
        (("Số trẻ sinh trong năm",), "live_births"),
        (("TV < 1 tuổi",), "deaths_under1"),
        (("TE <5 tuổi tử vong",), "deaths_under5"),
        (("Số bà mẹ chết",), "maternal_deaths"),
        (("SỐ BÁC SĨ LÀM VIỆC TẠI TYT XÃ",), "doctors"),
        (("Bác sĩ công tác tại trạm",), "doctors"),
        (("QL, ĐT bệnh KLN (có/không)",), "ncd_managed"),
        (("Trạm Y tế xã thực hiện quản lý, điều trị bệnh không lây nhiễm",), "ncd_managed"),
        (("TYT xã hoạt động theo mô hình YHGĐ",), "family_medicine"),
        (("Tổng số tử vong",), None),
        (("Dược sĩ",), None),
        (("Y sĩ",), None),
        (("Số trạm",), None),
        (("Số trẻ đẻ chết",), None),
        (("SDD thấp còi dưới 2 tuổi",), None),
        (("Trẻ đẻ nhẹ cân",), None),
        (("Trẻ trên 1 tuổi tiêm chủng đầy đủ",), None),
        (("Trẻ dưới 6 tuổi có thẻ BHYT",), None),
        (("Người nghèo có thẻ BHYT",), None),
        (("Tổng dân số toàn xã",), None),
        (("Trẻ dưới 2 tuổi",), None),
        (("Dân số nữ",), None),
        (("Dân số", "Nam"), None),
        (("Kế hoạch", "Dân số"), None),
        (("Dân số", "KH"), None),
        (("Trẻ dưới 5 tuổi", "Tỷ lệ SDD thấp còi (%)"), None),
        (("Số trẻ SDD thể gầy còm",), None),
        (("Số lượt khám BHYT",), None),
        (("Ghi chú",), None),
        (("Dân số năm trước",), None),
    ],
)
def test_headings_in_other_words_mean_the_same(path: tuple[str, ...], code: str | None) -> None:
    assert _best(*path) == code


def test_a_misspelt_heading_is_near() -> None:
    assert HEADINGS.find(("Dân số trung bnh",))[0].fit is Fit.NEAR
    assert HEADINGS.find(("Trẻ dưới 5 tuổi đươc cân đoo",))[0].element.code == "measured"


def test_one_letter_is_near_and_two_are_not() -> None:
    assert near("luong", "luog")
    assert near("luong", "loung")
    assert near("luong", "luonh")
    assert not near("luong", "laong1")
    assert near("a", "a")


@pytest.mark.parametrize("text", ["(1)", "2", "A", "[3]", "5=3+4", "(IV)"])
def test_column_numbers_are_no_headings(text: str) -> None:
    assert is_column_number(text)


def test_words_are_no_column_numbers() -> None:
    assert not is_column_number("Dân số")


@given(st.lists(st.text(max_size=20), max_size=3))
def test_any_headings_can_be_asked(path: list[str]) -> None:
    HEADINGS.find(path)
