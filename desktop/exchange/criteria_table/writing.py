"""Writing a table of sub-criteria: that of an office, or the empty one with the criteria and maxima that were found."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from desktop.domain.criteria.sets import HALF, CriteriaSet, Criterion, Row
from desktop.exchange.criteria_table.columns import COLUMNS, FIELDS, HEADER, HELP, TABLE
from desktop.exchange.template.writing import Styles

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_HEAD: Final = 3
_BLANKS: Final = 8
_TITLE: Final = "Bảng điểm tiêu chí quốc gia về y tế xã"
_OPEN: Final = {"bg_color": "#FFFDE7"}
Cell = str | int | Fraction | date | None


def table_xlsx(one: CriteriaSet, *, made: date, figures: Sequence[tuple[str, str]] = ()) -> bytes:
    """A workbook that `read_table` reads back to the same table; a decision without rows gives the empty template.

    `figures` are code and name of what rules can refer to, listed on the sheet of help.
    """
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"title": _TITLE, "created": datetime.combine(made, time())})
    styles = Styles(book)
    _header(book.add_worksheet(HEADER), styles, one)
    _table(book.add_worksheet(TABLE), styles, one)
    _help(book.add_worksheet(HELP), styles, figures)
    book.worksheets()[1].activate()
    book.close()
    return held.getvalue()


def _header(sheet: Worksheet, styles: Styles, one: CriteriaSet) -> None:
    sheet.set_column(0, 0, 32, styles())
    sheet.set_column(1, 1, 70, styles())
    sheet.set_column(2, 2, 60, styles(italic=True, font_color="#5A6570"))
    sheet.write_string(0, 0, _TITLE, styles(bold=True, font_size=14))
    told: dict[str, Cell] = {
        "frame": one.decided,
        "name": one.name,
        "decision": one.decision or None,
        "valid_from": one.valid_from,
        "first_year": one.first_year if one.frame else None,
        "last_year": one.last_year,
        "total_share": one.total_share * 100,
        "floor_share": one.floor_share * 100,
        "valid_years": one.valid_years,
        "source": "; ".join(source for _, source in one.sources) or None if one.frame else None,
    }
    for line, field in enumerate(FIELDS, 2):
        sheet.write_string(line, 0, field.heading, styles.ruled(bold=True))
        _put(sheet, (line, 1), told[field.name], styles, align="left", **_OPEN)
        sheet.write_string(line, 2, field.about, styles(italic=True, font_color="#5A6570"))
    _page(sheet)


def _table(sheet: Worksheet, styles: Styles, one: CriteriaSet) -> None:
    sheet.write_string(0, 0, one.name, styles(bold=True, font_size=14))
    sheet.write_string(1, 0, "Ghi các chỉ tiêu dưới từng tiêu chí. Thứ tự cột tùy ý; dòng trống được bỏ qua.",
                       styles(italic=True))  # fmt: skip
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width, styles())
        sheet.write_string(
            _HEAD - 1, place, column.heading, styles.ruled(bold=True, bg_color="#EEF1F4", align="center")
        )
        sheet.write_comment(_HEAD - 1, place, column.about, {"x_scale": 2})
    sheet.set_row(_HEAD - 1, 36)
    sheet.freeze_panes(_HEAD, 2)
    line = _HEAD
    for criterion in one.criteria:
        _put_row(sheet, line, _criterion(criterion), styles, bold=True, bg_color="#F6F8FA")
        line += 1
        for row in criterion.rows:
            _put_row(sheet, line, _row(row), styles)
            line += 1
        for _ in range(0 if one.is_detailed else _BLANKS):
            _put_row(sheet, line, {}, styles, **_OPEN)
            line += 1
    sheet.repeat_rows(_HEAD - 1)
    _page(sheet)


def _page(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _criterion(one: Criterion) -> dict[str, Cell]:
    return {"code": one.number, "name": one.name, "maximum": one.maximum}


def _row(row: Row) -> dict[str, Cell]:
    told: dict[str, Cell] = {
        "code": row.code,
        "name": row.name,
        "maximum": row.maximum,
        "steps": _list(row.steps),
        "zones": "; ".join(map(str, row.in_zones)) or None,
        "least": row.least,
        "halves": None if row.grain == HALF else "không",
        "evidence": "\n".join(row.evidence) or None,
        "rule": row.rule,
    }
    return told | {f"steps_{zone}": _list(steps) for zone, steps in row.steps_in_zone}


def _list(points: Sequence[Fraction]) -> str | None:
    return "; ".join(_plain(one) for one in points) or None


def _plain(number: Fraction) -> str:
    told = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{told.normalize() + 0:f}".replace(".", ",")


def _put_row(sheet: Worksheet, line: int, told: dict[str, Cell], styles: Styles, **look: object) -> None:
    for place, column in enumerate(COLUMNS):
        number = {"num_format": "@"} if column.name == "code" else {}
        align = {"align": "center"} if column.name in ("code", "maximum", "least", "halves", "zones") else {}
        _put(sheet, (line, place), told.get(column.name), styles, **{"valign": "top", **look, **number, **align})


def _put(sheet: Worksheet, place: tuple[int, int], value: Cell, styles: Styles, **look: object) -> None:
    style: Format = styles.ruled(**look)
    if value is None:
        sheet.write_blank(*place, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(
            *place, datetime.combine(value, time()), styles.ruled(**{**look, "num_format": "dd/mm/yyyy"})
        )
    elif isinstance(value, str):
        sheet.write_string(*place, value, style)
    elif Fraction(repr(float(value))) == value:
        sheet.write_number(*place, float(value), style)
    else:
        sheet.write_string(*place, _plain(Fraction(value)), style)


def _help(sheet: Worksheet, styles: Styles, figures: Sequence[tuple[str, str]]) -> None:
    sheet.set_column(0, 0, 34, styles())
    sheet.set_column(1, 1, 110, styles())
    line = 0
    sheet.write_string(line, 0, "Các cột của bảng điểm", styles(bold=True, font_size=14))
    for column in COLUMNS:
        line += 1
        sheet.write_string(line, 0, column.heading, styles.ruled(bold=True))
        sheet.write_string(line, 1, column.about, styles.ruled())
    if figures:
        line += 2
        sheet.write_string(line, 0, "Số liệu dùng được ở cột Tự tính từ sổ", styles(bold=True, font_size=14))
    for code, name in figures:
        line += 1
        sheet.write_string(line, 0, code, styles.ruled())
        sheet.write_string(line, 1, name, styles.ruled())
    _page(sheet)
