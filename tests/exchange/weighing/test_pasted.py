"""A copied list says the same as the sheet it was copied from, whatever its layout and font."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.legacy_text import Encoding
from desktop.domain.text import fold
from desktop.exchange.grid import Raw
from desktop.exchange.weighing.pasted import heads_of, in_letters, names_children, read_pasted
from tests.exchange.weighing.lists import Column, Told, layouts, sheet_of, told


def shown(cell: Raw) -> str:
    """A cell as Excel puts it on the clipboard, its decimals with commas."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


@given(
    st.lists(told(), min_size=3, max_size=8, unique_by=lambda row: row.name),
    layouts(),
    st.sampled_from(Encoding),
    st.sampled_from(([], ["DANH SÁCH CÂN ĐO TRẺ", "Ngày cân đo: 01/06/2024"])),
)
def test_a_copied_list_says_the_same(
    rows: list[Told], columns: list[Column], encoding: Encoding, above: list[str]
) -> None:
    sheet = sheet_of(rows, columns, above=above, encoding=encoding, merged=False)
    lines = [[shown(cell) for cell in row] for row in sheet.rows]
    assert names_children(lines)
    read = read_pasted(lines)
    assert read.has_heads
    for row, one in zip(rows, read.rows, strict=True):
        assert (fold(one.name), one.birth_date, one.sex) == (fold(row.name), row.birth, row.sex)
        assert (one.weight, one.lenhei, one.absent) == (row.weight, row.lenhei, row.absent)


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), min_size=1, max_size=6))
def test_whatever_is_copied_is_read_or_left_and_never_breaks(lines: list[list[str]]) -> None:
    widest = max(map(len, lines))
    even = [[*line, *[""] * (widest - len(line))] for line in lines]
    assert [len(line) for line in in_letters(even)] == [widest] * len(even)
    heads_of(even[0])
    names_children(even)
    read_pasted(even)
