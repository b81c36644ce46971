"""criteria sets, score, show: points of a commune by the command line."""

from __future__ import annotations

import openpyxl
import pytest

from tests.cli.command import ask, told

MAXIMA = (14, 10, 12, 9, 19, 12, 6, 11, 3, 4)
COMMUNE = ("--unit", "04456", "--year", "2024")


@pytest.fixture
def csv_file(tmp_path):
    def write(*rows, head="code,self,office,province,reason"):
        file = tmp_path / "điểm.csv"
        file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return file

    return write


def _rows(points, column=0):
    return [f"{n},{',' * column}{one}" for n, one in enumerate(points, 1)]


def test_the_shipped_sets_say_what_is_known_and_what_is_not():
    sets = {one["code"]: one for one in told("criteria", "sets")}
    assert [part["max"] for part in sets["1300"]["criteria"]] == [str(one) for one in MAXIMA]
    assert sum(map(int, (part["max"] for part in sets["1300"]["criteria"]))) == 100
    assert {part["max"] for part in sets["4667"]["criteria"]} == {None}
    assert all(one["gaps"] and one["sources"] for one in sets.values())


def test_points_are_written_judged_and_explained(office, csv_file):
    points = [*MAXIMA[:9], 1.5]
    done = told("criteria", "score", *COMMUNE, "--db", office, csv_file(*_rows(points)))
    assert (done["set"], done["by"], done["total"], done["verdict"]) == ("1300", "self", "97.5", "fail")
    assert done["changed"]
    assert len(done["reasons"]) == 1
    assert done["cheapest"] == [{"code": "10", "points": "0.5", "why": "floor"}]
    assert done["criteria"][9] == {"number": "10", "score": "1.5", "max": "4", "floor": "2", "passes": False}
    shown = told("criteria", "show", *COMMUNE, "--db", office)
    assert {key: done[key] for key in shown} == shown


def test_the_office_decides_where_it_has_scored_all(office, csv_file):
    told("criteria", "score", *COMMUNE, "--db", office, csv_file(*_rows(MAXIMA)))
    told("criteria", "score", *COMMUNE, "--db", office, csv_file(*_rows((0, *MAXIMA[1:]), 1)))
    shown = told("criteria", "show", *COMMUNE, "--db", office)
    assert (shown["by"], shown["verdict"], shown["total"]) == ("office", "fail", "86")
    again = told("criteria", "score", *COMMUNE, "--db", office, csv_file(*_rows((0, *MAXIMA[1:]), 1)))
    assert not again["changed"]


def test_a_blank_never_erases_points(office, csv_file):
    told("criteria", "score", *COMMUNE, "--db", office, csv_file(*_rows(MAXIMA)))
    assert not told("criteria", "score", *COMMUNE, "--db", office, csv_file("1,,,,", "2,,,,"))["changed"]
    assert told("criteria", "show", *COMMUNE, "--db", office)["total"] == "100"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffcode,self\r\n2,9.5\r\n",
        "code;self;office;province;reason\n2;9,5;;;Bác sĩ nghỉ\n",
        'reason,self,code\n"a, b",9.50,2\n\n,,\n',
        " Code , SELF \n 2 , 9.5 \n",
    ],
)
def test_a_csv_may_be_saved_by_other_programs(office, tmp_path, text):
    file = tmp_path / "điểm.csv"
    file.write_bytes(text.encode())
    done = told("criteria", "score", *COMMUNE, "--db", office, file)
    assert done["findings"] == []
    assert (done["criteria"][1]["score"], done["changed"]) == ("9.5", True)


@pytest.mark.parametrize(
    ("text", "rule", "row"),
    [
        ("", "criteria_columns", 1),
        ("mã,điểm\n1,2\n", "criteria_columns", 1),
        ("code,self,self\n1,2,3\n", "criteria_columns", 1),
        ("code,self\n2,9,5\n", "criteria_cells", 2),
        ('code,self\n2,"9,5"\n', "criteria_points", 2),
        ("code,self\n2,9\n2,9\n", "criteria_twice", 3),
        ("code,self\n2,1e1\n", "criteria_points", 2),
        ("code,self\n2,1_0\n", "criteria_points", 2),
        ("self,code\n5\n", "criteria.unknown", 2),
        ('code,self\n2,"9\n', "criteria_cells", 2),
        ("code,self\n1.1,3\n", "criteria.unknown", 2),
    ],
)
def test_a_csv_that_cannot_be_read_says_where_and_writes_nothing(office, tmp_path, text, rule, row):
    file = tmp_path / "điểm.csv"
    file.write_text(text, encoding="utf-8")
    said = ask("criteria", "score", *COMMUNE, "--db", office, file)
    assert said.code == 1
    assert [(one["rule"], one["row"]) for one in said.json["findings"]][:1] == [(rule, row)]
    assert all(one["advice"] for one in said.json["findings"])
    assert not said.json["changed"]


def test_quarters_of_a_point_are_worth_a_look(office, csv_file):
    done = told("criteria", "score", *COMMUNE, "--db", office, csv_file("2,9.25"))
    assert [(one["rule"], one["severity"], one["column"]) for one in done["findings"]] == [
        ("criteria.half", "warning", "B")
    ]


def test_a_set_that_has_not_begun_is_refused_and_one_that_has_ended_is_named(office, csv_file):
    early = ("--unit", "04456", "--year", "2021", "--set", "1300")
    assert ask("criteria", "score", *early, "--db", office, csv_file("2,9")).error == "set_not_in_force"
    late = told("criteria", "score", *COMMUNE, "--set", "4667", "--db", office, csv_file("2,9"))
    assert [one["rule"] for one in late["findings"]] == ["criteria.not_in_force"]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("1,14.5", "criteria.range"),
        ("1,-1", "criteria.range"),
        ("11,1", "criteria.unknown"),
        ("1,một", "criteria_points"),
        ("1,1.00001", "criteria.fine"),
        ("1,NaN", "criteria_points"),
    ],
)
def test_points_that_cannot_be_given_write_nothing(office, csv_file, row, rule):
    said = ask("criteria", "score", *COMMUNE, "--db", office, csv_file("2,10", row))
    assert said.code == 1
    assert [(one["rule"], one["row"]) for one in said.json["findings"]] == [(rule, 3)]
    assert told("criteria", "show", *COMMUNE, "--db", office)["criteria"][1]["score"] is None


def test_a_year_before_1300_is_not_judged_without_the_table(office, csv_file):
    unit = ("--unit", "04456", "--year", "2021")
    done = told("criteria", "score", *unit, "--db", office, csv_file(*_rows([8] * 10)))
    assert (done["set"], done["verdict"], done["total"], done["max"]) == ("4667", "not_judged", None, None)
    assert [(one["score"], one["max"], one["passes"]) for one in done["criteria"]] == [("8", None, None)] * 10


def test_a_recognition_holds_three_years_unless_withdrawn(office):
    told("criteria", "recognise", *COMMUNE, "--db", office, "--decision", "1626/QĐ-UBND", "--date", "2024-02-29")
    assert told("criteria", "show", *COMMUNE, "--db", office)["valid_until"] == "2027-02-28"
    withdrawn = ("--decision", "1626/QĐ-UBND", "--date", "2024-02-29", "--withdrawn", "2025-05-01")
    told("criteria", "recognise", *COMMUNE, "--db", office, *withdrawn)
    assert told("criteria", "show", *COMMUNE, "--db", office)["valid_until"] == "2025-05-01"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--unit", "99999", "--year", "2024"), "unknown_unit"),
        ((*COMMUNE, "--set", "9"), "unknown_set"),
        (("--unit", "04456", "--year", "1999"), "unknown_set"),
    ],
)
def test_what_is_not_known_is_refused(office, words, error):
    assert ask("criteria", "show", *words, "--db", office).error == error


def test_a_table_is_written_filled_and_installed(office, tmp_path):
    file = tmp_path / "bảng.xlsx"
    assert ask("criteria", "template", file, "--db", office).code == 0
    assert ask("criteria", "template", file, "--db", office).error == "exists"
    assert ask("criteria", "install", file, "--db", office).code == 1
    book = openpyxl.load_workbook(file)
    book["Bộ tiêu chí"]["B7"] = 2025
    sheet = book["Bảng điểm"]
    sheet["A5"], sheet["B5"], sheet["C5"] = "1.1", "Chỉ tiêu một", 14
    book.save(file)
    seen = told("criteria", "install", file, "--dry-run", "--db", office)
    assert (seen["set"], seen["first_year"], seen["changed"]) == ("1300", 2025, False)
    assert [one["code"] for one in seen["differences"]] == ["1.1"]
    done = told("criteria", "install", file, "--db", office)
    assert done["changed"]
    codes = [(one["code"], one["table_of"]) for one in told("criteria", "sets", "--db", office)]
    assert codes == [("4667", None), ("1300", None), (done["table"], "1300")]
    shown = told("criteria", "show", "--unit", "04456", "--year", "2024", "--db", office)
    assert (shown["set"], shown["table"]) == ("1300", None)


def test_files_prove_points(office, tmp_path):
    file = tmp_path / "qd.pdf"
    file.write_bytes(b"%PDF-1.4")
    where = (*COMMUNE, "--db", office)
    added = told("criteria", "evidence", *where, "--add", file, "--row", "1", "--by", "office")
    assert added["changed"]
    assert [(one["code"], one["by"], one["name"], one["here"]) for one in added["files"]] == [
        ("1", "office", "qd.pdf", True)
    ]
    out = told("criteria", "evidence", *where, "--extract", tmp_path / "ra", "--pack", tmp_path / "mc.zip")
    assert len(out["written"]) == 2
    assert not told("criteria", "evidence", *where, "--remove", added["files"][0]["id"])["files"]
    file.write_bytes(b"MZ")
    assert ask("criteria", "evidence", *where, "--add", file, "--row", "1").error == "evidence_kind"
    assert ask("criteria", "evidence", *where, "--add", tmp_path / "none.pdf", "--row", "1").error == "no_file"
    assert ask("criteria", "evidence", *where, "--add", file, "--row", "99").error == "unknown_row"


def test_the_list_the_zone_and_what_is_due(office, csv_file):
    told("criteria", "score", *COMMUNE, "--db", office, csv_file(*_rows(MAXIMA)))
    found = told("criteria", "list", "--year", "2024", "--db", office, "--today", "2025-01-14")
    assert (found["passing"], found["communes"], found["rows"][0]["margin"]) == (1, 14, "20")
    assert ("62-NQ/TU-yen-bai", 2025, "90.2") in [(one["plan"], one["year"], one["target"]) for one in found["goals"]]
    zone = ("criteria", "zone", "--unit", "04456", "--from", "2024-01-01", "--db", office)
    assert told(*zone, "--zone", "3", "--basis", "Quyết định 1736/QĐ-SYT")["changed"]
    assert told("criteria", "show", *COMMUNE, "--db", office)["zone"] == 3
    assert ask(*zone, "--zone", "4").code == 2
    early = ("--unit", "04456", "--year", "2021", "--decision", "1/QĐ", "--date", "2022-03-01")
    told("criteria", "recognise", *early, "--db", office)
    due = told("criteria", "renewals", "--db", office, "--today", "2025-01-14")
    assert [(one["unit"], one["days"]) for one in due] == [("04456", 46)]


def test_points_can_be_taken_back(office, csv_file):
    told("criteria", "score", *COMMUNE, "--db", office, csv_file(*_rows(MAXIMA)))
    told("undo", "--db", office)
    assert told("criteria", "show", *COMMUNE, "--db", office)["verdict"] == "not_judged"
