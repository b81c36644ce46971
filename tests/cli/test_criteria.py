"""criteria sets, score, show: points of a commune by the command line."""

from __future__ import annotations

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
    assert (done["set"], done["verdict"], done["total"]) == ("4667", "not_judged", None)


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


def test_points_can_be_taken_back(office, csv_file):
    told("criteria", "score", *COMMUNE, "--db", office, csv_file(*_rows(MAXIMA)))
    told("undo", "--db", office)
    assert told("criteria", "show", *COMMUNE, "--db", office)["verdict"] == "not_judged"
