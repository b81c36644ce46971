from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.numbers import (
    decimals_for,
    difference,
    half_up,
    interval_text,
    month_text,
    percent_of,
    printed,
    printed_against,
    roman,
    trimmed,
    vietnamese,
)

FRACTIONS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


@given(st.decimals(-(10**9), 10**9, places=5), st.integers(0, 4))
def test_halves_are_rounded_away_from_zero(number, places):
    assert half_up(Fraction(number), places) == number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@given(FRACTIONS, st.integers(0, 5))
def test_a_printed_number_is_at_most_half_a_step_away(value, places):
    assert abs(Fraction(half_up(value, places)) - value) * 2 <= Fraction(1, 10**places)


@given(FRACTIONS, FRACTIONS)
def test_a_reader_with_a_calculator_agrees_with_the_difference(later, earlier):
    one, other = printed(later, "%"), printed(earlier, "%")
    assert difference(one, other) == one.number - other.number


@given(FRACTIONS, st.decimals(0, 100, places=1))
def test_a_target_not_met_is_never_printed_as_the_figure_unless_it_is_closer_than_a_millionth(value, target):
    figure = printed_against(value, "%", target=target, met=False)
    assert figure.number != target or abs(value - Fraction(target)) < Fraction(1, 10**6)


def test_one_more_decimal_where_the_figure_looks_like_the_target_it_misses():
    assert printed_against(Fraction("22.24"), "%", target=Decimal("22.2"), met=False).text == "22,24%"
    assert printed_against(Fraction("22.24"), "%", target=Decimal("22.2"), met=True).text == "22,2%"
    assert printed_against(Fraction("22.31"), "%", target=Decimal("22.2"), met=False).text == "22,3%"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("1234567.5"), "1.234.567,5"),
        (Decimal("-1.5"), "−1,5"),
        (1810, "1.810"),
        (Decimal("98.0"), "98,0"),
        (0, "0"),
    ],
)
def test_numbers_are_written_as_in_viet_nam(number, text):
    assert vietnamese(number) == text


def test_signs_stand_against_the_number():
    assert printed(Fraction(1810, 6846) * 100, "%").text == "26,4%"
    assert printed(Fraction("3.21"), "‰").text == "3,2‰"
    assert printed(Fraction("1234.4"), "giường").text == "1.234"
    assert vietnamese(Decimal("1.5"), signed=True) == "+1,5"


def test_nothing_at_all_is_a_plain_zero_and_nearly_nothing_is_not():
    assert printed(Fraction(0), "‰").text == "0‰"
    assert printed(Fraction("0.01"), "‰").text == "0,0‰"


def test_rates_have_one_decimal_and_counts_none():
    assert [decimals_for(unit) for unit in ("%", "‰", "/10.000", "/100.000", "năm", "cm", "giường", "")] == [
        1,
        1,
        1,
        1,
        1,
        1,
        0,
        0,
    ]


def test_percent_of_the_plan_comes_from_the_printed_numbers():
    assert percent_of(printed(Fraction("43.4"), "giường"), Decimal(50)) == Decimal("86.0")
    assert percent_of(printed(Fraction(1), "giường"), Decimal(0)) is None


def test_ranges_have_an_en_dash():
    assert interval_text(Fraction("25.41"), Fraction("27.52"), "%") == "25,4–27,5%"


def test_small_words_of_documents():
    assert [month_text(month) for month in (1, 2, 3, 12)] == ["01", "02", "3", "12"]
    assert [roman(number) for number in (1, 4, 9, 14, 40)] == ["I", "IV", "IX", "XIV", "XL"]
    assert [str(trimmed(Decimal(text))) for text in ("100.0", "96.50", "0.0")] == ["100", "96.5", "0"]
