"""An office's list of equipment or drugs: a name, a unit and how many are needed, a line each."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from desktop.domain.findings import Finding, Severity
from desktop.domain.stations.profile import Asked, Combine, Item
from desktop.domain.text import fold, squeeze
from desktop.domain.units import UnitKind
from desktop.exchange.grid import Raw, Sheet, Workbook
from desktop.exchange.sheet_text import in_unicode
from desktop.wording import say

_NAMES: Final = ("ten trang thiet bi", "ten thuoc", "ten thiet bi", "trang thiet bi", "ten hoat chat", "hoat chat")
_NAMED: Final = ("ten", "noi dung", "danh muc")
_UNITS: Final = ("don vi", "dvt")
_NEEDED: Final = ("so luong", "can co", "dinh muc", "toi thieu", "co so", "nhu cau")
_SIGNS: Final = re.compile(r"[^a-z0-9]+")
_LOOKED_AT: Final = 20
_LONGEST: Final = 80


def read_list(book: Workbook, name: str) -> tuple[list[Item], list[Finding]]:
    """The items of a list called `name` (equipment, drugs); lines without a name or named twice are left out."""
    items: dict[str, Item] = {}
    findings: list[Finding] = []
    for raw in book.sheets:
        sheet, _encoding, _notes = in_unicode(raw)
        heads = _heads(sheet)
        if heads is None:
            continue
        top, names, units, needed = heads
        for row in range(top + 1, len(sheet.rows) + 1):
            title = _text(sheet.at(row, names))
            if not title or title.isdigit() or fold(title).startswith(("tong", "cong")):
                continue
            count = _count(sheet.at(row, needed)) if needed else None
            if count is None and not _text(sheet.at(row, units) if units else "") and needed:
                continue  # the title of a part of the list
            code = f"{name}:{_SIGNS.sub('_', fold(title)).strip('_')[:_LONGEST]}"
            if code in items:
                message = say("“{text}” stands in the list twice; the first is kept.", text=title[:60])
                findings.append(
                    Finding("stations.list_twice", Severity.WARNING, message, file=book.file, sheet=sheet.name, row=row)
                )
                continue
            unit = _text(sheet.at(row, units)) if units else ""
            items[code] = _item(name, code, title, unit, count)
    if not items:
        message = say("No list was found in {file}: a column of names is needed.", file=book.file)
        advice = say("Head the columns “Tên”, “Đơn vị tính”, “Số lượng cần có”.")
        findings.append(Finding("stations.list_empty", Severity.ERROR, message, advice, file=book.file))
    return list(items.values()), findings


def _item(name: str, code: str, title: str, unit: str, needed: Decimal | None) -> Item:
    return Item(
        code=code,
        name_vi=title,
        asked=Asked.COUNT if needed is not None else Asked.YES_NO,
        unit=unit,
        of=(UnitKind.STATION,),
        combine=Combine.STATION,
        source="danh mục của đơn vị",
        listed=name,
        needed=needed,
    )


def _heads(sheet: Sheet) -> tuple[int, int, int | None, int | None] | None:
    """The row of headings and the columns of names, units and how many are needed."""
    for row in range(1, min(len(sheet.rows), _LOOKED_AT) + 1):
        told = {c: fold(cell).strip(" .:*") for c, cell in enumerate(sheet.rows[row - 1], 1) if type(cell) is str}
        names = next((c for c, text in told.items() if text.startswith(_NAMES)), None)
        names = names or next((c for c, text in told.items() if text.startswith(_NAMED)), None)
        if names is None:
            continue
        units = next((c for c, text in told.items() if text.startswith(_UNITS)), None)
        needed = next((c for c, text in told.items() if any(word in text for word in _NEEDED) and c != names), None)
        if units or needed:
            return row, names, units, needed
    return None


def _text(raw: Raw) -> str:
    return squeeze(raw) if type(raw) is str else ""


def _count(raw: Raw) -> Decimal | None:
    if isinstance(raw, int | float) and not isinstance(raw, bool) and raw > 0:
        told = Decimal(repr(raw))
        return told.to_integral_value() if told == told.to_integral_value() else None
    found = re.match(r"\d{1,6}$", raw.strip()) if isinstance(raw, str) else None
    return Decimal(found[0]) if found and int(found[0]) else None
