"""Results of communes: read once a year for all, judged by the set each was scored with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from db.tables import criteria as tables
from db.tables.criteria import Score
from desktop.application.criteria_recognitions import Recognised, decisions, valid_until
from desktop.application.criteria_sets import sets, used_set
from desktop.application.criteria_zones import UNKNOWN, Zone, zone_of, zones
from desktop.application.lineages import commune_on, lineage
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.domain.criteria.scoring import By, Judged, Points, Verdict, judge
from desktop.domain.criteria.sets import CriteriaSet, standing_set
from desktop.domain.criteria.ways import Gain, Loss, cheapest, margin, weakest
from desktop.domain.periods import Period
from desktop.domain.units import UnitKind

Columns = Mapping[By, Points]


@dataclass(frozen=True, slots=True)
class Result:
    """A commune's points of a year by one set, and the verdict."""

    commune: Commune
    year: int
    criteria: CriteriaSet
    zone: Zone
    columns: Columns
    judged: Judged

    @property
    def way(self) -> tuple[Gain, ...] | None:
        """The cheapest way to pass: none where it passes or is not judged, None where no way is left."""
        if self.judged.verdict is not Verdict.FAIL or self.judged.by is None:
            return ()
        return cheapest(self.criteria, self.columns[self.judged.by], zone=self.zone.number)

    @property
    def loss(self) -> Loss | None:
        """Where it is nearest to losing the standard; None where it does not pass."""
        if self.judged.verdict is not Verdict.PASS or self.judged.by is None:
            return None
        return weakest(self.criteria, self.columns[self.judged.by], zone=self.zone.number)

    @property
    def margin(self) -> Fraction | None:
        """Points to spare in all, or minus the fewest that are lacking; None where not judged or no way is left."""
        if self.judged.verdict is Verdict.NOT_JUDGED or self.judged.by is None:
            return None
        return margin(self.criteria, self.columns[self.judged.by], zone=self.zone.number)


@dataclass(frozen=True, slots=True)
class Part:
    """A commune (or what became a part of one) before a merger: its last result, and its decision, if any."""

    commune: Commune
    result: Result | None
    recognised: Recognised | None


@dataclass(frozen=True, slots=True)
class Results:
    """What the record knows of a year, read once."""

    record: Record
    year: int
    scores: Mapping[str, tuple[Score, ...]]
    zones: Mapping[str, Zone]
    decisions: Mapping[str, tuple[Recognised, ...]]

    @classmethod
    def of(cls, record: Record, year: int, *, unit: str | None = None, on: date | None = None) -> Results:
        """Of one unit (uid) or all; decisions as they stand on a day (usually the year's last)."""
        last = Period.of_year(year).last
        by_unit: dict[str, list[Score]] = {}
        for score in tables.scores_of(record, year=year, unit=unit):
            by_unit.setdefault(score.unit, []).append(score)
        told = {uid: tuple(scores) for uid, scores in by_unit.items()}
        known = zones(record, on=last) if unit is None else {unit: zone_of(record, unit_uid=unit, on=last)}
        return cls(record, year, told, known, decisions(record, on=on or last, unit=unit))

    def set_of(self, uid: str, code: str | None = None) -> CriteriaSet:
        """The set asked for, else the one the commune was scored with, else the year's."""
        if code is not None:
            return used_set(self.record, year=self.year, code=code)
        scored = {score.criteria_set for score in self.scored(uid)}
        return standing_set(sets(self.record), self.year, scored) or used_set(self.record, year=self.year)

    def scored(self, uid: str) -> tuple[Score, ...]:
        """The points that stand for a commune."""
        return tuple(score for score in self.scores.get(uid, ()) if score.points is not None)

    def columns(self, uid: str, one: CriteriaSet) -> Columns:
        """The points of a commune by a set, by who scored; rows the set does not have are left out."""
        rows = {row.code for row in one.rows}
        found: dict[By, dict[str, Fraction]] = {}
        for score in self.scored(uid):
            if score.criteria_set == one.code and score.line in rows and score.points is not None:
                found.setdefault(By(score.by), {})[score.line] = score.points
        return found

    def of_commune(
        self, commune: Commune, code: str | None = None, *, zone: int | None = None, by: By | None = None
    ) -> Result:
        """How a commune stands; `zone` tries another than its own, `by` asks for one column alone."""
        one, columns = self.set_of(commune.uid, code), self.columns(commune.uid, self.set_of(commune.uid, code))
        told = self.zones.get(commune.uid, UNKNOWN)
        number = zone if zone is not None else told.number
        if zone is not None:
            told = Zone(zone, told.basis, told.is_decided)
        asked = columns if by is None else {by: columns.get(by, {})}
        return Result(commune, self.year, one, told, columns, judge(one, asked, zone=number))

    def valid_until(self, uid: str) -> date | None:
        """The last day of the newest decision that reaches the year."""
        return valid_until(self.decisions.get(uid, ()), self.year)


def parts_of(record: Record, commune: Commune, year: int) -> tuple[Part, ...]:
    """What a commune that began by an act was made of, each part with its last result; none where it always was."""
    known = lineage(record)
    unit = known.register.units[commune.uid]
    if unit.began is None or unit.began > Period.of_year(year).last:
        return ()
    before = unit.began - timedelta(days=1)
    uids = [uid for uid in known.touching([commune.uid], before) if known.register.units[uid].kind is UnitKind.COMMUNE]
    places = known.places
    return tuple(_part(record, commune_on(known.register, uid, before), before) for uid in
                 sorted(uids, key=places.__getitem__) if uid != commune.uid)  # fmt: skip


def _part(record: Record, commune: Commune, day: date) -> Part:
    scored = {score.year for score in tables.scores_of(record, unit=commune.uid) if score.points is not None}
    years = [year for year in scored if year <= day.year]
    result = Results.of(record, max(years), unit=commune.uid).of_commune(commune) if years else None
    told = decisions(record, on=day, unit=commune.uid).get(commune.uid, ())
    return Part(commune, result, max(told, key=lambda one: one.day, default=None))


def years_scored(scores: Iterable[Score]) -> list[int]:
    """The years with points, oldest first."""
    return sorted({score.year for score in scores if score.points is not None})
