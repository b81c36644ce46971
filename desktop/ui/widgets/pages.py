"""The real PDF on the screen: its own pages, rendered by pdfium at the screen's ratio, only those that are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from desktop.system.i18n import _
from desktop.ui.style.palette import colour

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

POINT: Final = 96 / 72
"""Device-independent px of a point at 100 %."""
GAP: Final = 12
KEPT: Final = 12
ZOOMS: Final = (50, 75, 100, 125, 150, 200, 300)


class PdfPages:
    """An opened PDF: sizes in points, pages as pictures."""

    def __init__(self, data: bytes) -> None:
        from pypdfium2 import PdfDocument

        self.data = data
        self._document: PdfDocument = PdfDocument(data)
        self.sizes = [self._document.get_page_size(at) for at in range(len(self._document))]

    def __len__(self) -> int:
        return len(self.sizes)

    def image(self, page: int, scale: float) -> QImage:
        """One page; `scale` is px a point."""
        rendered = self._document[page].render(scale=scale)
        held = bytes(rendered.buffer)
        kind = QImage.Format.Format_BGR888 if rendered.n_channels == 3 else QImage.Format.Format_RGB32
        return QImage(held, rendered.width, rendered.height, rendered.stride, kind).copy()

    def close(self) -> None:
        """Let go of the document."""
        self._document.close()


class PagesView(QAbstractScrollArea):
    """Pages below each other on a grey ground, with zoom."""

    page_changed = Signal(int)
    zoom_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Preview of the document"))
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pages: PdfPages | None = None
        self.zoom = 0
        self._images: dict[tuple[int, int], QImage] = {}
        self._page = 0
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    def show_pages(self, pages: PdfPages | None) -> None:
        """Show another document; the place in it stays, because the same report is made again and again."""
        if self.pages is not None:
            self.pages.close()
        self.pages = pages
        self._images.clear()
        self._lay_out()
        self._scrolled()

    def set_zoom(self, percent: int) -> None:
        """Percent of the paper's size; 0 fits the width."""
        held = self._page
        self.zoom = percent
        self._images.clear()
        self._lay_out()
        self.go(held)

    def go(self, page: int) -> None:
        """Bring a page to the top."""
        if self.pages is not None and 0 <= page < len(self.pages):
            self.verticalScrollBar().setValue(self._tops()[page] - GAP)

    @property
    def page(self) -> int:
        """The page that fills most of the view, from 0."""
        return self._page

    def _scale(self, page: int) -> float:
        if self.pages is None:
            return POINT
        if self.zoom:
            return POINT * self.zoom / 100
        return max(0.2, (self.viewport().width() - 2 * GAP) / float(self.pages.sizes[page][0]))

    def _rect(self, page: int, top: int) -> QRect:
        assert self.pages is not None  # noqa: S101 - only asked for while a document is shown
        scale = self._scale(page)
        width, height = (round(part * scale) for part in self.pages.sizes[page])
        left = max(GAP, (self.viewport().width() - width) // 2)
        return QRect(left - self.horizontalScrollBar().value(), top - self.verticalScrollBar().value(), width, height)

    def _tops(self) -> list[int]:
        tops, at = [], GAP
        for page, (_width, height) in enumerate(self.pages.sizes if self.pages else ()):
            tops.append(at)
            at += round(height * self._scale(page)) + GAP
        return [*tops, at]

    def _lay_out(self) -> None:
        tall = self._tops()[-1]
        sizes = self.pages.sizes if self.pages else ()
        wide = max((round(size[0] * self._scale(page)) for page, size in enumerate(sizes)), default=0) + 2 * GAP
        size: QSize = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, tall - size.height()))
        self.verticalScrollBar().setPageStep(size.height())
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setRange(0, max(0, wide - size.width()))
        self.horizontalScrollBar().setPageStep(size.width())
        self.viewport().update()

    def _scrolled(self) -> None:
        self.viewport().update()
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        tops = self._tops()
        self._page = next((at for at in reversed(range(len(tops) - 1)) if tops[at] <= middle), 0)
        self.page_changed.emit(self._page)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pages that are seen."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("hatch"))
        if self.pages is None:
            return
        for page, top in enumerate(self._tops()[:-1]):
            place = self._rect(page, top)
            if place.intersects(self.viewport().rect()):
                painter.drawImage(place, self._image(page))
                painter.setPen(QPen(colour("line5"), 1))
                painter.drawRect(place.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _image(self, page: int) -> QImage:
        assert self.pages is not None  # noqa: S101 - only asked for while a document is shown
        ratio = self.devicePixelRatioF()
        scale = self._scale(page) * ratio
        key = (page, round(scale * 1000))
        if key not in self._images:
            if len(self._images) >= KEPT:
                self._images.pop(next(iter(self._images)))
            self._images[key] = self.pages.image(page, scale)
        return self._images[key]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another scale."""
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down go by pages, Home and End to the ends."""
        bar = self.verticalScrollBar()
        last = len(self.pages) - 1 if self.pages else 0
        steps = {
            Qt.Key.Key_PageDown: self._page + 1,
            Qt.Key.Key_PageUp: self._page - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.go(min(max(steps[key], 0), last))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            bar.setValue(bar.value() + (40 if key == Qt.Key.Key_Down else -40))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)
