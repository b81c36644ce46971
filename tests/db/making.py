"""A small office for the tests: a province, three communes, a form of four elements, and a clock that stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from db import driver
from db.store import Store
from db.tables import catalogue, offices, submissions, units, values
from db.tables.submissions import Life, Submission
from db.tables.values import Cell
from desktop.domain.elements import Behaviour, Catalogue, Element, Form, Section, Status, ValueType
from desktop.domain.units import Unit, UnitKind, UnitVersion
from desktop.domain.values import Value, number
from desktop.system.drives import Drive
from desktop.wording import say

MORNING = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
KEY = bytes(range(32))
PROVINCE = Unit("province-uid", UnitKind.PROVINCE, (UnitVersion(None, None, "15", "Tỉnh Lào Cai", None),))
COMMUNES = tuple(
    Unit(
        f"commune-{place}",
        UnitKind.COMMUNE,
        (
            UnitVersion(None, date(2023, 6, 30), f"{4000 + place:05d}", name, PROVINCE.uid),
            UnitVersion(date(2023, 7, 1), None, f"{4000 + place:05d}", f"{name} (mới)", PROVINCE.uid),
        ),
    )
    for place, name in enumerate(("Xã Âu Lâu", "Xã Bảo Hưng", "Thị trấn Cổ Phúc"), 1)
)
ELEMENTS = {
    code: Element(
        code=code,
        name_vi=f"Chỉ số {code}",
        name_en=f"Element {code}",
        short_vi=code,
        unit="người",
        type=ValueType.COUNT,
        behaviour=Behaviour.FLOW,
        level="commune",
        source="test",
        status=Status.OFFICE,
        valid_from=date(2020, 1, 1),
    )
    for code in ("births", "deaths", "insured", "stunted")
}
FORM = Form(
    "commune",
    "Biểu của xã",
    "Commune form",
    "commune",
    "year",
    cumulative=False,
    due_working_days=5,
    source="test",
    status=Status.OFFICE,
    sections=(Section("I", "Dân số", "People", ("births", "deaths")), Section("II", "Khác", "Other", ("insured",))),
)
CATALOGUE = Catalogue(ELEMENTS, {"commune": FORM}, {})
OFFICE = offices.Office("office-uid", None, "district", PROVINCE.uid, "137", "Huyện Trấn Yên")


def clock() -> datetime:
    return MORNING


def new_store(path: Path | str, *, key: bytes | None = None, actor: str = "lan", memory: Path | None = None) -> Store:
    where = memory if memory is not None else Path(path).parent / "machine"
    return Store.create(path, key=key, actor=actor, now=clock, memory=where)


def open_store(path: Path, *, key: bytes | None = None, actor: str = "lan", memory: Path | None = None) -> Store:
    where = memory if memory is not None else path.parent / "machine"
    return Store.open(path, key=key, actor=actor, now=clock, memory=where, backups=path.parent / "b", repair=False)


def furnish(store: Store) -> Store:
    with store.change(say("Create the office"), source="system"):
        units.put_units(store, [PROVINCE, *COMMUNES], shipped=True)
        catalogue.put(store, CATALOGUE)
        offices.put(store, OFFICE)
        offices.set_own(store, OFFICE.uid)
        offices.put_communes(store, OFFICE.uid, [commune.uid for commune in COMMUNES])
    return store


@cache
def _template(make: Callable[[Store], Store]) -> Store:
    return make(new_store(":memory:"))


def copied(make: Callable[[Store], Store] = furnish) -> Store:
    """A furnished record in memory, copied from one that is made once: hypothesis wants hundreds."""
    connection = driver.connect(":memory:")
    _template(make).connection.backup(connection)
    store = Store(connection, ":memory:", key=None, actor="lan", now=clock, drive=Drive.LOCAL)
    store.know(None)
    return store


def cell(unit: int, element: str, value: Value | int, period: str = "2024", **more: object) -> Cell:
    told = number(value) if isinstance(value, int) else value
    return Cell(f"commune-{unit}", period, element, told, **more)  # type: ignore[arg-type]


def type_in(store: Store, *cells: Cell, source: str = "window", actor: str | None = None) -> int:
    with store.change(say("Type a value"), source=source, actor=actor) as change:
        values.put_cells(store, cells)
    return change.rows


def begin_form(store: Store, unit: int, state: Life = Life.IN_ENTRY, period: str = "2024") -> None:
    with store.change(say("Begin a form"), source="window"):
        submissions.put(store, Submission(f"commune-{unit}", "commune", period, state, OFFICE.uid))


def amount(store: Store, unit: int, element: str, period: str = "2024") -> int | None:
    found = values.one(store, unit=f"commune-{unit}", period=period, element=element)
    return found.value.amount if found else None


def changing(store: Store):
    """A change of these tests."""
    return store.change(say("Test"), source="window")
