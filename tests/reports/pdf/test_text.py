"""The text between head and signature: margins, sizes, page numbers, fonts, bytes."""

import itertools
import re
import unicodedata
from datetime import date
from io import BytesIO

import pytest

from desktop.reports.model import Annex, Heading, Orientation, PageBreak, Paragraph, Role, Run, ToWrite
from desktop.reports.pdf import fonts, print_pdf
from tests.reports import make
from tests.reports.measure import about, sheets

WORDS = "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng thể thấp còi giảm so với cùng kỳ năm trước. "


def body(count=30):
    return tuple(Paragraph((WORDS * 5,)) for _ in range(count))


@pytest.fixture(scope="module")
def long():
    return make.printed(make.document((Heading(1, "I. TÌNH HÌNH CHUNG"), *body())))[0]


def test_the_sheet_is_a4(long):
    for page in sheets(long):
        assert (page.width, page.height) == (pytest.approx(210, abs=0.2), pytest.approx(297, abs=0.2))


def test_nothing_but_the_page_number_stands_in_the_margins(long):
    for page in sheets(long):
        left, top, right, bottom = page.extent()
        assert left >= 29.7
        assert top >= 19.5
        assert right <= 195.3
        assert bottom <= 277.3


def test_page_numbers_stand_in_the_middle_of_the_top_margin_but_not_on_page_one(long):
    first, *rest = sheets(long)
    assert first.number is None
    assert [page.number.text for page in rest] == [str(each) for each in range(2, len(rest) + 2)]
    for page in rest:
        assert page.number.middle == pytest.approx(112.5, abs=0.3)
        assert 5 < page.number.top < page.number.baseline < 19
        assert page.number.size in (13, 14)
        assert page.number.font == "LiberationSerif"


def test_body_text_is_14_points_justified_with_a_first_line_of_10_millimetres(long):
    page = sheets(long)[1]
    starts = [line for line in page.lines if line.text.startswith("Tỷ lệ trẻ em") and line.left > 35]
    assert starts
    for line in starts:
        assert line.left == pytest.approx(40, abs=0.4)
    full = [line for line in page.lines if line.size == 14 and line.left < 30.5 and line.width > 150]
    assert len(full) > 10
    for line in full:
        assert line.right == pytest.approx(195, abs=0.5)


def test_paragraphs_stand_at_least_6_points_apart(long):
    lines = [line for line in sheets(long)[1].lines if line.size == 14]
    within = min(other.baseline - line.baseline for line, other in itertools.pairwise(lines))
    between = [
        other.baseline - line.baseline
        for line, other in itertools.pairwise(lines)
        if other.left == pytest.approx(40, abs=0.4)
    ]
    assert min(between) - within >= 6 * 25.4 / 72 - 0.05
    assert 14 * 25.4 / 72 <= within <= 14 * 1.5 * 25.4 / 72


def test_text_is_extracted_composed_though_it_came_decomposed():
    words = "Đặng Thị Ưởng khám ở Hồ Bốn, ẵẳậệỗộợữự"
    made = make.document((Paragraph((unicodedata.normalize("NFD", words),)),))
    text = "".join(page.text for page in sheets(make.printed(made)[0]))
    assert words in text
    assert unicodedata.is_normalized("NFC", text)


def test_every_font_is_embedded_and_none_is_helvetica(long):
    assert b"Helvetica" not in long
    assert long.count(b"/FontDescriptor") > 0
    assert long.count(b"/Type /FontDescriptor") == long.count(b"/FontFile2")
    assert all(b"LiberationSerif" in name for name in re.findall(rb"/BaseFont\s*/(\S+)", long))
    assert len(re.findall(rb"/ToUnicode", long)) == len(re.findall(rb"/BaseFont", long))


def test_the_same_document_and_day_give_the_same_bytes_and_another_day_others(long):
    made = make.document((Heading(1, "I. TÌNH HÌNH CHUNG"), *body()))
    assert make.printed(made)[0] == long
    other = BytesIO()
    print_pdf(made, other, made=date(2025, 2, 1))
    assert other.getvalue() != long


def test_a_clock_of_the_environment_does_not_change_the_bytes(long, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert make.printed(make.document((Heading(1, "I. TÌNH HÌNH CHUNG"), *body())))[0] == long


def test_the_file_says_whose_it_is_and_in_which_language(long):
    told = about(long)
    assert told["Title"] == "BÁO CÁO Kết quả thực hiện các chỉ tiêu y tế năm 2024"
    assert told["Author"] == "Trung tâm Y tế huyện Mù Cang Chải"
    assert told["CreationDate"].startswith("D:20250114")
    assert b"/Lang (vi-VN)" in long


def test_a_heading_is_never_the_last_line_of_a_page():
    for count in range(1, 60):
        blocks = (*(Paragraph((f"Dòng {each}.",)) for each in range(count)), Heading(1, "I. MỤC"), *body(1))
        for page in sheets(make.printed(make.document(blocks))[0]):
            if "I. MỤC" in page.text:
                assert "Tỷ lệ trẻ em" in page.text, count


def test_characters_of_markup_and_control_are_only_characters():
    made = make.document((Paragraph(("dưới <5> & \x01 “10” ", Run("đậm", bold=True), Run(" nghiêng", italic=True))),))
    page = sheets(make.printed(made)[0])[0]
    assert "dưới <5> &" in page.text
    assert page.find("đậm").text
    fonts_used = {line.font for line in page.lines}
    assert {"LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic"} <= fonts_used


def test_a_word_longer_than_a_line_is_cut_and_stays_inside():
    page = sheets(make.printed(make.document((Paragraph(("x" * 400,)),)))[0])[0]
    assert page.extent()[2] <= 195.3


def test_bases_are_italic_places_to_write_are_dotted_and_breaks_break():
    blocks = (Paragraph(("Căn cứ Nghị quyết;",), Role.BASIS), ToWrite("causes", 3), PageBreak(), *body(1))
    one, two = sheets(make.printed(make.document(blocks))[0])
    assert one.find("Căn cứ").font == "LiberationSerif-Italic"
    assert sum(set(line.text) == {"."} for line in one.lines) == 3
    assert "Tỷ lệ trẻ em" in two.text


def test_an_annex_counts_its_own_pages_and_lies_across_unless_told():
    annex = Annex("Biểu số liệu", body(20))
    upright = Annex("Danh sách", body(20), Orientation.PORTRAIT)
    data, pages = make.printed(make.document(body(12), annexes=(annex, upright)))
    found = sheets(data)
    assert pages.total == len(found) == pages.text + sum(pages.annexes)
    across = found[pages.text : pages.text + pages.annexes[0]]
    assert all(page.width > page.height for page in across)
    assert all(page.width < page.height for page in found[pages.text + pages.annexes[0] :])
    assert [page.number and page.number.text for page in across] == [None, *map(str, range(2, len(across) + 1))]
    assert found[pages.text + pages.annexes[0]].number is None
    for page in across:
        left, _, right, bottom = page.extent()
        assert left >= 29.7
        assert right <= 282.3
        assert bottom <= 190.3


def test_annexes_are_named_as_the_decree_names_them():
    annex = Annex("Biểu số liệu", body(1))
    one = sheets(make.printed(make.document(annexes=(annex,), number=12, dated=date(2025, 1, 9)))[0])[-1]
    name, title = one.find("Phụ lục"), one.find("BIỂU SỐ LIỆU")
    assert name.text == "Phụ lục"
    assert (name.size, name.font) == (14, "LiberationSerif-Bold")
    assert title.font == "LiberationSerif-Bold"
    assert name.middle == pytest.approx(156, abs=0.4)
    belongs = one.find("(Kèm theo")
    assert belongs.font == "LiberationSerif-Italic"
    assert belongs.text == (
        "(Kèm theo Báo cáo số 12/BC-TTYT ngày 09 tháng 01 năm 2025 của Trung tâm Y tế huyện Mù Cang Chải)"
    )
    two = sheets(make.printed(make.document(annexes=(annex, annex)))[0])
    assert [page.find("Phụ lục").text for page in two[-2:]] == ["Phụ lục I", "Phụ lục II"]


def test_a_missing_font_is_said_and_not_replaced(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "resource", tmp_path.joinpath)
    monkeypatch.setattr(fonts.pdfmetrics, "getRegisteredFontNames", list)
    with pytest.raises(fonts.AppError) as told:
        fonts.register()
    assert told.value.code == "font_missing"
