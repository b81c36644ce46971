"""Points the record proposes by the rules of the set, with the figures they rest on; nothing is written by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from db.tables import criteria as tables
from db.tables.criteria import Score
from desktop.application import catalogue
from desktop.application.changes import NOTHING, Changes
from desktop.application.checks import impossible
from desktop.application.criteria_places import commune_in
from desktop.application.criteria_results import Results
from desktop.application.criteria_scores import write
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.application.scopes import Scope
from desktop.application.station_profiles import commune_facts
from desktop.domain.criteria.rules import STATION, BadRule, ScoreRule, parse
from desktop.domain.criteria.scoring import By, shown
from desktop.domain.criteria.sets import Row
from desktop.domain.elements import Indicator
from desktop.domain.findings import Finding
from desktop.domain.indicators import element_of
from desktop.domain.periods import Period
from desktop.domain.rounding import half_up
from desktop.domain.stations.answers import label, spoken
from desktop.domain.stations.communes import Told
from desktop.domain.values import NotComputable, State
from desktop.system.i18n import render
from desktop.wording import Label, Sentence, say


@dataclass(frozen=True, slots=True)
class Proposal:
    """Points for a row and what they rest on; `points` None: none is proposed, and `why_not` says why."""

    code: str
    points: Fraction | None
    basis: Sentence
    why_not: Sentence | None = None


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of the record in words; `number` None with the reason where it feeds no score."""

    number: Fraction | None
    words: Sentence
    why_not: Sentence | None = None


def proposals(record: Record, *, unit: str, year: int, today: date, code: str | None = None) -> tuple[Proposal, ...]:
    """What the record proposes for a commune's rows that have a rule, in the order of the set."""
    commune = commune_in(record, unit, year)
    result = Results.of(record, year, unit=commune.uid).of_commune(commune, code)
    rows = [row for _, rows in result.criteria.asked(result.zone.number) for row in rows if row.rule]
    if not rows:
        return ()
    figures = _Figures(record, commune, Period.of_year(year), min(Period.of_year(year).last, today))
    return tuple(_proposal(row, figures, result.zone.number) for row in rows)


def take(
    record: Record,
    *,
    unit: str,
    year: int,
    by: By,
    today: date,
    codes: Collection[str] | None = None,
    over_typed: bool = False,
    code: str | None = None,
    source: str = "criteria",
) -> Changes:
    """Write the proposals of some rows (None: all) into a column, with what they rest on as the reason.

    What was typed or came from a file stays, unless `over_typed`: only blanks and earlier proposals are filled.
    """
    commune = commune_in(record, unit, year)
    result = Results.of(record, year, unit=commune.uid).of_commune(commune, code)
    held = {
        score.line: score
        for score in tables.scores_of(record, year=year, unit=commune.uid)
        if (score.criteria_set, score.by) == (result.criteria.code, by.value) and score.points is not None
    }
    chosen = [
        proposal
        for proposal in proposals(record, unit=unit, year=year, today=today, code=result.criteria.code)
        if proposal.points is not None and (codes is None or proposal.code in codes)
    ]
    scores = [
        Score(
            commune.uid, year, result.criteria.code, one.code, by.value, one.points, render(one.basis, "vi"), "record"
        )
        for one in chosen
        if over_typed or one.code not in held or held[one.code].how == "record"
    ]
    return write(record, commune, year, scores, source) if scores else NOTHING


def _proposal(row: Row, figures: _Figures, zone: int | None) -> Proposal:
    try:
        rule = parse(row.rule or "")
    except BadRule as bad:
        words = say("The rule of {code} cannot be read: {part}.", code=row.code, part=str(bad))
        return Proposal(row.code, None, words, words)
    figure = figures.of(rule)
    scale = rule.scale(zone)
    if figure.number is None:
        return Proposal(row.code, None, figure.words, figure.why_not)
    if scale is None:
        return Proposal(row.code, None, figure.words, say("The limits depend on the zone, which is not known."))
    points = scale.points(figure.number)
    if points is None:
        return Proposal(row.code, None, figure.words, say("No limit of the table speaks of this figure."))
    if not row.gives(points, zone):
        words = say("{points} points for {code}: the table does not give them.", points=shown(points), code=row.code)
        return Proposal(row.code, None, figure.words, words)
    return Proposal(row.code, points, figure.words)


@dataclass(slots=True)
class _Figures:
    """Figures of a commune and year by code, read when they are first asked for."""

    record: Record
    commune: Commune
    period: Period
    day: date
    _facts: dict[str, Told] | None = None
    _scope: Scope | None = None
    _errors: Mapping[str, Finding] | None = None
    _known: dict[str, _Figure] = field(default_factory=dict)

    def of(self, rule: ScoreRule) -> _Figure:
        """The figure a rule rests on; a part and its whole give a share in percent."""
        each = [self._one(code) for code in rule.codes]
        if len(each) == 1:
            return each[0]
        part, whole = each
        words = say("{part}; {whole}", part=part.words, whole=whole.words)
        lacking = next((one.why_not for one in each if one.number is None), None)
        if part.number is None or whole.number is None:
            return _Figure(None, words, lacking)
        if whole.number == 0:
            return _Figure(None, words, say("The whole is 0."))
        return _Figure(part.number * 100 / whole.number, words)

    def _one(self, code: str) -> _Figure:
        if code not in self._known:
            self._known[code] = self._fact(code) if code.startswith(STATION) else self._counted(code)
        return self._known[code]

    def _fact(self, code: str) -> _Figure:
        if self._facts is None:
            self._facts = commune_facts(self.record, commune=self.commune.uid, on=self.day)
        told = self._facts.get(code.removeprefix(STATION))
        if told is None:
            words = say("The record knows no figure {code}.", code=code)
            return _Figure(None, words, words)
        name = label(told.item)
        if told.value is None:
            return _Figure(None, say("{name}: not known", name=name), told.why)
        words = say("{name}: {value}", name=name, value=spoken(told.item, told.value))
        if told.value.state in (State.NOT_REPORTED, State.NOT_APPLICABLE, State.TEXT):
            return _Figure(None, words, say("This answer is no number."))
        if told.old and told.since is not None:
            return _Figure(None, words, say("Said on {day} and not confirmed since.", day=told.since))
        return _Figure(told.value.number, words)

    def _counted(self, code: str) -> _Figure:
        if self._scope is None:
            self._scope = Scope.of(self.record, self.commune.code, self.period)
        known = catalogue.catalogue(self.record)
        if code in known.indicators:
            return self._rate(self._scope, known.indicators[code])
        if code not in known.elements:
            words = say("The record knows no figure {code}.", code=code)
            return _Figure(None, words, words)
        element, figure = known.elements[code], self._scope.figure(code, self.period).figure
        name = Label(element.name_vi, element.name_en or element.name_vi)
        number = None if figure.value is None else figure.value.number
        if number is None or figure.reported < figure.expected:
            words = say("{name} in {period}: not reported", name=name, period=self.period.sentence())
            return _Figure(None, words, say("The figure is not reported, or its form is not finished."))
        words = say("{name} in {period}: {number}", name=name, period=self.period.sentence(), number=shown(number))
        if figure.estimated:
            return _estimate(words)
        return self._faulty(words, (code,)) or _Figure(number, words)

    def _rate(self, scope: Scope, indicator: Indicator) -> _Figure:
        name, unit = Label(indicator.name_vi, indicator.name_en or indicator.name_vi), indicator.unit
        rate = scope.rate(indicator, self.period)
        if isinstance(rate.value, NotComputable):
            words = say("{name} in {period}: cannot be computed", name=name, period=self.period.sentence())
            return _Figure(None, words, say("The figures it is made of are not all reported."))
        number = half_up(rate.value.value, indicator.decimals)
        told = say("{name} in {period}: {number}{unit}", name=name, period=self.period.sentence(), number=number,
                   unit=unit if unit in ("%", "‰") else "")  # fmt: skip
        words = say("{rate} ({part} of {whole})", rate=told, part=shown(rate.value.numerator),
                    whole=shown(rate.value.denominator))  # fmt: skip
        if rate.value.reported < rate.value.expected:
            return _Figure(None, words, say("The figures it is made of are not all reported."))
        if rate.estimated:
            return _estimate(words)
        terms = (indicator.numerator, indicator.denominator)
        return self._faulty(words, [element_of(term) for term in terms if term]) or _Figure(rate.value.value, words)

    def _faulty(self, words: Sentence, elements: Iterable[str]) -> _Figure | None:
        """The figure without a number where a cell it rests on holds what cannot be, and nobody keeps it."""
        if self._errors is None:
            self._errors = impossible(self.record, period=self.period, commune=self.commune)
        error = next((self._errors[code] for code in elements if code in self._errors), None)
        if error is None:
            return None
        return _Figure(None, words, say("The figure cannot be right: {error}", error=error.message))


def _estimate(words: Sentence) -> _Figure:
    return _Figure(None, words, say("This is an estimate over divided units: it feeds no score."))
