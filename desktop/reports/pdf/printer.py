"""A document becomes a PDF: blocks become flowables, parts become pages, metadata says whose it is."""

from __future__ import annotations

import calendar
import hashlib
from datetime import UTC, date, datetime
from typing import Any, BinaryIO, Final

from reportlab.platypus import CondPageBreak
from reportlab.platypus import PageBreak as PrintedBreak
from reportlab.platypus import Paragraph as PrintedParagraph
from reportlab.platypus.flowables import Flowable

from desktop.reports.model import (
    Annex,
    Block,
    Document,
    Heading,
    Layout,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    ToWrite,
)
from desktop.reports.pdf import fonts
from desktop.reports.pdf.annex import annex_opening
from desktop.reports.pdf.closing import Closing, SigningBlock, close
from desktop.reports.pdf.columns import STEP, Fit, fit
from desktop.reports.pdf.grid import LEADING, Grid, edges_of, head_of, height_of, rows_of
from desktop.reports.pdf.listing import listing_opening
from desktop.reports.pdf.opening import Opening
from desktop.reports.pdf.page import Sheets, begin_part, room
from desktop.reports.pdf.picture import Pictured
from desktop.reports.pdf.text import (
    BODY_LEADING,
    CAPTION,
    LEGEND,
    UNIT,
    Titled,
    set_blank,
    set_heading,
    set_line,
    set_paragraph,
)

PRODUCER: Final = "Sổ Trạm"
SPLITTABLE_LINES: Final = 4
LAST: Final = 30
"""Points kept below the table of a print-out for its last lines."""


def write(document: Document, out: BinaryIO, *, made: date) -> list[int]:
    """Print it; pages of the text, then of each annex."""
    fonts.register()
    sheets = Sheets(
        out,
        first=document.orientation,
        circulation=fonts.clean(document.circulation),
        title=fonts.clean(f"{document.type} {document.subject}"),
        author=fonts.clean(document.agency.name),
        subject=fonts.clean(document.subject),
        creator=PRODUCER,
        producer=PRODUCER,
        lang="vi-VN",
        invariant=1,
        initialFontName=fonts.REGULAR,
        pageCompression=1,
    )
    sheets.build(_story(document), canvasmaker=lambda *args, **more: canvas_of_day(made, *args, **more))
    return sheets.parts


def canvas_of_day(made: date, *args: Any, **more: Any) -> Any:
    """A canvas whose clock stands at the day the document was made, whatever the environment says."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(*args, **more)
    stamp = canvas._doc._timeStamp  # type: ignore[attr-defined]  # noqa: SLF001 - the only way to give reportlab a date
    canvas._doc.signature = hashlib.md5(made.isoformat().encode(), usedforsecurity=False)  # type: ignore[attr-defined]  # noqa: SLF001
    moment = datetime(made.year, made.month, made.day, tzinfo=UTC)
    stamp.t, stamp.lt, stamp.tzname = calendar.timegm(moment.timetuple()), moment.timetuple(), "UTC"
    stamp.YMDhms, stamp.dhh, stamp.dmm = tuple(moment.timetuple())[:6], 0, 0
    return canvas


def _story(document: Document) -> list[Flowable]:
    wide, high = room(document.orientation)
    if document.layout is Layout.LISTING:
        opening = listing_opening(document)
        held = _set((*document.blocks, document.closing), wide, high, whole=high - height_of(opening, wide) - LAST)
        return [*opening, *_kept_together(held, wide)]
    body = _set(document.blocks, wide, high)
    signing = SigningBlock(document.recipients, document.signature, document.secretary)
    close(body, set_paragraph(document.closing), signing, wide)
    story = [Opening(document), *_kept_together(body, wide)]
    for place, annex in enumerate(document.annexes, 1):
        story += _annex(document, annex, place if len(document.annexes) > 1 else 0)
    return story


def _annex(document: Document, annex: Annex, number: int) -> list[Flowable]:
    wide, high = room(annex.orientation)
    opening = annex_opening(document, annex, number)
    return [
        *begin_part(annex.orientation),
        *opening,
        *_kept_together(_set(annex.blocks, wide, high, whole=high - height_of(opening, wide)), wide),
    ]


def _set(blocks: tuple[Block, ...], wide: float, high: float, *, whole: float = 0.0) -> list[Flowable]:
    """Flowables of blocks; a table is rather set smaller than cut where it then fits into the height `whole`."""
    story: list[Flowable] = []
    for block in blocks:
        match block:
            case Heading():
                story.append(set_heading(block))
            case Paragraph():
                story.append(set_paragraph(block))
            case ToWrite():
                story.append(set_blank(block))
            case Picture():
                story.append(Pictured(block))
            case PageBreak():
                story.append(PrintedBreak())
            case Table():
                story += _set_table(block, wide, high, whole)
    return story


def _set_table(table: Table, wide: float, high: float, whole: float) -> list[Flowable]:
    """One grid, or one for each group of columns; each begins on a page that holds it whole where one can."""
    grids = _grids(table, fit(table, wide), high)
    size = grids[0].size
    hopeful = len(grids) == 1 and len(table.rows) * table.smallest * LEADING < whole
    while hopeful and grids[0].wrap(wide, high)[1] > whole and size > table.smallest:
        size -= STEP
        smaller = _grids(table, fit(table, wide, size), high)
        if smaller[0].wrap(wide, high)[1] <= whole:
            grids = smaller
    story: list[Flowable] = [grids[0]]
    for grid in grids[1:]:
        story += [CondPageBreak(min(grid.wrap(wide, high)[1], high - 1)), grid]
    return story


def _grids(table: Table, measured: Fit, high: float) -> list[Grid]:
    """What is printed of a table at a size: a grid for each group of columns."""
    grids = []
    for place, group in enumerate(measured.groups):
        caption = f"{table.caption} (tiếp theo)" if place and table.caption else table.caption
        above = [set_line(caption, CAPTION)] if caption else []
        above += [set_line(table.unit, UNIT)] if table.unit else []
        below = [set_line(table.legend, LEGEND)] if table.legend else []
        last = place == len(measured.groups) - 1
        below += [set_paragraph(note) for note in table.notes] if last else []
        grids.append(
            Grid(
                edges=edges_of(group),
                size=measured.size,
                head=head_of(table, group, measured.size),
                rows=rows_of(table, group, measured.size),
                above=tuple(above),
                below=tuple(below),
                page=high,
            )
        )
    return grids


def _kept_together(story: list[Flowable], wide: float) -> list[Flowable]:
    """Before headings, a break where the heading would stand without the beginning of what it is the heading of."""
    kept: list[Flowable] = []
    for place, flowable in enumerate(story):
        if isinstance(flowable, Titled) and not (place and isinstance(story[place - 1], Titled)):
            kept.append(CondPageBreak(_start(story[place:], wide)))
        kept.append(flowable)
    return kept


def _start(story: list[Flowable], wide: float) -> float:
    """Height of the headings at the front and of the least beginning of what follows them."""
    need = 0.0
    for flowable in story:
        high = float(flowable.wrap(wide, 10_000)[1])
        need += flowable.getSpaceBefore()
        if isinstance(flowable, Titled):
            need += high
            continue
        if isinstance(flowable, Grid):
            return need + flowable.least()
        if isinstance(flowable, Closing):
            return need + flowable.least(wide)
        splits = isinstance(flowable, PrintedParagraph) and high >= SPLITTABLE_LINES * BODY_LEADING
        return need + (2 * BODY_LEADING if splits else high)
    return need
