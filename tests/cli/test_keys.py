"""Keys between offices, backups and restores."""

import shutil

import pytest

from tests.cli.command import ask, told

ON = ("--today", "2024-12-31")


@pytest.fixture(scope="session")
def made_province(tmp_path_factory):
    record = tmp_path_factory.mktemp("province") / "province.sotramdb"
    told("office", "create", "--db", record, "--level", "province", "--unit", "15", "--as-of", "2024-12-31")
    return record


@pytest.fixture
def province(made_province, tmp_path):
    return shutil.copy(made_province, tmp_path / "province.sotramdb")


@pytest.fixture
def key(province, tmp_path):
    """The province's key file."""
    file = tmp_path / "tinh.sotramkey"
    told("key", "show", "--db", province, "--out", file, *ON)
    return file


@pytest.fixture
def digits(province):
    return told("key", "show", "--db", province, *ON)["fingerprint"]


def test_an_office_shows_its_own_key(office):
    shown = told("key", "show", "--db", office, *ON)
    assert shown["confirmed"]
    assert shown["office"] == told("office", "show", "--db", office, *ON)["office"]["id"]
    assert "private" not in shown["public"].lower()


def test_a_key_is_trusted_then_confirmed_by_its_digits(office, key, digits):
    taken = told("key", "trust", "--db", office, key, *ON)
    assert taken["changed"]
    assert not taken["confirmed"]
    assert taken["role"] == "parent"
    assert ask("key", "confirm", "--db", office, "15", "--fingerprint", "00000 " * 5 + "00000").error == (
        "fingerprint_differs"
    )
    assert told("key", "confirm", "--db", office, "15", "--fingerprint", digits)["changed"]
    assert not told("key", "confirm", "--db", office, "15", "--fingerprint", digits.replace(" ", ""))["changed"]
    assert [one["confirmed"] for one in told("key", "list", "--db", office)] == [True]


def test_an_unconfirmed_key_is_taken_with_a_warning(office, key):
    said = ask("key", "trust", "--db", office, key, *ON)
    assert said.code == 0
    assert "Chưa xác nhận" in said.err


def test_a_key_trusted_with_its_digits_is_confirmed_at_once(office, key, digits):
    assert told("key", "trust", "--db", office, key, "--fingerprint", digits, "--as", "parent", *ON)["confirmed"]


def test_trusting_the_same_key_again_changes_nothing(office, key):
    told("key", "trust", "--db", office, key, *ON)
    assert not told("key", "trust", "--db", office, key, *ON)["changed"]


def test_a_revoked_key_is_listed_as_such(office, key):
    told("key", "trust", "--db", office, key, *ON)
    revoke = ("key", "revoke", "--db", office, "15", "--from", "2025-01-01", "--reason", "mất máy")
    assert told(*revoke)["changed"]
    assert told("key", "list", "--db", office)[0]["revoked_from"] == "2025-01-01"


def test_new_keys_have_another_fingerprint_and_the_next_serial(office):
    before = told("key", "show", "--db", office, *ON)
    after = told("key", "replace", "--db", office, *ON)
    assert after["changed"]
    assert after["fingerprint"] != before["fingerprint"]
    assert after["serial"] == before["serial"] + 1


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"format": "sotram-key/1"}', bytes(100)])
def test_a_file_that_is_no_key_is_refused(office, tmp_path, content):
    file = tmp_path / "x.sotramkey"
    file.write_bytes(content)
    said = ask("key", "trust", "--db", office, file, *ON)
    assert said.code == 1
    assert told("key", "list", "--db", office) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("key", "trust", "no.sotramkey"), "no_file"),
        (("key", "confirm", "15", "--fingerprint", "1"), "unknown_partner"),
        (("key", "revoke", "15", "--from", "2025-01-01", "--reason", "x"), "unknown_partner"),
        (("package", "export", "--to", "15", "--out", "."), "unknown_partner"),
    ],
)
def test_partners_and_files_that_are_not_there_are_refused(office, words, code):
    said = ask(*words, "--db", office, *ON)
    assert (said.code, said.error) == (1, code)


def test_a_key_changed_by_one_letter_is_refused(office, key):
    text = key.read_text(encoding="utf-8")
    key.write_text(text.replace("Yên", "Yen") if "Yên" in text else text.replace("Y", "Z", 1), encoding="utf-8")
    assert ask("key", "trust", "--db", office, key, *ON).code == 1


# ---- backups ----


@pytest.fixture
def backup(district, tmp_path):
    return told("backup", "--db", district, "--to", tmp_path / "sao lưu")["file"]


def test_a_backup_is_verified_and_restores_what_it_holds(district, backup, tmp_path):
    assert told("backup", "verify", backup)["verified"]
    told("value", "set", "--db", district, "--unit", "04456", "--period", "2024", "--element", "population", "1")
    told("restore", backup, "--to", district)
    rows = told("values", "--db", district, "--period", "2024", "--unit", "04456", "--element", "population")
    assert rows[0]["value"] != "1"
    assert told("check", "--db", district)["ok"]


def test_a_restore_keeps_what_stood_there(district, backup):
    told("value", "set", "--db", district, "--unit", "04456", "--period", "2024", "--element", "population", "1")
    aside = told("restore", backup, "--to", district)["kept_aside"]
    rows = told("values", "--db", aside, "--period", "2024", "--unit", "04456", "--element", "population")
    assert rows[0]["value"] == "1"


def test_a_dry_restore_changes_nothing(district, backup, tmp_path):
    before = district.read_bytes()
    assert not told("restore", backup, "--to", district, "--dry-run")["changed"]
    assert district.read_bytes() == before
    assert told("restore", backup, "--to", tmp_path / "new.sotramdb", "--dry-run")["kept_aside"] is None
    assert not (tmp_path / "new.sotramdb").exists()


def test_a_damaged_backup_is_not_verified_and_not_restored(district, backup, tmp_path):
    from pathlib import Path

    file = Path(backup)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)
    said = ask("backup", "verify", file)
    assert said.code == 1
    assert not said.json["verified"]
    before = district.read_bytes()
    assert ask("restore", file, "--to", district).error == "backup_damaged"
    assert district.read_bytes() == before


def test_backups_that_are_not_there_are_refused(district, tmp_path):
    assert ask("backup", "verify", tmp_path / "no.sotramdb").error == "no_file"
    assert ask("restore", tmp_path / "no.sotramdb", "--to", district).error == "no_file"


@pytest.mark.posix
def test_a_backup_to_a_place_that_cannot_be_written_is_refused(district, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert ask("backup", "--db", district, "--to", tmp_path / "file").code == 1


def test_a_record_changed_behind_the_programs_back_is_not_sound(district):
    import sqlite3

    connection = sqlite3.connect(district)
    with connection:
        connection.execute("DROP TRIGGER change_update_guard")
        connection.execute("UPDATE change SET actor = 'somebody else' WHERE id = 2")
    connection.close()
    said = ask("check", "--db", district)
    assert said.code == 1
    assert not said.json["ok"]
