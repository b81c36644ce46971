"""Rates of the weighing sessions beside the ways of the plans."""

from datetime import date
from fractions import Fraction

import pytest

from desktop.application import values, weighing
from desktop.application.children import meant
from desktop.application.nutrition_path import nutrition_path
from desktop.application.weighing import NewSession
from desktop.domain.children import Measurement, SessionKind
from desktop.domain.growth.levels import Form
from desktop.domain.periods import Period
from tests.application.test_nutrition import HERE, JUNE, STUNTED, TALL, THERE, weigh

YEAR = Period.parse("2024")


def test_sessions_of_one_campaign_are_one_rate_beside_what_each_plan_asks_of_its_day(district):
    weigh(district, HERE, date(2021, 6, 10), [STUNTED] * 3 + [TALL], name="Bé")
    weigh(district, HERE, JUNE, [STUNTED, TALL, TALL])
    weigh(district, THERE, date(2024, 6, 14), [STUNTED, None])
    found = nutrition_path(district, unit=None, period=YEAR)
    assert [(one.day, one.measured, one.cases.rate) for one in found.rounds] == [
        (date(2021, 6, 10), 4, 75),
        (date(2024, 6, 14), 4, 50),
    ]
    assert found.rounds[1].cases.limits.lower < 50 < found.rounds[1].cases.limits.upper
    assert found.plans
    for path in found.plans:
        assert path.target.indicator == "stunting_rate"
        assert path.start is None
        assert path.wanted == (None, None)
        assert path.steps == ((date(path.target.year, 12, 31), Fraction(path.target.value)),)
    assert nutrition_path(district, unit=THERE, period=YEAR).rounds[0].cases.rate == 100


def test_a_way_begins_at_the_figure_of_the_first_year_and_ends_at_the_target(district):
    for code, stunted in ((HERE, 40), (THERE, 20)):
        for year in (2021, 2024):
            period = Period.of_year(year)
            values.set_value(district, unit=code, period=period, element="measured", text="100")
            values.set_value(district, unit=code, period=period, element="stunted", text=str(stunted))
    weigh(district, HERE, JUNE, [STUNTED, TALL])
    found = nutrition_path(district, unit=None, period=YEAR)
    path = found.plans[0]
    assert (path.start.year, path.start.value) == (2021, 30)
    days, wanted = zip(*path.steps, strict=True)
    assert days[0] == date(2021, 12, 31)
    assert wanted[0] == 30
    assert (days[-1], wanted[-1]) == (date(path.target.year, 12, 31), Fraction(path.target.value))
    assert sorted(wanted, reverse=True) == list(wanted)
    assert wanted[-1] < path.wanted[0] < 30
    assert path.keeps(0, found.rounds[0]) is False


@pytest.mark.parametrize(("kind", "counted"), [(SessionKind.MONTHLY, 0), (SessionKind.SURVEY, 1)])
def test_monthly_weighing_of_some_children_is_no_rate_of_all(district, kind, counted):
    _, (uid,) = weigh(district, HERE, date(2024, 5, 2), [None])
    (commune,) = meant(district, unit=HERE, day=JUNE)
    session, _ = weighing.open_session(district, new=NewSession(commune, JUNE, kind=kind))
    weighing.measure(district, measurements=[Measurement(uid, JUNE, session.uid, 13000, STUNTED)])
    assert len(nutrition_path(district, unit=None, period=YEAR, form=Form.WASTING).rounds) == counted
