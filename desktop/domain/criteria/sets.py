"""A set of criteria as a decision lays it down: criteria, their rows, maxima, the rule by which a commune passes.

What a decision's text was not found for is a gap (`gaps`), never a guess: QĐ 1300/QĐ-BYT ships with its ten criteria
and their maxima, and without the 47 rows below them, which an office loads from its official table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Final

HALF: Final = Fraction(1, 2)
ZONES: Final = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Row:
    """One line that gets points: a sub-criterion, or a criterion whose rows nobody has loaded.

    `steps` are the points that can be given, where the table names them; otherwise every `grain` (half a point, or a
    whole one where halves are not given) up to the maximum.
    `least` is the limit of a knock-out row (điểm liệt): fewer points fail the commune whatever its total.
    `in_zones` are the zones in which the row is asked (empty: all); a row that is not asked counts nowhere.
    """

    code: str
    name: str
    maximum: Fraction
    steps: tuple[Fraction, ...] = ()
    least: Fraction | None = None
    in_zones: tuple[int, ...] = ()
    steps_in_zone: tuple[tuple[int, tuple[Fraction, ...]], ...] = ()
    evidence: tuple[str, ...] = ()
    rule: str | None = None
    grain: Fraction = HALF

    def applies(self, zone: int | None) -> bool:
        """Whether the row is asked in a zone; where the zone is not known every row is."""
        return not self.in_zones or zone is None or zone in self.in_zones

    def reachable(self, above: Fraction, zone: int | None = None) -> list[Fraction]:
        """The points above some that can be given, ascending."""
        steps = self.steps_in(zone)
        if not steps:
            first = above // self.grain + 1
            steps = tuple(self.grain * place for place in range(int(first), int(self.maximum // self.grain) + 1))
            steps = (*steps, self.maximum)
        return sorted({step for step in steps if above < step <= self.maximum})

    def steps_in(self, zone: int | None) -> tuple[Fraction, ...]:
        """The points the table names for a zone; none where any multiple of the grain can be given."""
        return dict(self.steps_in_zone).get(zone or 0) or self.steps

    def gives(self, points: Fraction, zone: int | None = None) -> bool:
        """Whether the table gives these points; the maximum and 0 always."""
        if points in (0, self.maximum):
            return True
        steps = self.steps_in(zone)
        if steps:
            return points in steps
        return 0 < points < self.maximum and (points / self.grain).denominator == 1

    @property
    def uses_zones(self) -> bool:
        """Whether what is asked depends on the zone; a rule names its zones itself."""
        return bool(self.in_zones or self.steps_in_zone)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion with its maximum (None: not found); without rows it is scored as one.

    `certainty`: `found` was read at its source, `memory` is recollection, `office` comes from an office's own table.
    """

    number: str
    name: str
    maximum: Fraction | None
    rows: tuple[Row, ...] = ()
    certainty: str = "office"

    @property
    def scored(self) -> tuple[Row, ...]:
        """The rows that get points: its own, or itself."""
        return self.rows or (Row(self.number, self.name, self.maximum or Fraction(0)),)


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """A decision's criteria, for the years it is used in.

    Passing: at least `total_share` of all points, at least `floor_share` of each criterion's own, no knock-out.
    `sources` says for each fact where it was read, `gaps` what is not known. A table an office loaded has a code of its
    own and names the decision it details as `frame`; a mended one is a further `edition` beside the earlier.
    """

    code: str
    name: str
    decision: str
    first_year: int
    last_year: int | None
    criteria: tuple[Criterion, ...]
    total_share: Fraction = Fraction(4, 5)
    floor_share: Fraction = HALF
    valid_years: int = 3
    valid_from: date | None = None
    sources: tuple[tuple[str, str], ...] = ()
    gaps: tuple[str, ...] = ()
    frame: str = ""
    edition: int = 1

    @property
    def decided(self) -> str:
        """The code of the decision: its own, or of the one whose table it is."""
        return self.frame or self.code

    @property
    def uses_zones(self) -> bool:
        """Whether a row is asked, or steps are given, by zone: then nothing is judged without one."""
        return any(row.uses_zones for row in self.rows)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row that gets points, in order."""
        return tuple(row for criterion in self.criteria for row in criterion.scored)

    @property
    def is_whole(self) -> bool:
        """Whether every maximum is known: without them nothing is judged."""
        return bool(self.criteria) and all(criterion.maximum is not None for criterion in self.criteria)

    @property
    def is_detailed(self) -> bool:
        """Whether an office has loaded rows below the criteria."""
        return any(criterion.rows for criterion in self.criteria)

    def asked(self, zone: int | None) -> Iterator[tuple[Criterion, tuple[Row, ...]]]:
        """The criteria with the rows asked in a zone; a criterion without any is left out."""
        for criterion in self.criteria:
            rows = tuple(row for row in criterion.scored if row.applies(zone))
            if rows:
                yield criterion, rows


def set_of_year(sets: Mapping[str, CriteriaSet], year: int) -> CriteriaSet | None:
    """The set that is used in a year: the newest that has begun, whose own years may have run out."""
    begun = [one for one in sets.values() if one.first_year <= year]
    return max(begun, key=lambda one: (_first_year(sets, one), *newest(one)), default=None)


def standing_set(sets: Mapping[str, CriteriaSet], year: int, scored: Collection[str]) -> CriteriaSet | None:
    """The set a year stands by: of those it was scored with the newest, else the year's own.

    So a table that arrives later changes no year that was scored before.
    """
    among = [sets[code] for code in scored if code in sets]
    return max(among, key=lambda one: (_first_year(sets, one), *newest(one)), default=None) or set_of_year(sets, year)


def newest(one: CriteriaSet) -> tuple[bool, int, int, str]:
    """What sorts the sets of one decision: the frame first, its tables by their first year, then by edition."""
    return bool(one.frame), one.first_year, one.edition, one.code


def _first_year(sets: Mapping[str, CriteriaSet], one: CriteriaSet) -> int:
    """When its decision began: a table loaded for an old decision does not outlive the next decision."""
    frame = sets.get(one.frame)
    return frame.first_year if frame is not None else one.first_year


def is_in_force(sets: Mapping[str, CriteriaSet], one: CriteriaSet, year: int) -> bool:
    """Whether a set has begun in a year and no later decision has."""
    used = set_of_year(sets, year)
    return used is not None and one.first_year <= year and used.decided == one.decided


def faults(one: CriteriaSet) -> Iterator[tuple[str, str]]:
    """What does not add up in a set, as (code of the row or criterion, what).

    `sum`, `steps`, `least`, `twice`; `below`: a maximum is below 0; `grain`: the smallest step is not above 0.
    """
    seen: set[str] = set()
    for criterion in one.criteria:
        if criterion.rows and not _adds_up(criterion):
            yield criterion.number, "sum"
        for row in criterion.scored:
            if row.code in seen:
                yield row.code, "twice"
            seen.add(row.code)
            if row.maximum < 0:
                yield row.code, "below"
            if row.least is not None and not 0 < row.least <= row.maximum:
                yield row.code, "least"
            told = (row.steps, *dict(row.steps_in_zone).values())
            if any(steps and (max(steps) != row.maximum or min(steps) < 0) for steps in told):
                yield row.code, "steps"
            if row.grain <= 0:
                yield row.code, "grain"


def _adds_up(criterion: Criterion) -> bool:
    """Rows sum to the maximum: all together, or those of every zone where rows stand for each other by zone."""
    if sum(row.maximum for row in criterion.rows) == criterion.maximum:
        return True
    by_zone = [sum(row.maximum for row in criterion.rows if row.applies(zone)) for zone in ZONES]
    return all(points == criterion.maximum for points in by_zone)


def own_code(one: CriteriaSet) -> str:
    """The code of an office's table: decision, first year and a mark of its content.

    The same table has the same code in every office, and a mended one another, so that points never change their table.
    """
    told: list[object] = [one.name, one.decision, one.last_year, one.valid_from, one.total_share, one.floor_share]
    told.append(one.valid_years)
    for part in one.criteria:
        told += [part.number, part.name, part.maximum]
        for row in part.rows:
            told += [row.code, row.name, row.maximum, row.steps, row.least, row.in_zones, row.steps_in_zone]
            told += [row.evidence, row.rule, row.grain]
    mark = sha256("\x1f".join(map(_plainly, told)).encode()).hexdigest()[:4]
    return f"{one.frame}/{one.first_year}-{mark}"


def _plainly(told: object) -> str:
    return "(" + " ".join(map(_plainly, told)) + ")" if isinstance(told, tuple) else str(told)
