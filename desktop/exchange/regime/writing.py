"""Writing a regime's workbook: a catalogue as an office can read and change it, or the empty one to begin with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final

from desktop.domain.elements import Catalogue, Form
from desktop.domain.rules import Rule
from desktop.exchange.regime.columns import (
    ELEMENTS,
    FORMS,
    HEADER,
    INDICATORS,
    NO,
    PARTS,
    RULES,
    SEPARATOR,
    YES,
    Column,
    Page,
    Shape,
)
from desktop.exchange.template.writing import Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_HEAD: Final = 2
_OPEN_ROWS: Final = 500
_TITLE: Final = "Chế độ báo cáo: số liệu, biểu, chỉ tiêu và quy tắc kiểm tra"


def regime_xlsx(catalogue: Catalogue, rules: Iterable[Rule] = (), *, source: str, status: str, made: date) -> bytes:
    """A workbook that `read_regime` reads back to the same definitions; the same ones and day give the same bytes.

    The common source is left out where a definition has none, for it would be taken for its own.
    """
    import xlsxwriter

    rules = tuple(rules)
    sources = [one.source for one in catalogue.elements.values()] + [one.source for one in catalogue.forms.values()]
    sources += [one.source for one in catalogue.indicators.values()] + [rule.source for rule in rules]
    source = source if all(sources) else ""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"title": _TITLE, "created": datetime.combine(made, time())})
    styles = Styles(book)
    pages: Sequence[tuple[Page, list[Mapping[str, object]]]] = (
        (HEADER, [{"source": source, "status": status}]),
        (ELEMENTS, [_fields(one, ELEMENTS) for one in catalogue.elements.values()]),
        (FORMS, [_fields(one, FORMS) for one in catalogue.forms.values()]),
        (PARTS, [row for form in catalogue.forms.values() for row in _parts(form)]),
        (INDICATORS, [_fields(one, INDICATORS) for one in catalogue.indicators.values()]),
        (RULES, [_fields(one, RULES) for one in rules]),
    )
    for page, rows in pages:
        _write(book.add_worksheet(page.name), styles, page, rows)
    book.close()
    return held.getvalue()


def _fields(one: object, page: Page) -> dict[str, object]:
    return {column.name: getattr(one, column.name) for column in page.columns}


def _parts(form: Form) -> list[Mapping[str, object]]:
    rows: list[Mapping[str, object]] = []
    for section in form.sections:
        for place, element in enumerate(section.elements):
            named = {"name_vi": section.name_vi, "name_en": section.name_en} if not place else {}
            rows.append({"form": form.code, "number": section.number, "element": element, **named})
    return rows


def _write(sheet: Worksheet, styles: Styles, page: Page, rows: list[Mapping[str, object]]) -> None:
    sheet.write_string(0, 0, page.about, styles(italic=True))
    for place, column in enumerate(page.columns):
        sheet.set_column(place, place, column.width, styles())
        title = f"{column.heading} *" if column.required else column.heading
        sheet.write_string(_HEAD - 1, place, title, styles.ruled(bold=True, bg_color="#EEF1F4", align="center"))
        if column.hint:
            sheet.write_comment(_HEAD - 1, place, column.hint, {"x_scale": 2})
        _offer(sheet, place, column)
    sheet.set_row(_HEAD - 1, 36)
    sheet.freeze_panes(_HEAD, 1)
    for row, told in enumerate(rows, _HEAD):
        for place, column in enumerate(page.columns):
            _put(sheet, (row, place), column, told.get(column.name), styles)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, _HEAD - 1)


def _offer(sheet: Worksheet, place: int, column: Column) -> None:
    words = [YES, NO] if column.shape is Shape.FLAG else list(column.words.values())
    if column.shape in (Shape.CHOICE, Shape.FLAG):
        sheet.data_validation(_HEAD, place, _OPEN_ROWS, place, {"validate": "list", "source": words})


def _put(sheet: Worksheet, place: tuple[int, int], column: Column, value: object, styles: Styles) -> None:
    if value is None or value in ("", ()) or (value is False and column.shape is Shape.FLAG):
        return
    style = styles.ruled()
    if isinstance(value, date):
        sheet.write_datetime(*place, datetime.combine(value, time()), styles.ruled(num_format="dd/mm/yyyy"))
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(*place, value, style)
    elif column.shape is Shape.NUMBER and Decimal(repr(float(str(value)))) == Decimal(str(value)):
        sheet.write_number(*place, float(str(value)), style)
    else:
        sheet.write_string(*place, _told(column, value), style)


def _told(column: Column, value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, tuple):
        if column.shape is Shape.SETTINGS:
            return f"{SEPARATOR} ".join(f"{name} = {number}" for name, number in value)
        return f"{SEPARATOR} ".join(column.words.get(str(part), str(part)) for part in value)
    text = str(value.value) if isinstance(value, Enum) else str(value)
    return column.words.get(text, text)
