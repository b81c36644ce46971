"""Several weighing sessions side by side in one sheet."""

from datetime import date

import pytest

from desktop.exchange.grid import Sheet
from desktop.exchange.weighing.reading import read_list

WHO = ["STT", "Họ và tên", "Ngày sinh", "Giới tính"]
CHILD = [1, "Vàng A Chứ", "14/03/2022", "Nam"]
GROUPED = [
    ["Danh sách trẻ xã Hồ Bốn"],
    [*WHO, "Đợt 1 (01/06/2024)", "", "Đợt 2: 02/12/2024", "", "Ghi chú"],
    ["", "", "", "", "Cân nặng (kg)", "Chiều cao (cm)", "Cân nặng (kg)", "Chiều cao (cm)", ""],
    [*CHILD, "11,2", "83,4", "12,1", "87", ""],
    [2, "Lý Thị Mảy", "02/11/2023", "Nữ", 8.1, 70, "", "", ""],
    [3, "Thào A Dê", "02/11/2022", "Nam", "", "", "V", "", ""],
    [4, "Giàng Thị Dở", "02/11/2021", "Nữ", "", "", "", "", ""],
]
MERGED = ((2, 5, 2, 6), (2, 7, 2, 8), *((2, at, 3, at) for at in (1, 2, 3, 4, 9)))


def read(rows, merged=MERGED):
    return read_list(Sheet("T", [list(row) for row in rows], merged))


@pytest.mark.parametrize("merged", [MERGED, None])
def test_each_session_has_its_own_day_and_figures(merged):
    found = read(GROUPED, merged)
    assert [(row.row, row.name, row.day, row.weight, row.lenhei, row.absent) for row in found.rows] == [
        (4, "Vàng A Chứ", date(2024, 6, 1), 11200, 834, False),
        (4, "Vàng A Chứ", date(2024, 12, 2), 12100, 870, False),
        (5, "Lý Thị Mảy", date(2024, 6, 1), 8100, 700, False),
        (6, "Thào A Dê", date(2024, 12, 2), None, None, True),
        (7, "Giàng Thị Dở", date(2024, 6, 1), None, None, False),
    ]
    assert {row.session for row in found.rows} == {date(2024, 6, 1), date(2024, 12, 2)}
    assert [row.columns["weight"] for row in found.rows[:2]] == ["E", "G"]
    assert found.findings == ()


def test_days_may_stand_as_dates_months_or_in_the_headings_of_the_columns():
    dated = [list(row) for row in GROUPED]
    dated[1][4], dated[1][6] = date(2024, 6, 1), date(2024, 12, 2)
    assert [row.day for row in read(dated).rows[:2]] == [date(2024, 6, 1), date(2024, 12, 2)]
    dated[1][4], dated[1][6] = "Tháng 6/2024", "Tháng 12/2024"
    assert [row.day for row in read(dated).rows[:2]] == [date(2024, 6, 1), date(2024, 12, 1)]
    flat = [[*WHO, "Cân nặng 01/06/2024", "Chiều cao 01/06/2024", "Cân nặng 02/12/2024", "Chiều cao 02/12/2024"]]
    flat.append([*CHILD, 11.2, 83.4, 12.1, 87])
    assert [(row.day, row.weight) for row in read(flat, None).rows] == [
        (date(2024, 6, 1), 11200),
        (date(2024, 12, 2), 12100),
    ]


def test_a_day_of_weighing_in_the_columns_of_each_session_counts():
    rows = [
        [*WHO, "Lần 1", "", "", "Lần 2", "", ""],
        ["", "", "", "", "Ngày cân", "Cân nặng", "Chiều cao", "Ngày cân", "Cân nặng", "Chiều cao"],
        [*CHILD, "03/06/2024", 11.2, 83.4, "04/12/2024", 12.1, 87],
    ]
    merged = ((1, 5, 1, 7), (1, 8, 1, 10), *((1, at, 2, at) for at in (1, 2, 3, 4)))
    assert [(row.day, row.lenhei) for row in read(rows, merged).rows] == [
        (date(2024, 6, 3), 834),
        (date(2024, 12, 4), 870),
    ]


def test_a_session_without_a_day_is_told_and_not_guessed():
    rows = [list(row) for row in GROUPED]
    rows[1][6] = "Đợt 2"
    found = read(rows)
    assert [(row.day, row.weight) for row in found.rows[:2]] == [(date(2024, 6, 1), 11200), (date(2024, 6, 1), 8100)]
    assert [(one.rule, one.severity.value, one.column) for one in found.findings] == [
        ("import.list_no_day", "error", "G")
    ]
    assert [one.row for one in found.skipped] == [6]


def test_one_session_alone_is_an_ordinary_list():
    rows = [row[:6] for row in GROUPED]
    rows[0] = ["Ngày cân đo: 05/06/2024"]
    found = read(rows, ((2, 5, 2, 6), *((2, at, 3, at) for at in (1, 2, 3, 4))))
    assert {row.session for row in found.rows} == {None}
    assert found.said.day == date(2024, 6, 5)
