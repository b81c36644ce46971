"""A table of a hundred pages, printed by our printer and by plain reportlab."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

from desktop.reports.model import Align, Column, HeadCell, Table
from desktop.reports.model import Row as TableRow
from desktop.reports.pdf import print_pdf
from desktop.system.paths import resource
from tests.bench.table import Row, seconds
from tests.reports.make import document

LINES = 4200
HEADS = ("STT", "Họ và tên", "Xã", "Ngày", "Chẩn đoán")
WIDTHS = (12.0, 45.0, 35.0, 26.0, 42.0)
CELLS = tuple(
    (str(at + 1), "Nguyễn Thị Hường", "Xã Hợp Thịnh", "04/06/2018", "Sốt xuất huyết Dengue") for at in range(LINES)
)


def measure(_folder: Path) -> list[Row]:
    from statistics import median

    ours, theirs = io.BytesIO(), io.BytesIO()
    ratios, mine, plain = [], [], []
    pages = {"ours": 0, "plain": 0}
    for turn in range(4):
        ours, theirs = io.BytesIO(), io.BytesIO()
        taken = seconds(lambda out=ours: pages.update(ours=print_it(out)))
        given = seconds(lambda out=theirs: pages.update(plain=print_plain(out)))
        if turn:  # the first loads reportlab and the fonts
            mine.append(taken / pages["ours"])
            plain.append(given / pages["plain"])
            ratios.append(mine[-1] / plain[-1])
    note = f"{median(mine) * 1e3:.0f} ms a page ({pages['ours']} pages) against {median(plain) * 1e3:.0f} ms ({pages['plain']})"
    return [Row("100-page table, a page", median(ratios), 1.3, "raw reportlab LongTable", note)]


def print_it(out: io.BytesIO) -> int:
    table = Table(
        "cases",
        tuple(Column(Align.LEFT, least=width) for width in WIDTHS),
        (tuple(HeadCell(text) for text in HEADS),),
        tuple(TableRow(cells) for cells in CELLS),
        largest=10.0,
        smallest=10.0,
    )
    return print_pdf(document([table]), out, made=date(2025, 1, 14)).total


def print_plain(out: io.BytesIO) -> int:
    """What feasibility.md measured: plain strings in a LongTable with a grid."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

    for name, file in (("S", "Regular"), ("SB", "Bold")):
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", f"LiberationSerif-{file}.ttf"))))
    page = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=30 * mm, rightMargin=20 * mm, topMargin=20 * mm, bottomMargin=20 * mm
    )
    table = LongTable([HEADS, *CELLS], colWidths=[width * mm for width in WIDTHS], repeatRows=1)
    style = [("FONT", (0, 0), (-1, -1), "S", 10), ("FONT", (0, 0), (-1, 0), "SB", 10)]
    table.setStyle(TableStyle([*style, ("GRID", (0, 0), (-1, -1), 0.4, colors.black)]))
    page.build([table])
    found = re.findall(rb"/Count (\d+)", out.getvalue())
    return max(int(count) for count in found)
