"""Acts on many forms: what may be done with each and why not, read and written away from the window's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.application import duties
from desktop.application.duties import Act
from desktop.application.records import Record
from desktop.application.stepping import Place
from desktop.system.i18n import render
from desktop.ui.jobs import Step
from desktop.ui.screens.board.model import Spot


@dataclass(frozen=True, slots=True)
class Told:
    """The five acts of each chosen form, in their order."""

    spots: tuple[Spot, ...]
    acts: tuple[tuple[Act, ...], ...]

    def may(self, name: str) -> list[tuple[Spot, Act]]:
        """The forms with which an act may be done now."""
        return [(spot, act) for spot, acts in zip(self.spots, self.acts, strict=True) for act in acts if _is(act, name)]

    def why_not(self, name: str) -> str:
        """Why an act may not be done with some of them and who may: the first reason, and how many it speaks of."""
        reasons: dict[str, int] = {}
        for acts in self.acts:
            for act in acts:
                if act.name == name and not act.allowed:
                    said = " ".join(render(part) for part in (act.why, act.who) if part is not None)
                    reasons[said] = reasons.get(said, 0) + 1
        if not reasons:
            return ""
        said, count = max(reasons.items(), key=lambda pair: pair[1])
        return said if len(self.acts) == 1 else f"{count}: {said}"


def _is(act: Act, name: str) -> bool:
    return act.name == name and act.allowed


def read_acts(record: Record, spots: Sequence[Spot], step: Step) -> Told:
    """Ask for each form which acts may be done; errors are looked for where the last count does not hold."""
    found = []
    for at, spot in enumerate(spots):
        step(at, len(spots))
        head = spot.column
        told = duties.acts(record, unit=spot.commune.code, form=head.form.code, period=head.period, errors=spot.errors)
        found.append(tuple(told))
    return Told(tuple(spots), tuple(found))


def places_of(spots: Sequence[Spot]) -> list[Place]:
    """The forms of some cells."""
    return [Place(spot.commune.code, spot.column.form.code, spot.column.period) for spot in spots]
