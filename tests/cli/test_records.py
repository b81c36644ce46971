"""Which record a command speaks of, and what is said when there is none or it does not open."""

import os
import shutil
import sqlite3

import pytest

from db.store import Store
from desktop.system import settings
from desktop.wording import say
from tests.cli.command import ask, sotram, told

NEEDING = (
    ("office", "show"),
    ("values", "--period", "2024"),
    ("value", "set", "--unit", "04456", "--period", "2024", "--element", "population", "1"),
    ("submission", "list", "--period", "2024"),
    ("submission", "lock", "--unit", "04456", "--form", "commune", "--period", "2024"),
    ("findings", "--period", "2024"),
    ("findings", "keep", "0123456789ab", "--reason", "x"),
    ("history",),
    ("undo",),
    ("redo",),
    ("check",),
    ("key", "show"),
    ("key", "list"),
    ("key", "replace"),
    ("plan", "status", "62-NQ/TU", "--period", "2024"),
)
SHIPPED = (
    ("plan", "list"),
    ("plan", "tasks", "62-NQ/TU"),
    ("elements",),
    ("indicators",),
    ("forms",),
    ("report", "list"),
)


@pytest.fixture
def nobody(tmp_path, monkeypatch):
    """A computer on which no record was ever made."""
    monkeypatch.setenv("SOTRAM_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.mark.parametrize("words", NEEDING, ids=" ".join)
def test_a_command_without_its_record_is_refused(words, nobody):
    for said in (ask(*words), ask(*words, "--db", nobody / "no.sotramdb")):
        assert (said.code, said.error) == (1, "no_record")
    assert not (nobody / "no.sotramdb").exists()


@pytest.mark.parametrize("words", SHIPPED, ids=" ".join)
def test_the_catalogue_speaks_without_a_record(words, nobody):
    said = ask(*words)
    assert said.code == 0
    assert said.json


def test_without_a_record_nothing_is_mine(nobody):
    assert {task["mine"] for task in told("plan", "tasks", "62-NQ/TU")} == {None}


def test_with_a_record_tasks_are_mine_or_not(office):
    assert {task["mine"] for task in told("plan", "tasks", "62-NQ/TU", "--db", office, "--today", "2024-12-31")} == {
        True,
        False,
    }


def test_a_catalogue_command_with_a_named_record_that_is_missing_is_refused(nobody):
    assert ask("elements", "--db", nobody / "no.sotramdb").error == "no_record"


def test_the_users_own_record_is_taken_where_none_is_named(nobody, made_office):
    home = nobody / "home"
    home.mkdir()
    shutil.copy(made_office, home / "so-tram.sotramdb")
    assert told("office", "show", "--today", "2024-12-31")["office"]["code"] == "137"
    assert len(told("plan", "list")) == 2


def test_the_record_last_opened_in_the_window_is_the_users(nobody, office):
    settings.save(settings.Settings(record=str(office)))
    assert told("office", "show", "--today", "2024-12-31")["office"]["code"] == "137"
    office.unlink()
    assert ask("office", "show").error == "no_record"


def test_a_new_office_is_made_at_home_where_no_file_is_named(nobody):
    said = told("office", "create", "--level", "commune", "--unit", "04456", "--as-of", "2024-12-31")
    assert said["record"] == str(nobody / "home" / "so-tram.sotramdb")


def test_a_record_of_a_newer_program_is_left_alone(office):
    with sqlite3.connect(office) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = office.read_bytes()
    assert ask("office", "show", "--db", office).error == "too_new"
    assert office.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [b"not a record at all", b"PK\x03\x04" + bytes(5000), "Số liệu năm 2024\n".encode() * 4096, os.urandom(5000)],
    ids=["words", "archive", "whole pages of text", "noise"],
)
def test_a_file_that_is_no_record_is_refused(content, tmp_path):
    file = tmp_path / "x.sotramdb"
    file.write_bytes(content)
    said = ask("office", "show", "--db", file)
    assert said.code == 1
    assert said.error == "not_a_record"
    assert file.read_bytes() == content


def test_a_folder_is_no_record(tmp_path):
    assert ask("office", "show", "--db", tmp_path).code == 1


def test_another_database_is_no_record(tmp_path):
    file = tmp_path / "x.sotramdb"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE person (name TEXT)")
    connection.close()
    assert ask("office", "show", "--db", file).error == "not_a_record"


def test_an_encrypted_record_opens_with_its_passphrase_alone(tmp_path, monkeypatch):
    record, file, wrong = tmp_path / "so.sotramdb", tmp_path / "khau lenh.txt", tmp_path / "wrong.txt"
    file.write_text("Mật khẩu dài của trạm\n", encoding="utf-8")
    wrong.write_text("mật khẩu khác", encoding="utf-8")
    create = ("office", "create", "--db", record, "--level", "commune", "--unit", "04456", "--as-of", "2024-12-31")
    told(*create, "--passphrase-file", file)
    assert b"SQLite format 3" not in record.read_bytes()
    show = ("office", "show", "--db", record, "--today", "2024-12-31")
    assert told(*show, "--passphrase-file", file)["office"]["level"] == "commune"
    monkeypatch.setenv("SOTRAM_PASSPHRASE", "Mật khẩu dài của trạm")
    assert told(*show)["office"]["level"] == "commune"
    assert ask(*show, "--passphrase-file", wrong).error == "wrong_key"
    monkeypatch.delenv("SOTRAM_PASSPHRASE")
    assert ask(*show).error == "wrong_key"
    assert ask(*show, "--passphrase-file", tmp_path / "none.txt").error == "no_file"
    wrong.write_bytes("mật khẩu".encode("utf-16"))
    assert ask(*show, "--passphrase-file", wrong).error == "not_text"


@pytest.mark.slow
def test_a_record_in_use_says_so(office):
    cell = ("--db", office, "--unit", "04456", "--period", "2024", "--element", "population")
    with Store.open(office) as other, other.change(say("Somebody else writes"), source="window"):
        said = ask("value", "set", *cell, "1")
    assert (said.code, said.error) == (1, "locked")
    assert told("value", "set", *cell, "1") == {"changed": True}


def test_who_writes_is_told_by_an_option(office):
    cell = ("--db", office, "--unit", "04456", "--period", "2024", "--element", "population")
    told("value", "set", *cell, "--user", "Hoàng Văn Sơn", "10")
    assert {row["who"] for row in told("history", "--db", office, "--unit", "04456", "--period", "2024")} == {
        "Hoàng Văn Sơn"
    }


def test_a_refusal_is_said_on_both_streams(office):
    said = ask("values", "--db", office, "--period", "2024", "--unit", "99999")
    assert said.json["error"]["title"] in said.err
    plain = sotram("values", "--db", office, "--period", "2024", "--unit", "99999")
    assert (plain.code, plain.out) == (1, "")
    assert plain.err == said.err
