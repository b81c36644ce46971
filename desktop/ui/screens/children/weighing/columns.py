"""The columns of a weighing list, and which of them one types into."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from desktop.domain.growth.scores import Index
from desktop.system.i18n import _


class Col(IntEnum):
    """In the order of the screen."""

    NUMBER = 0
    NAME = 1
    SEX = 2
    BIRTH = 3
    MONTHS = 4
    PAST_WEIGHT = 5
    WEIGHT = 6
    PAST_LENHEI = 7
    LENHEI = 8
    POSITION = 9
    MUAC = 10
    OEDEMA = 11
    CARE = 12
    HA = 13
    WA = 14
    WH = 15
    CLASS = 16
    NOTE = 17


PARTICULARS: Final = (Col.NAME, Col.SEX, Col.BIRTH)
FOUND: Final = (Col.WEIGHT, Col.LENHEI, Col.POSITION, Col.MUAC, Col.OEDEMA, Col.NOTE)
"""What a visit finds."""
TYPED: Final = (*PARTICULARS, *FOUND)
FIGURES: Final = (
    Col.MONTHS, Col.PAST_WEIGHT, Col.WEIGHT, Col.PAST_LENHEI, Col.LENHEI, Col.MUAC, Col.HA, Col.WA, Col.WH,
)  # fmt: skip
SCORES: Final = {Col.HA: Index.HA, Col.WA: Index.WA, Col.WH: Index.WH}
ELEMENTS: Final = {
    "weight": Col.WEIGHT,
    "lenhei": Col.LENHEI,
    "position": Col.POSITION,
    "muac": Col.MUAC,
    "oedema": Col.OEDEMA,
    "birth_date": Col.BIRTH,
    "sex": Col.SEX,
    "name": Col.NAME,
}
"""The column a finding speaks of."""
WIDTHS: Final = {
    Col.NUMBER: 28,
    Col.NAME: 95,
    Col.SEX: 37,
    Col.BIRTH: 77,
    Col.MONTHS: 42,
    Col.PAST_WEIGHT: 42,
    Col.WEIGHT: 53,
    Col.PAST_LENHEI: 42,
    Col.LENHEI: 53,
    Col.POSITION: 43,
    Col.MUAC: 34,
    Col.OEDEMA: 26,
    Col.CARE: 34,
    Col.HA: 46,
    Col.WA: 46,
    Col.WH: 46,
    Col.CLASS: 118,
    Col.NOTE: 110,
}
GROUPS: Final = (
    (Col.PAST_WEIGHT, Col.WEIGHT),
    (Col.PAST_LENHEI, Col.POSITION),
    (Col.HA, Col.WH),
)


def group_name(first: Col) -> str:
    """The name over a group of columns."""
    return {
        Col.PAST_WEIGHT: _("Weight"),
        Col.PAST_LENHEI: _("Length, height"),
        Col.HA: _("z-score (WHO 2006)"),
    }[first]


def head(column: Col) -> str:
    """What the head of a column says."""
    return {
        Col.NUMBER: _("No."),
        Col.NAME: _("Full name"),
        Col.SEX: _("Sex"),
        Col.BIRTH: _("Born on"),
        Col.MONTHS: _("Mo."),
        Col.PAST_WEIGHT: _("Last time"),
        Col.WEIGHT: _("Weight, kg"),
        Col.PAST_LENHEI: _("Last time"),
        Col.LENHEI: _("Height, cm"),
        Col.POSITION: _("Pos."),
        Col.MUAC: _("Arm, mm"),
        Col.OEDEMA: _("Oed."),
        Col.CARE: _("Suppl."),
        Col.HA: _("H/A"),
        Col.WA: _("W/A"),
        Col.WH: _("W/H"),
        Col.CLASS: _("Class"),
        Col.NOTE: _("Note"),
    }[column]


def spoken(column: Col) -> str:
    """The whole name of a column."""
    return {
        Col.PAST_WEIGHT: _("Weight last time"),
        Col.PAST_LENHEI: _("Length or height last time"),
        Col.POSITION: _("Position: lying or standing"),
        Col.MUAC: _("Mid-upper arm circumference, mm"),
        Col.OEDEMA: _("Oedema"),
        Col.CARE: _("Supplements given: A vitamin A, S iron, K zinc"),
        Col.HA: _("Height for age"),
        Col.WA: _("Weight for age"),
        Col.WH: _("Weight for height"),
    }.get(column, head(column))
