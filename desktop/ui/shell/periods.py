"""The periods the menu offers: those of the installed forms' lengths, and every period that holds figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from desktop.domain.periods import Period
from desktop.ui.session import Session

YEARS: Final = 6
_LENGTHS: Final[dict[str, Callable[[int], list[str]]]] = {
    "year": lambda year: [str(year)],
    "half": lambda year: [f"{year}S2", f"{year}S1"],
    "nine_months": lambda year: [f"{year}NineMonths"],
    "quarter": lambda year: [f"{year}Q{part}" for part in (4, 3, 2, 1)],
    "month": lambda year: [f"{year}{month:02d}" for month in range(12, 0, -1)],
}


def offered(session: Session) -> list[Period]:
    """Newest first: the last years in the lengths of the installed forms, nothing that has not begun."""
    from desktop.application.catalogue import catalogue
    from desktop.application.near_periods import held_periods

    today = session.today()
    lengths = list(dict.fromkeys(form.periods for form in catalogue(session.record).forms.values())) or ["year"]
    found = {
        Period.parse(name)
        for length in lengths
        for year in range(today.year - YEARS, today.year + 1)
        for name in _LENGTHS.get(length, _LENGTHS["year"])(year)
    }
    found |= set(held_periods(session.record))
    found = {period for period in found if period.first <= today} | {session.period}
    return sorted(found, key=lambda period: (period.last, period.first), reverse=True)
