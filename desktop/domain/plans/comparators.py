"""The sense of a target, read from the words right before its number: "đạt trên 97%" is more than 97."""

from __future__ import annotations

import re
from decimal import Decimal

from desktop.domain.elements import Direction
from desktop.domain.plans.plan import Comparator
from desktop.domain.text import fold_tones, squeeze

_NUMBER = re.compile(r"\d+(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
# The strictest word wins, so the first line that matches decides (contract/cli.md, plan targets).
_BEFORE = (
    (Comparator.AT_LEAST, r"không (?:thấp|nhỏ|ít) hơn|tối thiểu|ít nhất|không dưới"),
    (Comparator.AT_MOST, r"không (?:quá|vượt quá|cao hơn|lớn hơn|trên)|tối đa|nhiều nhất"),
    (Comparator.BELOW, r"dưới|(?:thấp|nhỏ|ít) hơn"),
    (Comparator.ABOVE, r"trên|hơn|vượt"),
    (Comparator.ABOUT, r"khoảng|xấp xỉ"),
    (Comparator.AT_MOST, r"giảm|còn|xuống"),
)
_QUALIFIERS = frozenset(
    "đạt có là được trên dưới khoảng xấp xỉ tối thiểu đa ít nhất nhiều giảm còn xuống tăng lên tới đến mức ở "
    "không thấp cao lớn nhỏ hơn quá vượt từ".split()
)


def read_comparator(text: str, value: Decimal | None, direction: Direction) -> Comparator:
    """The sense of a number in a text; a bare number is at least where higher is better, else at most.

    "đạt" and "có" say nothing more than a bare number; without a number the sense is `text`.
    """
    if value is None:
        return Comparator.TEXT
    said = fold_tones(squeeze(text)).lower()
    begin, end = _place(said, value)
    before = _qualifiers(said[:begin])
    after = said[end:].lstrip("%‰ ").split(",")[0]
    if re.match(r"(?:\w+ ){0,3}trở lên", after):
        return Comparator.AT_LEAST
    if re.match(r"(?:\w+ ){0,3}trở xuống", after):
        return Comparator.AT_MOST
    for comparator, words in _BEFORE:
        if re.search(rf"\b(?:{words})\b", before):
            return comparator
    return Comparator.AT_MOST if direction is Direction.LOWER else Comparator.AT_LEAST


def _place(said: str, value: Decimal) -> tuple[int, int]:
    """Where the number stands: rather before a percent sign, rather last; the end where it is not printed."""
    places = [
        (match.start(), match.end())
        for match in _NUMBER.finditer(said)
        if Decimal(match.group().replace(".", "").replace(",", ".")) == value
    ]
    marked = [place for place in places if said[place[1] :].lstrip()[:1] in ("%", "‰")]
    if marked or places:
        return (marked or places)[-1]
    return len(said), len(said)


def _qualifiers(before: str) -> str:
    """The words that stand directly before the number and qualify it."""
    words: list[str] = []
    for word in reversed(before.split()):
        if word not in _QUALIFIERS:
            break
        words.insert(0, word)
    return " ".join(words)
