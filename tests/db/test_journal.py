from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import driver, journal
from db.errors import Damaged
from db.store import Store
from db.tables.listing import JOURNALLED, Table
from desktop.wording import say
from tests.db.making import cell, new_store, open_store, type_in
from tests.db.plausible import Rows


def of_every_table(claim: Callable[..., None]) -> Callable[..., None]:
    """Of every journalled table, without a key: the triggers know of none, it only makes other bytes of the pages."""
    of_each = pytest.mark.parametrize("table", JOURNALLED, ids=lambda table: table.name)
    return of_each(pytest.mark.parametrize("key", [None], ids=["plain"], indirect=True)(claim))


def _last(store: Store) -> tuple[Any, ...]:
    change, table, key, before, after = store.connection.execute(
        "SELECT change, tbl, key, before, after FROM journal ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    return change, table, json.loads(key), before and json.loads(before), after and json.loads(after)


@of_every_table
def test_an_insert_is_journalled_with_everything_it_says(store: Store, table: Table) -> None:
    rows = Rows(store)
    with store.change(say("Put in"), source="test") as change:
        row = rows.row(table.name, 0)
        rows.insert(table.name, row)
        where, values = rows.where(table.name, row)
        keys = rows.keys(table.name)
        key = store.connection.execute(f"SELECT {', '.join(keys)} FROM {table.name} WHERE {where}", values).fetchone()
    told = {name: value for name, value in row.items() if name not in keys and value is not None}
    assert _last(store) == (change.id, table.number, list(key), None, told)


@of_every_table
def test_every_changed_column_is_journalled_alone_before_and_after(store: Store, table: Table) -> None:
    rows = Rows(store)
    with store.change(say("Put in"), source="test"):
        row, other = rows.row(table.name, 0), rows.row(table.name, 1)
        rows.insert(table.name, row)
    where, values = rows.where(table.name, row)
    for column in [name for name, _, _, key in rows.columns(table.name) if not key]:
        new, also = _allowed(table.name, column, other[column])
        changed = {column: new, **also}
        stood = {name: row[name] for name in changed}
        sets = ", ".join(f"{name} = ?" for name in changed)
        for before, after in ((stood, changed), (changed, stood)):
            with store.change(say("Change"), source="test") as change:
                store.connection.execute(f"UPDATE {table.name} SET {sets} WHERE {where}", [*after.values(), *values])
            told = _last(store)
            assert (told[0], told[1], told[3], told[4]) == (change.id, table.number, before, after), column
            assert change.rows == 1


def _allowed(table: str, column: str, other: Any) -> tuple[Any, dict[str, Any]]:
    """A value's state, amount and text hang together: changing one to another state changes its companions.

    So do what was measured of a child and that it was absent.
    """
    if table in ("value", "second_entry") and column == "state":
        return 3, {"amount": None}
    if table in ("value", "second_entry") and column == "text":
        return "chữ", {"state": 2, "amount": None}
    if table == "station_fact" and column == "state":
        return "not_reported", {"amount": None}
    if table == "station_fact" and column == "text":
        return "chữ", {"state": "text", "amount": None}
    if table == "measurement" and column == "absent":
        return 1, {"weight": None, "lenhei": None, "muac": None}
    return other, {}


@of_every_table
def test_a_deletion_is_journalled_with_everything_that_stood_there(store: Store, table: Table) -> None:
    rows = Rows(store)
    with store.change(say("Put in"), source="test"):
        row = rows.row(table.name, 0)
        rows.insert(table.name, row)
    with store.change(say("Delete"), source="test") as change:
        where, values = rows.where(table.name, row)
        store.connection.execute(f"DELETE FROM {table.name} WHERE {where}", values)
    told = {name: value for name, value in row.items() if name not in rows.keys(table.name) and value is not None}
    written_by, number, _, before, after = _last(store)
    assert (written_by, number, before, after) == (change.id, table.number, told, None)


@of_every_table
def test_a_write_without_a_change_is_refused(store: Store, table: Table) -> None:
    rows = Rows(store)
    with store.change(say("Put in"), source="test"):
        row = rows.row(table.name, 0)
        rows.insert(table.name, row)
        more = rows.row(table.name, 1)
        where, values = rows.where(table.name, row)
        column = next((name for name, _, _, key in rows.columns(table.name) if not key), rows.keys(table.name)[0])
    before = store.head(), store.connection.execute(f"SELECT * FROM {table.name}").fetchall()
    names, marks = ", ".join(more), ", ".join("?" * len(more))
    for deed, told in (
        (f"INSERT INTO {table.name} ({names}) VALUES ({marks})", list(more.values())),
        (f"INSERT OR REPLACE INTO {table.name} ({names}) VALUES ({marks})", list(more.values())),
        (f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})", list(more.values())),
        (f"UPDATE {table.name} SET {column} = {column} WHERE {where}", values),
        (f"DELETE FROM {table.name} WHERE {where}", values),
        (f"DELETE FROM {table.name}", []),
    ):
        with pytest.raises(driver.DatabaseError):
            store.connection.execute(deed, told)
    assert (store.head(), store.connection.execute(f"SELECT * FROM {table.name}").fetchall()) == before


@of_every_table
def test_an_update_that_changes_nothing_leaves_no_row(store: Store, table: Table) -> None:
    rows = Rows(store)
    with store.change(say("Put in"), source="test"):
        rows.insert(table.name, rows.row(table.name, 0))
    head = store.head()
    with store.change(say("Nothing"), source="test") as change:
        for name, _, _, _ in rows.columns(table.name):
            store.connection.execute(f"UPDATE {table.name} SET {name} = {name}")
    assert (store.head(), change.rows) == (head, 0)


@of_every_table
def test_a_key_never_changes(store: Store, table: Table) -> None:
    rows = Rows(store)
    with store.change(say("Put in"), source="test"):
        rows.insert(table.name, rows.row(table.name, 0))
    for name in rows.keys(table.name):
        with store.change(say("Move"), source="test"), pytest.raises(driver.IntegrityError, match="key never"):
            store.connection.execute(f"UPDATE {table.name} SET {name} = '77'")


def test_replacing_a_row_journals_its_deletion_too(office: Store) -> None:
    type_in(office, cell(1, "births", 3))
    with office.change(say("Replace"), source="test") as change:
        office.connection.execute("INSERT OR REPLACE INTO value SELECT * FROM value")
    assert change.rows == 2


def test_a_foreign_program_cannot_write(tmp_path: Path) -> None:
    """The triggers call functions that only our connections have."""
    with new_store(tmp_path / "a.sotramdb"):
        pass
    stranger = sqlite3.connect(tmp_path / "a.sotramdb")
    try:
        with pytest.raises(sqlite3.OperationalError):
            stranger.execute("INSERT INTO setting (name, value) VALUES ('a', '1')")
    finally:
        stranger.close()


def test_the_journal_is_append_only(office: Store) -> None:
    for deed in (
        "DELETE FROM journal",
        "UPDATE journal SET after = NULL",
        "UPDATE journal SET before = NULL, after = NULL, seal = substr(seal, -32), erased_by = 1",
        "DELETE FROM change",
        "UPDATE change SET actor = 'x'",
    ):
        with office.change(say("Forge"), source="test"), pytest.raises(driver.IntegrityError, match="append-only"):
            office.connection.execute(deed)


def test_an_erasure_may_empty_a_row_but_not_rewrite_it(office: Store) -> None:
    office.context.erasing = 1
    with office.change(say("Forge"), source="test"), pytest.raises(driver.IntegrityError, match="append-only"):
        office.connection.execute("UPDATE journal SET after = '{}', erased_by = 1")


def test_every_row_is_sealed_over_its_own_content(office: Store) -> None:
    for table, key, before, after, seal in office.connection.execute(
        "SELECT tbl, key, before, after, seal FROM journal"
    ):
        assert seal[16:] == journal.payload_hash(seal[:16], table, key, before, after)


def test_salts_do_not_repeat(office: Store) -> None:
    type_in(office, *(cell(1, "births", 1, period=str(year)) for year in range(1000, 1800)))
    salts = office.connection.execute("SELECT substr(seal, 1, 16) FROM journal").fetchall()
    assert len(set(salts)) == len(salts) > 800


def test_a_hash_tells_apart_what_stands_where() -> None:
    one, two = '{"a":1}', '{"a":2}'
    cases = [("[1]", None, one), ("[1]", one, None), ("[1]", one, two), ("[1]", two, one), ("[11]", None, one)]
    assert len({journal.payload_hash(b"", 1, *case) for case in cases}) == len(cases)


def test_a_column_without_its_trigger_refuses_in_tests_and_is_repaired_in_the_field(path: Path) -> None:
    with new_store(path) as store:
        store.connection.execute("ALTER TABLE setting ADD COLUMN more TEXT")
    with pytest.raises(Damaged):
        open_store(path)
    with Store.open(path, memory=path.parent / "machine") as store:
        assert len(store.warnings) == 1
        with store.change(say("Set"), source="test"):
            store.connection.execute("INSERT INTO setting (name, value, more) VALUES ('a', '1', 'b')")
        assert _last(store)[-1] == {"value": "1", "more": "b"}
    with open_store(path) as store:
        assert store.warnings == []


def test_a_dropped_trigger_is_noticed(path: Path) -> None:
    with new_store(path) as store:
        store.connection.execute("DROP TRIGGER value_update_journal")
        assert journal.differing(store.connection) == ["value_update_journal"]
    with pytest.raises(Damaged):
        open_store(path)
