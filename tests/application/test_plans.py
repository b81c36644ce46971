"""Targets against the record: what the sample years must give."""

from datetime import date
from fractions import Fraction

import pytest

from desktop.application import plans, reports, values
from desktop.domain.periods import Period
from desktop.domain.plans.status import Status
from desktop.errors import AppError

CODE = "62-NQ/TU-yen-bai"


def status(record, period="2024", unit=None):
    found = plans.status(record, code=CODE, period=Period.parse(period), unit=unit)
    return {(one.target.indicator, one.target.year): one for one in found}


def test_a_rate_is_the_sum_of_both_sides(filled):
    one = status(filled)["insurance_coverage", 2025]
    assert (one.figure.numerator, one.figure.denominator) == (60492, 61724)
    assert one.figure.value == Fraction(60492 * 100, 61724)
    assert one.judgement.status is Status.MET


def test_a_rate_rests_on_the_communes_that_reported_both(filled):
    one = status(filled)["stunting_rate", 2025]
    assert (one.figure.reported, one.figure.expected) == (13, 14)
    assert one.judgement.status is Status.OFF_TRACK


def test_a_share_of_more_than_its_whole_is_marked_in_the_record_and_on_paper(filled):
    assert not any(one.is_over_whole for one in status(filled).values())
    year = Period.parse("2024")
    values.set_value(filled, unit="04456", period=year, element="insured", text="9999")
    one = status(filled)["insurance_coverage", 2025]
    assert (one.figure.value > 100, one.is_over_whole, one.judgement.status) == (True, True, Status.MET)
    paper = reports.targets_document(filled, unit=None, period=year, today=date(2025, 1, 14), plan=CODE)
    assert "trên 100%, cần xem lại mẫu số" in str(paper)


def test_deaths_of_children_are_pooled_over_three_years_at_an_office(filled):
    one = status(filled)["infant_mortality", 2025]
    births = [
        row.value.number
        for year in ("2022", "2023", "2024")
        for row in values.value_rows(filled, period=Period.parse(year), unit="137", element="live_births")
    ]
    assert one.figure.denominator == sum(births)


def test_a_part_of_a_year_has_no_rate_of_deaths(filled):
    values.set_value(filled, unit="04456", period=Period.parse("2025Q1"), element="deaths_under1", text="1")
    values.set_value(filled, unit="04456", period=Period.parse("2025Q1"), element="live_births", text="42")
    one = status(filled, "2025Q1")["infant_mortality", 2025]
    assert (one.figure.value, one.reason) == (None, "part_of_year")


def test_a_figure_typed_for_the_office_is_judged_where_it_can_be(filled):
    values.set_value(filled, unit="137", period=Period.parse("2024"), element="satisfaction_rate", text="91.2")
    one = status(filled)["satisfaction_rate", 2025]
    assert one.figure.value == Fraction("91.2")


def test_maternal_deaths_have_no_verdict_below_the_province(filled):
    assert status(filled)["maternal_mortality", 2025].judgement.status is Status.NOT_MEASURABLE


def test_one_commune_is_judged_as_a_commune(filled):
    one = status(filled, unit="04456")["insurance_coverage", 2025]
    assert one.figure.denominator == 5945
    assert status(filled, unit="04456")["infant_mortality", 2025].judgement.status is Status.NOT_MEASURABLE


def test_a_symbol_is_enough_where_it_is_unique_and_unknown_plans_are_refused(filled):
    assert plans.plan_of(filled, "62-NQ/TU").code == CODE
    with pytest.raises(AppError) as refused:
        plans.plan_of(filled, "1/KH")
    assert refused.value.code == "unknown_plan"


def test_a_province_s_own_plan_file_is_installed_like_the_shipped_ones(filled):
    from desktop.exchange.plan_file import dump_plan

    plan = plans.plan_of(filled, CODE)
    text = dump_plan(plan).replace(CODE, "9/KH-UBND-lai-chau").replace("62-NQ/TU", "9/KH-UBND")
    made, findings, changes = plans.install_plan(filled, text=text, name="kế hoạch.yaml")
    assert made is not None, findings
    assert changes.changed
    assert "9/KH-UBND-lai-chau" in plans.plans_of(filled)


def test_a_plan_file_with_a_fault_installs_nothing(filled):
    head = filled.head()
    made, findings, changes = plans.install_plan(filled, text="format: sotram-plan/1\ncode: x\n", name="hỏng.yaml")
    assert (made, changes.changed, filled.head()) == (None, False, head)
    assert findings
