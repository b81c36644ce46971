"""Paragraphs and headings: 14 points, justified, first line 10 mm, 6 points between paragraphs, no hyphens."""

from __future__ import annotations

from typing import Final, Literal
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph as PrintedParagraph
from reportlab.platypus.flowables import Flowable

from desktop.reports.model import Figure, Heading, Paragraph, Role, Span, ToWrite
from desktop.reports.pdf.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, clean

BODY_SIZE: Final = 14
BODY_LEADING: Final = 17.5
FIRST_LINE: Final = 10 * mm
BETWEEN: Final = 6
DOT: Final = "."
TORN: Final = "Y tế"
WHOLE: Final = "Y\u00a0tế"


def style(
    name: str,
    font: str,
    size: float,
    alignment: Literal[0, 1, 2, 4],
    leading: float = 0,
    *,
    first: float = 0,
    before: float = BETWEEN,
    after: float = 0,
) -> ParagraphStyle:
    """A paragraph style of our fonts only: what reportlab would default to is never left over."""
    return ParagraphStyle(
        name,
        fontName=font,
        bulletFontName=REGULAR,
        fontSize=size,
        leading=leading or size * 1.25,
        alignment=alignment,
        spaceBefore=before,
        spaceAfter=after,
        firstLineIndent=first,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )


UNIT: Final = style("unit", ITALIC, 12, TA_RIGHT, before=3, after=3)
_ROLES: Final = {
    Role.BODY: style("body", REGULAR, BODY_SIZE, TA_JUSTIFY, BODY_LEADING, first=FIRST_LINE),
    Role.BASIS: style("basis", ITALIC, BODY_SIZE, TA_JUSTIFY, BODY_LEADING, first=FIRST_LINE),
    Role.UNIT: UNIT,
    Role.SOURCE: style("source", ITALIC, 11, TA_LEFT, 13.5, before=3),
}
_HEADINGS: Final = {
    1: style("h1", BOLD, BODY_SIZE, TA_JUSTIFY, BODY_LEADING, first=FIRST_LINE, before=9),
    2: style("h2", BOLD, BODY_SIZE, TA_JUSTIFY, BODY_LEADING, first=FIRST_LINE),
    3: style("h3", BOLD_ITALIC, BODY_SIZE, TA_JUSTIFY, BODY_LEADING, first=FIRST_LINE),
}
CAPTION: Final = style("caption", BOLD, 13, TA_CENTER, 16, before=9, after=4)
LEGEND: Final = style("legend", ITALIC, 11, TA_LEFT, 13.5, before=3)


class Titled(PrintedParagraph):
    """A heading that also stands in the outline of the PDF."""

    def __init__(self, words: str, how: ParagraphStyle, level: int) -> None:
        """Remember the plain words for the outline."""
        super().__init__(escape(words), how)
        self._words, self._level = words, level

    def draw(self) -> None:
        """Draw it and put it into the outline."""
        add_to_outline(self.canv, self._words, self._level, self.height)
        super().draw()


def add_to_outline(canvas: Canvas, words: str, level: int, top: float) -> None:
    """Name this place (so many points above the flowable's foot) in the outline; levels never skip a step."""
    outline = canvas._doc.outline  # type: ignore[attr-defined]  # noqa: SLF001 - reportlab has no public reader
    across, up = canvas.absolutePosition(0, top)
    key = f"p{canvas.getPageNumber()}-{across:.0f}-{up:.0f}"
    canvas.bookmarkHorizontal(key, 0, top)
    canvas.addOutlineEntry(words, key, min(level, outline.currentlevel + 1))


class Dotted(Flowable):
    """Dotted lines a person writes on."""

    def __init__(self, lines: int) -> None:
        """So many lines of body text."""
        super().__init__()
        self._lines = lines
        self.spaceBefore = BETWEEN

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """As wide as the text."""
        self.width, self.height = wide, self._lines * BODY_LEADING
        return self.width, self.height

    def draw(self) -> None:
        """Dots from the first-line indent to the right margin."""
        self.canv.setFont(REGULAR, BODY_SIZE)
        step = self.canv.stringWidth(DOT, REGULAR, BODY_SIZE)
        for line in range(self._lines):
            start = 0 if line else FIRST_LINE
            dots = int((self.width - start) / step)
            self.canv.drawRightString(self.width, self.height - BODY_LEADING * line - BODY_SIZE, DOT * dots)


def set_paragraph(paragraph: Paragraph) -> PrintedParagraph:
    """A paragraph in the style of its role."""
    return PrintedParagraph(markup(paragraph.spans), _ROLES[paragraph.role])


def set_heading(heading: Heading) -> Flowable:
    """A heading; deeper levels than the third look like the third."""
    level = min(max(heading.level, 1), 3)
    return Titled(clean(heading.text), _HEADINGS[level], level - 1)


def set_blank(place: ToWrite) -> Flowable:
    """A place for the writer."""
    return Dotted(place.lines)


def set_line(text: str, how: ParagraphStyle) -> PrintedParagraph:
    """One plain text in a style."""
    return PrintedParagraph(escape(clean(text)), how)


def markup(spans: tuple[Span, ...]) -> str:
    """Spans in reportlab's own little language, escaped and composed."""
    return "".join(_marked(span) for span in spans)


def _marked(span: Span) -> str:
    if isinstance(span, Figure):
        return escape(clean(span.text + span.mark))
    text = escape(clean(span if isinstance(span, str) else span.text)).replace(TORN, WHOLE)
    if isinstance(span, str):
        return text
    text = f"<i>{text}</i>" if span.italic else text
    return f"<b>{text}</b>" if span.bold else text
