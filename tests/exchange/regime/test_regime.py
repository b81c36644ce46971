"""A regime's workbook: written and read back the same, and faults named by sheet, row and column."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.elements import (
    Behaviour,
    Catalogue,
    Direction,
    Element,
    Form,
    Indicator,
    Section,
    Status,
    ValueType,
)
from desktop.domain.findings import Severity
from desktop.domain.rules import Rule, RuleKind
from desktop.exchange.catalogue_file import CatalogueFile, read_catalogue
from desktop.exchange.regime.reading import is_regime, read_regime
from desktop.exchange.regime.writing import regime_xlsx
from desktop.exchange.workbook import read_workbook

SHIPPED = Path(__file__).resolve().parents[3] / "resources" / "catalogue"
MADE = date(2026, 11, 22)


def _shipped():
    base, _ = read_catalogue((SHIPPED / "commune-year.yaml").read_text("utf-8"), "a")
    rates, _ = read_catalogue((SHIPPED / "indicators.yaml").read_text("utf-8"), "b")
    whole = Catalogue(base.catalogue.elements, base.catalogue.forms, rates.catalogue.indicators)
    return CatalogueFile(whole, base.rules)


def _bytes(file: CatalogueFile) -> bytes:
    return regime_xlsx(file.catalogue, file.rules, source="Thông tư thử", status="unverified", made=MADE)


def _read(data: bytes):
    return read_regime(read_workbook(data, "chế độ.xlsx"))


def test_the_shipped_catalogue_comes_back_the_same():
    found, findings = _read(_bytes(_shipped()))
    assert findings == []
    assert found == _shipped()


def test_the_same_definitions_give_the_same_bytes():
    assert _bytes(_shipped()) == _bytes(_shipped())


_text = st.text(st.characters(whitelist_categories=("Lu", "Ll", "Nd"), max_codepoint=0x1EF9), min_size=1, max_size=12)
_code = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
_days = st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1))


@st.composite
def _files(draw: st.DrawFn) -> CatalogueFile:
    codes = draw(st.lists(_code, min_size=1, max_size=6, unique=True))
    status = draw(st.sampled_from(Status))
    elements = {
        code: Element(
            code,
            draw(_text),
            draw(_text),
            draw(_text),
            draw(_text),
            draw(st.sampled_from(ValueType)),
            draw(st.sampled_from(Behaviour)),
            draw(st.sampled_from(["commune", "office", "area"])),
            draw(_text),
            status,
            decimals=draw(st.integers(0, 4)),
            minimum=draw(st.sampled_from([None, "0", "-2.5"])),
            synonyms=tuple(draw(st.lists(_text, max_size=3))),
            continues=draw(st.none() | _code),
            valid_from=draw(_days),
        )
        for code in codes
    }
    cut = draw(st.integers(1, len(codes)))
    sections = [Section("I", draw(_text), "", tuple(codes[:cut]))]
    if codes[cut:]:
        sections.append(Section("II", draw(_text), draw(_text), tuple(codes[cut:])))
    form = Form("f", draw(_text), "", "commune", "quarter", draw(st.booleans()), draw(st.none() | st.integers(1, 30)),
                draw(_text), status, tuple(sections), draw(st.none() | _code), draw(_days), draw(_days))  # fmt: skip
    rate = Indicator("r", draw(_text), "", "%", draw(st.sampled_from(Direction)), codes[0], f"units:{codes[-1]}", 100,
                     draw(st.integers(0, 3)), ("commune", "office"), source=draw(_text))  # fmt: skip
    rule = Rule("k", RuleKind.AT_MOST, Severity.ERROR, (codes[0],), (codes[-1],), (), (("least", "2.5"),), "nguồn")
    return CatalogueFile(Catalogue(elements, {"f": form}, {"r": rate}), (rule,))


@given(_files())
def test_any_definitions_come_back_the_same(file):
    found, findings = _read(_bytes(file))
    assert findings == []
    assert found == file


def _edited(edit) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(_bytes(_shipped())))
    edit(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _column(sheet, heading: str) -> int:
    return next(cell.column for cell in sheet[2] if str(cell.value).rstrip(" *") == heading)


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "rule", "letter"),
    [
        ("Số liệu", "Kiểu", "số nguyen tố", "regime_choice", "F"),
        ("Số liệu", "Số chữ số lẻ", "hai", "regime_number", "I"),
        ("Số liệu", "Từ ngày", "31/02/2027", "regime_date", "P"),
        ("Biểu", "Lũy kế", "có lẽ", "regime_choice", "F"),
        ("Chỉ tiêu", "Tử số", "a + b", "catalogue_formula", None),
    ],
)
def test_a_fault_is_named_by_sheet_row_and_column(sheet, heading, value, rule, letter):
    def edit(book):
        book[sheet].cell(3, _column(book[sheet], heading)).value = value

    _, findings = _read(_edited(edit))
    assert [(f.rule, f.sheet, f.row, f.column) for f in findings] == [(rule, sheet, 3, letter)]


def test_words_are_read_without_marks_and_in_any_case():
    def edit(book):
        book["Số liệu"].cell(3, _column(book["Số liệu"], "Kiểu")).value = "SO NGUYEN"

    found, findings = _read(_edited(edit))
    assert findings == []
    assert found == _shipped()


def test_columns_may_stand_in_another_order_and_headings_lower_down():
    def edit(book):
        sheet = book["Số liệu"]
        sheet.insert_rows(1, 3)
        sheet.move_range(f"A5:A{sheet.max_row}", cols=30)

    found, findings = _read(_edited(edit))
    assert findings == []
    assert found == _shipped()


def test_a_column_of_a_form_that_is_not_there_is_an_error():
    def edit(book):
        book["Cột của biểu"].cell(3, 1).value = "khác"

    _, findings = _read(_edited(edit))
    assert ("regime_form", "Cột của biểu", 3) in [(f.rule, f.sheet, f.row) for f in findings]


def test_an_unknown_column_is_said_and_the_rest_is_read():
    def edit(book):
        book["Số liệu"].cell(2, 25).value = "Ý kiến"

    found, findings = _read(_edited(edit))
    assert [(f.rule, f.severity) for f in findings] == [("regime_column", Severity.WARNING)]
    assert found == _shipped()


def test_a_summary_of_figures_is_no_regime():
    book = openpyxl.Workbook()
    book.active.append(["STT", "Xã", "Dân số"])
    held = io.BytesIO()
    book.save(held)
    assert not is_regime(read_workbook(held.getvalue(), "a.xlsx"))
    assert is_regime(read_workbook(_bytes(_shipped()), "a.xlsx"))
