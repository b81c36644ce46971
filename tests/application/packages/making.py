"""Small offices that exchange real packages: a province, a district, two communes, a form of three elements."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from db import backup
from db.store import Store
from db.tables import catalogue, offices, packages, units
from desktop.application import entry, keys
from desktop.application.packages import Exported, Taken, export_package, take_package
from desktop.domain.elements import Behaviour, Catalogue, Element, Form, Section, Status, ValueType
from desktop.domain.periods import Period
from desktop.domain.units import Unit, UnitKind, UnitVersion
from desktop.domain.values import Value, number
from desktop.errors import AppError
from desktop.wording import say

TODAY = date(2026, 11, 22)
YEAR = Period.parse("2025")
PROVINCE = Unit("province-uid", UnitKind.PROVINCE, (UnitVersion(None, None, "15", "Tỉnh Lào Cai", None),))
DISTRICT = Unit("district-uid", UnitKind.DISTRICT, (UnitVersion(None, None, "137", "Huyện Trấn Yên", PROVINCE.uid),))
COMMUNES = tuple(
    Unit(f"commune-{n}", UnitKind.COMMUNE, (UnitVersion(None, None, f"0400{n}", f"Xã {name}", DISTRICT.uid),))
    for n, name in enumerate(("Âu Lâu", "Bảo Hưng", "Cổ Phúc"), 1)
)
LATE = Unit("commune-4", UnitKind.COMMUNE, (UnitVersion(None, None, "04004", "Xã Đào Thịnh", DISTRICT.uid),))
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
    for code in ("births", "deaths", "insured", "own")
}
SHIPPED = ("births", "deaths", "insured")


def form(code: str, elements: tuple[str, ...]) -> Form:
    sections = (Section("I", "Dân số", "People", elements),)
    return Form(code, code, code, "commune", "year", cumulative=False, due_working_days=5, source="test",
                status=Status.OFFICE, sections=sections)  # fmt: skip


CATALOGUE = Catalogue({code: ELEMENTS[code] for code in SHIPPED}, {"commune": form("commune", SHIPPED)}, {})
OWN = Catalogue({"own": ELEMENTS["own"]}, {"own": form("own", ("own",))}, {})
SEATS = {
    "04001": ("commune", COMMUNES[0].uid, "Trạm Y tế xã Âu Lâu"),
    "04002": ("commune", COMMUNES[1].uid, "Trạm Y tế xã Bảo Hưng"),
    "137": ("district", DISTRICT.uid, "Trung tâm Y tế huyện Trấn Yên"),
    "15": ("province", PROVINCE.uid, "Sở Y tế tỉnh Lào Cai"),
}
ABOVE = {"04001": "137", "04002": "137", "137": "15"}


def clock() -> datetime:
    return datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def _founding(record: Store) -> AbstractContextManager[object]:
    return record.change(say("Create the office"), source="system")


def make_office(folder: Path, code: str) -> Path:
    """A record of one office with its keys."""
    path = folder / f"{code}.sotramdb"
    level, seat, name = SEATS[code]
    memory = folder / f"machine-{code}"
    with Store.create(path, actor=f"thống kê {code}", now=clock, memory=memory) as record, _founding(record):
        units.put_units(record, [PROVINCE, DISTRICT, *COMMUNES], shipped=True)
        catalogue.put(record, CATALOGUE)
        office = offices.Office(f"office-{code}", None, level, seat, code, name)
        offices.put(record, office)
        offices.set_own(record, office.uid)
        served = [seat] if level == "commune" else [commune.uid for commune in COMMUNES]
        offices.put_communes(record, office.uid, served)
        keys.new_own_identity(record, office=office)
    return path


def make_offices(folder: Path, codes: Iterable[str] = SEATS) -> Path:
    """Records of several offices that know the keys of those above and below them."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = list(codes)
    for code in chosen:
        make_office(folder, code)
    opened = {code: Pc(code, folder / f"{code}.sotramdb", folder / f"machine-{code}") for code in chosen}
    for code, above in ABOVE.items():
        if code in opened and above in opened:
            opened[code].trust(opened[above])
            opened[above].trust(opened[code])
    for pc in opened.values():
        pc.close()
    return folder


@dataclass
class Pc:
    """One computer of an office with its record, and what its person does."""

    code: str
    path: Path
    memory: Path

    def __post_init__(self) -> None:
        self._record: Store | None = None

    @property
    def office(self) -> str:
        return f"office-{self.code}"

    @property
    def record(self) -> Store:
        if self._record is None:
            self._record = Store.open(self.path, actor=f"thống kê {self.code}", now=clock, memory=self.memory)
            # Nobody pulls a plug here; what a power cut does is tested below the store.
            self._record.connection.execute("PRAGMA synchronous = OFF").fetchall()
        return self._record

    def close(self) -> None:
        if self._record is not None:
            self._record.close()
            self._record = None

    def trust(self, other: Pc) -> None:
        shown = keys.own_key(other.record, on=TODAY)
        data = shown.public.encode("utf-8")
        keys.trust(self.record, data=data, fingerprint=shown.fingerprint, on=TODAY)

    def write(self, commune: int, element: str, value: Value | int, *, note: str | None = None) -> None:
        told = number(value) if isinstance(value, int) else value
        entry.type_value(self.record, unit=f"commune-{commune}", period=YEAR, element=element, value=told, note=note)

    def read(self, commune: int, element: str) -> int | str | None:
        from db.tables import values

        found = values.one(self.record, unit=f"commune-{commune}", period=YEAR.id, element=element)
        if found is None:
            return None
        return found.value.state.value if found.value.amount is None else found.value.amount // 10_000

    def send(self, to: Pc, stick: Path, **told: object) -> Exported:
        return export_package(self.record, partner=to.code, folder=stick, today=TODAY, **told)  # type: ignore[arg-type]

    def take(self, file: Path | None, **told: object) -> Taken:
        assert file is not None
        return take_package(self.record, file=file, today=TODAY, **told)  # type: ignore[arg-type]

    def seen(self) -> dict[str, int]:
        return packages.seen(self.record, "record")

    def learn(self, *new: Unit) -> None:
        with self.record.change(say("Learn of a unit"), source="system"):
            units.put_units(self.record, new, shipped=True)

    def back_up(self, folder: Path) -> Path:
        return backup.make(self.record, folder).file

    def restore(self, file: Path) -> None:
        self.close()
        backup.restore(file, self.path, now=clock(), memory=self.memory)

    def copied(self, path: Path, memory: Path) -> Pc:
        """The file as it lies, on a second computer."""
        self.close()
        shutil.copyfile(self.path, path)
        return Pc(self.code, path, memory)


def exchange(sender: Pc, receiver: Pc, stick: Path, **told: object) -> Taken:
    """A package there and its receipt back."""
    taken = receiver.take(sender.send(receiver, stick, **told).file)
    sender.take(taken.receipt)
    return taken


def refusal(job: Callable[[], object]) -> str:
    """The code with which a job is refused."""
    try:
        job()
    except AppError as error:
        return error.code
    raise AssertionError("nothing was refused")


def copies(template: Path, folder: Path, codes: Iterable[str]) -> list[Pc]:
    """Fresh copies of the offices of a template, each on its own computer."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for code in codes:
        path = folder / f"{code}.sotramdb"
        shutil.copyfile(template / f"{code}.sotramdb", path)
        made.append(Pc(code, path, folder / f"machine-{code}"))
    return made
