"""Regimes as offices really save them: merged and hidden cells, other kinds of files, days and numbers as text."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from desktop.domain.elements import Catalogue
from desktop.domain.findings import Severity
from desktop.exchange.regime.reading import read_regime
from desktop.exchange.workbook import read_workbook
from tests.exchange import books
from tests.exchange.regime.test_regime import _bytes, _column, _edited, _read, _shipped


def _put(sheet: str, heading: str, value: object, row: int = 3):
    def edit(book):
        book[sheet].cell(row, _column(book[sheet], heading)).value = value

    return _read(_edited(edit))


def _first(file):
    return next(iter(file.catalogue.elements.values()))


@pytest.mark.parametrize(
    "written", ["01/03/2027", "1-3-2027", "01.03.2027", "2027-03-01", " 2027/3/1 ", "2027-03-01 00:00:00"]
)
def test_days_written_as_text_are_days(written):
    found, findings = _put("Số liệu", "Từ ngày", written)
    assert findings == []
    assert _first(found).valid_from == date(2027, 3, 1)


@pytest.mark.parametrize(("written", "read"), [("0,5", "0.5"), ("-2,5", "-2.5"), ("1.000", "1000"), ("12.500,5", "12500.5"), (0.5, "0.5"), (3, "3"), ("7", "7")])  # fmt: skip
def test_numbers_written_as_text_are_read_as_in_vietnamese(written, read):
    found, findings = _put("Số liệu", "Nhỏ nhất", written)
    assert findings == []
    assert _first(found).minimum == read


def test_a_factor_with_a_point_between_thousands_is_not_a_hundred():
    found, findings = _put("Chỉ tiêu", "Hệ số", "100.000")
    assert findings == []
    assert next(iter(found.catalogue.indicators.values())).factor == 100_000


def test_spaces_around_codes_and_words_do_not_matter():
    shipped = _first(_shipped())
    found, findings = _put("Số liệu", "Mã", f"  {shipped.code} \u00a0")
    assert findings == []
    assert found == _shipped()


def test_a_code_defined_twice_names_both_rows():
    _, findings = _put("Số liệu", "Mã", _first(_shipped()).code, row=6)
    (twice,) = [one for one in findings if one.rule == "catalogue_twice"]
    assert (twice.sheet, twice.row) == ("Số liệu", 6)
    assert dict(dict(twice.advice.values)["place"].values) == {"sheet": "Số liệu", "row": 3}


def test_cells_merged_downwards_speak_for_all_their_rows():
    def edit(book):
        sheet = book["Cột của biểu"]
        for row in range(4, sheet.max_row + 1):
            sheet.cell(row, 1).value = None
        sheet.merge_cells(start_row=3, end_row=sheet.max_row + 5, start_column=1, end_column=1)

    found, findings = _read(_edited(edit))
    assert findings == []
    assert found == _shipped()


def test_hidden_sheets_and_rows_are_read_and_said():
    def edit(book):
        book["Quy tắc kiểm tra"].sheet_state = "hidden"
        book["Số liệu"].row_dimensions[4].hidden = True

    found, findings = _read(_edited(edit))
    assert found == _shipped()
    told = [(one.rule, one.severity, one.sheet) for one in findings if one.rule == "regime_hidden"]
    assert told == [("regime_hidden", Severity.WARNING, name) for name in ("Số liệu", "Quy tắc kiểm tra")]


def test_formulas_are_read_by_their_results_and_without_one_are_errors():
    _, findings = _put("Số liệu", "Tên", '="Dân số"&" chung"')
    wrong = next(one for one in findings if one.severity is Severity.ERROR)
    assert (wrong.rule, wrong.sheet, wrong.row) == ("regime_cell", "Số liệu", 3)


def _rows(sheet) -> list[list[object]]:
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_other_kinds_of_files_say_the_same(kind):
    """One sheet at a time: the elements of an old Excel's file and of an OpenDocument one."""
    book = openpyxl.load_workbook(io.BytesIO(_bytes(_shipped())))
    rows = _rows(book["Số liệu"])
    data = books.xls(rows, sheet="Số liệu") if kind == "xls" else books.ods(rows, sheet="Số liệu")
    found, findings = read_regime(read_workbook(data, f"a.{kind}"))
    assert [one for one in findings if one.severity is not Severity.NOTE] == []
    mine = {code: replace(one, source="") for code, one in found.catalogue.elements.items()}
    wanted = {code: replace(one, source="") for code, one in _shipped().catalogue.elements.items()}
    assert {code: replace(one, status=wanted[code].status) for code, one in mine.items()} == wanted


def test_an_ods_with_merged_forms_takes_the_form_of_the_row_above():
    book = openpyxl.load_workbook(io.BytesIO(_bytes(_shipped())))
    tables = []
    for name in ("Số liệu", "Biểu", "Cột của biểu"):
        rows = _rows(book[name])
        if name == "Cột của biểu":
            rows = [[*row] if at < 3 else ["", *row[1:]] for at, row in enumerate(rows)]
        lines = "".join(f"<table:table-row>{''.join(map(books._ods_cell, row))}</table:table-row>" for row in rows)
        tables.append(f'<table:table table:name="{name}">{lines}</table:table>')
    found, findings = read_regime(read_workbook(books.ods_content("".join(tables)), "a.ods"))
    assert [one for one in findings if one.severity is not Severity.NOTE] == []
    assert {code: form.elements for code, form in found.catalogue.forms.items()} == {
        code: form.elements for code, form in _shipped().catalogue.forms.items()
    }


def test_five_thousand_elements_are_read_in_seconds():
    one = _first(_shipped())
    many = Catalogue({f"e{at}": replace(one, code=f"e{at}", name_vi=f"Số {at}", synonyms=()) for at in range(5000)})
    data = _bytes(replace(_shipped(), catalogue=many, rules=()))
    begun = time.process_time()
    found, findings = _read(data)
    assert findings == []
    assert len(found.catalogue.elements) == 5000
    assert time.process_time() - begun < 20
