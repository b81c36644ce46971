"""Whether a target is met, and whether the way to it is kept (`contract/cli.md`, plan status).

Everything is judged at the last day of the period. A figure is compared as an exact fraction, never as printed. The
required way runs from the start figure at the end of its year to the target at the end of its own: a straight line,
for stunting and the like a constant yearly rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from typing import Final

from desktop.domain.elements import Direction, Indicator
from desktop.domain.plans.intervals import Interval, interval
from desktop.domain.plans.plan import Baseline, Comparator, Plan, Target
from desktop.domain.rounding import half_up
from desktop.domain.values import NotComputable, Ratio

FEW: Final = 10
ENOUGH_REPORTED: Final = Fraction(80, 100)


class Status(StrEnum):
    """The verdict on a target."""

    MET = "met"
    ON_TRACK = "on_track"
    OFF_TRACK = "off_track"
    MISSED = "missed"
    TOO_FEW = "too_few"
    NO_PATH = "no_path"
    NOT_MEASURABLE = "not_measurable"
    NO_DATA = "no_data"


class StartSource(StrEnum):
    """Where the start of the way comes from; from the record it is "tạm lấy"."""

    PLAN = "plan"
    OFFICE = "office"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Start:
    """The figure at the end of a year from which the way to the target is drawn."""

    year: int
    value: Fraction
    source: StartSource


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's figure in its own unit, with what it was divided from, and how many units reported of how many."""

    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    factor: int = 1
    reported: int = 0
    expected: int = 0

    @classmethod
    def of(cls, ratio: Ratio | NotComputable) -> Figure:
        """The figure of a ratio, without a value where it could not be computed."""
        if isinstance(ratio, NotComputable):
            return cls(None, ratio.numerator, ratio.denominator, reported=ratio.reported, expected=ratio.expected)
        return cls(ratio.value, ratio.numerator, ratio.denominator, ratio.factor, ratio.reported, ratio.expected)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict with what it was judged by; `required_by_now` in the target's unit, None where there is no way."""

    status: Status
    required_by_now: Fraction | None = None
    provisional: bool = False
    interval: Interval | None = None
    start: Start | None = None


def status_of(
    target: Target, figure: Figure, *, indicator: Indicator, level: str, on: date, start: Start | None
) -> Judgement:
    """Judge a figure against a target on a day; `level` is the office's: commune, district, area or province."""
    limits, few = None, False
    if figure.value is not None and figure.numerator is not None and figure.denominator is not None:
        limits = interval(figure.numerator, figure.denominator, figure.factor)
        few = min(figure.numerator, figure.denominator - figure.numerator) < FEW
    unsure = few and limits is not None and target.value is not None and limits.contains(Fraction(target.value))
    required = required_by(target, start, on=on, path=indicator.path)
    provisional = figure.expected > 0 and Fraction(figure.reported, figure.expected) < ENOUGH_REPORTED
    status = _verdict(target, figure, indicator, level, on, required, unsure=unsure)
    return Judgement(status, required, provisional, limits, start)


def _verdict(
    target: Target,
    figure: Figure,
    indicator: Indicator,
    level: str,
    on: date,
    required: Fraction | None,
    *,
    unsure: bool,
) -> Status:
    if target.value is None or not is_judged_at(indicator, level):
        return Status.NOT_MEASURABLE
    if figure.value is None:
        return Status.NO_DATA
    if unsure:
        return Status.TOO_FEW
    if meets(target, figure.value, indicator.direction):
        return Status.MET
    if target.year is None or on >= date(target.year, 12, 31):
        return Status.MISSED
    if required is None:
        return Status.NO_PATH
    kept = figure.value >= required if is_higher_better(target, indicator.direction) else figure.value <= required
    return Status.ON_TRACK if kept else Status.OFF_TRACK


def is_judged_at(indicator: Indicator, level: str) -> bool:
    """Whether the indicator has a verdict at this level; district and area are the office's level."""
    return ("office" if level in ("district", "area") else level) in indicator.judged_at


def is_higher_better(target: Target, direction: Direction) -> bool:
    """Which way is the better side of a target: its sense decides, for `~` the indicator."""
    if target.comparator in (Comparator.AT_LEAST, Comparator.ABOVE):
        return True
    if target.comparator in (Comparator.AT_MOST, Comparator.BELOW):
        return False
    return direction is not Direction.LOWER


def meets(target: Target, value: Fraction, direction: Direction) -> bool:
    """Whether an exact figure meets a target; for `~` the figure rounded half up to the target's decimals."""
    if target.value is None:
        return False
    wanted = Fraction(target.value)
    if target.comparator is Comparator.ABOUT:
        rounded = Fraction(half_up(value, decimals_of(target.value)))
        if direction is Direction.RANGE:
            return rounded == wanted
        return rounded <= wanted if direction is Direction.LOWER else rounded >= wanted
    return {
        Comparator.AT_LEAST: value >= wanted,
        Comparator.AT_MOST: value <= wanted,
        Comparator.ABOVE: value > wanted,
        Comparator.BELOW: value < wanted,
        Comparator.TEXT: False,
    }[target.comparator]


def decimals_of(value: Decimal) -> int:
    """How many decimals a number is printed with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def decimals_shown(target: Target, value: Fraction, direction: Direction, decimals: int) -> int:
    """One decimal more (at most three) where the printed figure would equal a target that is not met (design 3.3)."""
    if target.value is None or meets(target, value, direction):
        return decimals
    shown = decimals
    while shown < decimals + 3 and half_up(value, shown) == target.value:
        shown += 1
    return shown


def find_start(
    target: Target, plan: Plan, *, office: Baseline | None = None, record: Mapping[int, Fraction] | None = None
) -> Start | None:
    """The start of the way: the plan's, else the office's, else the first year in the record not before the plan's."""
    for stated, source in ((target.baseline, StartSource.PLAN), (office, StartSource.OFFICE)):
        if stated is not None:
            return Start(stated.year, Fraction(stated.value), source)
    known = record or {}
    years = sorted(year for year in known if year >= plan.date.year)
    return Start(years[0], known[years[0]], StartSource.RECORD) if years else None


def required_by(target: Target, start: Start | None, *, on: date, path: str = "linear") -> Fraction | None:
    """What the figure must be on a day to stay on the way; the target itself once its year has ended.

    None without a start, without a number or a year, or where the start is not before the target's year.
    """
    if target.value is None:
        return None
    goal = Fraction(target.value)
    if target.year is None or on >= date(target.year, 12, 31):
        return goal
    if start is None or start.year >= target.year:
        return None
    gone = (_time(on) - start.year) / (target.year - start.year)
    gone = min(max(gone, Fraction(0)), Fraction(1))
    if path == "geometric" and goal > 0 and start.value > 0:
        return _geometric(start.value, goal, gone)
    return start.value + (goal - start.value) * gone


def _time(day: date) -> Fraction:
    """The day as years: the end of 2024 is 2024, the days of a year are equal parts of it."""
    return day.year - 1 + Fraction(day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday)


def _geometric(start: Fraction, goal: Fraction, gone: Fraction) -> Fraction:
    if gone in (0, 1):
        return goal if gone else start
    with localcontext() as context:
        context.prec = 40
        rate = Decimal(goal.numerator * start.denominator) / Decimal(goal.denominator * start.numerator)
        share = Decimal(gone.numerator) / Decimal(gone.denominator)
        return start * Fraction((rate.ln() * share).exp())


def yearly_reduction(first: Fraction, last: Fraction, years: int) -> Fraction | None:
    """The average annual rate of reduction in percent (AARR), None where it does not exist."""
    if first <= 0 or last <= 0 or years <= 0:
        return None
    return (1 - _geometric(Fraction(1), last / first, Fraction(1, years))) * 100


def pooled(ratios: Iterable[Ratio | NotComputable]) -> Ratio | NotComputable:
    """Several years as one rate: numerators and denominators summed, completeness that of the last year given."""
    parts = list(ratios)
    known = [part for part in parts if isinstance(part, Ratio)]
    if not known or not isinstance(parts[-1], Ratio):
        return parts[-1] if parts else NotComputable("no_data", 0, 0)
    return Ratio(
        sum((part.numerator for part in known), Fraction(0)),
        sum((part.denominator for part in known), Fraction(0)),
        known[-1].factor,
        parts[-1].reported,
        parts[-1].expected,
    )
