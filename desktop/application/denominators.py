"""The year's denominators (design 3.3): one source for all communes of a year, and choosing it.

A chosen denominator is a copy with its source in the table `denominator`; yearly rates divide by it. What a form says
stays in the form. What moves when one is replaced: `denominator_moves.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from db.tables import denominators as rows
from db.tables.denominators import Denominator
from desktop.application import catalogue
from desktop.application.changes import Changes, Subject, changed
from desktop.application.entry import element_of
from desktop.application.figures import Figures, elements_by_population, figures
from desktop.application.figures import official as without_drafts
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.domain.elements import Behaviour, Element, Status, ValueType
from desktop.domain.findings import Finding, has_errors
from desktop.domain.periods import Period
from desktop.domain.text import nfc
from desktop.domain.values import NOT_REPORTED, Total, Value, amount_value, total
from desktop.errors import AppError, UsageError
from desktop.wording import Label, say

_NAMES: Final[Mapping[str, Label]] = {
    "average": Label("Dân số trung bình", "Average population"),
    "mid_year": Label("Dân số 01/7", "Population on 1 July"),
    "year_end": Label("Dân số cuối năm", "Population at the end of the year"),
    "under1": Label("Trẻ dưới 1 tuổi", "Children under 1"),
    "under2": Label("Trẻ dưới 2 tuổi", "Children under 2"),
    "under5": Label("Trẻ dưới 5 tuổi", "Children under 5"),
    "women15_49": Label("Phụ nữ 15–49 tuổi", "Women aged 15–49"),
    "due_vaccination": Label("Trẻ trong diện tiêm chủng", "Children due for vaccination"),
}
POPULATIONS: Final = tuple(_NAMES)
"""Kinds of population a rate may divide by, in the order of the screen."""


@dataclass(frozen=True, slots=True)
class Line:
    """A commune: its chosen figure with its source, and what its form of the year says."""

    commune: Commune
    chosen: Value | None
    source: str | None
    official: bool | None
    typed: Value | None


@dataclass(frozen=True, slots=True)
class DenominatorSheet:
    """One kind of population in one year.

    `elements` are the codes whose place the chosen figures take in rates; `sources` are those of the chosen figures,
    empty where rates still divide by the forms.
    """

    year: int
    population: str
    name: Label
    elements: tuple[str, ...]
    lines: tuple[Line, ...]
    sources: tuple[str, ...]
    official: bool
    total: Total
    typed_total: Total


@dataclass(frozen=True, slots=True)
class Choice:
    """Figures of one source for the communes of a year (by uid), not yet written; `missing` have none in it."""

    year: int
    population: str
    amounts: Mapping[str, Value]
    source: str
    official: bool
    missing: tuple[Commune, ...] = ()

    @property
    def denominators(self) -> tuple[Denominator, ...]:
        """As they would be written."""
        return tuple(
            Denominator(uid, self.year, self.population, value.amount, self.source, self.official)
            for uid, value in self.amounts.items()
            if value.amount is not None
        )


def population_name(population: str) -> Label:
    """The name of a kind of population; its code where this program does not know it."""
    return _NAMES.get(population, Label(population))


def sheet(record: Record, *, year: int, population: str) -> DenominatorSheet:
    """What is chosen for a year and kind of population beside what the forms say, commune by commune."""
    period, codes = Period.of_year(year), tuple(elements_by_population(record).get(_known(population), ()))
    with record.reading():
        chosen = {row.unit: row for row in rows.of(record, [year]) if row.population == population}
        typed = figures(record, period=period)
        communes = communes_of(record, on=period.last)
    lines = tuple(_line(commune, chosen.get(commune.uid), _typed(typed, commune, codes)) for commune in communes)
    return DenominatorSheet(
        year,
        population,
        population_name(population),
        codes,
        lines,
        tuple(dict.fromkeys(line.source for line in lines if line.source is not None)),
        any(line.official for line in lines) and all(line.official is not False for line in lines),
        total(line.chosen or NOT_REPORTED for line in lines),
        total(line.typed or NOT_REPORTED for line in lines),
    )


def _line(commune: Commune, row: Denominator | None, typed: Value | None) -> Line:
    if row is None:
        return Line(commune, None, None, None, typed)
    return Line(commune, amount_value(row.amount), row.source, row.official, typed)


def _typed(found: Figures, commune: Commune, codes: tuple[str, ...]) -> Value | None:
    cells = found.get(commune.uid, {})
    return next((cells[code].value for code in codes if code in cells), None)


def _known(population: str) -> str:
    if population not in POPULATIONS:
        raise UsageError(
            "unknown_population",
            say("No population {population} is known.", population=population),
            say("Known are: {names}.", names=", ".join(POPULATIONS)),
        )
    return population


def chosen_figures(record: Record, *, year: int, population: str) -> tuple[dict[str, int], str]:
    """The chosen amounts (ten-thousandths, above zero) of a year by unit uid, and their sources in words."""
    held = [row for row in rows.of(record, [year]) if row.population == population and row.amount > 0]
    return {row.unit: row.amount for row in held}, ", ".join(dict.fromkeys(row.source for row in held))


# ---- where figures may come from ----


def from_form(
    record: Record, *, year: int, population: str, element: str | None = None, official: bool = False
) -> Choice:
    """Copy what the forms of the year say, drafts of other offices left out: of this population, or the one named."""
    codes = [element] if element else elements_by_population(record).get(_known(population), [])
    if not codes:
        raise AppError(
            "no_element",
            say("No form asks for {population}.", population=population_name(population)),
            say("Take the figures from a list, or type them."),
        )
    definition = element_of(record, codes[0])
    period = Period.of_year(year)
    found = without_drafts(record, period, figures(record, period=period))
    amounts = {uid: cells[definition.code].value for uid, cells in found.items() if definition.code in cells}
    source = f"{definition.name_vi}, biểu năm {year} của các xã"
    return _choice(record, year, population, amounts, source, official=official)


def typed(
    record: Record, *, year: int, population: str, amounts: Mapping[str, Value], source: str, official: bool
) -> Choice:
    """Figures typed by a person for communes (by uid), with the source they were read from."""
    return _choice(record, year, _known(population), amounts, source, official=official)


def from_list(
    record: Record, *, year: int, population: str, file: str, data: bytes, source: str, official: bool
) -> tuple[Choice, list[Finding]]:
    """Figures from a workbook or CSV with communes down the side; what is wrong with it is a finding, not a fault.

    The column is found by the names of the population's element, or of the population itself.
    """
    from desktop.exchange.summary_sheet import read_summary
    from desktop.exchange.unit_names import KnownUnit
    from desktop.exchange.workbook import read_workbook

    period = Period.of_year(year)
    communes = {commune.code: commune for commune in communes_of(record, on=period.last)}
    wanted = _column(record, _known(population))
    book = read_workbook(data, file)
    sheets = read_summary(
        book,
        elements=[wanted],
        units=lambda _: [KnownUnit(commune.code, commune.name) for commune in communes.values()],
        period=period,
    )
    findings = [*book.findings, *(finding for one in sheets for finding in one.all_findings())]
    amounts = {
        communes[candidate.unit].uid: candidate.value
        for one in sheets
        if one.period is not None
        for candidate in one.candidates
    }
    return _choice(record, year, population, amounts, source, official=official), findings


def _column(record: Record, population: str) -> Element:
    code = next(iter(elements_by_population(record).get(population, ())), None)
    if code is not None:
        return catalogue.catalogue(record).elements[code]
    name = population_name(population)
    kind, stays = ValueType.COUNT, Behaviour.AVERAGE
    return Element(population, name.vi, name.en, name.vi, "người", kind, stays, "commune", "", Status.UNVERIFIED)


def _choice(
    record: Record, year: int, population: str, amounts: Mapping[str, Value], source: str, *, official: bool
) -> Choice:
    communes = communes_of(record, on=Period.of_year(year).last)
    usable = {
        commune.uid: value
        for commune in communes
        if (value := amounts.get(commune.uid)) is not None and value.amount is not None and value.amount > 0
    }
    missing = tuple(commune for commune in communes if commune.uid not in usable)
    return Choice(year, population, usable, nfc(source).strip(), official, missing)


# ---- choosing ----


def choose(record: Record, *, choice: Choice, findings: list[Finding] | None = None, source: str = "window") -> Changes:
    """Make these figures the year's denominators of their kind: one change, which undo takes back.

    Communes that have no figure in this source keep none: one source serves a whole year. AppErrors: `source_needed`,
    `nothing_chosen`, `list_has_errors`.
    """
    if not choice.source:
        raise AppError(
            "source_needed",
            say("Say where the figures come from: it is printed under the tables."),
            say("For example: the statistics office, report of 15/01/2025."),
        )
    if not choice.amounts:
        raise AppError(
            "nothing_chosen",
            say("This source has no figure for any commune."),
            say("Choose another source, or type the figures."),
        )
    if findings and has_errors(findings):
        raise AppError(
            "list_has_errors",
            say("The list has errors; nothing was taken from it."),
            say("Mend the cells named in the findings, then read it again."),
        )
    what = say("Choose {name} of {year} to divide by", name=population_name(choice.population), year=str(choice.year))
    with record.change(what, source=source) as change:
        rows.take_away(
            record, year=choice.year, population=choice.population, units_asked=[c.uid for c in choice.missing]
        )
        rows.put(record, choice.denominators)
    return changed(change.rows, Subject.VALUES, Subject.PLANS)


def clear(record: Record, *, year: int, population: str, source: str = "window") -> Changes:
    """Divide by what the forms say again."""
    what = say("Divide by the forms again: {name} of {year}", name=population_name(population), year=str(year))
    with record.change(what, source=source) as change:
        rows.take_away(record, year=year, population=_known(population))
    return changed(change.rows, Subject.VALUES, Subject.PLANS)
