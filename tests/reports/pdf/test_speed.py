"""A table of a hundred pages against reportlab's plainest one."""

import io
import time

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

from desktop.reports.model import Align, Column, HeadCell, Row, Table
from desktop.reports.pdf import fonts
from tests.reports import make

HEAD = ["STT", "Họ và tên", "Xã", "Ngày", "Chẩn đoán"]
ROWS = [
    [str(at), f"Nguyễn Thị Hường {at}", "Xã Hợp Thịnh", f"{at % 28 + 1:02d}/06/2018", "Sốt xuất huyết Dengue"]
    for at in range(4000)
]


def reportlab_alone():
    made = SimpleDocTemplate(
        io.BytesIO(), pagesize=A4, leftMargin=3 * cm, rightMargin=2 * cm, topMargin=2 * cm, bottomMargin=2 * cm
    )
    table = LongTable([HEAD, *ROWS], colWidths=[1.2 * cm, 4.5 * cm, 3.5 * cm, 2.6 * cm, 4.2 * cm], repeatRows=1)
    style = [("FONT", (0, 0), (-1, -1), fonts.REGULAR, 10), ("FONT", (0, 0), (-1, 0), fonts.BOLD, 10)]
    table.setStyle(TableStyle([*style, ("GRID", (0, 0), (-1, -1), 0.4, colors.black)]))
    made.build([table])
    return made.page


def ours():
    columns = (Column(Align.RIGHT, least=12), *(Column(Align.LEFT, least=20) for _ in range(4)))
    head = (tuple(HeadCell(text) for text in HEAD),)
    return make.printed(make.document((Table("t", columns, head, tuple(Row(tuple(row)) for row in ROWS)),)))[1].total


def seconds(work):
    start = time.process_time()
    pages = work()
    assert pages >= 100
    return time.process_time() - start


@pytest.mark.slow
def test_a_table_of_a_hundred_pages_costs_at_most_a_third_more_than_reportlab_alone():
    fonts.register()
    assert any(seconds(ours) / seconds(reportlab_alone) <= 1.3 for _ in range(3))
