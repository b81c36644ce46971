"""Papers about children: figures without names go out, names stay inside, and the pages are those of the Decree."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest

from desktop.application import access, children, reports, weighing
from desktop.application.children import NewChild, meant, register
from desktop.application.weighing import NewSession
from desktop.domain.children import Measurement, Sex
from desktop.domain.periods import Period
from desktop.errors import UsageError
from tests.reports.measure import sheets

JUNE, TODAY = date(2024, 6, 10), date(2024, 7, 3)
HALF = Period.parse("2024S1")
HERE = "04459"
NAMES = ("Giàng A Páo", "Sùng Thị Dơ", "Lý A Chở")
MARK = "LƯU HÀNH NỘI BỘ"


@pytest.fixture
def weighed(district):
    (commune,) = meant(district, unit=HERE, day=JUNE)
    born = JUNE - timedelta(days=1096)
    villages = ("Bản Mù", "Háng Tày", "")
    new = [
        NewChild(commune, name, Sex.MALE, born, village=village, ethnic_group="Mông", mother="Vàng Thị Mỷ")
        for name, village in zip(NAMES, villages, strict=True)
    ]
    uids = register(district, new=new).uids
    session, _ = weighing.open_session(district, new=NewSession(commune, JUNE))
    rows = [Measurement(uids[0], JUNE, session.uid, 10000, 820), Measurement(uids[1], JUNE, session.uid, 14200, 955)]
    weighing.measure(district, measurements=[*rows, Measurement(uids[2], JUNE, session.uid, absent=True)])
    return district, uids


def printed(record, name, unit=HERE, **more):
    return reports.report_pdf(record, name=name, unit=unit, period=HALF, today=TODAY, **more)


def texts(data):
    return [page.get_textpage().get_text_range().replace("\r\n", " ") for page in pypdfium2.PdfDocument(data)]


def test_the_report_says_what_was_found_and_that_its_layout_is_our_own(weighed):
    data, pages = printed(weighed[0], "nutrition", unit=None)
    told = texts(data)
    assert len(told) == pages
    words = " ".join(told)
    for said in (
        "Mẫu của phần mềm",
        "2/3 trẻ trong danh sách (66,7%)",
        "Tỷ lệ thấp còi: 50,0% (1/2 trẻ",
        "mức rất cao",
        "Mỗi trẻ tính một lần cân đo",
        "Tỷ lệ thấp còi theo xã",
    ):
        assert said in words, said


@pytest.mark.parametrize("unit", [None, HERE])
def test_no_name_and_no_birth_date_is_in_the_report(weighed, unit):
    words = " ".join(texts(printed(weighed[0], "nutrition", unit=unit)[0]))
    assert MARK not in words
    for secret in (*NAMES, "Vàng Thị Mỷ", f"{JUNE - timedelta(days=1096):%d/%m/%Y}"):
        assert secret not in words


def test_the_report_of_a_commune_has_its_villages(weighed):
    assert "Háng Tày" in " ".join(texts(printed(weighed[0], "nutrition")[0]))
    assert "Háng Tày" not in " ".join(texts(printed(weighed[0], "nutrition", unit=None)[0]))


def test_the_list_of_a_session_goes_village_by_village_and_stays_inside(weighed):
    data, _ = printed(weighed[0], "weighing-list")
    told = texts(data)
    assert all(MARK in page for page in told)
    words = " ".join(told)
    assert words.index("Bản Mù") < words.index(NAMES[0]) < words.index("Háng Tày") < words.index(NAMES[1])
    assert "Thấp còi độ" in words
    assert "Danh sách 3 trẻ; được cân đo 2; vắng 1." in words


def test_the_follow_up_list_says_why(weighed):
    words = " ".join(texts(printed(weighed[0], "follow-up")[0]))
    assert MARK in words
    assert NAMES[0] in words
    assert "Thấp còi độ" in words
    assert NAMES[1] not in words


def test_a_card_has_the_visits_and_the_charts_of_its_child_alone(weighed):
    record, uids = weighed
    told = texts(printed(record, "child-card", child=uids[0])[0])
    words = " ".join(told)
    assert all(MARK in page for page in told)
    assert NAMES[0] in words
    assert NAMES[1] not in words
    for said in ("Cân nặng theo tuổi", "Chiều dài, chiều cao theo tuổi", "Cân nặng theo chiều dài", "82,0"):
        assert said in words, said
    with pytest.raises(UsageError, match="child_needed"):
        printed(record, "child-card")


@pytest.mark.parametrize("name", ["nutrition", "weighing-list", "follow-up", "child-card"])
def test_the_same_record_and_day_give_the_same_bytes(weighed, name):
    record, uids = weighed
    assert printed(record, name, child=uids[0])[0] == printed(record, name, child=uids[0])[0]


@pytest.mark.parametrize("name", ["weighing-list", "follow-up", "child-card"])
def test_who_prints_names_is_noted(weighed, name):
    record, uids = weighed
    before = len(access.log(record))
    printed(record, name, child=uids[0])
    assert len(access.log(record)) == before + 1


@pytest.mark.parametrize("name", ["weighing-list", "child-card"])
def test_the_mark_stands_in_the_top_margin_clear_of_the_page_number(weighed, name):
    record, uids = weighed
    for number, page in enumerate(sheets(io.BytesIO(printed(record, name, child=uids[0])[0]).getvalue()), 1):
        mark = page.find(MARK)
        assert mark.baseline < 20
        assert mark.font == "LiberationSerif-Bold"
        if number > 1:
            assert next(line for line in page.lines if line.text.strip() == str(number)).right < mark.left - 5


def test_an_empty_record_prints_too(district):
    assert "chưa có trẻ nào được cân đo" in " ".join(texts(printed(district, "nutrition", unit=None)[0]))
    assert "Không có trẻ nào" in " ".join(texts(printed(district, "weighing-list")[0]))
    assert "Không có trẻ nào" in " ".join(texts(printed(district, "follow-up", unit=None)[0]))


def test_arm_oedema_and_notes_stand_on_the_card_and_on_the_list(weighed):
    record, uids = weighed
    held = children.child_page(record, uid=uids[0]).measurements[-1]
    weighing.measure(record, measurements=[replace(held, muac=112, oedema=True, note="Hẹn khám.")])
    card = " ".join(texts(printed(record, "child-card", child=uids[0])[0]))
    listed = " ".join(texts(printed(record, "weighing-list")[0]))
    for paper in (card, listed):
        assert "112" in paper
        assert "Suy dinh dưỡng cấp tính nặng" in " ".join(paper.split())
    assert f"Ngày {held.day:%d/%m/%Y}: Phù. Suy dinh dưỡng cấp tính nặng (vòng cánh tay). Hẹn khám." in " ".join(
        card.split()
    )
