"""The screen font: Noto Sans from the program's own folder, figures of one width, complete Vietnamese."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from desktop.system.paths import resource

FAMILY: Final = "Noto Sans"
FALLBACK: Final = "Segoe UI"
FILES: Final = ("Regular", "Medium", "SemiBold", "Bold", "Italic")
TEXT: Final = 13
SMALL: Final = 12


def load() -> None:
    """Give Qt the shipped files; an application must exist."""
    for name in FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", f"NotoSans-{name}.ttf")))


@lru_cache(maxsize=32)
def font(pixels: int = TEXT, weight: int = 400, *, italic: bool = False) -> QFont:
    """The screen font in a size (device-independent px) and weight."""
    made = QFont()
    made.setFamilies([FAMILY, FALLBACK])
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    made.setItalic(italic)
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return made
