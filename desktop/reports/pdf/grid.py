"""A ruled table: repeated head, unbroken rows, numbers right with their marks outside the digits.

Drawn by itself and not by reportlab's LongTable: rows are plain strings broken into lines once, a page is one text
object and one path, so a table of a hundred pages costs no more than reportlab's plainest one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Paragraph as PrintedParagraph
from reportlab.platypus.flowables import Flowable

from desktop.reports.model import Align, Figure, RowKind, Table, head_places
from desktop.reports.pdf.columns import PAD, Group, mark_width, shown
from desktop.reports.pdf.fonts import BOLD, ITALIC, REGULAR, clean, width, wrap, wrap_evenly

LEADING: Final = 1.18
ABOVE: Final = 2.4
RULE: Final = 0.5
LEAST_ROWS: Final = 2
SHORT: Final = 5
"""So many rows are read at one glance: they are not parted."""
DROP: Final = 0.86
BLACK: Final = HexColor(0)
WHITE: Final = HexColor(0xFFFFFF)


@dataclass(frozen=True, slots=True)
class Text:
    """Lines at a place: left edge and width of their cell, in points from the table's left edge."""

    lines: tuple[str, ...]
    left: float
    wide: float
    align: Align
    font: str
    mark: str = ""
    inset: float = 0.0
    ground: str = ""
    light: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A printed row: its texts, its height, where it is ruled down (None: at every column)."""

    texts: tuple[Text, ...]
    high: float
    kind: RowKind


@dataclass(frozen=True, slots=True)
class Head:
    """The head: texts with the top of their cell, rules as (x1, y1, x2, y2) downwards, and its height."""

    texts: tuple[tuple[Text, float, float], ...]
    rules: tuple[tuple[float, float, float, float], ...]
    high: float


class Grid(Flowable):
    """Some rows of a table on one page, with what stands above the first and below the last of them."""

    def __init__(
        self,
        *,
        edges: tuple[float, ...],
        size: float,
        head: Head,
        rows: tuple[Line, ...],
        above: tuple[PrintedParagraph, ...],
        below: tuple[PrintedParagraph, ...],
        page: float,
        begins: bool = True,
    ) -> None:
        """Rows of one group of columns; `edges` are the column edges, `page` the height of an empty page."""
        super().__init__()
        self._edges, self.size, self._head, self._rows = edges, size, head, rows
        self._above, self._below, self._page, self._begins = above, below, page, begins
        self.spaceBefore = self.spaceAfter = 6

    def wrap(self, _wide: float, _high: float) -> tuple[float, float]:
        """As high as everything in it."""
        self.width = self._edges[-1]
        lead, tail = height_of(self._above, self.width), height_of(self._below, self.width)
        self.height = lead + self._head.high + sum(row.high for row in self._rows) + tail
        return self.width, self.height

    def least(self) -> float:
        """The least height with which it can begin on a page."""
        rows = sum(row.high for row in self._rows[: self._fewest()])
        return height_of(self._above, self._edges[-1]) + self._head.high + rows

    def _fewest(self) -> int:
        """How many rows it begins with at least: all of a short table, else two that are no titles."""
        if self._begins and len(self._rows) <= SHORT:
            return len(self._rows)
        plain = [at for at, row in enumerate(self._rows, 1) if row.kind is RowKind.PLAIN]
        return plain[LEAST_ROWS - 1] if len(plain) >= LEAST_ROWS else len(self._rows)

    def split(self, _wide: float, high: float) -> list[Flowable]:
        """Cut between rows; a row is cut only where it is higher than a whole page."""
        space = high - height_of(self._above, self._edges[-1]) - self._head.high
        cut = self._cut(space)
        rows: tuple[Line, ...] = self._rows
        if cut < self._fewest():
            if self._begins and high > self._page / 2 and sum(row.high for row in rows) <= space:
                return [self._part(rows, first=True, last=False), *self._below]
            if high < self._page - 1:
                return []
        if cut == 0:
            rows = (*_torn(rows[0], space, self.size), *rows[1:])
            cut = 1
        return [self._part(rows[:cut], first=True, last=False), self._part(rows[cut:], first=False, last=True)]

    def _cut(self, space: float) -> int:
        """How many rows stay on this page: never a title last, never only totals or one row on the next."""
        cut, used = 0, 0.0
        for row in self._rows:
            if used + row.high > space + 0.01:
                break
            used += row.high
            cut += 1
        if cut == len(self._rows):
            cut = max(0, cut - LEAST_ROWS)
        elif cut > 1 and cut == len(self._rows) - 1:
            cut -= 1
        best = cut
        while best and self._rows[best - 1].kind in (RowKind.GROUP, RowKind.SUM):
            best -= 1
        while best and all(row.kind is RowKind.TOTAL for row in self._rows[best:]):
            best -= 1
        return best or cut

    def _part(self, rows: tuple[Line, ...], *, first: bool, last: bool) -> Grid:
        return Grid(
            edges=self._edges,
            size=self.size,
            head=self._head,
            rows=rows,
            above=self._above if first else (),
            below=self._below if last else (),
            page=self._page,
            begins=first,
        )

    def draw(self) -> None:
        """What stands above, head, rows, rules, what stands below."""
        top = self.height - _draw_stack(self.canv, self._above, self.width, self.height)
        self.canv.setLineWidth(RULE)
        self.canv.setLineCap(2)
        pen = _Pen(self.canv.beginText(), self.size)
        for text, down, high in self._head.texts:
            pen.write(text, top - down, high)
        rules = [(left, top - up, right, top - down) for left, up, right, down in self._head.rules]
        foot = top - self._head.high
        self._grounds(foot)
        for row in self._rows:
            for text in row.texts:
                pen.write(text, foot, row.high)
            foot -= row.high
            rules.append((0, foot, self.width, foot))
        rules.extend(self._uprights(top - self._head.high))
        self.canv.drawText(pen.paper)
        self.canv.lines(rules)
        _draw_stack(self.canv, self._below, self.width, foot)

    def _grounds(self, top: float) -> None:
        """What lies behind cells that have a colour."""
        if not any(text.ground for row in self._rows for text in row.texts):
            return
        for row in self._rows:
            for text in row.texts:
                if text.ground:
                    self.canv.setFillColor(HexColor(int(text.ground, 16)))
                    self.canv.rect(text.left, top - row.high, text.wide, row.high, stroke=0, fill=1)
            top -= row.high
        self.canv.setFillColor(BLACK)

    def _uprights(self, top: float) -> Iterator[tuple[float, float, float, float]]:
        """Column rules, broken where a group row runs across."""
        foot, start = top, top
        inner = self._edges[1:-1]
        for row in self._rows:
            if row.kind is RowKind.GROUP:
                yield from ((edge, start, edge, foot) for edge in inner if start > foot)
                cells = [text.left for text in row.texts[1:]]
                yield from ((edge, foot, edge, foot - row.high) for edge in inner if edge in cells)
                start = foot - row.high
            foot -= row.high
        yield from ((edge, start, edge, foot) for edge in inner if start > foot)
        yield from ((edge, top, edge, foot) for edge in (self._edges[0], self._edges[-1]))


class _Pen:
    """Writes cells into one text object, changing the font only where it changes."""

    def __init__(self, paper: PDFTextObject, size: float) -> None:
        self.paper, self._size, self._font = paper, size, ""
        self._light = False

    def write(self, text: Text, top: float, high: float) -> None:
        if text.font != self._font:
            self._font = text.font
            self.paper.setFont(text.font, self._size)
        if text.light is not self._light:
            self._light = text.light
            self.paper.setFillColor(WHITE if text.light else BLACK)
        step = self._size * LEADING
        down = top - (high - len(text.lines) * step) / 2 - self._size * DROP - (step - self._size) / 2
        for place, line in enumerate(text.lines):
            last = place == len(text.lines) - 1
            if line:
                self.paper.setTextOrigin(self._left(text, line), down)
                self.paper.textOut(line + text.mark if last else line)
            down -= step

    def _left(self, text: Text, line: str) -> float:
        if text.align is Align.LEFT:
            return text.left + PAD
        long = width(line, text.font, self._size)
        if text.align is Align.CENTRE:
            return text.left + (text.wide - long) / 2
        return text.left + text.wide - PAD - text.inset - long


def rows_of(table: Table, group: Group, size: float) -> tuple[Line, ...]:
    """The body rows of a group of columns, broken into lines."""
    edges = edges_of(group)
    marks = [mark_width(table, column, size) for column in group.columns]
    step = size * LEADING
    made = []
    for row in table.rows:
        font = REGULAR if row.kind is RowKind.PLAIN else BOLD
        texts = []
        for at, column in enumerate(group.columns):
            if row.kind is RowKind.GROUP and column >= len(row.cells):
                break
            cell = row.cells[column]
            runs_on = row.kind is RowKind.GROUP and column == len(row.cells) - 1
            wide = edges[-1] - edges[at] if runs_on else group.widths[at]
            align = Align.LEFT if runs_on else table.columns[column].align
            inset = marks[at] if align is Align.RIGHT else 0.0
            broken = wrap_evenly if align is Align.CENTRE else wrap
            lines = broken(clean(shown(cell)), font, size, wide - 2 * PAD - inset + 0.01)
            mark = cell.mark if isinstance(cell, Figure) else ""
            shade = (cell.ground, cell.light) if isinstance(cell, Figure) else ("", False)
            texts.append(Text(lines, edges[at], wide, align, BOLD if shade[1] else font, mark, inset, *shade))
        tallest = max(len(text.lines) for text in texts)
        made.append(Line(tuple(texts), tallest * step + 2 * ABOVE, row.kind))
    return tuple(made)


def edges_of(group: Group) -> tuple[float, ...]:
    """Column edges from the left, in points."""
    edges = [0.0]
    for wide in group.widths:
        edges.append(edges[-1] + wide)
    return tuple(edges)


def head_of(table: Table, group: Group, size: float) -> Head:
    """The head over a group of columns: cells cut to the group, rows as high as their text, column numbers below."""
    if not table.head:
        return Head((), ((0.0, 0.0, edges_of(group)[-1], 0.0),), 0.0)
    edges = edges_of(group)
    cells = [cell for row in table.head for cell in row]
    boxes = _boxes(head_places(table), group.columns)
    lines = {
        box: wrap_evenly(clean(cells[place].text), BOLD, size, edges[right] - edges[left] - 2 * PAD + 0.01)
        for box, place in boxes.items()
        for left, right in [(box[1], box[3])]
    }
    tops = _row_tops({box: len(text) for box, text in lines.items()}, len(table.head), size)
    texts = [
        (Text(text, edges[left], edges[right] - edges[left], Align.CENTRE, BOLD), tops[up], tops[down] - tops[up])
        for (up, left, down, right), text in lines.items()
    ]
    rules = [
        rule
        for up, left, down, right in boxes  # right and lower rules are the next cells' left and upper ones
        for rule in (
            (edges[left], tops[up], edges[right], tops[up]),
            (edges[left], tops[up], edges[left], tops[down]),
        )
    ]
    high = tops[-1]
    rules += [(0.0, high, edges[-1], high), (edges[-1], 0.0, edges[-1], high)]
    if table.numbered:
        deep = size * LEADING + ABOVE
        for at, column in enumerate(group.columns):
            told = table.numbers[column] if table.numbers else f"({column + 1})"
            number = Text((told,), edges[at], group.widths[at], Align.CENTRE, ITALIC)
            texts.append((number, high, deep))
        rules += [(edge, high, edge, high + deep) for edge in edges]
        high += deep
        rules.append((0.0, high, edges[-1], high))
    return Head(tuple(texts), tuple(rules), high)


def _boxes(places: tuple[tuple[int, ...], ...], columns: tuple[int, ...]) -> dict[tuple[int, int, int, int], int]:
    """(top, left, bottom, right) of each head cell in a group of columns; a cell whose columns part becomes two."""
    boxes: dict[tuple[int, int, int, int], int] = {}
    for up, row in enumerate(places):
        left = 0
        while left < len(columns):
            place = row[columns[left]]
            right = left + 1
            while right < len(columns) and row[columns[right]] == place:
                right += 1
            if up == 0 or places[up - 1][columns[left]] != place:
                down = up + 1
                while down < len(places) and places[down][columns[left]] == place:
                    down += 1
                boxes[up, left, down, right] = place
            left = right
    return boxes


def _row_tops(lines: dict[tuple[int, int, int, int], int], depth: int, size: float) -> tuple[float, ...]:
    """Top of each head row and the foot of the last: cells over one row first, taller ones stretch their last row."""
    high = [0.0] * depth
    for (up, _, down, _), count in sorted(lines.items(), key=lambda each: each[0][2] - each[0][0]):
        need = count * size * LEADING + 2 * ABOVE - sum(high[up:down])
        if need > 0:
            high[down - 1] += need
    tops = [0.0]
    for each in high:
        tops.append(tops[-1] + each)
    return tuple(tops)


def _torn(row: Line, space: float, size: float) -> tuple[Line, Line]:
    """A row higher than a page in two: as many lines as fit, and the rest."""
    step = size * LEADING
    count = max(1, int((space - 2 * ABOVE) // step))
    halves = []
    for lines in (slice(None, count), slice(count, None)):
        texts = tuple(replace(text, lines=text.lines[lines] or ("",)) for text in row.texts)
        tallest = max(len(text.lines) for text in texts)
        halves.append(Line(texts, tallest * step + 2 * ABOVE, row.kind))
    return halves[0], halves[1]


def height_of(paragraphs: Sequence[Flowable], wide: float) -> float:
    """Height of paragraphs under each other, with the space between them."""
    return sum(each.wrap(wide, 10_000)[1] + each.getSpaceBefore() + each.getSpaceAfter() for each in paragraphs)


def _draw_stack(canvas: Canvas, paragraphs: tuple[PrintedParagraph, ...], wide: float, top: float) -> float:
    down = top
    for each in paragraphs:
        high = each.wrap(wide, 10_000)[1]
        down -= each.getSpaceBefore() + high
        each.drawOn(canvas, 0, down)
        down -= each.getSpaceAfter()
    return top - down
