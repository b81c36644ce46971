"""Names of communes that are no more: lists made after a reform still bear them, and mean what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from db.tables import units
from desktop.application import successors
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.domain.units import UnitKind

if TYPE_CHECKING:
    from desktop.exchange.unit_names import UnitNames


@dataclass(frozen=True, slots=True)
class Former:
    """A commune that ended: its name, its last day, and the communes of the office that hold its territory now."""

    name: str
    ended: date
    into: tuple[Commune, ...]
    elsewhere: bool

    @property
    def heir(self) -> Commune | None:
        """The one commune that it is a part of; None where it was divided, or went out of the office."""
        return self.into[0] if len(self.into) == 1 and not self.elsewhere else None


@dataclass(frozen=True, slots=True)
class FormerNames:
    """Communes that ended before a day and live on in those of the office."""

    names: UnitNames
    known: dict[str, Former]

    @classmethod
    def of(cls, record: Record, communes: Sequence[Commune], day: date) -> FormerNames:
        """All whose territory lies at least partly in some communes on a day, by acts and by the shipped map."""
        from desktop.exchange.unit_names import KnownUnit, UnitNames

        register, ours = units.register(record), {commune.uid: commune for commune in communes}
        known = {}
        for uid, into in successors.heirs(record, on=day).items():
            unit = register.units[uid]
            held = tuple(ours[one] for one in into if one in ours)
            if unit.kind is UnitKind.COMMUNE and unit.ended is not None and unit.ended < day and held:
                known[uid] = Former(unit.versions[-1].name, unit.ended, held, len(held) < len(into))
        return cls(UnitNames(KnownUnit(uid, one.name) for uid, one in known.items()), known)

    def named(self, texts: Iterable[str]) -> Former | None:
        """The one that some texts name for sure."""
        from desktop.exchange.weighing.places import commune_named

        found = commune_named(texts, self.names)
        if found is None or found.unit is None or found.sureness.value == "doubtful":
            return None
        return self.known[found.unit.code]
