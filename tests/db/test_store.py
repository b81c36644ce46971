from __future__ import annotations

import json
import random
import shutil
import sys
import threading
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import check, driver, history, sentences
from db.errors import AlreadyThere, Damaged, Locked, NoRecord, NoRoom, NotARecord, WrongKey
from db.machine import place
from db.store import Store
from db.tables import settings
from desktop.system.drives import Drive
from desktop.wording import Label, Sentence, say
from tests.db.making import KEY, MORNING, amount, cell, clock, furnish, new_store, open_store, type_in


def test_a_change_keeps_who_when_and_what(office: Store) -> None:
    with office.change(say("Set {name}", name="x"), source="cli", actor="hoa") as change:
        settings.put(office, "x", 1)
    told = office.connection.execute("SELECT actor, at, what, source, undoes FROM change WHERE id = ?", (change.id,))
    assert told.fetchone() == ("hoa", "2026-11-21T08:30:00+00:00", '["Set {name}", {"name": "x"}]', "cli", None)
    assert (change.rows, change.node) == (1, office.node)


def test_a_change_that_raises_leaves_nothing(office: Store) -> None:
    before = (office.head(), settings.everything(office))
    with pytest.raises(ValueError, match="stop"), office.change(say("Set"), source="cli"):  # noqa: PT012
        settings.put(office, "x", 1)
        raise ValueError("stop")
    assert (office.head(), settings.everything(office)) == before
    type_in(office, cell(1, "births", 1))
    assert check.check(office) == []


def test_a_change_that_wrote_nothing_leaves_no_trace(office: Store) -> None:
    count = "SELECT count(*) FROM change"
    before = office.connection.execute(count).fetchone()
    with office.change(say("Look"), source="cli") as change:
        pass
    assert (office.connection.execute(count).fetchone(), change.rows) == (before, 0)


def test_changes_do_not_nest(office: Store) -> None:
    with office.change(say("One"), source="cli"):
        with pytest.raises(RuntimeError), office.change(say("Two"), source="cli"):
            pass
        settings.put(office, "x", 1)
    assert settings.get(office, "x") == 1


def test_unjournalled_writing_does_not_open_the_other_tables(office: Store) -> None:
    with pytest.raises(driver.IntegrityError), office.writing():
        settings.put(office, "x", 1)


def test_a_refused_row_inside_a_change_does_not_spoil_the_chain(office: Store) -> None:
    with office.change(say("Type"), source="cli"):
        settings.put(office, "x", 1)
        with pytest.raises(driver.IntegrityError):
            office.connection.execute("INSERT INTO setting (name, value) VALUES ('x', '2')")
        settings.put(office, "y", 1)
    assert check.check(office) == []


def test_a_record_is_never_overwritten(path: Path) -> None:
    new_store(path).close()
    with pytest.raises(AlreadyThere):
        new_store(path)


def test_a_missing_record_is_said(path: Path) -> None:
    with pytest.raises(NoRecord):
        open_store(path)
    assert not path.exists()


def test_the_wrong_key_and_no_key_are_told_from_damage(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.sotramdb", key=KEY):
        pass
    for key in (None, bytes(32)):
        with pytest.raises(WrongKey):
            open_store(tmp_path / "a.sotramdb", key=key)
    (tmp_path / "b.sotramdb").write_bytes(b"SQLite format 3\x00" + bytes(5000))
    with pytest.raises((Damaged, NotARecord)):
        open_store(tmp_path / "b.sotramdb")
    (tmp_path / "d.sotramdb").write_bytes(random.Random(1).randbytes(8192))  # whole pages of noise: who knows
    with pytest.raises(WrongKey):
        open_store(tmp_path / "d.sotramdb", key=KEY)
    (tmp_path / "c.sotramdb").write_bytes(b"")
    with pytest.raises(NotARecord):
        open_store(tmp_path / "c.sotramdb")


def test_a_foreign_sqlite_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    stranger = driver.connect(str(tmp_path / "a.db"), drive=Drive.REMOVABLE)
    stranger.execute("CREATE TABLE t (a)")
    stranger.execute("PRAGMA user_version = 1")
    stranger.close()
    before = (tmp_path / "a.db").read_bytes()
    with pytest.raises(NotARecord):
        Store.open(tmp_path / "a.db", drive=Drive.REMOVABLE)
    assert (tmp_path / "a.db").read_bytes() == before


def test_opening_a_record_loads_no_sqlite_utils(path: Path) -> None:
    import subprocess

    new_store(path).close()
    script = (
        "import sys; from pathlib import Path; from db.store import Store; from db.tables import values\n"
        f"Store.open(Path({str(path)!r}), memory=Path({str(path.parent)!r})).close()\n"
        "assert not {'sqlite_utils', 'numpy', 'sqlite3', 'yaml', 'babel'} & set(sys.modules), sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_sqlite_utils_speaks_to_the_same_connection(office: Store) -> None:
    assert office.db.conn is office.connection
    assert office.db.table("unit").count == 4
    with office.change(say("Set"), source="cli"):
        office.db.table("setting").insert({"name": "a", "value": "1"})
    assert settings.get(office, "a") == 1
    from sqlite_utils.db import OperationalError

    with pytest.raises(OperationalError):
        list(office.db.query("SELECT * FROM nowhere"))


def test_a_new_record_begins_a_node(store: Store) -> None:
    assert store.connection.execute("SELECT uid, reason FROM node").fetchall() == [(store.node, "created")]
    assert len(store.node) == 16


def test_opening_again_goes_on_as_the_same_node(path: Path) -> None:
    with furnish(new_store(path)) as store:
        node = store.node
    for value in (1, 2):
        with open_store(path) as store:
            type_in(store, cell(1, "births", value))
            assert store.node == node


def test_a_file_older_than_the_computer_remembers_begins_a_new_node(path: Path) -> None:
    with furnish(new_store(path)) as store:
        node = store.node
    shutil.copyfile(path, path.with_suffix(".old"))
    with open_store(path) as store:
        type_in(store, cell(1, "births", 1))
    shutil.copyfile(path.with_suffix(".old"), path)
    with open_store(path) as store:
        assert store.node == node, "reading begins nothing"
        type_in(store, cell(1, "births", 2))
        assert store.node != node
        reasons = store.connection.execute("SELECT reason FROM node ORDER BY id").fetchall()
    assert reasons == [("created",), ("older",)]


def test_another_past_of_the_same_length_begins_a_new_node(path: Path) -> None:
    """Two copies went on apart on one computer; the chain tells them from each other."""
    with furnish(new_store(path)):
        pass
    other = path.with_suffix(".other")
    shutil.copyfile(path, other)
    shutil.copytree(path.parent / "machine", path.parent / "elsewhere")
    with open_store(path) as store:
        type_in(store, cell(1, "births", 1))
        node = store.node
    memory = next((path.parent / "elsewhere").iterdir())
    text = memory.read_text(encoding="utf-8")
    memory.write_text(text.replace(json.dumps(place(path)), json.dumps(place(other))), encoding="utf-8")
    with open_store(other, memory=path.parent / "elsewhere") as store:
        type_in(store, cell(1, "births", 2))
        assert store.node == node
    shutil.copyfile(other, path)
    with open_store(path) as store:
        type_in(store, cell(1, "births", 3))
        assert store.node != node


@pytest.mark.parametrize("memory", ["machine", "another machine"])
def test_a_copied_file_begins_a_new_node(path: Path, memory: str) -> None:
    with furnish(new_store(path)) as store:
        node = store.node
    copy = path.with_name("bản sao.sotramdb")
    shutil.copyfile(path, copy)
    with open_store(copy, memory=path.parent / memory) as store:
        type_in(store, cell(1, "births", 1))
        assert store.node != node
        assert store.connection.execute("SELECT reason FROM node ORDER BY id DESC").fetchone() == ("copied",)


def test_a_computer_that_cannot_remember_still_writes(path: Path) -> None:
    (path.parent / "machine").write_text("a file where the folder should be")
    with furnish(new_store(path)) as store:
        type_in(store, cell(1, "births", 1))
    with open_store(path) as store:
        type_in(store, cell(1, "births", 2))
        assert amount(store, 1, "births") == 20000


def test_two_stores_write_in_turns_and_see_each_other(office: Store, path: Path, key: bytes | None) -> None:
    with open_store(path, key=key) as other:
        version = other.data_version()
        type_in(office, cell(1, "births", 1))
        assert other.data_version() != version
        assert amount(other, 1, "births") == 10000
        type_in(other, cell(1, "births", 2))
        type_in(office, cell(2, "births", 3))
        assert amount(office, 1, "births") == 20000
        assert other.node == office.node
    assert check.check(office) == []


def test_a_writer_that_waits_too_long_is_told(office: Store, path: Path, key: bytes | None) -> None:
    with open_store(path, key=key) as other:
        other.connection.execute("PRAGMA busy_timeout = 1")
        with office.change(say("Long"), source="cli"), pytest.raises(Locked), other.change(say("X"), source="cli"):
            pass


def test_at_rest_the_log_goes_into_the_file(path: Path) -> None:
    with furnish(new_store(path)) as store:
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        before = path.read_bytes()
        type_in(store, *(cell(1, "births", year, period=str(year)) for year in range(1000, 1100)))
        assert path.read_bytes() == before
        store.rest()
        assert path.read_bytes() != before


def test_a_full_drive_is_said_and_leaves_nothing(office: Store) -> None:
    type_in(office, cell(1, "births", 1))
    pages = office.connection.execute("PRAGMA page_count").fetchone()[0]
    office.connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    with pytest.raises(NoRoom):
        type_in(office, *(cell(2, "births", year, period=str(year)) for year in range(1000, 3000)))
    assert amount(office, 1, "births") == 10000
    assert check.check(office) == []


def test_two_threads_lose_nothing(path: Path) -> None:
    furnish(new_store(path)).close()

    def write(unit: int) -> None:
        with open_store(path) as store:
            for year in range(2000, 2030):
                type_in(store, cell(unit, "births", year, period=str(year)))

    threads = [threading.Thread(target=write, args=(unit,)) for unit in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_store(path) as store:
        assert store.connection.execute("SELECT count(*) FROM value").fetchone() == (60,)
        assert check.check(store) == []


def test_several_reads_see_one_state(office: Store, path: Path, key: bytes | None) -> None:
    with open_store(path, key=key) as other:
        with office.reading():
            assert amount(office, 1, "births") is None
            type_in(other, cell(1, "births", 1))
            assert amount(office, 1, "births") is None
        assert amount(office, 1, "births") == 10000


def test_what_is_kept_in_mind_follows_every_writer(office: Store, path: Path, key: bytes | None) -> None:
    made: list[int] = []

    def read() -> object:
        made.append(1)
        return settings.everything(office)

    for _ in range(3):
        office.cached("all", ("setting",), read)
    type_in(office, cell(1, "births", 1))
    office.cached("all", ("setting",), read)
    assert len(made) == 1, "other tables do not matter"
    with open_store(path, key=key) as other, other.change(say("Set"), source="cli"):
        settings.put(other, "a", 1)
    assert office.cached("all", ("setting",), read) == {"a": 1}


def test_what_was_read_inside_a_failed_change_is_forgotten(office: Store) -> None:
    def read() -> object:
        return settings.everything(office)

    with pytest.raises(ValueError, match="stop"), office.change(say("Set"), source="cli"):  # noqa: PT012
        settings.put(office, "a", 1)
        assert office.cached("all", ("setting",), read) == {"a": 1}
        raise ValueError("stop")
    assert office.cached("all", ("setting",), read) == {}


@pytest.mark.parametrize("drive", [Drive.REMOVABLE, Drive.NETWORK])
def test_on_a_stick_the_record_has_one_file_and_one_user(path: Path, drive: Drive) -> None:
    with Store.create(path, drive=drive, now=clock, memory=path.parent / "machine") as store:
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert store.connection.execute("PRAGMA locking_mode").fetchone() == ("exclusive",)
        assert len(store.warnings) == 1
        assert not store.shares
        furnish(store)
        assert not path.with_name(path.name + "-wal").exists()
        with pytest.raises(Locked):
            driver.connect(str(path), drive=drive, patience=1)
    with open_store(path) as store:
        assert store.shares


def test_a_record_from_a_local_disk_opens_on_a_stick(path: Path) -> None:
    furnish(new_store(path)).close()
    with Store.open(path, drive=Drive.REMOVABLE, memory=path.parent / "machine") as store:
        type_in(store, cell(1, "births", 1))
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_the_pragmas_are_those_of_the_contract(path: Path, key: bytes | None) -> None:
    new_store(path, key=key).close()
    with open_store(path, key=key) as store:
        told = {
            name: store.connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                *("auto_vacuum", "foreign_keys", "recursive_triggers", "secure_delete"),
                *("journal_mode", "synchronous", "cache_size"),
            )
        }
    assert told == {
        "auto_vacuum": 0,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
        "journal_mode": "wal",
        "synchronous": 2,
        "cache_size": -64000,
    }


def test_a_key_of_another_length_is_a_fault_of_ours(path: Path) -> None:
    with pytest.raises(ValueError, match="bytes"):
        new_store(path, key=b"short")


SENTENCES = [
    say("Plain"),
    say("{n} of {total}", n=3, total=Decimal("1.50")),
    say("{day} {name} {inner}", day=date(2025, 1, 14), name="Âu Lâu", inner=say("{x}", x="y")),
    say("{label} {time}", label=Label("Trẻ", "Child"), time=MORNING),
]


@pytest.mark.parametrize("sentence", SENTENCES, ids=str)
def test_sentences_are_kept_with_their_values(sentence: Sentence) -> None:
    assert sentences.load(sentences.dump(sentence)) == sentence


@given(msgid=st.text(), values=st.dictionaries(st.text(), st.text() | st.integers(), max_size=3))
def test_however_a_sentence_is_written_it_is_the_same_json(msgid: str, values: dict[str, object]) -> None:
    told = sentences.dump(Sentence(msgid, tuple(values.items())))
    assert json.loads(told) == ([msgid, values] if values else [msgid])


def test_what_a_change_did_may_be_said_inside_it(office: Store) -> None:
    with office.change(say("Type"), source="cli") as change:
        settings.put(office, "x", 1)
        change.what = say("Set {name}", name="x")
    assert history.of_change(office, change.id)[0].what == say("Set {name}", name="x")
    assert check.check(office) == []


@pytest.mark.parametrize("text", ["", "words", "[]", "[1]", "{}", '["a", 3]'])
def test_a_sentence_nobody_can_read_is_shown_as_it_is(text: str) -> None:
    assert str(sentences.load(text)) == text


def test_time_is_kept_with_its_offset(office: Store) -> None:
    assert datetime.fromisoformat(office.stamp()) == MORNING
