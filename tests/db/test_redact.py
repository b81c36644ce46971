"""After a lawful erasure no byte tells of the child: not the file, not its log, no new backup; the chain still holds."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import backup, check, history, redact, release, undo
from db.errors import Locked
from db.store import Store
from db.tables import children, packages, weighing
from db.tables.packages import Package
from desktop.application import records
from desktop.domain.children import Child, Measurement, Presence, Session, Sex, Status
from desktop.system.drives import Drive
from desktop.wording import say
from tests.db.making import KEY, clock, furnish, new_store

BORN = date(2022, 5, 19)
SESSION = Session("session-1", "commune-1", date(2024, 6, 10))


def child(number: int, length: int = 8) -> Child:
    """A child whose every word is its own, so that each may be searched for."""
    told = random.Random(number)

    def word() -> str:
        return "".join(told.choice("aăâbcdđeêghiklmnoôơpqrstuưvxyạểỗữ") for _ in range(length))

    return Child(
        f"uid-{number}",
        f"commune-{1 + number % 3}",
        f"{word()} {word()}",
        Sex.MALE,
        BORN + timedelta(days=number),
        f"bản {word()}",
        "Mông",
        f"{word()} {word()}",
        f"số {word()}",
        f"ghi chú {word()}",
    )


def secrets(one: Child) -> list[str]:
    return [*one.name.split(), *one.folded.split(), *one.mother.split(), one.village, one.personal_id, one.note]


def write(store: Store, many: Iterable[Child]) -> None:
    for one in many:
        with store.change(say("Register children: {count}", count=1), source="window"):
            children.put(store, [one])
            weighing.put_sessions(store, [SESSION])
            weighing.put(store, [Measurement(one.uid, SESSION.first, SESSION.uid, 10_300, 786, note=f"đo {one.name}")])
            children.put_statuses(store, [Status(one.uid, SESSION.first, Presence.AWAY, note=f"về {one.village}")])


def files(store: Store) -> list[Path]:
    return sorted(Path(store.path).parent.glob(Path(store.path).name + "*"))


def told_in(paths: Iterable[Path], one: Child) -> list[tuple[str, str]]:
    return [(path.name, secret) for path in paths for secret in secrets(one) if secret.encode() in path.read_bytes()]


def erase(store: Store, *uids: str) -> redact.Erased:
    return redact.erase(store, [("child", uid) for uid in uids], basis="đơn số 12")


@pytest.fixture
def record(tmp_path: Path) -> Store:
    return furnish(new_store(tmp_path / "r.sotramdb"))


def test_nothing_tells_of_an_erased_child_and_all_of_the_others(record: Store, tmp_path: Path) -> None:
    gone, stays = child(1), child(2)
    write(record, [gone, stays])
    with record.change(say("Correct a child's data"), source="window"):
        children.put(record, [replace(gone, name=f"{gone.name} sửa")])
    assert told_in(files(record), gone)
    done = erase(record, gone.uid)
    assert (done.rows, done.journal_rows, done.scrubbed) == (3, 7, True)  # put in, corrected and taken away
    assert told_in(files(record), gone) == []
    made = backup.make(record, tmp_path / "sao lưu")
    assert told_in(tmp_path.rglob("*.*"), gone) == []
    assert told_in([made.file], stays)
    assert children.by_uid(record, [gone.uid, stays.uid]) == {stays.uid: stays}
    assert len(weighing.of_session(record, SESSION.uid)) == 1
    assert check.check(record) == []
    record.close()


def test_the_history_keeps_its_rows_but_no_word(record: Store) -> None:
    write(record, [child(1)])
    erase(record, "uid-1")
    told = [entry for entry in history.of(record) if entry.table in ("child", "measurement", "child_status")]
    assert len(told) == 6
    assert all(entry.before is entry.after is None and entry.erased_by is not None for entry in told)


def test_what_was_erased_cannot_be_undone_and_the_rest_can(record: Store) -> None:
    with record.change(say("Register children: {count}", count=2), source="window"):
        children.put(record, [child(1), child(2)])
    erase(record, "uid-1")
    undo.undo(record, source="window")
    assert children.everyone(record) == []
    undo.redo(record, source="window")
    assert [one.uid for one in children.everyone(record)] == ["uid-2"]
    assert check.check(record) == []


def test_a_child_merged_into_another_goes_with_its_alias(record: Store) -> None:
    write(record, [child(1), child(2)])
    with record.change(say("Merge two entries of one child"), source="window"):
        children.put_alias(record, "uid-2", "uid-1")
    erase(record, "uid-1", "uid-2")
    assert children.aliases(record) == {}
    assert told_in(files(record), child(2)) == []
    assert check.check(record) == []


def test_a_child_nobody_knows_is_remembered_as_erased(record: Store) -> None:
    assert erase(record, "uid-9").rows == 0
    assert [(one.table, one.uid) for one in redact.erasures(record)] == [("child", "uid-9")]


def test_a_child_deleted_before_is_erased_from_history_too(record: Store) -> None:
    write(record, [child(1)])
    undo.undo(record, source="window")
    assert children.everyone(record) == []
    assert erase(record, "uid-1").journal_rows == 6
    assert told_in(files(record), child(1)) == []


def test_what_waits_for_a_place_is_erased_though_the_child_never_came(record: Store) -> None:
    one = child(5)
    with record.change(say("Take in package {number} of {name}", number=1, name="x"), source="package"):
        record.connection.execute(
            "INSERT INTO partner (id, office, role, name, level, key_file, sign_key, seal_key, serial) "
            "VALUES (1, 'o', 'child', 'n', 'commune', '', '', '', 1)"
        )
        number = packages.put(
            record,
            Package("taken", "package", 1, "n", "children-full", 1, "x", "2024", {}, {}, 1, 0, "f"),
        )
        for table, fields in (
            ("child", f'"uid":"{one.uid}","name":"{one.name}"'),
            ("measurement", f'"child":"{one.uid}"'),
        ):
            packages.put_waiting(
                record, [packages.Waiting(number, table, f'{{"fields":{{{fields},"note":"{one.note}"}}}}', "unknown")]
            )
    erase(record, one.uid)
    assert packages.waiting(record) == []
    assert told_in(files(record), one) == []


def test_a_restored_backup_applies_the_list(record: Store, tmp_path: Path) -> None:
    write(record, [child(1), child(2)])
    made = backup.make(record, tmp_path / "b")
    erase(record, "uid-1")
    backup.spread_erasures(record)
    record.close()
    to = tmp_path / "lại" / "r.sotramdb"
    done = backup.restore(made.file, to, now=clock(), memory=tmp_path / "m2")
    assert done.erased == 3
    assert told_in(to.parent.glob("*"), child(1)) == []
    with Store.open(to, now=clock, memory=tmp_path / "m2") as store:
        assert [one.uid for one in children.everyone(store)] == ["uid-2"]
        assert check.check(store) == []


def test_while_another_window_reads_it_is_said_and_done_later(record: Store, tmp_path: Path) -> None:
    write(record, [child(1)])
    with Store.open(Path(record.path), now=clock, memory=tmp_path / "machine") as other:
        with other.reading():
            assert len(children.everyone(other)) == 1
            record.connection.execute("PRAGMA busy_timeout = 50")
            assert erase(record, "uid-1").scrubbed is False
        assert redact.finish_pending(record) is True
    assert told_in(files(record), child(1)) == []
    assert redact.finish_pending(record) is True


def test_an_erasure_cut_off_before_the_file_was_written_anew_is_ended_at_the_next_opening(record: Store) -> None:
    write(record, map(child, range(40)))
    with record.change(redact.WHAT, source="system") as change:
        redact.erase_in(record, change, [redact.Erasure("child", f"uid-{n}", change.at, "b") for n in range(20)])
    record.close()
    with records.open_record(Path(record.path)) as store:
        assert [told for n in range(20) for told in told_in(files(store), child(n))] == []
        assert check.check(store) == []


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
@pytest.mark.parametrize("drive", [Drive.LOCAL, Drive.REMOVABLE])
def test_on_every_drive_and_under_a_key(tmp_path: Path, key: bytes | None, drive: Drive) -> None:
    store = Store.create(tmp_path / "r.sotramdb", key=key, actor="lan", now=clock, memory=tmp_path / "m", drive=drive)
    try:
        furnish(store)
        write(store, map(child, range(40)))
        erase(store, *(f"uid-{number}" for number in range(20)))
        assert [told for number in range(20) for told in told_in(files(store), child(number))] == []
        assert len(children.everyone(store)) == 20
        assert check.check(store) == []
    finally:
        store.close()


def test_a_program_that_writes_at_the_same_time_gets_its_turn(record: Store, tmp_path: Path) -> None:
    write(record, [child(1)])
    with Store.open(Path(record.path), now=clock, memory=tmp_path / "machine") as other:
        other.connection.execute("PRAGMA busy_timeout = 50")
        with record.change(redact.WHAT, source="system") as change:
            redact.erase_in(record, change, [redact.Erasure("child", "uid-1", change.at, "b")])
            with pytest.raises(Locked), other.change(say("Type a value"), source="window"):
                pass
        assert redact.finish(record)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_after_any_life_no_byte_of_the_erased_is_left(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Names of many lengths, written, corrected, moved among full pages, sent or not; then some are erased."""
    folder = tmp_path_factory.mktemp("leben")
    count = data.draw(st.integers(20, 160))
    length = data.draw(st.integers(6, 60))
    seed = data.draw(st.randoms(use_true_random=False))
    with furnish(new_store(folder / "r.sotramdb")) as store:
        known = [child(number, length) for number in range(count)]
        write(store, known)
        for one in seed.sample(known, count // 3):
            with store.change(say("Correct a child's data"), source="window"):
                children.put(store, [replace(one, note=one.note * seed.randint(1, 8))])
        if data.draw(st.booleans()):
            with store.change(say("Send figures to {name}", name="x"), source="package") as change:
                release.release(store, change, family=release.CHILDREN)
        gone = seed.sample(known, data.draw(st.integers(1, count)))
        if data.draw(st.booleans()):
            backup.make(store, folder / "b")
            for old in (folder / "b").glob("*.sotramdb"):
                old.unlink()
        erase(store, *(one.uid for one in gone))
        backup.make(store, folder / "b")
        left = [path for path in folder.rglob("*") if path.is_file()]
        assert [told for one in gone for told in told_in(left, one)] == []
        stay = [one for one in known if one not in gone]
        assert children.everyone(store) == [
            replace(one, note=children.by_uid(store, [one.uid])[one.uid].note) for one in stay
        ]
        assert check.check(store) == []
        assert release.drafts(store, release.CHILDREN) == [] or stay
