"""What is typed on a weighing list, read: every figure comes back, what is none is refused with a sentence."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.children import Position, Session, Sex
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


HELD = Session("s", "u", TODAY)


def pasted(*lines):
    return read_children([line.split("\t") for line in lines], unit="u", held=HELD, day=TODAY, today=TODAY)


def test_one_line_that_cannot_be_read_refuses_the_pasted_list_and_names_it():
    read = pasted("Lù A Sáng\tnam\t1/2/2023\t9,8", "Lù Thị Sáng\tnữ\t1/2/2023\tchín")
    assert isinstance(read, Sentence)
    assert dict(read.values)["name"] == "Lù Thị Sáng"


@pytest.mark.parametrize("text", [
    "14/03/2022", "14-3-2022", "14.3.22", "2022-03-14", "2022-03-14 00:00:00", "14 tháng 3 năm 2022", "44634",
    "14-Mar-22", "14 March 2022", "14-Thg3-22",
])  # fmt: skip
def test_a_pasted_birth_date_may_have_the_shapes_of_excel(text):
    read = pasted(f"Lù A Sáng\tnam\t{text}\t9,8\t80.5")
    assert read.lines[0].new.birth_date == date(2022, 3, 14)
    assert (read.lines[0].found.weight, read.lines[0].found.lenhei) == (9800, 805)
    assert reading.birth_date(text, TODAY) == date(2022, 3, 14)


def test_a_birth_month_takes_its_middle_and_says_so():
    read = pasted("Lù A Sáng\tnam\t03/2022\t9,8\t80,5")
    assert read.lines[0].new.birth_date == date(2022, 3, 15)
    assert read.told


@pytest.mark.parametrize("line", [
    "Lù A Sáng\tnam\t31/02/2022\t9,8", "Lù A Sáng\tnam\t14/03/2030\t9,8", "Lù A Sáng\tnam\t14/3/2022\t980 kg",
    "Lù A Sáng\tnam\t14/3/2022\t9,8\t805 cm", "Lù A Sáng\tnam\t14/3/2022\t21\t9,8\t80,5", "9,8\t80,5",
    "Họ và tên\tGiới\tNgày sinh\tNgày cân\tCân nặng\tCao\nLù A Sáng\tnam\t14/3/2022\t1/1/2024\t9,8\t80",
])  # fmt: skip
def test_what_cannot_be_right_or_stands_in_another_order_refuses_the_whole(line):
    assert isinstance(pasted(*line.split("\n")), Sentence)


def test_headings_say_what_a_column_holds_in_any_order():
    read = pasted(
        "TT\tHọ và tên\tHọ tên mẹ\tThôn\tNgày sinh\tNam\tNữ\tCao (cm)\tCân (kg)\tSố điện thoại",
        "1\tLù A Sáng\tVàng Thị Mỷ\tBản Mỏ\t1/2/2023\tx\t\t80,5\t9,8\t0912",
        "\tTổng cộng\t\t\t\t1\t0\t\t\t",
    )
    (line,) = read.lines
    assert (line.new.mother, line.new.village, line.new.sex) == ("Vàng Thị Mỷ", "Bản Mỏ", Sex.MALE)
    assert (line.found.weight, line.found.lenhei) == (9800, 805)
    assert len(read.told) == 2


@pytest.mark.parametrize("lines", [
    ("Vµng ThÞ Mû\tn÷\t14/03/2022\t12,1\t88", "Giµng A Ph×nh\tnam\t1/5/2021\tV¾ng"),
    ("Vaøng Thò Myû\tnöõ\t14/03/2022\t12,1\t88", "Giaøng A Phình\tnam\t1/5/2021\tVaéng"),
])  # fmt: skip
def test_a_list_typed_with_old_fonts_is_read_as_unicode(lines):
    read = pasted(*lines)
    assert [line.new.name for line in read.lines] == ["Vàng Thị Mỷ", "Giàng A Phình"]
    assert read.lines[0].new.sex is Sex.FEMALE
    assert read.lines[1].found.absent


def test_the_letter_that_looks_like_nothing_in_unicode_is_kept():
    soft = "\u00ad"
    read = pasted(f"L{soft}\u00acng ThÞ T{soft}\u00aci\tn÷\t14/03/2022\t12,1\t88", "Vµng ThÞ Mû\tn÷\t1/3/2022\tV¾ng")
    assert read.lines[0].new.name == "Lương Thị Tươi"


def test_a_copied_line_with_all_columns_of_the_screen_comes_back():
    read = pasted("7\tLù A Sáng\tnam\t1/2/2023\t9,8\t80,5\tđứng\t130\tP\tghi chú\tthừa")
    found = read.lines[0].found
    assert (found.position, found.muac, found.oedema, found.note) == (Position.STANDING, 130, True, "ghi chú")
    assert len(read.told) == 1
