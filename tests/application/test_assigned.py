"""Assigned figures: a decision, a total divided by a rule that is shown first, and nothing that counts as reported."""

from datetime import date
from fractions import Fraction

import pytest

from desktop.application import assigned, denominators, entry, figures, history, plans, submissions, values
from desktop.application.assigned import By
from desktop.application.offices import communes_of
from desktop.domain.periods import Period
from desktop.domain.values import NOT_REPORTED, YES, Kind, number
from desktop.errors import AppError

YEAR = Period.of_year(2024)
DAY = date(2024, 1, 15)


def divided(record, *, by=By.DENOMINATOR, total=60_000, element="insured", year=2024):
    return assigned.distribute(record, form="commune", element=element, year=year, total=number(total), by=by)


def status(record):
    return plans.status(record, code="62-NQ/TU-yen-bai", period=YEAR)


@pytest.mark.parametrize("by", list(By))
def test_the_parts_sum_to_the_total_exactly(filled, by):
    found = divided(filled, by=by, total=60_001)
    assert sum(part.value.number for part in found.parts) == 60_001
    assert found.left_out == ()


def test_the_rule_is_told_in_words_and_divides_by_the_newest_figures(filled):
    found = divided(filled)
    assert str(found.rule) == "In proportion to Average population of year 2024."
    one = next(part for part in found.parts if part.commune.code == "04456")
    assert one.weight == 5945
    assert one.value.number in (60_000 * 5945 // 61724, 60_000 * 5945 // 61724 + 1)


def test_a_chosen_denominator_is_divided_by_and_named(filled):
    choice = denominators.from_form(filled, year=2024, population="average")
    denominators.choose(filled, choice=choice)
    assert "Dân số trung bình, biểu năm 2024" in str(divided(filled).rule)


def test_a_vaccination_target_follows_the_children_it_is_counted_on(filled):
    found = divided(filled, element="fully_vaccinated", total=1000)
    assert str(found.rule) == "In proportion to Children under 1 of year 2024."


def test_last_years_figure_leaves_out_who_reported_none(filled):
    first = communes_of(filled, on=YEAR.last)[0]
    before = YEAR.same_last_year()
    entry.type_value(filled, unit=first.uid, period=before, element="insured", value=NOT_REPORTED)
    found = divided(filled, by=By.LAST_YEAR)
    assert str(found.rule) == "In proportion to the figure of year 2023."
    assert (len(found.parts), found.left_out) == (13, (first,))
    assert sum(part.value.number for part in found.parts) == 60_000


def test_nothing_is_written_before_it_is_said_and_then_in_one_change(filled):
    found = divided(filled)
    assert all(part.before is None for part in found.parts)
    assert values.value_rows(filled, period=YEAR, kind=Kind.ASSIGNED) == []
    assert assigned.write_distribution(filled, distribution=found, number="12/QĐ-SYT", decided_on=DAY).changed
    rows = values.value_rows(filled, period=YEAR, unit="137", element="insured", kind=Kind.ASSIGNED)
    assert [(row.value, row.reported) for row in rows] == [(number(60_000), 14)]
    decision = assigned.decision(filled, form="commune", year=2024)
    assert decision is not None
    assert (decision.number, decision.decided_on, decision.own) == ("12/QĐ-SYT", DAY, True)
    assert not assigned.write_distribution(filled, distribution=found, number="12/QĐ-SYT", decided_on=DAY).changed
    history.undo(filled, source="window")
    assert assigned.decision(filled, form="commune", year=2024) is None
    assert {part.before for part in divided(filled).parts} == {None}


def test_a_total_assigned_to_the_office_is_taken(filled):
    uid = next(iter(figures.meant_communes(filled, unit="137", day=YEAR.last)))
    assert uid == "137"
    own = assigned.office_of(filled, on=YEAR.last).unit_uid
    cells = [entry.Typed(own, "insured", number(777))]
    entry.type_block(filled, cells=cells, period=YEAR, kind=Kind.ASSIGNED)
    found = assigned.distribute(filled, form="commune", element="insured", year=2024, total=None, by=By.EQUAL)
    assert sum(part.value.number for part in found.parts) == 777
    assert {part.weight for part in found.parts} == {Fraction(1)}


def test_assigned_figures_never_count_as_reported(filled):
    before = values.value_rows(filled, period=YEAR), submissions.rows(filled, period=YEAR), status(filled)
    assigned.write_distribution(filled, distribution=divided(filled))
    after = values.value_rows(filled, period=YEAR), submissions.rows(filled, period=YEAR), status(filled)
    assert after == before
    history.undo(filled, source="window")
    year = Period.of_year(2026)
    assigned.write_distribution(filled, distribution=divided(filled, by=By.EQUAL, year=2026))
    assert values.value_rows(filled, period=year) == []
    assert {row.state for row in submissions.rows(filled, period=year)} == {"not_started"}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"element": "has_doctor_or_not"}, "unknown_element"),
        ({"total": -5}, "no_total"),
    ],
)
def test_what_cannot_be_divided_is_refused(filled, told, code):
    with pytest.raises(AppError) as refused:
        divided(filled, **told)
    assert refused.value.code == code


def test_a_rule_without_any_weight_is_refused(district):
    with pytest.raises(AppError) as refused:
        divided(district)
    assert refused.value.code == "no_weights"
    assert len(divided(district, by=By.EQUAL).parts) == 14


def test_yes_and_no_is_no_number(filled):
    element = next(
        code for code, one in entry.catalogue.catalogue(filled).elements.items() if one.type.value == "yes_no"
    )
    with pytest.raises(AppError) as refused:
        assigned.distribute(filled, form="commune", element=element, year=2024, total=YES, by=By.EQUAL)
    assert refused.value.code == "not_a_count"
