"""Verdicts, reasons and the cheapest way, against brute force on small sets."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.criteria.scoring import By, Verdict, judge, passes
from desktop.domain.criteria.sets import CriteriaSet, Criterion, Row, faults, set_of_year, standing_set
from desktop.domain.criteria.ways import Why, cheapest, margin, weakest

F = Fraction
MAXIMA = (14, 10, 12, 9, 19, 12, 6, 11, 3, 4)
FOUND = CriteriaSet(
    "1300", "", "", 2023, 2030, tuple(Criterion(str(n), f"C{n}", F(m)) for n, m in enumerate(MAXIMA, 1))
)


def _points(*told: float) -> dict[str, Fraction]:
    return {str(place): F(str(one)) for place, one in enumerate(told, 1)}


FULL = _points(*MAXIMA)


def test_eighty_points_with_every_criterion_at_its_half_pass():
    points = FULL | _points(14, 10, 12, 4.5, 19, 6, 6, 5.5, 3, 0)
    points["10"] = F(2)
    assert sum(points.values()) == F(82)
    assert judge(FOUND, {By.SELF: points}).verdict is Verdict.PASS
    points["1"] = F(12)
    assert judge(FOUND, {By.SELF: points}).verdict is Verdict.PASS
    points["1"] = F("11.5")
    assert judge(FOUND, {By.SELF: points}).verdict is Verdict.FAIL


def test_a_criterion_under_its_half_fails_whatever_the_total():
    points = FULL | {"10": F("1.5")}
    found = judge(FOUND, {By.OFFICE: points})
    assert (found.verdict, found.total, len(found.reasons)) == (Verdict.FAIL, F("97.5"), 1)
    assert [(gain.code, gain.points, gain.why) for gain in cheapest(FOUND, points) or ()] == [
        ("10", F(1, 2), Why.FLOOR)
    ]


def test_the_highest_complete_column_decides():
    fails = FULL | {"1": F(0)}
    assert judge(FOUND, {By.SELF: FULL, By.OFFICE: fails}).verdict is Verdict.FAIL
    half = {"1": F(1)}
    found = judge(FOUND, {By.SELF: FULL, By.OFFICE: fails, By.PROVINCE: half})
    assert (found.by, found.verdict) == (By.OFFICE, Verdict.FAIL)
    alone = judge(FOUND, {By.PROVINCE: half})
    assert (alone.by, alone.verdict, alone.total) == (By.PROVINCE, Verdict.NOT_JUDGED, None)
    assert judge(FOUND, {}).verdict is Verdict.NOT_JUDGED


def test_a_knock_out_fails_and_comes_first_in_the_way():
    rows = (Row("1.1", "a", F(3), (F(0), F(1), F(3)), least=F(1)), Row("1.2", "b", F(7)))
    one = CriteriaSet("t", "", "", 2023, None, (Criterion("1", "x", F(10), rows),))
    points = {"1.1": F(0), "1.2": F(7)}
    assert judge(one, {By.SELF: points}).verdict is Verdict.FAIL
    told = [judge(one, {By.SELF: {"1.2": F(7), **more}}).criteria[0].is_knocked for more in ({}, points, {"1.1": F(1)})]
    assert told == [False, True, False]
    assert [(g.code, g.points, g.why) for g in cheapest(one, points) or ()] == [("1.1", F(1), Why.KNOCK_OUT)]


def test_a_row_that_is_not_asked_in_the_zone_counts_nowhere():
    rows = (Row("1.1", "a", F(5)), Row("1.2", "b", F(5), in_zones=(1, 2)))
    one = CriteriaSet("t", "", "", 2023, None, (Criterion("1", "x", F(10), rows),))
    assert judge(one, {By.SELF: {"1.1": F(4)}}, zone=3).verdict is Verdict.PASS
    assert judge(one, {By.SELF: {"1.1": F(4)}}, zone=1).verdict is Verdict.NOT_JUDGED


def test_the_set_of_a_year_is_the_newest_begun():
    old = CriteriaSet("4667", "", "", 2015, 2020, ())
    sets = {"4667": old, "1300": FOUND}
    assert [getattr(set_of_year(sets, year), "code", None) for year in (2014, 2020, 2022, 2023, 2035)] == [
        None, "4667", "4667", "1300", "1300",
    ]  # fmt: skip


def test_a_table_stands_before_its_decision_and_a_later_edition_before_an_earlier():
    table = replace(FOUND, code="1300/2024-a", frame="1300", first_year=2024)
    mended = replace(table, code="1300/2024-b", edition=2)
    sets = {"1300": FOUND, "1300/2024-b": mended, "1300/2024-a": table}
    assert [getattr(set_of_year(sets, year), "code", None) for year in (2022, 2023, 2024, 2030)] == [
        None, "1300", "1300/2024-b", "1300/2024-b",
    ]  # fmt: skip
    later = CriteriaSet("2031", "", "", 2031, None, ())
    assert set_of_year({**sets, "2031": later}, 2031) is later
    old_table = replace(FOUND, code="4667/2031-a", frame="4667", first_year=2031)
    old = CriteriaSet("4667", "", "", 2015, 2020, ())
    assert set_of_year({**sets, "4667": old, "4667/2031-a": old_table}, 2031) is mended


_TABLES = st.lists(
    st.tuples(st.sampled_from(["4667", "1300"]), st.integers(2014, 2035), st.integers(1, 3)), max_size=4, unique=True
)


@given(_TABLES, st.sets(st.integers(0, 5), min_size=1), st.integers(2023, 2040), st.integers(2014, 2040))
def test_a_table_that_arrives_later_changes_no_year_that_was_scored(tables, scored, year, begins):
    old = CriteriaSet("4667", "", "", 2014, 2020, ())
    sets = {"4667": old, "1300": FOUND} | {
        f"{frame}/{first}-{edition}": CriteriaSet(
            f"{frame}/{first}-{edition}", "", "", first, None, (), frame=frame, edition=edition
        )
        for frame, first, edition in tables
    }
    codes = [code for place, code in enumerate(sets) if place in scored] or ["1300"]
    before = standing_set(sets, year, codes)
    later = CriteriaSet("new", "", "", begins, None, (), frame="1300", edition=9)
    assert standing_set({**sets, "new": later}, year, codes) is before
    assert standing_set({**sets, "new": later}, year, ()) is set_of_year({**sets, "new": later}, year)


def test_rows_that_stand_for_each_other_by_zone_add_up_in_each_zone():
    rows = (Row("1.1", "a", F(6)), Row("1.2a", "b", F(4), in_zones=(1, 2)), Row("1.2b", "c", F(4), in_zones=(3,)))
    one = CriteriaSet("t", "", "", 2023, None, (Criterion("1", "x", F(10), rows),))
    assert list(faults(one)) == []
    short = (rows[0], rows[1], replace(rows[2], maximum=F(3)))
    assert list(faults(replace(one, criteria=(Criterion("1", "x", F(10), short),)))) == [("1", "sum")]


def test_what_does_not_add_up_is_named():
    rows = (Row("1.1", "a", F(3), least=F(4)), Row("1.1", "b", F(3), steps=(F(0), F(2))))
    one = CriteriaSet("t", "", "", 2023, None, (Criterion("1", "x", F(10), rows),))
    assert sorted(faults(one)) == [("1", "sum"), ("1.1", "least"), ("1.1", "steps"), ("1.1", "twice")]
    assert list(faults(FOUND)) == []


@st.composite
def _small(draw: st.DrawFn) -> tuple[CriteriaSet, dict[str, Fraction]]:
    """Up to three criteria with up to two rows, of up to three points each; and points for all of them."""
    criteria, points = [], {}
    for number in range(1, draw(st.integers(1, 3)) + 1):
        rows = []
        for place in range(1, draw(st.integers(1, 2)) + 1):
            maximum = F(draw(st.integers(1, 6)), 2)
            steps = draw(st.sampled_from([(), (F(0), maximum), (F(0), maximum / 2, maximum)]))
            least = draw(st.sampled_from([None, None, F(1, 2)]))
            row = Row(f"{number}.{place}", "", maximum, steps, least)
            rows.append(row)
            points[row.code] = draw(st.sampled_from([F(0), *row.reachable(F(0))]))
        criteria.append(Criterion(str(number), "", sum((row.maximum for row in rows), F(0)), tuple(rows)))
    return CriteriaSet("s", "", "", 2023, None, tuple(criteria)), points


@st.composite
def _zoned(draw: st.DrawFn) -> tuple[CriteriaSet, dict[str, Fraction], int]:
    """As above, with rows some zones do not ask, steps of their own in a zone, whole points only; and a zone."""
    one, _ = draw(_small())
    criteria, points, zone = [], {}, draw(st.integers(1, 3))
    for criterion in one.criteria:
        rows = []
        for row in criterion.rows:
            asked = draw(st.sampled_from([(), (), (1, 2), (3,)]))
            own = ((3, (row.maximum / 3, row.maximum)),) if draw(st.booleans()) else ()
            grain = F(1) if row.maximum >= 1 and draw(st.booleans()) else F(1, 2)
            row = replace(row, in_zones=asked, steps_in_zone=own, grain=grain)
            rows.append(row)
            points[row.code] = draw(st.sampled_from([F(0), *row.reachable(F(0), zone)]))
        criteria.append(replace(criterion, rows=tuple(rows)))
    return replace(one, criteria=tuple(criteria)), points, zone


def _ways(one: CriteriaSet, points: dict[str, Fraction], zone: int | None = None) -> list[tuple[Fraction, int]]:
    """(points gained, rows) of every way to pass, by trying all."""
    rows = [row for _, asked in one.asked(zone) for row in asked]
    found = []
    for held in product(*([points[row.code], *row.reachable(points[row.code], zone)] for row in rows)):
        tried = points | dict(zip((row.code for row in rows), held, strict=True))
        if passes(one, tried, zone):
            gains = [tried[code] - points[code] for code in tried]
            found.append((sum(gains, F(0)), sum(gain > 0 for gain in gains)))
    return found


@given(_small())
def test_the_cheapest_way_passes_and_no_cheaper_one_exists(told):
    one, points = told
    way, every = cheapest(one, points), _ways(one, points)
    if way is None:
        assert every == []
        return
    assert passes(one, points | {gain.code: points[gain.code] + gain.points for gain in way})
    assert (sum((gain.points for gain in way), F(0)), len(way)) == min(every)


@given(_zoned())
def test_the_cheapest_way_in_a_zone_passes_and_no_cheaper_one_exists(told):
    one, points, zone = told
    way, every = cheapest(one, points, zone=zone), _ways(one, points, zone)
    if way is None:
        assert every == []
        return
    assert passes(one, points | {gain.code: points[gain.code] + gain.points for gain in way}, zone)
    assert (sum((gain.points for gain in way), F(0)), len(way)) == min(every)
    rows = {row.code: row for _, asked in one.asked(zone) for row in asked}
    assert all(rows[gain.code].gives(points[gain.code] + gain.points, zone) for gain in way)


@given(_zoned())
def test_without_a_zone_nothing_is_judged_where_rows_ask_by_zone(told):
    one, points, zone = told
    unknown = judge(one, {By.SELF: points})
    if one.uses_zones:
        assert unknown.verdict is Verdict.NOT_JUDGED
        assert unknown.reasons
    elif any(asked for _, asked in one.asked(zone)):
        assert unknown.verdict is judge(one, {By.SELF: points}, zone=zone).verdict


@given(_small(), st.data())
def test_a_verdict_never_improves_when_a_score_falls(told, data):
    one, points = told
    code = data.draw(st.sampled_from(sorted(points)))
    lower = data.draw(st.fractions(0, points[code]))
    if passes(one, points | {code: lower}):
        assert passes(one, points)


@given(_small())
def test_totals_equal_sums_and_reasons_stand_exactly_where_it_fails(told):
    one, points = told
    found = judge(one, {By.SELF: points})
    assert found.total == sum(points.values(), F(0)) == sum((part.score or F(0) for part in found.criteria), F(0))
    assert (found.verdict is Verdict.FAIL) == bool(found.reasons)


@given(_small())
def test_the_margin_has_the_sign_of_the_verdict_and_its_loss_is_sharp(told):
    one, points = told
    far = margin(one, points)
    if not passes(one, points):
        assert far is None or far < 0
        return
    loss = weakest(one, points)
    assert loss is not None
    assert far is not None
    assert far >= loss.points >= 0


def test_a_hundred_odd_points_are_judged_at_once():
    """Points that are no halves make many sums; the way is found all the same."""
    points = {str(place): F(maximum) * F(place, 37) for place, maximum in enumerate(MAXIMA, 1)}
    way = cheapest(FOUND, points)
    assert way is not None
    assert passes(FOUND, points | {gain.code: points[gain.code] + gain.points for gain in way})
