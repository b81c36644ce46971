"""Who is to be looked after between sessions: the severe, the moderate, those who lose ground, those long not weighed."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.children import Child, Measurement, Sex
from desktop.domain.children_follow import AGAIN, FALLS, Seen, Why, case_of, falters
from desktop.domain.growth.classes import Class
from desktop.domain.growth.scores import Index, Score, Scores

DAY = date(2024, 12, 10)
CHILD = Child("c", "u", "Cứ A Dê", Sex.MALE, date(2022, 5, 19))


def seen(day, weight, *, ha="0", wa="0", wh="0", **more):
    score = [None if z is None else Score(Decimal(z), abs(Decimal(z)) > 6) for z in (ha, wa, wh)]
    return Seen(Measurement("c", day, None, weight, 800, **more), Scores(800, False, None, *score, None))


def whys(*visits, day=DAY, child=CHILD):
    found = case_of(child, visits, day)
    return () if found is None else found.whys


def test_a_child_that_grows_and_was_weighed_is_nobodys_case():
    assert case_of(CHILD, [seen(DAY - timedelta(days=180), 9000), seen(DAY, 10500)], DAY) is None


def test_the_last_visit_that_measured_decides_and_the_worst_is_named_first():
    found = case_of(CHILD, [seen(DAY, 9000, ha="-2.5", wa="-3.2", wh="-2.1")], DAY)
    assert found.whys == (Why.SEVERE,)
    assert found.found == ((Index.WA, Class.GRADE_2), (Index.WH, Class.GRADE_1), (Index.HA, Class.GRADE_1))
    absent = Seen(Measurement("c", DAY, absent=True), Scores(None, False, None, None, None, None, None))
    earlier = seen(DAY - timedelta(days=20), 9000, ha="-2.5")
    assert whys(earlier, absent) == (Why.MODERATE,)


def test_oedema_and_a_thin_arm_are_severe_without_any_z_score():
    assert whys(seen(DAY, 9000, ha=None, wa=None, wh=None, oedema=True)) == (Why.SEVERE,)
    assert whys(seen(DAY, 9000, ha=None, wa=None, wh=None, muac=112)) == (Why.SEVERE,)
    assert whys(seen(DAY, 9000, ha=None, wa=None, wh=None, muac=120)) == (Why.MODERATE,)


def test_an_implausible_figure_makes_no_case():
    assert whys(seen(DAY, 9000, ha="-7")) == ()


def test_losing_weight_or_a_space_between_the_lines_is_faltering():
    before = seen(DAY - timedelta(days=90), 10000, wa="-0.50")
    assert whys(before, seen(DAY, 9900, wa="-0.60")) == (Why.FALTERING,)
    assert whys(before, seen(DAY, 10200, wa="-1.17")) == (Why.FALTERING,)
    assert whys(before, seen(DAY, 10200, wa="-1.16")) == ()
    assert whys(before, seen(DAY, 9900, wa="-0.60", oedema=True)) == (Why.SEVERE,)


def test_a_month_without_gain_counts_under_two_years_only():
    young = Child("c", "u", "Hờ A Say", Sex.MALE, DAY - timedelta(days=500))
    before, now = seen(DAY - timedelta(days=60), 9000), seen(DAY, 9000)
    assert whys(before, now, child=young) == (Why.FALTERING,)
    assert whys(before, now, child=CHILD) == ()
    assert whys(seen(DAY - timedelta(days=20), 9000), now, child=young) == ()


def test_when_to_weigh_again_depends_on_how_the_child_was():
    for z, key in (("-3.5", "severe"), ("-2.5", "moderate"), ("0", "else")):
        last = seen(DAY, 9000, wa=z)
        due = DAY + timedelta(days=AGAIN[key])
        assert Why.OVERDUE not in whys(last, day=due)
        assert Why.OVERDUE in whys(last, day=due + timedelta(days=1))


def test_a_child_never_weighed_is_due_half_a_year_after_birth():
    born = DAY - timedelta(days=100)
    child = Child("c", "u", "Lý Thị Sông", Sex.FEMALE, born)
    assert case_of(child, [], DAY) is None
    assert whys(day=born + timedelta(days=200), child=child) == (Why.OVERDUE,)


def test_visits_after_the_day_are_not_known_yet():
    assert Why.SEVERE not in whys(seen(DAY + timedelta(days=1), 9000, wa="-4"))


@given(
    first=st.integers(2000, 20000), second=st.integers(2000, 20000),
    then=st.decimals(-4, 4, places=2), now=st.decimals(-4, 4, places=2), apart=st.integers(25, 400),
)  # fmt: skip
def test_who_gains_weight_and_keeps_its_line_never_falters(first, second, then, now, apart):
    before, last = seen(DAY - timedelta(days=apart), first, wa=str(then)), seen(DAY, second, wa=str(now))
    expected = second < first or (second == first and CHILD.age_on(DAY) <= 730) or then - now >= FALLS
    assert falters(CHILD, before, last) is expected
