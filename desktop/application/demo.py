"""The main job end to end on the shipped sample: office, import, check, report, package, province, receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from db.tables import settings
from desktop.application import imports, keys, offices, packages, records, reports, submissions
from desktop.domain.periods import Period
from desktop.errors import AppError
from desktop.system.paths import resource
from desktop.wording import say

DISTRICT: Final = "137"
PROVINCE: Final = "15"
NAME: Final = "Trung tâm Y tế huyện Mù Cang Chải"
SEAT_DAY: Final = date(2024, 12, 31)
YEAR: Final = Period.of_year(2024)
FORM: Final = "commune"
CLERK: Final = "thống kê"
REASON: Final = "xã chưa gửi, sẽ bổ sung"
STEPS: Final = 7
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class DemoMade:
    """The files of a demo round."""

    record: Path
    report: Path
    package: Path
    province: Path
    receipt: Path


def sample_files() -> list[Path]:
    """The shipped sample years as an office's workbooks, oldest first."""
    return sorted(resource("sample").glob("tong-hop-*.xlsx"))


def demo_office(path: Path, *, today: date, actor: str = CLERK) -> None:
    """A district's record with the sample years in it: what the window opens to try the program."""
    offices.create_office(path, level="district", unit=DISTRICT, today=today, as_of=SEAT_DAY, name=NAME, actor=actor)
    with records.open_record(path, actor=actor, today=today) as record:
        with record.change(say("Mark as sample data"), source="demo"):
            settings.put(record, "sample", True)
        load_sample(record, sample_files())


def load_sample(record: records.Record, files: Sequence[Path]) -> int:
    """Import sample workbooks; how many cells were written."""
    return sum(imports.apply_import(record, plan=imports.read_files(record, files=[file])).written for file in files)


def demo(folder: Path, *, today: date, step: Step | None = None) -> DemoMade:
    """Run the whole round in an empty folder; AppError `not_empty` where something lies there."""
    if folder.exists() and any(folder.iterdir()):
        raise AppError("not_empty", say("{folder} is not empty.", folder=folder.name), say("Name a new folder."))
    folder.mkdir(parents=True, exist_ok=True)
    tell = step or _silent
    path, above = folder / "mu-cang-chai.sotramdb", folder / "so-y-te.sotramdb"
    demo_office(path, today=today)
    tell(1, STEPS)
    offices.create_office(above, level="province", unit=PROVINCE, today=today, as_of=SEAT_DAY, actor="Sở Y tế")
    tell(2, STEPS)
    with (
        records.open_record(path, actor=CLERK, today=today) as district,
        records.open_record(above, actor="Sở Y tế", today=today) as province,
    ):
        _trust_each_other(district, province, today)
        _complete(district)
        tell(3, STEPS)
        report = folder / "bao-cao-chi-tieu-2024.pdf"
        made = reports.write_report(
            district, name="targets", unit=DISTRICT, period=YEAR, format="pdf", out=report, today=today
        )
        tell(4, STEPS)
        sent = packages.export_package(district, partner=PROVINCE, folder=folder / "usb", today=today)
        tell(5, STEPS)
        taken = packages.take_package(province, file=sent.file, today=today)
        tell(6, STEPS)
        if taken.receipt is None:
            raise AppError("demo_failed", say("The province gave no receipt."), say("Try again in an empty folder."))
        packages.take_package(district, file=taken.receipt, today=today)
        tell(7, STEPS)
    return DemoMade(path, made.file, sent.file, above, taken.receipt)


def _silent(done: int, total: int) -> None:
    """Nobody listens."""


def _trust_each_other(district: records.Record, province: records.Record, today: date) -> None:
    ours, theirs = keys.own_key(district, on=today), keys.own_key(province, on=today)
    keys.trust(district, data=theirs.public.encode("utf-8"), fingerprint=theirs.fingerprint, on=today)
    keys.trust(province, data=ours.public.encode("utf-8"), fingerprint=ours.fingerprint, on=today)


def _complete(record: records.Record) -> None:
    for period in (Period.of_year(2022), Period.of_year(2023), YEAR):
        for commune in offices.communes_of(record, on=period.last):
            submissions.complete(record, unit=commune.code, form=FORM, period=period, reason=REASON)
