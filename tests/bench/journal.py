"""The journal: what it costs in time against the same rows without triggers, and in bytes after ten years."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from statistics import median

from db.store import Store
from db.tables import offices, values
from desktop.application import records
from desktop.domain.periods import Period
from desktop.wording import say
from tests.bench import making, raw
from tests.bench.making import TODAY, Size
from tests.bench.table import Row, seconds

BATCH = Size(communes=600, elements=60, years=1)


def measure(folder: Path) -> list[Row]:
    return [speed(folder), bytes_a_value(folder)]


def speed(folder: Path) -> Row:
    """36.000 values in one change, against `executemany` of the same value and journal rows."""
    path = making.make_office(folder / "speed.sotramdb", BATCH, figures=False)
    with records.open_record(path, actor="thống kê", today=TODAY) as store:
        own = offices.own(store, TODAY)
        assert own is not None
        batches = iter(ready(store, offices.communes(store, own.uid, TODAY)))
        plain = raw.open_plain(folder / "speed-plain.db", store)
        ratios, mine, theirs = [], [], []
        for batch in batches:
            before = store.head()
            mine.append(seconds(partial(write, store, batch)))
            stored, journal, _ = raw.written(store, before)
            theirs.append(seconds(partial(raw.insert, plain, stored, journal)))
            ratios.append(theirs[-1] / mine[-1])
        plain.close()
    note = f"{median(mine):.2f} s for {BATCH.values} values; raw {median(theirs):.2f} s"
    return Row(
        "Journal: insert speed", median(ratios), 0.5, "executemany of values and journal rows", note, at_least=True
    )


def ready(store: Store, uids: list[str]) -> list[list[values.Row]]:
    with store.change(say("Create the office"), source="system"):
        return [making.rows(store, Period.of_year(year), uids, BATCH.elements) for year in range(2000, 2008)]


def write(store: Store, rows: list[values.Row]) -> None:
    with store.change(say("Import {files}", files="TH.xlsx"), source="cli"):
        values.put(store, rows)


def bytes_a_value(folder: Path) -> Row:
    """The journal with its index and the changes, of ten years of a usual office: what the file shrinks by without."""
    path = making.ten_years(folder)
    thin = folder / "thin.sotramdb"
    with records.open_record(path) as store:
        rows = store.connection.execute("SELECT count(*) FROM journal WHERE tbl = 27").fetchone()[0]
        store.connection.execute("VACUUM INTO ?", (str(thin),))
    from db import driver

    connection = driver.connect(str(thin))
    whole = size(connection)
    connection.execute("PRAGMA foreign_keys = OFF").fetchall()
    for name in ("journal_update_guard", "journal_delete_guard", "change_update_guard", "change_delete_guard"):
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("DELETE FROM journal WHERE tbl = 27")
    connection.execute("DELETE FROM journal_key WHERE tbl = 27")
    connection.execute("DELETE FROM change")
    connection.execute("VACUUM")
    left = size(connection)
    connection.close()
    note = f"{rows} values in {whole / 1e6:.0f} MB, of which the journal {(whole - left) / 1e6:.0f} MB"
    return Row("Journal: bytes a value", (whole - left) / rows, 160, "ten years of a usual office", note, unit=" B")


def size(connection: object) -> int:
    read = connection.execute  # type: ignore[attr-defined]
    return int(read("PRAGMA page_count").fetchone()[0]) * int(read("PRAGMA page_size").fetchone()[0])
