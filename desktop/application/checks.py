"""Findings: the rules applied to what the record holds, and the reasons with which people keep them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from db.tables import catalogue as element_rows
from db.tables import findings as kept_rows
from db.tables import periods as period_rows
from db.tables import units as unit_rows
from db.tables import values
from desktop.application import catalogue
from desktop.application.changes import Changes, Subject, changed
from desktop.application.derived import derived_figures, histories
from desktop.application.figures import figures, meant_communes
from desktop.application.near_periods import sources_of
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.domain.derivation import is_not_due
from desktop.domain.elements import Catalogue, Form
from desktop.domain.findings import Finding, Kept, Severity
from desktop.domain.periods import Period
from desktop.domain.values import Kind, State, Value, plain
from desktop.errors import AppError
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.domain.rules import Sheet

Step = Callable[[int, int], None]
YEARS_BACK = 3
AT_ONCE = 20
_LISTED = say("“sotram findings” lists them with their numbers.")


def findings(
    record: Record,
    *,
    period: Period,
    unit: str | None = None,
    kind: Kind = Kind.ACTUAL,
    form: str | None = None,
    step: Step | None = None,
) -> list[Finding]:
    """What a person should look at in a period: the whole office, or one unit. Kept ones carry their reason.

    `step` is told after every few communes, so that typing need not wait for the checks.
    """
    from desktop.application.nutrition_checks import against_lists
    from desktop.application.station_checks import against_profiles
    from desktop.domain.rules import check

    _, asked, _ = meant_communes(record, unit=unit, day=period.last)
    everyone = communes_of(record, on=period.last)
    codes = frozenset(commune.code for commune in asked) if unit is not None else None
    known = catalogue.catalogue(record)
    elements = known.forms[form].elements if form else tuple(known.elements)
    sheet = _sheet(record, period, kind, everyone, elements, codes, step)
    found = check(sheet, catalogue.rules(record), step)
    if kind is Kind.ACTUAL:
        found += against_profiles(record, period=period, units=codes, elements=elements)
        found += against_lists(record, period=period, units=codes, elements=elements, step=step)
    # Reasons are kept for what was reported: an estimate asks whatever the reported figure was kept for.
    return _with_reasons(record, period, everyone, found) if kind is Kind.ACTUAL else found


def impossible(record: Record, *, period: Period, commune: Commune) -> Mapping[str, Finding]:
    """The first error nobody keeps with a reason, by element, that a commune's own figures of a period show.

    Only what is impossible by definition is looked at: no other commune, no other period.
    """
    from desktop.domain.rules import RuleKind, check

    kinds = (RuleKind.AT_MOST, RuleKind.SUM_EQUALS, RuleKind.LIMITS)
    rules = [one for one in catalogue.rules(record) if one.severity is Severity.ERROR and one.kind in kinds]
    known = catalogue.catalogue(record)
    ids = {number: code for code, number in element_rows.element_ids(record).items()}
    now = _read(record, period, Kind.ACTUAL, [commune], ids, None)
    found = check(_of_figures(period, now, known, [commune]), rules)
    first: dict[str, Finding] = {}
    for one in _with_reasons(record, period, [commune], found) if found else ():
        if one.element is not None and one.kept is None:
            first.setdefault(one.element, one)
    return first


def _sheet(
    record: Record,
    period: Period,
    kind: Kind,
    communes: list[Commune],
    elements: Sequence[str],
    units_asked: frozenset[str] | None,
    step: Step | None,
) -> Sheet:
    ids = element_rows.element_ids(record)
    wanted = {ids[code]: code for code in elements if code in ids}
    now = _read(record, period, kind, communes, wanted, step)
    lines = catalogue.lines(record)
    along = {ids[code]: code for code in lines.widened(elements) if code in ids} if lines.others else wanted
    earlier = []
    past = period
    for _ in range(YEARS_BACK):
        past = past.same_last_year()
        then = _read(record, past, Kind.ACTUAL, communes, along, step)
        if then:
            earlier.append((past.id, {code: lines.carried(cells) for code, cells in then.items()}))
    bare = _of_figures(period, now, catalogue.catalogue(record), communes)
    others = _others(record, period, communes, elements)
    return replace(bare, earlier=tuple(earlier), units=units_asked, others=others)


def _of_figures(
    period: Period, now: Mapping[str, Mapping[str, Value]], known: Catalogue, communes: list[Commune]
) -> Sheet:
    from desktop.domain.rules import Sheet

    columns = {code: place for form in reversed(known.forms.values()) for place, code in enumerate(form.elements, 1)}
    return Sheet(period.id, now, known.elements, columns, {commune.code: commune.name for commune in communes})


def _others(
    record: Record, period: Period, communes: list[Commune], elements: Sequence[str]
) -> Callable[[str], Mapping[str, Mapping[Period, Value]]] | None:
    """What reads a commune's figures in the other periods of the years that end no later; None where there are none."""
    near = [one for one in sources_of(record, period) if one.last <= period.last]
    uids = {commune.code: commune.uid for commune in communes}
    if not near:
        return None
    return lambda code: histories(record, periods=near, uids=[uids[code]], elements=elements).get(uids[code], {})


def looked_at(record: Record, period: Period) -> list[Period]:
    """The periods whose figures decide what the checks find in one."""
    years = [period.shifted(-back) for back in range(YEARS_BACK + 1)]
    return years + [one for one in sources_of(record, period) if one.last <= period.last]


def beside(record: Record, period: Period) -> tuple[str, ...]:
    """The tables beside the figures that decide what the checks find in a period."""
    from desktop.application import nutrition_checks, station_checks

    return (*nutrition_checks.tables(record, period), *station_checks.tables(record, period))


def _read(
    record: Record, period: Period, kind: Kind, communes: list[Commune], elements: Mapping[int, str], step: Step | None
) -> dict[str, dict[str, Value]]:
    """The figures of the communes by their codes, in their order; of elements (numbers) under the codes given."""
    number, ids = period_rows.ids(record).get(period.id), unit_rows.ids(record)
    if number is None:
        return {}
    codes = {ids[commune.uid]: commune.code for commune in communes if commune.uid in ids}
    found: dict[str, dict[str, Value]] = {}
    numbers = list(codes)
    for begin in range(0, len(numbers), AT_ONCE):
        at_once = numbers[begin : begin + AT_ONCE]
        read = values.totals(record, period=number, units=at_once, elements=elements, kind=kind)
        found |= {codes[unit]: read[unit] for unit in at_once if unit in read}
        if step:
            step(0, len(codes))
    return found


def _with_reasons(record: Record, period: Period, communes: list[Commune], found: list[Finding]) -> list[Finding]:
    uids = {commune.code: commune.uid for commune in communes}
    kept = {(row.unit, row.element, row.rule): row for row in kept_rows.of(record, [period.id])}
    if not kept:
        return found
    now = figures(record, period=period)
    marked = []
    for finding in found:
        uid = uids.get(finding.unit or "", "")
        row = kept.get((uid, finding.element or "", finding.rule))
        figure = now.get(uid, {}).get(finding.element or "")
        if row and figure and row.shown == shown(figure.value):
            marked.append(replace(finding, kept=Kept(row.reason, row.who, row.at)))
        else:
            marked.append(finding)
    return marked


def shown(value: Value) -> str:
    """A value as a kept reason remembers it: the plain number or text, else the state."""
    return plain(value) or value.state.value


def keep(record: Record, *, ids: Sequence[str], period: Period, reason: str) -> Changes:
    """Keep findings with one reason; they ask again when their figure changes."""
    if not reason.strip():
        raise AppError("reason_needed", say("A reason is needed to keep a finding."), say("Say in a few words why."))
    found = {finding.id: finding for finding in findings(record, period=period)}
    missing = [name for name in ids if name not in found]
    if missing:
        raise AppError("unknown_finding", say("No finding {ids} in this period.", ids=", ".join(missing)), _LISTED)
    uids = {commune.code: commune.uid for commune in communes_of(record, on=period.last)}
    now = figures(record, period=period)
    with record.change(say("Keep {count} findings with a reason", count=len(ids)), source="findings") as change:
        for name in ids:
            finding = found[name]
            uid, element = uids[finding.unit or ""], finding.element or ""
            value = now[uid][element].value
            kept_rows.put(
                record,
                kept_rows.KeptReason(
                    uid,
                    period.id,
                    element,
                    finding.rule,
                    shown(value),
                    reason.strip(),
                    record.actor,
                    record.stamp(),
                ),
            )
    return changed(change.rows, Subject.FINDINGS)


def period_of_finding(record: Record, ids: Sequence[str]) -> Period:
    """The period in which findings with these ids stand, newest first; AppError where none has them all."""
    for period in sorted(period_rows.known(record), key=lambda one: one.last, reverse=True):
        if set(ids) <= {finding.id for finding in findings(record, period=period)}:
            return period
    raise AppError("unknown_finding", say("No finding {ids} in any period.", ids=", ".join(ids)), _LISTED)


def not_reported(record: Record, *, form: Form, period: Period, commune: Commune) -> list[str]:
    """Elements of a form that have no figure: nobody wrote them, or *not reported* was written; nor do they follow.

    A survey of the year is not missing in a shorter period: it is not due yet.
    """
    cells = figures(record, period=period, uids=[commune.uid]).get(commune.uid, {})
    known = catalogue.catalogue(record).elements
    answers = derived_figures(record, period=period, uids=[commune.uid], elements=form.elements).get(commune.uid, {})
    follows = {code for code, answer in answers.items() if answer.derived.is_known}
    not_due = {code for code in form.elements if is_not_due(known[code], period)}
    missing = [code for code in form.elements if code not in cells or cells[code].value.state is State.NOT_REPORTED]
    return [code for code in missing if code not in follows | not_due]
