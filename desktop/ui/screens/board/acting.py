"""Acts on many forms: what may be done with each and why not, read and written away from the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.application import commune_form, duties, submissions
from desktop.application.changes import NOTHING, Changes
from desktop.application.duties import Act
from desktop.application.records import Record
from desktop.errors import AppError
from desktop.system.i18n import render
from desktop.ui import words
from desktop.ui.jobs import Step
from desktop.ui.screens.board.model import Spot

RECEIVED = "received"


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


@dataclass(slots=True)
class Outcome:
    """How many forms took an act, and which refused it with what words."""

    done: int = 0
    refused: list[str] = field(default_factory=list)
    changes: Changes = NOTHING


def take(record: Record, spots: Sequence[Spot], deed: Callable[[Record, Spot], Changes], step: Step) -> Outcome:
    """Do a deed with each form; each is a change of its own, and one that is refused does not stop the others."""
    outcome = Outcome()
    for at, spot in enumerate(spots):
        step(at, len(spots))
        try:
            changes = deed(record, spot)
        except AppError as fault:
            outcome.refused.append(f"{words.unit_name(spot.commune.name)}: {render(fault.title)}")
        else:
            outcome.done += 1
            outcome.changes = outcome.changes | changes
    return outcome


def deed_of(name: str, *, reason: str, by: str | None, received_on: date | None) -> Callable[[Record, Spot], Changes]:
    """What an act does with one form."""

    def do(record: Record, spot: Spot) -> Changes:
        unit, form, period = spot.commune.code, spot.column.form.code, spot.column.period
        if name == RECEIVED:
            return commune_form.receive(record, unit=unit, form=form, period=period, received_on=received_on)
        if name == "complete":
            day = spot.cell.received_on or received_on
            return submissions.complete(
                record, unit=unit, form=form, period=period, reason=reason or None, received_on=day
            )
        if name == "check":
            return submissions.check(record, unit=unit, form=form, period=period)
        if name == "return":
            return submissions.give_back(record, unit=unit, form=form, period=period, reason=reason, by=by)
        if name == "lock":
            return submissions.lock(record, unit=unit, form=form, period=period)
        return submissions.reopen(record, unit=unit, form=form, period=period, reason=reason)

    return do
