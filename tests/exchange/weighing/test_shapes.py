"""Weighing lists in shapes that offices give them; each was read wrongly once."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.children import Sex
from desktop.exchange.grid import Merge, Raw, Sheet
from desktop.exchange.weighing.model import ListReading
from desktop.exchange.weighing.reading import read_list

HEADS: list[Raw] = ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Cân nặng (kg)", "Chiều cao (cm)"]
CHILD: list[Raw] = [1, "Vàng A Páo", "Nam", "14/03/2022", "11,2", "83,4"]
GIRL: list[Raw] = [2, "Lý Thị Mảy", "Nữ", "02/11/2023", 8.1, 70]
DAY = "Ngày cân đo: 05/06/2024"


def read(lines: list[list[Raw]], *merged: Merge) -> ListReading:
    found = read_list(Sheet("T", lines, merged))
    assert found is not None
    return found


def told(found: ListReading) -> list[tuple[object, ...]]:
    return [(row.row, row.name, row.weight, row.lenhei) for row in found.rows]


def test_a_heading_over_both_figures_says_nothing_of_them() -> None:
    found = read(
        [
            ["TT", "Họ và tên trẻ", "Giới tính", "", "Ngày sinh", "Kết quả cân đo", "", "Kết quả", "Tình trạng phù"],
            ["", "", "Nam", "Nữ", "", "Cân nặng (kg)", "Chiều dài/cao (cm)", "", ""],
            [1, "Vàng A Páo", "x", "", "14/03/2022", 11.2, "83,4", "BT", "có"],
        ],
        (1, 3, 1, 4),
        (1, 6, 1, 7),
    )
    assert told(found) == [(3, "Vàng A Páo", 11200, 834)]
    assert found.rows[0].oedema
    assert found.findings == ()


def test_the_mother_is_read_where_the_father_stands_before_her() -> None:
    heads: list[Raw] = ["Họ tên", "T/G", "NS", "Họ tên bố", "Họ tên mẹ", "Cân", "Cao"]
    found = read([heads, ["1. Vàng A Páo", "T", "14/3/22", "Vàng A Lử", "Hờ Thị Dê", 11.2, 83.4]])
    (row,) = found.rows
    assert (row.name, row.sex, row.mother) == ("Vàng A Páo", Sex.MALE, "Hờ Thị Dê")
    assert [(one.rule, one.column) for one in found.findings] == [("import.extra_column", "D")]


def test_lists_of_several_communes_and_days_may_stand_in_one_sheet() -> None:
    found = read(
        [
            ["TRẠM Y TẾ XÃ NẬM CÓ"],
            [DAY],
            HEADS,
            CHILD,
            ["", "Cộng", "", "", 1],
            ["", "Trưởng trạm y tế xã Nậm Có"],
            [],
            ["TRẠM Y TẾ XÃ HỒ BỐN"],
            ["Ngày cân đo: 07/06/2024"],
            ["TT", "Giới", "Họ tên trẻ", "Cân", "Cao", "Ngày sinh"],
            [1, "Nữ", "Lý Thị Mảy", 8.1, 70, "02/11/2023"],
        ]
    )
    assert told(found) == [(4, "Vàng A Páo", 11200, 834), (11, "Lý Thị Mảy", 8100, 700)]
    assert [(row.commune, row.session, row.titled) for row in found.rows] == [
        ("", None, False),
        ("XÃ HỒ BỐN", date(2024, 6, 7), True),
    ]
    assert found.rows[1].sex is Sex.FEMALE


def test_months_side_by_side_are_of_the_year_in_the_title() -> None:
    lines: list[list[Raw]] = [
        ["THEO DÕI CÂN NẶNG NĂM 2024"],
        [*HEADS[:4], "Cân nặng (kg)", "", "Chiều cao (cm)", ""],
        ["", "", "", "", "T1", "T2", "T1", "T2"],
        [*GIRL[:4], "5,1", "5,6", 57, ""],
    ]
    merged = (2, 5, 2, 6), (2, 7, 2, 8)
    found = read(lines, *merged)
    assert [(row.day, row.weight, row.lenhei) for row in found.rows] == [
        (date(2024, 1, 1), 5100, 570),
        (date(2024, 2, 1), 5600, None),
    ]
    assert [(one.rule, one.column) for one in found.findings] == [
        ("import.list_only_month", "E"),
        ("import.list_only_month", "F"),
    ]
    lines[0] = ["THEO DÕI CÂN NẶNG"]
    found = read(lines, *merged)
    assert not found.rows
    assert [(one.rule, one.severity.value) for one in found.findings] == [("import.list_no_day", "error")] * 2


def test_further_columns_of_figures_that_nothing_sets_apart_are_told() -> None:
    found = read([[DAY], [*HEADS, "Cân nặng (kg)", "Chiều dài (cm)"], [*CHILD, "12,1", "86"]])
    assert told(found) == [(3, "Vàng A Páo", 11200, 834)]
    assert [(one.rule, one.severity.value, one.row, one.column) for one in found.findings] == [
        ("import.list_second", "warning", None, "G"),
        ("import.list_second", "warning", 3, "H"),
    ]


@pytest.mark.parametrize("name", ["Bàn Thị Mai", "Tô Văn An", "Xa Văn Hùng", "Lang Văn Khu", "Tống Thị Hoa"])
def test_a_family_name_is_no_village_and_no_total(name: str) -> None:
    lines: list[list[Raw]] = [HEADS, ["Bản Tà Dông", "", "", "", 12], [1, name], [2, name, "x"], [3, name, "Nữ"]]
    found = read(lines)
    assert {(row.row, row.name) for row in found.rows} >= {(5, name)}
    assert {row.village for row in found.rows} == {"Bản Tà Dông"}


@pytest.mark.parametrize(
    ("words", "absent", "note", "rules"),
    [
        ("Vắng", True, "", []),
        ("ốm", True, "ốm", []),
        ("Chuyển đi", False, "Chuyển đi", ["import.list_gone"] * 2),
        ("mười một", False, "mười một", ["import.list_figure"] * 2),
    ],
)
def test_words_in_place_of_figures_are_not_lost(words: str, absent: bool, note: str, rules: list[str]) -> None:
    found = read([HEADS, [*CHILD[:4], words, words]])
    (row,) = found.rows
    assert (row.weight, row.lenhei, row.absent, row.note) == (None, None, absent, note)
    assert [one.rule for one in found.findings] == rules


def test_a_child_that_is_absent_and_swollen_was_there() -> None:
    heads: list[Raw] = [*HEADS, "Phù", "MUAC", "Ghi chú"]
    found = read([heads, [*CHILD[:4], "Vắng", "", "x", "", ""], [*GIRL, "", "0,01", "vắng"]])
    assert [(row.absent, row.oedema, row.muac, row.note) for row in found.rows] == [
        (False, True, None, ""),
        (False, None, None, "vắng"),
    ]
    assert [(one.rule, one.row, one.column) for one in found.findings] == [
        ("import.list_absent", 2, "E"),
        ("import.list_figure", 3, "H"),
        ("import.list_absent", 3, "I"),
    ]


def test_an_age_without_a_birth_date_is_kept_as_it_stands() -> None:
    found = read([["Họ tên", "Nam", "Nữ", "Tháng tuổi", "Cân", "Cao"], ["Vàng A Páo", "x", "", 26, 11.2, 83.4]])
    (row,) = found.rows
    assert (row.birth_date, row.months, row.note) == (None, 26, "Tháng tuổi: 26")
    assert [(one.rule, one.column) for one in found.findings] == [("import.list_age_only", "D")]


@pytest.mark.parametrize(
    "text", ["14/O3/2022", "14,3,2022", "14/03//2022", "14-Mar-22", "44634", "14/03/2022 00:00:00"]
)
def test_birth_dates_are_read_as_people_type_them(text: str) -> None:
    (row,) = read([HEADS, [*CHILD[:3], text, 11.2, 83.4]]).rows
    assert row.birth_date == date(2022, 3, 14)


def test_a_group_of_headings_need_not_be_merged() -> None:
    found = read(
        [
            ["STT", "Họ và tên", "Giới tính", "", "Ngày, tháng, năm sinh", "", "", "Kết quả cân đo", ""],
            ["", "", "Nam", "Nữ", "Ngày", "Tháng", "Năm", "Cân nặng", "Chiều cao"],
            [1, "Lý Thị Mảy", "", "x", 2, 11, 23, 8.1, 70],
        ]
    )
    (row,) = found.rows
    assert (row.sex, row.birth_date, row.weight, row.lenhei) == (Sex.FEMALE, date(2023, 11, 2), 8100, 700)


@pytest.mark.parametrize(
    ("heading", "boy", "girl"),
    [("Giới (nam=0, nữ=1)", 0, 1), ("GT (1: nữ, 2: nam)", 2, 1), ("Giới tính (1 nam, 2 nữ)", 1, 2), ("Giới", 1, 0)],
)
def test_digits_of_the_sex_mean_what_the_heading_says(heading: str, boy: int, girl: int) -> None:
    heads: list[Raw] = ["Họ tên", heading, "NS", "Cân"]
    found = read([heads, ["Vàng A Páo", boy, "14/03/2022", 11.2], ["Lý Thị Mảy", girl, "02/11/2023", 8.1]])
    assert [row.sex for row in found.rows] == [Sex.MALE, Sex.FEMALE]


def test_cells_merged_downwards_and_ditto_marks_say_what_stands_above() -> None:
    found = read(
        [
            ["Xã", "Thôn", "Họ tên", "NS", "Giới", "Mẹ", "Cân"],
            ["Nậm Có", "Nả Háng", "Vàng A Páo", "14/03/2022", "Nam", "Hờ Thị Dê", 11.2],
            ["", "nt", "Vàng A Phử", "14/03/2022", "Nam", '"', 10.9],
            ["Hồ Bốn", "", "Lý Thị Mảy", "02/11/2023", "Nữ", "", 8.1],
        ],
        (2, 1, 3, 1),
    )
    assert [(row.commune, row.village, row.mother) for row in found.rows] == [
        ("Nậm Có", "Nả Háng", "Hờ Thị Dê"),
        ("Nậm Có", "Nả Háng", "Hờ Thị Dê"),
        ("Hồ Bốn", "", ""),
    ]


def test_an_age_in_the_column_of_a_sex_says_both() -> None:
    lines: list[list[Raw]] = [["Họ tên", "Tháng tuổi", "", "Cân"], ["", "Nam", "Nữ", ""], ["Lý Thị Mảy", "", "7", 8.1]]
    (row,) = read(lines, (1, 2, 1, 3)).rows
    assert (row.sex, row.note) == (Sex.FEMALE, "Nữ: 7")


@pytest.mark.parametrize("cell", [float("inf"), float("nan"), 1e300, "9" * 40, "➊", "²", "1/²/22", "\x00", True])
def test_no_cell_stops_the_reading(cell: Raw) -> None:
    heads: list[Raw] = [*HEADS, "Ngày cân", "MUAC (cm)"]
    found = read([heads, [cell] * 8, [1, "Vàng A Páo", *[cell] * 6], [*CHILD, "05/06/2024", 14.5]])
    assert told(found)[-1] == (4, "Vàng A Páo", 11200, 834)


@pytest.mark.parametrize(
    ("weight", "length"),
    [
        ("Kết quả cân (kg)", "Kết quả đo (cm)"),
        ("Kết quả cân nặng", "Kết quả chiều cao"),
        ("Nặng", "Cao"),
        ("P", "H (cm)"),
    ],
)
def test_headings_of_weight_and_length(weight: str, length: str) -> None:
    found = read([["Họ tên", "NS", weight, length, "Kết quả"], ["Vàng A Páo", "14/03/2022", 11.2, 83.4, "BT"]])
    assert [(row.weight, row.lenhei) for row in found.rows] == [(11200, 834)]
