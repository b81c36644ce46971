"""The package around the sheets: parts spelled and quoted as other programs do."""

import io
import zipfile

import openpyxl
import pytest

from desktop.exchange.fill.book import fill_book, own_suffix
from tests.exchange.books import xlsx

BOOK = xlsx([["Xã", "Dân số"], ["Hồ Bốn", None], ["Tổng", "=SUM(B2:B2)"]])


def changed(data, *, names=lambda name: name, texts=lambda name, text: text):
    """The workbook with its parts renamed and rewritten."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for part in old.namelist():
            new.writestr(names(part), texts(part, old.read(part)))
    return held.getvalue()


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("quote", [b'"', b"'"])
def test_a_workbook_computed_on_load_says_so_once(quote):
    def asked(name, text):
        if name != "xl/workbook.xml":
            return text
        return text.replace(b'fullCalcOnLoad="1"', b"fullCalcOnLoad=" + quote + b"0" + quote)

    book = changed(BOOK, texts=asked)
    assert parts(book)["xl/workbook.xml"].count(b"fullCalcOnLoad") == 1
    filled = fill_book(book, {"TH": {(2, 2): 5}})
    assert parts(filled)["xl/workbook.xml"].count(b"fullCalcOnLoad") == 1
    assert openpyxl.load_workbook(io.BytesIO(filled))["TH"]["B2"].value == 5


def test_parts_are_found_whatever_their_case():
    book = changed(BOOK, names=lambda name: name.replace("xl/worksheets/sheet1", "xl/Worksheets/Sheet1"))
    filled = parts(fill_book(book, {"TH": {(2, 2): 5}}))
    assert b'<c r="B2"><v>5</v></c>' in filled["xl/Worksheets/Sheet1.xml"]


def test_what_a_workbook_holds_says_its_name():
    assert own_suffix(BOOK) == ".xlsx"
    macros = changed(BOOK, texts=lambda _, text: text.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"))
    assert own_suffix(macros) == ".xlsm"
