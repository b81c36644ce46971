"""Printing statistical forms: a head of three columns, the table, who made it and who answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO, Final

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from desktop.reports.model import Orientation, Table
from desktop.reports.pdf import Pages, fonts
from desktop.reports.pdf.columns import fit
from desktop.reports.pdf.fonts import BOLD, ITALIC, REGULAR, clean, wrap, wrap_evenly
from desktop.reports.pdf.grid import Grid, edges_of, head_of, rows_of
from desktop.reports.pdf.page import Sheets, begin_part, room
from desktop.reports.pdf.printer import PRODUCER, canvas_of_day
from desktop.reports.pdf.text import LEGEND, set_line
from desktop.reports.statistical_form import StatisticalForm, form_table

SMALL: Final = 11.0
TITLE: Final = 13.0
STEP: Final = 1.2
LEFT_WIDE: Final = 48 * mm
RIGHT_WIDE: Final = 48 * mm
GAP: Final = 3 * mm
SIGNING_ROOM: Final = 26 * mm
SPARE: Final = 6.0
FINER: Final = 0.5
DOTS: Final = "." * 12


def print_forms(forms: Sequence[StatisticalForm], out: BinaryIO, *, made: date) -> Pages:
    """Write the forms, each beginning on a page of its own; the same forms and day give the same bytes."""
    fonts.register()
    title = fonts.clean(forms[0].form.name_vi)
    sheets = Sheets(
        out,
        title=title,
        author=fonts.clean(forms[0].receiver),
        subject=title,
        creator=PRODUCER,
        producer=PRODUCER,
        lang="vi-VN",
        invariant=1,
        initialFontName=fonts.REGULAR,
        pageCompression=1,
    )
    story: list[Flowable] = []
    for place, form in enumerate(forms):
        story += begin_part(Orientation.PORTRAIT) if place else []
        story += _form(form)
    sheets.build(story, canvasmaker=lambda *args, **more: canvas_of_day(made, *args, **more))
    return Pages(sum(sheets.parts), sum(sheets.parts), ())


def _form(form: StatisticalForm) -> list[Flowable]:
    """Head, table and foot, on one page where the table can be set small enough for it."""
    wide, high = room(Orientation.PORTRAIT)
    table = form_table(form)
    head, foot = FormHead(form), FormFoot(form.place)
    space = high - head.wrap(wide, high)[1] - foot.wrap(wide, high)[1] - 2 * head.spaceAfter - 2 * SPARE
    grids = _grids(table, wide, high, None)
    size = grids[0].size
    while len(grids) == 1 and grids[0].wrap(wide, high)[1] > space and size > table.smallest:
        size -= FINER
        smaller = _grids(table, wide, high, size)
        if smaller[0].wrap(wide, high)[1] <= space:
            grids = smaller
    return [head, *grids, foot]


def _grids(table: Table, wide: float, high: float, size: float | None) -> list[Grid]:
    measured = fit(table, wide, size)
    return [
        Grid(
            edges=edges_of(group),
            size=measured.size,
            head=head_of(table, group, measured.size),
            rows=rows_of(table, group, measured.size),
            above=(),
            below=(set_line(table.legend, LEGEND),),
            page=high,
        )
        for group in measured.groups
    ]


class FormHead(Flowable):
    """Number and source at the left, title and period in the middle, who reports to whom at the right."""

    def __init__(self, form: StatisticalForm) -> None:
        """Break every text into lines."""
        super().__init__()
        self._form = form
        self.spaceAfter = 6

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """As high as the highest column."""
        form = self._form
        middle = wide - LEFT_WIDE - RIGHT_WIDE - 2 * GAP
        self._left = (
            *_lines(form.mark, BOLD, LEFT_WIDE),
            *_lines(form.source, ITALIC, LEFT_WIDE),
            *_lines(f"Ngày nhận báo cáo: {form.due or DOTS}", REGULAR, LEFT_WIDE),
        )
        self._title = wrap_evenly(clean(form.form.name_vi.upper()), BOLD, TITLE, middle)
        self._period = wrap_evenly(clean(form.period_text), ITALIC, SMALL, middle)
        self._right = (
            *_lines("Đơn vị báo cáo:", REGULAR, RIGHT_WIDE),
            *_lines(form.unit, BOLD, RIGHT_WIDE),
            *_lines("Đơn vị nhận báo cáo:", REGULAR, RIGHT_WIDE),
            *_lines(form.receiver, BOLD, RIGHT_WIDE),
        )
        sides = max(len(self._left), len(self._right)) * SMALL * STEP
        self.width = wide
        self.height = max(sides, len(self._title) * TITLE * STEP + len(self._period) * SMALL * STEP) + 8
        return self.width, self.height

    def draw(self) -> None:
        """The three columns from one height."""
        right = self.width - RIGHT_WIDE
        for left, lines in ((0.0, self._left), (right, self._right)):
            down = self.height
            for font, text in lines:
                down -= SMALL * STEP
                self.canv.setFont(font, SMALL)
                self.canv.drawString(left, down, text)
        middle = (LEFT_WIDE + right) / 2
        down = self.height
        for font, size, texts in ((BOLD, TITLE, self._title), (ITALIC, SMALL, self._period)):
            for text in texts:
                down -= size * STEP
                self.canv.setFont(font, size)
                self.canv.drawCentredString(middle, down, text)


class FormFoot(Flowable):
    """Người lập biểu at the left; place, day and Thủ trưởng đơn vị at the right; never parted."""

    def __init__(self, place: str) -> None:
        """`place` stands before the date."""
        super().__init__()
        self._place = clean(place)

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """Three lines and room to sign."""
        self.width, self.height = wide, 10 + 3 * TITLE * STEP + SIGNING_ROOM
        return self.width, self.height

    def draw(self) -> None:
        """Both columns."""
        left, right = self.width / 4, self.width * 3 / 4
        first = self.height - 10 - TITLE
        day = f"{self._place}, ngày ...... tháng ...... năm ........"
        lines = (
            (right, 0, ITALIC, SMALL, day),
            (left, 1, BOLD, TITLE, "Người lập biểu"),
            (right, 1, BOLD, TITLE, "Thủ trưởng đơn vị"),
            (left, 2, ITALIC, SMALL, "(Ký, ghi rõ họ tên)"),
            (right, 2, ITALIC, SMALL, "(Ký, đóng dấu, ghi rõ họ tên)"),
        )
        for middle, line, font, size, text in lines:
            self.canv.setFont(font, size)
            self.canv.drawCentredString(middle, first - line * TITLE * STEP, text)


def _lines(text: str, font: str, wide: float) -> list[tuple[str, str]]:
    return [(font, line) for line in wrap(clean(text), font, SMALL, wide)] if text else []
