"""Where a typed figure comes from and where it goes: who wrote it, who supplies it, its sum, the rates it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.application import catalogue
from desktop.application.derived import completed, derived_figures
from desktop.application.entry import Column, form_of
from desktop.application.figures import UNTOUCHED, Figure, figures, official, summed, unknown_unit
from desktop.application.history import history
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.domain.derivation import Told
from desktop.domain.elements import Form, Indicator
from desktop.domain.indicators import BadTerm, element_of
from desktop.domain.periods import Period
from desktop.domain.values import Kind, State, Total
from desktop.wording import Sentence


@dataclass(frozen=True, slots=True)
class Written:
    """The last writing of a cell: when (ISO), who (empty: nobody named), by what."""

    when: str
    who: str
    what: Sentence


@dataclass(frozen=True, slots=True)
class Use:
    """A rate the element stands in; `partner` is the column it is divided by, or that is divided by it."""

    indicator: Indicator
    is_numerator: bool
    partner: str | None


@dataclass(frozen=True, slots=True)
class Origin:
    """All that is known of one cell; `missing` are the communes that the sum `total` waits for.

    `beside` is what other periods say of it, None where they say nothing; where nobody typed it is what counts.
    """

    form: Form
    period: Period
    commune: Commune
    column: Column
    figure: Figure
    written: Written | None
    total: Total
    missing: tuple[Commune, ...]
    uses: tuple[Use, ...]
    beside: Told | None = None


def origin(record: Record, *, unit: str, form: str, element: str, period: Period, kind: Kind = Kind.ACTUAL) -> Origin:
    """The origin of a cell of a form; AppError `unknown_form` or `unknown_unit`."""
    definition, communes = form_of(record, form), communes_of(record, on=period.last)
    commune = next((one for one in communes if unit in (one.code, f"uid:{one.uid}")), None)
    if commune is None:
        raise unknown_unit(unit, period.last)
    section = next(section for section in definition.sections if element in section.elements)
    known = catalogue.catalogue(record)
    place = Column(definition.elements.index(element) + 1, known.elements[element], section)
    with record.reading():
        own = figures(record, period=period, uids=[one.uid for one in communes], kind=kind, only=[element])
        uids = [one.uid for one in communes]
        follows = derived_figures(
            record, period=period, uids=uids, elements=[element], kind=kind, is_official=True, with_typed=True
        )
        counted = completed(official(record, period, own) if kind is Kind.ACTUAL else own, follows)
        written = _written(record, commune, element, period, kind)
    cells = {one.uid: counted.get(one.uid, {}).get(element, UNTOUCHED) for one in communes}
    return Origin(
        definition,
        period,
        commune,
        place,
        own.get(commune.uid, {}).get(element, UNTOUCHED),
        written,
        summed(communes, counted, element),
        tuple(one for one in communes if cells[one.uid].value.state is State.NOT_REPORTED),
        tuple(uses(known.indicators.values(), element)),
        follows.get(commune.uid, {}).get(element),
    )


def uses(indicators: Iterable[Indicator], element: str) -> Iterator[Use]:
    """The computed indicators whose numerator or denominator names the element, in the catalogue's order."""
    for indicator in indicators:
        top, bottom = _named(indicator.numerator), _named(indicator.denominator)
        if not indicator.typed and element in (top, bottom):
            is_numerator = element == top
            yield Use(indicator, is_numerator, bottom if is_numerator else top)


def _named(term: str | None) -> str | None:
    try:
        return element_of(term) if term else None
    except BadTerm:
        return None


def _written(record: Record, commune: Commune, element: str, period: Period, kind: Kind) -> Written | None:
    found = history(record, unit=f"uid:{commune.uid}", period=period, element=element)
    rows = (row for row in found if row.table == "value" and row.place.get("kind", kind.value) == kind.value)
    last = next(rows, None)
    return Written(last.when, last.who, last.what) if last is not None else None
