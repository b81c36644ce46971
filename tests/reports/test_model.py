import pytest

from desktop.reports.model import Annex, Column, Figure, HeadCell, Paragraph, Row, RowKind, Table, figures, plain_text
from tests.reports import make

COLUMNS = (Column(), Column(), Column())


def test_every_figure_of_a_document_is_found_in_reading_order():
    first, cell, note, last = (Figure(name, name) for name in ("first", "cell", "note", "last"))
    table = Table("t", COLUMNS[:1], (), (Row((cell,)),), notes=(Paragraph((note,)),))
    made = make.document((Paragraph(("Là ", first)),), closing=Paragraph((last,)), annexes=(Annex("Bảng", (table,)),))
    assert [each.name for each in figures(made)] == ["first", "last", "cell", "note"]


def test_a_table_refuses_rows_that_do_not_fill_it():
    with pytest.raises(ValueError, match="2 cells in 3 columns"):
        Table("t", COLUMNS, (), (Row(("1", "2")),))
    Table("t", COLUMNS, (), (Row(("I", "Nhóm"), RowKind.GROUP),))


@pytest.mark.parametrize(
    "head",
    [
        ((HeadCell("a"), HeadCell("b")),),
        ((HeadCell("a", columns=4),),),
        ((HeadCell("a", rows=2), HeadCell("b"), HeadCell("c")), (HeadCell("d"),)),
        ((HeadCell("a", rows=2), HeadCell("b"), HeadCell("c")),),
    ],
)
def test_a_head_with_holes_or_overlaps_is_refused(head):
    with pytest.raises(ValueError, match="head"):
        Table("t", COLUMNS, head, ())


def test_words_of_a_paragraph_are_read_with_their_figures():
    assert plain_text(("Tỷ lệ là ", Figure("rate", "26,4%"), ".")) == "Tỷ lệ là 26,4%."
