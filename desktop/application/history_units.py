"""Units whose figures an office keeps as history without serving them: the parts of its communes that lay elsewhere.

New Xã Tú Lệ is old Cao Phạ and the old Tú Lệ of another district. Until the latter's figures are in the record, those
of the new commune cannot be known before the reform; once kept here they are typed and imported like any other.
"""

from __future__ import annotations

from datetime import date

from db.tables import units
from desktop.application.changes import Changes, Subject, changed
from desktop.application.figures import unknown_unit
from desktop.application.lineages import HISTORY, NO, YES, commune_on, history_units, lineage
from desktop.application.offices import Commune, communes_of, office
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.domain.text import nfc
from desktop.domain.units import UID_PREFIX, UnitKind
from desktop.errors import AppError
from desktop.wording import Sentence, say


def kept_as_history(record: Record) -> list[Commune]:
    """The units kept as history, by their last name and code, in register order."""
    known = lineage(record)
    found = sorted(history_units(record), key=known.places.__getitem__)
    return [commune_on(known.register, uid, known.register.units[uid].ended or date.max) for uid in found]


def writable(record: Record, period: Period) -> list[Commune]:
    """The communes a figure of a period may be written for: those served on its last day, and those kept as history."""
    served, known = communes_of(record, on=period.last), lineage(record)
    held = {commune.uid for commune in served}
    return served + [
        commune_on(known.register, uid, period.last)
        for uid in sorted(history_units(record) - held, key=known.places.__getitem__)
        if known.stands(uid, period.last)
    ]


def keep_history(
    record: Record, *, unit: str, day: date, basis: str = "", kept: bool = True, source: str = "window"
) -> Changes:
    """Keep the figures of a commune (its code on a day) as history, or (`kept` false) no longer; they stay stored.

    AppErrors: `unknown_unit`, `served_unit` for a commune of the office itself.
    """
    found = units.register(record).find(unit, day)
    if found is None or found.kind is not UnitKind.COMMUNE:
        raise unknown_unit(unit, day)
    if any(commune.uid == found.uid for commune in communes_of(record, on=day)):
        raise AppError(
            "served_unit",
            say(
                "{name} belongs to the office on {day}; its figures are imported like any other's.", name=unit, day=day
            ),
            say("Bring its figures in like those of the other communes."),
        )
    name = commune_on(units.register(record), found.uid, day).name
    what = say("Keep the figures of {name} as history", name=name)
    if not kept:
        what = say("Keep the figures of {name} as history no longer", name=name)
    with record.change(what, source=source) as change:
        value = nfc(basis).strip() or YES if kept else NO
        units.put_attribute(record, unit=found.uid, name=f"{HISTORY}{office(record, on=day).uid}", value=value)
    return changed(change.rows, Subject.VALUES, Subject.PLANS, Subject.OFFICE)


def ended_in(record: Record, period: Period) -> list[Commune]:
    """The communes served within a period that ended before its last day, as they were last called."""
    known = lineage(record)
    found = []
    for commune in communes_of(record, on=period.first):
        ended = known.register.units[commune.uid].ended
        if ended is not None and ended < period.last:
            found.append(commune_on(known.register, commune.uid, ended))
    return found


def ended_within(record: Record, unit: str, period: Period) -> AppError | None:
    """The refusal of a figure of a whole period on a unit that ended in it: where its figures go instead."""
    register = units.register(record)
    for commune in ended_in(record, period):
        day = register.units[commune.uid].ended
        if unit in (commune.code, f"{UID_PREFIX}{commune.uid}") and day is not None:
            return AppError(
                "unit_ended",
                say("{name} ended on {day}, within {period}.", name=commune.name, day=day, period=period.sentence()),
                where_instead(record, commune, day, period),
            )
    return None


def where_instead(record: Record, commune: Commune, day: date, period: Period) -> Sentence:
    """What to do with the figures of a unit that ended within a period."""
    known = lineage(record)
    after = [commune_on(known.register, uid, period.last).name for uid in known.touching([commune.uid], period.last)]
    before = Period(period.first, day, period.calendar)
    if not after:
        return say("Enter its figures for {before}.", before=before.sentence())
    return say(
        "Enter its figures for {before}; what happened later belongs to {units}.",
        before=before.sentence(),
        units=", ".join(after),
    )
