"""Fluent icons, recoloured and rendered by QtSvg at the screen's ratio."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

from desktop.system.paths import resource
from desktop.ui.style.palette import palette


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=128)
def _icon(name: str, colour: str, greyed: str, size: int, ratio: float) -> QIcon:
    normal = _drawn(name, colour, size, ratio)
    made = QIcon(normal)
    disabled = QPixmap(normal)
    painter = QPainter(disabled)
    # The same shape in another colour: an icon has one, so the picture need not be drawn twice.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(QRectF(0, 0, size, size), QColor(greyed))
    painter.end()
    made.addPixmap(disabled, QIcon.Mode.Disabled)
    return made


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
    return _drawn(name, colour or palette().ink2, size or _own_size(name), _ratio())


def icon(name: str, *, colour: str | None = None, size: int | None = None) -> QIcon:
    """The same for buttons and actions; greyed by the palette when disabled."""
    return _icon(name, colour or palette().ink2, palette().line5, size or _own_size(name), _ratio())


def _own_size(name: str) -> int:
    return int(name.rsplit("_", 2)[1])


def _ratio() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
