"""Cells are put into a sheet and nothing else of it moves."""

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from desktop.exchange.fill.book import _computed_on_load, fill_book, formula_places
from desktop.exchange.fill.sheet_xml import formulas, put_cells
from desktop.exchange.fill.stale import stale

HEAD = '<?xml version="1.0"?><worksheet xmlns="x"><dimension ref="A1:B2"/><cols><col min="3" max="4" style="7"/></cols>'


def sheet(rows):
    return f"{HEAD}<sheetData>{rows}</sheetData><pageMargins left='1'/></worksheet>"


def test_an_empty_cell_keeps_its_style():
    xml = sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="4"/></row>')
    assert put_cells(xml, {(1, 2): 12}) == sheet(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="4"><v>12</v></c></row>'
    )


def test_a_missing_cell_takes_the_style_of_its_row_or_column():
    xml = sheet('<row r="1" spans="1:2" s="9" customFormat="1"><c r="A1"/></row><row r="3"/>')
    assert (
        put_cells(xml, {(1, 2): 1, (3, 3): Decimal("2.50")})
        .split("<sheetData>")[1]
        .startswith(
            '<row r="1" spans="1:2" s="9" customFormat="1"><c r="A1"/><c r="B1" s="9"><v>1</v></c></row>'
            '<row r="3"><c r="C3" s="7"><v>2.50</v></c></row>'
        )
    )


def test_missing_rows_and_rows_without_numbers_are_counted():
    xml = sheet("<row><c><v>1</v></c></row><row r='4'><c r='A4'/></row>")
    written = put_cells(xml, {(1, 1): 5, (2, 1): 6, (9, 2): "a<b"})
    assert re.sub(r".*<sheetData>|</sheetData>.*", "", written) == (
        '<row><c r="A1"><v>5</v></c></row><row r="2"><c r="A2"><v>6</v></c></row>'
        "<row r='4'><c r='A4'/></row>"
        '<row r="9"><c r="B9" t="inlineStr"><is><t xml:space="preserve">a&lt;b</t></is></c></row>'
    )
    assert '<dimension ref="A1:B9"/>' in written


def test_prefixed_parts_are_written_in_their_prefix():
    xml = '<x:worksheet><x:sheetData><x:row r="1"><x:c r="A1"/></x:row></x:sheetData></x:worksheet>'
    assert put_cells(xml, {(1, 1): 3}) == (
        '<x:worksheet><x:sheetData><x:row r="1"><x:c r="A1"><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )


def test_a_formula_is_never_written_over_and_loses_only_an_old_result():
    xml = sheet(
        '<row r="1"><c r="A1" s="2" t="str"><f>B1&amp;"x"</f><v>old</v></c><c r="B1"><f>C1</f><v>1</v></c></row>'
    )
    assert put_cells(xml, {(1, 1): 3, (1, 2): 3}) == xml
    assert put_cells(xml, {(1, 3): 3}, frozenset({(1, 1)})) == sheet(
        '<row r="1"><c r="A1" s="2"><f>B1&amp;"x"</f></c><c r="B1"><f>C1</f><v>1</v></c>'
        '<c r="C1" s="7"><v>3</v></c></row>'
    ).replace("A1:B2", "A1:C2")


def test_an_empty_sheet_takes_rows():
    assert put_cells("<worksheet><sheetData/></worksheet>", {(2, 1): 1}) == (
        '<worksheet><sheetData><row r="2"><c r="A2"><v>1</v></c></row></sheetData></worksheet>'
    )


@pytest.mark.parametrize(
    ("formula", "depends"),
    [
        ("SUM(C7:C21)", True),
        ("SUM($C$7:C21)*2", True),
        ("C7", True),
        ("D7", False),
        ("SUM(C:C)", True),
        ("SUM(7:7)", True),
        ("SUM(D7:D9)", False),
        ("'Tổng hợp'!C7", False),
        ("TH!C7", True),
        ('IF(D1="C7","",D2)', False),
        ("Danh_sach+1", True),
        ("INDIRECT(D1)", True),
        ("Table1[Số]", True),
        ("[1]TH!C7", False),
        ("'[1]A b'!C7", False),
        ("LOG10(D1)", False),
        ("TRUE", False),
        ("", True),
    ],
)
def test_what_depends_on_a_written_cell_is_found(formula, depends):
    gone = stale({"TH": [((30, 3), formula)]}, {"TH": [(7, 3)]})
    assert gone == ({"TH": frozenset({(30, 3)})} if depends else {})


def test_dependence_goes_through_other_formulas_and_sheets():
    found = {
        "TH": [((22, 3), "SUM(C7:C21)"), ((23, 3), "D23")],
        "Bìa": [((1, 1), "TH!C22"), ((2, 1), "A1+1"), ((3, 1), "B9")],
    }
    assert stale(found, {"TH": [(7, 3)]}) == {"TH": frozenset({(22, 3)}), "Bìa": frozenset({(1, 1), (2, 1)})}


PLACES = st.tuples(st.integers(1, 30), st.integers(1, 30))
CONTENT = (
    st.integers(-(10**12), 10**12)
    | st.decimals(0, 10**6, places=2)
    | st.from_regex(r"[a-zđ<&>\"' ]{1,9}", fullmatch=True)
)


def made(cells):
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Số liệu"
    for (row, column), content in cells.items():
        page.cell(row, column, content).font = Font(bold=True)
    other = book.create_sheet("Khác & hơn")
    other["A1"] = "='Số liệu'!A1"
    other["B2"] = 5
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def values(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (page.title, cell.row, cell.column): (cell.value, cell.font.b)
        for page in book
        for line in page.iter_rows()
        for cell in line
        if cell.value is not None
    }


@given(st.dictionaries(PLACES, st.integers(1, 99)), st.dictionaries(PLACES, CONTENT, min_size=1))
@settings(max_examples=60, deadline=None)
def test_every_other_cell_stays_and_every_written_one_stands(before, written):
    data = made(before)
    filled = fill_book(data, {"Số liệu": written})
    expected = values(data)
    for (row, column), content in written.items():
        bold = expected.get(("Số liệu", row, column), (None, False))[1]
        expected["Số liệu", row, column] = (content, bold)
    now = values(filled)
    assert {place: _plain(value) for place, value in now.items()} == {
        place: _plain(value) for place, value in expected.items()
    }


def _plain(value):
    content, bold = value
    return (float(content) if isinstance(content, int | float | Decimal) else content, bold)


def test_parts_that_nothing_concerns_keep_every_byte():
    data = made({(1, 1): 1})
    filled = fill_book(data, {"Số liệu": {(5, 5): 1}})
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(filled)) as new:
        assert new.namelist() == old.namelist()
        moved = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert moved == {"xl/worksheets/sheet1.xml"}  # openpyxl asks for computing on load already


def test_a_workbook_is_told_to_compute_when_it_is_opened():
    for before in ("<sheets/>", "<sheets/><definedNames/>", "<sheets/><calcPr calcId='1' fullCalcOnLoad=\"0\"/>"):
        told = _computed_on_load(f"<workbook>{before}<oleSize/></workbook>")
        assert re.fullmatch(r".*<calcPr[^>]* fullCalcOnLoad=\"1\"/><oleSize/></workbook>", told)
        assert told.count("calcPr") == 1


def test_formulas_are_computed_when_the_workbook_is_opened():
    filled = fill_book(made({(1, 1): 1}), {"Số liệu": {(1, 2): 1}})
    assert openpyxl.load_workbook(io.BytesIO(filled)).calculation.fullCalcOnLoad
    assert formula_places(filled) == {"Số liệu": frozenset(), "Khác & hơn": frozenset({(1, 1)})}


def test_nothing_to_write_changes_nothing():
    data = made({(1, 1): 1})
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(fill_book(data, {}))) as new:
        assert all(old.read(name) == new.read(name) for name in old.namelist())


def test_formulas_are_listed_with_their_text():
    xml = sheet('<row r="1"><c r="A1"><f>B1</f></c><c r="B1"><f t="shared" si="0"/><v>1</v></c><c r="C1"/></row>')
    assert list(formulas(xml)) == [((1, 1), "B1"), ((1, 2), "")]
