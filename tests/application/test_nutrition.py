"""Results of a weighing in a district's record, and a form filled from them."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from db.tables import units
from db.tables import values as stored
from db.tables.codes import Origin
from desktop.application import history, submissions, values, weighing
from desktop.application.children import NewChild, meant, register
from desktop.application.nutrition import paths, results, trend
from desktop.application.nutrition_feeding import differences, disagreements, feed
from desktop.application.nutrition_sessions import session_points, session_reduction
from desktop.application.offices import office
from desktop.application.reports import paper_office, write_report
from desktop.application.weighing import NewSession
from desktop.domain.children import Measurement, Sex
from desktop.domain.growth.levels import Form
from desktop.domain.nutrition import Area, Cases, Group, Tally, reduction, whole
from desktop.domain.periods import Period
from desktop.errors import AppError
from desktop.reports.growth_chart import Words
from desktop.reports.model import Picture
from desktop.reports.nutrition_report import NutritionInput, nutrition_report
from desktop.system.i18n import render
from desktop.wording import say

JUNE = date(2024, 6, 10)
YEAR, HALF = Period.parse("2024"), Period.parse("2024S1")
HERE, THERE = "04459", "04465"
STUNTED, TALL = 820, 950
"""Millimetres of a boy of three years."""


@pytest.fixture
def weighed(district):
    weigh(district, HERE, JUNE, [STUNTED, TALL, TALL, None])
    weigh(district, THERE, JUNE, [STUNTED, STUNTED])
    return district


def weigh(record, code, day, lengths, name="Trẻ"):
    """Boys of three years in a commune, one for each length; None is on the list and did not come."""
    (commune,) = meant(record, unit=code, day=day)
    born = day - timedelta(days=1096)
    new = [
        NewChild(commune, f"{name} {place}", Sex.MALE, born, village=f"Bản {place % 2}", ethnic_group="Mông")
        for place in range(len(lengths))
    ]
    uids = register(record, new=new).uids
    session, _ = weighing.open_session(record, new=NewSession(commune, day))
    rows = [
        Measurement(uid, day, session.uid, 13000, length) for uid, length in zip(uids, lengths, strict=True) if length
    ]
    weighing.measure(record, measurements=rows)
    return session.uid, uids


def tally(record, unit=None, **more):
    return results(record, unit=unit, period=YEAR, **more).found.total


def test_each_commune_has_its_rate_beside_how_many_were_reached(weighed):
    found = results(weighed, unit=None, period=HALF)
    told = {one.code: group.tally for one, group in zip(found.communes, found.found.communes, strict=True)}
    assert len(found.communes) == 14
    assert (told[HERE].listed, told[HERE].measured, told[HERE].coverage) == (4, 3, 75)
    assert told[HERE].of(Form.STUNTING).rate == Fraction(100, 3)
    assert told[THERE].of(Form.STUNTING).rate == 100
    assert found.found.total.of(Form.STUNTING).found == 3
    assert tally(weighed, HERE) == told[HERE]


def test_of_two_visits_the_last_one_counts_or_the_one_of_the_session_named(district):
    session, (uid,) = weigh(district, HERE, JUNE, [STUNTED])
    (commune,) = meant(district, unit=HERE, day=JUNE)
    december = date(2024, 12, 10)
    later, _ = weighing.open_session(district, new=NewSession(commune, december))
    weighing.measure(district, measurements=[Measurement(uid, december, later.uid, 14000, TALL + 60)])
    assert tally(district).measured == tally(district, sessions=[session]).measured == 1
    assert tally(district).of(Form.STUNTING).found == 0
    assert tally(district, sessions=[session]).of(Form.STUNTING).found == 1
    assert results(district, unit=None, period=HALF).found.total.of(Form.STUNTING).found == 1


def test_the_trend_holds_the_periods_in_which_somebody_was_measured(weighed):
    weigh(weighed, HERE, date(2022, 6, 10), [STUNTED] * 4, name="Bé")
    weigh(weighed, HERE, date(2021, 12, 10), [TALL], name="Em")
    found = trend(weighed, period=HALF, now=results(weighed, unit=HERE, period=HALF))
    assert [point.period for point in found] == ["2021S2", "2022S1", "2024S1"]
    since, rate = reduction(found, Form.STUNTING)
    assert since.period == "2022S1"
    assert float(rate) == pytest.approx((1 - (1 / 3) ** 0.5) * 100)


def test_sessions_of_some_weeks_are_one_point_and_seasons_are_compared(weighed):
    weigh(weighed, THERE, date(2024, 6, 28), [TALL], name="Sau")
    weigh(weighed, HERE, date(2022, 6, 20), [STUNTED] * 4, name="Bé")
    weigh(weighed, HERE, date(2023, 12, 10), [TALL] * 2, name="Em")
    places = meant(weighed, unit=None, day=JUNE)
    found = session_points(weighed, communes=places, last=date(2024, 12, 31))
    told = [(point.first, point.last, point.tally.measured) for point in found]
    assert told == [
        (date(2022, 6, 20), date(2022, 6, 20), 4),
        (date(2023, 12, 10), date(2023, 12, 10), 2),
        (JUNE, date(2024, 6, 28), 6),
    ]
    since, rate = session_reduction(found, Form.STUNTING)
    assert (since.last, float(rate)) == (date(2022, 6, 20), pytest.approx((1 - 0.5**0.5) * 100))
    assert session_reduction(found[1:], Form.STUNTING) is None


def test_the_plan_says_what_it_wants_of_stunting(filled):
    steps = paths(filled, unit=None, period=YEAR)
    assert steps
    assert all(0 < step.target < 100 and step.year >= 2024 for step in steps)


def test_a_form_is_filled_from_the_list_with_its_origin(weighed):
    done = feed(weighed, unit=None, period=YEAR)
    assert {(one.commune.code, one.element.code, int(one.told.number)) for one in done.written} == {
        (HERE, "measured", 3),
        (HERE, "stunted", 1),
        (HERE, "underweight", 0),
        (THERE, "measured", 2),
        (THERE, "stunted", 2),
        (THERE, "underweight", 0),
    }
    assert done.kept == ()
    assert feed(weighed, unit=None, period=YEAR).changes.changed == 0
    weigh(weighed, HERE, JUNE, [STUNTED], name="Thêm")
    assert {one.element.code for one in feed(weighed, unit=None, period=YEAR).written} == {"measured", "stunted"}
    cells = stored.cells(weighed, periods=["2024"], units=meant(weighed, unit=HERE, day=JUNE))
    assert {cell.origin for cell in cells} == {Origin.LIST}


def test_what_was_typed_stays_and_is_told(weighed):
    values.set_value(weighed, unit=HERE, period=YEAR, element="stunted", text="7")
    values.set_value(weighed, unit=HERE, period=YEAR, element="measured", text="")
    done = feed(weighed, unit=HERE, period=YEAR)
    assert [(one.element.code, int(one.held.number), int(one.told.number)) for one in done.kept] == [("stunted", 7, 1)]
    (finding,) = disagreements(weighed, unit=None, period=YEAR)
    assert render(finding.message) == "Trẻ suy dinh dưỡng thể thấp còi: biểu ghi 7, danh sách trẻ có 1."
    assert (finding.rule, finding.unit, finding.element) == ("differs_from_children", HERE, "stunted")
    assert feed(weighed, unit=HERE, period=YEAR, replace_typed=True).kept == ()
    assert disagreements(weighed, unit=HERE, period=YEAR) == []
    history.undo(weighed, source=None)
    assert [one.element.code for one in differences(weighed, unit=HERE, period=YEAR)] == ["stunted"]


def test_a_form_nobody_was_measured_for_is_left_alone(district):
    assert differences(district, unit=None, period=YEAR) == []
    assert feed(district, unit=None, period=YEAR).written == ()


def test_a_locked_form_refuses_the_list(weighed):
    feed(weighed, unit=HERE, period=YEAR)
    submissions.complete(weighed, unit=HERE, form="commune", period=YEAR, reason="chưa có số")
    submissions.check(weighed, unit=HERE, form="commune", period=YEAR)
    weigh(weighed, HERE, JUNE, [STUNTED], name="Muộn")
    with pytest.raises(AppError, match="form_checked"):
        feed(weighed, unit=HERE, period=YEAR)


def test_communes_said_to_be_hard_have_their_own_subtotals(weighed):
    (commune,) = meant(weighed, unit=THERE, day=JUNE)
    with weighed.change(say("Say what a commune is"), source="cli"):
        units.put_attribute(weighed, unit=commune, name="minority_area", value="III", valid_from=date(2021, 6, 4))
        units.put_attribute(weighed, unit=commune, name="especially_disadvantaged", value="yes")
    areas = {one.key: one.tally.measured for one in results(weighed, unit=None, period=HALF).found.areas}
    assert areas == {Area.REGION_3: 2, Area.DISADVANTAGED: 2, Area.MINORITIES: 5}


def test_the_report_carries_what_the_form_says_otherwise(weighed, tmp_path):
    values.set_value(weighed, unit=HERE, period=YEAR, element="stunted", text="7")
    made = write_report(
        weighed,
        name="nutrition",
        unit=HERE,
        period=YEAR,
        format="pdf",
        out=tmp_path / "bc.pdf",
        today=date(2025, 1, 14),
    )
    assert [(one.rule, one.unit, one.element) for one in made.findings] == [("differs_from_children", HERE, "stunted")]


def test_a_measured_child_of_unknown_age_is_listed_and_measured_but_not_stunted(district):
    (commune,) = meant(district, unit=HERE, day=JUNE)
    uids = register(district, new=[NewChild(commune, "Trẻ 1", Sex.MALE, None)]).uids
    session, _ = weighing.open_session(district, new=NewSession(commune, JUNE))
    weighing.measure(district, measurements=[Measurement(uids[0], JUNE, session.uid, 13000, 950)])
    found = results(district, unit=HERE, period=HALF).found.total
    assert (found.listed, found.measured) == (1, 1)
    assert (found.of(Form.STUNTING).counted, found.of(Form.WASTING).counted) == (0, 1)


def test_the_charts_of_many_communes_can_be_read_and_share_their_axis(district):
    found = results(district, unit=None, period=YEAR)
    told = [Group(str(at), Tally(100, 100, {Form.STUNTING: Cases(100, at % 50, 10)})) for at in range(90)]
    units_ = tuple((one.key, f"Xã {one.key}") for one in (*told, found.found.communes[0]))
    every = replace(found.found, communes=(*told, found.found.communes[0]), total=whole(one.tally for one in told))
    paper = nutrition_report(
        NutritionInput(paper_office(office(district, on=YEAR.last)), 2025, YEAR, units_, "Huyện", every)
    )
    charts = [one for one in paper.blocks if isinstance(one, Picture)]
    assert [one.caption.split()[-1] for one in charts] == ["(1/3)", "(2/3)", "(3/3)"]
    feet = [
        [one.text for one in chart.drawing.marks if isinstance(one, Words) and one.text.isdigit()] for chart in charts
    ]
    assert feet[0] == feet[1] == feet[2] != []
