"""Summaries as they are written and read in these tests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from desktop.domain.elements import Element
from desktop.domain.findings import Severity
from desktop.domain.legacy_text import Encoding
from desktop.domain.periods import Period
from desktop.domain.text import nfc
from desktop.domain.values import Kind, State, Value
from desktop.exchange.catalogue_file import read_catalogue
from desktop.exchange.reading import SheetReading
from desktop.exchange.summary_sheet import read_summary
from desktop.exchange.unit_names import KnownUnit
from desktop.exchange.workbook import read_workbook
from tests.exchange.books import Rows

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "tests" / "data" / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
CATALOGUE, _ = read_catalogue(
    (ROOT / "resources" / "catalogue" / "commune-year.yaml").read_text(encoding="utf-8"), "commune-year.yaml"
)
ELEMENTS = list(CATALOGUE.catalogue.elements.values())
UNITS = [KnownUnit(code, name) for code, name in EXPECTED["units"].items()]
NEW_UNITS = [KnownUnit(code, name) for code, name in EXPECTED["new_units"].items()]
Y2022 = Period.parse("2022")
DATA_2022 = EXPECTED["periods"]["2022|tong-hop-2022.xlsx"]["values"]
NAMES = {element.code: element.name_vi for element in ELEMENTS}
CODES = ["population", "insured", "under1", "under5", "measured", "stunted", "deaths_under1", "ncd_managed"]


def units_of(period: Period) -> Sequence[KnownUnit]:
    return NEW_UNITS if period.last.isoformat() >= "2025-07-01" else UNITS


def read_all(
    data: bytes, file: str = "bieu.xlsx", *, period: str | None = None, kind: Kind | None = None,
    encoding: Encoding | None = None, elements: Sequence[Element] = tuple(ELEMENTS), units: object = units_of,
) -> list[SheetReading]:  # fmt: skip
    return read_summary(
        read_workbook(data, file),
        elements=elements,
        units=units,  # type: ignore[arg-type]
        period=Period.parse(period) if period else None,
        kind=kind,
        encoding=encoding,
    )


def read_one(data: bytes, file: str = "bieu.xlsx", **asked: object) -> SheetReading:
    (reading,) = read_all(data, file, **asked)  # type: ignore[arg-type]
    return reading


def plain_of(value: Value) -> object:
    if value.amount is not None:
        return value.amount / 10_000
    return {State.YES: True, State.NO: False, State.NOT_REPORTED: None}.get(value.state, value.text)


def values_of(reading: SheetReading) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for candidate in reading.candidates:
        found.setdefault(candidate.unit, {})[candidate.element] = plain_of(candidate.value)
    return found


def rules_of(reading: SheetReading, least: Severity = Severity.NOTE) -> list[str]:
    order = [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    return [f.rule for f in reading.all_findings() if order.index(f.severity) >= order.index(least)]


def as_typed(value: object) -> object:
    return {True: "x", False: "không"}.get(value, value) if isinstance(value, bool) else value


def table_of(
    codes: Sequence[str] = CODES, *, title: str | None = "BIỂU TỔNG HỢP NĂM 2022", units: int = 14
) -> list[list[object]]:
    """A plain one-line table of 2022."""
    rows: list[list[object]] = [[title]] if title else []
    rows.append(["STT", "Xã, thị trấn", *(NAMES[code] for code in codes)])
    for place, unit in enumerate(UNITS[:units], 1):
        rows.append([place, unit.name, *(as_typed(DATA_2022[unit.code][code]) for code in codes)])
    return rows


def expected_of(codes: Sequence[str] = CODES, units: int = 14) -> dict[str, dict[str, object]]:
    return {unit.code: {code: DATA_2022[unit.code][code] for code in codes} for unit in UNITS[:units]}


def coded(rows: Rows, table: dict[str, str]) -> list[list[object]]:
    codes = {letter: code for code, letter in reversed(table.items())}
    codes = {letter.upper(): code for letter, code in codes.items()} | codes  # TCVN3 has small codes only
    return [
        ["".join(codes.get(c, c) for c in nfc(cell)) if isinstance(cell, str) else cell for cell in row] for row in rows
    ]
