"""Ước thực hiện: proposals for a period's estimates from the part of it that is known, each with its rule in words.

Flows: the figure so far by the share the same months had last year, else month by month; stocks and averages: the last
known figure; surveys and words: none. An estimate is written only when said, as a value of kind `estimate`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from db.tables.codes import Origin
from desktop.application.changes import Changes, Subject, changed
from desktop.application.entry import Typed, element_of, form_of, write_cells
from desktop.application.figures import Figure, figures
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.domain.elements import Behaviour, Element, ValueType
from desktop.domain.periods import Period
from desktop.domain.projection import in_proportion, rounded, scaled_up
from desktop.domain.values import SCALE, Kind, State, Value, amount_value
from desktop.wording import Sentence, say

_LASTING: Final = (Behaviour.STOCK, Behaviour.AVERAGE)
_NUMBERS: Final = (ValueType.COUNT, ValueType.DECIMAL)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be estimated for one cell, by which rule; `before` is the estimate that stands there now."""

    commune: Commune
    element: Element
    value: Value
    rule: Sentence
    before: Value | None


def propose(
    record: Record,
    *,
    form: str,
    period: Period,
    units: Collection[str] | None = None,
    elements: Collection[str] | None = None,
) -> list[Proposal]:
    """A proposal for each cell of a form that has none of its own yet and for which a rule finds something.

    Reads only. `units` (uids) and `elements` narrow it. Cells with an actual figure of the whole period need none.
    """
    codes = [code for code in form_of(record, form).elements if elements is None or code in elements]
    chosen = [element_of(record, code) for code in codes]
    communes = [one for one in communes_of(record, on=period.last) if units is None or one.uid in units]
    with record.reading():
        known = _Known(record, [commune.uid for commune in communes])
        estimated = figures(record, period=period, kind=Kind.ESTIMATE)
        found = []
        for commune in communes:
            for element in chosen:
                if _number(known.one(period, commune.uid, element.code)) is not None:
                    continue
                told = _proposed(known, commune.uid, element, period)
                if told is not None:
                    held = estimated.get(commune.uid, {}).get(element.code)
                    found.append(Proposal(commune, element, *told, before=held.value if held else None))
    return found


def write_proposals(
    record: Record, *, period: Period, proposals: Sequence[Proposal], replace: bool = False, source: str = "window"
) -> Changes:
    """Write proposals as estimates, one change; estimates that stand already are replaced only when asked."""
    free = [one for one in proposals if replace or one.before is None or one.before.state is State.NOT_REPORTED]
    cells = [Typed(one.commune.uid, one.element.code, one.value) for one in free]
    what = say("Take {count} proposed estimates for {period}", count=len(cells), period=period.sentence())
    with record.change(what, source=source) as change:
        write_cells(record, cells, period=period, kind=Kind.ESTIMATE, origin=Origin.TYPED)
    return changed(change.rows, Subject.VALUES)


Told = tuple[Value, Sentence]


def _proposed(known: _Known, unit: str, element: Element, period: Period) -> Told | None:
    if element.type is ValueType.TEXT or element.behaviour is Behaviour.YEARLY:
        return None
    if element.behaviour in _LASTING:
        return _last(known, unit, element.code, period)
    return _flow(known, unit, element, period) if element.type in _NUMBERS else None


def _flow(known: _Known, unit: str, element: Element, period: Period) -> Told | None:
    for part, months, whole_months in _beginnings(period):
        so_far = known.summed(part, unit, element.code)
        if so_far is None:
            continue
        step = SCALE // 10**element.decimals
        last_part = known.summed(part.same_last_year(), unit, element.code)
        last_whole = known.summed(period.same_last_year(), unit, element.code)
        if last_part is not None and last_whole is not None and last_part > 0 and last_whole >= last_part:
            amount = scaled_up(so_far * SCALE, last_part=last_part, last_whole=last_whole)
            rule = say(
                "{period}: {so_far}, by last year's share of these months ({last_part} of {last_whole}).",
                period=part.sentence(),
                so_far=_shown(so_far),
                last_part=_shown(last_part),
                last_whole=_shown(last_whole),
            )
        else:
            amount = in_proportion(so_far * SCALE, months=months, of_months=whole_months)
            rule = say(
                "{period}: {so_far}, the other months like these.", period=part.sentence(), so_far=_shown(so_far)
            )
        return amount_value(rounded(amount, step=step)), rule
    return None


def _shown(value: Fraction) -> object:
    from desktop.domain.rules import shown_amount

    return shown_amount(int(value * SCALE))


def _last(known: _Known, unit: str, element: str, period: Period) -> Told | None:
    for earlier in (*(part for part, _, _ in _ends(period)), period.same_last_year()):
        held = known.one(earlier, unit, element)
        if held is not None and held.value.is_reported:
            return held.value, say("The last known figure, of {period}.", period=earlier.sentence())
    return None


def _beginnings(period: Period) -> Iterator[tuple[Period, int, int]]:
    """Parts that begin with the period, the longest first, with their months and those of the whole."""
    made = period.months
    if made is None:
        return
    year, first, last_year, last = made
    length = (last_year - year) * 12 + last - first + 1
    for months in range(length - 1, 0, -1):
        end = first + months - 1
        yield _months_of(period, year, first, end), months, length


def _ends(period: Period) -> Iterator[tuple[Period, int, int]]:
    """Parts of the period whose last figure may be known: by their last month, the latest first."""
    made = period.months
    if made is None:
        return
    year, first, last_year, last = made
    length = (last_year - year) * 12 + last - first + 1
    for end in range(first + length - 1, first - 1, -1):
        for months in (12, 9, 6, 3, 1, end - first + 1):
            begin = end - months + 1
            if first <= begin <= end and (begin, end) != (first, first + length - 1):
                yield _months_of(period, year, begin, end), months, length


def _months_of(period: Period, year: int, first: int, end: int) -> Period:
    return Period.of_months(
        year + (first - 1) // 12, (first - 1) % 12 + 1, year + (end - 1) // 12, (end - 1) % 12 + 1, period.calendar
    )


def _number(held: Figure | None) -> Fraction | None:
    return held.value.number if held is not None else None


@dataclass(slots=True)
class _Known:
    """Actual figures of some units, read once a period."""

    record: Record
    uids: list[str]
    held: dict[str, dict[str, dict[str, Figure]]] = field(default_factory=dict)

    def one(self, period: Period, unit: str, element: str) -> Figure | None:
        """The figure of a cell, where somebody wrote one."""
        if period.id not in self.held:
            self.held[period.id] = figures(self.record, period=period, uids=self.uids)
        return self.held[period.id].get(unit, {}).get(element)

    def summed(self, period: Period, unit: str, element: str) -> Fraction | None:
        """A flow over a period: as typed, else from its halves, quarters or months where all of them are reported."""
        direct = _number(self.one(period, unit, element))
        if direct is not None:
            return direct
        for length in (6, 3, 1):
            parts = list(_parts(period, length))
            numbers = [_number(self.one(part, unit, element)) for part in parts]
            known = [number for number in numbers if number is not None]
            if parts and len(known) == len(parts):
                return sum(known, Fraction(0))
        return None


def _parts(period: Period, length: int) -> Iterator[Period]:
    made = period.months
    if made is None:
        return
    year, first, last_year, last = made
    months = (last_year - year) * 12 + last - first + 1
    if months % length or (first - 1) % length or months == length:
        return
    for begin in range(first, first + months, length):
        yield _months_of(period, year, begin, begin + length - 1)
