"""Vietnamese text: forms, keys and order."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.text import fold, fold_tones, name_sort_key, nfc, sort_key, squeeze, with_digits, words

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"

# The order QCollator(QLocale("vi_VN")) gives (feasibility notes, section 7).
ORDERED = [
    "An", "Ánh", "Ăn", "Ân", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Dũng", "Đạt", "On", "Ôn", "Ơn", "Trần Văn An",
    "Trần Văn Ân", "Uy", "Ủy", "Ước", "Vũ", "Y", "Ý", "Yên",
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Nguyễn Thị Đào", "nguyen thi dao"),
        ("ĐẶNG", "dang"),
        ("  Xã   Púng\u00a0Luông ", "xa pung luong"),
        ("Hoà", "hoa"),
        ("Hòa", "hoa"),
        ("Xa\u0303", "xa"),
        ("Mù Cang Chải", "mu cang chai"),
        ("ﬁn", "fin"),
        ("thị\u200b trấn", "thi tran"),
    ],
)
def test_marks_case_and_spaces_do_not_count_in_a_search_key(typed: str, key: str) -> None:
    assert fold(typed) == key


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Hoà", "Hòa"),
        ("Hòa", "Hòa"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("Thuỷ", "Thủy"),
        ("Thủy", "Thủy"),
        ("qúy", "quý"),
        ("Quý", "Quý"),
        ("hòan", "hoàn"),
        ("Huỳnh", "Huỳnh"),
        ("Khuyến", "Khuyến"),
        ("Xoè", "Xòe"),
        ("ngoài", "ngoài"),
        ("Bến Tre", "Bến Tre"),
    ],
)
def test_a_tone_has_one_place(typed: str, shown: str) -> None:
    assert fold_tones(typed) == shown


def test_names_come_in_vietnamese_order() -> None:
    assert sorted(set(ORDERED), key=sort_key) == ORDERED


def test_digits_come_before_letters_and_signs_before_digits() -> None:
    assert sorted(["Ba", "9", "1", "(a)"], key=sort_key) == ["(a)", "1", "9", "Ba"]


def test_people_are_ordered_by_the_given_name_first() -> None:
    names = ["Vàng A Đào", "Lù Thị Ánh", "Giàng A Dua"]
    assert sorted(names, key=name_sort_key) == ["Lù Thị Ánh", "Giàng A Dua", "Vàng A Đào"]


def test_words_are_letters_and_digits_only() -> None:
    assert words("Trẻ < 1 tuổi, (có/không)") == ("tre", "1", "tuoi", "co", "khong")


def test_squeeze_keeps_the_words_and_drops_the_invisible() -> None:
    assert squeeze("\ufeff Dân \n số\u00a0") == "Dân số"


@given(st.text())
def test_a_key_of_a_key_is_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " "))
def test_the_two_unicode_forms_are_one(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert nfc(apart) == nfc(text)
    assert fold(apart) == fold(text)
    assert sort_key(apart) == sort_key(text)
    assert fold(text).isascii()


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " -,"))
def test_moving_a_tone_changes_nothing_but_its_place(text: str) -> None:
    once = fold_tones(text)
    assert fold_tones(once) == once
    assert fold(once) == fold(text)


@given(st.lists(st.text(max_size=8), max_size=8))
def test_any_text_can_be_sorted(texts: list[str]) -> None:
    assert sorted(map(squeeze, sorted(texts, key=sort_key))) == sorted(map(squeeze, texts))


@given(st.text("0123456789OolI|.,", min_size=1, max_size=8))
def test_letters_for_digits_are_found_only_in_what_is_a_figure_without_them(text):
    meant = with_digits(text)
    if meant is not None:
        assert len(meant) == len(text)
        assert set(meant) <= set("0123456789.,")
        assert with_digits(meant) is None
    if text.isdigit():
        assert meant is None
