"""The head of page 1 as Decree 30/2020 wants it, measured in millimetres on the printed page."""

from datetime import date

import pytest

from desktop.reports.model import Agency
from tests.reports import make
from tests.reports.measure import sheets

LONG = "Trung tâm Y tế khu vực Điện Biên Phủ và các xã, phường phía Nam tỉnh Điện Biên"
AGENCIES = [
    Agency("Trung tâm Y tế huyện Mù Cang Chải", "TTYT", "Sở Y tế tỉnh Yên Bái"),
    Agency("Trung tâm Y tế khu vực Điện Biên", "TTYT", "Sở Y tế tỉnh Điện Biên"),
    Agency(LONG, "TTYT", "Ủy ban nhân dân Thành phố Hồ Chí Minh và một cơ quan chủ quản có tên rất dài"),
    Agency("Sở Y tế", "SYT"),
]


def first(**changes):
    return sheets(make.printed(make.document(**changes))[0])[0]


def heading(page):
    return [line for line in page.lines if line.baseline < page.find("BÁO CÁO").baseline - 8]


@pytest.mark.parametrize("agency", AGENCIES)
def test_country_and_motto_stand_at_the_top_right_in_their_sizes(agency):
    page = first(agency=agency)
    country, motto = page.find("CỘNG HÒA XÃ HỘI"), page.find("Độc lập - Tự do - Hạnh phúc")
    assert country.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert (country.size, motto.size) == (13, 14)
    assert country.font == motto.font == "LiberationSerif-Bold"
    assert country.left > 30 + 165 * 0.38
    assert country.right <= 195
    assert country.baseline < 30
    assert motto.middle == pytest.approx(country.middle, abs=0.3)


@pytest.mark.parametrize("agency", AGENCIES)
def test_the_line_under_the_motto_is_exactly_as_long_as_it(agency):
    page = first(agency=agency)
    motto = page.find("Độc lập")
    rule = min((each for each in page.rules if each.left > 94), key=lambda each: each.down)
    assert rule.length == pytest.approx(motto.width, abs=0.8)
    assert rule.middle == pytest.approx(motto.middle, abs=0.3)
    assert 0.5 < rule.down - motto.baseline < 4


@pytest.mark.parametrize("agency", AGENCIES)
def test_the_agency_stands_left_under_its_plain_parent_and_never_meets_the_country(agency):
    page = first(agency=agency)
    left = [line for line in heading(page) if line.right < 97 and line.text.isupper() and "/BC-" not in line.text]
    plain = [line for line in left if line.font == "LiberationSerif"]
    bold = [line for line in left if line.font == "LiberationSerif-Bold"]
    assert " ".join(line.text for line in bold) == agency.name.upper()
    assert " ".join(line.text for line in plain) == agency.parent.upper()
    assert {line.size for line in left} == {13}
    assert all(line.left >= 29.9 for line in left)
    assert max(line.right for line in left) + 1.5 < page.find("CỘNG HÒA").left
    assert not plain or max(line.baseline for line in plain) < min(line.baseline for line in bold)


@pytest.mark.parametrize("agency", AGENCIES)
def test_the_line_under_the_agency_is_a_third_to_a_half_of_its_text(agency):
    page = first(agency=agency)
    bold = [line for line in heading(page) if line.right < 97 and line.font.endswith("-Bold")]
    rule = next(each for each in page.rules if each.right < 97)
    last = bold[-1]
    assert last.width / 3 - 0.3 <= rule.length <= last.width / 2 + 0.3
    assert rule.middle == pytest.approx(last.middle, abs=0.3)
    assert 0.5 < rule.down - last.baseline < 4


@pytest.mark.parametrize("agency", AGENCIES)
def test_number_and_date_stand_on_one_line_below_both_columns(agency):
    page = first(agency=agency)
    number, dated = page.find("Số:"), page.find("Mù Cang Chải, ngày")
    assert number.baseline == pytest.approx(dated.baseline, abs=0.05)
    assert (number.size, dated.size) == (13, 13)
    assert (number.font, dated.font) == ("LiberationSerif", "LiberationSerif-Italic")
    assert number.baseline > max(rule.down for rule in page.rules if rule.down < page.find("BÁO CÁO").top - 6)


def test_number_and_date_are_blank_until_they_are_given():
    text = " ".join(first().text.split())
    assert "Số: /BC-TTYT" in text
    assert "Mù Cang Chải, ngày tháng năm 2025" in text


def test_number_and_date_are_written_as_the_decree_writes_them():
    text = first(number=5, dated=date(2025, 1, 9)).text
    assert "Số: 05/BC-TTYT" in text
    assert "Mù Cang Chải, ngày 09 tháng 01 năm 2025" in text
    assert "ngày 20 tháng 3 năm 2025" in first(number=112, dated=date(2025, 3, 20)).text


def test_type_and_subject_are_centred_on_the_text_with_a_line_below():
    page = first()
    kind, subject = page.find("BÁO CÁO"), page.find("Kết quả thực hiện")
    assert kind.middle == pytest.approx(112.5, abs=0.3)
    assert subject.middle == pytest.approx(112.5, abs=0.5)
    assert kind.size == subject.size == 14
    assert kind.font == subject.font == "LiberationSerif-Bold"
    rule = max(page.rules, key=lambda each: each.down)
    assert subject.width / 3 <= rule.length <= subject.width / 2
    assert rule.middle == pytest.approx(112.5, abs=0.3)


def test_one_addressee_stands_on_the_line_of_the_words():
    line = first().find("Kính gửi")
    assert line.text == "Kính gửi: Sở Y tế tỉnh Yên Bái."
    assert line.size == 14


def test_several_addressees_stand_below_each_other_with_dashes_under_the_colon():
    page = first(addressees=("Ủy ban nhân dân tỉnh Yên Bái", "Sở Y tế tỉnh Yên Bái"))
    words, one, other = page.find("Kính gửi:"), page.find("- Ủy ban"), page.find("- Sở Y tế tỉnh Yên Bái")
    assert one.left == pytest.approx(other.left, abs=0.05)
    assert words.left < one.left <= words.right
    assert one.text.endswith(";")
    assert other.text.endswith(".")


def test_a_long_place_still_leaves_the_date_inside_the_margins():
    page = first(place="Phường Thành phố Điện Biên Phủ", dated=date(2025, 11, 30))
    assert page.find("Phường Thành phố").right <= 195.2
    assert page.find("Phường Thành phố").size == 13


def test_a_place_of_any_length_keeps_its_size_and_the_blanks_of_the_date():
    long = "Trung tâm Y tế khu vực liên xã Sơn Dương – Tân Trào – Hồng Sơn – Trường Sinh và các xã phía Nam"
    page = first(place=long, dated=None)
    lines = [page.find("Trung tâm Y tế khu vực liên xã"), page.find("tháng")]
    assert all(line.size == 13 and line.right <= 195.2 for line in lines)
    assert lines[0].baseline < lines[1].baseline < page.find("BÁO CÁO").top
    assert lines[0].baseline == pytest.approx(page.find("Số:").baseline, abs=0.05)
