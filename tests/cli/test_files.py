"""Files between office and commune on the command line: template, fill, query sheets."""

import shutil

import openpyxl
import pytest

from tests.cli.command import SAMPLES, ask, told
from tests.exchange.template.make import fill

ON = ("--today", "2025-01-14")
FORM = ("--form", "commune", "--period", "2024")


def test_a_template_goes_out_and_comes_back(office, tmp_path):
    out = tmp_path / "mẫu xã.xlsx"
    made = told("template", "--db", office, *ON, "--unit", "04459", *FORM, "--out", out)
    assert made == {"file": str(out), "cells": 17}
    book = openpyxl.load_workbook(out)
    fill(book.worksheets[0], "population", 2820, "theo công an xã")
    fill(book.worksheets[0], "maternal_deaths", "x")
    book.save(out)
    back = told("import", "--db", office, out)
    assert (back["files"][0]["layout"], back["written"], back["findings"]) == ("template", 2, [])
    rows = {row["element"]: row for row in told("values", "--db", office, "--period", "2024", "--unit", "04459")}
    assert (rows["population"]["value"], rows["population"]["note"]) == ("2820", "theo công an xã")
    assert rows["maternal_deaths"]["state"] == "not_applicable"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--unit", "99999", *FORM), "unknown_unit"),
        (("--unit", "04459", "--form", "nosuch", "--period", "2024"), "unknown_form"),
    ],
)
def test_a_template_for_nobody_is_refused(office, tmp_path, words, error):
    said = ask("template", "--db", office, *words, "--out", tmp_path / "x.xlsx")
    assert (said.code, said.error) == (1, error)
    assert not (tmp_path / "x.xlsx").exists()


def test_a_workbook_is_filled_in_place(district, tmp_path):
    book = openpyxl.load_workbook(SAMPLES / "tong-hop-2023.xlsx")
    page = book.worksheets[0]
    for row in range(7, 22):
        for column in range(3, 20):
            page.cell(row, column).value = None
    source, out = tmp_path / "mẫu tỉnh.xlsx", tmp_path / "đã điền.xlsx"
    book.save(source)
    words = ("fill", "--db", district, source, "--period", "2023", "--out", out)
    assert told(*words, "--dry-run")["cells"] == 238
    assert not out.exists()
    made = told(*words)
    assert (made["cells"], made["file"], len(made["filled"])) == (238, str(out), 238)
    assert told("import", "--db", district, out)["same"] == 238
    assert ask("fill", "--db", district, source, "--period", "2023", "--out", source).error == "same_file"


@pytest.mark.parametrize("suffix", ["pdf", "xlsx", "txt"])
def test_the_findings_of_a_commune_are_written_as_a_query_sheet(district, tmp_path, suffix):
    out = tmp_path / f"hỏi lại.{suffix}"
    said = ask("findings", "--db", district, *ON, "--period", "2024", "--unit", "04486", "--out", out)
    assert (said.code, len(said.json)) == (1, 3)
    assert out.stat().st_size > 100


def test_a_query_sheet_is_for_one_commune(district, tmp_path):
    out = tmp_path / "x.pdf"
    assert ask("findings", "--db", district, "--period", "2024", "--out", out).error == "one_commune"
    words = ("findings", "--db", district, "--period", "2024", "--unit", "04486", "--out", tmp_path / "x.docx")
    assert ask(*words).code == 2


def test_answers_of_a_commune_come_back(district, tmp_path):
    out = tmp_path / "hỏi lại.xlsx"
    ask("findings", "--db", district, *ON, "--period", "2024", "--unit", "04486", "--out", out)
    book = openpyxl.load_workbook(out)
    page = book.worksheets[0]
    marks = {cell.value: cell for line in page.iter_rows() for cell in line if cell.value}
    row = next(cell.row for mark, cell in marks.items() if str(mark).startswith("sotram.row:stunted|"))
    page.cell(row, marks["sotram.col:correct"].column).value = 88
    book.save(out)
    back = told("import", "--db", district, out)
    assert (back["files"][0]["layout"], back["written"]) == ("query", 1)
    assert told("findings", "--db", district, "--period", "2024", "--unit", "04486") == []


def test_a_workbook_of_another_period_is_not_filled_at_all(district, tmp_path):
    out = tmp_path / "x.xlsx"
    said = ask("fill", "--db", district, SAMPLES / "tong-hop-2023.xlsx", "--period", "2024", "--out", out)
    assert (said.code, said.json["file"], said.json["cells"]) == (1, None, 0)
    assert "import.period_differs" in {finding["rule"] for finding in said.json["findings"]}
    assert not out.exists()


def test_a_folder_of_files_is_imported(office, tmp_path):
    folder = tmp_path / "gửi về" / "quý"
    folder.mkdir(parents=True)
    shutil.copy(SAMPLES / "tong-hop-2022.xlsx", folder)
    shutil.copy(SAMPLES / "tong-hop-2023.xlsx", folder.parent)
    said = told("import", "--db", office, folder.parent, "--dry-run")
    assert {file["file"] for file in said["files"]} == {"tong-hop-2022.xlsx", "tong-hop-2023.xlsx"}
    empty = tmp_path / "rỗng"
    empty.mkdir()
    assert ask("import", "--db", office, empty).error == "no_file"


def test_a_reason_of_last_year_is_proposed_and_never_taken(district):
    told("value", "set", "--db", district, "--unit", "04486", "--period", "2023", "--element", "stunted", "9000")
    for row in told("findings", "--db", district, "--period", "2023", "--unit", "04486"):
        told("findings", "keep", "--db", district, row["id"], "--reason", "cân cả trẻ xã bên")
    found = told("findings", "--db", district, "--period", "2024", "--unit", "04486")
    proposed = [row for row in found if row["rule"] == "stunted_within_measured"]
    assert {(row["proposed"]["reason"], row["proposed"]["period"]) for row in proposed} == {
        ("cân cả trẻ xã bên", "2023")
    }
    assert all(row["kept"] is None for row in found)
