"""What to do today, worst first: each line says what, where, and leads to the place where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.findings import Severity
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.places import Place, Target
from desktop.ui.screens.overview.model import Picture
from desktop.ui.style.signs import Sign

BACKUP_DAYS = 2
NAMED = 4


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do."""

    sign: Sign
    what: str
    where: str
    target: Target


def todos(picture: Picture, *, today: date, has_own_parent: bool) -> list[Todo]:
    """The list; empty when everything is done."""
    return [
        *_seat(picture, today),
        *_findings(picture),
        *_forms(picture),
        *_reports(picture),
        *_exchange(picture, has_own_parent=has_own_parent),
        *_safety(picture, today),
    ]


def _seat(picture: Picture, today: date) -> list[Todo]:
    """The unit the office sits at is gone: nobody may serve its communes until the office is carried on."""
    ended = picture.seat_ended
    if ended is None or ended >= today:
        return []
    where = _("{unit} ended on {day}.").format(unit=picture.seat, day=words.day(ended))
    return [Todo(Sign.ERROR, _("Carry the office on"), where, Target(Place.ADMIN, (("tab", "office"),)))]


def _findings(picture: Picture) -> list[Todo]:
    found = []
    for severity, sign, one, many in (
        (Severity.ERROR, Sign.ERROR, _("Mend 1 error"), _("Mend {count} errors")),
        (Severity.WARNING, Sign.WARNING, _("Look at 1 warning"), _("Look at {count} warnings")),
    ):
        here = [f for f in picture.findings if f.severity is severity and f.kept is None]
        if here:
            units = list(dict.fromkeys(f.unit or "" for f in here))
            first = here[0]
            where = (("unit", first.unit or ""), ("element", first.element or ""))
            what = one if len(here) == 1 else many.format(count=len(here))
            found.append(Todo(sign, what, _names(picture, units), Target(Place.ENTRY, where)))
    return found


def _forms(picture: Picture) -> list[Todo]:
    found = []
    for states, sign, text in (
        (("returned",), Sign.RETURNED, _("Forms returned: {count}")),
        (("not_started",), Sign.NOT_STARTED, _("Forms not begun: {count}")),
        (("in_entry",), Sign.IN_ENTRY, _("Forms in entry to complete: {count}")),
        (("complete",), Sign.COMPLETE, _("Complete forms to check: {count}")),
    ):
        rows = [row for row in picture.forms if row.state in states]
        if rows:
            codes = [row.commune.code for row in rows]
            target = Target(Place.ENTRY, (("unit", codes[0]),))
            found.append(Todo(sign, text.format(count=len(rows)), _names(picture, codes), target))
    return found


def _reports(picture: Picture) -> list[Todo]:
    """Reports on nutrition; whether they were sent nobody says here, so they stand until their day."""
    return [
        Todo(
            Sign.SOON,
            _("Nutrition report, {period}").format(period=render(one.period.sentence())),
            "; ".join(_("by {day}: {what}").format(day=words.day(due.day), what=fact.text) for fact, due in one.dues),
            Target(Place.CHILDREN, (("tab", "results"),)),
        )
        for one in picture.reports
    ]


def _exchange(picture: Picture, *, has_own_parent: bool) -> list[Todo]:
    found = []
    above = [partner for partner in picture.partners if partner.role == "parent"]
    if not above and not has_own_parent:
        sign = Sign.WARNING if picture.done else Sign.INFO
        loud = _("Exchange keys with the superior office") if picture.done else _("Exchange keys soon")
        where = _("Nothing can be sent before. {done} forms are ready to go.").format(done=picture.done)
        calm = _("Only needed before the first package is sent.")
        found.append(Todo(sign, loud, where if picture.done else calm, Target(Place.EXCHANGE, (("tab", "keys"),))))
    found += [
        Todo(
            Sign.INFO,
            _("Write a package for {office}").format(office=partner.name),
            _("{count} changes not received").format(count=partner.pending),
            Target(Place.EXCHANGE),
        )
        for partner in above
        if partner.pending
    ]
    return found


def _safety(picture: Picture, today: date) -> list[Todo]:
    on = picture.backup_on
    if on is not None and (today - on).days <= BACKUP_DAYS:
        return []
    told = _("The last one is of {day}.").format(day=words.day(on)) if on else _("There is none yet.")
    return [Todo(Sign.WARNING, _("Make a backup"), told, Target(Place.ADMIN, (("tab", "backup"),)))]


def _names(picture: Picture, codes: list[str]) -> str:
    known = {row.commune.code: words.unit_name(row.commune.name) for row in picture.forms}
    named = [known.get(code, code).removeprefix("Xã ") for code in codes]
    return ", ".join(named[:NAMED]) + (", …" if len(named) > NAMED else "")
