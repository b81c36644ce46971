"""Official tables of sub-criteria: the template written, a filled one looked at and installed beside the older ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from db.tables import criteria as tables
from desktop.application import catalogue
from desktop.application.changes import NOTHING, Changes, Subject, changed
from desktop.application.criteria_sets import sets, shipped_sets
from desktop.application.records import Record
from desktop.application.station_profiles import profile
from desktop.domain.criteria.differences import Difference, differences
from desktop.domain.criteria.rules import STATION
from desktop.domain.criteria.sets import CriteriaSet, newest
from desktop.domain.findings import Finding
from desktop.errors import AppError
from desktop.exchange.criteria_table.reading import read_table
from desktop.exchange.criteria_table.writing import table_xlsx
from desktop.exchange.workbook import read_workbook
from desktop.wording import say

__all__ = [
    "Difference",
    "Installed",
    "empty_template",
    "figures",
    "install",
    "remove",
    "template_bytes",
]


@dataclass(frozen=True, slots=True)
class Installed:
    """What a table's file says: the table (None: an error stands in the way), what it changes beside the one before it.

    `before` is the table or frame that governs its first year now; `years_kept` are the years scored already, which
    keep the set they were scored with.
    """

    criteria: CriteriaSet | None
    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...]
    changes: Changes
    before: CriteriaSet | None = None
    years_kept: tuple[int, ...] = ()


def figures(record: Record | None) -> list[tuple[str, str]]:
    """What rules of rows can refer to: indicators, elements and facts of the station, by code and name."""
    known = catalogue.catalogue(record)
    found = [(one.code, one.name_vi) for one in known.indicators.values()]
    found += [(one.code, one.name_vi) for one in known.elements.values() if one.code not in known.indicators]
    return found + [(f"{STATION}{code}", item.name_vi) for code, item in profile(record).items.items()]


def template_bytes(record: Record | None, *, code: str | None = None, made: date | None = None) -> bytes:
    """The workbook of a decision's table: what an office has loaded, else the empty one in the right shape.

    The empty one shows the criteria and the maxima that were found, and no row: none is made up. AppError
    `unknown_set`.
    """
    one = _meant(record, code)
    return table_xlsx(one, made=made or date(2000, 1, 1), figures=figures(record))


def _meant(record: Record | None, code: str | None) -> CriteriaSet:
    known = sets(record)
    if code is None:
        decisions = [one for one in known.values() if not one.frame]
        code = max(decisions, key=lambda one: one.first_year).code
    if code in known and known[code].frame:
        return known[code]
    of_decision = [one for one in known.values() if one.decided == code]
    if not of_decision:
        raise AppError(
            "unknown_set",
            say("There is no set of criteria {code}.", code=code),
            say("Known sets: {codes}.", codes=", ".join(known)),
        )
    return max(of_decision, key=newest)


def empty_template(*, code: str, made: date | None = None) -> bytes:
    """The empty workbook of a shipped decision, whatever an office has loaded. AppError `unknown_set`."""
    one = shipped_sets().get(code) or _meant(None, code)
    return table_xlsx(one, made=made or date(2000, 1, 1), figures=figures(None))


def install(record: Record, *, content: bytes, name: str, dry_run: bool = False) -> Installed:
    """Look at a table's workbook, and install it beside the older ones unless an error stands in the way.

    From its first year on it governs what is not scored yet; years that are scored keep the set they were scored with.
    Raises AppError `cannot_read_file`.
    """
    frames = {code: one for code, one in sets(record).items() if not one.frame}
    codes = [code for code, _ in figures(record)]
    one, findings = read_table(read_workbook(content, name), frames=frames, figures=codes)
    if one is None:
        return Installed(None, tuple(findings), (), NOTHING)
    before = _governing(record, one)
    told = tuple(differences(before, one)) if before is not None and before.code != one.code else ()
    kept = tuple(sorted({score.year for score in tables.scores_of(record) if score.year >= one.first_year}))
    changes = NOTHING
    if not dry_run and one.code not in sets(record):
        one = replace(one, edition=_next_edition(record, one))
        with record.change(
            say("Load the criteria {name}", name=f"{one.name} ({one.code})"), source="criteria"
        ) as change:
            tables.put_set(record, one)
        changes = changed(change.rows, Subject.CRITERIA)
    return Installed(sets(record).get(one.code, one), tuple(findings), told, changes, before, kept)


def remove(record: Record, *, code: str) -> Changes:
    """Take away a table that was loaded by mistake and by which nothing was scored.

    AppErrors: `unknown_set` for what is no loaded table, `set_in_use`.
    """
    one = tables.sets(record).get(code)
    if one is None:
        raise AppError(
            "unknown_set",
            say("{code} is no table that was loaded here.", code=code),
            say("Loaded: {codes}.", codes=", ".join(tables.sets(record)) or "–"),
        )
    if code in tables.used_sets(record):
        raise AppError(
            "set_in_use",
            say("Points or evidence stand by {code}: it stays.", code=code),
            say("Load the mended table; it governs what is not scored yet."),
        )
    with record.change(say("Take away the criteria {name}", name=f"{one.name} ({code})"), source="criteria") as change:
        tables.drop_set(record, code)
    return changed(change.rows, Subject.CRITERIA)


def _governing(record: Record, one: CriteriaSet) -> CriteriaSet | None:
    begun = [two for two in sets(record).values() if two.decided == one.frame and two.first_year <= one.first_year]
    return max(begun, key=newest, default=None)


def _next_edition(record: Record, one: CriteriaSet) -> int:
    of_year = [
        two.edition for two in sets(record).values() if (two.frame, two.first_year) == (one.frame, one.first_year)
    ]
    return max(of_year, default=0) + 1
