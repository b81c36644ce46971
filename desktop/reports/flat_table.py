"""Tables with one row of heads: what stands over a column and how the column lies is said in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from desktop.reports.model import Align, Column, HeadCell, Paragraph, Row, Table

Head = tuple[str, Align, float, float]
"""A column: its words, where its text stands, its least width (mm), its share of the width left over."""
NUMBER: Final[Head] = ("TT", Align.CENTRE, 8.0, 0.0)


def flat_table(
    name: str,
    heads: Sequence[Head],
    rows: Iterable[Row],
    *,
    largest: float = 11.0,
    smallest: float = 9.0,
    legend: str = "",
    notes: tuple[Paragraph, ...] = (),
) -> Table:
    """A table under `heads`; its first two columns are repeated where it is cut. Sizes of text are points."""
    return Table(
        name,
        tuple(Column(align, least, share) for _, align, least, share in heads),
        (tuple(HeadCell(text) for text, *_ in heads),),
        tuple(rows),
        key_columns=2,
        largest=largest,
        smallest=smallest,
        legend=legend,
        notes=notes,
    )
