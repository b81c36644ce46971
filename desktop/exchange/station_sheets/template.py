"""The workbook to fill in: items down the side, a column a station, yes and no and choices offered in the cells."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from desktop.domain.stations import villages
from desktop.domain.stations.profile import Asked, Choice, Item, Profile
from desktop.domain.units import UnitKind
from desktop.domain.values import SCALE, State, Value
from desktop.exchange.station_sheets.reading import CODES
from desktop.exchange.template.writing import Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHEET: Final = "Hồ sơ trạm"
HEADS: Final = (CODES, "Nội dung", "Đơn vị tính")
VILLAGES: Final = "Thôn, bản"
_VILLAGE_HEADS: Final = (
    ("Trạm", 36.0),
    ("Thôn, bản", 30.0),
    ("Có nhân viên y tế hoạt động", 18.0),
    ("Nhân viên đã được đào tạo", 18.0),
)
_ABOUT_VILLAGES: Final = (
    "Mỗi dòng một thôn. Ghi có hoặc không; để trống khi chưa biết. Thêm dòng cho thôn mới, ghi tên trạm ở cột đầu. "
    "Không ghi tên người."
)
_YES_NO: Final = ["có", "không"]
_ABOUT: Final = (
    "Mỗi cột một trạm hoặc điểm trạm. Có/không: ghi có hoặc không. Để trống khi chưa biết; ghi “không áp dụng” khi "
    "không áp dụng. Có thể xóa bớt dòng, cột, thêm cột ghi chú; tên nội dung và tên trạm giữ nguyên."
)


@dataclass(frozen=True, slots=True)
class Column:
    """A station's column: its name, what it is, what holds of it (by item)."""

    name: str
    kind: UnitKind
    held: Mapping[str, Value]


def template_xlsx(profile: Profile, columns: Sequence[Column], *, office: str, day: date, made: date) -> bytes:
    """The workbook, with what is known already filled in; the same profile, stations and day give the same bytes."""
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"title": SHEET, "created": datetime.combine(made, time())})
    styles = Styles(book)
    sheet = book.add_worksheet(SHEET)
    sheet.write_string(0, 0, office, styles(bold=True))
    sheet.write_string(1, 0, f"Hồ sơ trạm y tế, tính đến ngày {day:%d/%m/%Y}", styles(bold=True, font_size=14))
    sheet.write_string(2, 0, _ABOUT, styles(italic=True))
    _heads(sheet, styles, [one.name for one in columns])
    row = 5
    for group in profile.groups:
        sheet.write_string(row, 1, group.name_vi, styles.ruled(bold=True, bg_color="#E1E7EC"))
        for place in (0, *range(2, len(HEADS) + len(columns))):
            sheet.write_blank(row, place, None, styles.ruled(bg_color="#E1E7EC"))
        row += 1
        for item in group.items:
            _line(sheet, styles, row, item, columns)
            row += 1
    sheet.freeze_panes(5, len(HEADS))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(4)
    _villages(book.add_worksheet(VILLAGES), styles, columns, day)
    book.close()
    return held.getvalue()


def _villages(sheet: Worksheet, styles: Styles, columns: Sequence[Column], day: date) -> None:
    """The villages of each station, one a line; an empty line for a station that has none yet."""
    sheet.write_string(0, 0, f"Danh sách thôn, bản, tính đến ngày {day:%d/%m/%Y}", styles(bold=True, font_size=14))
    sheet.write_string(1, 0, _ABOUT_VILLAGES, styles(italic=True))
    for place, (text, width) in enumerate(_VILLAGE_HEADS):
        sheet.set_column(place, place, width, styles())
        sheet.write_string(3, place, text, styles.ruled(bold=True, align="center", bg_color="#E1E7EC"))
    row = 4
    for one in columns:
        if one.kind is not UnitKind.STATION:
            continue
        known = [item for item in villages.of_codes(one.held) if one.held[item.code].text is not None]
        told = [(item.name_vi, *villages.cells(one.held[item.code])) for item in known]
        for cells in told or [("", "", "")]:
            for place, text in enumerate((one.name, *cells)):
                sheet.write_string(row, place, text, styles.ruled(align="center" if place > 1 else "left"))
            sheet.data_validation(row, 2, row, 3, {"validate": "list", "source": _YES_NO, "error_type": "warning"})
            row += 1
    sheet.freeze_panes(4, 1)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)


def _heads(sheet: Worksheet, styles: Styles, names: Sequence[str]) -> None:
    for place, width in enumerate((22.0, 52.0, 11.0)):
        sheet.set_column(place, place, width, styles(), {"hidden": place == 0})
    if names:
        sheet.set_column(len(HEADS), len(HEADS) + len(names) - 1, 18.0, styles())
    sheet.set_row(4, 48)
    for place, text in enumerate((*HEADS, *names)):
        sheet.write_string(4, place, text, styles.ruled(bold=True, align="center", bg_color="#E1E7EC"))


def _line(sheet: Worksheet, styles: Styles, row: int, item: Item, columns: Sequence[Column]) -> None:
    sheet.write_string(row, 0, item.code, styles.ruled())
    sheet.write_string(row, 1, item.name_vi, styles.ruled())
    sheet.write_string(row, 2, item.unit, styles.ruled(align="center"))
    for place, column in enumerate(columns, len(HEADS)):
        if column.kind not in item.of:
            sheet.write_blank(row, place, None, styles.ruled(bg_color="#EEF1F4"))
            continue
        _offer(sheet, row, place, item)
        _held(sheet, styles, row, place, item, column.held.get(item.code))


def _offer(sheet: Worksheet, row: int, place: int, item: Item) -> None:
    words = _YES_NO if item.asked is Asked.YES_NO else [_short(one) for one in item.choices]
    if words and sum(map(len, words)) + len(words) <= 255:
        sheet.data_validation(row, place, row, place, {"validate": "list", "source": words, "error_type": "warning"})


def _held(sheet: Worksheet, styles: Styles, row: int, place: int, item: Item, value: Value | None) -> None:
    style = styles.ruled(align="right" if item.is_number else "center")
    if value is None or value.state is State.NOT_REPORTED:
        sheet.write_blank(row, place, None, style)
    elif value.amount is not None:
        sheet.write_number(row, place, value.amount / SCALE, style)
    else:
        sheet.write_string(row, place, _words(item, value), style)


def _words(item: Item, value: Value) -> str:
    if value.state in (State.YES, State.NO):
        return _YES_NO[value.state is State.NO]
    if value.state is State.NOT_APPLICABLE:
        return "không áp dụng"
    if item.asked is Asked.DATE and value.text:
        return f"{date.fromisoformat(value.text):%d/%m/%Y}"
    one = item.choice(value.text)
    return _short(one) if one is not None else value.text or ""


def _short(one: Choice) -> str:
    """A choice up to its first comma, which would part it in Excel's list; it is read back by its beginning."""
    return one.name_vi.partition(",")[0]
