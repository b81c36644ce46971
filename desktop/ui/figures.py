"""Figures as the window writes and takes them: 1.234, 12,5, có, không."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from desktop.domain.rounding import half_up
from desktop.domain.values import SCALE, State, Value
from desktop.system.i18n import _, grouped, language


def figure(value: Value | None) -> str:
    """A cell's text: 1.234, 12,5, the text, có / không; empty where nothing is said."""
    if value is None:
        return ""
    if value.amount is not None:
        whole, part = divmod(value.amount, SCALE)
        return grouped(whole) if not part else grouped((Decimal(value.amount) / SCALE).normalize())
    if value.state is State.YES:
        return _("yes")
    if value.state is State.NO:
        return _("no")
    return value.text or ""


def typed(value: Value | None) -> str:
    """The same as a person would type it, without grouping; for editing and for the clipboard."""
    if value is None or value.amount is None:
        return "-" if value is not None and value.state is State.NOT_APPLICABLE else figure(value)
    return figure(value).replace("." if language() == "vi" else ",", "").replace("\u2212", "-")


def rate(value: Fraction | None, decimals: int = 1) -> str:
    """A rate rounded half up to so many decimals, all of them written."""
    if value is None:
        return ""
    return grouped(half_up(value, decimals))
