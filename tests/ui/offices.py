"""Records made for looking: the sample office of the shipped years, some of its forms further than others."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from desktop.application import backups, checks, demo, entry, keys, offices, packages, submissions
from desktop.application.records import open_record
from desktop.domain.findings import Severity
from desktop.domain.values import NOT_REPORTED, number

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
TODAY = date(2025, 1, 14)
NOW = datetime(2025, 1, 14, 14, 32, 7, tzinfo=timezone(timedelta(hours=7)))
DONE = 9
CHECKED = 3


def sample(path: Path) -> None:
    """The shipped sample office, nothing done yet."""
    demo.demo_office(path, today=TODAY)


def looked_at(path: Path, folder: Path) -> None:
    """A sample office in the middle of its work: forms complete, checked, locked, returned, one finding kept, a backup,
    a superior office, a package sent with its receipt, and changes after it."""
    sample(path)
    above = folder / "so-y-te.sotramdb"
    offices.create_office(above, level="province", unit="15", today=TODAY, as_of=demo.SEAT_DAY, actor="Sở Y tế")
    with (
        open_record(path, actor="Nguyễn Thị Hoa", today=TODAY) as record,
        open_record(above, actor="Sở Y tế", today=TODAY) as province,
    ):
        keys.trust(record, data=_key(province), role="parent", fingerprint=_digits(province), on=TODAY)
        keys.trust(province, data=_key(record), role="child", fingerprint=_digits(record), on=TODAY)
        communes = offices.communes_of(record, on=demo.YEAR.last)
        _advance(record, [commune.code for commune in communes])
        backups.make_backup(record, folder=folder / "sao-luu")
        sent = packages.export_package(record, partner="15", folder=folder / "usb" / "SoTram", today=TODAY)
        taken = packages.take_package(province, file=sent.file, today=TODAY)
        assert taken.receipt is not None
        packages.take_package(record, file=taken.receipt, today=TODAY)
        last = communes[-1]
        for element, value in (("stunted", NOT_REPORTED), ("population", number(2415))):
            entry.type_value(record, unit=last.uid, period=demo.YEAR, element=element, value=value)
        entry.type_value(
            record, unit=last.uid, period=demo.YEAR, element="live_births", value=number(71), note="Theo sổ hộ tịch"
        )


def _advance(record, codes: list[str]) -> None:
    year = demo.YEAR
    warned = {f.unit for f in checks.findings(record, period=year) if f.severity is not Severity.NOTE}
    good = [code for code in codes if code not in warned]
    for code in good[:DONE]:
        submissions.complete(
            record, unit=code, form="commune", period=year, reason="trạm chưa có số", received_on=date(2025, 1, 6)
        )
    for code in good[:CHECKED]:
        submissions.check(record, unit=code, form="commune", period=year)
    submissions.lock(record, unit=good[CHECKED - 1], form="commune", period=year)
    submissions.give_back(record, unit=good[DONE - 1], form="commune", period=year, reason="đối chiếu lại sổ")
    warnings = [f for f in checks.findings(record, period=year) if f.severity is Severity.WARNING]
    if warnings:
        checks.keep(record, ids=[warnings[-1].id], period=year, reason="đã hỏi trạm")


def _key(record) -> bytes:
    return keys.own_key(record, on=TODAY).public.encode()


def _digits(record) -> str:
    return keys.own_key(record, on=TODAY).fingerprint
