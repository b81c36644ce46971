"""The year's denominators: chosen from one source, divided by, replaced with everything that moves told before."""

import pytest

from desktop.application import denominator_moves, denominators, history, plans, reports, values
from desktop.application.offices import communes_of
from desktop.domain.periods import Period
from desktop.domain.plans.status import Status
from desktop.domain.values import number
from desktop.errors import AppError, UsageError

YEAR = Period.of_year(2024)
CODE = "62-NQ/TU-yen-bai"
SOURCE = "Cục Thống kê, công văn 12"


def coverage(record, unit=None):
    found = plans.status(record, code=CODE, period=YEAR, unit=unit)
    return next(one for one in found if (one.target.indicator, one.target.year) == ("insurance_coverage", 2025))


def of_forms(record, **told):
    return denominators.from_form(record, year=2024, population="average", **told)


def raised(record, *, by=2, source=SOURCE):
    """Every commune's population, `by` times what its form says."""
    amounts = {uid: number(by * value.amount // 10_000) for uid, value in of_forms(record).amounts.items()}
    return denominators.typed(record, year=2024, population="average", amounts=amounts, source=source, official=True)


def test_before_anything_is_chosen_the_forms_are_divided_by(filled):
    sheet = denominators.sheet(filled, year=2024, population="average")
    assert (sheet.sources, sheet.official, sheet.elements) == ((), False, ("population",))
    assert (sheet.total.reported, sheet.typed_total.reported) == (0, 14)


def test_choosing_the_forms_moves_no_rate(filled):
    choice = of_forms(filled)
    assert (len(choice.amounts), choice.missing, choice.official) == (14, (), False)
    assert denominator_moves.moved(filled, choice=choice).rates == ()
    assert denominators.choose(filled, choice=choice).changed
    assert not denominators.choose(filled, choice=choice).changed


def test_yearly_rates_divide_by_the_chosen_figure(filled):
    before = coverage(filled).figure
    denominators.choose(filled, choice=raised(filled))
    after = coverage(filled).figure
    assert after.numerator == before.numerator
    assert after.denominator == 2 * before.denominator
    assert coverage(filled, "04456").figure.denominator == 2 * 5945


def test_the_value_of_the_form_stays_in_the_form(filled):
    denominators.choose(filled, choice=raised(filled))
    row = next(r for r in values.value_rows(filled, period=YEAR, unit="04456", element="population"))
    assert row.value == number(5945)


def test_every_rate_that_would_move_is_told_before_anything_is_written(filled):
    told = denominator_moves.moved(filled, choice=raised(filled))
    divided = {"insurance_coverage", "health_managed_rate", "ehr_rate"}
    assert {rate.indicator.code for rate in told.rates} == divided
    office = next(r for r in told.rates if r.unit is None and r.indicator.code == "insurance_coverage")
    assert office.after.value * 2 == office.before.value
    turned = [v for v in office.turned if v.target.year == 2025 and v.plan == CODE]
    assert [(v.before, v.after) for v in turned] == [(Status.MET, Status.OFF_TRACK)] or turned[
        0
    ].after is not Status.MET
    assert {rate.unit for rate in told.rates} == {None, *(c.code for c in communes_of(filled, on=YEAR.last))}
    assert coverage(filled).figure.denominator == 61724


def test_what_is_told_to_move_is_what_moves(filled):
    choice = raised(filled, by=3)
    told = denominator_moves.moved(filled, choice=choice)
    denominators.choose(filled, choice=choice)
    for rate in told.rates:
        if rate.indicator.code == "insurance_coverage":
            figure = coverage(filled, rate.unit).figure
            assert figure.value == rate.after.value
            verdict = next(v for v in rate.verdicts if v.plan == CODE and v.target.year == 2025)
            assert verdict.after is coverage(filled, rate.unit).judgement.status


def test_replacing_the_provisional_by_the_official_takes_the_whole_year(filled):
    denominators.choose(filled, choice=of_forms(filled))
    official = raised(filled)
    denominators.choose(filled, choice=official)
    sheet = denominators.sheet(filled, year=2024, population="average")
    assert (sheet.sources, sheet.official) == ((SOURCE,), True)


def test_one_source_serves_the_year_so_who_is_not_in_it_keeps_nothing_of_the_old(filled):
    denominators.choose(filled, choice=of_forms(filled))
    some = dict(list(raised(filled).amounts.items())[:3])
    choice = denominators.typed(filled, year=2024, population="average", amounts=some, source=SOURCE, official=False)
    assert len(choice.missing) == 11
    denominators.choose(filled, choice=choice)
    sheet = denominators.sheet(filled, year=2024, population="average")
    assert (sheet.sources, sheet.total.reported) == ((SOURCE,), 3)


def test_a_choice_is_undone_and_taken_back(filled):
    before = coverage(filled).figure
    denominators.choose(filled, choice=raised(filled))
    history.undo(filled, source="window")
    assert coverage(filled).figure == before
    denominators.choose(filled, choice=raised(filled))
    told = denominator_moves.moved(filled, year=2024, population="average")
    assert {rate.unit for rate in told.rates if rate.indicator.code == "ehr_rate"} >= {None, "04456"}
    assert denominators.clear(filled, year=2024, population="average").changed
    assert coverage(filled).figure == before


def test_the_source_is_printed_under_the_table(filled):
    denominators.choose(filled, choice=raised(filled))
    document = reports.targets_document(filled, unit=None, period=YEAR, today=YEAR.last)
    assert SOURCE in str(document)


def test_a_list_gives_the_figures_of_its_communes(filled):
    lines = ["Mã;Xã;Dân số trung bình"]
    lines += [f"{c.code};{c.name};{6000 + n}" for n, c in enumerate(communes_of(filled, on=YEAR.last)) if n]
    data = "\n".join(lines).encode("utf-8-sig")
    choice, _ = denominators.from_list(
        filled, year=2024, population="average", file="dan-so.csv", data=data, source=SOURCE, official=True
    )
    assert len(choice.amounts) == 13
    assert [c.code for c in choice.missing] == [communes_of(filled, on=YEAR.last)[0].code]
    assert sorted(v.amount // 10_000 for v in choice.amounts.values()) == list(range(6001, 6014))


def test_a_list_of_a_population_no_form_asks_for_is_read_by_its_name(filled):
    first = communes_of(filled, on=YEAR.last)[0]
    data = f"Mã;Xã;Phụ nữ 15–49 tuổi\n{first.code};{first.name};1.234\n".encode()
    choice, _ = denominators.from_list(
        filled, year=2024, population="women15_49", file="pn.csv", data=data, source=SOURCE, official=False
    )
    assert [v.amount for v in choice.amounts.values()] == [12_340_000]
    with pytest.raises(AppError) as refused:
        denominators.from_form(filled, year=2024, population="women15_49")
    assert refused.value.code == "no_element"


@pytest.mark.parametrize(("change", "code"), [({"source": " "}, "source_needed"), ({"by": 0}, "nothing_chosen")])
def test_a_choice_without_source_or_figures_is_refused(filled, change, code):
    with pytest.raises(AppError) as refused:
        denominators.choose(filled, choice=raised(filled, **change))
    assert refused.value.code == code


def test_an_unknown_population_is_a_wrong_use(filled):
    with pytest.raises(UsageError):
        denominators.sheet(filled, year=2024, population="hộ")
