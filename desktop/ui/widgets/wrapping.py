"""Names of columns broken into lines."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics


def wrap(text: str, width: int, metrics: QFontMetrics) -> list[str]:
    """Break a name between words so that it fits a width."""
    lines: list[str] = []
    for word in text.split():
        if lines and metrics.horizontalAdvance(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def balanced(text: str, width: int, metrics: QFontMetrics) -> list[str]:
    """The same number of lines, but about equally long."""
    lines = wrap(text, width, metrics)
    return lines if len(lines) < 2 else wrap(text, min(least_width(text, len(lines), metrics), width), metrics)


def least_width(text: str, most_lines: int, metrics: QFontMetrics) -> int:
    """The narrowest width in which a name takes at most so many lines."""
    parts = text.split()
    width = max((metrics.horizontalAdvance(part) for part in parts), default=0)
    while len(wrap(text, width, metrics)) > most_lines:
        width += 4
    return width
