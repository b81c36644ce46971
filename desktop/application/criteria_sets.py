"""Sets of criteria: those shipped with what was found of them, and the tables an office loaded beside them."""

from __future__ import annotations

from functools import cache
from typing import Final

from db.tables import criteria as tables
from desktop.application.records import Record
from desktop.domain.criteria.sets import CriteriaSet, newest, set_of_year
from desktop.errors import AppError
from desktop.exchange.criteria_file import read_criteria
from desktop.system.paths import resource
from desktop.wording import say

SHIPPED: Final = ("4667.yaml", "1300.yaml")


@cache
def shipped_sets() -> dict[str, CriteriaSet]:
    """The sets the program ships, with what was found of them; a fault in one is a fault of the program."""
    found = {}
    for name in SHIPPED:
        one, findings = read_criteria(resource("catalogue", "criteria", name).read_text(encoding="utf-8"), name)
        if one is None:
            raise AssertionError(f"{name}: {[str(finding.message) for finding in findings]}")
        found[one.code] = one
    return found


def sets(record: Record | None) -> dict[str, CriteriaSet]:
    """All sets by code: the shipped ones, and beside them the tables the office loaded, the older ones too."""
    if record is None:
        return shipped_sets()
    own = record.cached("criteria sets", ("criteria_set",), lambda: tables.sets(record))
    loaded = sorted((one for code, one in own.items() if code not in shipped_sets()), key=newest)
    return {**shipped_sets(), **{one.code: one for one in loaded}}


def used_set(record: Record, *, year: int, code: str | None = None) -> CriteriaSet:
    """The set a year is scored with.

    A decision's code means its newest table that has begun, a table's own code that table. AppErrors: `unknown_set`
    for a code or a year without one, `set_not_in_force` before its first year.
    """
    known = sets(record)
    if code is None:
        one = set_of_year(known, year)
    else:
        one = known.get(code)
        if one is not None and not one.frame:
            of_decision = [two for two in known.values() if two.decided == code and two.first_year <= year]
            one = max(of_decision, key=newest, default=one)
    if one is None:
        what = (
            say("There is no set of criteria {code}.", code=code)
            if code
            else say("No set of criteria for {what} is known.", what=str(year))
        )
        raise AppError("unknown_set", what, say("Known sets: {codes}.", codes=", ".join(known)))
    if one.first_year > year:
        raise AppError(
            "set_not_in_force",
            say("{name} is used from {first}, not yet in {year}.", name=one.name, first=str(one.first_year),
                year=str(year)),
            say("Leave the set out: the year's own set is taken."),
        )  # fmt: skip
    return one
