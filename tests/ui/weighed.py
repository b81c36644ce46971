"""A sample office that weighs its children: three sessions of one commune, the last one half typed. Names are invented."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from desktop.application import children, growth, offices, weighing
from desktop.application.children import NewChild
from desktop.application.records import Record, open_record
from desktop.application.weighing import NewSession
from desktop.domain.children import Measurement, Position, Sex
from desktop.domain.growth import scores as engine
from desktop.domain.growth.ages import LYING_UNTIL
from desktop.domain.growth.scores import Index
from tests.ui import offices as made_offices

DAYS = (date(2023, 12, 12), date(2024, 6, 10), date(2024, 12, 10))
FAMILIES = ("Sùng", "Giàng", "Hờ", "Lý", "Mùa", "Thào", "Vàng", "Cứ", "Lù", "Hảng", "Khang", "Chang")
GIRLS = ("Thị Chở", "Thị Dơ", "Thị Súa", "Thị Mỷ", "Thị Pàng", "Thị Kía", "Thị Vang", "Thị Sông", "Thị Dua", "Thị Mai")
BOYS = ("A Chứ", "A Páo", "A Sình", "A Lử", "A Dê", "A Tủa", "A Phình", "A Vảng", "A Say", "A Lềnh")
VILLAGES = ("Hua Khắt", "Làng Sang", "Cáng Dông", "Nậm Khắt", "Pá Khoang")


def weighed(path: Path, *, count: int = 60) -> None:
    """A sample office with children in its first commune; the last session is typed for two thirds of them."""
    made_offices.sample(path)
    with open_record(path, actor="Lò Thị Hạnh", today=made_offices.TODAY) as record:
        fill(record, offices.communes_of(record, on=date(2024, 12, 31))[0].uid, count=count)


def fill(record: Record, unit: str, *, count: int) -> None:
    """Children, sessions and measurements of a commune, the same every time."""
    draw = random.Random(7)
    new = [_child(unit, draw, at, count) for at in range(count)]
    uids = children.register(record, new=new).uids
    heights = [draw.gauss(-1.6, 0.9) for _child_of in new]
    weights = [draw.gauss(-1.1, 0.8) for _child_of in new]
    for at, day in enumerate(DAYS):
        session, _changes = weighing.open_session(record, new=NewSession(unit, day))
        made = []
        for place, (uid, child) in enumerate(zip(uids, new, strict=True)):
            last = day == DAYS[-1]
            if last and place % 3 == 2 and place > 5:
                continue
            assert child.birth_date is not None
            assert child.sex is not None
            days = (day - child.birth_date).days
            if days < 30 or days > 1826:
                continue
            if last and place in (11, 25):
                made.append(Measurement(uid, day, session.uid, absent=True))
                continue
            drift = 0.15 * at * draw.uniform(-1, 1)
            found = _figures(child.sex, days, heights[place] + drift, weights[place] + drift)
            if last and place == 6:
                found = (found[0], found[1] // 10)
            made.append(Measurement(uid, day, session.uid, found[0], found[1], oedema=last and place == 40))
        weighing.measure(record, measurements=made)


def _child(unit: str, draw: random.Random, at: int, count: int) -> NewChild:
    sex = Sex.FEMALE if at % 2 else Sex.MALE
    name = f"{draw.choice(FAMILIES)} {draw.choice(GIRLS if sex is Sex.FEMALE else BOYS)}"
    born = DAYS[-1] - timedelta(days=120 + at * 1600 // count)
    return NewChild(
        unit,
        name,
        sex,
        born,
        village=draw.choice(VILLAGES),
        mother=f"{draw.choice(FAMILIES)} Thị {draw.choice('Mai Dua Cở Sáo'.split())}",
    )


def _figures(sex: Sex, days: int, height: float, weight: float) -> tuple[int, int]:
    known = engine.Sex.BOY if sex is Sex.MALE else engine.Sex.GIRL
    return (
        round(_at(Index.WA, known, days, weight) * 10) * 100,
        round(_at(Index.HA, known, days, height) * 10),
    )


def _at(index: Index, sex: engine.Sex, days: int, z: float) -> float:
    low = max(-3, min(2, int(z // 1)))
    lower, upper = (growth.curve(index, sex, level).y[days] for level in (low, low + 1))
    return lower + (upper - lower) * (z - low)


def position(days: int) -> Position:
    """How a child of this age is measured."""
    return Position.LYING if days < LYING_UNTIL else Position.STANDING
