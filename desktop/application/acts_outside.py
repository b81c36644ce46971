"""Which units outside the record stand in the way of earlier figures on what an act makes, through all acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from db.tables import acts as tables
from db.tables.acts import Figures
from desktop.application.lineages import history_units, known_parts, served_on
from desktop.application.records import Record
from desktop.domain.acts import Act
from desktop.domain.lineage import Lineage
from desktop.domain.periods import Period
from desktop.domain.units import Register


@dataclass(slots=True)
class Outside:
    """The lineage of a record with an act in it, and whose figures the record holds; `after` is the register then."""

    record: Record
    act: Act
    after: Register
    _lineage: Lineage | None = None
    _held: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def lineage(self) -> Lineage:
        """The record's own, and the parts of the act whether they are written already or not; made when needed."""
        if self._lineage is None:
            self._lineage = Lineage.of(known_parts(self.record, self.after, self.act.parts), self.after)
        return self._lineage

    def of_unit(self, new: str, olds: list[str], figures: Sequence[Figures]) -> tuple[list[str], list[Figures]]:
        """The units for want of which figures of earlier periods are not known on a unit the act makes; the figures.

        `olds` are what it is made of, `figures` the figures of all units of the act.
        """
        earlier: dict[str, list[Figures]] = {}
        for one in self._before(new, olds, figures):
            earlier.setdefault(one.period, []).append(one)
        missing: dict[str, None] = {}
        known: list[Figures] = []
        for name, found in earlier.items():
            period = Period.parse(name)
            if period.last >= self.act.date:
                continue
            made_of = self.lineage.composed([new], on=self.act.date, of=period.last).weights
            lost = sorted(made_of.keys() - self._served(period) - {one.unit for one in found})
            missing |= dict.fromkeys(lost)
            known += found if lost else ()
        return list(missing), known

    def _before(self, new: str, olds: list[str], figures: Sequence[Figures]) -> list[Figures]:
        """The figures of all it was ever made of; where nothing was made of anything before, those of the act do."""
        units = self.after.units
        if all(units[old].began is None for old in olds):
            return [one for one in figures if one.unit in olds]
        found: dict[str, None] = {}
        ahead = [new]
        while ahead:
            for part in self.lineage.parts_of(ahead.pop()):
                if part.old not in found:
                    found[part.old] = None
                    ahead.append(part.old)
        return tables.figures(self.record, found)

    def _served(self, period: Period) -> frozenset[str]:
        if period.id not in self._held:
            self._held[period.id] = served_on(self.record, period.last) | history_units(self.record)
        return self._held[period.id]
