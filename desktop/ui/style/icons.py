"""Fluent icons, recoloured and rendered by QtSvg at the screen's ratio."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap

from desktop.system.paths import resource
from desktop.ui.style.palette import palette


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=128)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(_source(name).replace("<svg ", f'<svg fill="{colour}" ', 1).encode()))
    made = QPixmap(QSize(size, size) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return made


def pixmap(name: str, *, colour: str | None = None, size: int | None = None) -> QPixmap:
    """An icon by its file's name (`search_20_regular`) in a colour (ink 2 unless told) and its own size."""
    application = QGuiApplication.instance()
    ratio = application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
    return _drawn(name, colour or palette().ink2, size or int(name.rsplit("_", 2)[1]), ratio)


def icon(name: str, *, colour: str | None = None, size: int | None = None) -> QIcon:
    """The same for buttons and actions; greyed by the palette when disabled."""
    made = QIcon(pixmap(name, colour=colour, size=size))
    made.addPixmap(pixmap(name, colour=palette().line5, size=size), QIcon.Mode.Disabled)
    return made
