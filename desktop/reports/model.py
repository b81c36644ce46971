"""One document, before any printer: what is said, in which order, and which number is which figure.

Official documents are always Vietnamese, so text stands here as text. Every printed number of the record is a
`Figure`, so that a reader can be led from the paper back to the cells behind it. Lengths are in millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from desktop.reports.growth_chart import Drawing


class Layout(StrEnum):
    """Whose rules the page follows: `DECREE30` is Decree 30/2020, annex I; `LISTING` a print-out of a screen, with the
    office, its title and the day (`dated`) over it, and without number and signature.
    """

    DECREE30 = "decree30"
    LISTING = "listing"


class Orientation(StrEnum):
    """How the sheet lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Align(StrEnum):
    """Where a column's text stands; figures stand right."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Role(StrEnum):
    """What a paragraph is for; the printer decides how each looks."""

    BODY = "body"
    BASIS = "basis"
    UNIT = "unit"
    SOURCE = "source"


class RowKind(StrEnum):
    """A group row is a bold title across the table; a total row is bold; a sum stands bold over the rows it sums."""

    PLAIN = "plain"
    GROUP = "group"
    TOTAL = "total"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number that can be followed back.

    `name` says which figure it is (`target.stunting_rate.2025.value`), `text` is what is printed, `value` the exact
    number behind it (None where there is none), `version` whatever the caller needs to notice that it has moved.
    `mark` is printed after the text, outside the column of digits. `ground` (RRGGBB) lies behind the cell, in screen
    print-outs alone; `light` sets the text white and bold on it.
    """

    name: str
    text: str
    value: Fraction | None = None
    version: str = ""
    mark: str = ""
    ground: str = ""
    light: bool = False


Span = str | Run | Figure
Cell = str | Figure


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside the text: level 1 "I. TÌNH HÌNH CHUNG", level 2 "1. ...", level 3 "a) ..."."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text with its figures."""

    spans: tuple[Span, ...]
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A place the writer fills in; printed as dotted lines until then."""

    name: str
    lines: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: where its text stands, the least width (mm), its share of the width left over."""

    align: Align = Align.RIGHT
    least: float = 0.0
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of the head, over so many columns and rows."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row; a group row may have fewer, its last cell runs to the right edge."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose head repeats on each page.

    `head` rows fill like HTML (cells skip places taken from above). `numbered` prints (1) (2) ... under the head, or
    what `numbers` says: A B C 1 2 in statistical forms.
    `key_columns` are repeated where the table is too wide and is cut into groups of columns. Text is as large as
    fits between `largest` and `smallest` points.
    """

    name: str
    columns: tuple[Column, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[Row, ...]
    caption: str = ""
    unit: str = ""
    numbered: bool = True
    key_columns: int = 1
    legend: str = ""
    notes: tuple[Paragraph, ...] = ()
    largest: float = 12.0
    smallest: float = 9.0
    numbers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a table whose rows do not fill its columns."""
        width = len(self.columns)
        for row in self.rows:
            if len(row.cells) > width or (row.kind is not RowKind.GROUP and len(row.cells) != width):
                raise ValueError(f"{self.name}: a row of {len(row.cells)} cells in {width} columns")
        if self.head:
            head_places(self)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of so many mm, centred, never cut; its caption stands above it, what explains it below."""

    drawing: Drawing
    caption: str = ""
    legend: str = ""


Block = Heading | Paragraph | ToWrite | Table | Picture | PageBreak


@dataclass(frozen=True, slots=True)
class Annex:
    """A "Phụ lục" behind the document, with page numbers of its own."""

    title: str
    blocks: tuple[Block, ...]
    orientation: Orientation = Orientation.LANDSCAPE


@dataclass(frozen=True, slots=True)
class Agency:
    """Who issues it: "Sở Y tế tỉnh Yên Bái" over "Trung tâm Y tế huyện Mù Cang Chải", in symbols "TTYT"."""

    name: str
    symbol: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines of authority and post ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC") and the signer's name, empty until known."""

    posts: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    `type_symbol` is the abbreviation of the type (BC); `number` and `dated` are None until the clerk gives them, and
    `year` stands in the date line then. `closing` is the last paragraph: it never leaves the signature alone.
    `recipients` are the lines under "Nơi nhận" without dashes and stops. `circulation` is the mark of box 11 ("LƯU HÀNH
    NỘI BỘ"), on every page; the text lies as `orientation` says (landscape where it is a table, Decree 30 annex I).
    `secretary` signs minutes at the left: they have no line of place and date, and "Nơi nhận" stands below that
    signature (Decree 30, annex III, Mẫu 1.9).
    """

    agency: Agency
    place: str
    year: int
    type: str
    type_symbol: str
    subject: str
    addressees: tuple[str, ...]
    blocks: tuple[Block, ...]
    closing: Paragraph
    recipients: tuple[str, ...]
    signature: Signature
    annexes: tuple[Annex, ...] = ()
    number: int | None = None
    dated: date | None = None
    layout: Layout = Layout.DECREE30
    circulation: str = ""
    orientation: Orientation = Orientation.PORTRAIT
    secretary: Signature | None = None

    @property
    def symbol(self) -> str:
        """The symbol after the number: BC-TTYT."""
        return f"{self.type_symbol}-{self.agency.symbol}"


def head_places(table: Table) -> tuple[tuple[int, ...], ...]:
    """For each row and column of the head, the index of the cell that covers it (cells counted in reading order).

    Raises ValueError where cells overlap, leave a hole or reach out of the table.
    """
    width, depth = len(table.columns), len(table.head)
    places = [[-1] * width for _ in range(depth)]
    index = 0
    for at, row in enumerate(table.head):
        column = 0
        for cell in row:
            while column < width and places[at][column] >= 0:
                column += 1
            for down in range(at, at + cell.rows):
                for right in range(column, column + cell.columns):
                    if down >= depth or right >= width or places[down][right] >= 0:
                        raise ValueError(f"{table.name}: the head cell {cell.text!r} does not fit")
                    places[down][right] = index
            index += 1
    if any(place < 0 for row in places for place in row):
        raise ValueError(f"{table.name}: the head leaves a hole")
    return tuple(tuple(row) for row in places)


def figures(document: Document) -> Iterator[Figure]:
    """Every figure of a document, in reading order."""
    parts = (document.blocks, (document.closing,), *(annex.blocks for annex in document.annexes))
    for block in (block for part in parts for block in part):
        if isinstance(block, Paragraph):
            yield from (span for span in block.spans if isinstance(span, Figure))
        elif isinstance(block, Table):
            for row in block.rows:
                yield from (cell for cell in row.cells if isinstance(cell, Figure))
            for note in block.notes:
                yield from (span for span in note.spans if isinstance(span, Figure))


def plain_text(spans: tuple[Span, ...]) -> str:
    """The words of a paragraph as they are read."""
    return "".join(span if isinstance(span, str) else span.text for span in spans)
