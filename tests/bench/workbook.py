"""Import of a workbook of 600 communes by 60 elements, against reading its cells and writing its rows."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter

from db.store import Store
from desktop.application import imports, offices, records
from tests.bench import making, raw
from tests.bench.making import LAST, TODAY, Size
from tests.bench.table import Row

SHEET = Size(communes=600, elements=60, years=1)
TIMES = 3


def measure(folder: Path) -> list[Row]:
    record = making.make_office(folder / "empty.sotramdb", SHEET, figures=False)
    with closing(records.open_record(record)) as store:
        book = workbook(folder / f"tong-hop-{LAST}.xlsx", store)
    ratios, reading, ours, theirs = [], [], [], []
    for turn in range(TIMES):
        target = making.copy(record, folder / f"import-{turn}.sotramdb")
        with closing(records.open_record(target, actor="thống kê", today=TODAY)) as store:
            before, begun = store.head(), perf_counter()
            plan = imports.read_files(store, files=[book])
            read = perf_counter()
            done = imports.apply_import(store, plan=plan)
            ours.append(perf_counter() - begun)
            reading.append(read - begun)
            assert done.written == SHEET.values, (done.written, [str(f) for f in plan.findings[:3]])
            theirs.append(yardstick(book, store, before, folder / f"plain-{turn}.db"))
            ratios.append(ours[-1] / theirs[-1])
    note = f"{median(ours):.1f} s (reading and comparing {median(reading):.1f}) against {median(theirs):.2f} s"
    return [Row("Import of 600 x 60", median(ratios), 4, "calamine read + executemany of values and journal", note)]


def yardstick(book: Path, store: Store, before: int, plain: Path) -> float:
    """Read every cell with calamine, then write the rows that the import wrote."""
    import python_calamine

    values, journal, _ = raw.written(store, before)
    with closing(raw.open_plain(plain, store)) as connection:
        connection.execute("DELETE FROM value")
        connection.execute("DELETE FROM journal WHERE sequence > ?", (before,))
        connection.execute("DELETE FROM journal_key WHERE sequence > ?", (before,))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        begun = perf_counter()
        python_calamine.CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
        raw.insert(connection, values, journal)
        return perf_counter() - begun


def workbook(path: Path, store: Store) -> Path:
    """A year as an office keeps it: title, headings, a row a commune."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("TH")
    known = making.elements(SHEET.elements)
    sheet.append([f"TỔNG HỢP SỐ LIỆU Y TẾ NĂM {LAST}"])
    sheet.append([])
    sheet.append(["STT", "Mã xã", "Tên xã", *(element.name_vi for element in known.values())])
    for row, commune in enumerate(offices.communes_of(store, on=making.date(LAST, 12, 31)), 1):
        sheet.append(
            [row, commune.code, commune.name, *(200 + (row * 37 + at * 101) % 900 for at in range(len(known)))]
        )
    book.save(path)
    return path
