from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.children import LAST_DAY, Child, Presence, Sex, Status, is_expected, residence
from desktop.domain.children_growth import Visit, check_visits
from desktop.domain.children_matching import Match, is_sure, likeness, match, pairs

BORN = date(2022, 5, 19)
CHILD = Child("a", "xã", "Cứ A Dê", Sex.MALE, BORN, "bản Hua Khắt", "Mông", "Giàng Thị Mỷ")
DAYS = st.dates(date(2015, 1, 1), date(2030, 1, 1))


def status(day: date, what: Presence, unit: str | None = None) -> Status:
    return Status("a", day, what, unit)


@given(DAYS, DAYS)
def test_a_child_is_expected_from_birth_to_day_1826(born: date, day: date) -> None:
    assert is_expected(replace(CHILD, birth_date=born), [], day) == (0 <= (day - born).days <= LAST_DAY)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (Presence.MOVED_IN, True),
        (Presence.TEMPORARY, True),
        (Presence.AWAY, True),
        (Presence.MOVED_OUT, False),
        (Presence.DIED, False),
        (Presence.TURNED_FIVE, True),
    ],
)
def test_the_newest_status_decides_and_age_by_dates(what: Presence, expected: bool) -> None:
    told = [status(date(2024, 1, 1), Presence.MOVED_OUT), status(date(2024, 3, 1), what)]
    assert is_expected(CHILD, told, date(2024, 3, 1)) is expected
    assert not is_expected(CHILD, told, date(2024, 2, 29))
    assert is_expected(CHILD, told, date(2023, 12, 31))


def test_who_was_struck_is_expected_nowhere() -> None:
    assert not is_expected(replace(CHILD, struck=True), [], date(2024, 1, 1))


def test_a_child_lives_where_the_newest_word_says() -> None:
    told = [status(date(2024, 1, 1), Presence.MOVED_IN, "khác"), status(date(2024, 6, 1), Presence.AWAY)]
    assert [residence(CHILD, told, day) for day in (date(2023, 12, 31), date(2024, 1, 1), date(2024, 7, 1))] == [
        "xã",
        "khác",
        "khác",
    ]


# ---- findings ----

LAST = Visit(date(2024, 6, 10), 10300, 786)


def rules(*visits: Visit) -> list[str]:
    return [one.rule for one in check_visits(CHILD, visits, day=visits[-1].day)]


def test_ordinary_growth_is_no_finding() -> None:
    assert rules(LAST, Visit(date(2024, 12, 10), 11100, 834)) == []


@pytest.mark.parametrize(
    ("weight", "lenhei", "rule", "mends"),
    [
        (11100, 83, "child_digit_slip", {"lenhei": 83}),
        (11100, 8340, "child_digit_slip", {"lenhei": 83.4}),
        (111000, 834, "child_digit_slip", {"weight": 11.1}),
        (83400, 111, "child_swapped", {"weight": 11.1, "lenhei": 83.4}),
        (7800, 83, "child_digit_slip", {"lenhei": 83}),  # that the weight fell too is said once this is mended
    ],
)
def test_a_slip_of_the_hand_is_named_with_what_was_meant(
    weight: int, lenhei: int, rule: str, mends: dict[str, float]
) -> None:
    (found,) = check_visits(CHILD, [LAST, Visit(date(2024, 12, 10), weight, lenhei)], day=date(2024, 12, 10))
    assert (found.rule, found.severity) == (rule, "error")
    assert {one.element: one.value.amount for one in found.mend} == {
        name: round(amount * 10_000) for name, amount in mends.items()
    }


@pytest.mark.parametrize(
    ("visit", "rule"),
    [
        (Visit(date(2024, 12, 10), 11100, 770), "child_shrank"),
        (Visit(date(2024, 7, 10), 10500, 886), "child_jumped"),
        (Visit(date(2024, 12, 10), 8000, 834), "child_lost_weight"),
        (Visit(date(2024, 7, 10), 13500, 790), "child_jumped"),
        (Visit(date(2024, 12, 10), 10300, 786), "child_copied"),
        (Visit(date(2021, 12, 10), 3300, 500), "child_born_later"),
        (Visit(date(2024, 12, 10), 11100, 834, muac=14), "child_muac_size"),
        (Visit(date(2028, 1, 10), 18000, 1060), "child_over_five"),
    ],
)
def test_growth_that_no_child_has_is_a_finding(visit: Visit, rule: str) -> None:
    assert [one.rule for one in check_visits(CHILD, [LAST, visit], day=visit.day)] == [rule]


def test_lying_and_standing_are_compared_as_one() -> None:
    from desktop.domain.children import Position

    lying = replace(LAST, position=Position.LYING, lenhei=860)
    assert rules(lying, Visit(date(2024, 12, 10), 11000, 850, Position.STANDING)) == []
    assert rules(lying, Visit(date(2024, 12, 10), 11000, 840, Position.STANDING)) == ["child_shrank"]


@given(
    st.lists(
        st.builds(
            Visit,
            st.dates(date(2022, 1, 1), date(2027, 9, 1)),
            st.none() | st.integers(1, 10**6),
            st.none() | st.integers(1, 10**5),
            oedema=st.booleans(),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_was_typed_is_judged_and_every_mend_is_clean(visits: list[Visit]) -> None:
    day = visits[0].day
    for found in check_visits(CHILD, visits, day=day):
        for mend in found.mend:
            assert mend.value.amount


# ---- likeness ----


def test_marks_case_and_an_exchanged_day_do_not_hide_a_child() -> None:
    other = replace(CHILD, uid="b", name="CU A DE", birth_date=date(2022, 5, 19), mother="Giang Thi My")
    assert likeness(CHILD, other).score >= 95
    swapped = replace(CHILD, uid="b", birth_date=date(2022, 3, 5))
    assert likeness(replace(CHILD, birth_date=date(2022, 5, 3)), swapped).score >= 85


def test_twins_are_never_surely_one_child() -> None:
    an, anh = replace(CHILD, name="Nguyễn Văn An"), replace(CHILD, uid="b", name="Nguyễn Văn Anh")
    assert not is_sure(an, anh, likeness(an, anh).score)
    assert match([an], [anh])[0].sure is False


NAMES = st.sampled_from(["Cứ A Dê", "Cu A De", "Giàng A Chứ", "Hờ Thị Dơ", "Lù Thị Kía", "Nguyễn Văn An", "Vàng"])
CHILDREN = st.builds(
    Child,
    uid=st.uuids().map(str),
    unit=st.just("xã"),
    name=NAMES,
    sex=st.sampled_from([None, *Sex]),
    birth_date=st.none() | st.dates(date(2022, 1, 1), date(2022, 12, 31)),
    village=st.sampled_from(["", "bản Hua Khắt"]),
    mother=st.sampled_from(["", "Giàng Thị Mỷ", "Lò Thị Mai"]),
)


@given(CHILDREN, CHILDREN)
def test_likeness_asks_no_order_and_stays_within_bounds(one: Child, other: Child) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other).score <= 100


@given(st.lists(CHILDREN, max_size=12))
def test_an_entry_found_word_for_word_is_itself(known: list[Child]) -> None:
    told = match(known, known)
    assert len(told) == len(known)
    named = [found.child.uid for found in told if found.child]
    assert len(named) == len(set(named))
    dated = [child for child in known if child.birth_date]
    for child, found in zip(known, told, strict=True):
        if child in dated:
            assert found.child is not None


@given(st.lists(CHILDREN, max_size=12, unique_by=lambda child: child.uid))
def test_pairs_are_the_likely_ones_and_each_is_told_once(known: list[Child]) -> None:
    found = pairs(known)
    places = [frozenset((pair.one.uid, pair.other.uid)) for pair in found]
    assert len(places) == len(set(places))
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)
    same = {
        frozenset((one.uid, other.uid))
        for one in known
        for other in known
        if one.uid < other.uid
        and one.birth_date == other.birth_date
        and one.birth_date is not None
        and likeness(one, other).score >= 65
    }
    assert same <= set(places)


def test_nobody_known_is_nobody_found() -> None:
    assert match([CHILD], []) == [Match(None)]


@given(st.integers(0, 10))
def test_days_apart_count_for_the_same_name(apart: int) -> None:
    other = replace(CHILD, uid="b", birth_date=BORN + timedelta(days=apart))
    assert pairs([CHILD, other])


def test_a_child_born_on_a_day_that_reads_both_ways_is_not_its_own_double() -> None:
    assert not pairs([replace(CHILD, birth_date=date(2022, 11, 11))])
