"""What a careful reader finds in Kế hoạch 102-KH/TU of Hải Dương (19/9/2022) is in its plan file."""

from __future__ import annotations

from datetime import date

from desktop.domain.plans.actors import is_mine
from desktop.domain.plans.deadlines import Reading, Recurrence
from desktop.domain.plans.plan import Plan, PlanKind

CODE = "102-KH/TU-hai-duong"


def before(month: int, day: int) -> Reading:
    return Reading(Recurrence.ONCE, None, date(2022, month, day), exclusive=True)


def test_the_review_is_named_by_the_line_of_its_outline(plan: Plan, text: str) -> None:
    assert (plan.code, plan.symbol, plan.date) == ("102-KH/TU-hai-duong", "102-KH/TU", date(2022, 9, 19))
    assert (plan.kind, plan.source) == (PlanKind.REVIEW, "003_954d3d02e4da273a.txt")
    assert "kèm theo Kế hoạch số 102-KH/TU, ngày 19 tháng 9 năm 2022" in text


def test_a_review_sets_no_targets(plan: Plan) -> None:
    assert plan.targets == ()


def test_the_outline_keeps_its_numbers_and_levels(plan: Plan) -> None:
    assert [(one.level, one.number) for one in plan.sections] == [
        *((1, "I"), (2, "1"), (2, "2"), (2, "3")),
        *((1, "II"), (2, "1"), (2, "2")),
        *((3, f"2.{number}") for number in range(1, 10)),
        *((1, "III"), (2, "1"), (2, "2"), (2, "3")),
        *((1, "IV"), (1, "V")),
    ]


def test_the_headings_of_the_outline_stand_in_the_document(plan: Plan, text: str) -> None:
    outline = text[text.index("ĐỀ CƯƠNG") :]
    strange = [one.title for one in plan.sections if f"{one.number}. {one.title}" not in outline]
    assert strange == ["CÔNG TÁC QUÁN TRIỆT TRIỂN KHAI THỰC HIỆN NGHỊ QUYẾT 20-NQ/TW"]  # printed "QUẢN TRIỆT"


def test_what_a_section_asks_for_is_kept(plan: Plan) -> None:
    points = {one.number: len(one.points) for one in plan.sections if one.points}
    assert points == {"2": 1, "2.1": 5, "2.2": 3, "2.3": 4, "2.4": 2, "2.5": 2, "2.6": 3}


def test_every_sender_has_its_day_and_the_day_itself_is_too_late(plan: Plan) -> None:
    assert [(one.who, one.reading) for one in plan.deadlines] == [
        ("Cấp ủy cơ sở", before(10, 1)),
        ("Ban Thường vụ các huyện ủy, thị ủy, thành ủy, Đảng ủy trực thuộc Tỉnh ủy", before(10, 15)),
        ("Các sở, ban, ngành, Mặt trận Tổ quốc và các đoàn thể tỉnh", before(10, 15)),
        ("Sở Y tế", before(10, 25)),
        ("Ban Tuyên giáo Tỉnh ủy", before(10, 30)),
    ]


def test_each_deadline_is_a_task_too(plan: Plan) -> None:
    assert sorted({one.reading.due for one in plan.tasks if one.reading.due}, key=str) == [
        one.reading.due
        for one in plan.deadlines
        if one.who != "Các sở, ban, ngành, Mặt trận Tổ quốc và các đoàn thể tỉnh"
    ]


def test_what_is_ordered_twice_is_one_row_with_both_clauses(plan: Plan) -> None:
    clauses = [one.clauses for one in plan.tasks if one.also]
    assert clauses == ["II.2.1, gạch 2; III.1", "II.2.2, gạch 1; III.3"]
    assert not any(one.differs for one in plan.tasks)


def test_districts_have_two_reports_to_see_to(plan: Plan) -> None:
    mine = [one for one in plan.tasks if is_mine(one, "district", "Huyện Nam Sách") and one.reading.due]
    assert [one.reading for one in mine] == [before(10, 15), before(10, 1)]


def test_the_health_office_drafts_and_takes_part(plan: Plan) -> None:
    draft = next(one for one in plan.tasks if one.lead == ("Sở Y tế",))
    assert draft.reading == before(10, 25)
    assert [one.clause for one in plan.tasks if "Sở Y tế" in one.partners] == ["II.2.1, gạch 2"]
