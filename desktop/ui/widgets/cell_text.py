"""Text of cells, laid out once: the same figures stand everywhere."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QStaticText, QTransform

from desktop.ui.style import fonts


def paint_text(
    painter: QPainter,
    room: QRect,
    text: str,
    *,
    pixels: int = fonts.TEXT,
    weight: int = 400,
    italic: bool = False,
    is_text: bool = False,
    is_name: bool = False,
) -> None:
    """A figure at the right of its room, never cut (### where it does not fit); words at the left, elided.

    Of a person's name the given name stands last and stays whole; those before it become initials.
    """
    static, width, height = _laid_out(text, pixels, weight, italic)
    if width > room.width() + 2:
        elide = _name_in_short if is_name else _elided
        shown = elide(text, pixels, weight, italic, room.width()) if is_text or is_name else "###"
        static, width, height = _laid_out(shown, pixels, weight, italic)
    painter.setFont(fonts.font(pixels, weight, italic=italic))
    left = room.left() if is_text or is_name else room.left() + room.width() - width
    painter.drawStaticText(left, room.top() + (room.height() - height) // 2, static)


@lru_cache(maxsize=8192)
def _laid_out(text: str, pixels: int, weight: int, italic: bool) -> tuple[QStaticText, int, int]:
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    made.prepare(QTransform(), fonts.font(pixels, weight, italic=italic))
    size = made.size()
    return made, round(size.width()), round(size.height())


def _elided(text: str, pixels: int, weight: int, italic: bool, room: int) -> str:
    metrics = QFontMetrics(fonts.font(pixels, weight, italic=italic))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))


@lru_cache(maxsize=2048)
def _name_in_short(text: str, pixels: int, weight: int, italic: bool, room: int) -> str:
    """N. Thị Phương Thảo, N.T. Phương Thảo, N.T.P. Thảo: as registers write long names."""
    metrics = QFontMetrics(fonts.font(pixels, weight, italic=italic))
    parts = text.split()
    told = [f"{''.join(f'{part[0]}.' for part in parts[:at])} {' '.join(parts[at:])}" for at in range(1, len(parts))]
    told += [f"{parts[0][0]}… {parts[-1]}"] if len(parts) > 1 else []
    fitting = (one for one in told if metrics.horizontalAdvance(one) <= room)
    return next(fitting, None) or metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
