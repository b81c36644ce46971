"""One commune's form: its lines, what stands beside them, its rates, the steps it may take."""

from datetime import date
from fractions import Fraction

import pytest

from desktop.application import commune_form, entry, submissions
from desktop.domain.periods import Period
from desktop.domain.values import Kind, number
from desktop.errors import AppError

P = Period.parse("2024")
HO_BON = "04459"


def form_of(record, period=P, kind=Kind.ACTUAL):
    return commune_form.commune_form(record, unit=HO_BON, form="commune", period=period, kind=kind)


def line(made, element):
    return next(one for one in made.lines if one.column.element.code == element)


def test_a_line_has_this_period_and_the_same_period_last_year(filled):
    made = form_of(filled)
    assert [one.column.number for one in made.lines] == list(range(1, len(made.form.elements) + 1))
    population = line(made, "population")
    before = line(form_of(filled, Period.parse("2023")), "population")
    assert population.last_year == before.figure.value
    assert population.planned is None


def test_a_year_has_no_other_previous_period_but_a_quarter_has(filled):
    assert not form_of(filled).has_previous
    assert form_of(filled, Period.parse("2024Q2")).has_previous


def test_what_was_assigned_for_the_year_stands_beside_the_actual_figure(filled):
    uid = form_of(filled).commune.uid
    entry.type_value(filled, unit=uid, period=P, element="insured", value=number(2800), kind=Kind.ASSIGNED)
    assert line(form_of(filled), "insured").planned == number(2800)
    assert line(form_of(filled, Period.parse("2024Q2")), "insured").planned == number(2800)
    assigned = form_of(filled, kind=Kind.ASSIGNED)
    assert line(assigned, "insured").figure.value == number(2800)
    assert line(assigned, "insured").planned is None


def test_a_rate_is_the_communes_own_and_only_where_the_catalogue_judges_it_there(filled):
    made = form_of(filled)
    cells = {one.column.element.code: one.figure.value for one in made.lines}
    covered = next(one for one in made.rates if one.indicator.code == "insurance_coverage")
    top, bottom = cells["insured"].number, cells["population"].number
    assert commune_form.rate(covered, cells, made.chosen) == Fraction(top, bottom) * 100
    assert "infant_mortality" not in {one.indicator.code for one in made.rates}
    assert commune_form.rate(covered, {**cells, "population": number(0)}, {}) is None


def test_a_part_of_a_year_has_no_rate_of_what_happens_in_it(filled):
    year = {one.top for one in form_of(filled).rates}
    quarter = {one.top for one in form_of(filled, Period.parse("2024Q2")).rates}
    assert "fully_vaccinated" in year - quarter


def test_the_nearest_number_of_a_plan_is_the_aim(filled):
    aims = {one.indicator.code: one.aim for one in form_of(filled).rates}
    aim = aims["stunting_rate"]
    assert aim is not None
    assert aim.target.year is not None
    assert aim.target.year >= 2024
    assert aim.target.value is not None


def test_a_form_that_came_after_its_day_is_late(filled):
    from desktop.application import deadlines
    from desktop.domain.workdays import Rule

    deadlines.put_deadline(filled, form="commune", rule=Rule(day=5))
    told = {"unit": HO_BON, "form": "commune", "period": P}
    submissions.receive(filled, **told, received_on=date(2025, 1, 9))
    late = commune_form.timing(filled, form_of(filled), today=date(2025, 1, 14))
    assert late.due is not None
    assert (late.due.day, late.days_late) == (date(2025, 1, 5), 4)
    submissions.receive(filled, **told, received_on=date(2025, 1, 3))
    assert commune_form.timing(filled, form_of(filled), today=date(2025, 1, 14)).days_late == 0
    submissions.receive(filled, **told, received_on=None)
    assert commune_form.timing(filled, form_of(filled), today=date(2025, 1, 14)).days_late == 9


def test_the_day_of_receipt_is_kept_and_can_be_taken_away(filled):
    told = {"unit": HO_BON, "form": "commune", "period": P}
    assert submissions.receive(filled, **told, received_on=date(2025, 1, 6)).changed
    assert form_of(filled).life.received_on == date(2025, 1, 6)
    assert not submissions.receive(filled, **told, received_on=date(2025, 1, 6)).changed
    submissions.receive(filled, **told, received_on=None)
    assert form_of(filled).life.received_on is None


def test_the_life_names_the_office_that_holds_the_form(filled):
    submissions.complete(filled, unit=HO_BON, form="commune", period=P, reason="chưa có")
    life = form_of(filled).life
    assert (life.state, life.holder, life.reason) == ("complete", "Trung tâm Y tế huyện Mù Cang Chải", "chưa có")
    assert {c.code: s for c, s in commune_form.states(filled, form="commune", period=P)}[HO_BON] == "complete"


def test_a_code_of_no_commune_is_refused(filled):
    with pytest.raises(AppError):
        commune_form.commune_form(filled, unit="99999", form="commune", period=P)
