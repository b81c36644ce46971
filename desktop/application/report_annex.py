"""The annex of the report of targets: every commune of a scope, on its boundaries, with totals and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.application import catalogue
from desktop.application.boundaries import OnGround
from desktop.application.checks import findings as open_findings
from desktop.application.lineages import commune_on
from desktop.application.offices import Commune
from desktop.application.scopes import Scope
from desktop.domain.elements import ValueType
from desktop.domain.findings import Severity
from desktop.domain.lineage import Reason
from desktop.domain.periods import Period
from desktop.domain.rounding import half_up
from desktop.domain.values import NOT_REPORTED, Total, number

if TYPE_CHECKING:
    from desktop.reports.targets_input import AnnexCell, AnnexColumn, AnnexRow, AnnexTotal, Ground

Annex = tuple["tuple[AnnexColumn, ...]", "tuple[AnnexRow, ...]", "tuple[AnnexTotal, ...]"]


def annex(scope: Scope, period: Period) -> Annex:
    """Columns, communes and totals of every element that the period's forms ask for or that has a figure."""
    from desktop.reports.targets_input import AnnexRow, AnnexTotal

    columns, worst = _columns(scope, period), _worst(scope, period)
    rows = []
    for commune in scope.communes:
        codes = _codes_of(scope, [commune.uid], period)
        cells = tuple(_cell(scope, commune, column.element, period, codes, worst) for column in columns)
        rows.append(AnnexRow(commune.code, commune.name, cells))
    codes, totals = codes_behind(scope, period), []
    for column in columns:
        told = _figure(scope, scope.uids, column.element, period)
        figure = told.figure
        totals.append(
            AnnexTotal(
                Total(figure.value or NOT_REPORTED, figure.reported, figure.expected),
                _gravest(worst, codes, column.element),
                ground=ground_of(figure.reason, estimated=figure.estimated),
            )
        )
    return columns, tuple(rows), tuple(totals)


def _columns(scope: Scope, period: Period) -> tuple[AnnexColumn, ...]:
    from desktop.reports.targets_input import AnnexColumn

    known, view = catalogue.catalogue(scope.record), scope.view
    cells = view.cells(period)
    held = {code for uid, _ in view.ground(scope.uids, period).parts for code in cells.get(uid, {})}
    if view.periods_near(period):
        held |= view.elements_near(scope.uids, period)
    found: dict[str, AnnexColumn] = {}
    for form in known.forms.values():
        for section in form.sections:
            for code in section.elements if form.fits(period) or held & {*form.elements} else ():
                element = known.elements[code]
                name = element.short_vi or element.name_vi
                found.setdefault(code, AnnexColumn(code, name, element.unit, section.name_vi))
    return tuple(found.values())


def _figure(scope: Scope, units: list[str], code: str, period: Period) -> OnGround:
    return scope.stored.figure(catalogue.catalogue(scope.record).elements[code], units, period)


def _cell(
    scope: Scope,
    commune: Commune,
    code: str,
    period: Period,
    codes: frozenset[str],
    worst: dict[tuple[str, str], Severity],
) -> AnnexCell:
    from desktop.reports.targets_input import AnnexCell

    told = _figure(scope, [commune.uid], code, period)
    figure, element = told.figure, catalogue.catalogue(scope.record).elements[code]
    several = figure.expected > 1
    value = figure.value or NOT_REPORTED
    if figure.estimated and value.number is not None:
        value = number(half_up(value.number, element.decimals))
    return AnnexCell(
        value,
        _gravest(worst, codes, code),
        ground=ground_of(figure.reason, estimated=figure.estimated),
        of_parts=(figure.reported, figure.expected) if several else None,
        counts_yes=several and element.type is ValueType.YES_NO,
    )


def ground_of(reason: str | None, *, estimated: bool) -> Ground:
    """How a figure stands on its boundaries, by the reason why there is none."""
    from desktop.reports.targets_input import Ground

    if reason in set(Reason):
        return Ground.UNKNOWN
    return Ground.ESTIMATED if estimated else Ground.KNOWN


def codes_behind(scope: Scope, period: Period) -> frozenset[str]:
    """The codes, in the period, of all units a scope is made of: what findings of the period speak of."""
    return frozenset().union(*(_codes_of(scope, [uid], period) for uid in scope.uids))


def _codes_of(scope: Scope, units: list[str], period: Period) -> frozenset[str]:
    register = scope.view.lineage.register
    parts = scope.view.ground(units, period).parts
    return frozenset(commune_on(register, uid, period.last).code for uid, _ in parts)


def _gravest(worst: dict[tuple[str, str], Severity], codes: frozenset[str], element: str) -> Severity | None:
    found = [worst[code, element] for code in codes if (code, element) in worst]
    return min(found, key=list(Severity).index, default=None)


def _worst(scope: Scope, period: Period) -> dict[tuple[str, str], Severity]:
    """The gravest finding of each cell that nobody kept with a reason."""
    found: dict[tuple[str, str], Severity] = {}
    order = list(Severity)
    for finding in open_findings(scope.record, period=period):
        if finding.kept is None and finding.unit and finding.element:
            key = (finding.unit, finding.element)
            found[key] = min(found.get(key, Severity.NOTE), finding.severity, key=order.index)
    return found


def ground_notes(scope: Scope, period: Period) -> tuple[str, ...]:
    """Sentences of the report, in Vietnamese, about communes whose figures cannot be had on its boundaries, and why."""
    alike: dict[str, list[str]] = {}
    for commune in scope.communes:
        ground = scope.view.ground([commune.uid], period)
        if ground.reason is not None:
            names = ", ".join(_called(scope, uid, period) for uid in ground.missing)
            why = _WHY[Reason(ground.reason)].format(units=names)
            alike.setdefault(why, []).append(_lower_first(commune.name))
    told = [f"{', '.join(communes)} ({why})" for why, communes in alike.items()]
    return (f"Không tính được theo địa giới này: {'; '.join(told)}.",) if told else ()


def _called(scope: Scope, uid: str, period: Period) -> str:
    register = scope.view.lineage.register
    ended, one = register.units[uid].ended, commune_on(register, uid, period.last)
    until = f", đến {ended:%d/%m/%Y}" if ended else ""
    return f"{_lower_first(one.name)} ({one.code}{until})"


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


_WHY: Final = {
    Reason.OUTSIDE_RECORD: "phần {units} không có trong sổ này",
    Reason.SPLIT_WITHOUT_SHARES: "số liệu của {units} không tách được vì chưa có tỷ lệ",
    Reason.NO_ACT: "chưa có văn bản sắp xếp nào cho biết {units} gồm những phần nào",
}
