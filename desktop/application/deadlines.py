"""When forms are due: the office's rule per form and sender, and the holidays it is counted through.

A form's own `due_working_days` counts where the office has set nothing. Holidays by law are shipped
(`resources/calendar/holidays.json`); those set anew each year are given by the office, year by year.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from db.tables import settings
from desktop.application.changes import Changes, Subject, changed
from desktop.application.entry import form_of
from desktop.application.offices import communes_of
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.domain.public_holidays import Fixed, Moving, MovingRule, fixed_days_off, is_weekend
from desktop.domain.text import nfc
from desktop.domain.workdays import Due, Holiday, Holidays, Rule, due_date
from desktop.errors import AppError
from desktop.system.paths import resource
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.application.submissions import SubmissionRow

_DEADLINES: Final = "deadlines"
_HOLIDAYS: Final = "holidays"
_EVERYONE: Final = ""


@cache
def shipped_holidays() -> Holidays:
    """The holidays by law, of every year."""
    told = json.loads(resource("calendar", "holidays.json").read_text(encoding="utf-8"))
    moving = tuple(
        Moving(tuple(one["from"]), tuple(one["to"]), one["name"], one["most"], MovingRule(one["rule"]), _since(one))
        for one in told["moving"]
    )
    return Holidays(tuple(Fixed(one["month"], one["day"], one["name"]) for one in told["fixed"]), moving)


def _since(told: dict[str, Any]) -> int:
    return int(told.get("since", 0))


def holidays(record: Record) -> Holidays:
    """The holidays by law and those the office gave."""
    return record.cached("holidays", ("setting",), lambda: _holidays(record))


def _holidays(record: Record) -> Holidays:
    law = shipped_holidays()
    given = {int(year): tuple(map(_holiday, days)) for year, days in settings.get(record, _HOLIDAYS, {}).items()}
    return Holidays(law.fixed, law.moving, given)


def _holiday(told: dict[str, Any]) -> Holiday:
    return Holiday(date.fromisoformat(told["day"]), told.get("name", ""), bool(told.get("works")))


@dataclass(frozen=True, slots=True)
class YearHolidays:
    """The holidays of one year: by law, and given by the office; `known` once the office has given the year's list.

    Until then `proposed` are the working days computed for the moving holidays, and `missing` names these.
    """

    year: int
    by_law: tuple[date, ...]
    given: tuple[Holiday, ...]
    known: bool
    missing: tuple[str, ...]
    proposed: tuple[Holiday, ...]


def year_holidays(record: Record, *, year: int) -> YearHolidays:
    """What is known of a year's holidays, and what is proposed for the others."""
    held = holidays(record)
    known = year in held.given
    missing = () if known else tuple(season.name for season in held.seasons(year))
    by_law = tuple(day for day in sorted(fixed_days_off(held.fixed, year)) if day.year == year)
    return YearHolidays(year, by_law, held.given.get(year, ()), known, missing, () if known else proposed(year))


def proposed(year: int) -> tuple[Holiday, ...]:
    """The working days that the moving holidays of a year take as they are computed, by day: a list to start from."""
    days = (Holiday(day, season.name) for season in shipped_holidays().seasons(year) for day in season.days)
    return tuple(sorted((one for one in days if not is_weekend(one.day)), key=lambda one: one.day))


def put_holidays(record: Record, *, year: int, days: Sequence[Holiday] | None, source: str = "window") -> Changes:
    """Give the whole list of a year beside the fixed ones (an empty list says there are none); None takes it back."""
    wrong = [one.day for one in days or () if one.day.year != year]
    if wrong:
        raise AppError(
            "other_year",
            say("{day} is no day of {year}.", day=wrong[0], year=str(year)),
            say("Give the days of one year at a time."),
        )
    told = dict(settings.get(record, _HOLIDAYS, {}))
    told.pop(str(year), None)
    if days is not None:
        ordered = sorted({one.day: one for one in days}.values(), key=lambda one: one.day)
        told[str(year)] = [{"day": d.day.isoformat(), "name": nfc(d.name), "works": d.works} for d in ordered]
    with record.change(say("Set the holidays of {year}", year=str(year)), source=source) as change:
        settings.put(record, _HOLIDAYS, told)
    return changed(change.rows, Subject.OFFICE, Subject.SUBMISSIONS)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A deadline a regulation sets for senders of a level; the office chooses."""

    level: str
    rule: Rule
    regulation: str
    status: str


def suggestions(level: str) -> list[Suggestion]:
    """What regulations say of senders of a level (commune, district, province): shipped data, nothing is set by it."""
    told = json.loads(resource("calendar", "deadlines.json").read_text(encoding="utf-8"))
    found = [Suggestion(d["level"], Rule(d["working_days"]), d["regulation"], d["status"]) for d in told["deadlines"]]
    return [one for one in found if one.level == level]


def deadline(record: Record, *, form: str, unit: str | None = None) -> Rule | None:
    """The rule for a form: the sender's (by uid), else the office's, else the form's own; None where none is known."""
    told = settings.get(record, _DEADLINES, {}).get(form, {})
    chosen = (told.get(unit) if unit else None) or told.get(_EVERYONE)
    if chosen:
        return _rule(chosen)
    own = form_of(record, form).due_working_days
    return Rule(working_days=own) if own else None


def apart(record: Record, *, form: str) -> dict[str, Rule]:
    """The senders (by uid) that have a rule of their own for a form."""
    told = settings.get(record, _DEADLINES, {}).get(form, {})
    return {unit: _rule(rule) for unit, rule in told.items() if unit != _EVERYONE}


def _rule(told: dict[str, Any]) -> Rule:
    return Rule(told.get("working_days"), told.get("day"), told.get("month"))


def put_deadline(
    record: Record, *, form: str, rule: Rule | None, unit: str | None = None, source: str = "window"
) -> Changes:
    """Set when a form is due, for every sender or for one (uid); None takes the rule back."""
    definition = form_of(record, form)
    told = {code: dict(senders) for code, senders in settings.get(record, _DEADLINES, {}).items()}
    senders = told.setdefault(form, {})
    senders.pop(unit or _EVERYONE, None)
    if rule is not None:
        parts = {"working_days": rule.working_days, "day": rule.day, "month": rule.month}
        senders[unit or _EVERYONE] = {name: part for name, part in parts.items() if part is not None}
    with record.change(say("Set when {form} is due", form=definition.name_vi), source=source) as change:
        settings.put(record, _DEADLINES, told)
    return changed(change.rows, Subject.OFFICE, Subject.SUBMISSIONS)


def due(record: Record, *, form: str, period: Period, unit: str | None = None) -> Due | None:
    """When a form of a period is due (of a sender, by uid); None where no rule is known."""
    rule = deadline(record, form=form, unit=unit)
    return due_date(period.last, rule, holidays(record)) if rule else None


def rule_sentence(rule: Rule | None) -> Sentence:
    """The rule in words."""
    if rule is None:
        return say("No deadline has been set.")
    if rule.working_days is not None:
        return say("{count} working days after the end of the period", count=rule.working_days)
    if rule.month is None:
        return say("on day {day} of the month after the end of the period", day=str(rule.day))
    return say("on {day}/{month} after the end of the period", day=f"{rule.day:02d}", month=f"{rule.month:02d}")


def is_on_time(due: Due | None, received: date | None) -> bool | None:
    """Whether a form came in time; None where it did not come, no rule is known, or an unknown holiday decides.

    What came by the earliest day to which holidays not decided yet can move the due date is on time in any case, what
    came after the latest is late in any case.
    """
    if due is None or received is None or due.earliest < received <= due.latest:
        return None
    return received <= due.earliest


def judged(record: Record, rows: Sequence[SubmissionRow], *, period: Period) -> list[SubmissionRow]:
    """The rows with whether each came in time: what `submission list` says."""
    found = []
    for row in rows:
        known = due(record, form=row.form, period=period, unit=row.commune.uid) if row.received_on else None
        found.append(replace(row, on_time=is_on_time(known, row.received_on)))
    return found


def telephones(record: Record, *, on: date) -> dict[str, str]:
    """Telephone numbers by unit uid."""
    from db.tables import units

    held = units.attributes(record, on)
    return {uid: told["telephone"] for uid, told in held.items() if told.get("telephone")}


def put_telephone(record: Record, *, unit: str, telephone: str, on: date, source: str = "window") -> Changes:
    """Set the telephone number of a commune (official code) from a day on; empty takes it away."""
    from db.tables import units

    commune = next((c for c in communes_of(record, on=on) if unit in (c.code, f"uid:{c.uid}")), None)
    if commune is None:
        from desktop.application.figures import unknown_unit

        raise unknown_unit(unit, on)
    with record.change(say("Set the telephone number of {unit}", unit=commune.name), source=source) as change:
        units.put_attribute(record, unit=commune.uid, name="telephone", value=nfc(telephone).strip())
    return changed(change.rows, Subject.OFFICE)
