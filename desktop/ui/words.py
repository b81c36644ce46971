"""Days, periods and names as the window writes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.domain.periods import Period
from desktop.system.i18n import _, language, render
from desktop.wording import Label

if TYPE_CHECKING:
    from desktop.domain.elements import Element


def day(on: date) -> str:
    """14/01/2025."""
    return on.strftime("%d/%m/%Y")


def moment(at: datetime) -> str:
    """14:32:07."""
    return at.strftime("%H:%M:%S")


def period_name(period: Period) -> str:
    """The period with a capital: Năm 2024."""
    return capital(render(period.sentence()))


def capital(text: str) -> str:
    """The first letter large."""
    return text[:1].upper() + text[1:]


def named(vi: str, en: str) -> str:
    """A catalogue name in the language in use."""
    return vi if language() == "vi" else str(Label(vi, en))


def unit_name(name: str) -> str:
    """A commune as the tables write it: "Thị trấn" shortened to TT."""
    return "TT " + name.removeprefix("Thị trấn ") if name.startswith("Thị trấn ") else name


def short(element: Element) -> str:
    """The name of an element over a narrow column, in the language in use."""
    return named(element.short.vi, element.short.en)


def supplier(key: str) -> str:
    """Who supplies an element: the catalogue's name, or the station."""
    return _("station") if key == "station" else key
