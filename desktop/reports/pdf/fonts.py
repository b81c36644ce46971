"""The document font: Liberation Serif, of the same widths as Times New Roman, registered once and embedded."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from threading import Lock
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from desktop.errors import AppError
from desktop.system.paths import resource
from desktop.wording import say

REGULAR: Final = "SoTramSerif"
BOLD: Final = "SoTramSerif-Bold"
ITALIC: Final = "SoTramSerif-Italic"
BOLD_ITALIC: Final = "SoTramSerif-BoldItalic"

_FILES: Final = {
    REGULAR: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    ITALIC: "LiberationSerif-Italic.ttf",
    BOLD_ITALIC: "LiberationSerif-BoldItalic.ttf",
}
_lock: Final = Lock()


def register() -> None:
    """Make the four styles known to reportlab; later calls do nothing."""
    with _lock:
        if BOLD_ITALIC in pdfmetrics.getRegisteredFontNames():
            return
        for name, file in _FILES.items():
            path = resource("fonts", file)
            try:
                pdfmetrics.registerFont(TTFont(name, str(path)))
            except (OSError, TTFError) as fault:
                raise AppError(
                    "font_missing",
                    say("The document font {file} cannot be read.", file=file),
                    say("Install the program again; a file of it is missing or damaged."),
                ) from fault
        pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)


def clean(text: str) -> str:
    """Text as reportlab can draw it: composed letters (it cannot combine marks), no control characters."""
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() or letter in "\n\u00a0" else " " for letter in text)
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=20_000)
def width(text: str, font: str, size: float) -> float:
    """Width of drawn text in points."""
    return float(pdfmetrics.getFont(font).stringWidth(text, size))


def wrap(text: str, font: str, size: float, room: float) -> tuple[str, ...]:
    """Lines of at most `room` points, broken at spaces; a word wider than that is cut."""
    if "\n" not in text and width(text, font, size) <= room:
        return (text,)
    lines: list[str] = []
    for part in text.split("\n"):
        lines.extend(_wrapped(part.split(" "), font, size, room))
    return tuple(lines)


def _wrapped(words: list[str], font: str, size: float, room: float) -> list[str]:
    lines, line = [], ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if width(longer, font, size) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, font, size, room)
        lines.extend(full)
    return [*lines, line]


def _cut(word: str, font: str, size: float, room: float) -> list[str]:
    if width(word, font, size) <= room:
        return [word]
    pieces, piece = [], ""
    for letter in word:
        if piece and width(piece + letter, font, size) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def wrap_evenly(text: str, font: str, size: float, room: float, before: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The fewest lines, as even as they can be; rather broken before one of the words `before` (HUYỆN, TỈNH)."""
    if "\n" not in text and width(text, font, size) <= room:
        return (text,)
    words = text.split()
    fewest = len(wrap(text, font, size, room))
    if fewest == 1 or any(width(word, font, size) > room for word in words):
        return wrap(" ".join(words), font, size, room)
    best = _even(tuple(words), fewest, font, size, room, before)
    return tuple(best[1])


def _even(
    words: tuple[str, ...], lines: int, font: str, size: float, room: float, before: tuple[str, ...]
) -> tuple[float, list[str]]:
    """Least cost of setting words in so many lines: the unused widths squared, less where the break is a good one."""
    costs: dict[tuple[int, int], tuple[float, list[str]]] = {}

    def cost(start: int, left: int) -> tuple[float, list[str]]:
        if (start, left) in costs:
            return costs[start, left]
        found: tuple[float, list[str]] = (float("inf"), [])
        ends = range(len(words), len(words) + 1) if left == 1 else range(start + 1, len(words) - left + 2)
        for end in ends:
            line = " ".join(words[start:end])
            unused = room - width(line, font, size)
            if unused < 0:
                continue
            rest = cost(end, left - 1) if left > 1 else (0.0, [])
            rest_words = " ".join(words[end:])
            good = left > 1 and any(rest_words.startswith(start_word) for start_word in before)
            here = (unused / room) ** 2 + rest[0] - (0.25 if good else 0.0)
            if here < found[0]:
                found = (here, [line, *rest[1]])
        costs[start, left] = found
        return found

    return cost(0, lines)
