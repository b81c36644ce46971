"""Templates for tests: a catalogue with every type of element, one commune, one period."""

from __future__ import annotations

import io
from datetime import date

from desktop.domain.elements import Behaviour, Catalogue, Element, Form, Section, Status, ValueType
from desktop.domain.periods import Period
from desktop.domain.values import Kind
from desktop.exchange.identity import Identity, Purpose
from desktop.exchange.template.model import Template, TemplateRow, TemplateSection, form_version
from desktop.exchange.template.reading import Asked, read_templates
from desktop.exchange.template.writing import template_xlsx
from desktop.exchange.workbook import read_workbook

PERIOD = Period.parse("2024")
MADE = date(2025, 1, 2)


def element(code, name, kind, *, decimals=0, unit="người", continues=None):
    return Element(
        code,
        name,
        "",
        "",
        unit,
        kind,
        Behaviour.FLOW,
        "commune",
        "",
        Status.OFFICE,
        decimals,
        minimum="0",
        continues=continues,
    )


ELEMENTS = {
    one.code: one
    for one in (
        element("people", "Dân số trung bình", ValueType.COUNT),
        element("births", "Trẻ đẻ sống", ValueType.COUNT, unit="trẻ"),
        element("coverage", "Tỷ lệ bao phủ", ValueType.DECIMAL, decimals=2, unit="%"),
        element("doctor", "Trạm có bác sĩ", ValueType.YES_NO, unit=""),
        element("words", "Nhận xét", ValueType.TEXT, unit=""),
    )
}
FORM = Form(
    "form",
    "Biểu thử",
    "",
    "commune",
    "year",
    cumulative=False,
    due_working_days=None,
    source="",
    status=Status.OFFICE,
    sections=(
        Section("I", "Dân số", "", ("people", "births", "coverage")),
        Section("II", "Trạm", "", ("doctor", "words")),
    ),
)
CATALOGUE = Catalogue(ELEMENTS, {"form": FORM}, {})


def identity(**other):
    told = {
        "office": "office-uid",
        "unit": "unit-uid",
        "code": "04459",
        "form": "form",
        "version": form_version(FORM),
        "period": "2024",
        "kind": str(Kind.ACTUAL),
        "written": "2025-01-02",
        **other,
    }
    return Identity(Purpose.TEMPLATE, **told)


def template(values=None, notes=None, *, unit="Xã Hồ Bốn", told=None):
    values, notes = values or {}, notes or {}
    places = {code: place for place, code in enumerate(FORM.elements, 1)}
    return Template(
        told or identity(),
        "Trung tâm Y tế",
        unit,
        "Biểu thử",
        "năm 2024",
        "Số liệu năm 2024",
        ("Năm 2023",),
        tuple(
            TemplateSection(
                section.number,
                section.name_vi,
                tuple(
                    TemplateRow(places[code], ELEMENTS[code], (None,), values.get(code), notes.get(code))
                    for code in section.elements
                ),
            )
            for section in FORM.sections
        ),
    )


def written(*templates):
    return template_xlsx(templates, made=MADE)


def units(_period):
    return {"unit-uid": "04459"}


def read(data, *, name="mau.xlsx", known=CATALOGUE, asked=None, codes=units):
    return read_templates(read_workbook(data, name), known=known, units=codes, asked=asked or Asked())


def opened(data):
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book):
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def row_of(page, code):
    """The row of an element, and the columns for figure and note."""
    rows = {cell.value: cell.row for line in page.iter_rows() for cell in line if isinstance(cell.value, str)}
    columns = {cell.value: cell.column for line in page.iter_rows() for cell in line if isinstance(cell.value, str)}
    return rows[f"sotram.row:{code}"], columns["sotram.col:entry"], columns["sotram.col:note"]


def fill(page, code, value, note=None):
    row, entry, beside = row_of(page, code)
    page.cell(row, entry, value)
    if note:
        page.cell(row, beside, note)
