"""Through a real record: under any acts the whole office has one total and one rate on all boundaries."""

import shutil
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.tables import acts, units
from db.tables import offices as office_rows
from db.tables import values as value_rows
from db.tables.values import Cell
from desktop.application import catalogue, offices, records, values
from desktop.application.scopes import Scope
from desktop.domain.acts import Act, ActKind
from desktop.domain.periods import Period
from desktop.domain.values import Ratio, number
from desktop.wording import say
from tests.domain.territories import FIRST, Country, country

SEEDS = st.integers(0, 10**6)
YEARS = range(2000, 2010)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("boundaries") / "office.sotramdb"
    offices.create_office(path, level="district", unit="137", today=FIRST, as_of=date(2024, 12, 31))
    return path


def fill(record, made: Country) -> None:
    """The country's communes in the place of the office's own, with figures of whoever ends each year."""
    with record.change(say("Create the office"), source="test"):
        units.put_units(record, made.register.units.values())
        own = office_rows.own(record, FIRST)
        for span in office_rows.spans(record, own.uid):
            office_rows.drop_span(record, own.uid, span)
        office_rows.put_communes(record, own.uid, made.days)
        for day in made.dates:
            parts = tuple(part for part in made.parts if part.date == day)
            acts.put_act(record, Act(f"act {day}", ActKind.MERGE, day, "thử", parts=parts))
        value_rows.put_cells(
            record,
            [
                Cell(uid, str(year), element, number(made.count(uid) * times))
                for year in YEARS
                for uid in made.on(date(year, 12, 31))
                for element, times in (("insured", 1), ("population", 2))
            ],
        )


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SEEDS, st.booleans())
def test_the_whole_office_has_one_total_and_one_rate_on_all_boundaries(empty, tmp_path, seed, shares):
    made = country(seed, shares=shares)
    path = shutil.copyfile(empty, tmp_path / "office.sotramdb")
    with records.open_record(path, today=FIRST) as record:
        fill(record, made)
        insurance = catalogue.catalogue(record).indicators["insurance_coverage"]
        whole = sum(made.counts)
        for day in (FIRST, *made.dates):
            for year in (2000, 2004, 2009):
                period = Period.of_year(year)
                rows = values.value_rows(record, period=period, unit="137", element="insured", boundaries=day)
                assert [(row.value, row.reason, row.estimated) for row in rows] == [(number(whole), None, False)]
                assert rows[0].reported == rows[0].expected == len(made.on(period.last))
                rate = Scope.of(record, None, period, day).rate(insurance, period)
                if whole:
                    assert isinstance(rate.value, Ratio)
                    assert (rate.value.value, rate.estimated) == (Fraction(50), False)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SEEDS)
def test_a_commune_is_told_exactly_or_not_at_all(empty, tmp_path, seed):
    made = country(seed)
    path = shutil.copyfile(empty, tmp_path / "office.sotramdb")
    with records.open_record(path, today=FIRST) as record:
        fill(record, made)
        for day in (FIRST, made.dates[2], made.dates[-1]):
            found = values.value_rows(record, period=Period.of_year(2004), element="insured", boundaries=day)
            assert {row.unit for row in found} == set(made.on(day))
            for row in found:
                if row.reason is None:
                    assert row.value == number(made.count(row.unit))
                    assert not row.estimated
                else:
                    assert row.reason == "split_without_shares"
                    assert row.missing
