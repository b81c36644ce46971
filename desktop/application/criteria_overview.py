"""What decides: communes ranked by their margin, one commune's rows, other zones, the share beside the plans' goals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from db.tables import criteria as tables
from desktop.application import criteria_recognitions as recognitions
from desktop.application.criteria import Standing, standing_of
from desktop.application.criteria_evidence import Evidence, evidence
from desktop.application.criteria_places import commune_in
from desktop.application.criteria_proposals import Proposal, proposals
from desktop.application.criteria_recognitions import Recognised
from desktop.application.criteria_results import Result, Results, years_scored
from desktop.application.criteria_scores import Held, cells
from desktop.application.criteria_sets import sets, used_set
from desktop.application.offices import Commune, communes_of
from desktop.application.plans import plans_of
from desktop.application.records import Record
from desktop.application.scopes import MEETING_CRITERIA
from desktop.domain.criteria.scoring import By, Judged, Verdict
from desktop.domain.criteria.sets import ZONES, CriteriaSet, Criterion, Row, set_of_year
from desktop.domain.criteria.ways import Gain
from desktop.domain.periods import Period
from desktop.domain.plans import Plan, Target


@dataclass(frozen=True, slots=True)
class Line:
    """A commune in the ranked list: verdict, points to spare or lacking (None: cannot be said), its decision."""

    commune: Commune
    zone: int | None
    judged: Judged
    margin: Fraction | None
    recognised: Recognised | None
    criteria: CriteriaSet


@dataclass(frozen=True, slots=True)
class Goal:
    """A plan's goal for the share of communes that meet the criteria, and how valid decisions stand to it.

    `share` is in percent; `counted` valid decisions; `missing` communes are still needed, None while no decision is
    known.
    """

    plan: str
    title: str
    document: str
    year: int
    value: Decimal
    share: Fraction | None
    missing: int | None
    counted: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All communes of a year: ranked best first, those not judged last."""

    year: int
    criteria: CriteriaSet
    lines: tuple[Line, ...]
    passing: int
    communes: int
    goal: Goal | None

    @property
    def share(self) -> Fraction | None:
        """Percent of the communes that pass by their points; None without communes."""
        return Fraction(100 * self.passing, self.communes) if self.communes else None

    @property
    def means(self) -> tuple[Fraction | None, ...]:
        """The mean of each criterion over the communes scored by the year's set; None where none is."""
        found: list[Fraction | None] = []
        for criterion in self.criteria.criteria:
            scores = [
                part.score
                for line in self.lines
                if line.criteria == self.criteria
                for part in line.judged.criteria
                if part.criterion.number == criterion.number and part.score is not None
            ]
            found.append(sum(scores, Fraction(0)) / len(scores) if scores else None)
        return tuple(found)


def overview(record: Record, *, year: int, today: date, by: By | None = None) -> Overview:
    """Every commune served at the end of a year; `by` looks at one column instead of the one that decides."""
    last = Period.of_year(year).last
    results = Results.of(record, year, on=min(last, today))
    communes = communes_of(record, on=last)
    lines = [_line(results, commune, by, min(last, today)) for commune in communes]
    passing = sum(line.judged.verdict is Verdict.PASS for line in lines)
    ranked = tuple(sorted(lines, key=_rank))
    told = goals(record, year=year, today=today)
    ahead = [goal for goal in told if goal.year >= year]
    goal = min(ahead, key=lambda one: one.year, default=max(told, key=lambda one: one.year, default=None))
    return Overview(year, used_set(record, year=year), ranked, passing, len(communes), goal)


def _line(results: Results, commune: Commune, by: By | None, on: date) -> Line:
    found = results.of_commune(commune, by=by)
    told = recognitions.latest(results.decisions.get(commune.uid, ()), on)
    return Line(commune, found.zone.number, found.judged, found.margin, told, found.criteria)


def _rank(line: Line) -> tuple[int, Fraction, Fraction, str]:
    """Passing, failing, without a way left, not judged; by margin, then by total, then by code."""
    place = {Verdict.PASS: 0, Verdict.FAIL: 1, Verdict.NOT_JUDGED: 3}[line.judged.verdict]
    if line.judged.verdict is Verdict.FAIL and line.margin is None:
        place = 2
    return place, -(line.margin or Fraction(0)), -(line.judged.total or Fraction(0)), line.commune.code


def goals(record: Record, *, year: int, today: date) -> tuple[Goal, ...]:
    """The goals of the record's plans for the share of communes meeting the criteria, by their year.

    Valid decisions are counted on the last day of the year asked for, or today where it has not ended.
    """
    on = min(Period.of_year(year).last, today)
    counted, communes = recognitions.count(record, on=on)
    known = recognitions.is_known(record)
    found = [
        _goal(plan, target, counted, communes, known=known)
        for plan in plans_of(record).values()
        for target in plan.targets
        if target.indicator == MEETING_CRITERIA and target.year is not None and target.value is not None
    ]
    return tuple(sorted(found, key=lambda goal: (goal.year, goal.plan)))


def _goal(plan: Plan, target: Target, counted: int, communes: int, *, known: bool) -> Goal:
    value = target.value or Decimal(0)
    needed = ceil(Fraction(value) * communes / 100)
    share = Fraction(100 * counted, communes) if communes and known else None
    missing = max(needed - counted, 0) if communes and known else None
    return Goal(plan.code, plan.title, plan.symbol, target.year or 0, value, share, missing, counted)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column says of a row: points, why, how they came (typed, import, record), and the files as proof."""

    points: Fraction | None = None
    reason: str | None = None
    origin: str = "typed"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of one commune: its cells by who scored, what the record proposes, what is left, its part of the way.

    `steps` are the points that can be given in the commune's zone (none: any of its grain); a row that is not asked
    there has `applies` false.
    """

    criterion: Criterion
    row: Row
    cells: Mapping[By, Cell]
    proposal: Proposal | None
    left: Fraction | None
    gain: Gain | None
    steps: tuple[Fraction, ...]
    applies: bool


@dataclass(frozen=True, slots=True)
class YearResult:
    """A year of a commune: by which set and column, how many points, the verdict, whether a decision recognises it."""

    year: int
    set_code: str
    by: By | None
    total: Fraction | None
    maximum: Fraction
    verdict: Verdict
    recognised: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One commune's year with every row, and the years before it by the sets they were scored with."""

    standing: Standing
    rows: tuple[SheetRow, ...]
    history: tuple[YearResult, ...] = field(default=())


def sheet(record: Record, *, unit: str, year: int, today: date, code: str | None = None) -> Sheet:
    """Everything about one commune; `code` looks at another set than the one it stands by."""
    standing = standing_of(record, unit=unit, year=year, code=code)
    commune, one = standing.commune, standing.criteria
    result = Results.of(record, year, unit=commune.uid).of_commune(commune, one.code)
    held = cells(tables.scores_of(record, year=year, unit=commune.uid), one.code)
    files: dict[tuple[str, By], list[Evidence]] = {}
    for proof in evidence(record, unit=unit, year=year):
        if proof.criteria_set == one.code:
            files.setdefault((proof.code, proof.by), []).append(proof)
    proposed = {
        proposal.code: proposal for proposal in proposals(record, unit=unit, year=year, today=today, code=one.code)
    }
    gains = {gain.code: gain for gain in standing.way or ()}
    deciding = result.columns.get(standing.judged.by, {}) if standing.judged.by else {}
    rows = []
    for criterion in one.criteria:
        for row in criterion.scored:
            told = {by: _cell(held.get((row.code, by)), files.get((row.code, by), ())) for by in By}
            left = row.maximum - deciding[row.code] if one.is_whole and row.code in deciding else None
            steps, applies = row.steps_in(standing.zone.number), row.applies(standing.zone.number)
            rows.append(
                SheetRow(criterion, row, told, proposed.get(row.code), left, gains.get(row.code), steps, applies)
            )
    return Sheet(standing, tuple(rows), history(record, commune=commune, until=year))


def _cell(held: Held | None, files: Iterable[Evidence]) -> Cell:
    if held is None:
        return Cell(evidence=tuple(files))
    return Cell(held.points, held.reason, held.how, tuple(files))


def history(record: Record, *, commune: Commune, until: int) -> tuple[YearResult, ...]:
    """Every year of a commune with points or a decision up to a year, oldest first, each by its own set."""
    told = recognitions.decisions(record, on=date(until, 12, 31), unit=commune.uid).get(commune.uid, ())
    scored = years_scored(tables.scores_of(record, unit=commune.uid))
    found = []
    for year in sorted({*scored, *(one.year for one in told)}):
        is_recognised = any(one.year == year for one in told)
        if year > until:
            continue
        if set_of_year(sets(record), year) is None:
            found.append(YearResult(year, "", None, None, Fraction(0), Verdict.NOT_JUDGED, is_recognised))
            continue
        result = Results.of(record, year, unit=commune.uid).of_commune(commune)
        judged = result.judged
        found.append(
            YearResult(
                year, result.criteria.code, judged.by, judged.total, judged.maximum, judged.verdict, is_recognised
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ZoneResult:
    """How a commune would stand in a zone; `changes` where the verdict is another than now."""

    zone: int
    judged: Judged
    margin: Fraction | None
    changes: bool


def if_zone(record: Record, *, unit: str, year: int) -> tuple[ZoneResult, ...]:
    """What changes if the zone does; none where the set asks the same in every zone."""
    commune = commune_in(record, unit, year)
    results = Results.of(record, year, unit=commune.uid)
    now = results.of_commune(commune)
    if not now.criteria.uses_zones:
        return ()
    tried: list[tuple[int, Result]] = [(zone, results.of_commune(commune, zone=zone)) for zone in ZONES]
    return tuple(
        ZoneResult(zone, one.judged, one.margin, one.judged.verdict is not now.judged.verdict) for zone, one in tried
    )
