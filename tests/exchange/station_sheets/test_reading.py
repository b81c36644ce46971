"""Profiles are read whichever way a sheet lies; what is doubtful is said, what is faulty is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.findings import Severity
from desktop.domain.stations.profile import Asked, Choice, Group, Item, Profile
from desktop.domain.units import UnitKind
from desktop.domain.values import NO, NOT_APPLICABLE, YES, State, Value, number
from desktop.exchange.grid import CellError, Sheet, Uncomputed, Workbook
from desktop.exchange.station_sheets.lists import read_list
from desktop.exchange.station_sheets.reading import read_stations
from desktop.exchange.station_sheets.template import Column, template_xlsx
from desktop.exchange.unit_names import KnownUnit
from desktop.exchange.workbook import read_workbook

HOUSE = (Choice("solid", "Kiên cố, hai tầng"), Choice("bad", "Tạm"))
PROFILE = Profile(
    (
        Group("staff", "Nhân lực", (
            Item("doctors", "Bác sĩ", Asked.COUNT, unit="người", synonyms=("Số bác sĩ",)),
            Item("nurses", "Điều dưỡng", Asked.COUNT, unit="người"),
        )),
        Group("place", "Cơ sở vật chất", (
            Item("distance", "Khoảng cách đến bệnh viện", Asked.DECIMAL, unit="km"),
            Item("water", "Nước sạch", Asked.YES_NO),
            Item("house", "Loại nhà", Asked.CHOICE, choices=HOUSE),
            Item("until", "Hợp đồng đến ngày", Asked.DATE),
            Item("address", "Địa chỉ trạm", Asked.TEXT),
        )),
    )
)  # fmt: skip
PLACES = (
    KnownUnit("u1", "Trạm Y tế xã Hồ Bốn", ("Xã Hồ Bốn",)),
    KnownUnit("u2", "Trạm Y tế xã Nậm Có", ("Xã Nậm Có",)),
    KnownUnit("u3", "Điểm trạm Thái"),
)


def book(*sheets):
    return Workbook("tram.xlsx", "xlsx", tuple(Sheet(name, rows) for name, rows in sheets))


def read(*rows, only=None, name="Trang1"):
    return read_stations(book((name, list(rows))), PROFILE, PLACES, only=only)


def answers(found):
    return {(one.place, one.item.code): one.value for one in found.answers}


ITEMS_DOWN = (
    ["Hồ sơ trạm, tính đến ngày 31/12/2025", "", "", ""],
    ["TT", "Nội dung", "Xã Hồ Bốn", "Trạm y tế Nậm Có"],
    [1, "1. Số bác sĩ", 1.0, 2],
    [2, "Điều dưỡng (người)", "", "3"],
    [3, "Khoảng cách đến bệnh viện", 7.125, 12.5],
    [4, "Nước sạch", "x", "không"],
    [5, "Loại nhà", "kiên cố", "2"],
    [6, "Hợp đồng đến ngày", date(2026, 12, 31), "31/12/2026"],
)


def test_items_down_and_stations_across():
    found = read(*ITEMS_DOWN)
    assert answers(found) == {
        ("u1", "doctors"): number(1),
        ("u2", "doctors"): number(2),
        ("u2", "nurses"): number(3),
        ("u2", "distance"): number(Decimal("12.5")),
        ("u1", "water"): YES,
        ("u2", "water"): NO,
        ("u1", "house"): Value(State.TEXT, text="solid"),
        ("u2", "house"): Value(State.TEXT, text="bad"),
        ("u1", "until"): Value(State.TEXT, text="2026-12-31"),
        ("u2", "until"): Value(State.TEXT, text="2026-12-31"),
    }
    (fault,) = found.findings
    assert (fault.rule, fault.sheet, fault.row, fault.column) == ("stations.answer", "Trang1", 5, "C")
    assert found.days == (date(2025, 12, 31),)


def test_a_sheet_turned_says_the_same():
    rows = ITEMS_DOWN[1:]
    turned = [[row[at] for row in rows] for at in range(1, 4)]
    assert answers(read(*turned)) == answers(read(*rows))


@pytest.mark.parametrize(
    ("title", "name", "only"),
    [("Trạm y tế: xã Hồ Bốn", "Trang1", None), ("Hồ sơ trạm", "Xã Hồ Bốn", None), ("Hồ sơ trạm", "Trang1", "u1")],
)
def test_the_sheet_of_one_station_is_named_by_title_sheet_or_hand(title, name, only):
    found = read(
        [title, "", "", ""],
        ["Nội dung", "Đơn vị tính", "Kết quả", "Ghi chú"],
        ["Bác sĩ", "người", 1, "luân phiên"],
        ["Nước sạch", "", "có", ""],
        only=only,
        name=name,
    )
    assert answers(found) == {("u1", "doctors"): number(1), ("u1", "water"): YES}


def test_answers_stand_in_the_first_column_that_is_no_unit():
    found = read(["Xã Nậm Có"], ["", "ĐVT", "Có"], ["Bác sĩ", "người", 4], ["Điều dưỡng", "người", 5])
    assert answers(found) == {("u2", "doctors"): number(4), ("u2", "nurses"): number(5)}


def test_what_is_not_said_of_a_station_is_refused():
    (fault,) = read(["Bác sĩ", 1], ["Điều dưỡng", 2]).findings
    assert fault.rule == "stations.no_place"
    (fault,) = read(["Xã Nậm Có"], ["Bác sĩ"], ["Điều dưỡng"]).findings
    assert fault.rule == "stations.no_answers"
    (fault,) = read(["Bác sĩ", "Điều dưỡng"], [1, 2]).findings
    assert fault.rule == "stations.no_place"
    (fault,) = read(["Danh sách", "khác"]).findings
    assert fault.rule == "stations.nothing"
    assert fault.advice is not None


def test_unknown_stations_are_left_out_and_totals_are_none():
    found = read(
        ["Xã", "Bác sĩ", "Điều dưỡng"],
        ["Xã Hồ Bốn", 1, 2],
        ["Xã Lạ Lùng", 1, 2],
        ["Xã Nậm Có", 3, 4],
        ["Tổng cộng", 4, 6],
    )
    assert len(found.answers) == 4
    assert [(one.rule, one.row) for one in found.findings] == [("stations.unknown_place", 3)]


def test_a_name_that_is_only_near_is_taken_with_a_warning():
    found = read(["", "Xã Hồ Bốn"], ["Bác sĩ", 1], ["Khoảng cach den benh vien gan", 5], ["Nươc sạch", "có"])
    assert ("u1", "water") in answers(found)
    assert all(one.severity is Severity.WARNING for one in found.findings)


def test_cells_that_say_nothing_certain_are_left():
    found = read(
        ["", "Xã Hồ Bốn", "Xã Nậm Có"],
        ["Bác sĩ", "-", CellError("#REF!")],
        ["Điều dưỡng", Uncomputed("A1+1"), "hai"],
        ["Nước sạch", True, 0.0],
        ["Địa chỉ trạm", "không áp dụng", "…"],
    )
    assert answers(found) == {("u1", "water"): YES, ("u2", "water"): NO, ("u1", "address"): NOT_APPLICABLE}
    assert [one.rule for one in found.findings] == [
        "stations.dash", "stations.answer", "stations.answer", "stations.answer",
    ]  # fmt: skip
    assert all(one.advice for one in found.findings)


def test_an_item_answered_twice_otherwise_is_left_out():
    found = read(["", "Xã Hồ Bốn"], ["Bác sĩ", 1], ["Điều dưỡng", 2], ["Số bác sĩ", 3])
    assert answers(found) == {("u1", "nurses"): number(2)}
    assert [one.rule for one in found.findings] == ["stations.twice"]


def test_what_nobody_asks_is_said():
    down = read(
        ["TT", "Nội dung", "Xã Hồ Bốn"], [1, "BS", 1], [2, "Đ.dưỡng", 2], [3, "Xe cứu thương", 1], [4, "Khác", ""]
    )
    across = read(
        ["TT", "Xã", "BS", "Đ.dưỡng", "Xe cứu thương", "Ghi chú", "(5)"],
        [1, "Xã Hồ Bốn", 1, 2, 1, "mới mua", 3],
        [2, "Xã Nậm Có", "", "", "", "", ""],
    )
    assert answers(down) == answers(across) == {("u1", "doctors"): number(1), ("u1", "nurses"): number(2)}
    assert [(one.rule, one.row, one.column) for one in down.findings] == [("stations.unread", 4, "B")]
    assert [(one.rule, one.row, one.column) for one in across.findings] == [("stations.unread", 1, "E")]


def test_titles_of_groups_are_no_items():
    profile = Profile((Group("water", "Nước sạch và điện", PROFILE.groups[1].items),))
    rows = [["", "Xã Hồ Bốn"], ["Nước sạch và điện", ""], ["Nước sạch", "có"], ["Loại nhà", "tạm"]]
    found = read_stations(book(("a", rows)), profile, PLACES)
    assert found.findings == ()


def test_sheets_in_tcvn3_are_read():
    rows = [["", "X· Hå Bèn"], ["B¸c sÜ", 1], ["§iÒu d­ìng", 2]]
    sheet = replace(book(("a", rows)).sheets[0], fonts=frozenset({".VnTime"}))
    found = read_stations(Workbook("t.xls", "xls", (sheet,)), PROFILE, PLACES)
    assert answers(found) == {("u1", "doctors"): number(1), ("u1", "nurses"): number(2)}


# ---- the template


def written(held, kind=UnitKind.STATION):
    columns = [Column("Trạm Y tế xã Hồ Bốn", kind, held), Column("Điểm trạm Thái", UnitKind.SATELLITE, {})]
    data = template_xlsx(PROFILE, columns, office="TTYT", day=date(2025, 12, 31), made=date(2026, 1, 5))
    return data, read_stations(read_workbook(data, "mau.xlsx"), PROFILE, PLACES)


def test_the_template_is_read_back_as_it_was_filled():
    held = {
        "doctors": number(2),
        "distance": number(Decimal("7.5")),
        "water": NO,
        "house": Value(State.TEXT, text="solid"),
        "until": Value(State.TEXT, text="2026-12-31"),
        "address": Value(State.TEXT, text="Bản Thái, Hồ Bốn"),
        "nurses": NOT_APPLICABLE,
    }
    data, found = written(held)
    assert answers(found) == {("u1", code): value for code, value in held.items()}
    assert found.findings == ()
    assert written(held)[0] == data


@given(doctors=st.integers(0, 10**6), km=st.decimals(0, 999, places=2))
def test_numbers_come_back_from_cells(doctors, km):
    found = read(["", "Xã Hồ Bốn"], ["Bác sĩ", float(doctors)], ["Khoảng cách đến bệnh viện", float(km)])
    assert answers(found) == {("u1", "doctors"): number(doctors), ("u1", "distance"): number(km)}


# ---- lists of equipment


def test_a_list_is_a_name_a_unit_and_how_many():
    rows = [
        ["Danh mục trang thiết bị"],
        ["TT", "Tên trang thiết bị", "ĐVT", "Số lượng cần có"],
        ["I", "Phòng khám", "", ""],
        [1, "Cân trẻ em", "cái", 2],
        [2, "Tủ lạnh vắc xin", "cái", "1"],
        [3, "Cân trẻ em", "cái", 5],
        ["", "Tổng cộng", "", 8],
    ]
    items, findings = read_list(book(("a", rows)), "equipment")
    assert [(one.code, one.needed, one.asked) for one in items] == [
        ("equipment:can_tre_em", 2, Asked.COUNT),
        ("equipment:tu_lanh_vac_xin", 1, Asked.COUNT),
    ]
    assert [(one.rule, one.row) for one in findings] == [("stations.list_twice", 6)]
    items, _ = read_list(book(("a", [["Tên thuốc", "Đơn vị"], ["Paracetamol 500 mg", "viên"]])), "drugs")
    assert [(one.asked, one.listed) for one in items] == [(Asked.YES_NO, "drugs")]
    items, findings = read_list(book(("a", [["Họ tên"], ["An"]])), "drugs")
    assert (items, findings[0].rule) == ([], "stations.list_empty")


def test_of_these_is_a_part_and_never_a_thing_of_its_own():
    staff = Group("staff", "Nhân lực", (
        Item("assistants", "Y sĩ", Asked.COUNT),
        Item("assistants_traditional", "Trong đó: y sĩ y học cổ truyền", Asked.COUNT, within="assistants"),
        Item("traditional", "Khám bệnh y học cổ truyền", Asked.YES_NO, synonyms=("Y học cổ truyền",)),
    ))  # fmt: skip
    rows = [["Trạm Hồ Bốn", ""], ["Y sĩ", 3], ["Trong đó: YHCT", 1], ["Trong đó: nữ", 2], ["Y học cổ truyền", "có"]]
    found = read_stations(book(("Hồ Bốn", rows)), Profile((staff,)), PLACES)
    assert {one.item.code: one.value for one in found.answers} == {
        "assistants": number(3),
        "assistants_traditional": number(1),
        "traditional": YES,
    }
    assert [one.rule for one in found.findings] == ["stations.doubtful", "stations.unread"]


@pytest.mark.parametrize(
    ("title", "heads", "named"),
    [
        ("Trạm Y tế xã Hồ Bốn", ["TT", "Tên thôn, bản", "Có NVYTTB", "Đã đào tạo"], "u1"),
        ("Danh sách", ["Xã", "Thôn", "Nhân viên y tế hoạt động", "Đào tạo"], None),
    ],
)
def test_a_list_of_villages_says_which_have_a_worker(title, heads, named):
    first = [1, "Nậm Có"][named is None]
    rows = [[title, "", "", ""], heads, [1, 2, 3, 4], [first, "Bản Thái", "x", "x"], ["", "Tổ dân phố 5", 0, ""]]
    found = read_stations(book(("Thôn", rows)), PROFILE, PLACES)
    uid = named or "u2"
    assert {(one.place, one.item.name_vi): one.value.text for one in found.answers} == {
        (uid, "Bản Thái"): "trained",
        (uid, "Tổ dân phố 5"): "none",
    }
    assert found.findings == ()


def test_stations_with_a_count_of_villages_are_no_list_of_them():
    rows = [["Trạm", "Thôn bản", "Bác sĩ", "Điều dưỡng", "Nhân viên y tế thôn bản"], ["Hồ Bốn", 12, 1, 2, 12]]
    assert answers(read(*rows))[("u1", "doctors")] == number(1)
