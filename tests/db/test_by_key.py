from __future__ import annotations

from pathlib import Path

import pytest

from db import by_key, check, driver, history, undo
from db.store import Store
from tests.db.making import amount, cell, furnish, new_store, open_store, type_in

ALL = "SELECT tbl, key, sequence FROM journal ORDER BY tbl, key, sequence"
TOLD = "SELECT tbl, key, sequence FROM journal_by_key ORDER BY tbl, key, sequence"


def _agree(store: Store) -> None:
    assert store.connection.execute(TOLD).fetchall() == store.connection.execute(ALL).fetchall()
    assert by_key.is_sound(store.connection)


def test_what_waits_for_the_index_is_found_all_the_same(office: Store) -> None:
    for value in range(1, 30):
        type_in(office, cell(1, "births", value))
    assert by_key.mark(office.connection) < office.head()
    _agree(office)
    assert len(history.of(office, unit="commune-1", element="births")) == 29
    undo.undo(office, source="window")
    assert amount(office, 1, "births") == 280000


def test_a_long_wait_and_a_large_change_end_the_wait(office: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_key, "MOST", 20)
    for value in range(1, 100):
        type_in(office, cell(1, "births", value))
        assert office.head() - by_key.mark(office.connection) < 20
    type_in(office, *(cell(1, "births", year, period=str(year)) for year in range(1000, 1000 + by_key.MANY)))
    assert by_key.mark(office.connection) == office.head()
    _agree(office)


def test_a_change_that_raises_leaves_the_index_where_it_was(office: Store) -> None:
    cells = [cell(1, "births", year, period=str(year)) for year in range(1000, 1000 + by_key.MANY)]
    for bad in (cell(9, "births", 1), cell(1, "births", 1)):
        before = by_key.mark(office.connection)
        try:
            type_in(office, *cells, bad)
        except KeyError:
            assert by_key.mark(office.connection) == before
    _agree(office)


def test_rest_brings_the_index_up_to_date(office: Store, path: Path, key: bytes | None) -> None:
    type_in(office, cell(1, "births", 1))
    with open_store(path, key=key) as other:
        type_in(other, cell(1, "births", 2))
        other.rest()
        assert by_key.mark(office.connection) == office.head()
    type_in(office, cell(1, "births", 3))
    _agree(office)


def test_rest_waits_for_nobody(office: Store, path: Path, key: bytes | None) -> None:
    type_in(office, cell(1, "births", 1))
    with open_store(path, key=key) as other, other.writing():
        office.rest()
        assert by_key.mark(office.connection) < office.head()
    assert office.connection.execute("PRAGMA busy_timeout").fetchone() == (driver.BUSY_MILLISECONDS,)


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM journal_key WHERE sequence = 1",
        "UPDATE journal_key SET key = '[7]' WHERE sequence = 1",
        "UPDATE journal_key SET sequence = 10000 WHERE sequence = 1",
        "INSERT INTO journal_key SELECT tbl, '[7]', sequence FROM journal_key WHERE sequence = 1",
        "UPDATE mark SET sequence = sequence + 1 WHERE name = 'by key'",
    ],
)
def test_an_index_that_tells_another_journal_is_found(tmp_path: Path, harm: str) -> None:
    with furnish(new_store(tmp_path / "a.sotramdb")) as store:
        store.rest()
        assert check.check(store) == []
        store.connection.execute(harm)
        assert "journal_index" in {finding.rule for finding in check.check(store)}


def test_the_look_up_reads_the_index_and_the_tail_alone(office: Store) -> None:
    """Else one question about a cell would read through ten years."""
    plan = office.connection.execute(
        "EXPLAIN QUERY PLAN SELECT sequence FROM journal_by_key WHERE tbl = 27 AND key = '[1,1,1,1,0]' AND sequence > 3"
    ).fetchall()
    told = [row[3] for row in plan]
    assert any("journal_key USING PRIMARY KEY (tbl=? AND key=? AND sequence>?)" in line for line in told), told
    assert not any(line.startswith("SCAN journal") for line in told), told
