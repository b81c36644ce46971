"""What a careful reader finds in Kế hoạch 172-KH/TU of Tuyên Quang (06/3/2018) is in its plan file."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.plans.deadlines import MonthDay, Reading, Recurrence
from desktop.domain.plans.plan import Comparator, Plan, Task
from tests.domain.plans.asking import aims_at, target

CODE = "172-KH/TU-tuyen-quang"

# Indicator, 2025, 2030, unit: the numbers of section II.2, read from the page.
NUMBERS = [
    ("life_expectancy", "~ 74", "~ 75", "năm"),
    ("healthy_life_years", ">= 66", ">= 68", "năm"),
    ("insurance_coverage", "> 97", "> 98", "%"),
    ("household_out_of_pocket", "<= 35", "<= 30", "%"),
    ("full_vaccination_rate", "> 95", "> 96", "%"),
    ("under5_mortality", "< 11", "< 10", "‰"),
    ("infant_mortality", "< 9", "< 8.5", "‰"),
    ("stunting_rate", "< 20", "< 16", "%"),
    ("adult_obesity_rate", "< 12", "< 10", "%"),
    ("height_18_male", ">= 167", ">= 168", "cm"),
    ("height_18_female", ">= 156", ">= 157", "cm"),
    ("health_managed_rate", "> 90", "> 95", "%"),
    ("stations_ncd", ">= 95", ">= 100", "%"),
    ("hospital_beds_per_10000", ">= 35", ">= 37", "/10.000"),
    ("doctors_per_10000", ">= 10", ">= 11", "/10.000"),
    ("pharmacists_per_10000", ">= 1.2", ">= 1.5", "/10.000"),
    ("nurses_per_10000", ">= 20", ">= 25", "/10.000"),
    ("private_bed_share", ">= 7", ">= 11", "%"),
    ("satisfaction_rate", "> 80", "> 90", "%"),
]


def task(plan: Plan, words: str) -> Task:
    found = [one for one in plan.tasks if words in one.sentence]
    assert len(found) == 1, f"{len(found)} rows with {words}"
    return found[0]


def test_the_plan_is_named_as_printed(plan: Plan) -> None:
    assert (plan.code, plan.symbol, plan.date) == ("172-KH/TU-tuyen-quang", "172-KH/TU", date(2018, 3, 6))
    assert (plan.province, plan.source) == ("Tuyên Quang", "000_bd302cb2ecab588a.txt")


@pytest.mark.parametrize(("indicator", "in_2025", "in_2030", "unit"), NUMBERS, ids=[row[0] for row in NUMBERS])
def test_every_number_of_2025_and_2030_is_a_target(
    plan: Plan, indicator: str, in_2025: str, in_2030: str, unit: str
) -> None:
    assert aims_at(plan, indicator, 2025, in_2025, unit)
    assert aims_at(plan, indicator, 2030, in_2030, unit)


def test_there_are_thirty_nine_targets(plan: Plan) -> None:
    assert Counter(one.year for one in plan.targets) == {2025: 19, 2030: 19, None: 1}


def test_prevention_gets_at_least_30_percent_without_a_year(plan: Plan) -> None:
    found = target(plan, "prevention_budget_share", None)
    assert (found.comparator, found.value, found.unit) == (Comparator.AT_LEAST, Decimal(30), "%")
    assert found.clause == "III.7, đoạn 1"


def test_the_six_points_of_part_four_have_their_leaders(plan: Plan) -> None:
    leads = [one.lead for one in plan.tasks if one.clause.startswith("IV.")]
    assert leads == [
        ("Các cấp ủy đảng", "chính quyền", "Mặt trận Tổ quốc", "các đoàn thể chính trị - xã hội"),
        ("Đảng đoàn Hội đồng nhân dân tỉnh",),
        ("Ban Tuyên giáo Tỉnh ủy",),
        ("Ủy ban Mặt trận Tổ quốc", "các tổ chức chính trị - xã hội"),
        ("Ủy viên Ban Thường vụ Tỉnh ủy", "Ủy viên Ban Chấp hành Đảng bộ tỉnh"),
        ("Ban cán sự đảng Ủy ban nhân dân tỉnh",),
    ]


@pytest.mark.parametrize(
    "words", ["nghiên cứu xây dựng các đề án, chương trình", "xây dựng kế hoạch về tài chính đảm bảo cơ cấu"]
)
def test_what_is_ordered_hang_nam_is_yearly(plan: Plan, words: str) -> None:
    assert task(plan, words).reading == Reading(Recurrence.YEARLY, MonthDay(1, 1), MonthDay(12, 31))


def test_insurance_goes_on_after_2020_and_hospitals_are_due_in_2030(plan: Plan) -> None:
    assert task(plan, "bảo hiểm y tế toàn dân").reading.recurrence is Recurrence.CONTINUOUS
    assert task(plan, "trong giai đoạn hiện nay đến 2030").reading == Reading(Recurrence.ONCE, None, date(2030, 12, 31))


def test_report_rhythms_without_a_length_are_unknown_and_keep_their_word(plan: Plan) -> None:
    found = task(plan, "định kỳ báo cáo kết quả")
    assert found.reading == Reading(Recurrence.UNKNOWN, condition="định kỳ")
    assert found.partners == ("Văn phòng Tỉnh ủy", "các ban đảng Tỉnh ủy", "các cơ quan liên quan")
