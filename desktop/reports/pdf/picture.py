"""A drawing between paragraphs, with its caption above and its legend below, never parted from them."""

from __future__ import annotations

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from desktop.reports.model import Picture
from desktop.reports.pdf.grid import height_of
from desktop.reports.pdf.growth_chart import paint
from desktop.reports.pdf.text import CAPTION, LEGEND, set_line

PAGE: Final = 225 * mm
"""What a drawing may take of a portrait page, so that its words still fit."""


class Pictured(Flowable):
    """A drawing with its words as one piece; smaller where it is wider than the page."""

    def __init__(self, picture: Picture) -> None:
        """Set the words around it."""
        super().__init__()
        self._drawing = picture.drawing
        self._above = (set_line(picture.caption, CAPTION),) if picture.caption else ()
        self._below = (set_line(picture.legend, LEGEND),) if picture.legend else ()
        self.spaceBefore = self.spaceAfter = 6

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """As high as drawing and words; a drawing higher than the page is made smaller too."""
        self._lead, self._tail = height_of(self._above, wide), height_of(self._below, wide)
        own_wide, own_high = self._drawing.width * mm, self._drawing.height * mm
        self._scale = min(1.0, wide / own_wide, PAGE / own_high)
        self.width, self.height = wide, self._lead + own_high * self._scale + self._tail
        return self.width, self.height

    def draw(self) -> None:
        """Caption, drawing, legend."""
        for each in self._above:
            each.wrap(self.width, 10_000)
            each.drawOn(self.canv, 0, self.height - self._lead + each.getSpaceAfter())
        for each in self._below:
            each.wrap(self.width, 10_000)
            each.drawOn(self.canv, 0, 0)
        self.canv.saveState()
        self.canv.translate((self.width - self._drawing.width * mm * self._scale) / 2, self._tail)
        self.canv.scale(self._scale, self._scale)
        paint(self.canv, self._drawing)
        self.canv.restoreState()
