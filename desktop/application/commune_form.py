"""One commune's form as it is filled in: its lines with the figures beside them, its rates, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from db.tables import offices, submissions
from desktop.application import catalogue
from desktop.application.derived import completed, derived_figures, not_due
from desktop.application.entry import Column, form_of, holder
from desktop.application.figures import UNTOUCHED, Figure, figures, unknown_unit, with_denominators
from desktop.application.offices import Commune, communes_of
from desktop.application.plans import plans_of
from desktop.application.records import Record
from desktop.application.series import figures_along
from desktop.domain.derivation import Told
from desktop.domain.elements import Behaviour, Catalogue, Form, Indicator
from desktop.domain.indicators import BadTerm, compute, element_of
from desktop.domain.periods import Period
from desktop.domain.plans import Target
from desktop.domain.values import Kind, Ratio, Value
from desktop.domain.workdays import Due


@dataclass(frozen=True, slots=True)
class Line:
    """An element of the form for one commune: this period and what stands beside it; None where nobody wrote.

    `derived` is what other periods say of this one where nobody typed; the periods beside are derived in the same way.
    """

    column: Column
    figure: Figure
    last_year: Value | None
    previous: Value | None
    planned: Value | None
    derived: Told | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """What a plan asks of a rate, and the plan's code."""

    target: Target
    plan: str


@dataclass(frozen=True, slots=True)
class RateLine:
    """An indicator of the commune itself, shown below the line of its numerator; `top` and `bottom` are elements."""

    indicator: Indicator
    top: str
    bottom: str
    aim: Aim | None = None


@dataclass(frozen=True, slots=True)
class FormLife:
    """Where the form stands: `not_started` before anything was written; `holder` is the office's name."""

    state: str
    received_on: date | None = None
    holder: str = ""
    correction: int = 0
    reason: str | None = None
    returned_by: str | None = None


@dataclass(frozen=True, slots=True)
class CommuneForm:
    """A commune's form of a period: lines in the form's order.

    `chosen`, `chosen_before` and `chosen_previous` are the year's chosen denominators by element: rates divide by them.
    """

    form: Form
    period: Period
    kind: Kind
    commune: Commune
    life: FormLife
    lines: tuple[Line, ...]
    rates: tuple[RateLine, ...]
    chosen: Mapping[str, Value] = field(default_factory=dict)
    chosen_before: Mapping[str, Value] = field(default_factory=dict)
    chosen_previous: Mapping[str, Value] = field(default_factory=dict)

    @property
    def has_previous(self) -> bool:
        """Whether the period before is another one than the same period last year."""
        return self.period.previous() != self.period.same_last_year()


def commune_form(record: Record, *, unit: str, form: str, period: Period, kind: Kind = Kind.ACTUAL) -> CommuneForm:
    """The form of a commune (code or `uid:…`) for a period; AppError `unknown_form` or `unknown_unit`."""
    definition, known = form_of(record, form), catalogue.catalogue(record)
    commune = _commune(record, unit, period)
    before, previous, year = period.same_last_year(), period.previous(), Period.of_year(period.year)
    with record.reading():
        now = figures(record, period=period, uids=[commune.uid], kind=kind).get(commune.uid, {})
        last, earlier = _of(record, commune, before), _of(record, commune, previous)
        derived = _derived(record, commune, period, kind)
        assigned = _of(record, commune, year, Kind.ASSIGNED) if kind is not Kind.ASSIGNED else {}
        life = life_of(record, commune=commune, form=form, period=period)
        chosen = tuple(_chosen(record, commune, one) for one in (period, before, previous))
        aims = _aims(record, period)
    sections = {code: section for section in definition.sections for code in section.elements}
    lines = tuple(
        Line(
            Column(place, known.elements[code], sections[code]),
            now.get(code, UNTOUCHED),
            _value(last, code),
            _value(earlier, code),
            _value(assigned, code),
            derived.get(code) or not_due(known.elements[code], period),
        )
        for place, code in enumerate(definition.elements, 1)
    )
    rates = tuple(replace(rate, aim=aims.get(rate.indicator.code)) for rate in _rates(known, definition, period))
    return CommuneForm(definition, period, kind, commune, life, lines, rates, *chosen)


def _commune(record: Record, unit: str, period: Period) -> Commune:
    for commune in communes_of(record, on=period.last):
        if unit in (commune.code, f"uid:{commune.uid}"):
            return commune
    raise unknown_unit(unit, period.last)


def _of(record: Record, commune: Commune, period: Period, kind: Kind = Kind.ACTUAL) -> dict[str, Figure]:
    typed = figures_along(record, period=period, uids=[commune.uid], kind=kind)
    follows = derived_figures(record, period=period, uids=[commune.uid], kind=kind)
    return completed(typed, follows).get(commune.uid, {})


def _derived(record: Record, commune: Commune, period: Period, kind: Kind) -> dict[str, Told]:
    return derived_figures(record, period=period, uids=[commune.uid], kind=kind).get(commune.uid, {})


def _value(cells: Mapping[str, Figure], code: str) -> Value | None:
    found = cells.get(code)
    return found.value if found is not None and (found.touched or found.value.is_reported) else None


def _chosen(record: Record, commune: Commune, period: Period) -> dict[str, Value]:
    found: dict[str, dict[str, Value]] = {commune.uid: {}}
    if period.is_year:
        with_denominators(record, found, period.year)
    return found[commune.uid]


def _rates(known: Catalogue, form: Form, period: Period) -> list[RateLine]:
    """Indicators that a commune can be shown: both parts stand on the form, and the catalogue judges it there."""
    found = []
    for indicator in known.indicators.values():
        if indicator.typed or not indicator.numerator or not indicator.denominator:
            continue
        try:
            top, bottom = element_of(indicator.numerator), element_of(indicator.denominator)
        except BadTerm:
            continue
        if (top, bottom) != (indicator.numerator, indicator.denominator) or "commune" not in indicator.judged_at:
            continue
        if not {top, bottom} <= set(form.elements):
            continue
        # A part of a year has no rate of what happens in it (design 3.2): the cases are shown, not divided.
        if period.is_year or known.elements[top].behaviour is not Behaviour.FLOW:
            found.append(RateLine(indicator, top, bottom))
    return found


def _aims(record: Record, period: Period) -> dict[str, Aim]:
    """By indicator: the nearest number a plan of the record asks for in the period's year or later."""
    found: dict[str, Aim] = {}
    for plan in plans_of(record).values():
        for target in plan.targets:
            if target.value is None or target.year is None or target.year < period.year:
                continue
            held = found.get(target.indicator)
            if held is None or target.year < (held.target.year or target.year):
                found[target.indicator] = Aim(target, plan.code)
    return found


def rate(line: RateLine, cells: Mapping[str, Value], chosen: Mapping[str, Value]) -> Fraction | None:
    """A rate of one commune from its figures, or None where a part is missing; chosen denominators come first."""
    computed = compute(line.indicator, [{**cells, **chosen}])
    return computed.value if isinstance(computed, Ratio) else None


def life_of(record: Record, *, commune: Commune, form: str, period: Period) -> FormLife:
    """Where the form of a commune stands."""
    begun = submissions.one(record, unit=commune.uid, form=form, period=period.id)
    if begun is None:
        return FormLife("not_started", holder=_office_name(record, holder(record, period.last), period.last))
    return FormLife(
        begun.state.value,
        begun.received_on,
        _office_name(record, begun.holder, period.last),
        begun.correction,
        begun.reason,
        begun.returned_by,
    )


def _office_name(record: Record, uid: str, day: date) -> str:
    office = offices.on(record, uid, day) if uid else None
    return office.name if office else ""


@dataclass(frozen=True, slots=True)
class Timing:
    """When the form is due and how many days after it came, or has not come until today; 0 where it is not late."""

    due: Due | None
    days_late: int


def timing(record: Record, form: CommuneForm, *, today: date) -> Timing:
    """Whether the form of a commune is in time."""
    from desktop.application import deadlines
    from desktop.application.expected import Expected

    due = deadlines.due(record, form=form.form.code, period=form.period, unit=form.commune.uid)
    begun = submissions.one(record, unit=form.commune.uid, form=form.form.code, period=form.period.id)
    return Timing(due, Expected(form.commune, form.form, form.period, due, begun).days_late(today))


def states(record: Record, *, form: str, period: Period) -> list[tuple[Commune, str]]:
    """The communes that stand on the period's last day, each with the state of its form."""
    begun = {row.unit: row.state.value for row in submissions.of(record, periods=[period.id], form=form)}
    return [(commune, begun.get(commune.uid, "not_started")) for commune in communes_of(record, on=period.last)]
