"""What the report of targets says, and that it says nothing its figures do not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.plans import Comparator, Plan, PlanKind
from desktop.domain.plans.status import Figure as JudgedFigure
from desktop.domain.plans.status import Status
from desktop.domain.values import NOT_APPLICABLE, NOT_REPORTED
from desktop.reports.model import Heading, Orientation, Paragraph, Table, ToWrite, figures, plain_text
from desktop.reports.pdf import fonts
from desktop.reports.pdf.columns import fit
from desktop.reports.targets_input import AnnexCell, PlanPart, Reading, TargetRow
from desktop.reports.targets_report import targets_report
from desktop.reports.targets_sentences import plan_citation
from desktop.reports.targets_words import VERDICTS, count_text, period_text
from tests.reports import make


@pytest.fixture(scope="module")
def data():
    return make.sample()


@pytest.fixture(scope="module")
def report(data):
    return targets_report(data)


def words(document):
    said = [plain_text(block.spans) for block in document.blocks if isinstance(block, Paragraph)]
    return "\n".join([*said, plain_text(document.closing.spans)])


def sentence(document, start):
    return next(line for line in words(document).split("\n") if line.startswith(start))


def tables(document):
    return [block for block in document.blocks if isinstance(block, Table)]


def row_of(table, name):
    return next(
        [each if isinstance(each, str) else each.text for each in row.cells] for row in table.rows if name in row.cells
    )


def with_row(data, **changes):
    row = replace(make.sample_targets()[9], **changes)
    return replace(data, plans=(make.plan((row,)),))


def test_it_has_the_usual_parts_in_order(report):
    assert [block.text for block in report.blocks if isinstance(block, Heading) and block.level == 1] == [
        "I. TÌNH HÌNH CHUNG",
        "II. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU",
        "III. ĐÁNH GIÁ CHUNG",
        "IV. KIẾN NGHỊ",
    ]
    assert report.subject == "Kết quả thực hiện các chỉ tiêu y tế năm 2024"
    assert words(report).endswith("./.")
    assert report.recipients[0] == "Như trên"
    assert report.recipients[-1] == "Lưu: VT, KHNV"


def test_it_begins_with_its_basis(report):
    first = words(report).split("\n")[0]
    assert first.startswith("Thực hiện Nghị quyết số 62-NQ/TU ngày 26 tháng 10 năm 2021 của Ban Chấp hành")
    assert first.endswith("báo cáo kết quả thực hiện các chỉ tiêu y tế năm 2024 như sau:")


@pytest.mark.parametrize(
    ("kind", "title", "cited"),
    [
        (
            PlanKind.PLAN,
            "Kế hoạch thực hiện Nghị quyết số 139/NQ-CP ngày 31/12/2017 của Chính phủ",
            (
                "Kế hoạch số 55/KH-UBND ngày 26 tháng 3 năm 2018 của Ủy ban nhân dân tỉnh Yên Bái "
                "thực hiện Nghị quyết số 139/NQ-CP ngày 31/12/2017 của Chính phủ"
            ),
        ),
        (
            PlanKind.RESOLUTION,
            "Nghị quyết Hội nghị lần thứ mười Ban Chấp hành Đảng bộ tỉnh khóa XIX về nâng cao chất lượng",
            "Nghị quyết số 55/KH-UBND ngày 26 tháng 3 năm 2018 của Ủy ban nhân dân tỉnh Yên Bái về nâng cao chất lượng",
        ),
        (
            PlanKind.RESOLUTION,
            "Nghị quyết Hội nghị lần thứ ba",
            "Nghị quyết số 55/KH-UBND ngày 26 tháng 3 năm 2018 của Ủy ban nhân dân tỉnh Yên Bái",
        ),
    ],
)
def test_a_plan_of_the_catalogue_is_cited_in_full(kind, title, cited):
    plan = Plan(
        "55", "55/KH-UBND", "Yên Bái", title, "Ủy ban nhân dân tỉnh Yên Bái", date(2018, 3, 26), kind, "002.txt"
    )
    assert plan_citation(PlanPart.of(plan, ())) == cited


def test_a_reading_is_taken_over_from_the_figure_that_was_judged():
    judged = JudgedFigure(Fraction(50), Fraction(1), Fraction(2), 100, 13, 14)
    assert Reading.of(judged, "7") == Reading(Fraction(50), Fraction(1), Fraction(2), 13, 14, "7")
    assert Reading.of(JudgedFigure(None)) == Reading(None)


def test_causes_and_proposals_are_left_to_the_writer(report):
    assert [block.name for block in report.blocks if isinstance(block, ToWrite)] == ["causes", "proposals"]


def test_the_sentence_of_a_rate_says_figure_parts_completeness_change_and_verdict(report):
    assert sentence(report, "Tỷ lệ suy dinh dưỡng thể nhẹ cân") == (
        "Tỷ lệ suy dinh dưỡng thể nhẹ cân của trẻ em dưới 5 tuổi là 15,5% (1.152/7.439; tính trên 14/14 xã), "
        "giảm 0,5 điểm phần trăm so với cùng kỳ năm 2023 (16,0%); "
        "chậm lộ trình đến mục tiêu năm 2025 (còn 14%), mức theo lộ trình đến hết năm 2024 là 14,8%."
    )


def test_last_year_says_so_where_it_rests_on_other_communes(report):
    assert "(28,0%, tính trên 14/14 xã)" in sentence(report, "Tỷ lệ suy dinh dưỡng thấp còi")


def test_several_years_of_one_indicator_are_one_sentence(report):
    text = sentence(report, "Tỷ lệ dân số tham gia bảo hiểm y tế")
    assert text.endswith("; đạt mục tiêu năm 2025 (96,5%); đạt mục tiêu năm 2030 (96,5%).")


def test_few_cases_are_said_with_their_interval_and_the_plan_in_its_own_words(report):
    text = sentence(report, "Tỷ suất tử vong trẻ em dưới 1 tuổi")
    assert "số trường hợp quá ít để xét so với mục tiêu năm 2025 (giảm xuống còn 12,5‰)" in text
    assert text.count("khoảng tin cậy 95% là 2,1–13,8‰") == 1


def test_what_has_no_figure_is_named_and_not_filled_in(report):
    assert sentence(report, "Chưa có số liệu để đánh giá") == (
        "Chưa có số liệu để đánh giá 4 chỉ tiêu: tuổi thọ trung bình; số năm sống khỏe; "
        "tỷ lệ xã đạt tiêu chí quốc gia về y tế; tỷ lệ hài lòng của người dân với dịch vụ y tế."
    )


def test_the_summary_counts_every_target_once(report, data):
    text = sentence(report, "So với 12 mục tiêu đến năm 2025")
    assert text.endswith(
        "có 3 mục tiêu đạt, 2 mục tiêu chậm lộ trình, "
        "7 mục tiêu chưa đánh giá được (2 quá ít để xét, 1 không xét ở cấp này, 4 chưa có số liệu)."
    )
    assert sum(row.year == 2025 for row in data.plans[0].targets) == 12


def test_what_is_missing_or_wrong_in_the_data_is_said(report):
    text = words(report)
    assert "Số liệu đã báo cáo: 234/238 mục (98,3%); 10/14 xã, thị trấn báo cáo đủ." in text
    assert "xã Khao Mang (có hồ sơ sức khỏe điện tử)" in text
    assert "cần kiểm tra lại: xã Dế Xu Phình (thấp còi)." in text
    assert "dân số là 61.724 người, tính trên 14/14 xã; nguồn: dân số trung bình năm 2024" in text


def test_the_table_holds_every_target_with_sense_change_and_verdict(report, data):
    (table,) = tables(report)
    assert len([row for row in table.rows if row.kind == "plain"]) == len(data.plans[0].targets)
    assert row_of(table, "Tỷ lệ suy dinh dưỡng thấp còi của trẻ em dưới 5 tuổi")[2:] == [
        "%",
        "còn 22,2%",
        "28,0%",
        "29,6%",
        "+1,6 điểm\u00a0%",
        "Chậm lộ trình",
        "13/14",
    ]
    assert row_of(table, "Tuổi thọ trung bình")[2:] == ["năm", "đạt 74,5", "…", "…", "…", "Chưa có số liệu", "…"]
    assert "% kế hoạch" not in [cell.text for row in table.head for cell in row]


def test_percent_of_the_plan_is_for_counts_only(data):
    beds = TargetRow(
        indicator="private_beds",
        name="Số giường bệnh ngoài công lập",
        unit="giường",
        lower_is_better=False,
        comparator=Comparator.AT_LEAST,
        target=Decimal(50),
        year=2025,
        status=Status.OFF_TRACK,
        current=Reading(Fraction(43)),
        previous=Reading(Fraction(40)),
        is_count=True,
    )
    rate = make.sample_targets()[9]
    report = targets_report(replace(data, plans=(make.plan((beds, rate)),)))
    (table,) = tables(report)
    assert row_of(table, beds.name)[2:] == ["giường", "đạt 50", "40", "43", "+3", "86,0%", "Chậm lộ trình", "…"]
    assert row_of(table, rate.name)[7] == "x"
    assert "là 43 giường, tăng 3 giường so với cùng kỳ năm 2023 (40), bằng 86,0% kế hoạch" in words(report)


def test_a_figure_that_looks_like_the_target_it_misses_has_one_more_decimal_everywhere(data):
    current = Reading(Fraction("22.24"), reported=14, expected=14)
    report = targets_report(with_row(data, current=current, status=Status.MISSED, required=None, year=2024))
    assert row_of(tables(report)[0], make.sample_targets()[9].name)[5] == "22,24%"
    assert "là 22,24% (tính trên 14/14 xã), giảm 5,76 điểm phần trăm" in words(report)
    assert "không đạt mục tiêu năm 2024 (còn 22,2%)" in words(report)


def test_a_figure_behind_its_path_never_looks_like_the_path(data):
    current = Reading(Fraction("24.34"), reported=14, expected=14)
    report = targets_report(with_row(data, current=current, required=Fraction("24.31")))
    assert "là 24,34%" in words(report)
    assert "là 24,31%" in words(report)


def test_the_difference_is_that_of_the_printed_figures(data):
    current, previous = Reading(Fraction("26.44")), Reading(Fraction("27.95"))
    report = targets_report(with_row(data, current=current, previous=previous))
    assert "là 26,4%, giảm 1,6 điểm phần trăm so với cùng kỳ năm 2023 (28,0%)" in words(report)


def test_an_unchanged_figure_is_equal_and_moves_nowhere(data):
    same = Reading(Fraction("26.4"))
    report = targets_report(with_row(data, current=same, previous=same))
    assert "bằng cùng kỳ năm 2023 (26,4%)" in words(report)
    assert "chỉ tiêu tốt hơn" not in words(report)
    assert "chỉ tiêu kém hơn" not in words(report)


def test_without_last_year_nothing_is_compared(data):
    report = targets_report(with_row(data, previous=None))
    assert "cùng kỳ" not in words(report)


def test_better_and_worse_follow_the_sense_of_the_indicator(report):
    assert "có 1 chỉ tiêu kém hơn: tỷ lệ suy dinh dưỡng thấp còi" in words(report)
    better = sentence(report, "So với cùng kỳ năm 2023, có 5 chỉ tiêu tốt hơn")
    assert "tử vong trẻ em dưới 1 tuổi (giảm 3,9 điểm phần nghìn)" in better
    assert "tham gia bảo hiểm y tế (tăng 3,9 điểm phần trăm)" in better


@pytest.mark.parametrize("verdict", list(Status))
def test_every_verdict_has_its_word_in_the_table_and_a_sentence(data, verdict):
    report = targets_report(with_row(data, status=verdict, provisional=True))
    assert row_of(tables(report)[0], make.sample_targets()[9].name)[7] == f"{VERDICTS[verdict]} (tạm tính)"
    assert "mục tiêu năm 2025 (còn 22,2%)" in words(report)
    assert ("; đạt mục tiêu" in words(report)) == (verdict is Status.MET)


def test_a_provisional_verdict_says_so_and_the_legend_why(data):
    report = targets_report(with_row(data, provisional=True))
    assert "là 24,3% (tạm tính)." in words(report)
    assert "tạm tính: dưới 80% số xã có số liệu" in tables(report)[0].legend


def test_a_target_in_words_only_is_printed_in_its_words(data):
    report = targets_report(
        with_row(
            data,
            target=None,
            comparator=Comparator.TEXT,
            condition="cơ bản chấm dứt",
            unit="",
            current=Reading(None),
            previous=None,
            required=None,
            status=Status.NO_DATA,
        )
    )
    assert row_of(tables(report)[0], make.sample_targets()[9].name)[3] == "cơ bản chấm dứt"


def test_several_plans_have_their_own_titles_and_tables(data):
    other = PlanPart("55", "Kế hoạch", "55/KH-UBND", "Ủy ban nhân dân tỉnh Yên Bái", "", make.sample_targets()[2:4])
    report = targets_report(replace(data, plans=(data.plans[0], other, replace(other, code="0", targets=()))))
    assert [block.text for block in report.blocks if isinstance(block, Heading) and block.text[0].isdigit()][:3] == [
        "1. Nghị quyết số 62-NQ/TU",
        "2. Kế hoạch số 55/KH-UBND",
        "3. Kế hoạch số 55/KH-UBND",
    ]
    assert len(tables(report)) == 2
    assert tables(report)[1].caption.startswith("Bảng 2.")
    assert "không có mục tiêu bằng số" in words(report)


def test_without_plans_communes_or_population_it_still_stands_and_says_so(data):
    bare = replace(data, plans=(), columns=(), communes=(), totals=(), population=None)
    report = targets_report(bare)
    assert "chưa có số liệu dân số" in words(report)
    assert "Chưa có kế hoạch nào được chọn" in words(report)
    assert report.annexes == ()
    assert make.printed(report)[1].annexes == ()


def test_the_annex_lies_across_with_totals_completeness_marks_and_source(report):
    (annex,) = report.annexes
    assert annex.orientation is Orientation.LANDSCAPE
    (table,) = annex.blocks
    whole, counted = table.rows[-2:]
    assert [each if isinstance(each, str) else each.text + each.mark for each in whole.cells][:5] == [
        "",
        "Toàn huyện",
        "61.724",
        "60.492**",
        "56.337**",
    ]
    assert counted.cells[:6] == ("", "Số xã có số liệu", "14/14", "14/14", "14/14", "13/14")
    assert next(row for row in table.rows if "Xã Dế Xu Phình" in row.cells).cells[10].mark == "*"
    assert table.legend.startswith("0: không có; x: không áp dụng; …: chưa báo cáo; *: số liệu sai")
    assert plain_text(table.notes[0].spans).startswith("Nguồn số liệu dân số: Dân số trung bình năm 2024")


def test_every_state_has_its_sign(data):
    first = data.communes[0]
    cells = (AnnexCell(NOT_REPORTED), AnnexCell(NOT_APPLICABLE), *first.cells[2:])
    report = targets_report(replace(data, communes=(replace(first, cells=cells), *data.communes[1:])))
    row = report.annexes[0].blocks[0].rows[0]
    assert [cell.text for cell in row.cells[2:4]] == ["…", "x"]
    assert [cell.text for cell in row.cells[-2:]] == ["Có", "Có"]
    assert row.cells[15].text == "0"


def test_figures_can_be_followed_back(report):
    found = {each.name: each for each in figures(report)}
    assert found["62-NQ/TU-yen-bai.stunting_rate.2025.value"].value == Fraction(1983 * 100, 6708)
    assert found["stunted.04486.2024"].value == 288
    assert found["stunted.04486.2024"].text == "288"


def test_the_office_of_another_level_has_its_own_words(data):
    names = {"commune": "Toàn xã", "area": "Toàn khu vực", "province": "Toàn tỉnh", "other": "Tổng cộng"}
    for level, name in names.items():
        report = targets_report(replace(data, office=replace(data.office, level=level)))
        assert report.annexes[0].blocks[0].rows[-2].cells[1] == name


@pytest.mark.parametrize(
    ("level", "name", "words"),
    [
        ("district", "Trung tâm Y tế thành phố Thanh Hóa", "Toàn thành phố"),
        ("district", "Trung tâm Y tế quận Ba Đình", "Toàn quận"),
        ("district", "Trung tâm Y tế thị xã Nghĩa Lộ", "Toàn thị xã"),
        ("commune", "Trạm Y tế thị trấn Sơn Dương", "Toàn thị trấn"),
        ("commune", "Trạm Y tế phường Yên Bái", "Toàn phường"),
        ("province", "Sở Y tế thành phố Hà Nội", "Toàn thành phố"),
        ("district", "Trung tâm Y tế Sơn Dương", "Toàn huyện"),
    ],
)
def test_the_total_is_that_of_the_offices_own_kind(data, level, name, words):
    report = targets_report(replace(data, office=replace(data.office, level=level, name=name)))
    assert report.annexes[0].blocks[0].rows[-2].cells[1] == words


def test_parts_of_a_year_are_named_as_people_name_them(data):
    quarter = targets_report(replace(data, period=Period.parse("2025Q3")))
    assert quarter.subject.endswith("quý III năm 2025")
    half = targets_report(replace(data, period=Period.parse("2025S1")))
    assert half.subject.endswith("6 tháng đầu năm 2025")


@pytest.mark.parametrize("count", [1, 40, 600])
def test_any_number_of_communes_prints(count):
    data = make.many_communes(count)
    report = targets_report(data)
    printed, pages = make.printed(report)
    assert printed[:5] == b"%PDF-"
    assert pages.annexes[0] >= count // 40
    assert len([row for row in report.annexes[0].blocks[0].rows if row.kind == "plain"]) == count
    assert len(words(report)) < 9_000


def test_sixty_elements_print_without_losing_one():
    report = targets_report(make.many_communes(14, columns=60))
    assert len(report.annexes[0].blocks[0].columns) == 62
    assert make.printed(report)[1].annexes[0] > 1


def test_findings_that_are_notes_leave_no_mark(data):
    first = data.communes[0]
    cells = (replace(first.cells[0], finding=Severity.NOTE), *first.cells[1:])
    report = targets_report(replace(data, communes=(replace(first, cells=cells), *data.communes[1:])))
    assert report.annexes[0].blocks[0].rows[0].cells[2].mark == ""


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2024", "năm 2024"),
        ("2025NineMonths", "9 tháng năm 2025"),
        ("2025S2", "6 tháng cuối năm 2025"),
        ("202502", "tháng 02 năm 2025"),
        ("2025C10", "10 tháng năm 2025"),
        ("2018-2022", "giai đoạn 2018 - 2022"),
        ("20260115-20260214", "từ 15/01/2026 đến 14/02/2026"),
        ("20241101-20250228", "từ tháng 11 năm 2024 đến tháng 02 năm 2025"),
    ],
)
def test_every_kind_of_period_has_a_name(period, text):
    assert period_text(Period.parse(period)) == text


@pytest.mark.parametrize(("value", "text"), [("12.5", "12,5"), ("0.1234", "0,1234"), ("1234", "1.234"), ("0", "0")])
def test_amounts_are_printed_exactly(value, text):
    assert count_text(Fraction(value)) == text


def test_a_figure_of_several_years_says_which(data):
    row = replace(make.sample_targets()[6], pooled_years=3)
    report = targets_report(replace(data, plans=(make.plan((row,)),)))
    assert "là 3,1‰ (5/1.617; cộng 3 năm 2022 - 2024; tính trên 14/14 xã)" in words(report)
    assert row_of(tables(report)[0], f"{row.name} (cộng 3 năm)")[5] == "3,1‰"


def test_what_is_not_judged_here_and_has_no_figure_is_named_apart(data):
    row = replace(make.sample_targets()[0], status=Status.NOT_MEASURABLE)
    report = targets_report(replace(data, plans=(make.plan((row, make.sample_targets()[1])),)))
    assert sentence(report, "Không xét ở cấp này").endswith("chưa có số liệu 1 chỉ tiêu: tuổi thọ trung bình.")
    assert sentence(report, "Chưa có số liệu").endswith("1 chỉ tiêu: số năm sống khỏe.")


def test_the_table_of_targets_is_never_cut_into_groups_of_columns(data):
    fonts.register()
    beds = replace(
        make.sample_targets()[9],
        unit="giường",
        is_count=True,
        target=Decimal(12400),
        condition="chiếm trên 14% tổng số",
        current=Reading(Fraction(11234), reported=596, expected=600),
        previous=Reading(Fraction(10987)),
        provisional=True,
    )
    rows = (*make.sample_targets(), beds)
    rows = tuple(replace(row, decimals=2, provisional=True) for row in rows)
    for targets in (rows, rows[:-1]):
        (table,) = tables(targets_report(replace(data, plans=(make.plan(targets),))))
        assert len(fit(table, 165 * 72 / 25.4).groups) == 1
