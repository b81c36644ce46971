"""A typed cell: what one figure costs from `entry.type_value` to the disk."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time

from db.store import Store
from db.tables import submissions
from db.tables.submissions import Life, Submission
from desktop.application import entry, offices, records
from desktop.domain.periods import Period
from desktop.domain.values import number
from desktop.wording import say
from tests.bench import making, raw, trees
from tests.bench.making import FORM, TODAY, USUAL_YEAR
from tests.bench.table import Row, percentile, seconds
from tests.db.recorder import playing

PERIOD = Period.parse("202501")
CELLS = 300
TYPED = 1500
BEGIN = TYPED + 2 * CELLS
LIMIT = 5
LOG_HEAD = 32


def measure(folder: Path) -> list[Row]:
    short, long = making.one_year(folder), making.ten_years(folder)
    old = making.copy(long, folder / "ten.sotramdb")
    young = making.copy(short, folder / "one.sotramdb")
    with closing(opened(old)) as ten, closing(opened(young)) as one:
        return [syncs(folder, young), *pages(ten), cpu(folder, ten), years(ten, one)]


def opened(path: Path) -> Store:
    """A record with the forms of a new month begun, so that each typed cell writes its figure alone."""
    store = records.open_record(path, actor="thống kê", today=TODAY)
    with store.change(say("Begin"), source="cli"):
        for commune in offices.communes_of(store, on=PERIOD.last):
            submissions.put(store, Submission(commune.uid, FORM, PERIOD.id, Life.IN_ENTRY, "office"))
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return store


def typing(store: Store) -> Iterator[partial[object]]:
    """Cells not yet typed, in the order in which people type: along the row."""
    for commune in offices.communes_of(store, on=PERIOD.last):
        for place, code in enumerate(making.elements(USUAL_YEAR.elements)):
            yield partial(
                entry.type_value, store, unit=commune.uid, period=PERIOD, element=code, value=number(100 + place)
            )


def syncs(folder: Path, path: Path) -> Row:
    """The fsyncs of each of twenty cells, counted below SQLite by the recorder of the power-cut tests."""
    name = "Typed cell: fsyncs"
    if sys.platform != "linux" or shutil.which("gcc") is None:
        return Row(name, float("nan"), None, "-", "not counted: needs Linux and gcc")
    work = folder / "recorded"
    work.mkdir()
    target = making.copy(path, work / "cell.sotramdb")
    library = playing.build(folder)
    log = playing.record(
        library, work, folder / "cell.log", ["-m", "tests.bench.cell", str(target)],
        {"SOTRAM_HOME": str(work / "home"), "PYTHONPATH": Path.cwd()},
    )  # fmt: skip
    counts: list[int] = []
    for event in log:
        if event.type == "A":
            counts.append(0)
        elif event.type == "S" and counts:
            counts[-1] += 1
    counts.pop()
    return Row(name, max(counts), 1, "counted below SQLite", f"{len(counts)} cells: {sorted(set(counts))}", unit="")


def pages(store: Store) -> list[Row]:
    """The pages each of many cells adds to the log, at rest after every hundred as a window is; and their reasons."""
    wal, written = Path(store.path + "-wal"), []
    size = int(store.connection.execute("PRAGMA page_size").fetchone()[0])
    cells = typing(store)
    at_rest = 0
    for _ in range(TYPED // 100):
        for cell in islice(cells, 100):
            before = wal.stat().st_size or LOG_HEAD
            cell()
            written.append(trees.frames(wal, before, size))
        before = wal.stat().st_size
        store.rest()
        at_rest += max(0, wal.stat().st_size - before) // size
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    over = [pages for pages in written if len(pages) > LIMIT]
    why = trees.reasons(over, trees.owners(Path(store.path), store.connection))
    grown = Counter(map(len, written))
    told = ", ".join(f"{count} pages: {grown[count]}" for count in sorted(grown))
    counted = "frames of the -wal file"
    return [
        Row("Typed cell: WAL pages, 19 of 20 cells", percentile([*map(len, written)], 0.95), LIMIT, counted, told, unit=""),
        Row("Typed cell: WAL pages, most", max(grown), LIMIT, counted,
            f"{len(over)} of {len(written)} cells over {LIMIT}, where a tree shares out or adds leaves: {why}", unit=""),
        Row("Typed cell: index pages written at rest", at_rest / len(written), None, counted, "a cell", unit=""),
    ]  # fmt: skip


def cpu(folder: Path, store: Store) -> Row:
    """CPU against the same rows by plain statements: one value, one journal row, one change, one commit."""
    plain = raw.open_plain(folder / "cell-plain.db", store)
    ratios, mine, theirs = [], [], []
    cells = islice(typing(store), TYPED, TYPED + CELLS)
    for _ in range(CELLS // 20):
        before, begun = store.head(), process_time()
        for cell in islice(cells, 20):
            cell()
        mine.append((process_time() - begun) / 20)
        rows = list(zip(*raw.written(store, before), strict=True))
        begun = process_time()
        for value, journal, change in rows:
            plain.execute("BEGIN IMMEDIATE")
            plain.execute(raw.VALUE, value)
            plain.execute(raw.JOURNAL, journal)
            plain.execute(raw.CHANGE, change)
            plain.execute("COMMIT")
        theirs.append((process_time() - begun) / 20)
        ratios.append(mine[-1] / theirs[-1])
    plain.close()
    note = f"{median(mine) * 1e3:.2f} ms against {median(theirs) * 1e3:.2f} ms"
    return Row("Typed cell: CPU", median(ratios), 3, "the same rows by raw statements", note)


def years(ten: Store, one: Store) -> Row:
    late, early = islice(typing(ten), BEGIN, BEGIN + CELLS), islice(typing(one), BEGIN, BEGIN + CELLS)
    slow, fast = zip(*((seconds(a), seconds(b)) for a, b in zip(late, early, strict=True)), strict=True)
    note = f"{median(slow) * 1e3:.2f} ms against {median(fast) * 1e3:.2f} ms"
    return Row("Typed cell: ten-year record", median(slow) / median(fast), 1.1, "a one-year record", note)


def type_for_the_recorder(path: Path) -> None:
    """Twenty cells, each announced on standard output, which the recorder writes between the syncs."""
    with closing(records.open_record(path, actor="thống kê", today=TODAY)) as store:
        cells = typing(store)
        for _ in range(5):
            next(cells)()  # the first begins the form
        for cell in islice(cells, 20):
            os.write(1, b"cell\n")
            cell()
        os.write(1, b"end\n")


if __name__ == "__main__":
    type_for_the_recorder(Path(sys.argv[1]))
