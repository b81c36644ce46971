"""What a careful reader finds in Kế hoạch 200/KH-UBND of Bắc Ninh (04/6/2018) is in its plan file."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.plans.deadlines import MonthDay, Reading, Recurrence
from desktop.domain.plans.plan import Comparator, Plan, Task
from desktop.domain.text import squeeze
from tests.domain.plans.asking import aims_at, target

CODE = "200/KH-UBND-bac-ninh"
DISTRICTS = "UBND các huyện, thị xã, thành phố"

# Indicator, 2025, 2030, unit: the numbers of section II.2, read from the page.
NUMBERS = [
    ("life_expectancy", "~ 75.5", "~ 76", "năm"),
    ("healthy_life_years", ">= 67", ">= 68", "năm"),
    ("insurance_coverage", ">= 96", ">= 98", "%"),
    ("household_out_of_pocket", "<= 30", "< 25", "%"),
    ("full_vaccination_rate", ">= 98", "> 98", "%"),
    ("vaccine_types", ">= 12", ">= 14", "loại"),
    ("under5_mortality", "< 15", "< 12", "‰"),
    ("infant_mortality", "< 10", "< 8", "‰"),
    ("stunting_rate", "< 18", "< 13", "%"),
    ("adult_obesity_rate", "< 12", "< 10", "%"),
    ("height_18_male", ">= 167.5", ">= 169", "cm"),
    ("height_18_female", ">= 156.5", ">= 158", "cm"),
    ("health_managed_rate", ">= 95", ">= 98", "%"),
    ("stations_ncd", ">= 100", ">= 100", "%"),
    ("hospital_beds_per_10000", ">= 35", ">= 38", "/10.000"),
    ("doctors_per_10000", ">= 12", ">= 15", "/10.000"),
    ("pharmacists_per_10000", ">= 2.8", ">= 3", "/10.000"),
    ("nurses_per_10000", ">= 25", ">= 33", "/10.000"),
    ("private_bed_share", ">= 12", ">= 17", "%"),
    ("satisfaction_rate", "> 80", "> 90", "%"),
]


def numbered(plan: Plan, number: str) -> Task:
    found = [one for one in plan.tasks if one.number == number]
    assert len(found) == 1
    return found[0]


def body(plan: Plan, words: str) -> list[Task]:
    return [one for one in plan.tasks if one.number is None and words in one.sentence]


def printed_rows(seed: str) -> list[list[str]]:
    """The rows of the appendix: number, task, lead, partners, time."""
    rows = [[squeeze(cell) for cell in line.split("\t")] for line in seed.splitlines()]
    return [cells[:5] for cells in rows if len(cells) >= 5 and cells[0].isdigit()]


def test_the_plan_is_named_as_on_its_first_page(plan: Plan) -> None:
    assert (plan.code, plan.symbol, plan.date) == ("200/KH-UBND-bac-ninh", "200/KH-UBND", date(2018, 6, 4))
    assert plan.issuer == "Ủy ban nhân dân tỉnh Bắc Ninh"


@pytest.mark.parametrize(("indicator", "in_2025", "in_2030", "unit"), NUMBERS, ids=[row[0] for row in NUMBERS])
def test_every_number_of_2025_and_2030_is_a_target(
    plan: Plan, indicator: str, in_2025: str, in_2030: str, unit: str
) -> None:
    assert aims_at(plan, indicator, 2025, in_2025, unit)
    assert aims_at(plan, indicator, 2030, in_2030, unit)


def test_there_are_forty_three_targets(plan: Plan) -> None:
    assert Counter(one.year for one in plan.targets) == {2025: 20, 2030: 21, None: 2}


def test_the_last_wish_for_2030_has_no_number(plan: Plan) -> None:
    found = target(plan, "end_aids_tb_malaria", 2030)
    assert (found.comparator, found.value) == (Comparator.TEXT, None)
    assert found.text == "Cơ bản chấm dứt các dịch bệnh AIDS, lao và loại trừ sốt rét"


def test_the_share_for_prevention_has_no_year_and_is_more_than_30(plan: Plan) -> None:
    found = target(plan, "prevention_budget_share", None)
    assert (found.comparator, found.value, found.unit) == (Comparator.ABOVE, Decimal(30), "%")
    assert "lớn hơn 30% tổng ngân sách y tế" in found.sentence


@pytest.mark.parametrize(("year", "kinds"), [(2025, 12), (2030, 14)])
def test_the_number_of_vaccines_is_a_condition_too(plan: Plan, year: int | None, kinds: str) -> None:
    assert target(plan, "full_vaccination_rate", year).condition == f"với {kinds} loại vắc xin"


@pytest.mark.parametrize("indicator", ["under5_mortality", "infant_mortality"])
def test_mortality_keeps_the_printed_percent_sign_only_in_its_sentence(plan: Plan, indicator: str) -> None:
    for year in (2025, 2030):
        found = target(plan, indicator, year)
        assert found.unit == "‰"
        assert f"{found.value}%" in found.sentence


def test_every_row_of_the_appendix_is_a_task_with_its_own_words(plan: Plan, seed: str) -> None:
    rows = printed_rows(seed)
    assert [row[0] for row in rows] == [str(number) for number in range(1, 18)]
    assert [one.number for one in plan.tasks if one.number] == [row[0] for row in rows]
    for number, text, lead, _partners, when in rows:
        found = numbered(plan, number)
        assert found.text == text.rstrip(".;")
        assert found.when_text == when
        assert ", ".join(found.lead) == lead


@pytest.mark.parametrize(
    ("number", "reading"),
    [
        ("1", Reading(Recurrence.YEARLY, MonthDay(1, 1), MonthDay(12, 31))),
        ("2", Reading(Recurrence.ONCE, None, date(2018, 12, 31))),
        ("5", Reading(Recurrence.ONCE, None, date(2019, 12, 31))),
        ("11", Reading(Recurrence.SPAN, date(2018, 1, 1), date(2020, 12, 31))),
        ("14", Reading(Recurrence.SPAN, date(2022, 1, 1), date(2025, 12, 31))),
        ("16", Reading(Recurrence.ONCE, None, date(2027, 12, 31))),
        ("17", Reading(Recurrence.ONCE, None, date(2028, 12, 31))),
    ],
)
def test_deadlines_of_the_appendix_are_read(plan: Plan, number: str, reading: Reading) -> None:
    assert numbered(plan, number).reading == reading


def test_approved_projects_have_no_actor_and_no_date(plan: Plan) -> None:
    for number in ("7", "8", "9", "10"):
        found = numbered(plan, number)
        assert (found.lead, found.partners) == ((), ())
        assert found.reading == Reading(Recurrence.UNKNOWN, condition="Đã phê duyệt chủ trương đầu tư")


def test_two_departments_lead_the_geriatric_hospital(plan: Plan) -> None:
    assert numbered(plan, "16").lead == ("Sở Nội vụ", "Sở Y tế")


@pytest.mark.parametrize(
    ("number", "clause"),
    [("2", "III.1,"), ("3", "III.3.2,"), ("6", "III.6,"), ("16", "III.2.2,"), ("17", "III.2.2,")],
)
def test_a_task_printed_twice_is_one_row_with_both_places(plan: Plan, number: str, clause: str) -> None:
    found = numbered(plan, number)
    assert found.also is not None
    assert found.also.clause.startswith(clause)
    assert body(plan, found.also.sentence) == []


def test_districts_lead_everything_the_body_orders_them_to_do(plan: Plan) -> None:
    led = {one.clause for one in plan.tasks if DISTRICTS in one.lead}
    assert led >= {"III.1, gạch 1", "III.1, gạch 2", "IV.4", "IV, đoạn kết 1", "IV, đoạn kết 2"}
    (plans,) = body(plan, "xây dựng kế hoạch triển khai thực hiện đảm bảo hoàn thành các mục tiêu")
    assert plans.lead == (DISTRICTS,)


def test_reports_are_yearly_for_departments_and_quarterly_for_all(plan: Plan) -> None:
    (yearly,) = body(plan, "Định kỳ hằng năm báo cáo kết quả")
    (quarterly,) = body(plan, "định kỳ hàng quý tổng hợp, báo cáo kết quả")
    assert yearly.lead == ("Các Sở, ban, ngành", "các đơn vị liên quan")
    assert yearly.reading == Reading(Recurrence.YEARLY, MonthDay(1, 1), MonthDay(12, 31))
    assert quarterly.lead == ("các Sở, ban, ngành", DISTRICTS)
    assert quarterly.reading == Reading(Recurrence.QUARTERLY)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("chăm sóc sức khỏe người cao tuổi giai đoạn 2017 - 2025", 2017, 2025),
        ("Sữa học đường", 2017, 2020),
        ("Chương trình mục tiêu Y tế - Dân số giai đoạn 2016-2020", 2016, 2020),
        ("Kế hoạch số 257/KH - UBND", 2016, 2020),
        ("kiểm soát kê đơn thuốc và bán thuốc kê đơn", 2018, 2020),
    ],
)
def test_schemes_with_a_period_span_it(plan: Plan, words: str, first: int, last: int) -> None:
    (found,) = body(plan, words)
    assert found.reading == Reading(Recurrence.SPAN, date(first, 1, 1), date(last, 12, 31))


def test_the_budget_is_ordered_every_year(plan: Plan) -> None:
    (found,) = body(plan, "Hàng năm cân đối bố trí ngân sách")
    assert found.reading.recurrence is Recurrence.YEARLY
    (funds,) = body(plan, "Thẩm định, cân đối, bố trí nguồn kinh phí")
    assert funds.lead == ("Sở Kế hoạch và Đầu tư", "Sở Tài chính")


def test_supervision_and_review_are_two_rows(plan: Plan) -> None:
    rows = [one for one in plan.tasks if one.clause == "III.1, gạch 5"]
    assert [one.reading.recurrence for one in rows] == [Recurrence.CONTINUOUS, Recurrence.UNKNOWN]
    assert "kiểm tra, giám sát" in rows[0].sentence
    assert rows[1].sentence.startswith("định kỳ sơ kết, tổng kết")


def test_what_a_heading_names_counts_for_its_bullets(plan: Plan) -> None:
    rows = [one for one in plan.tasks if one.clause.startswith("III.5, gạch 11, cộng ")]
    assert len(rows) == 6
    assert all(one.lead for one in rows)


def test_scan_errors_are_mended_in_the_words_for_people_only(plan: Plan) -> None:
    (found,) = body(plan, "tăng thời lượng phô biến")
    assert "tăng thời lượng phổ biến" in found.text
    assert not any("*" in one.text for one in plan.tasks)


def test_the_two_numbers_of_the_plan_are_a_named_contradiction(plan: Plan) -> None:
    (found,) = [one for one in plan.contradictions if one.name == "annex_symbol_and_date"]
    places = " ".join(place.sentence for place in found.places)
    assert "Số: 200 /KH-UBND" in places
    assert "ngày 04 tháng 6 năm 2018" in places
    assert "Kế hoạch số 240/KH-UBND ngày 07 tháng 6 năm 2018" in places
