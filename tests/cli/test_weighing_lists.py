"""`import` of weighing lists: the sample, a second time, another day, typed figures, doubtful children."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.cli.command import SAMPLES, ask, told
from tests.contract.schemas import faults

SAMPLE = SAMPLES / "can-do-tre-2024-06.xlsx"
HEADS = ("STT", "Họ và tên trẻ", "Giới tính", "Ngày sinh", "Họ tên mẹ", "Cân nặng", "Chiều cao")
DAO = (1, "Vàng A Đào", "Nam", "16/02/2023", "Hờ Thị Hạnh", "10,1", "74,6")


def take(office: Path, *words: object) -> dict[str, object]:
    said = ask("import", "--db", office, *words)
    assert faults("import", said.json) == []
    return said.json


def children(office: Path, *words: object) -> list[dict[str, object]]:
    return told("children", "--db", office, *words)


def workbook(path: Path, rows: Sequence[Sequence[object]], *, title: str = "Ngày cân đo: 01/06/2024") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Xã Hồ Bốn"
    sheet.append(["DANH SÁCH CÂN ĐO TRẺ"])
    sheet.append([title])
    sheet.append(HEADS)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture(scope="module")
def made(made_office, tmp_path_factory):
    record = tmp_path_factory.mktemp("listed") / "listed.sotramdb"
    shutil.copy(made_office, record)
    return record, take(record, SAMPLE)


@pytest.fixture
def listed(made, tmp_path):
    return shutil.copy(made[0], tmp_path / "listed.sotramdb")


def test_the_sample_comes_in_as_it_was_made(made) -> None:
    record, said = made
    wanted = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["children"]
    (file,) = said["files"]
    assert file["layout"] == "weighing_list"
    assert [(sheet["accepted"], sheet["new"], sheet["skipped"]) for sheet in file["sheets"]] == [(40, 40, [])] * 5
    assert said["changed"]
    assert not [found for found in said["findings"] if found["severity"] == "error"]
    held = {
        (one["unit"], one["name"], one["birth_date"], _sex(one), _figures(one["measurements"][0]))
        for one in children(record, "--session", wanted["visit"])
    }
    assert held == {
        (row["commune"], row["name"], row["birth_date"], row["sex"], _expected(row)) for row in wanted["rows"]
    }


def _sex(one: dict[str, object]) -> str:
    return {"m": "M", "f": "F"}[str(one["sex"])]


def _figures(one: dict[str, object]) -> tuple[object, ...]:
    amounts = (None if one[name] is None else Decimal(str(one[name])) for name in ("weight", "lenhei"))
    return (*amounts, one["absent"], one["age_days"])


def _expected(row: dict[str, object]) -> tuple[object, ...]:
    amounts = (None if row[name] is None else Decimal(str(row[name])) for name in ("weight", "lenhei"))
    return (*amounts, row["absent"], row["age_days"])


def test_a_second_time_changes_nothing(listed: Path) -> None:
    again = take(listed, SAMPLE)
    assert (again["written"], again["changed"]) == (0, False)
    assert {sheet["known"] for sheet in again["files"][0]["sheets"]} == {40}


def test_a_dry_run_writes_nothing(office: Path) -> None:
    said = take(office, SAMPLE, "--dry-run")
    assert said["written"] > 500
    assert not said["changed"]
    assert children(office) == []


def test_one_undo_takes_all_of_it_back(listed: Path) -> None:
    told("undo", "--db", listed)
    assert children(listed) == []


def test_figures_and_lists_of_one_import_are_one_change(office: Path) -> None:
    take(office, SAMPLES / "tong-hop-2022.xlsx", SAMPLE)
    assert len(children(office)) == 200
    told("undo", "--db", office)
    assert children(office) == []
    assert told("values", "--db", office, "--period", "2022") == []


def test_the_session_that_is_named_must_fit_the_list(office: Path) -> None:
    said = take(office, SAMPLE, "--session", "2023-12-01")
    assert {found["rule"] for found in said["findings"]} == {"import.list_other_day"}
    assert not said["changed"]
    assert take(office, SAMPLE, "--session", "2024-06-01")["changed"]


def test_a_list_without_a_day_needs_one(office: Path, tmp_path: Path) -> None:
    file = workbook(tmp_path / "danh sách.xlsx", [DAO], title="")
    assert [found["rule"] for found in take(office, file)["findings"]] == ["import.list_no_day"]
    assert take(office, file, "--session", "2024-06-05")["changed"]
    assert len(children(office, "--session", "2024-06-05")) == 1


def test_the_next_session_finds_the_same_children(office: Path, tmp_path: Path) -> None:
    take(office, workbook(tmp_path / "6.xlsx", [DAO]))
    later = (1, "VANG A DAO", "Nam", "16/02/2023", "Hờ Thị Hạnh", "11,5", "80,2")
    said = take(office, workbook(tmp_path / "12.xlsx", [later], title="Ngày cân đo: 01/12/2024"))
    (sheet,) = said["files"][0]["sheets"]
    assert (sheet["known"], sheet["new"]) == (1, 0)
    (child,) = children(office)
    assert [one["weight"] for one in child["measurements"]] == ["10.1", "11.5"]


def test_a_child_that_may_be_another_is_asked_about_and_not_written(office: Path, tmp_path: Path) -> None:
    take(office, workbook(tmp_path / "1.xlsx", [DAO]))
    near = (1, "Vàng A Đào", "Nam", "16/02/2023", "Sùng Thị Mảy", "10,4", "75")
    said = take(office, workbook(tmp_path / "2.xlsx", [near], title="Ngày cân đo: 01/07/2024"))
    (sheet,) = said["files"][0]["sheets"]
    assert (sheet["accepted"], sheet["doubtful"], [row["row"] for row in sheet["skipped"]]) == (0, 1, [4])
    assert "import.list_doubtful" in {found["rule"] for found in said["findings"]}
    assert not said["changed"]


def test_typed_figures_are_kept_unless_replacing_and_a_blank_takes_nothing_away(office: Path, tmp_path: Path) -> None:
    from datetime import date

    from desktop.application import children as people
    from desktop.application import records, weighing
    from desktop.domain.children import Measurement

    take(office, workbook(tmp_path / "1.xlsx", [DAO]))
    with records.open_record(office, actor="lan") as record:
        (found,) = people.find(record, text="vang a dao", today=date(2024, 6, 1))
        typed = Measurement(found.child.uid, date(2024, 6, 1), None, 9900, 746)
        weighing.measure(record, measurements=[typed])
    said = take(office, workbook(tmp_path / "2.xlsx", [(*DAO[:5], "10,1", "")]))
    assert "import.kept" in {found["rule"] for found in said["findings"]}
    assert _weights(office) == [("9.9", "74.6")]
    assert take(office, tmp_path / "2.xlsx", "--replace")["changed"]
    assert _weights(office) == [("10.1", "74.6")]


def _weights(office: Path) -> list[tuple[object, object]]:
    return [(one["weight"], one["lenhei"]) for child in children(office) for one in child["measurements"]]


def test_the_same_child_twice_is_read_once_and_said(office: Path, tmp_path: Path) -> None:
    said = take(office, workbook(tmp_path / "1.xlsx", [DAO, (2, *DAO[1:5], "10,9", "74,6")]))
    assert [(found["rule"], found["row"]) for found in said["findings"]] == [("import.list_twice", 5)]
    assert [row["row"] for row in said["files"][0]["sheets"][0]["skipped"]] == [5]
    assert _weights(office) == [("10.1", "74.6")]


def test_what_cannot_be_is_written_and_said(office: Path, tmp_path: Path) -> None:
    rows = [
        (1, "Lù A Páo", "Nam", "05/02/2021", "Cứ Thị Mai", "122", "91,7"),
        (2, "Lý A Tủa", "Nam", "25/12/2024", "Lò Thị Ly", "6,8", "65,2"),
        (3, "Sùng Thị Chu", "Nữ", "25/12/2018", "Lò Thị Mẩy", "16,8", "105,2"),
        (4, "Hà Thị Chu", "Nữ", "25/12/2011", "Lò Thị Mẩy", "16,8", "105,2"),
        (5, "Hà Văn Tủa", "Nam", "25/12/2030", "Lò Thị Mẩy", "6,8", "65,2"),
    ]
    said = take(office, workbook(tmp_path / "1.xlsx", rows))
    found = {(one["rule"], one["row"], one["column"]) for one in said["findings"]}
    assert ("child_digit_slip", 4, "F") in found
    assert ("child_born_later", 5, "D") in found
    assert ("child_over_five", 6, "D") in found
    assert said["changed"]
    assert not take(office, tmp_path / "1.xlsx")["changed"]
    assert not any(name in str(said["findings"]) for name in ("Páo", "Tủa", "Chu", "Mai"))


def test_a_summary_is_no_weighing_list(office: Path) -> None:
    said = take(office, SAMPLES / "tong-hop-2022.xlsx", "--layout", "weighing_list")
    assert {one["rule"] for one in said["findings"]} == {"import.no_list"}
    assert not said["changed"]


def test_a_station_takes_only_its_own_sheet(tmp_path: Path) -> None:
    station = tmp_path / "trạm.sotramdb"
    told("office", "create", "--db", station, "--level", "commune", "--unit", "04462", "--as-of", "2024-12-31")
    said = take(station, SAMPLE)
    accepted = {sheet["sheet"]: sheet["accepted"] for sheet in said["files"][0]["sheets"]}
    assert {name for name, count in accepted.items() if count} == {"Xã Nậm Có"}
    assert [found["rule"] for found in said["findings"] if found["severity"] == "error"] == ["import.list_unit"] * 4
    assert len(children(station)) == 40


def test_a_column_of_communes_places_each_row(office: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "1.xlsx", [])
    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet.title = "Sheet1"
    sheet["H3"] = "Xã"
    for name, commune in (("Lù A Páo", "Xã Hồ Bốn"), ("Lý A Tủa", "nam co"), ("Lý A Tú", "Xã Lạ Lùng")):
        sheet.append([1, name, "Nam", "05/02/2021", "Cứ Thị Mai", "12,2", "91,7", commune])
    book.save(path)
    said = take(office, path)
    assert [row["row"] for row in said["files"][0]["sheets"][0]["skipped"]] == [6]
    assert [(one["rule"], one["row"], one["column"]) for one in said["findings"] if one["severity"] == "error"] == [
        ("import.list_unit", 6, "H")
    ]
    assert {(one["name"], one["unit"]) for one in children(office)} == {("Lù A Páo", "04459"), ("Lý A Tủa", "04462")}


def test_a_child_of_two_communes_is_read_twice_and_told(office: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "1.xlsx", [DAO])
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.active).title = "Xã Nậm Có"
    book.save(path)
    said = take(office, path)
    assert [(one["rule"], one["sheet"], one["row"]) for one in said["findings"]] == [
        ("import.list_elsewhere", "Xã Nậm Có", 4)
    ]
    assert not take(office, path)["changed"]
    book["Xã Nậm Có"].title, book["Xã Hồ Bốn"].title = "Xã Hồ Bốn 2", "Xã Kim Nọi"
    book.save(path)
    assert [one["sheet"] for one in take(office, path)["findings"]] == ["Xã Kim Nọi"]
    assert len(children(office)) == 3


def test_two_sessions_side_by_side_are_two_sessions(office: Path, tmp_path: Path) -> None:
    file = workbook(tmp_path / "hai đợt.xlsx", [], title="Năm 2024")
    book = openpyxl.load_workbook(file)
    sheet = book.active
    sheet.delete_rows(3)
    sheet.append([*HEADS[:5], "Đợt 1 (01/06/2024)", "", "Đợt 2 (20/06/2024)", ""])
    sheet.append(["", "", "", "", "", "Cân nặng", "Chiều cao", "Cân nặng", "Chiều cao"])
    sheet.append([*DAO, "10,4", "75,1"])
    sheet.append([2, "Lý Thị Mảy", "Nữ", "02/11/2023", "Sùng Thị Dở", 8.1, 70, "", ""])
    for cells in ("F3:G3", "H3:I3"):
        sheet.merge_cells(cells)
    book.save(file)
    said = take(office, file)
    (read,) = said["files"][0]["sheets"]
    assert (read["accepted"], read["new"], read["skipped"]) == (2, 2, [])
    assert [[one["weight"] for one in child["measurements"]] for child in children(office)] == [
        ["10.1", "10.4"],
        ["8.1"],
    ]
    assert [len(children(office, "--session", day)) for day in ("2024-06-01", "2024-06-20")] == [2, 1]
    again = take(office, file)
    assert (again["written"], again["changed"], again["files"][0]["sheets"][0]["known"]) == (0, False, 2)


def test_a_list_made_after_the_reform_may_still_bear_the_old_name(tmp_path: Path) -> None:
    record = tmp_path / "mới.sotramdb"
    told("office", "create", "--db", record, "--level", "commune", "--unit", "04492", "--as-of", "2025-09-01")
    file = workbook(tmp_path / "ds.xlsx", [DAO], title="Ngày cân đo: 05/09/2025")
    book = openpyxl.load_workbook(file)
    book.active.title = "Xã Nậm Khắt"
    book.save(file)
    said = take(record, file)
    (found,) = [one for one in said["findings"] if one["rule"] == "import.list_old_unit"]
    assert (
        found["message"] == "“Xã Nậm Khắt” đã sáp nhập vào Xã Púng Luông từ ngày 01/07/2025; đã đọc là Xã Púng Luông."
    )
    assert (found["severity"], found["sheet"]) == ("warning", "Xã Nậm Khắt")
    assert [child["unit"] for child in children(record)] == ["04492"]
    book.active.title = "Xã Cao Phạ"  # went into a commune that is not this office's
    book.active["F4"], book.active["B4"] = 11, "Lý Thị Mảy"
    book.save(file)
    again = take(record, file)
    assert [one["rule"] for one in again["findings"]] == ["import.list_unit"]
    assert not again["changed"]


def test_a_doubtful_row_and_an_erased_child_are_settled_by_an_option(office: Path, tmp_path: Path) -> None:
    take(office, workbook(tmp_path / "1.xlsx", [DAO, (2, "Lù A Páo", "Nam", "05/02/2021", "Cứ Thị Mai", "12,2", 91)]))
    uids = {child["name"]: child["uid"] for child in children(office)}
    told("erase", "--db", office, "--child", uids["Lù A Páo"], "--reason", "Đơn số 12")
    rows = [(*DAO[:4], "Sùng Thị Mảy", "10,4", "75"), (2, "Lù A Páo", "Nam", "05/02/2021", "Cứ Thị Mai", "12,9", 92)]
    file = workbook(tmp_path / "2.xlsx", rows, title="Ngày cân đo: 01/07/2024")
    said = take(office, file)
    assert said["files"][0]["sheets"][0]["settle"] == [
        {"row": 4, "children": [uids["Vàng A Đào"]], "erased": False},
        {"row": 5, "children": [], "erased": True},
    ]
    assert not said["changed"]
    for wrong, code in (("9=new", "no_such_row"), (f"5={uids['Vàng A Đào']}", "not_offered")):
        assert ask("import", "--db", office, file, "--settle", wrong).error == code
    words = ("--settle", f"Xã Hồ Bốn:4={uids['Vàng A Đào']}", "5=new")
    assert take(office, file, *words)["changed"]
    assert not take(office, file, *words)["changed"]
    found = {child["name"]: child["measurements"] for child in children(office)}
    assert {name: [one["weight"] for one in visits] for name, visits in found.items()} == {
        "Vàng A Đào": ["10.1", "10.4"],
        "Lù A Páo": ["12.9"],
    }
