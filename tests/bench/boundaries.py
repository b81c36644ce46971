"""The series of one indicator on the newest boundaries: 600 communes, 20 years, 2.000 acts, against none.

Half of the acts join two communes, half divide one by shares, so that nearly every commune of the last day has many
forebears; the figures are those of the communes that stood at the end of each year. The yardstick is the same series
of a province in which nothing ever changed.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from db.store import Store
from db.tables import acts, offices, units, values
from db.tables.values import Cell
from desktop.application import catalogue, records
from desktop.application.scopes import Scope
from desktop.domain.acts import WHOLE, Act, ActKind, DatedPart
from desktop.domain.periods import Period
from desktop.domain.units import Unit, UnitKind, UnitVersion
from desktop.domain.values import number
from desktop.wording import say
from tests.bench import making
from tests.bench.making import TODAY, Size
from tests.bench.table import Row, seconds

COMMUNES, ACTS, YEARS, FIRST = 600, 2000, 20, 2026
LAST = Period.of_year(FIRST + YEARS - 1)
ROUNDS = 9
_DAY = timedelta(days=1)


def measure(folder: Path) -> list[Row]:
    made = making.make_office(folder / "province.sotramdb", Size(communes=1, elements=1, years=1), figures=False)
    plain, busy = folder / "plain.sotramdb", folder / "busy.sotramdb"
    for copy in (plain, busy):
        copy.write_bytes(made.read_bytes())
    with (
        records.open_record(plain, actor="thống kê", today=TODAY) as without,
        records.open_record(busy, actor="thống kê", today=TODAY) as with_acts,
    ):
        fill(without, [])
        fill(with_acts, [FIRST + place * YEARS // ACTS for place in range(ACTS)])
        return [
            ratio("Series of one indicator, 2.000 acts", [partial(whole, one) for one in (without, with_acts)], 2),
            ratio("The same of each of 600 communes", [partial(each, one) for one in (without, with_acts)], limit=None),
        ]


def ratio(name: str, works: list[partial[object]], limit: float | None) -> Row:
    for work in works:
        work()
    pairs = [(seconds(works[0]), seconds(works[1])) for _ in range(ROUNDS)]
    without, with_acts = median(one for one, _ in pairs), median(other for _, other in pairs)
    note = f"{with_acts * 1000:.0f} ms; without acts {without * 1000:.0f} ms"
    return Row(name, median(other / one for one, other in pairs), limit, "the same without acts", note)


def whole(store: Store) -> int:
    """The province's rate of every year on the last boundaries."""
    indicator = catalogue.catalogue(store).indicators["insurance_coverage"]
    with store.reading():
        series = Scope.of(store, None, LAST).series(indicator, FIRST, LAST.year)
    assert len(series) == YEARS, series
    return len(series)


def each(store: Store) -> int:
    """The rate of every commune of the last day in every year."""
    indicator = catalogue.catalogue(store).indicators["insurance_coverage"]
    with store.reading():
        scope = Scope.of(store, None, LAST)
        found = [scope.one(place).series(indicator, FIRST, LAST.year) for place in range(len(scope.communes))]
    assert all(len(series) == YEARS for series in found)
    return len(found)


def fill(store: Store, years: list[int]) -> None:
    """Communes, acts in these years, and the figures of whoever stood at the end of each year."""
    dice = random.Random(600)
    begun: dict[str, date | None] = {f"commune-{place}": date(FIRST - 1, 1, 1) for place in range(COMMUNES)}
    ended: dict[str, date] = {}
    standing = list(begun)
    entered: list[Act] = []
    for place, year in enumerate(years):
        day = date(year, 1, 2) + timedelta(days=place % (ACTS // YEARS) * 3)
        entered.append(_act(place, day, dice, standing, begun, ended))
    made = [
        Unit(uid, UnitKind.COMMUNE, (UnitVersion(begin, ended.get(uid), f"9{at:05d}", f"Xã {at}", None),))
        for at, (uid, begin) in enumerate(begun.items())
    ]
    with store.change(say("Create the office"), source="bench"):
        units.put_units(store, made)
        own = offices.own(store, TODAY)
        assert own is not None
        for span in offices.spans(store, own.uid):
            offices.drop_span(store, own.uid, span)
        offices.put_communes(store, own.uid, begun)
        for act in entered:
            acts.put_act(store, act)
        values.put_cells(store, _cells(made, dice))


def _act(
    place: int,
    day: date,
    dice: random.Random,
    standing: list[str],
    begun: dict[str, date | None],
    ended: dict[str, date],
) -> Act:
    joins = place % 2 == 0
    olds = [standing.pop(dice.randrange(len(standing))) for _ in range(2 if joins else 1)]
    news = [f"act-{place}-{at}" for at in range(1 if joins else 2)]
    for old in olds:
        ended[old] = day - _DAY
    for new in news:
        begun[new] = day
    standing += news
    share = dice.randrange(2000, 8000)
    shares = [None] if joins else [share, WHOLE - share]
    parts = tuple(
        DatedPart(f"act {place}", day, old, new, joins, part)
        for old in olds
        for new, part in zip(news, shares, strict=True)
    )
    kind = ActKind.MERGE if joins else ActKind.SPLIT
    return Act(f"act {place}", kind, day, "thử", tuple(olds), tuple(news), parts=parts)


def _cells(made: list[Unit], dice: random.Random) -> list[Cell]:
    return [
        Cell(unit.uid, str(year), element, number(dice.randrange(1000, 9000)))
        for year in range(FIRST, FIRST + YEARS)
        for unit in made
        if unit.on(date(year, 12, 31)) is not None
        for element in ("insured", "population")
    ]
