"""The register on a date: a province of 600 communes with 20 years of 2.000 acts, against the same without acts."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from db.store import Store
from db.tables import units
from desktop.application import acts, records
from desktop.application.units import units_on
from desktop.domain.acts import ActKind
from desktop.domain.acts_drafts import Draft, Source, Target
from desktop.domain.units import Register, Unit, UnitKind
from desktop.wording import say
from tests.bench import making
from tests.bench.making import TODAY, Size
from tests.bench.table import Row, seconds

PROVINCE = Size(communes=600, elements=1, years=1)
ACTS, YEARS, FIRST = 2000, 20, date(2026, 1, 1)
LAST_DAY = date(2046, 6, 1)
ROUNDS = 15


def measure(folder: Path) -> list[Row]:
    path = making.make_office(folder / "units.sotramdb", PROVINCE, figures=False)
    with records.open_record(path, actor="thống kê", today=TODAY) as store:
        settle(store)
    plain, busy = folder / "plain.sotramdb", folder / "busy.sotramdb"
    for copy in (plain, busy):
        copy.write_bytes(path.read_bytes())
    with records.open_record(busy, actor="thống kê", today=TODAY) as store:
        act = enter(store)
    days = [FIRST + timedelta(days=day) for day in range(0, 365 * YEARS, 97)]
    with (
        records.open_record(plain, actor="thống kê", today=TODAY) as without,
        records.open_record(busy, actor="thống kê", today=TODAY) as with_acts,
    ):
        return [
            ratio("Register on a date, 2.000 acts", [partial(dated, one, days[-9:]) for one in (without, with_acts)]),
            ratio("The same, each day new", [partial(dated, one, days) for one in (without, with_acts)], limit=None),
            ratio("Units below the province", [partial(units_on, one, day=LAST_DAY, under="15") for one in (without, with_acts)]),
            ratio("The register of all days read anew", [partial(read_anew, one) for one in (without, with_acts)], limit=None),
            Row("One more act looked at", act, None, "2.000 acts behind it", unit=" ms"),
        ]  # fmt: skip


def settle(store: Store) -> None:
    """Put the made-up communes under the province, where they stand in all the years to come."""
    register = units.register(store)
    province = register.find("15", FIRST)
    assert province is not None
    moved = [
        Unit(unit.uid, unit.kind, (replace(unit.versions[0], valid_from=FIRST, parent=province.uid),))
        for unit in register.units.values()
        if unit.uid.startswith("bench-")
    ]
    with store.change(say("Create the office"), source="bench"):
        units.put_units(store, moved)


def ratio(name: str, works: list[partial[object]], limit: float | None = 1.5) -> Row:
    for work in works:
        work()
    pairs = [(seconds(works[0]), seconds(works[1])) for _ in range(ROUNDS)]
    without, with_acts = median(one for one, _ in pairs), median(other for _, other in pairs)
    note = f"{with_acts * 1000:.1f} ms; without acts {without * 1000:.1f} ms"
    return Row(name, median(other / one for one, other in pairs), limit, "the same without acts", note)


def dated(store: Store, days: list[date]) -> int:
    """What stands on each of many days, as `units list` asks it."""
    return sum(len(units_on(store, day=day)) for day in days)


def read_anew(store: Store) -> Register:
    return units._read(store)


def enter(store: Store) -> float:
    """Acts in order of time, of which half change a name and the others joins, divisions, codes and parents."""
    dice = random.Random(600)
    days = sorted(FIRST + timedelta(days=dice.randrange(365 * YEARS)) for _ in range(ACTS))
    for place in range(0, ACTS, 50):
        register = units.register(store)
        drafts: list[Draft] = []
        touched: set[str] = set()
        for number, day in enumerate(days[place : place + 50], place):
            drafts.append(draft(register, dice, number, day, touched))
        done = acts.enter_acts(store, drafts, source="bench")
        assert done.changes.changed, done.findings
    last = draft(units.register(store), dice, ACTS, LAST_DAY, set())
    return median(seconds(partial(acts.look_at, store, last)) for _ in range(5)) * 1000


def draft(register: Register, dice: random.Random, number: int, day: date, touched: set[str]) -> Draft:
    """An act on communes that no other act of the same batch touches."""
    standing = [
        version.code
        for unit, version in register.on(day)
        if unit.kind is UnitKind.COMMUNE and version.code and version.code[0] in "89" and version.code not in touched
    ]
    one, other = dice.sample(standing, 2)
    touched |= {one, other}
    fresh, basis = f"8{number:04d}", f"NQ {number}"
    kind = dice.choices((ActKind.RENAME, ActKind.RECODE, ActKind.MERGE, ActKind.SPLIT), (50, 14, 18, 18))[0]
    if kind is ActKind.RENAME:
        return Draft(kind, day, basis, (Source(one),), (Target(name=f"Xã Mới {number}"),))
    if kind is ActKind.RECODE:
        return Draft(kind, day, basis, (Source(one),), (Target(code=fresh),))
    if kind is ActKind.MERGE:
        return Draft(kind, day, basis, (Source(one), Source(other)), (Target(one),))
    return Draft(kind, day, basis, (Source(one),), (Target(one), Target(fresh, f"Xã Tách {number}")))
