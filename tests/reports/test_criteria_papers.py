"""Papers about the national criteria: what stands where, and that nothing is claimed which nobody scored."""

import io
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from desktop.application.criteria_sets import shipped_sets
from desktop.domain.criteria.ranking import surplus
from desktop.domain.criteria.scoring import By, judge
from desktop.domain.criteria.ways import cheapest
from desktop.reports.criteria_chart import Goal, draw_path
from desktop.reports.criteria_input import (
    GoalLine,
    PaperCommune,
    PaperRow,
    RenewalLine,
    SheetInput,
    SummaryInput,
    SummaryLine,
)
from desktop.reports.criteria_report import criteria_report
from desktop.reports.criteria_sheets import check_minutes, self_sheet
from desktop.reports.criteria_summary import GROUNDS, heat, summary
from desktop.reports.growth_chart import Words
from desktop.reports.model import Document, Figure, Table, figures
from desktop.reports.pdf import print_pdf
from desktop.reports.targets_input import Office
from tests.reports.measure import sheets

F = Fraction
MADE = date(2025, 1, 14)
ONE = shipped_sets()["1300"]
OFFICE = Office("Trung tâm Y tế huyện Mù Cang Chải", "district", "TTYT", "Mù Cang Chải", "Sở Y tế tỉnh Yên Bái")
GOOD = {"1": 13, "2": 9, "3": 11.5, "4": 8, "5": 17, "6": 11, "7": 5.5, "8": 10, "9": 3, "10": 4}
POOR = GOOD | {"2": 4.5, "3": 9, "5": 9.5}


def points(told: dict[str, float]) -> dict[str, Fraction]:
    return {code: F(str(value)) for code, value in told.items()}


def commune(name: str, told: dict[str, float], by: By, zone: int | None = 3) -> PaperCommune:
    given = points(told)
    rows = tuple(
        PaperRow(part.number, row.code, row.name, row.maximum, row.least, {by: given[row.code]} if row.code in given
                 else {}, {by: "thiếu bác sĩ"} if row.code == "2" else {})
        for part in ONE.criteria for row in part.scored
    )  # fmt: skip
    own = judge(ONE, {by: given}, zone=zone)
    return PaperCommune(name, zone, rows, own, own)


def sheet(told: dict[str, float], by: By) -> SheetInput:
    return SheetInput(OFFICE, 2024, MADE, ONE, commune("Xã Kim Nọi", told, by))


def line(name: str, told: dict[str, float]) -> SummaryLine:
    given = points(told)
    judged = judge(ONE, {By.OFFICE: given} if given else {})
    way = cheapest(ONE, given) if judged.total is not None else ()
    spare = surplus(judged, -sum((gain.points for gain in way or ()), F(0)))
    under = frozenset(part.criterion.number for part in judged.criteria if part.passes is False)
    return SummaryLine(name, 3, given, under, judged, spare, None, spare, way, ONE.name)


GONE = RenewalLine("Xã Mới", "2/QĐ", MADE, False, "Xã Cũ")


def whole(count: int = 3) -> SummaryInput:
    lines = (line("Xã Nậm Có", GOOD), line("Xã Kim Nọi", POOR), line("Xã Nậm Khắt", {}))
    more = tuple(replace(lines[0], name=f"Xã Thứ {at}") for at in range(count - 3))
    return SummaryInput(
        OFFICE, 2024, MADE, ONE, lines + more, {"1": F(13), "2": F(27, 4)}, 1 + len(more),
        (GoalLine("62-NQ/TU", 2025, F("90.2"), F(50), 5),), (RenewalLine("Xã Nậm Có", "1626/QĐ-UBND", MADE, True), GONE),
        (7, 14), date(2024, 12, 31), ((2023, F(20)), (2024, F(50))),
    )  # fmt: skip


def printed(document: Document) -> bytes:
    held = io.BytesIO()
    print_pdf(document, held, made=MADE)
    return held.getvalue()


@pytest.fixture(scope="module")
def minutes():
    return sheets(printed(check_minutes(sheet(POOR, By.OFFICE))))


def test_minutes_have_the_secretary_left_and_the_chair_right_on_one_line_and_no_place_and_date(minutes):
    left, right = minutes[-1].find("THƯ KÝ"), minutes[-1].find("CHỦ TỌA")
    assert left.baseline == pytest.approx(right.baseline, abs=0.1)
    assert left.right < 105 < right.left
    recipients = minutes[-1].find("Nơi nhận:")
    assert recipients.baseline > left.baseline + 30
    assert recipients.left == pytest.approx(30, abs=0.5)
    assert "năm 2025" not in minutes[0].text
    assert "/BB-TTYT" in minutes[0].text


def test_minutes_say_verdict_and_every_reason(minutes):
    text = " ".join(" ".join(page.text.split()) for page in minutes)
    assert "Kết luận: Không đạt." in text
    assert "tiêu chí 2 Nhân lực y tế: 4,5/10 điểm, dưới sàn 5" in text
    assert "Mẫu của phần mềm" in text


def test_a_station_signs_its_own_sheet_and_what_nobody_scored_is_an_ellipsis():
    document = self_sheet(sheet({code: value for code, value in GOOD.items() if code != "9"}, By.SELF))
    assert document.agency.name == "Trạm Y tế xã Kim Nọi"
    assert document.agency.parent == OFFICE.name
    assert document.signature.posts == ("TRƯỞNG TRẠM",)
    told = {figure.name: figure.text for figure in figures(document)}
    assert told["criteria.9.self"] == told["criteria.total.self"] == "…"
    assert told["criteria.3.self"] == "11,5"
    later = replace(sheet(GOOD, By.SELF), made=date(2026, 3, 1))
    assert self_sheet(later).signature.posts == ("GIÁM ĐỐC",)


def test_sums_under_a_floor_bear_a_mark():
    told = {figure.name: figure for figure in figures(check_minutes(sheet(POOR, By.OFFICE)))}
    assert (told["criteria.2.office"].text, told["criteria.2.office"].mark) == ("4,5", "*")
    assert told["criteria.1.office"].mark == ""


def test_the_heat_table_always_prints_the_number_and_marks_what_is_under_its_floor():
    table = next(block for block in heat(whole()).blocks if isinstance(block, Table))
    cells = [cell for row in table.rows for cell in row.cells if isinstance(cell, Figure) and cell.ground]
    assert cells
    assert all(cell.text for cell in cells)
    dark = [cell for cell in cells if cell.light]
    assert {(cell.text, cell.mark, cell.ground) for cell in dark} == {("4,5", "*", "B4472B")}
    assert {cell.ground for cell in cells} <= set(GROUNDS.values())


def test_the_heat_table_of_fourteen_communes_is_one_landscape_page():
    pages = sheets(printed(heat(whole(14))))
    assert len(pages) == 1
    assert pages[0].width > pages[0].height
    assert "In ngày 14 tháng 01 năm 2025" in pages[0].text
    assert "CỘNG HÒA" not in pages[0].text


def test_the_summary_names_the_one_nobody_scored():
    table = next(block for block in summary(whole()).blocks if isinstance(block, Table))
    assert [row.cells[-3] for row in table.rows] == ["Đạt", "Không đạt", "Chưa chấm", "1/3 đạt"]
    assert [row.cells[-2] for row in table.rows][:3] == ["+12,0", "−2,5", "…"]


def test_the_report_plans_the_cheapest_way_and_the_renewals():
    document = criteria_report(whole())
    tables = {block.name: block for block in document.blocks if isinstance(block, Table)}
    row = tables["criteria.ways"].rows[0]
    assert row.cells[1] == "Xã Kim Nọi"
    assert "2 Nhân lực y tế: +2,5 (tiêu chí dưới sàn)" in str(row.cells[4])
    assert len(tables["criteria.ways"].rows) == 1
    text = str(document.blocks)
    assert "hết hạn 14/01/2025" in text
    assert "xã Mới (sau sắp xếp chưa có quyết định; xã Cũ trước đây: Quyết định số 2/QĐ, hạn 14/01/2025)" in text
    assert "90,2%" in text
    assert "còn thiếu 5" in text


def test_the_same_input_and_day_give_the_same_bytes():
    assert printed(heat(whole())) == printed(heat(whole()))


def test_the_chart_says_the_last_share_and_every_goal():
    drawing = draw_path([(2023, F(20)), (2024, F(50))], [Goal(2025, F("90.2"))], size=(100, 50))
    told = [mark.text for mark in drawing.marks if isinstance(mark, Words)]
    assert "50,0%" in told
    assert "90,2%" in told
    assert draw_path([], [], size=(100, 50)).marks == ()
    alone = draw_path([], [Goal(2025, F("90.2"))], size=(100, 50))
    told_at = next(mark.at for mark in alone.marks if isinstance(mark, Words) and mark.text == "90,2%")
    assert told_at[0] == pytest.approx((alone.plot[0] + alone.plot[2]) / 2)


@pytest.mark.parametrize("each", [3, 4, 5])
def test_a_criterion_never_stands_last_on_a_page_without_its_rows(each):
    from desktop.domain.criteria.sets import Criterion, Row

    parts = []
    for part in ONE.criteria:
        rows = tuple(Row(f"{part.number}.{at}", "Phần", (part.maximum or F(0)) / each) for at in range(1, each + 1))
        parts.append(Criterion(part.number, part.name, part.maximum, rows))
    one = replace(ONE, criteria=tuple(parts))
    lines = tuple(PaperRow(part.number, row.code, row.name, row.maximum, None, {}, {}) for part in one.criteria
                  for row in part.rows)  # fmt: skip
    blank = judge(one, {}, zone=1)
    told = SheetInput(OFFICE, 2024, MADE, one, PaperCommune("Xã Kim Nọi", 1, lines, blank, blank))
    pages = sheets(printed(self_sheet(told)))
    assert len(pages) > 1
    for page in pages[:-1]:
        codes = [line for line in page.lines if line.left < 40 and line.text[:1].isdigit()]
        assert max(codes, key=lambda line: line.baseline).text.endswith("Phần")
