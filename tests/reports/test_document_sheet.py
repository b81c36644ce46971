"""The report as a workbook: every figure of the paper is a number there, and every table is whole."""

from __future__ import annotations

import io
from datetime import date

import openpyxl

from desktop.reports.document_sheet import document_workbook
from desktop.reports.model import Figure, Table
from desktop.reports.targets_report import targets_report
from tests.reports.make import sample

MADE = date(2025, 1, 14)


def sheets(document):
    book = openpyxl.load_workbook(io.BytesIO(document_workbook(document, made=MADE)))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_every_table_has_its_sheet_with_all_rows_and_figures_as_numbers():
    document = targets_report(sample())
    held = sheets(document)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    tables += [block for annex in document.annexes for block in annex.blocks if isinstance(block, Table)]
    assert len(held) == 1 + len(tables)
    for table, rows in zip(tables, list(held.values())[1:], strict=True):
        assert len(rows) >= len(table.head) + len(table.rows)
        wanted = [
            float(cell.value)
            for row in table.rows
            for cell in row.cells
            if isinstance(cell, Figure) and cell.value is not None and cell.text[-1:].isdigit()
        ]
        numbers = [cell for row in rows for cell in row if isinstance(cell, int | float)]
        assert len(numbers) >= len(wanted)
        assert all(any(abs(number - one) < 1e-9 for number in numbers) for one in wanted)


def test_the_text_stands_on_the_first_sheet_and_the_bytes_are_the_same_again():
    document = targets_report(sample())
    first = [row[0] for row in next(iter(sheets(document).values()))]
    assert document.type.upper() in first
    assert document.signature.posts[0] in first
    assert document_workbook(document, made=MADE) == document_workbook(document, made=MADE)
