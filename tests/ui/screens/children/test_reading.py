"""What is typed on a weighing list, read: every figure comes back, what is none is refused with a sentence."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.children import Position, Sex
from desktop.ui.screens.children import reading, words
from desktop.ui.screens.children.weighing.pasting import read_children
from desktop.wording import Sentence

TODAY = date(2025, 1, 14)


@given(st.integers(1, reading.MOST_GRAMS))
def test_every_weight_shown_is_read_as_it_was(grams):
    assert reading.grams(words.kilograms(grams)) == grams
    assert reading.grams(f"{Decimal(grams) / 1000}") == grams


@given(st.integers(1, reading.MOST_MILLIMETRES))
def test_every_length_shown_is_read_as_it_was(millimetres):
    assert reading.millimetres(words.centimetres(millimetres)) == millimetres


@given(st.integers(50, 500))
def test_every_arm_shown_is_read_as_it_was(millimetres):
    assert reading.arm(words.whole(millimetres)) == millimetres


@given(st.dates(date(2018, 1, 1), TODAY))
def test_every_birth_date_shown_is_read_as_it_was(day):
    for text in (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", f"{day:%d%m%Y}"):
        assert reading.birth_date(text, TODAY) == day


@given(st.text(max_size=12))
def test_whatever_is_typed_is_read_or_refused_and_never_breaks(text):
    for read in (reading.grams, reading.millimetres, reading.arm, reading.position, reading.oedema, reading.sex):
        read(text)
    reading.birth_date(text, TODAY)
    reading.is_absent(text)


@pytest.mark.parametrize(("text", "found"), [
    ("N", Position.LYING), ("nằm", Position.LYING), ("Đ", Position.STANDING), ("đứng", Position.STANDING), ("", None),
])  # fmt: skip
def test_positions_are_letters_or_words(text, found):
    assert reading.position(text) is found


@pytest.mark.parametrize(("text", "found"), [("Nam", Sex.MALE), ("nữ", Sex.FEMALE), ("gái", Sex.FEMALE), ("", None)])
def test_sexes_are_read_in_the_words_of_the_lists(text, found):
    assert reading.sex(text) is found


def test_a_letter_that_may_be_either_sex_and_a_day_to_come_are_refused():
    assert isinstance(reading.sex("n"), Sentence)
    assert isinstance(reading.birth_date("15/01/2025", TODAY), Sentence)
    assert isinstance(reading.birth_date("31/02/2024", TODAY), Sentence)


def test_one_line_that_cannot_be_read_refuses_the_pasted_list_and_names_it():
    read = read_children(
        [["Lù A Sáng", "nam", "1/2/2023", "9,8"], ["Lù Thị Sáng", "nữ", "1/2/2023", "chín"]],
        unit="u", session="s", day=TODAY, today=TODAY,
    )  # fmt: skip
    assert isinstance(read, Sentence)
    assert dict(read.values)["name"] == "Lù Thị Sáng"
