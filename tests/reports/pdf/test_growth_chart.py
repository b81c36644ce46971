"""The chart on paper: lines and words, no picture; every curve named, every mark within its sheet."""

from io import BytesIO

import pypdfium2
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas

from desktop.reports.growth_chart import LEVELS, PAPER, Axes, Visit, draw, window
from desktop.reports.pdf.growth_chart import PrintedChart, paint

PIECES = [{level: [(month, 50 + month + level * 7) for month in range(61)] for level in LEVELS}]
VISITS = [Visit(12, 60), Visit(18, 20, trusted=False), Visit(24, 72)]


def drawing():
    shown = window(PIECES, VISITS, span=36, step=6)
    axes = Axes("tháng tuổi", "cm", 6)
    return draw(PIECES, VISITS, shown=shown, size=(90, 70), axes=axes, style=PAPER, label="72 cm · z \u22120,67")


def page():
    out = BytesIO()
    canvas = Canvas(out, pagesize=(300, 240))
    paint(canvas, drawing(), left=20, bottom=20)
    canvas.save()
    return pypdfium2.PdfDocument(out.getvalue())[0]


def test_the_chart_is_drawn_as_vectors_with_its_words():
    made = page()
    kinds = {part.type for part in made.get_objects()}
    assert raw.FPDF_PAGEOBJ_PATH in kinds
    assert raw.FPDF_PAGEOBJ_IMAGE not in kinds
    text = made.get_textpage().get_text_range()
    for word in ("tháng tuổi", "cm", "72 cm · z \u22120,67", "+3", "\u22122", "\u22123"):
        assert word in text


def test_nothing_leaves_the_sheet():
    wide, high = 90 * 72 / 25.4, 70 * 72 / 25.4
    for part in page().get_objects():
        left, bottom, right, top = part.get_bounds()
        assert left >= 20 - 1
        assert bottom >= 20 - 1
        assert right <= 20 + wide + 1
        assert top <= 20 + high + 1


def test_between_paragraphs_it_is_as_large_as_it_was_described():
    made = PrintedChart(drawing())
    assert [round(side * 25.4 / 72) for side in made.wrap(1000, 1000)] == [90, 70]
