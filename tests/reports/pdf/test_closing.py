"""The signature: its place, its room, and that it never stands on a page without text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.reports.model import Heading, Paragraph, Signature, ToWrite
from tests.reports import make
from tests.reports.measure import sheets

SENTENCE = "Các trạm y tế xã đã báo cáo đủ số liệu theo quy định. "


def last_page(made):
    return sheets(make.printed(made)[0])[-1]


def text_lines(page):
    post = page.find("GIÁM ĐỐC").baseline
    return [line for line in page.lines if 19 < line.baseline < post - 1 and set(line.text) != {"."}]


@settings(max_examples=40)
@given(
    sentences=st.lists(st.integers(1, 12), min_size=0, max_size=30),
    closing=st.integers(1, 10),
    tail=st.sampled_from(["text", "place", "heading"]),
    recipients=st.integers(1, 12),
)
def test_at_least_two_lines_of_text_stand_with_the_signature(sentences, closing, tail, recipients):
    blocks = [Paragraph((SENTENCE * each,)) for each in sentences]
    if tail == "place":
        blocks.append(ToWrite("proposals"))
    if tail == "heading":
        blocks.append(Heading(1, "V. KẾT LUẬN"))
    made = make.document(
        blocks,
        closing=Paragraph((SENTENCE * closing + "./.",)),
        recipients=("Như trên", *(f"Trạm Y tế xã {each}" for each in range(recipients)), "Lưu: VT"),
    )
    for page in sheets(make.printed(made)[0]):
        if "GIÁM ĐỐC" not in page.text:
            continue
        text = text_lines(page)
        enough = len(text) if closing > 1 or (tail == "text" and sentences) else len(text) + 1
        assert enough >= 2
        left, top, right, bottom = page.extent()
        assert left >= 29.7
        assert right <= 195.3
        assert bottom <= 277.3
        assert top >= 19.5


def test_post_and_name_are_centred_over_each_other_with_room_to_sign():
    page = last_page(make.document(signature=Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Nguyễn Thị Hoa")))
    above, below, name = page.find("KT. GIÁM ĐỐC"), page.find("PHÓ GIÁM ĐỐC"), page.find("Nguyễn Thị Hoa")
    assert above.middle == pytest.approx(name.middle, abs=0.3)
    assert below.middle == pytest.approx(name.middle, abs=0.3)
    assert name.middle > 112.5
    assert {above.size, name.size} == {14}
    assert {above.font, name.font} == {"LiberationSerif-Bold"}
    assert 25 <= name.top - below.baseline <= 35


def test_recipients_stand_left_level_with_the_post():
    page = last_page(make.document(recipients=("Như trên", "Ủy ban nhân dân huyện", "Lưu: VT, KHNV")))
    head, post = page.find("Nơi nhận:"), page.find("GIÁM ĐỐC")
    assert head.baseline == pytest.approx(post.baseline, abs=0.6)
    assert head.left == pytest.approx(30, abs=0.3)
    assert (head.size, head.font) == (12, "LiberationSerif-BoldItalic")
    lines = [page.find(text) for text in ("- Như trên;", "- Ủy ban nhân dân huyện;", "- Lưu: VT, KHNV.")]
    assert {line.size for line in lines} == {11}
    assert {line.font for line in lines} == {"LiberationSerif"}


def test_a_long_recipient_wraps_and_keeps_off_the_signature():
    long = "Ban Chỉ đạo bảo vệ, chăm sóc và nâng cao sức khỏe nhân dân các cấp của huyện Mù Cang Chải (để báo cáo)"
    page = last_page(make.document(recipients=("Như trên", long, "Lưu: VT")))
    assert all(line.right < 105 for line in page.lines if line.size == 11)
    assert page.text.split().count("báo") >= 1


def test_a_long_post_is_broken_and_stays_in_its_column():
    post = "TM. BAN CHỈ ĐẠO BẢO VỆ, CHĂM SÓC VÀ NÂNG CAO SỨC KHỎE NHÂN DÂN"
    page = last_page(make.document(signature=Signature((post, "TRƯỞNG BAN"))))
    bold = [line for line in page.lines if line.font.endswith("-Bold") and line.baseline > page.find("Nơi nhận").top]
    assert all(line.left > 104 and line.right < 195.5 for line in bold)
