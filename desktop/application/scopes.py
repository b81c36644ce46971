"""Whose figures an indicator is computed from, on which boundaries: one office, or one commune, through all periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from desktop.application import catalogue
from desktop.application.boundaries import Boundaries, OnGround, Rate
from desktop.application.figures import figures
from desktop.application.lineages import meant_on, served_on
from desktop.application.offices import Commune, office_of
from desktop.application.part_year_rates import part_of_year, several_years
from desktop.application.records import Record
from desktop.domain.elements import Indicator
from desktop.domain.lineage import Reason
from desktop.domain.part_years import PartYear, measured_in
from desktop.domain.period_parts import is_whole_years
from desktop.domain.periods import Period
from desktop.domain.plans.status import pooled
from desktop.domain.values import NotComputable, Ratio

MEETING_CRITERIA: Final = "communes_meeting_criteria"


@dataclass(frozen=True, slots=True)
class Scope:
    """The communes below a unit on the boundaries of a day, and the level they make.

    Every period is computed on these same boundaries, so that a series runs through the acts of units. `view` divides
    by the year's chosen denominators, `stored` says what the forms say.
    """

    record: Record
    level: str
    communes: tuple[Commune, ...]
    view: Boundaries
    stored: Boundaries

    @classmethod
    def of(cls, record: Record, unit: str | None, period: Period, day: date | None = None) -> Scope:
        """The scope of a unit code (None: the whole office) valid on a day: the period's last unless said."""
        on = day or period.last
        meant = meant_on(record, unit=unit, day=on, beside=period.last)
        office = office_of(record, on=on)
        level = office.level if office and meant.is_sum else "commune"
        whole = frozenset(commune.uid for commune in meant.communes) if meant.is_whole else None
        view, stored = Boundaries(record, on, chosen=True, whole=whole), Boundaries(record, on, whole=whole)
        return cls(record, level, tuple(meant.communes), view, stored)

    @property
    def uids(self) -> list[str]:
        """The communes' uids."""
        return [commune.uid for commune in self.communes]

    @property
    def sources(self) -> set[str]:
        """Where the chosen denominators that were used come from."""
        return self.view.sources

    def one(self, place: int) -> Scope:
        """One commune of this scope, by its place, with the figures already read."""
        return Scope(self.record, "commune", (self.communes[place],), self.view, self.stored)

    def compute(self, indicator: Indicator, period: Period) -> Ratio | NotComputable:
        """The indicator in a period: typed on the office, computed from communes, over pooled years at an office."""
        return self.rate(indicator, period).value

    def rate(self, indicator: Indicator, period: Period) -> Rate:
        """The same with the mark of estimates and the units that are missing."""
        if indicator.typed:
            return Rate(self._recognised(indicator, period) or self._typed(indicator, period))
        way = measured_in(indicator, catalogue.catalogue(self.record).elements, period)
        if way is not PartYear.OWN:
            return part_of_year(self.view, indicator, self.uids, period, way)
        if is_whole_years(period) and not period.is_year:
            return several_years(self.view, indicator, self.uids, period)
        if not self.pools(indicator, period):
            return self.view.indicator(indicator, self.uids, period)
        years = [period.shifted(-back) for back in reversed(range(indicator.pooled_years))]
        rates = [self.view.indicator(indicator, self.uids, year) for year in years]
        estimated = any(rate.estimated for rate in rates if isinstance(rate.value, Ratio))
        return Rate(pooled(rate.value for rate in rates), estimated, rates[-1].missing)

    def figure(self, element: str, period: Period) -> OnGround:
        """One element summed over the scope, with the year's chosen denominators."""
        return self.view.figure(catalogue.catalogue(self.record).elements[element], self.uids, period)

    def pools(self, indicator: Indicator, period: Period) -> bool:
        """Whether the figure is made of several years: only of an office, only for whole years."""
        return indicator.pooled_years > 1 and self.level in ("district", "area") and period.is_year

    def _recognised(self, indicator: Indicator, period: Period) -> Ratio | NotComputable | None:
        """Communes meeting the criteria are those with a valid decision; None while none is known, and of a commune."""
        if indicator.code != MEETING_CRITERIA or self.level == "commune":
            return None
        from desktop.application import criteria_recognitions as recognitions  # not needed to start the window

        if not recognitions.is_known(self.record):
            return None
        known = self.view.lineage
        if not self.uids or not all(known.stands(uid, period.last) for uid in self.uids):
            return NotComputable(Reason.NOT_SUMMED, 0, 0)
        told = recognitions.decisions(self.record, on=period.last)
        counted = sum(any(one.valid for one in told.get(uid, ())) for uid in self.uids)
        return Ratio(Fraction(counted), Fraction(len(self.uids)), 100, len(self.uids), len(self.uids))

    def _typed(self, indicator: Indicator, period: Period) -> Ratio | NotComputable:
        """A figure typed on a unit belongs to its territory: on any other boundaries it says nothing."""
        ground = self.view.ground(self.uids, period)
        if self.level == "commune":
            uids, is_same = [uid for uid, _ in ground.parts], ground.is_itself
        else:
            office = office_of(self.record, on=period.last)
            served = served_on(self.record, period.last)
            whole = {uid for uid, weight in ground.parts if weight.is_whole}
            uids = [office.unit_uid] if office and office.unit_uid else []
            is_same = ground.reason is None and whole == served and len(ground.parts) == len(served)
        held = figures(self.record, period=period, uids=uids)
        known = [held[uid][indicator.code].value.number for uid in uids if indicator.code in held.get(uid, {})]
        if not known or known[0] is None:
            return NotComputable("no_data", 0, 0)
        return Ratio(known[0], Fraction(1), 1, 1, 1) if is_same else NotComputable(Reason.NOT_SUMMED, 0, 0)

    def series(self, indicator: Indicator, first: int, last: int) -> dict[int, Fraction]:
        """The indicator in each whole year that has a figure, for the start of the way to a target."""
        found = {}
        for year in range(first, last + 1):
            computed = self.compute(indicator, Period.of_year(year))
            if isinstance(computed, Ratio):
                found[year] = computed.value
        return found
