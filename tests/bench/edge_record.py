"""A record as large as one PC should ever hold, and a usual one, made alike: twenty million figures in minutes.

Offices, changes, the chain, submissions, keys and receipts go through the real store. Only the figures do not: with
the triggers of `value` aside, their rows and their journal rows are written by two statements a month, made from
the triggers' own expressions (`db.check` of a small one finds nothing wrong). Every year was sent and receipted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from db import journal, migrate
from db.store import Store
from db.tables import catalogue, offices, packages, partners, periods, units
from db.tables.listing import number_of
from db.tables.packages import Package
from db.tables.partners import Partner
from desktop.application import demo, records
from desktop.application import offices as own_offices
from desktop.application.packages import streams
from desktop.domain.elements import Catalogue
from desktop.domain.periods import Period
from desktop.domain.units import Unit, UnitKind, UnitVersion
from desktop.wording import say
from tests.bench import making
from tests.bench.making import LAST, TODAY

ACTOR = "thống kê"
PARTNER = "15"
CACHE = 1_000_000  # kB
_LATE = ("released_by_release",)  # made at the end: sorting once is quicker


@dataclass(frozen=True, slots=True)
class EdgeSize:
    """Communes, the elements of each monthly form, years."""

    communes: int
    forms: Mapping[str, int]
    years: int

    @property
    def elements(self) -> int:
        return sum(self.forms.values())

    @property
    def values(self) -> int:
        return self.communes * self.elements * 12 * self.years


# design.md 11: 36.000 values a year; 1 million on one PC. `few` has as many cells in 600 communes as `bench` in 40.
USUAL = EdgeSize(40, {"bench": 75}, 10)
EDGE = EdgeSize(600, {"few": 5, "bench": 75, "rest": 59}, 20)


def fingerprint() -> str:
    """What a kept record was made by: another schema or another maker makes it anew."""
    made_by = (Path(__file__), *sorted(migrate.FOLDER.glob("*.sql")))
    return hashlib.sha256(b"".join(file.read_bytes() for file in made_by)).hexdigest()[:8]


def make(path: Path, size: EdgeSize) -> Path:
    """The record at a path; written aside first, so that a stopped run leaves no half record behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half, above = path.with_name("half.sotramdb"), path.with_name("half-province.sotramdb")
    _remove(half, above)
    begun = date(LAST, 12, 31)
    own_offices.create_office(half, level="district", unit="137", today=TODAY, as_of=begun, actor=ACTOR)
    own_offices.create_office(above, level="province", unit=PARTNER, today=TODAY, as_of=begun, actor="Sở Y tế")
    with closing(_opened(half)) as store, closing(_opened(above)) as province:
        _furnish(store, size)
        demo._trust_each_other(store, province, TODAY)
        _fill(store, size)
    with closing(_opened(half)) as store:
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    _remove(above)
    half.rename(path)
    return path


def _remove(*paths: Path) -> None:
    for path in paths:
        for tail in ("", "-wal", "-shm"):
            path.with_name(path.name + tail).unlink(missing_ok=True)


def _opened(path: Path) -> Store:
    return records.open_record(path, actor=ACTOR, today=TODAY)


def _furnish(store: Store, size: EdgeSize) -> None:
    own = offices.own(store, TODAY)
    assert own is not None
    known = len(offices.communes(store, own.uid, date(LAST, 12, 31)))
    more = [
        Unit(
            f"bench-{place:04d}",
            UnitKind.COMMUNE,
            (UnitVersion(None, None, f"{90000 + place}", f"Xã Thử Nghiệm {place}", own.unit),),
        )
        for place in range(size.communes - known)
    ]
    made = making.elements(size.elements)
    codes = list(made)
    forms = {}
    for code, count in size.forms.items():
        forms[code] = making.form(codes[:count], 12, code=code)
        codes = codes[count:]
    with store.change(say("Create the office"), source="system"):
        units.put_units(store, more)
        offices.put_communes(store, own.uid, [unit.uid for unit in more])
        catalogue.put(store, Catalogue(made, forms, {}))


def _fill(store: Store, size: EdgeSize) -> None:
    connection = store.connection
    for pragma in ("foreign_keys = OFF", "synchronous = OFF", "journal_mode = OFF", "temp_store = DEFAULT"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute(f"PRAGMA cache_size = -{CACHE}")
    for deed in ("guard", "journal"):
        connection.execute(f"DROP TRIGGER value_insert_{deed}")
    begun = perf_counter()
    for year in range(LAST - size.years + 1, LAST + 1):
        for month in range(1, 13):
            _month(store, size, Period.parse(f"{year}{month:02d}"))
        _send(store, year - LAST + size.years)
        if size is EDGE:
            print(f"  {year}: {perf_counter() - begun:.0f} s", flush=True)
    _stamp(store)
    with store.writing():
        journal.install(connection)
    store.remember()


def _month(store: Store, size: EdgeSize, period: Period) -> None:
    """A month's import: every form begun and every figure, with their journal rows, in one change."""
    own = offices.own(store, TODAY)
    assert own is not None
    ids, element_ids = units.ids(store), catalogue.element_ids(store)
    communes = json.dumps([ids[uid] for uid in offices.communes(store, own.uid, date(LAST, 12, 31))][: size.communes])
    elements = json.dumps([element_ids[code] for code in making.elements(size.elements)])
    forms = json.dumps([catalogue.form_ids(store)[code] for code in size.forms])
    columns = journal.columns(store.connection)["value"]
    number = number_of("value")
    with store.change(say("Import {files}", files=f"{period.id}.xlsx"), source="cli") as change:
        key = periods.key(store, period)
        store.connection.execute(
            "INSERT INTO submission (unit, form, period, state, holder) "
            "SELECT u.value, f.value, ?, 'complete', ? FROM json_each(?) u CROSS JOIN json_each(?) f",
            (key, own.uid, communes, forms),
        )
        # Steady by commune and element, moving a few percent from month to month.
        store.connection.execute(
            "INSERT INTO value SELECT u.value, ?1, e.value, 1, 0, 0, "
            "(200 + (u.key * 37 + e.key * 101) % 900) * (98 + (u.key + e.key * 7 + ?1 * 3) % 7) * 100, "
            "NULL, 1, NULL FROM json_each(?2) u CROSS JOIN json_each(?3) e ORDER BY u.value, e.value",
            (key, communes, elements),
        )
        store.connection.execute(
            f"INSERT INTO journal (change, tbl, key, before, after, seal) SELECT ?1, {number}, k, NULL, a, "
            f"seal(concat_ws(char(31), {number}, k, '', a)) FROM (SELECT {journal.key_expression(columns, 'value')} "
            f"AS k, {journal._written(columns, 'value')} AS a FROM value WHERE period = ?2 LIMIT 1000000000)",
            (change.id, key),
        )


def _send(store: Store, number: int) -> None:
    """The package of a year and the receipt for it, as they are noted; what they carried is stamped at the end."""
    partner, node = _parent(store), store.node
    with store.change(say("Send figures to {name}", name=partner.name), source="package"):
        store.connection.execute("UPDATE node SET release = ? WHERE uid = ?", (number, node))
        packages.put(
            store,
            Package(
                "sent", "package", partner.id or 0, node, streams.SCOPE, number, f"{number:064x}", store.stamp(),
                {node: number - 1}, {node: number}, 1, 1, "a.sotram",
            ),
        )  # fmt: skip
    acknowledge(store)
    store.connection.execute("INSERT INTO release (node, number) VALUES (?, ?)", (node, number))
    store.connection.execute(
        "INSERT INTO mark (name, sequence) VALUES (?, ?) ON CONFLICT DO UPDATE SET sequence = excluded.sequence",
        (f"year {number}", store.head()),
    )


def acknowledge(store: Store) -> None:
    """Note a receipt of the province for everything that was sent."""
    partner = _parent(store)
    last = packages.of(store, direction="sent", kind="package")[-1]
    number = len(packages.of(store, direction="taken", kind="receipt")) + 1
    with store.change(say("Take a receipt"), source="package"):
        packages.put(
            store,
            Package(
                "taken", "receipt", partner.id or 0, "f" * 16, streams.SCOPE, number, f"f{number:063x}", store.stamp(),
                {}, last.seen, 0, 0, "b.sotram", result="accepted", answers=last.manifest_sha256,
            ),
        )  # fmt: skip


def _parent(store: Store) -> Partner:
    return next(row for row in partners.everyone(store) if row.role == "parent")


def _stamp(store: Store) -> None:
    """Every figure and form as released with the package of its year."""
    ends = store.connection.execute("SELECT sequence FROM mark WHERE name LIKE 'year %' ORDER BY sequence").fetchall()
    releases = "CASE " + " ".join(f"WHEN sequence <= {end} THEN {at}" for at, (end,) in enumerate(ends, 1)) + " END"
    for table in ("value", "submission"):
        store.connection.execute(
            f"INSERT INTO released (tbl, key, release, sequence) SELECT tbl, key, {releases}, sequence "
            f"FROM journal_by_key WHERE tbl = {number_of(table)} ORDER BY tbl, key"
        )
    store.connection.execute("DELETE FROM mark WHERE name LIKE 'year %'")
    store.connection.execute("INSERT INTO mark (name, sequence) VALUES ('released', ?)", (store.head(),))
