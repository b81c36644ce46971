"""DOC_TOI.txt tells a person what the file is."""

from __future__ import annotations

from desktop.exchange.package.cover import cover_lines
from desktop.exchange.package.manifest import FormEntry, Kind
from desktop.exchange.package.receipt import Receipt, Result
from desktop.system.i18n import render
from tests.exchange.package import office


def text(about) -> str:
    return "\n".join(map(render, cover_lines(about)))


def test_a_package_tells_sender_receiver_number_and_forms():
    forms = tuple(FormEntry(f"u{i}", "commune", "2025", "complete", "d" * 64) for i in range(3))
    told = text(office.written(office.about(forms=forms)).manifest)
    assert "GÓI SỐ LIỆU" in told
    assert "Nơi gửi: Trung tâm Y tế huyện Yên Bình (137)" in told
    assert "lập lúc 08:30, 21/11/2026" in told
    assert "Số dòng: 2; số biểu: 3" in told
    assert "- biểu commune, kỳ 2025: 3 đơn vị" in told
    assert "chỉ có số tổng hợp" in told


def test_a_receipt_tells_the_result():
    for result, words in ((Result.ACCEPTED, "đã nhận đủ"), (Result.REFUSED, "không nhận"), (Result.PARTLY, "đang chờ")):
        about = office.about("15", "137", kind=Kind.RECEIPT, receipt=Receipt("f" * 64, result, None, {}))
        assert words in text(about)
        assert "GIẤY BIÊN NHẬN" in text(about)


def test_configuration_and_levels_of_detail_have_words():
    assert "GÓI CẤU HÌNH" in text(office.about(kind=Kind.CONFIG))
    for detail in ("unnamed", "full"):
        assert "danh sách trẻ" in text(office.about(detail=detail))
