from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from db import check, driver, journal, migrate
from db.errors import DatabaseTooNew, NotARecord
from db.store import Store
from db.tables import catalogue, plans, submissions, units, values
from desktop.system.drives import Drive
from tests.db.making import KEY, MORNING, amount, clock, new_store, type_in
from tests.db.making import cell as made_cell

FILES = Path(__file__).parent / "files"
OLD = sorted(FILES.glob("*.sqlite"))


def _schema(store: Store) -> list[tuple[str, str, str]]:
    return store.connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
    ).fetchall()


def _open(path: Path, key: bytes | None = None) -> Store:
    return Store.open(path, key=key, now=clock, memory=path.parent / "machine", backups=path.parent / "backups")


def test_the_newest_schema_is_this_one() -> None:
    """Changing this number is a decision: add a step, never edit a released one, and freeze a file of it."""
    assert len(migrate.STEPS) == 1
    assert [file.stem for file in OLD] == [f"{number:04d}" for number in range(1, len(migrate.STEPS) + 1)]


@pytest.mark.parametrize("file", OLD, ids=lambda file: file.stem)
def test_every_frozen_file_climbs_and_keeps_its_rows(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.sotramdb"
    shutil.copyfile(file, path)
    with _open(path) as store, new_store(tmp_path / "new.sotramdb") as new:
        assert _schema(store) == _schema(new)
        assert check.check(store) == []
        assert amount(store, 1, "births") == 120000
        assert len(values.cells(store, periods=["2024"])) == 3
        assert len(units.register(store).units) == 4
        assert list(catalogue.load(store).forms) == ["commune"]
        assert [found.state.value for found in submissions.of(store)] == ["complete"]
        assert plans.codes(store) == []
        type_in(store, made_cell(1, "births", 13))
        assert check.check(store) == []


def _more(connection: driver.Connection) -> None:
    connection.execute("ALTER TABLE setting ADD COLUMN more TEXT")


def _broken(connection: driver.Connection) -> None:
    connection.execute("CREATE TABLE half (a)")
    raise RuntimeError("a step that fails")


def _climb(path: Path, *steps: migrate.Step, key: bytes | None = None) -> Path | None:
    connection = driver.connect(str(path), key=key, drive=Drive.REMOVABLE)
    try:
        return migrate.climb(
            connection,
            str(path),
            new=False,
            key=key,
            backups=path.parent / "backups",
            now=MORNING,
            steps=(*migrate.STEPS, *steps),
        )
    finally:
        connection.close()


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_an_older_file_is_copied_before_it_climbs(tmp_path: Path, key: bytes | None) -> None:
    path = tmp_path / "so.sotramdb"
    new_store(path, key=key).close()
    copy = _climb(path, _more, key=key)
    assert copy == tmp_path / "backups" / "so.sotramdb.v1.20261121-083000.sqlite"
    with _open(copy, key) as store:
        assert migrate.version(store.connection) == 1
    connection = driver.connect(str(path), key=key, drive=Drive.REMOVABLE)
    assert migrate.version(connection) == 2
    assert "setting_insert_journal" in journal.differing(connection)
    connection.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "so.sotramdb"
    with new_store(path) as store:
        before = _schema(store)
    with pytest.raises(RuntimeError):
        _climb(path, _broken)
    with _open(path) as store:
        assert _schema(store) == before
        assert migrate.version(store.connection) == 1


def test_the_steps_before_a_failing_one_stay(tmp_path: Path) -> None:
    path = tmp_path / "so.sotramdb"
    new_store(path).close()
    with pytest.raises(RuntimeError):
        _climb(path, _more, _broken)
    with pytest.raises(DatabaseTooNew):
        _open(path)


def test_a_newer_file_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "so.sotramdb"
    new_store(path).close()
    connection = driver.connect(str(path), drive=Drive.REMOVABLE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew) as fault:
        Store.open(path, memory=tmp_path / "machine", drive=Drive.REMOVABLE)
    assert fault.value.code == "too_new"
    assert path.read_bytes() == before
    assert not (tmp_path / "backups").exists()


def freeze() -> None:
    """Make the frozen file of the newest schema; by hand, once a release."""
    from tests.db.making import begin_form, cell, furnish

    FILES.mkdir(exist_ok=True)
    file = FILES / f"{len(migrate.STEPS):04d}.sqlite"
    file.unlink(missing_ok=True)
    with Store.create(file, now=clock, actor="lan", memory=file.parent / ".machine", drive=Drive.REMOVABLE) as store:
        furnish(store)
        begin_form(store, 1)
        type_in(store, cell(1, "births", 11), cell(2, "births", 0), cell(3, "deaths", 4, note="ghi chú"))
        type_in(store, cell(1, "births", 12))
        from db import release
        from db.tables.submissions import Life
        from desktop.wording import say

        begin_form(store, 1, Life.COMPLETE)
        with store.change(say("Release"), source="package") as change:
            release.release(store, change)
    shutil.rmtree(file.parent / ".machine", ignore_errors=True)
    assert datetime.fromisoformat(MORNING.isoformat())


def test_a_file_that_is_no_record_is_refused_untouched(tmp_path):
    empty, other = tmp_path / "trống.sotramdb", tmp_path / "khác.sotramdb"
    empty.touch()
    connection = driver.connect(str(other), drive=Drive.REMOVABLE)
    connection.execute("CREATE TABLE something (id INTEGER PRIMARY KEY)")
    connection.close()
    for path in (empty, other):
        before = path.read_bytes()
        with pytest.raises(NotARecord):
            Store.open(path)
        assert path.read_bytes() == before
