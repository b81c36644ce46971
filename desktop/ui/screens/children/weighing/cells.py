"""What is painted in a cell of the weighing list: text, ground, ink and sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtGui import QColor

from desktop.domain.findings import Severity
from desktop.domain.growth.scores import Score
from desktop.ui.screens.children import words
from desktop.ui.screens.children.care.words import letters
from desktop.ui.screens.children.visits import ground, is_severe
from desktop.ui.screens.children.weighing.columns import ELEMENTS, PARTICULARS, SCORES, Col
from desktop.ui.screens.children.weighing.rows import Row
from desktop.ui.style.palette import colour, palette
from desktop.ui.style.signs import Sign

_ELEMENT_OF: Final = {column: element for element, column in ELEMENTS.items()}


@dataclass(frozen=True, slots=True)
class Drawn:
    """Text with its looks; `ground` and `ink` are colours as written, or names of the palette."""

    text: str
    ink: str = "ink"
    ground: str = ""
    weight: int = 400
    italic: bool = False
    sign: Sign | None = None


def hue(name: str) -> QColor:
    """A colour by its name in the palette, or as it is written."""
    return QColor(name) if name.startswith("#") else colour(name)


def draw(row: Row, column: Col, day: date) -> Drawn:
    """A cell of a child's line."""
    if column in SCORES:
        return _score(row.scores.of(SCORES[column]) if row.scores and not row.is_absent else None, row)
    if column is Col.CLASS:
        found = row.standing
        return Drawn(found.word, ink=palette().text(found.tone), sign=found.sign, weight=500)
    if column is Col.CARE:
        return Drawn(letters(row.given), weight=500)
    text = text_of(row, column, day)
    if row.is_absent and Col.WEIGHT <= column <= Col.OEDEMA:
        is_past = column is Col.PAST_LENHEI
        return Drawn(text, ink="ink2" if is_past else "ink3", ground="band", italic=not is_past)
    worst = row.worst_at(_ELEMENT_OF.get(column, ""))
    if worst in (Severity.ERROR, Severity.WARNING) and column in PARTICULARS:
        # A date has no room for a sign beside it, and is never cut; the class bears it.
        is_error = worst is Severity.ERROR
        return Drawn(text, ink="bad" if is_error else "ink", ground="bad_tint" if is_error else "warn_tint")
    if worst is Severity.ERROR:
        return Drawn(text, ink="bad", ground="bad_tint", weight=600, sign=Sign.ERROR)
    if worst is Severity.WARNING:
        return Drawn(text, ground="warn_tint", sign=Sign.WARNING)
    if column in (Col.PAST_WEIGHT, Col.PAST_LENHEI, Col.NUMBER):
        return Drawn(text, ink="ink2")
    if column is Col.POSITION and (row.now is None or row.now.position is None):
        return Drawn(text, ink="ink3", italic=True)
    if not row.expected and column in (Col.NAME, Col.BIRTH):
        return Drawn(text, ink="ink3", italic=column is Col.NAME)
    return Drawn(text)


def text_of(row: Row, column: Col, day: date) -> str:
    """What a cell says; scores and class aside."""
    now, before, child = row.now, row.before, row.child
    if column is Col.NAME:
        return child.name
    if column is Col.SEX:
        return words.sex(child.sex)
    if column is Col.BIRTH:
        return words.born(child)
    if column is Col.MONTHS:
        return words.months(child, now.day if now is not None else day)
    if column is Col.PAST_WEIGHT:
        return words.kilograms(before.weight) if before else "–"
    if column is Col.PAST_LENHEI:
        return words.centimetres(before.lenhei) if before else "–"
    if row.is_absent:
        from desktop.system.i18n import _

        return _("absent") if column is Col.WEIGHT else now.note if now and column is Col.NOTE else ""
    if now is None:
        return ""
    if column is Col.POSITION:
        usual = words.usual_position(child.age_on(now.day)) if now.lenhei is not None else None
        return words.position(now.position or usual)
    return {
        Col.WEIGHT: words.kilograms(now.weight),
        Col.LENHEI: words.centimetres(now.lenhei),
        Col.MUAC: words.whole(now.muac),
        Col.OEDEMA: "P" if now.oedema else "",
        Col.NOTE: now.note,
    }.get(column, "")


def _score(found: Score | None, row: Row) -> Drawn:
    if found is None:
        return Drawn("", ground="band" if row.is_absent else "")
    text = words.score(found)
    if found.flagged:
        return Drawn(text, ink="bad", italic=True)
    return Drawn(text, ground=ground(found), weight=600 if is_severe(found) else 400)
