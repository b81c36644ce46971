"""Figures of an office on the boundaries of any day (design 3.1): composed of the units that reported them.

A period is first looked up as it was reported, on the units that stood on its last day. Where that gives nothing, the
periods beside it are composed each on its own side of the acts and the figure follows from those: flows add or are
taken away, stocks take the last (`desktop/domain/derivation.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from db.tables import offices
from db.tables.denominators import Denominator
from db.tables.values import has_figures
from desktop.application import catalogue
from desktop.application.figures import figures, official, with_denominators
from desktop.application.lineages import history_units, lineage, served_on
from desktop.application.near_periods import sources_of
from desktop.application.records import Record
from desktop.domain.carrying import Carried, carried, carried_indicator, is_empty
from desktop.domain.derivation import Derived, derive
from desktop.domain.elements import Element, Indicator
from desktop.domain.indicators import compute, element_of, is_plain
from desktop.domain.lineage import ALL, Composition, Lineage, Reason, Weight
from desktop.domain.periods import Period
from desktop.domain.units import REFORM
from desktop.domain.values import NOT_REPORTED, Kind, NotComputable, Ratio, Value, total

Cells = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a territory is made of in a period: parts in the order of the register, or why it cannot be said.

    `missing` are the units that stand in the way: outside the record, to be divided, or without an act.
    """

    parts: tuple[tuple[str, Weight], ...]
    reason: str | None = None
    missing: tuple[str, ...] = ()

    @property
    def is_itself(self) -> bool:
        """One unit, wholly: what was reported for it stands as it is."""
        return self.reason is None and len(self.parts) == 1 and self.parts[0][1].is_whole


@dataclass(frozen=True, slots=True)
class OnGround:
    """A figure on the boundaries asked for; `derived` where it follows from other periods."""

    figure: Carried
    ground: Ground
    derived: Derived | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """An indicator on the boundaries asked for; `missing` are the units for want of which it cannot be computed."""

    value: Ratio | NotComputable
    estimated: bool = False
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class Boundaries:
    """The record's figures of one kind, looked at on the boundaries of one day; read once a period.

    `chosen` puts the year's chosen denominators in the place of what forms say, as rates need them; `sources` collects
    where they come from, `instead` and `without` try others than the record's. `whole` are all communes of the office
    on the day: of them nothing may get lost between two days.
    """

    record: Record
    day: date
    kind: Kind = Kind.ACTUAL
    chosen: bool = False
    whole: frozenset[str] | None = None
    instead: tuple[Denominator, ...] = ()
    without: frozenset[tuple[str, str, int]] = frozenset()
    sources: set[str] = field(default_factory=set)
    _cells: dict[str, dict[str, dict[str, Value]]] = field(default_factory=dict)
    _codes: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    _held: dict[str, frozenset[str]] = field(default_factory=dict)
    _grounds: dict[tuple[frozenset[str], Period], Ground] = field(default_factory=dict)
    _near: dict[Period, tuple[Period, ...]] = field(default_factory=dict)
    _others: dict[date, Boundaries] = field(default_factory=dict)

    @property
    def lineage(self) -> Lineage:
        """The units through time."""
        return lineage(self.record)

    def ground(self, units: Collection[str], period: Period) -> Ground:
        """What the territory of units (uids standing on the day) was when a period ended."""
        key = frozenset(units), period
        if key not in self._grounds:
            self._grounds[key] = self._ground(key[0], period)
        return self._grounds[key]

    def _ground(self, units: frozenset[str], period: Period) -> Ground:
        found = self._checked(self.lineage.composed(units, on=self.day, of=period.last), period)
        if units == self.whole:
            served = sorted(served_on(self.record, period.last), key=_order(self.lineage))
            lost = self.lineage.lost(served, self.day)
            if lost:
                return Ground(found.parts, Reason.NO_ACT, lost)
        return found

    def _checked(self, found: Composition, period: Period) -> Ground:
        register = self.lineage.register.units
        parts = tuple((uid, found.weights[uid]) for uid in sorted(found.weights, key=_order(self.lineage)))
        if found.gaps:
            worst = min(found.gaps, key=lambda gap: list(Reason).index(gap.reason)).reason
            stops = dict.fromkeys(gap.unit for gap in found.gaps if gap.reason is worst)
            return Ground(parts, worst, tuple(unit for unit in stops if unit in register))
        held = self.held(period)
        outside = tuple(uid for uid, _ in parts if uid not in held or self._was_never_ours(uid, period))
        return Ground(parts, Reason.OUTSIDE_RECORD, outside) if outside else Ground(parts)

    def _was_never_ours(self, unit: str, period: Period) -> bool:
        """Whether a unit is of the time before an area centre, which has its communes' past, and nobody brought it in.

        Old Tú Lệ of Văn Chấn belongs to the past of the centre that serves new Tú Lệ; while the record knows nothing
        of it, a sum without it would be no figure of new Tú Lệ.
        """
        if self.lineage.stands(unit, self.day) or unit in self._codes.get(period.id, {}):
            return False
        own = offices.own(self.record, period.last)
        if own is None or own.level != "area" or period.last >= REFORM:
            return False
        return not has_figures(self.record, unit)

    def held(self, period: Period) -> frozenset[str]:
        """The units whose figures of a period the record holds: served on its last day, kept as history, reported."""
        if period.id not in self._held:
            self.cells(period)
            served = served_on(self.record, period.last)
            self._held[period.id] = served.union(history_units(self.record), self._codes[period.id])
        return self._held[period.id]

    def cells(self, period: Period) -> dict[str, dict[str, Value]]:
        """The official figures of a period by unit and element."""
        if period.id not in self._cells:
            found = figures(self.record, period=period, kind=self.kind)
            self._codes[period.id] = {uid: frozenset(held) for uid, held in found.items()}
            if self.kind is Kind.ACTUAL:
                found = official(self.record, period, found)
            made = {uid: {code: f.value for code, f in held.items()} for uid, held in found.items()}
            if self.chosen and period.is_year:
                for uid in served_on(self.record, period.last) | history_units(self.record):
                    made.setdefault(uid, {})
                tried = [row for row in self.instead if row.year == period.year]
                self.sources |= with_denominators(self.record, made, period.year, tried, self.without)
            lines = catalogue.lines(self.record)  # a series runs on under the codes of another regime
            self._cells[period.id] = {uid: lines.carried(cells) for uid, cells in made.items()}
        return self._cells[period.id]

    def codes(self, units: Iterable[str], period: Period) -> set[str]:
        """The elements of which anything stands in a period for units of that time, unfinished forms included."""
        self.cells(period)
        known = self._codes[period.id]
        return {code for uid in units for code in known.get(uid, ())}

    def beneath(self, units: Collection[str], period: Period) -> tuple[str, ...]:
        """Every unit standing when a period ended that has any territory in common with these, as far as acts say."""
        ground = self.ground(units, period)
        parts = [uid for uid, _ in ground.parts]
        return tuple(dict.fromkeys((*parts, *ground.missing, *self.lineage.touching(ground.missing, period.last))))

    def on(self, day: date) -> Boundaries:
        """The same record looked at on the boundaries of another day."""
        if day == self.day:
            return self
        if day not in self._others:
            self._others[day] = Boundaries(self.record, day, self.kind)
        return self._others[day]

    # ---- one element ----

    def figure(self, element: Element, units: Collection[str], period: Period) -> OnGround:
        """An element over a territory: as reported for the period, else from the periods beside it.

        Not computable where it would follow from one that lies on ground not held here: never the sum of the rest.
        """
        direct = self.direct(element, units, period)
        if _is_complete(direct.figure) or not self.periods_near(period):
            return direct
        whole = self._derived(element, units, period) if is_empty(direct.figure.value) else None
        found = whole or self._by_unit(element, units, period)
        if found is not None and _share(found.figure) > _share(direct.figure):
            return found
        return (is_empty(direct.figure.value) and self.blocked(element, units, period)) or direct

    def direct(self, element: Element, units: Collection[str], period: Period) -> OnGround:
        """An element over a territory from the figures of the period alone."""
        ground, cells = self.ground(units, period), self.cells(period)
        parts = [(cells.get(uid, {}).get(element.code, NOT_REPORTED), weight) for uid, weight in ground.parts]
        if ground.reason is None:
            return OnGround(carried(element, parts), ground)
        beside = [uid for uid in ground.missing if uid not in {part for part, _ in ground.parts}]
        known = total(
            [*(value for value, _ in parts), *(cells.get(uid, {}).get(element.code, NOT_REPORTED) for uid in beside)]
        )
        return OnGround(Carried(None, known.reported, known.expected, reason=ground.reason), ground)

    def _known_beside(self, element: Element, units: Collection[str], period: Period) -> dict[Period, OnGround]:
        """The periods beside this one whose figure is complete."""
        told = {near: self.direct(element, units, near) for near in self.periods_near(period)}
        return {near: one for near, one in told.items() if one.figure.reported == one.figure.expected}

    def _derived(self, element: Element, units: Collection[str], period: Period) -> OnGround | None:
        grounds = self._known_beside(element, units, period)
        made = derive(element, period, _values(grounds))
        if not made.is_known or not made.steps:
            return None
        used = [grounds[step.period] for step in made.steps]
        estimated = any(told.figure.estimated for told in used)
        ground = self.ground(units, period)
        count = len(ground.parts) if ground.reason is None else max(told.figure.expected for told in used)
        return OnGround(Carried(made.value, count, count, estimated), ground, made)

    def blocked(self, element: Element, units: Collection[str], period: Period) -> OnGround | None:
        """Why a figure does not follow from the periods beside it, where all that it lacks is ground not held here."""
        made = derive(element, period, _values(self._known_beside(element, units, period)))
        grounds = [self.ground(units, missing) for missing in made.missing]
        if not grounds or any(ground.reason is None for ground in grounds):
            return None
        ground = grounds[0]
        return OnGround(Carried(None, 0, max(1, len(ground.parts)), reason=ground.reason), ground)

    def _by_unit(self, element: Element, units: Collection[str], period: Period) -> OnGround | None:
        """Unit by unit, where the whole does not follow at once because some of it was not reported."""
        if len(units) < 2:
            return None
        each = [self.figure(element, [unit], period) for unit in sorted(units)]
        if any(one.figure.value is None for one in each) or not any(one.derived for one in each):
            return None
        made = carried(element, [(one.figure.value or NOT_REPORTED, ALL) for one in each])
        estimated = any(one.figure.estimated for one in each)
        derived = next(one.derived for one in each if one.derived)
        return OnGround(Carried(made.value, made.reported, made.expected, estimated, made.reason), Ground(()), derived)

    def periods_near(self, period: Period) -> tuple[Period, ...]:
        """The other periods of the record that may say something of this one."""
        if period not in self._near:
            self._near[period] = tuple(sources_of(self.record, period))
        return self._near[period]

    def elements_near(self, units: Collection[str], period: Period) -> set[str]:
        """The elements that other periods know of a territory."""
        found: set[str] = set()
        for near in self.periods_near(period):
            cells = self.cells(near)
            for uid in self.beneath(units, near):
                found |= cells.get(uid, {}).keys()
        return found

    def told(self, units: Collection[str], period: Period) -> dict[str, dict[str, Value]]:
        """Every unit's figures of a period, those that follow from others too; what has no answer is left out."""
        elements = catalogue.catalogue(self.record).elements
        cells, found = self.cells(period), {}
        for uid in units:
            ground = self.ground([uid], period)
            mine = dict(cells.get(uid, {})) if ground.is_itself and ground.parts[0][0] == uid else {}
            near = self.elements_near([uid], period) if self.periods_near(period) else set()
            codes = near | {code for part, _ in ground.parts for code in cells.get(part, {})}
            for code in codes & elements.keys():
                if is_empty(mine.get(code)):
                    value = self.figure(elements[code], [uid], period).figure.value
                    if value is not None and (code in mine or not is_empty(value)):
                        mine[code] = value
            found[uid] = mine
        return found

    # ---- one indicator ----

    def indicator(self, indicator: Indicator, units: Collection[str], period: Period) -> Rate:
        """An indicator over a territory, from summed parts; not computable with its reason where one is missing."""
        ground, cells = self.ground(units, period), self.cells(period)
        parts = [(cells.get(uid, {}), weight) for uid, weight in ground.parts]
        if ground.reason is not None:
            beside = [cells.get(uid, {}) for uid in ground.missing if uid not in {part for part, _ in ground.parts}]
            known = compute(indicator, [*(part for part, _ in parts), *beside])
            reason = ground.reason if known.reported else "no_data"
            found = Rate(NotComputable(reason, known.reported, known.expected), missing=ground.missing)
        else:
            elements = catalogue.catalogue(self.record).elements
            estimated = any(weight.estimated for _, weight in ground.parts)
            found = Rate(carried_indicator(indicator, elements, parts), estimated)
        if not self.periods_near(period) or _reported(found.value) == 1:
            return found
        derived = self._derived_indicator(indicator, units, period)
        if derived is not None and _reported(derived.value) > _reported(found.value):
            return derived
        if isinstance(found.value, Ratio) or ground.reason is not None:
            return found
        return self._blocked_rate(indicator, units, period) or found

    def _blocked_rate(self, indicator: Indicator, units: Collection[str], period: Period) -> Rate | None:
        elements = catalogue.catalogue(self.record).elements
        for term in (indicator.numerator, indicator.denominator):
            code = element_of(term) if term is not None else None
            told = self.figure(elements[code], units, period) if code in elements else None
            if told is not None and told.figure.value is None and told.figure.reason is not None:
                why = NotComputable(told.figure.reason, told.figure.reported, told.figure.expected)
                return Rate(why, missing=told.ground.missing)
        return None

    def _derived_indicator(self, indicator: Indicator, units: Collection[str], period: Period) -> Rate | None:
        terms = [term for term in (indicator.numerator, indicator.denominator) if term is not None]
        codes = [element_of(term) for term in terms]
        made = [self._told(codes, [unit], period) for unit in sorted(units)]
        known = [told for told in made if told is not None]
        if len(known) < len(made):
            whole = self._told(codes, units, period) if all(is_plain(term) for term in terms) else None
            if whole is None:
                return None
            known = [whole]
        value = compute(indicator, [cells for cells, _ in known])
        return Rate(value, any(estimated for _, estimated in known)) if isinstance(value, Ratio) else None

    def _told(self, codes: Sequence[str], units: Collection[str], period: Period) -> tuple[Cells, bool] | None:
        """The figures of some elements over a territory and whether shares were used; None where one has no answer."""
        elements = catalogue.catalogue(self.record).elements
        found, estimated = {}, False
        for code in codes:
            figure = self.figure(elements[code], units, period).figure if code in elements else None
            if figure is None or figure.value is None:
                return None
            found[code] = figure.value
            estimated |= figure.estimated
        return found, estimated


def _values(grounds: Mapping[Period, OnGround]) -> dict[Period, Value]:
    return {near: told.figure.value for near, told in grounds.items() if told.figure.value is not None}


def _share(figure: Carried) -> Fraction:
    """How much of what is expected is known: nothing where it cannot be computed."""
    if figure.value is None or not figure.expected:
        return Fraction(int(figure.value is not None and not is_empty(figure.value)))
    return Fraction(figure.reported, figure.expected)


def _is_complete(figure: Carried) -> bool:
    return _share(figure) == 1


def _reported(found: Ratio | NotComputable) -> Fraction:
    return Fraction(found.reported, found.expected) if isinstance(found, Ratio) and found.expected else Fraction(0)


def _order(known: Lineage) -> Callable[[str], int]:
    places = known.places
    return lambda uid: places.get(uid, len(places))
