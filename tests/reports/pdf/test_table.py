"""Tables: ruled, their head repeated, rows whole, wide ones cut into groups of columns, nothing outside the margins."""

import re
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.reports.model import Align, Annex, Column, Figure, HeadCell, Heading, Paragraph, Role, Row, RowKind, Table
from desktop.reports.pdf import fonts
from desktop.reports.pdf.columns import fit
from desktop.reports.pdf.grid import Grid, Head, Line
from tests.reports import make
from tests.reports.measure import sheets

LEGEND = "0: không có; x: không áp dụng; …: chưa báo cáo."


def table(rows=5, columns=4, *, name="Xã Chế Cu Nha", head="Số trẻ em được cân đo", **changes):
    settings = {
        "name": "t",
        "columns": (
            Column(Align.CENTRE, least=9, share=0),
            Column(Align.LEFT, least=24, share=0),
            *(Column() for _ in range(columns)),
        ),
        "head": ((HeadCell("TT"), HeadCell("Xã"), *(HeadCell(f"{head} {at}") for at in range(columns))),),
        "rows": (
            *tuple(
                Row(
                    (
                        str(row + 1),
                        f"{name} {row}",
                        *(Figure("f", f"{1000 + row + at:,}".replace(",", ".")) for at in range(columns)),
                    )
                )
                for row in range(rows)
            ),
            Row(("", "Tổng cộng", *(("9.999",) * columns)), RowKind.TOTAL),
        ),
        "legend": LEGEND,
        "key_columns": 2,
    }
    return Table(**{**settings, **changes})


def annex_pages(made):
    data, pages = make.printed(make.document(annexes=(Annex("Số liệu theo xã", (made,)),)))
    return sheets(data)[pages.text :]


@pytest.mark.parametrize(("rows", "columns"), [*product((1, 2, 14, 40), (1, 8, 20, 60)), (600, 8), (150, 60)])
def test_every_page_of_an_annex_stays_inside_its_margins_and_repeats_its_head(rows, columns):
    pages = annex_pages(table(rows, columns))
    for page in pages:
        left, top, right, bottom = page.extent()
        assert left >= 29.7
        assert top >= 19.5
        assert right <= 282.3
        assert bottom <= 190.3
        assert any(line.text == "TT" and line.font == "LiberationSerif-Bold" for line in page.lines)
        assert "(1)" in page.text
        assert "(2)" in page.text
        assert min(line.size for line in page.lines) >= 9


@pytest.mark.parametrize("rows", [1, 40])
def test_a_wide_table_shows_every_column_once_with_the_communes_beside_it(rows):
    pages = annex_pages(table(rows, 60))
    text = "\n".join(page.text for page in pages)
    for number in range(3, 63):
        assert text.count(f"({number})") == 1 if rows == 1 else f"({number})" in text
    for page in pages:
        assert "Chế Cu Nha" in page.text


def test_groups_of_columns_are_about_equally_wide():
    fonts.register()
    found = fit(table(14, 60), 252 * 72 / 25.4)
    sizes = [len(group.columns) - 2 for group in found.groups]
    assert sum(sizes) == 60
    assert max(sizes) - min(sizes) <= 2
    assert all(sum(group.widths) == pytest.approx(252 * 72 / 25.4) for group in found.groups)
    assert found.size >= 9


@settings(max_examples=25)
@given(st.integers(1, 90), st.integers(0, 3), st.booleans())
def test_totals_and_legend_never_stand_alone_on_a_page(rows, notes, groups):
    body = tuple(
        Row((str(at), "Nhóm"), RowKind.GROUP) if groups and at % 7 == 0 else Row((str(at), f"Dòng {at}", "1", "2"))
        for at in range(1, rows + 1)
    )
    made = table(
        columns=2,
        rows=0,
        notes=tuple(Paragraph(("Nguồn số liệu: xã báo cáo.",), Role.SOURCE) for _ in range(notes)),
    )
    pages = annex_pages(replace(made, rows=(*body, Row(("", "Tổng cộng", "1", "2"), RowKind.TOTAL))))
    for page in pages:
        assert re.search(r"Dòng \d|Nhóm", page.text)
        last = [line.text for line in page.lines if line.size <= 12][-1:]
        assert last != ["Nhóm"]
    whole = [row for page in pages for row in re.findall(r"Dòng \d+", page.text)]
    assert len(whole) == sum(row.kind is RowKind.PLAIN for row in body)
    assert len(set(whole)) == len(whole)


@pytest.mark.parametrize("rows", range(1, 6))
def test_a_short_table_goes_whole_to_the_next_page(rows):
    one = Line((), 10.0, RowKind.PLAIN)
    grid = Grid(edges=(0.0, 100.0), size=9, head=Head((), (), 10.0), rows=(one,) * rows, above=(), below=(), page=500.0)
    assert grid.least() == 10 + 10 * rows
    for high in range(10 + 10 * rows):
        assert grid.split(100, high) == []


@pytest.mark.parametrize("rows", range(6, 11))
def test_one_row_never_stands_alone_on_the_next_page(rows):
    one = Line((), 10.0, RowKind.PLAIN)
    for high in range(30, 10 + 10 * rows):
        grid = Grid(
            edges=(0.0, 100.0), size=9, head=Head((), (), 10.0), rows=(one,) * rows, above=(), below=(), page=500.0
        )
        parts = grid.split(100, high)
        tall = [part.wrap(100, 500)[1] for part in parts]
        assert min(tall) >= 30
        assert sum(tall) == 20 + 10 * rows
        assert tall[0] <= high


def test_numbers_stand_right_and_their_marks_outside_the_digits():
    rows = (
        Row(("1", "Xã A", Figure("a", "288", mark="*"), "1.234")),
        Row(("2", "Xã B", Figure("b", "95"), "77")),
    )
    page = annex_pages(replace(table(columns=2), rows=rows))[0]
    marked, plain = page.find("288*"), page.find("95")
    one, other = page.find("1.234"), page.find("77")
    assert one.right == pytest.approx(other.right, abs=0.1)
    assert 0.5 < marked.right - plain.right < 3


def test_long_names_wrap_and_a_row_higher_than_a_page_is_cut():
    tall = annex_pages(
        replace(table(columns=2), rows=(Row(("1", "Xã " + "rất dài " * 2000, "1", "2")), Row(("2", "Xã B", "1", "2"))))
    )
    assert len(tall) > 1
    for page in tall:
        assert page.extent()[3] <= 190.3
    assert sum(page.text.count("rất") for page in tall) == 2000


def test_a_small_table_is_set_smaller_rather_than_cut_at_its_last_rows():
    assert len(annex_pages(table(18, 8, head="Số trẻ em dưới 5 tuổi được cân đo trong kỳ báo cáo"))) == 1


def test_heads_over_several_columns_are_cut_with_their_columns():
    columns = 40
    made = table(3, columns)
    head = (
        (
            HeadCell("TT", rows=2),
            HeadCell("Xã", rows=2),
            HeadCell("Nhóm một", columns=20),
            HeadCell("Nhóm hai", columns=20),
        ),
        tuple(HeadCell(f"Số trẻ em được cân đo {at}") for at in range(columns)),
    )
    pages = annex_pages(replace(made, head=head))
    assert len(pages) > 1
    assert all("Nhóm" in page.text for page in pages)
    assert "Nhóm một" in pages[0].text
    assert "Nhóm hai" in pages[-1].text


def test_a_table_without_head_or_rows_prints():
    made = Table("t", (Column(Align.LEFT), Column()), (), (Row(("Xã A", "1")),), numbered=False)
    assert "Xã A" in annex_pages(made)[0].text
    empty = Table("t", (Column(Align.LEFT), Column()), ((HeadCell("Xã"), HeadCell("Số")),), ())
    assert "Xã" in annex_pages(empty)[0].text


def test_a_heading_stays_with_the_first_rows_of_its_table():
    for lines in range(18, 44):
        blocks = (
            *(Paragraph((f"Dòng {at}.",)) for at in range(lines)),
            Heading(2, "1. Bảng số liệu"),
            table(12, 3, caption="Bảng 1. Số liệu theo xã", unit="Đơn vị tính: trẻ"),
        )
        pages = sheets(make.printed(make.document(blocks))[0])
        for page in pages:
            if "1. Bảng số liệu" in page.text:
                assert "Xã Chế Cu Nha 1" in page.text, lines
            assert page.extent()[3] <= 277.3


def test_a_legend_that_does_not_fit_takes_rows_along():
    notes = tuple(Paragraph((f"Ghi chú {at}.",), Role.SOURCE) for at in range(20))
    for rows in (1, 2, 3, 12, 13, 14, 15):
        pages = annex_pages(replace(table(rows, 3), notes=notes, smallest=12))
        text = "\n".join(page.text for page in pages)
        assert text.count("Ghi chú") == 20
        assert all(page.text.count("(1)") == 1 for page in pages if "Chế Cu Nha" in page.text)
        assert "Chế Cu Nha" in pages[0].text


def test_a_number_wider_than_its_column_is_cut_and_nothing_is_lost():
    digits = "9" * 300
    made = Table("t", (Column(Align.LEFT), Column()), ((HeadCell("Xã"), HeadCell("Số")),), (Row(("Xã A", digits)),))
    page = annex_pages(made)[0]
    assert page.text.count("9") == 300
    assert page.extent()[2] <= 282.3
