"""Packages: a usual office's year to the province, its receipt back, then a hundred corrections."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from desktop.application import demo, entry, offices, packages, records
from desktop.domain.periods import Period
from desktop.domain.values import number
from tests.bench import making, raw
from tests.bench.making import LAST, TODAY, USUAL_YEAR
from tests.bench.table import Row

TIMES = 3
MEMORY = 150e6
INSERT = "raw insert of its values and journal rows"


def measure(folder: Path) -> list[Row]:
    district, province = pair(folder)
    stick = folder / "usb"
    sent = [child("export", district, stick / str(turn)) for turn in range(TIMES)]
    package = next((stick / "0").glob("*.sotram"))
    taken = [
        child("import", making.copy(province, folder / f"province-{turn}.sotramdb"), package) for turn in range(TIMES)
    ]
    whole = package.stat().st_size
    few = corrected(district, province, stick, package)
    first = median(told["seconds"] for told in sent)
    rows = [
        timed("Package of 36.000 values: export", sent, 4),
        weighed("Package of 36.000 values: export, memory", sent),
        timed("Package of 36.000 values: import", taken, 8),
        weighed("Package of 36.000 values: import, memory", taken),
    ]
    note = f"{few['bytes'] / 1e3:.0f} kB against {whole / 1e3:.0f} kB, {few['rows']:.0f} rows (whole forms travel)"
    rows.append(
        Row("Package of 100 changed values: size", few["bytes"] / whole * 100, 5, "that package", note, unit=" %")
    )
    note = f"{few['seconds']:.2f} s against {first:.2f} s"
    share = few["seconds"] / first * 100
    return [*rows, Row("Package of 100 changed values: time", share, None, "that package", note, unit=" %")]


def timed(name: str, told: list[dict[str, float]], limit: float) -> Row:
    ratio = median(one["seconds"] / one["raw"] for one in told)
    ours, theirs = median(one["seconds"] for one in told), median(one["raw"] for one in told)
    return Row(name, ratio, limit, INSERT, f"{ours:.1f} s against {theirs:.2f} s")


def weighed(name: str, told: list[dict[str, float]]) -> Row:
    most = max(one["memory"] for one in told) / 1e6
    begun = max(one["begun"] for one in told) / 1e6
    return Row(name, most, MEMORY / 1e6, "peak of a process of its own", f"{begun:.0f} MB before it began", unit=" MB")


def pair(folder: Path) -> tuple[Path, Path]:
    """A district with its first year and a province, who know each other's keys."""
    district = making.copy(making.one_year(folder), folder / "district.sotramdb")
    province = folder / "province.sotramdb"
    offices.create_office(province, level="province", unit="15", today=TODAY, as_of=date(LAST, 12, 31), actor="Sở Y tế")
    with closing(opened(district)) as mine, closing(opened(province)) as theirs:
        demo._trust_each_other(mine, theirs, TODAY)
    return district, province


def opened(path: Path) -> records.Record:
    return records.open_record(path, actor="thống kê", today=TODAY)


def child(what: str, record: Path, place: Path) -> dict[str, float]:
    """Do one thing in a process of its own, so that its memory is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.packages", what, str(record), str(place)],
        env=os.environ | {"PYTHONPATH": Path.cwd()}, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def do(what: str, path: Path, place: Path) -> dict[str, float]:
    with closing(opened(path)) as record:
        before = peak()
        begun = perf_counter()
        if what == "export":
            packages.export_package(record, partner="15", folder=place, today=TODAY)
        else:
            taken = packages.take_package(record, file=place, today=TODAY, receipt_folder=path.parent / "receipts")
            assert taken.taken >= USUAL_YEAR.values, taken
        seconds, memory = perf_counter() - begun, peak()
        return {"seconds": seconds, "memory": memory, "begun": before, "raw": inserted(record, path.parent)}


def inserted(record: records.Record, folder: Path) -> float:
    """Seconds for the year's values and their journal rows by `executemany`, in a twin without triggers."""
    where = "SELECT max(sequence), max(change) FROM journal WHERE tbl = 27"
    last, change = record.connection.execute(where).fetchone()
    journal = record.connection.execute(
        "SELECT sequence, change, tbl, key, before, after, seal FROM journal WHERE tbl = 27 ORDER BY sequence"
    ).fetchall()
    values = record.connection.execute("SELECT * FROM value ORDER BY period, unit, element").fetchall()
    plain = folder / f"plain-{os.getpid()}.db"
    with closing(raw.open_plain(plain, record)) as connection:
        connection.execute("DELETE FROM value")
        connection.execute("DELETE FROM journal WHERE tbl = 27")
        connection.execute("DELETE FROM journal_key WHERE tbl = 27")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        begun = perf_counter()
        raw.insert(connection, values, journal)
        seconds = perf_counter() - begun
    assert last >= len(values)
    assert change
    plain.unlink()
    return seconds


def corrected(district: Path, province: Path, stick: Path, package: Path) -> dict[str, float]:
    """The package after the province has answered and a hundred values of one month were typed anew."""
    with closing(opened(district)) as mine, closing(opened(province)) as theirs:
        taken = packages.take_package(theirs, file=package, today=TODAY, receipt_folder=stick)
        assert taken.receipt is not None
        packages.take_package(mine, file=taken.receipt, today=TODAY)
        period = Period.parse(f"{LAST}12")
        for commune in offices.communes_of(mine, on=period.last)[:10]:
            cells = [entry.Typed(commune.uid, code, number(7)) for code in list(making.elements(10))]
            entry.type_block(mine, cells=cells, period=period)
        begun = perf_counter()
        made = packages.export_package(mine, partner="15", folder=stick / "few", today=TODAY)
        return {"seconds": perf_counter() - begun, "bytes": made.file.stat().st_size, "rows": made.rows}


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


if __name__ == "__main__":
    print(json.dumps(do(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
