"""Children, figures and classes as the window writes them: 14,6 · 97,8 · −2,15 · nằm · nữ."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop.domain.children import Child, Position, Presence, Sex
from desktop.domain.growth.ages import LYING_UNTIL, completed_months
from desktop.domain.growth.scores import Score
from desktop.system.i18n import _, grouped


def kilograms(grams: int | None) -> str:
    """14,6 or 14,65: one decimal at least."""
    if grams is None:
        return ""
    exact = (Decimal(grams) / 1000).normalize()
    return grouped(exact if exact.as_tuple().exponent <= -1 else exact.quantize(Decimal("0.1")))  # type: ignore[operator]


def centimetres(millimetres: int | None) -> str:
    """97,8."""
    return "" if millimetres is None else grouped((Decimal(millimetres) / 10).quantize(Decimal("0.1")))


def whole(amount: int | None) -> str:
    """124."""
    return "" if amount is None else grouped(amount)


def score(found: Score | None) -> str:
    """−2,15."""
    return "" if found is None else grouped(found.z)


def sex(known: Sex | None) -> str:
    """As the lists write it."""
    return "" if known is None else _("boy") if known is Sex.MALE else _("girl")


def position(known: Position | None) -> str:
    """As the lists write it."""
    return "" if known is None else _("lying") if known is Position.LYING else _("standing")


def usual_position(age_days: int | None) -> Position | None:
    """How a child of this age is measured."""
    if age_days is None:
        return None
    return Position.LYING if age_days < LYING_UNTIL else Position.STANDING


def months(child: Child, day: date) -> str:
    """Completed months as people count them; nothing before birth."""
    born_on = child.birth_date
    return "" if born_on is None or born_on > day else str(completed_months(born_on, day))


def presence(what: Presence) -> str:
    """What became of a child."""
    return {
        Presence.MOVED_IN: _("moved in"),
        Presence.TEMPORARY: _("staying for a while"),
        Presence.AWAY: _("away for a while"),
        Presence.MOVED_OUT: _("moved out"),
        Presence.DIED: _("died"),
        Presence.TURNED_FIVE: _("turned five"),
    }[what]


def born(child: Child) -> str:
    """14/03/2020."""
    return "" if child.birth_date is None else child.birth_date.strftime("%d/%m/%Y")
