"""Forms on paper: the layout of statistical reports, empty or filled, one page a commune."""

import pypdfium2
import pytest

from desktop.application import reports
from desktop.domain.periods import Period
from desktop.errors import UsageError
from tests.application.conftest import TODAY

P = Period.parse("2024")


def printed(record, name="blank-form", unit="04459", period=P, **more):
    data, pages = reports.report_pdf(record, name=name, unit=unit, period=period, today=TODAY, **more)
    opened = pypdfium2.PdfDocument(data)
    assert len(opened) == pages
    return [page.get_textpage().get_text_range().replace("\r\n", " ") for page in opened]


def test_a_blank_form_has_the_head_of_a_statistical_report(filled):
    (page,) = printed(filled)
    for words in ("Đơn vị báo cáo:", "Trạm Y tế xã Hồ Bốn", "Đơn vị nhận báo cáo:", "Kỳ báo cáo: năm 2024"):
        assert words in page
    assert "CỘNG HÒA" not in page
    assert "A B C 1 2 D" in page
    assert page.index("Người lập biểu") < page.index("Thủ trưởng đơn vị")
    assert "Hồ Bốn, ngày" in page


def test_a_blank_form_shows_the_past_and_leaves_this_period_empty(filled):
    (page,) = printed(filled)
    assert "Dân số trung bình người 5.323 " in page
    assert "2.820" not in page
    (page,) = printed(filled, name="filled-form")
    assert "Dân số trung bình người 5.323 2.820" in page


def test_every_commune_of_the_office_has_its_page(filled):
    pages = printed(filled, unit=None)
    assert len(pages) == 14
    assert "Xã Nậm Khắt".lower() in pages[-1].lower()


def test_the_same_record_and_day_give_the_same_bytes(filled):
    one, other = (
        reports.report_pdf(filled, name="blank-form", unit="04459", period=P, today=TODAY)[0] for _ in range(2)
    )
    assert one == other


def test_a_period_without_its_own_form_asks_which_one(filled):
    with pytest.raises(UsageError, match="form_needed"):
        printed(filled, period=Period.parse("202401"))
    assert "Kỳ báo cáo: tháng 01" in printed(filled, period=Period.parse("202401"), form="commune")[0]
