"""What a careful reader finds in Nghị quyết 62-NQ/TU of Yên Bái (26/10/2021) is in its plan file."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.plans.deadlines import MonthDay, Reading, Recurrence
from desktop.domain.plans.plan import Baseline, Comparator, Plan, PlanKind
from tests.domain.plans.asking import aims_at, target, tasks

CODE = "62-NQ/TU-yen-bai"

# Year, indicator, sense and number, unit: sections 2.2 and 2.3, then what the text of part III states.
NUMBERS = [
    (2025, "life_expectancy", ">= 74.5", "năm"),
    (2025, "healthy_life_years", ">= 68", "năm"),
    (2025, "insurance_coverage", ">= 96.5", "%"),
    (2025, "doctors_per_10000", ">= 12", "/10.000"),
    (2025, "hospital_beds_per_10000", ">= 35.7", "/10.000"),
    (2025, "communes_meeting_criteria", ">= 90.2", "%"),
    (2025, "maternal_mortality", "< 48", "/100.000"),
    (2025, "infant_mortality", "<= 12.5", "‰"),
    (2025, "under5_mortality", "<= 18.5", "‰"),
    (2025, "underweight_rate", "<= 14", "%"),
    (2025, "stunting_rate", "<= 22.2", "%"),
    (2025, "ehr_rate", ">= 90", "%"),
    (2025, "satisfaction_rate", "> 90", "%"),
    (2025, "public_facilities_class_2", ">= 66.7", "%"),
    (2025, "inpatient_referral_rate", "<= 2.86", "%"),
    (2025, "products_quality_checked", ">= 80", "%"),
    (2030, "life_expectancy", ">= 75", "năm"),
    (2030, "healthy_life_years", ">= 68", "năm"),
    (2030, "insurance_coverage", ">= 96.5", "%"),
    (2030, "maternal_mortality", "< 45", "/100.000"),
    (2030, "infant_mortality", "<= 10", "‰"),
    (2030, "under5_mortality", "<= 15", "‰"),
    (2030, "stunting_rate", "< 21.5", "%"),
    (2030, "adult_obesity_rate", "< 10", "%"),
    (2030, "ehr_rate", "> 95", "%"),
    (2025, "stations_family_medicine", ">= 80", "%"),
    (2030, "stations_family_medicine", ">= 100", "%"),
    (2025, "self_financed_units", ">= 11", "đơn vị"),
    (2025, "private_beds", "~ 400", "giường"),
    (2025, "private_bed_share", "> 14", "%"),
]


def test_the_resolution_is_named_as_printed(plan: Plan) -> None:
    assert (plan.code, plan.symbol, plan.date) == ("62-NQ/TU-yen-bai", "62-NQ/TU", date(2021, 10, 26))
    assert plan.kind is PlanKind.RESOLUTION


@pytest.mark.parametrize(("year", "indicator", "said", "unit"), NUMBERS)
def test_every_number_of_2025_and_2030_is_a_target(
    plan: Plan, year: int | None, indicator: str, said: str, unit: str
) -> None:
    assert aims_at(plan, indicator, year, said, unit)


def test_there_are_thirty_three_targets(plan: Plan) -> None:
    assert Counter(one.year for one in plan.targets) == {2022: 1, 2025: 21, 2030: 10, None: 1}


def test_every_numbered_aim_has_a_target(plan: Plan) -> None:
    clauses = {one.clause for one in plan.targets}
    assert clauses >= {f"II.2.2.({number})" for number in range(1, 13)}
    assert clauses >= {f"II.2.3.({number})" for number in range(1, 8)}


def test_referrals_start_from_the_printed_figure_of_2020(plan: Plan) -> None:
    assert target(plan, "inpatient_referral_rate", 2025).baseline == Baseline(2020, Decimal("3.4"))
    assert [one.indicator for one in plan.targets if one.baseline] == ["inpatient_referral_rate"]


def test_the_share_of_private_beds_is_a_condition_and_a_target(plan: Plan) -> None:
    assert target(plan, "private_beds", 2025).condition == "chiếm trên 14% tổng số giường bệnh"
    assert target(plan, "private_bed_share", 2025).clause == target(plan, "private_beds", 2025).clause


def test_covid_aims_have_no_number_and_their_own_years(plan: Plan) -> None:
    immunity = target(plan, "covid_herd_immunity", 2022)
    assert (immunity.comparator, immunity.value, immunity.condition) == (
        Comparator.TEXT,
        None,
        "trong quý I năm 2022",
    )
    assert target(plan, "covid_controlled", 2025).comparator is Comparator.TEXT


def test_two_thirds_and_66_7_percent_are_a_named_contradiction(plan: Plan) -> None:
    (found,) = plan.contradictions
    places = " ".join(place.sentence for place in found.places)
    assert "66,7% cơ sở khám chữa bệnh công lập đạt hạng II trở lên" in places
    assert "2/3 số trung tâm y tế đạt tiêu chuẩn hạng II trở lên" in places
    thirds = target(plan, "district_centres_class_2", None)
    assert (thirds.comparator, thirds.value) == (Comparator.TEXT, None)
    assert "2/3" in thirds.text


def test_a_resolution_has_no_appendix_rows(plan: Plan) -> None:
    assert [one.number for one in plan.tasks if one.number is not None] == []


@pytest.mark.parametrize(
    ("clause", "lead"),
    [
        ("IV.1", ("Các cấp ủy, tổ chức đảng", "Mặt trận Tổ quốc", "các tổ chức chính trị - xã hội")),
        ("IV.2", ("Đảng đoàn Hội đồng nhân dân tỉnh",)),
        ("IV.3", ("Ban cán sự đảng Ủy ban nhân dân tỉnh",)),
    ],
)
def test_part_four_names_who_leads(plan: Plan, clause: str, lead: tuple[str, ...]) -> None:
    (found,) = [one for one in plan.tasks if one.clause == clause]
    assert found.lead == lead


def test_the_propaganda_board_guides_watches_and_reports(plan: Plan) -> None:
    rows = [one for one in plan.tasks if one.clause == "IV.4"]
    assert [one.lead for one in rows] == [("Ban Tuyên giáo Tỉnh ủy",)] * 3
    assert [one.reading.recurrence for one in rows] == [
        Recurrence.UNKNOWN,
        Recurrence.CONTINUOUS,
        Recurrence.UNKNOWN,
    ]


def test_health_goes_into_the_localities_tasks_every_year(plan: Plan) -> None:
    (found,) = tasks(plan, "đưa chỉ tiêu về y tế và các lĩnh vực ảnh hưởng đến sức khoẻ")
    assert found.lead == ("Các cấp ủy, tổ chức đảng",)
    assert found.reading == Reading(Recurrence.YEARLY, MonthDay(1, 1), MonthDay(12, 31))


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("Đầu tư xây dựng và phát triển hệ thống cung ứng dịch vụ y tế tuyến cơ sở", None),
        ("Đề án về nâng cao chất lượng y tế dự phòng gắn với đổi mới y tế cơ sở", "định hướng đến năm 2030"),
    ],
)
def test_schemes_of_2021_to_2025_span_those_years(plan: Plan, words: str, condition: str | None) -> None:
    (found,) = tasks(plan, words)
    assert found.reading == Reading(Recurrence.SPAN, date(2021, 1, 1), date(2025, 12, 31), condition=condition)


def test_family_medicine_stations_are_due_twice(plan: Plan) -> None:
    rows = tasks(plan, "% trạm y tế xã, phường, thị trấn đạt tiêu chí")
    assert [one.reading.due for one in rows] == [date(2025, 12, 31), date(2030, 12, 31)]
    assert ["80%" in one.sentence for one in rows] == [True, False]


def test_named_districts_stand_in_their_tasks(plan: Plan) -> None:
    (herbs,) = tasks(plan, "thành lập các khu vực bảo tồn và sản xuất các loại cây thuốc")
    assert herbs.lead == ("huyện Mù Cang Chải", "huyện Văn Chấn", "huyện Lục Yên", "huyện Văn Yên")
    (models,) = tasks(plan, "mô hình điểm tại một số xã đặc biệt khó khăn")
    assert models.lead == ("huyện Trạm Tấu", "huyện Mù Cang Chải")


def test_training_of_staff_goes_on(plan: Plan) -> None:
    (found,) = tasks(plan, "Thường xuyên quan tâm đào tạo")
    assert found.reading.recurrence is Recurrence.CONTINUOUS


def test_words_for_people_carry_no_marks(plan: Plan) -> None:
    assert not any("*" in one.text for one in plan.tasks)
    (found,) = tasks(plan, "Phát huy vai trò của Hội đồng y")
    assert "Hội Đông y" in found.text
