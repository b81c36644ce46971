"""What a careful reader finds in Kế hoạch 55/KH-UBND of Yên Bái (26/3/2018) is in its plan file."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.plans.deadlines import MonthDay, Reading, Recurrence
from desktop.domain.plans.plan import Comparator, Plan, Target, Task
from desktop.domain.text import squeeze

CODE = "55/KH-UBND-yen-bai"
DISTRICTS = "Ủy ban nhân dân các huyện, thị xã, thành phố"
GOVERNMENT = "theo lộ trình của Chính phủ"


def task(plan: Plan, words: str, *, number: str | None = None) -> Task:
    found = [one for one in plan.tasks if words in one.sentence and one.number == number]
    assert len(found) == 1, f"{len(found)} rows with {words}"
    return found[0]


def only(plan: Plan, indicator: str) -> Target:
    found = [target for target in plan.targets if target.indicator == indicator]
    assert len(found) == 1
    return found[0]


def printed_rows(seed: str) -> list[tuple[str, list[str]]]:
    """The numbered rows of the appendix, each with the Roman number of its group."""
    group, rows = "", []
    for line in seed.splitlines():
        cells = [squeeze(cell) for cell in line.split("\t")]
        if len(cells) == 5 and re.fullmatch("[IVX]+", cells[0]):
            group = cells[0]
        elif len(cells) == 5 and cells[0].isdigit():
            rows.append((group, cells))
    return rows


def test_the_plan_is_named_as_printed(plan: Plan) -> None:
    assert (plan.code, plan.symbol, plan.date) == ("55/KH-UBND-yen-bai", "55/KH-UBND", date(2018, 3, 26))
    assert plan.issuer == "Ủy ban nhân dân tỉnh Yên Bái"


def test_every_word_about_time_stands_in_its_sentence(plan: Plan) -> None:
    orders = [(one.when_text, one.sentence) for one in plan.tasks]
    orders += [(one.also.when_text, one.also.sentence) for one in plan.tasks if one.also]
    assert [when for when, sentence in orders if when is not None and when not in sentence] == []


def test_only_three_targets_are_stated_and_none_has_a_year(plan: Plan) -> None:
    assert len(plan.targets) == 3
    assert {target.year for target in plan.targets} == {None}


def test_prevention_gets_at_least_30_percent_of_the_health_budget(plan: Plan, text: str) -> None:
    target = only(plan, "prevention_budget_share")
    assert (target.comparator, target.value, target.unit) == (Comparator.AT_LEAST, Decimal(30), "%")
    assert "ít nhất 30% ngân sách y tế" in target.sentence
    assert text.count(target.sentence) == 2
    assert "II.6.b" in target.clause
    assert "II.6.c" in target.clause


def test_health_spending_grows_faster_than_the_budget_without_a_number(plan: Plan) -> None:
    target = only(plan, "health_spending_growth")
    assert (target.comparator, target.value, target.unit) == (Comparator.TEXT, None, "")
    assert "cao hơn tốc độ tăng chi ngân sách nhà nước" in target.text


def test_all_goals_of_the_party_plan_are_to_be_met(plan: Plan) -> None:
    target = only(plan, "plan_targets_completed")
    assert (target.comparator, target.value, target.unit) == (Comparator.AT_LEAST, Decimal(100), "%")
    assert target.clause == "I.5"


def test_the_appendix_has_thirty_rows_and_all_are_kept_in_order(plan: Plan, seed: str) -> None:
    printed = printed_rows(seed)
    kept = [one for one in plan.tasks if one.number is not None]
    assert len(printed) == len(kept) == 30
    assert [(f"Phụ lục, {group}.{cells[0]}", cells[0]) for group, cells in printed] == [
        (one.clause, one.number) for one in kept
    ]
    assert [" ".join(cells[1:]) for _, cells in printed] == [one.sentence for one in kept]
    assert [cells[4] for _, cells in printed] == [one.when_text for one in kept]


def test_the_groups_of_the_appendix_have_their_rows(plan: Plan) -> None:
    groups: dict[str, int] = {}
    for one in plan.tasks:
        if one.number is not None:
            groups[one.group] = groups.get(one.group, 0) + 1
    assert list(groups.items()) == [
        ("Sở Y tế", 20),
        ("Công an tỉnh", 1),
        ("Sở Văn hóa, Thể thao và Du lịch", 2),
        ("Sở Nông nghiệp và Phát triển nông thôn", 3),
        ("Sở Lao động - Thương binh và Xã hội", 1),
        ("Sở Giáo dục và Đào tạo", 2),
        ("Sở Thông tin và Truyền thông", 1),
    ]


def test_eight_rows_of_the_appendix_are_due_every_january(plan: Plan) -> None:
    january = Reading(Recurrence.YEARLY, MonthDay(1, 1), MonthDay(1, 31))
    assert [one.clause for one in plan.tasks if one.reading == january] == [
        f"Phụ lục, {clause}" for clause in "I.1 I.2 I.4 I.7 I.10 I.11 II.1 III.1".split()
    ]


@pytest.mark.parametrize(
    ("words", "number", "reading"),
    [
        ("Thông tư số 39/TT-BYT", "3", Reading(Recurrence.CONTINUOUS, date(2018, 4, 1))),
        ("Bệnh viện Hữu Nghị", "5", Reading(Recurrence.SPAN, date(2018, 4, 1), date(2019, 12, 31))),
        ("mạng lưới bệnh viện vệ tinh", "6", Reading(Recurrence.CONTINUOUS)),
        ("tuyển dụng", "8", Reading(Recurrence.YEARLY, MonthDay(1, 1), MonthDay(12, 31))),
        ("Ngành Dược Việt Nam", "12", Reading(Recurrence.ONCE, None, date(2018, 6, 30))),
        ("2017-2020", "13", Reading(Recurrence.ONCE, None, date(2018, 5, 31))),
        (
            "Trung tâm Giám định Y khoa",
            "15",
            Reading(
                Recurrence.CONTINUOUS,
                date(2018, 7, 1),
                condition="theo Kế hoạch số 44/KH-UBND ngày 12/3/2018 của UBND tỉnh",
            ),
        ),
        ("1.000 ngày đầu đời", "17", Reading(Recurrence.ONCE, None, date(2018, 12, 31), condition=GOVERNMENT)),
        ("tầm nhìn đến năm 2040", "18", Reading(Recurrence.ONCE, None, date(2019, 12, 31), condition=GOVERNMENT)),
        ("tăng số lượng vắc xin", "20", Reading(Recurrence.ONCE, None, date(2020, 12, 31), condition=GOVERNMENT)),
        ("cây Dược liệu", "1", Reading(Recurrence.YEARLY, MonthDay(1, 1), MonthDay(12, 31))),
        ("Ban Tuyên giáo Tỉnh ủy", None, Reading(Recurrence.ONCE, None, date(2018, 4, 30))),
        ("Quyết định số 2151/QĐ-BYT", None, Reading(Recurrence.CONTINUOUS)),
        ("đề tài nghiên cứu khoa học", None, Reading(Recurrence.YEARLY, MonthDay(1, 1), MonthDay(12, 31))),
        ("chi thường xuyên từ ngân sách nhà nước", None, Reading(Recurrence.UNKNOWN)),
    ],
)
def test_a_deadline_is_read_as_it_is_printed(plan: Plan, words: str, number: str, reading: Reading) -> None:
    assert task(plan, words, number=number).reading == reading


def test_the_network_plan_is_one_row_that_keeps_both_months(plan: Plan) -> None:
    row = task(plan, "2348/QĐ-TTg", number="9")
    assert row.reading.due == date(2018, 5, 31)
    assert row.clauses == "Phụ lục, I.9; II.4.a, gạch 1"
    assert row.differs is not None
    assert row.differs.reading.due == date(2018, 6, 30)
    assert row.partners == ("Sở Kế hoạch và Đầu tư", "Sở Tài chính", "các sở, ban, ngành liên quan")


def test_the_prescription_plan_keeps_both_periods_and_one_deadline(plan: Plan) -> None:
    row = task(plan, "kê đơn thuốc", number="13")
    assert "2017-2020" in row.text
    assert row.also is not None
    assert "2018-2020" in row.also.sentence
    assert row.differs is None


def test_nothing_of_the_appendix_is_ordered_twice(plan: Plan) -> None:
    second = [one.also.sentence for one in plan.tasks if one.also]
    assert len(second) == 29  # only the yearly plan of culture and sports is in no item of the body
    assert [one.clause for one in plan.tasks if one.number and not one.also] == ["Phụ lục, III.1"]
    assert [one.clause for one in plan.tasks if one.number is None and one.sentence in second] == []


def test_every_item_of_the_parts_with_orders_is_kept(plan: Plan, seed: str) -> None:
    """Parts II and IV: each bullet stands under an actor, so each is a task; broken pages join."""
    body = seed[seed.index("II. NỘI DUNG") : seed.index("Nơi nhận:")]
    bullets = [squeeze(line)[2:] for line in body.splitlines() if line.startswith("- ")]
    assert len(bullets) == 98
    kept = [one.sentence for one in plan.tasks]
    kept += [one.also.sentence for one in plan.tasks if one.also]
    starts = {sentence[:40] for sentence in kept}
    assert [bullet for bullet in bullets if bullet[:40] not in starts and bullet not in kept] == [
        "Thường xuyên kiểm tra, giám sát; định kỳ sơ kết, tổng kết, đánh giá kết quả thực hiện của các sở, ban, ngành, đơn vị, địa phương.",
    ]
    assert "Thường xuyên kiểm tra, giám sát" in kept


def test_the_districts_have_their_duties(plan: Plan) -> None:
    clauses = {one.clause.split(",")[0] for one in plan.tasks if DISTRICTS in one.lead}
    assert clauses == {"II.1.a", "II.2.c", "II.3.m", "II.4.đ", "IV.1", "Đoạn kết"}
    assert task(plan, "trẻ em dân tộc Mông").lead == (DISTRICTS,)
    lower = "Ủy ban nhân dân cấp huyện, thị xã, thành phố"
    assert [one.clause for one in plan.tasks if lower in one.lead] == ["II.5.a, gạch 1", "II.5.a, gạch 2", "III.3"]


def test_two_rhythms_of_reporting_are_two_rows(plan: Plan) -> None:
    rows = [one for one in plan.tasks if one.when_text == "Định kỳ hàng quý, năm"]
    assert [one.reading for one in rows] == [
        Reading(Recurrence.QUARTERLY),
        Reading(Recurrence.YEARLY, MonthDay(1, 1), MonthDay(12, 31)),
    ]
    assert {one.lead for one in rows} == {("Các sở, ban, ngành", DISTRICTS)}
    assert {one.number for one in rows} == {None}


def test_a_headings_actor_counts_for_its_bullets(plan: Plan) -> None:
    assert task(plan, "hàng giả, gian lận thương mại").lead == ("Sở Công Thương",)
    assert task(plan, "tầm vóc người Việt Nam; phòng chống các bệnh").partners[-1] == DISTRICTS
    assert task(plan, "đội ngũ cán bộ chuyên ngành thiết bị y tế").lead == ("Trường Cao đẳng Y tế",)
    assert task(plan, "kết hợp quân - dân y").partners == ("Bộ Chỉ huy Quân sự tỉnh",)


def test_slips_of_the_scan_stay_in_the_sentence_only(plan: Plan) -> None:
    row = task(plan, "GMP/WHO")
    assert "Dược phẩm Yên Báu" in row.sentence
    assert "Dược phẩm Yên Bái" in row.text
    assert not [one.text for one in plan.tasks if "*" in one.text or "Yên Báu" in one.text]


def test_contradictions_of_the_document_are_named(plan: Plan) -> None:
    names = {found.name for found in plan.contradictions}
    assert {"network_plan_deadline", "prescription_period", "merger_lead", "party_plan_symbol"} <= names
    months = next(found for found in plan.contradictions if found.name == "network_plan_deadline")
    assert "tháng 6 năm 2018" in months.places[0].sentence
    assert "tháng 5/2018" in months.places[1].sentence


def test_the_plan_asks_for_no_review_report(plan: Plan) -> None:
    assert (plan.sections, plan.deadlines) == ((), ())
