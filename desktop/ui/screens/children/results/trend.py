"""The past as lines: a form's rates with their intervals, beside the ways plans want stunting to go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Final

from desktop.application.nutrition_path import PlanPath
from desktop.domain.growth.levels import Form
from desktop.domain.nutrition import Cases
from desktop.domain.periods import Period
from desktop.reports.growth_chart import Drawing
from desktop.reports.trend_chart import TrendPoint, Way, draw_trend
from desktop.system.i18n import _, language
from desktop.ui import figures
from desktop.ui.screens.children.results.reading import Read
from desktop.ui.screens.children.results.tables import form_name
from desktop.ui.widgets.growth_chart import Make

SHOWN: Final = 2
"""Ways that are drawn, the nearest targets first."""


def trend_chart(found: Read, form: Form, *, by_session: bool) -> tuple[Make, str]:
    """The chart, and in words what it shows."""
    days = _rounds(found, form) if by_session else _periods(found, form)
    points = [one for day, cases in days for one in _point(day, cases)]
    ways = [_way(one) for one in found.ways[:SHOWN] if one.steps] if form is Form.STUNTING else []
    told = _("{form}, % with its 95% interval").format(form=form_name(form))
    if ways:
        told += "; " + _("dashed: the way to the plan's target")
    spoken = [told, *(f"{one.day:%d/%m/%Y}: {one.words}%" for one in points), *(one.words for one in ways)]
    return partial(_drawn, points, ways), "\n".join(spoken)


def _periods(found: Read, form: Form) -> Iterator[tuple[date, Cases]]:
    for one in found.trend:
        yield Period.parse(one.period).last, one.tally.of(form)


def _rounds(found: Read, form: Form) -> Iterator[tuple[date, Cases]]:
    for one in found.rounds:
        yield one.last, one.tally.of(form)


def _point(day: date, cases: Cases) -> Iterator[TrendPoint]:
    rate, limits = cases.rate, cases.limits
    if rate is not None and limits is not None:
        yield TrendPoint(day, float(rate), float(limits.lower), float(limits.upper), figures.rate(rate))


def _way(path: PlanPath) -> Way:
    _day, wanted = path.steps[-1]
    told = f"{path.plan.symbol}: {figures.rate(wanted)}"
    return Way(tuple((on, float(asked)) for on, asked in path.steps), told)


def _drawn(points: Sequence[TrendPoint], ways: Sequence[Way], wide: float, high: float) -> Drawing:
    across = _("End of the year; dashed: the way to the plan's target") if ways else _("End of the year")
    return draw_trend(points, ways, size=(wide, high), across=across, decimal="," if language() == "vi" else ".")
