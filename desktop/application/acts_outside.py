"""Which units outside the record stand in the way of earlier figures on what an act makes, through all acts."""

from __future__ import annotations

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
    """The lineage with an act in it, and the figures of the record it is looked at with."""

    record: Record
    act: Act
    lineage: Lineage
    _held: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, record: Record, act: Act, after: Register) -> Outside:
        """The record's own lineage, and the parts of the act whether they are written already or not."""
        return cls(record, act, Lineage.of(known_parts(record, after, act.parts), after))

    def of_unit(self, new: str) -> tuple[list[str], list[Figures]]:
        """The units for want of which figures of earlier periods are not known on a unit the act makes; the figures."""
        earlier: dict[str, list[Figures]] = {}
        for one in tables.figures(self.record, self._before(new)):
            earlier.setdefault(one.period, []).append(one)
        missing: dict[str, None] = {}
        known: list[Figures] = []
        for name, figures in earlier.items():
            period = Period.parse(name)
            if period.last >= self.act.date:
                continue
            made_of = self.lineage.composed([new], on=self.act.date, of=period.last).weights
            lost = sorted(made_of.keys() - self._served(period) - {one.unit for one in figures})
            missing |= dict.fromkeys(lost)
            known += figures if lost else ()
        return list(missing), known

    def _before(self, new: str) -> list[str]:
        found: dict[str, None] = {}
        ahead = [new]
        while ahead:
            for part in self.lineage.parts_of(ahead.pop()):
                if part.old not in found:
                    found[part.old] = None
                    ahead.append(part.old)
        return list(found)

    def _served(self, period: Period) -> frozenset[str]:
        if period.id not in self._held:
            self._held[period.id] = served_on(self.record, period.last) | history_units(self.record)
        return self._held[period.id]
