"""The hard edge: a record of 20 million values beside a usual office after ten years, doing the same in one run.

`--keep FOLDER` leaves the large record there (about 5 GB, four minutes to make) and takes it from there next time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import count, islice
from pathlib import Path
from statistics import median
from time import perf_counter

from db.store import Store
from desktop.application import entry, offices, packages, records
from desktop.application.lacking import count_lacking, follow_lacking
from desktop.domain.periods import Period
from desktop.domain.values import number
from desktop.system import settings
from desktop.system.settings import Settings
from tests.bench import KEEP, edge_record, start
from tests.bench.edge_record import EDGE, USUAL, EdgeSize
from tests.bench.making import LAST, TODAY
from tests.bench.table import Row, seconds

MONTH = Period.parse(f"{LAST}12")
LIMIT = 2.0
OPENED, STARTED, CELLS, FORMS, SENT = 9, 5, 300, 9, 5
FACTS = 5  # ms
CHANGED_FORMS, CHANGED_EACH = 10, 10
Pair = tuple[Store, Store]


def measure(folder: Path) -> list[Row]:
    usual = edge_record.make(folder / "usual.sotramdb", USUAL)
    edge = kept(folder)
    rows = [opened(edge, usual), started(edge, usual, folder)]
    with closing(_open(edge)) as large, closing(_open(usual)) as small:
        pair = large, small
        rows += [typed(pair), form(pair), whole_form(pair), sent(pair, folder / "usb"), facts(large)]
    return rows


def kept(folder: Path) -> Path:
    """The large record: of the folder told, made there when it is missing; else made here and removed with the rest."""
    told = os.environ.get(KEEP)
    if not told:
        return edge_record.make(folder / "edge.sotramdb", EDGE)
    path = Path(told) / f"edge-{edge_record.fingerprint()}.sotramdb"
    if not path.exists():
        for old in Path(told).glob("edge-????????.sotramdb*"):
            old.unlink()
        edge_record.make(path, EDGE)
    return path


def _open(path: Path) -> Store:
    return records.open_record(path, actor=edge_record.ACTOR, today=TODAY)


def _row(name: str, large: list[float], small: list[float], note: str, *, limit: float | None = LIMIT) -> Row:
    a, b = median(large), median(small)
    return Row(
        f"Hard edge: {name}",
        a / b,
        limit,
        "a usual office after ten years",
        f"{a * 1e3:.2f} ms against {b * 1e3:.2f} ms; {note}",
    )


def _beside(large: Callable[[], object], small: Callable[[], object], times: int) -> tuple[list[float], list[float]]:
    """Both in turn; each once before, untimed."""
    large(), small()
    found = [(seconds(large), seconds(small)) for _ in range(times)]
    return [a for a, _ in found], [b for _, b in found]


def opened(edge: Path, usual: Path) -> Row:
    """From the file to the figures of its form: what stands between a double click and the first key."""

    def begin(path: Path, code: str) -> None:
        with closing(_open(path)) as store:
            offices.office(store, on=MONTH.last)
            entry.matrix(store, form=code, period=MONTH, checked=False)

    large, small = _beside(partial(begin, edge, "few"), partial(begin, usual, "bench"), OPENED)
    return _row("open", large, small, "until a form of 3.000 cells can be typed into")


def started(edge: Path, usual: Path, folder: Path) -> Row:
    """The real window, a process each time, until its grid is painted with the figures of its first form."""
    settings.save(Settings(period=MONTH.id, maximised=False))
    large, small = (partial(start.started, "window", path, folder) for path in (edge, usual))
    large(), small()
    found = [(large()["usable"], small()["usable"]) for _ in range(STARTED)]
    return _row("the window's usable grid", [a for a, _ in found], [b for _, b in found], "3.000 cells each, warm")


def facts(store: Store) -> Row:
    """What the status bar asks on the window's thread after a typed figure."""
    known = count_lacking(store)
    taken = []
    for cell in islice(cells(store, EDGE), 400, 460):
        cell()
        begun = perf_counter()
        followed = follow_lacking(store, known)
        taken.append(perf_counter() - begun)
        assert followed is not None
        known = followed
    assert known == count_lacking(store)
    note = f"most of 60; median {median(taken) * 1e3:.2f} ms"
    return Row(
        "Hard edge: the status bar after a figure", max(taken) * 1e3, FACTS, "the window's thread", note, unit=" ms"
    )


def typed(pair: Pair) -> Row:
    large, small = (cells(store, size) for store, size in zip(pair, (EDGE, USUAL), strict=True))
    found = [(seconds(next(large)), seconds(next(small))) for _ in range(CELLS)]
    slow, fast = zip(*found[20:], strict=True)
    return _row("a typed cell", list(slow), list(fast), "a figure typed anew")


def cells(store: Store, size: EdgeSize) -> Iterator[partial[object]]:
    """Cells of the form of the newest month, along the row, typed anew: always figures that never stood there."""
    communes = offices.communes_of(store, on=MONTH.last)[: size.communes]
    codes = entry.form_of(store, "bench").elements
    for turn in count(store.head()):
        for commune in communes:
            for place, code in enumerate(codes):
                yield partial(
                    entry.type_value, store, unit=commune.uid, period=MONTH, element=code,
                    value=number(turn * 100 + place),
                )  # fmt: skip


def form(pair: Pair) -> Row:
    large, small = pair
    ask = partial(entry.matrix, period=MONTH, checked=False)
    slow, fast = _beside(partial(ask, large, form="few"), partial(ask, small, form="bench"), FORMS)
    return _row("one form", slow, fast, "3.000 cells each: 600 x 5 and 40 x 75")


def whole_form(pair: Pair) -> Row:
    """Every commune of the large office, a cell's share of it."""
    large, small = pair
    ask = partial(entry.matrix, period=MONTH, checked=False, form="bench")
    slow, fast = _beside(partial(ask, large), partial(ask, small), 3)
    share = EDGE.communes / USUAL.communes
    return _row("one form of 600 communes, a cell", [a / share for a in slow], fast, "45.000 cells, divided by 15")


def sent(pair: Pair, stick: Path) -> Row:
    slow, fast = [], []
    for _ in range(SENT):
        for store, found in zip(pair, (slow, fast), strict=True):
            correct(store)
            found.append(
                seconds(partial(packages.export_package, store, partner=edge_record.PARTNER, folder=stick, today=TODAY))
            )
            edge_record.acknowledge(store)
    return _row("a package of 100 changed values", slow[1:], fast[1:], "in 10 forms; each was receipted")


def correct(store: Store) -> None:
    codes = entry.form_of(store, "bench").elements[:CHANGED_EACH]
    for commune in offices.communes_of(store, on=MONTH.last)[:CHANGED_FORMS]:
        figures = [entry.Typed(commune.uid, code, number(store.head())) for code in codes]
        entry.type_block(store, cells=figures, period=MONTH)
