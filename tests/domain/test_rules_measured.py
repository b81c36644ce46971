"""The checks measured against plain z-scores: more planted errors found, far fewer false alarms.

`python -m tests.domain.test_rules_measured` prints the table of the help page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from statistics import mean, stdev

from desktop.domain.rules import Sheet, check
from desktop.domain.values import number
from tests.domain import simulated_years
from tests.domain.simulated_years import SLIPS, YEARS, Office
from tests.domain.test_rules import COLUMNS, EXPECTED, FIGURES, FILE, flagged

Cells = set[tuple[str, str]]
NOW, EARLIER = YEARS[-1], YEARS[-2::-1]


def by_rules(office: Office) -> Cells:
    """Cells our rules flag in the last year."""
    figures = {
        year: {unit: {code: number(figure) for code, figure in row.items()} for unit, row in rows.items()}
        for year, rows in office.years.items()
    }
    earlier = tuple((str(year), figures[year]) for year in EARLIER)
    names = {unit: unit for unit in figures[NOW]}
    sheet = Sheet(str(NOW), figures[NOW], FILE.catalogue.elements, COLUMNS, names, earlier)
    return {(finding.unit or "", finding.element or "") for finding in check(sheet, FILE.rules)}


def by_z_score(limit: float) -> Callable[[Office], Cells]:
    """Cells more than so many standard deviations from the mean of the unit's own earlier years (DHIS2's way)."""

    def flag(office: Office) -> Cells:
        found = set()
        for unit, row in office.years[NOW].items():
            for code, figure in row.items():
                if is_outlier(figure, [office.years[year][unit][code] for year in EARLIER], limit):
                    found.add((unit, code))
        return found

    return flag


def is_outlier(figure: float, past: list[int], limit: float) -> bool:
    spread = stdev(past)
    return figure != past[0] if spread == 0 else abs(figure - mean(past)) / spread > limit


@dataclass
class Quality:
    """Planted errors found by kind, and flagged cells that were not planted, in spoilt communes and in sound ones."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    beside: int = 0
    alarms: int = 0
    sound: int = 0

    @property
    def recall(self) -> float:
        return self.found.total() / self.planted.total()

    @property
    def false_alarms(self) -> float:
        """Per 100 cells that were not spoilt; the other cell of a broken pair counts as one."""
        return 100 * self.alarms / self.beside

    @property
    def in_sound_communes(self) -> float:
        """Per 100 such cells, those in communes without any error."""
        return 100 * self.sound / self.beside


WAYS: dict[str, Callable[[Office], Cells]] = {
    "rules": by_rules,
    "z > 2": by_z_score(2),
    "z > 3": by_z_score(3),
}


@cache
def measured(offices: int) -> dict[str, Quality]:
    found = {name: Quality() for name in WAYS}
    for seed in range(offices):
        office = simulated_years.office(seed, size=10 + seed % 11)
        spoilt = {(one.unit, code) for one in office.planted for code in one.elements}
        units = {one.unit for one in office.planted}
        cells = sum(len(row) for row in office.years[NOW].values())
        for name, way in WAYS.items():
            quality, flags = found[name], way(office)
            for one in office.planted:
                quality.planted[one.slip] += 1
                quality.found[one.slip] += any((one.unit, code) in flags for code in one.elements)
            quality.beside += cells - len(spoilt)
            quality.alarms += len(flags - spoilt)
            quality.sound += sum(unit not in units for unit, _ in flags - spoilt)
    return found


OFFICES = 40


def test_simulated_communes_are_as_large_as_said_and_their_parts_fit():
    office = simulated_years.office(7)
    rows = [row for year in YEARS[:-1] for row in office.years[year].values()]
    assert all(800 <= row["population"] <= 23_000 for row in rows)
    assert all(row[part] <= row[whole] for row in rows for part, whole in simulated_years.PARTS)
    assert {one.slip for one in office.planted} == set(SLIPS)
    assert simulated_years.office(7) == office


def test_more_planted_errors_are_found_than_by_z_scores():
    quality = measured(OFFICES)
    assert quality["rules"].recall >= 0.88
    assert quality["rules"].recall > quality["z > 2"].recall + 0.05
    assert quality["rules"].recall > quality["z > 3"].recall + 0.1


def test_every_kind_of_slip_is_found_most_of_the_time():
    ours = measured(OFFICES)["rules"]
    assert all(ours.found[slip] >= 0.65 * ours.planted[slip] for slip in SLIPS)
    assert all(ours.found[slip] >= 0.97 * ours.planted[slip] for slip in ("tenfold", "neighbour_row", "impossible"))


def test_false_alarms_are_a_small_part_of_those_of_z_scores():
    quality = measured(OFFICES)
    assert quality["rules"].false_alarms < 2
    assert quality["rules"].false_alarms * 6 < quality["z > 3"].false_alarms < quality["z > 2"].false_alarms
    assert quality["rules"].in_sound_communes < 0.3


def test_on_the_sample_years_too_the_rules_beat_z_scores():
    """2023 and 2024, the years with two earlier ones to take a standard deviation of."""
    planted = {(row["period"], row["unit"], row["element"]) for row in EXPECTED["planted"] if row["period"] != "2022"}
    ours = {(year, f.unit, f.element) for year in ("2023", "2024") for f in flagged(year)}
    for limit in (2, 3):
        theirs = samples_by_z_score(limit)
        assert len(planted & ours) == len(planted) > len(planted & theirs)
        assert len(ours - planted) * 10 < len(theirs - planted)


def samples_by_z_score(limit: float) -> set[tuple[str, str, str]]:
    found = set()
    for year in ("2023", "2024"):
        for unit, row in FIGURES[year].items():
            for code, value in row.items():
                held = [FIGURES[past].get(unit, {}).get(code) for past in FIGURES if past < year]
                past = [one.amount for one in held if one is not None and one.amount is not None]
                if value.amount is not None and len(past) > 1 and is_outlier(value.amount, past, limit):
                    found.add((year, unit, code))
    return found


if __name__ == "__main__":
    for name, quality in measured(200).items():
        parts = ", ".join(f"{slip} {quality.found[slip]}/{quality.planted[slip]}" for slip in SLIPS)
        print(f"{name}: {quality.recall:.1%} found ({parts}); false alarms {quality.false_alarms:.2f} per 100 cells,")
        print(f"    {quality.in_sound_communes:.2f} in communes without error")
