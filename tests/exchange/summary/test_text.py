"""Summaries typed in old fonts, or with letters that came apart."""

from __future__ import annotations

import pytest

from desktop.domain.findings import Severity
from desktop.domain.legacy_text import TCVN3, VNI, Encoding
from tests.exchange.books import csv_text, ods, xls, xlsx
from tests.exchange.summary.making import (
    NAMES,
    coded,
    expected_of,
    read_one,
    rules_of,
    table_of,
    values_of,
)


@pytest.mark.parametrize("write", [xlsx, xls, ods, lambda rows: csv_text(rows).encode("latin-1")])
@pytest.mark.parametrize(("encoding", "table"), [(Encoding.TCVN3, TCVN3), (Encoding.VNI, VNI)])
def test_sheets_typed_in_old_fonts_are_read(write: object, encoding: Encoding, table: dict[str, str]) -> None:
    codes = list(NAMES)
    reading = read_one(write(coded(table_of(codes), table)))  # type: ignore[operator]
    assert reading.encoding is encoding
    assert values_of(reading) == expected_of(codes)
    assert "import.encoding" in rules_of(reading)
    assert rules_of(reading, Severity.WARNING) == []


def test_good_vietnamese_inside_an_old_sheet_stays() -> None:
    rows = coded(table_of(), TCVN3)
    rows[3] = [2, "Xã Hồ Bốn", *rows[3][2:-1], "không"]
    rows[4][1] = "Xã Nậm Có"
    values = values_of(read_one(xlsx(rows)))
    assert values["04459"]["ncd_managed"] is False
    assert values["04462"] == expected_of()["04462"]


def test_letters_that_came_apart_are_put_together() -> None:
    rows = [[_apart(cell) if isinstance(cell, str) else cell for cell in row] for row in table_of()]
    reading = read_one(xlsx(rows))
    assert values_of(reading) == expected_of()
    assert rules_of(reading) == ["import.repaired"]


def _apart(text: str) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


def test_the_encoding_may_be_given() -> None:
    reading = read_one(xlsx(coded(table_of(), VNI)), encoding=Encoding.VNI)
    assert values_of(reading) == expected_of()
