"""What is typed is read as people write it, and what is not an answer says what would be one."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.stations.answers import amount, chosen, read_answer, spoken, truth
from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, YES, State, Value, number
from desktop.wording import Label, Sentence
from tests.domain.stations.making import CONTRACT, DAYS, DOCTORS, HOUSE, UNTIL, WHERE, YEAR


@pytest.mark.parametrize(
    ("item", "text", "expected"),
    [
        (DOCTORS, "3", number(3)),
        (DOCTORS, "0", number(0)),
        (DOCTORS, "1.234", number(1234)),
        (DOCTORS, "2,0", number(2)),
        (DAYS, "2,5", number(Decimal("2.5"))),
        (DAYS, "2.5", number(Decimal("2.5"))),
        (DOCTORS, "2 người", number(2)),
        (DOCTORS, "1 234", number(1234)),
        (DOCTORS, "2người", number(2)),
        (WHERE, "  Bản  Thái ", Value(State.TEXT, text="Bản Thái")),
        (CONTRACT, "x", YES),
        (CONTRACT, "Không", NO),
        (CONTRACT, "chưa có", NO),
        (HOUSE, "2", Value(State.TEXT, text="half")),
        (HOUSE, "cấp 4", Value(State.TEXT, text="half")),
        (HOUSE, "ban", Value(State.TEXT, text="half")),
        (HOUSE, "solid", Value(State.TEXT, text="solid")),
        (UNTIL, "31/12/2026", Value(State.TEXT, text="2026-12-31")),
        (UNTIL, "2026-12-31", Value(State.TEXT, text="2026-12-31")),
        (DOCTORS, "-", NOT_APPLICABLE),
        (HOUSE, "không áp dụng", NOT_APPLICABLE),
        (CONTRACT, "", NOT_REPORTED),
        (CONTRACT, "chưa rõ", NOT_REPORTED),
    ],
)
def test_an_answer_is_read(item, text, expected):
    assert read_answer(item, text) == expected


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (DOCTORS, "hai"),
        (DOCTORS, "1,5"),
        (DOCTORS, "người"),
        (DOCTORS, "2 km"),
        (DOCTORS, "1 23"),
        (DOCTORS, "1000001"),
        (DOCTORS, "9" * 40),
        (DOCTORS, "-3"),
        (DOCTORS, "٣"),
        (DAYS, "7,5"),
        (DAYS, "2,123"),
        (DAYS, "99999999999999999,99"),
        (CONTRACT, "có thể"),
        (HOUSE, "4"),
        (HOUSE, "nhà"),
        (UNTIL, "31/02/2026"),
        (UNTIL, "mai"),
        (WHERE, "a" * 501),
    ],
)
def test_what_is_no_answer_says_so(item, text):
    assert isinstance(read_answer(item, text), Sentence)


def test_bounds_of_an_item_hold():
    from dataclasses import replace

    assert isinstance(read_answer(replace(DAYS, minimum=Decimal(1)), "0,5"), Sentence)


@given(st.decimals(0, 10**6, places=2))
def test_a_number_is_read_back_as_it_is_typed(told):
    from dataclasses import replace

    free = replace(DAYS, maximum=None)
    assert amount(read_answer(free, str(told).replace(".", ","))) == told


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        (DAYS, number(Decimal("2.5")), Decimal("2.5")),
        (YEAR, number(2012), "2012"),
        (HOUSE, Value(State.TEXT, text="bad"), Label("Tạm", "Makeshift")),
        (HOUSE, Value(State.TEXT, text="other"), "other"),
        (UNTIL, Value(State.TEXT, text="2026-12-31"), date(2026, 12, 31)),
        (UNTIL, Value(State.TEXT, text="sớm"), "sớm"),
        (WHERE, Value(State.TEXT, text="Bản Thái"), "Bản Thái"),
    ],
)
def test_an_answer_is_spoken(item, value, expected):
    assert spoken(item, value) == expected


def test_states_are_spoken_and_taken_apart():
    assert [str(spoken(CONTRACT, value)) for value in (YES, NO, NOT_APPLICABLE, NOT_REPORTED)] == [
        "yes", "no", "not applicable", "not told",
    ]  # fmt: skip
    assert (truth(YES), truth(NO), truth(None), truth(number(1))) == (True, False, None, None)
    assert (amount(None), amount(YES), chosen(None)) == (None, None, None)
