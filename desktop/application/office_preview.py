"""What a change of the office would change and what it leaves, for a person to read before it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from db.tables import offices, units
from desktop.application.letterheads import Letterhead
from desktop.application.office_changing import DAY, Plan, planned
from desktop.application.offices import Commune, OfficeView, by_code
from desktop.application.records import Record
from desktop.application.seats import KIND_OF
from desktop.application.successors import holders_of, province_after
from desktop.domain.office_change import OfficeChange
from desktop.domain.units import UnitKind, spoken_code
from desktop.wording import Sentence, say

_OF_DISTRICT: Final = re.compile(r"\b(huyện|quận|thị xã|thành phố)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One setting before and after; equal where it stays."""

    what: Sentence
    before: str
    after: str

    @property
    def stays(self) -> bool:
        """Whether it is the same on both sides."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a change from a day: the plan of the usual, and the seats it may have, likely ones first."""

    plan: Plan
    name: str
    seats: tuple[Commune, ...]


def usual_level(level: str) -> str:
    """What an office of a level becomes through the reform."""
    return "area" if level == "district" else level


def proposal(record: Record, *, valid_from: date, level: str, seat: str | None, communes: tuple[str, ...]) -> Proposal:
    """The usual settings of an office of a level from a day; `seat` is the code of the unit chosen (None: likely)."""
    seats = likely_seats(record, level=level, on=valid_from)
    chosen = seat or (seats[0].code if seats else None)
    listed = communes if level in ("area", "district") else ()
    told = OfficeChange(level, chosen, communes=listed or None)
    plan = planned(record, valid_from=valid_from, change=told)
    name = plan.after.name if plan.after is not None else plan.before.name
    return Proposal(plan, area_name(name) if level == "area" else name, seats)


def area_name(name: str) -> str:
    """The name a district's health centre usually bears afterwards: "Trung tâm Y tế khu vực Mù Cang Chải"."""
    return _OF_DISTRICT.sub("khu vực", name, count=1)


def likely_seats(record: Record, *, level: str, on: date) -> tuple[Commune, ...]:
    """Units an office of a level may sit at on a day: what became of its seat first, then all of the kind by code."""
    register = units.register(record)
    own = offices.own(record, on - DAY)
    old = register.units.get(own.unit or "") if own is not None else None
    kind = KIND_OF[level]
    likely = []
    if old is not None and kind is UnitKind.PROVINCE:
        found = province_after(record, old, on=on)
        likely = [found.uid] if found is not None else []
    elif old is not None and kind is UnitKind.COMMUNE and old.kind is kind:
        likely = [unit.uid for unit in holders_of(record, old.uid, on=on)]
    every = [
        Commune(unit.uid, spoken_code(unit, version), version.name)
        for unit, version in register.on(on)
        if unit.kind is kind
    ]
    place = {uid: at for at, uid in enumerate(likely)}
    return tuple(sorted(every, key=lambda one: (place.get(one.uid, len(place)), by_code(one))))


def compared(plan: Plan) -> list[Line]:
    """The settings of the day before and of the day, in the order in which a paper shows them."""
    after, before = plan.after, plan.before
    if after is None:
        return []
    head, old = Letterhead.of(after.letterhead).signed_on(plan.valid_from), before.letterhead
    seat = plan.seat.version.name if plan.seat is not None else ""
    return [
        Line(say("Name of the office"), before.name, after.name),
        Line(say("Own code"), before.code or "", after.code or ""),
        Line(say("Sits at"), _seat(before), seat),
        Line(say("Name lines"), _lines(old, before.name), _lines(head, after.name)),
        Line(say("Symbol of the office"), old.symbol, head.symbol),
        Line(say("Place before the date"), old.place, head.place),
        Line(say("Signed by"), _signed(old), _signed(head)),
        Line(say("Reports to"), ", ".join(old.addressees), ", ".join(head.addressees)),
        Line(say("Communes served"), _communes(plan.before_communes), _communes(plan.communes)),
    ]


def _seat(office: OfficeView) -> str:
    return office.unit_name


def _lines(head: Letterhead, name: str) -> str:
    return " / ".join(line or name.upper() for line in head.name_lines)


def _signed(head: Letterhead) -> str:
    return " ".join(part for part in (head.signer_post.replace("\n", " / "), head.signer_name) if part)


def _communes(communes: tuple[Commune, ...]) -> str:
    names = ", ".join(one.name for one in communes[:12])
    return f"{len(communes)}: {names}" + ("…" if len(communes) > 12 else "")


def staying() -> tuple[Sentence, ...]:
    """What no such change touches."""
    return (
        say("Every figure, form and report of the periods before: they keep the communes and name lines they had."),
        say("Keys and numbers of packages; those of old periods still go. The key file tells partners the new name."),
        say("The way back: this change can be taken back as a whole under “Our office”."),
    )
