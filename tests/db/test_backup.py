from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest

from db import backup, check, driver, redact, release
from db.backup import Behind
from db.store import Store
from db.tables import packages, partners, plans
from db.tables.packages import Package
from db.tables.partners import Partner
from desktop.errors import AppError
from desktop.wording import say
from tests.db.making import MORNING, amount, cell, furnish, new_store, open_store, type_in


def _restore(file: Path, to: Path, key: bytes | None, *, dry_run: bool = False) -> backup.Restored:
    later = MORNING + timedelta(hours=1)
    return backup.restore(file, to, key=key, now=later, memory=to.parent / "machine", dry_run=dry_run)


def test_a_backup_is_one_file_its_hash_and_the_erasure_list(office: Store, tmp_path: Path) -> None:
    made = backup.make(office, tmp_path / "sao lưu")
    assert made.verified
    assert sorted(file.name for file in (tmp_path / "sao lưu").iterdir()) == [
        "erasures.json",
        "so-tram-20261121-083000.sotramdb",
        "so-tram-20261121-083000.sotramdb.sha256",
    ]
    assert made.sha256 == hashlib.sha256(made.file.read_bytes()).hexdigest()
    told = made.file.with_name(made.file.name + ".sha256").read_text(encoding="utf-8")
    assert told == f"{made.sha256}  {made.file.name}\n", "as sha256sum reads it"
    assert backup.last(office) == (MORNING, made.file)


def test_two_backups_of_one_second_have_two_names(office: Store, tmp_path: Path) -> None:
    assert backup.make(office, tmp_path).file != backup.make(office, tmp_path).file


def test_what_a_backup_that_was_cut_off_left_goes_a_day_later(office: Store, tmp_path: Path) -> None:
    old, fresh, other = (
        tmp_path / f"{name}.sotramdb.part-journal"
        for name in ("so-tram-20261119-083000", "so-tram-20261121-080000", "bao-cao-20261119-083000")
    )
    for left, hours in ((old, 48), (fresh, 1), (other, 48)):
        left.write_bytes(b"x")
        then = (MORNING - timedelta(hours=hours)).timestamp()
        os.utime(left, (then, then))
    backup.make(office, tmp_path)
    assert [left.exists() for left in (old, fresh, other)] == [False, True, True]


def test_a_backup_is_encrypted_as_the_record_is(office: Store, tmp_path: Path, key: bytes | None) -> None:
    made = backup.make(office, tmp_path / "b")
    begins_plain = made.file.read_bytes().startswith(b"SQLite format 3")
    assert begins_plain == (key is None)
    assert backup.verify(made.file, key=key) == []


def test_verifying_changes_nothing(office: Store, tmp_path: Path, key: bytes | None) -> None:
    made = backup.make(office, tmp_path / "b")
    before = {file: file.read_bytes() for file in made.file.parent.iterdir()}
    assert backup.verify(made.file, key=key) == []
    assert {file: file.read_bytes() for file in made.file.parent.iterdir()} == before


def test_a_changed_byte_is_noticed(office: Store, tmp_path: Path, key: bytes | None) -> None:
    made = backup.make(office, tmp_path / "b")
    told = bytearray(made.file.read_bytes())
    told[len(told) // 2] ^= 1
    made.file.write_bytes(told)
    assert [finding.rule for finding in backup.verify(made.file, key=key)] == ["backup_hash"]
    with pytest.raises(AppError) as fault:
        _restore(made.file, tmp_path / "new.sotramdb", key)
    assert fault.value.code == "backup_damaged"
    assert not (tmp_path / "new.sotramdb").exists()


def test_without_its_hash_a_backup_is_still_read_through(office: Store, tmp_path: Path, key: bytes | None) -> None:
    made = backup.make(office, tmp_path / "b")
    made.file.with_name(made.file.name + ".sha256").unlink()
    assert [finding.rule for finding in backup.verify(made.file, key=key)] == ["backup_no_hash"]
    _restore(made.file, tmp_path / "new.sotramdb", key)


def test_what_is_no_record_is_no_backup_and_asks_for_no_passphrase(tmp_path: Path) -> None:
    text = tmp_path / "so.sotramdb"
    text.write_text("Biên bản kiểm tra\n" * 500, encoding="utf-8")
    with pytest.raises(AppError) as fault:
        backup.verify(text)
    assert fault.value.code == "not_a_record"


def test_a_record_whose_journal_lies_gives_no_backup(office: Store, tmp_path: Path) -> None:
    office.connection.execute("DROP TRIGGER value_update_journal")
    with pytest.raises(AppError) as fault:
        backup.make(office, tmp_path / "b")
    assert fault.value.code == "backup_failed"
    assert list((tmp_path / "b").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(office: Store, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("a file")
    with pytest.raises(AppError) as fault:
        backup.make(office, tmp_path / "b")
    assert fault.value.code == "backup_failed"


def test_restoring_keeps_the_present_file_and_begins_a_new_node(path: Path, key: bytes | None, tmp_path: Path) -> None:
    with furnish(new_store(path, key=key)) as store:
        type_in(store, cell(1, "births", 1))
        node = store.node
        made = backup.make(store, tmp_path / "b")
        type_in(store, cell(1, "births", 2))
    done = _restore(made.file, path, key)
    assert done.kept_aside is not None
    with open_store(path, key=key) as store:
        assert amount(store, 1, "births") == 10000
        assert store.node != node
        type_in(store, cell(1, "births", 3))
        reasons = [reason for (reason,) in store.connection.execute("SELECT reason FROM node ORDER BY id")]
        assert reasons == ["created", "restored"]
        assert check.check(store) == []
    with open_store(done.kept_aside, key=key) as store:
        assert amount(store, 1, "births") == 20000


def test_a_dry_run_says_the_same_and_changes_nothing(path: Path, key: bytes | None, tmp_path: Path) -> None:
    with furnish(new_store(path, key=key)) as store:
        made = backup.make(store, tmp_path / "b")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    done = _restore(made.file, path, key, dry_run=True)
    assert done.kept_aside is None
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_a_backup_restores_where_nothing_stands(office: Store, tmp_path: Path, key: bytes | None) -> None:
    type_in(office, cell(1, "births", 1))
    made = backup.make(office, tmp_path / "b")
    done = _restore(made.file, tmp_path / "máy mới" / "so.sotramdb", key)
    assert (done.kept_aside, done.behind) == (None, ())
    with open_store(done.record, key=key, memory=tmp_path / "machine") as store:
        assert amount(store, 1, "births") == 10000


def test_a_record_in_use_is_not_replaced(office: Store, tmp_path: Path, path: Path, key: bytes | None) -> None:
    made = backup.make(office, tmp_path / "b")
    with pytest.raises(AppError) as fault:
        _restore(made.file, path, key)
    assert fault.value.code == "locked"
    assert amount(office, 1, "births") is None


def test_a_damaged_record_is_kept_aside_too(office: Store, tmp_path: Path, path: Path, key: bytes | None) -> None:
    made = backup.make(office, tmp_path / "b")
    office.close()
    path.write_bytes(b"x" * 5000)
    done = _restore(made.file, path, key)
    assert done.kept_aside is not None
    assert done.kept_aside.read_bytes() == b"x" * 5000


def test_partners_who_have_seen_more_than_the_backup_are_named(path: Path, key: bytes | None, tmp_path: Path) -> None:
    with furnish(new_store(path, key=key)) as store:
        with store.change(say("Trust"), source="cli"):
            partner = partners.put(store, Partner("p", "parent", "15", "Sở Y tế", "province", "{}", "s", "a", 1))
        type_in(store, cell(1, "births", 1))
        with store.change(say("Release"), source="package") as change:
            release.release(store, change)
        made = backup.make(store, tmp_path / "b")
        type_in(store, cell(1, "births", 2))
        with store.change(say("Release"), source="package") as change:
            release.release(store, change)
            told = {store.node: 2, "theirs": 9}
            packages.put(store, Package("taken", "receipt", partner, "n", "record", 1, "m", "now", {}, told, 0, 0, "f"))
        node = store.node
    done = _restore(made.file, path, key)
    assert done.behind == (Behind(partner, "Sở Y tế", node, 1, 2),)


def test_what_was_erased_does_not_come_back(path: Path, key: bytes | None, tmp_path: Path) -> None:
    with furnish(new_store(path, key=key)) as store:
        type_in(store, cell(1, "births", 1, note="cháu Nguyễn Văn Kín"))
        made = backup.make(store, tmp_path / "b")
        place = store.connection.execute("SELECT key FROM journal ORDER BY sequence DESC").fetchone()[0]
        redact.erase(store, [("value", place)], basis="đơn 12")
        assert backup.spread_erasures(store) == [tmp_path / "b"]
    text = (tmp_path / "b" / "erasures.json").read_text(encoding="utf-8")
    assert "Kín" not in text
    other = tmp_path / "other" / "so.sotramdb"
    assert _restore(made.file, other, key).erased == 1
    assert _restore(made.file, path, key).erased == 1
    for file in (other, path):
        with open_store(file, key=key, memory=file.parent / "machine") as store:
            assert amount(store, 1, "births") == 10000
            assert store.connection.execute("SELECT note FROM value").fetchall() == [(None,)]
            assert check.check(store) == []


def test_erasing_empties_the_row_its_history_and_the_file(path: Path) -> None:
    secret = "Nguyễn Thị Bí Mật"
    with furnish(new_store(path)) as store:
        for text in ("một", secret, "ba"):
            type_in(store, cell(1, "births", 1, note=f"{text} {secret}"))
        place = store.connection.execute("SELECT key FROM journal ORDER BY sequence DESC").fetchone()[0]
        done = redact.erase(store, [("value", place)], basis="đơn 12")
        assert (done.rows, done.journal_rows) == (1, 4)
        assert check.check(store) == []
        assert [(e.table, e.uid, e.basis) for e in redact.erasures(store)] == [("value", place, "đơn 12")]
        for file in (path, path.with_name(path.name + "-wal")):
            assert secret.encode() not in file.read_bytes()
    assert secret.encode() not in path.read_bytes()


def test_a_row_with_a_uid_is_erased_whole(office: Store) -> None:
    with office.change(say("Act"), source="cli"):
        office.connection.execute("INSERT INTO unit_act (uid, act, date, basis) VALUES ('u', 'rename', 'd', 'Kín')")
    assert redact.erase(office, [("unit_act", "u")], basis="b").rows == 1
    assert office.connection.execute("SELECT count(*) FROM unit_act").fetchone() == (0,)
    assert redact.erase(office, [("unit_act", "u")], basis="b").rows == 0, "again"
    assert "Kín" not in str(office.connection.execute("SELECT * FROM journal").fetchall())
    assert check.check(office) == []


def test_an_erasure_reaches_the_conflict_desk_and_names_who_got_the_row(office: Store) -> None:
    type_in(office, cell(1, "births", 1, note="Kín"))
    place = office.connection.execute("SELECT key FROM journal ORDER BY sequence DESC").fetchone()[0]
    with office.change(say("Send"), source="package"):
        partner = partners.put(office, Partner("p", "parent", "15", "Sở Y tế", "province", "{}", "s", "a", 1))
        sent = packages.put(
            office, Package("sent", "package", partner, "n", "record", 1, "m", "now", {}, {}, 1, 1, "f")
        )
        packages.put_disclosures(office, sent, [("value", place)])
        packages.put_conflict(office, packages.Conflict("value", place, sent, "n 1", '{"note": "Kín"}'))
    assert redact.erase(office, [("value", place)], basis="b").partners == (partner,)
    assert "Kín" not in str(office.connection.execute("SELECT before, after FROM journal").fetchall())
    assert "Kín" not in str(packages.conflicts(office))
    assert check.check(office) == []


def test_files_nobody_names_are_swept(office: Store) -> None:
    with office.writing():
        for name in ("kept", "lost"):
            office.connection.execute("INSERT INTO blob VALUES (?, 1, X'00')", (name,))
    with office.change(say("Evidence"), source="cli"):
        office.connection.execute("INSERT INTO plan VALUES (1, 'c', 't', 'i', NULL, 'plan', '{}')")
        office.connection.execute("INSERT INTO task VALUES (1, 'u', 1, 1, '{}')")
        plans.put_progress(office, plans.Progress("u", "", "done", evidence="kept"))
    assert redact.sweep_blobs(office) == 1
    assert office.connection.execute("SELECT sha256 FROM blob").fetchall() == [("kept",)]


def test_a_copy_that_does_not_read_back_is_no_backup(
    office: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = driver.connect

    def torn(path: str, **more: object) -> object:
        if path.endswith(".part") and not more.get("new"):
            file = Path(path)
            file.write_bytes(file.read_bytes()[:-4096])
        return real(path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(driver, "connect", torn)
    with pytest.raises(AppError):
        backup.make(office, tmp_path / "b")
    assert list((tmp_path / "b").iterdir()) == []
