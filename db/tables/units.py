"""Units through time: the record's own copy of the register, with what the office added to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from db.driver import IntegrityError
from db.store import Store
from db.tables.listing import number_of
from desktop.domain.text import fold
from desktop.domain.units import Register, Unit, UnitKind, UnitVersion

_TABLES: Final = ("unit", "unit_version")


def register(store: Store) -> Register:
    """Every unit of the record in register order; the same object until a unit is written. Do not add to it."""
    return store.cached("register", _TABLES, lambda: _read(store))


def ids(store: Store) -> dict[str, int]:
    """The record's integer of every unit, by uid; aliases included."""
    return store.cached("unit ids", ("unit", "unit_alias"), lambda: _ids(store))


def uids(store: Store) -> dict[int, str]:
    """The uid of every unit's integer."""
    return store.cached(
        "unit uids", ("unit",), lambda: dict(store.connection.execute("SELECT id, uid FROM unit").fetchall())
    )


def _ids(store: Store) -> dict[str, int]:
    found: dict[str, int] = dict(store.connection.execute("SELECT uid, id FROM unit").fetchall())
    for uid in aliases(store):
        number = found.get(resolve(store, uid))
        if number is not None:
            found[uid] = number
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _read(store: Store) -> Register:
    versions: dict[int, list[UnitVersion]] = {}
    days: dict[str | None, date | None] = {}
    named: dict[int, str] = dict(store.connection.execute("SELECT id, uid FROM unit").fetchall())
    for unit, begin, end, code, name, parent in store.connection.execute(
        "SELECT unit, valid_from, valid_to, code, name, parent FROM unit_version ORDER BY unit, valid_from"
    ):
        first = days[begin] if begin in days else days.setdefault(begin, _day(begin))
        last = days[end] if end in days else days.setdefault(end, _day(end))
        made = UnitVersion(first, last, code, name, named.get(parent) if parent else None)
        versions.setdefault(unit, []).append(made)
    return Register.of(
        Unit(uid, UnitKind(kind), tuple(versions[number]))
        for number, uid, kind in store.connection.execute("SELECT id, uid, kind FROM unit ORDER BY position, id")
        if number in versions
    )


def put_units(store: Store, units: Iterable[Unit], *, shipped: bool = False) -> int:
    """Write units and their versions; how many rows differed. Parents must be in the record or among the units."""
    chosen = list(units)
    connection = store.connection
    before = store.head()
    last = connection.execute("SELECT ifnull(max(position), 0) FROM unit").fetchone()[0]
    connection.executemany(
        "INSERT INTO unit (uid, kind, shipped, position) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (uid) DO UPDATE SET kind = excluded.kind WHERE kind <> excluded.kind",
        [(unit.uid, unit.kind.value, int(shipped), last + place) for place, unit in enumerate(chosen, 1)],
    )
    numbers: dict[str, int] = dict(connection.execute("SELECT uid, id FROM unit").fetchall())
    connection.executemany(
        "INSERT INTO unit_version (unit, valid_from, valid_to, code, name, folded, parent) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET valid_to = excluded.valid_to, code = excluded.code, name = excluded.name, "
        "folded = excluded.folded, parent = excluded.parent WHERE (valid_to, code, name, folded, parent) IS NOT "
        "(excluded.valid_to, excluded.code, excluded.name, excluded.folded, excluded.parent)",
        [_row(unit, version, numbers) for unit in chosen for version in unit.versions],
    )
    _drop_others(store, {numbers[unit.uid]: unit.versions for unit in chosen})
    return store.head() - before


def _row(unit: Unit, version: UnitVersion, numbers: dict[str, int]) -> tuple[object, ...]:
    begin, end = version.valid_from, version.valid_to
    return (
        numbers[unit.uid],
        begin.isoformat() if begin else "",
        end.isoformat() if end else None,
        version.code,
        version.name,
        fold(version.name),
        numbers[version.parent] if version.parent else None,
    )


def _drop_others(store: Store, versions: dict[int, tuple[UnitVersion, ...]]) -> None:
    for number, begin in store.connection.execute("SELECT unit, valid_from FROM unit_version").fetchall():
        kept = versions.get(number)
        if kept is not None and _day(begin) not in {version.valid_from for version in kept}:
            store.connection.execute("DELETE FROM unit_version WHERE unit = ? AND valid_from = ?", (number, begin))


def drop_unused(store: Store, uids: Iterable[str], *, began: date) -> int:
    """Take away units of our own that began on a day and on which nothing stands; how many went.

    The unit's own row stays, without versions: its integer is never given to another unit, because what was sent of it
    is known by that integer.
    """
    gone = 0
    for uid in uids:
        unit = register(store).units.get(uid)
        if unit is None or uid in is_shipped(store) or unit.began != began:
            continue
        number = ids(store)[uid]
        try:
            refuse_in_use(store, number)
        except IntegrityError:
            continue  # figures stand on it
        store.connection.execute("DELETE FROM unit_version WHERE unit = ?", (number,))
        gone += 1
    return gone


def refuse_in_use(store: Store, number: int) -> None:
    """IntegrityError where anything but its own versions stands on a unit (by its integer); changes nothing."""
    store.connection.execute("SAVEPOINT in_use")
    try:
        store.connection.execute("DELETE FROM unit_version WHERE unit = ?", (number,))
        store.connection.execute("DELETE FROM unit WHERE id = ?", (number,))
    finally:
        store.connection.execute("ROLLBACK TO in_use")
        store.connection.execute("RELEASE in_use")


def was_changed_here(store: Store, uid: str) -> bool:
    """Whether anybody at this record ever wrote of a unit; what only came in packages was not."""
    key = f"[{ids(store)[uid]}"
    found = store.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM journal_by_key k JOIN journal j ON j.sequence = k.sequence "
        "JOIN change c ON c.id = j.change WHERE k.tbl = ? AND k.key >= ? AND k.key < ? AND c.source <> 'package')",
        (number_of("unit_version"), f"{key},", f"{key}-"),
    ).fetchone()
    return bool(found[0])


def is_shipped(store: Store) -> frozenset[str]:
    """The uids of units that every copy of the shipped register has."""
    return store.cached(
        "shipped units",
        ("unit",),
        lambda: frozenset(uid for (uid,) in store.connection.execute("SELECT uid FROM unit WHERE shipped = 1")),
    )


def aliases(store: Store) -> dict[str, str]:
    """Units that two records made apart and that are one: the uid to the uid it stands for."""
    return store.cached(
        "aliases",
        ("unit_alias",),
        lambda: dict(store.connection.execute("SELECT uid, stands_for FROM unit_alias").fetchall()),
    )


def put_alias(store: Store, uid: str, stands_for: str) -> None:
    """Say that one uid stands for another; resolved at read time, both rows stay."""
    store.connection.execute(
        "INSERT INTO unit_alias (uid, stands_for) VALUES (?, ?) ON CONFLICT (uid) DO UPDATE SET "
        "stands_for = excluded.stands_for WHERE stands_for <> excluded.stands_for",
        (uid, stands_for),
    )


def resolve(store: Store, uid: str) -> str:
    """The uid a unit is kept under; a circle of aliases ends where it began."""
    told = aliases(store)
    seen = {uid}
    while (after := told.get(uid)) is not None and after not in seen:
        seen.add(after)
        uid = after
    return uid


def attributes(store: Store, day: date) -> dict[str, dict[str, str]]:
    """What units are on a day (`zone`, `minority_area`, `terrain`, ...): by uid, then name."""
    found: dict[str, dict[str, str]] = {}
    for uid, name, value in store.connection.execute(
        "SELECT u.uid, a.name, a.value FROM unit_attribute a JOIN unit u ON u.id = a.unit "
        "WHERE a.valid_from <= ? AND (a.valid_to IS NULL OR a.valid_to >= ?)",
        (day.isoformat(), day.isoformat()),
    ):
        found.setdefault(uid, {})[name] = value
    return found


def attribute_spans(store: Store, unit: str, name: str) -> list[tuple[date | None, date | None, str]]:
    """What was said of one attribute of a unit: first day, last day (inclusive; None is open) and value, in order."""
    return [
        (_day(begin), _day(end), value)
        for begin, end, value in store.connection.execute(
            "SELECT valid_from, valid_to, value FROM unit_attribute WHERE (unit, name) = (?, ?) ORDER BY valid_from",
            (ids(store)[unit], name),
        )
    ]


def put_attribute(
    store: Store, *, unit: str, name: str, value: str, valid_from: date | None = None, valid_to: date | None = None
) -> None:
    """Say what a unit is between two days (inclusive; None is open)."""
    store.connection.execute(
        "INSERT INTO unit_attribute (unit, name, valid_from, valid_to, value) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET valid_to = excluded.valid_to, value = excluded.value "
        "WHERE (valid_to, value) IS NOT (excluded.valid_to, excluded.value)",
        (
            ids(store)[unit],
            name,
            valid_from.isoformat() if valid_from else "",
            valid_to.isoformat() if valid_to else None,
            value,
        ),
    )


def put_attribute_from(store: Store, *, unit: str, name: str, value: str, day: date) -> None:
    """Say what a unit is from a day on, until the next day something else was said from.

    An empty value says that it is no longer so; where nothing was ever said none is written.
    """
    spans = attribute_spans(store, unit, name)
    for begin, end, held in spans:
        if (begin is None or begin <= day) and (end is None or day <= end):
            if begin != day:
                before = day - timedelta(days=1)
                put_attribute(store, unit=unit, name=name, value=held, valid_from=begin, valid_to=before)
            put_attribute(store, unit=unit, name=name, value=value, valid_from=day, valid_to=end)
            return
    later = [begin for begin, _, _ in spans if begin is not None and begin > day]
    end = min(later) - timedelta(days=1) if later else None
    if value or spans:
        put_attribute(store, unit=unit, name=name, value=value, valid_from=day, valid_to=end)
