"""Offices of any size, made up through the real tables: communes, a form, years of figures that move a little."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.store import Store
from db.tables import catalogue, offices, periods, submissions, units, values
from db.tables.codes import DEFAULT_CATEGORY, KIND_CODE, STATE_CODE, Origin
from db.tables.submissions import Life, Submission
from desktop.application import offices as own_offices
from desktop.application import records
from desktop.domain.elements import Behaviour, Catalogue, Element, Form, Section, Status, ValueType
from desktop.domain.periods import Period
from desktop.domain.units import Unit, UnitKind, UnitVersion
from desktop.domain.values import SCALE, Kind, State
from desktop.wording import say

TODAY = date(2025, 1, 14)
FORM = "bench"
LAST = 2024


@dataclass(frozen=True, slots=True)
class Size:
    """How large an office is: communes, elements of its one form, periods a year (1 or 12), years."""

    communes: int
    elements: int
    a_year: int = 1
    years: int = 4

    @property
    def values(self) -> int:
        return self.communes * self.elements * self.a_year * self.years

    def periods(self) -> Iterator[Period]:
        """Newest year last."""
        for year in range(LAST - self.years + 1, LAST + 1):
            if self.a_year == 1:
                yield Period.of_year(year)
            else:
                yield from (Period.parse(f"{year}{month:02d}") for month in range(1, 13))


USUAL_YEAR = Size(communes=40, elements=75, a_year=12, years=1)  # design 11: 36.000 values a year
USUAL = Size(communes=40, elements=75, a_year=12, years=10)
SMALL_GRID = Size(communes=40, elements=60)
LARGE_GRID = Size(communes=600, elements=100)


def elements(count: int) -> dict[str, Element]:
    return {
        f"e{place:03d}": Element(
            code=f"e{place:03d}",
            name_vi=f"Số lượt khám bệnh loại {place} tại trạm",
            name_en=f"Visits of kind {place}",
            short_vi=f"Lượt khám {place}",
            unit="lượt",
            type=ValueType.COUNT,
            behaviour=Behaviour.FLOW,
            level="commune",
            source="bench",
            status=Status.OFFICE,
            minimum="0",
        )
        for place in range(1, count + 1)
    }


def form(codes: Sequence[str], a_year: int, *, code: str = FORM) -> Form:
    sections = tuple(
        Section(str(place + 1), f"Phần {place + 1}", f"Part {place + 1}", tuple(codes[place * 15 : place * 15 + 15]))
        for place in range((len(codes) + 14) // 15)
    )
    length = "year" if a_year == 1 else "month"
    return Form(code, "Biểu đo", "Bench form", "commune", length, False, 5, "bench", Status.OFFICE, sections)


def make_office(path: Path, size: Size, *, figures: bool = True, begun: bool = True) -> Path:
    """A district's record of a size; its values lie in the journal as imports, one change a period."""
    own_offices.create_office(
        path, level="district", unit="137", today=TODAY, as_of=date(LAST, 12, 31), actor="thống kê"
    )
    with records.open_record(path, actor="thống kê", today=TODAY) as store:
        uids = furnish(store, size)
        if figures:
            fill(store, size, uids, begun=begun)
    return path


def furnish(store: Store, size: Size) -> list[str]:
    """Give the office its communes and form; the communes' uids."""
    own = offices.own(store, TODAY)
    assert own is not None
    known = offices.communes(store, own.uid, date(LAST, 12, 31))
    more = [
        Unit(
            f"bench-{place:04d}",
            UnitKind.COMMUNE,
            (UnitVersion(None, None, f"{90000 + place}", f"Xã Thử Nghiệm {place}", own.unit),),
        )
        for place in range(size.communes - len(known))
    ]
    made = elements(size.elements)
    with store.change(say("Create the office"), source="system"):
        units.put_units(store, more)
        offices.put_communes(store, own.uid, [unit.uid for unit in more])
        catalogue.put(store, Catalogue(made, {FORM: form(list(made), size.a_year)}, {}))
    return [*known, *(unit.uid for unit in more)][: size.communes]


def fill(store: Store, size: Size, uids: Sequence[str], *, begun: bool = True) -> None:
    own = offices.own(store, TODAY)
    assert own is not None
    for period in size.periods():
        with store.change(say("Import {files}", files=f"{period.id}.xlsx"), source="cli"):
            if begun:
                for uid in uids:
                    submissions.put(store, Submission(uid, FORM, period.id, Life.IN_ENTRY, own.uid))
            values.put(store, rows(store, period, uids, size.elements))


def rows(store: Store, period: Period, uids: Sequence[str], count: int) -> list[values.Row]:
    """Figures of a period: steady by commune and element, moving a few percent from year to year."""
    chance = random.Random(f"{period.id}")
    number, ids, codes = periods.key(store, period), units.ids(store), catalogue.element_ids(store)
    numbers = [codes[code] for code in elements(count)]
    actual, state, imported = KIND_CODE[Kind.ACTUAL], STATE_CODE[State.NUMBER], int(Origin.IMPORT)
    return [
        values.Row(
            ids[uid], number, element, DEFAULT_CATEGORY, actual, state,
            int((200 + (row * 37 + place * 101) % 900) * chance.uniform(0.98, 1.04)) * SCALE, None, imported, None,
        )
        for row, uid in enumerate(uids)
        for place, element in enumerate(numbers)
    ]  # fmt: skip


def copy(source: Path, target: Path) -> Path:
    """A record's file elsewhere; the computer takes it for a copy, as it would a person's."""
    with closing(records.open_record(source)) as store:
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    shutil.copyfile(source, target)
    return target


def ten_years(folder: Path) -> Path:
    """A usual office after ten years, made once for all measurements of a run."""
    path = folder.parent / "shared" / "ten-years.sotramdb"
    return path if path.exists() else _made(path, USUAL)


def one_year(folder: Path) -> Path:
    """A usual office after its first year, made once for all measurements of a run."""
    path = folder.parent / "shared" / "one-year.sotramdb"
    return path if path.exists() else _made(path, USUAL_YEAR)


def _made(path: Path, size: Size) -> Path:
    """Written aside first: a stopped run leaves no half record behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name("half.sotramdb")
    for tail in ("", "-wal", "-shm"):
        half.with_name(half.name + tail).unlink(missing_ok=True)
    make_office(half, size)
    half.rename(path)
    return path
