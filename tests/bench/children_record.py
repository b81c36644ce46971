"""A province's record of children: as many as asked, weighed in so many sessions, through the real store.

Names are of the few that a mountain province has, so that a hundred children share one; ages are spread over five
years, every session is two days of a commune; one in fifteen is absent, one in four hundred is entered twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np

from db.store import Store
from db.tables import children as people
from db.tables import weighing
from desktop.application import offices, records
from desktop.application.children_writing import measure_in
from desktop.domain.children import Child, Measurement, Origin, Position, Session, Sex
from desktop.wording import say

TODAY = date(2026, 11, 22)
LAST = date(2026, 10, 5)
"""The first day of the newest session."""
APART = 91
PROVINCE, ACTOR = "15", "thống kê"
_FAMILIES = "Giàng Vàng Thào Lý Sùng Mùa Hờ Lò Hà Hoàng Nguyễn Phạm Trần Chảo Tẩn Bàn Triệu Đặng Nông Sầm".split()
_MIDDLES = "A Thị Văn Mạnh Ngọc Minh Thu Seo Láo Tả Hữu Bảo Gia Khánh".split()
_GIVEN = (
    "Anh Chi Chu Dê Dũng Giang Hà Hải Hân Hiếu Hoa Hùng Huy Khang Khôi Lan Linh Long Mai My Nam Nga Ngân Nhi Pàng "
    "Phong Phúc Quân Sáng Sơn Súa Tâm Thảo Thu Tiến Trang Trí Tuấn Vân Vy Xua Yến Chứ Páo Dở Lềnh Mảy Phây"
).split()
_GROUPS = "Mông Dao Tày Thái Kinh Giáy Nùng".split()


@dataclass(frozen=True, slots=True)
class Size:
    """Children of the record and how many sessions every commune held."""

    children: int
    sessions: int


def make(path: Path, size: Size) -> Path:
    """The record at a path; each session of each commune is one change, as an import of its list is."""
    offices.create_office(path, level="province", unit=PROVINCE, today=TODAY, actor=ACTOR)
    with closing(open_record(path)) as store:
        for pragma in ("synchronous = OFF", "cache_size = -400000"):
            store.connection.execute(f"PRAGMA {pragma}").fetchall()
        fill(store, size)
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return path


def open_record(path: Path) -> Store:
    return records.open_record(path, actor=ACTOR, today=TODAY)


def fill(store: Store, size: Size) -> None:
    random = np.random.default_rng(5)
    communes = [commune.uid for commune in offices.communes_of(store, on=LAST)]
    shares = np.array_split(np.arange(size.children), len(communes))
    for place, (commune, share) in enumerate(zip(communes, shares, strict=True)):
        children = _children(random, commune, place, len(share))
        visits = list(_visits(random, commune, place, children, size.sessions))
        with store.change(say("Import weighing lists {files}", files=f"{place}.xlsx"), source="cli"):
            people.put(store, children)
            weighing.put_sessions(store, [session for session, _ in visits])
        for _, found in visits:
            with store.change(say("Import weighing lists {files}", files=f"{place}.xlsx"), source="cli"):
                measure_in(store, found, replace_typed=True)


def _uid(random: np.random.Generator) -> str:
    return str(UUID(bytes=random.bytes(16), version=4))


def _children(random: np.random.Generator, commune: str, place: int, count: int) -> list[Child]:
    made: list[Child] = []
    for at in range(count):
        if at % 400 == 399:
            twin = made[at - 7]
            made.append(replace(twin, uid=_uid(random), name=twin.name.replace("ứ", "u").title(), mother=""))
            continue
        family, middle, given = (words[int(random.integers(len(words)))] for words in (_FAMILIES, _MIDDLES, _GIVEN))
        mother = f"{_FAMILIES[int(random.integers(20))]} Thị {_GIVEN[int(random.integers(len(_GIVEN)))]}"
        born = LAST - timedelta(days=int(random.integers(0, 1826)))
        sex = Sex.MALE if random.random() < 0.52 else Sex.FEMALE
        village, group = f"Thôn {int(random.integers(1, 9))}", _GROUPS[(place + int(random.integers(2))) % 7]
        made.append(Child(_uid(random), commune, f"{family} {middle} {given}", sex, born, village, group, mother))
    return made


def _visits(
    random: np.random.Generator, commune: str, place: int, children: list[Child], sessions: int
) -> Iterator[tuple[Session, list[Measurement]]]:
    short, light = random.normal(-1.1, 1.0, len(children)), random.normal(-0.9, 1.0, len(children))
    for back in reversed(range(sessions)):
        first = LAST + timedelta(days=place % 20 - back * APART)
        session = Session(_uid(random), commune, first, first + timedelta(days=1))
        found = []
        for at, child in enumerate(children):
            day = first + timedelta(days=at % 2)
            age = child.age_on(day) or 0
            if not 0 <= age <= 1826:
                continue
            if random.random() < 1 / 15:
                found.append(Measurement(child.uid, day, session.uid, absent=True, origin=Origin.IMPORT))
                continue
            months = age / 30.4375
            length = 500 + 36 * min(months, 6) + 14 * min(max(months - 6, 0), 6) + 8.6 * max(months - 12, 0) ** 0.97
            weight = 3300 + 700 * min(months, 6) + 250 * min(max(months - 6, 0), 6) + 195 * max(months - 12, 0)
            position = Position.LYING if age < 731 else Position.STANDING
            tall = int(length * (1 + 0.036 * short[at] + 0.004 * random.normal()))
            heavy = int(weight * (1 + 0.11 * light[at] + 0.02 * random.normal()))
            found.append(
                Measurement(
                    child.uid, day, session.uid, heavy // 100 * 100, max(tall, 400), position, origin=Origin.IMPORT
                )
            )
        yield session, found
