"""A file on a stick is whole or not there."""

from __future__ import annotations

import errno
import os

import pytest

from desktop.errors import AppError
from desktop.exchange.package import stick

NAME = "137-15-000001-20261121.sotram"


def test_a_written_file_is_whole_and_alone(tmp_path):
    path = stick.write_safely(tmp_path / "USB" / "gói dữ liệu", NAME, b"data" * 1_000_000)
    assert path.name == NAME
    assert path.read_bytes() == b"data" * 1_000_000
    assert [other.name for other in path.parent.iterdir()] == [NAME]


def test_an_older_package_of_that_name_is_never_written_over(tmp_path):
    first = stick.write_safely(tmp_path, NAME, b"old")
    second = stick.write_safely(tmp_path, NAME, b"new")
    assert (first.read_bytes(), second.read_bytes()) == (b"old", b"new")
    assert second.name == "137-15-000001-20261121-2.sotram"


def test_nothing_is_written_where_there_is_a_file_for_a_folder(tmp_path):
    (tmp_path / "stick").write_bytes(b"")
    with pytest.raises(AppError) as raised:
        stick.write_safely(tmp_path / "stick", NAME, b"data")
    assert raised.value.code == "cannot_write"


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "stick_full"), (errno.EIO, "cannot_write"), (errno.EROFS, "cannot_write")]
)
@pytest.mark.parametrize("moment", ["fsync", "rename"])
def test_a_stick_that_fails_leaves_nothing(tmp_path, monkeypatch, number, code, moment):
    def fail(*_arguments, **_options):
        raise OSError(number, os.strerror(number))

    if moment == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(type(tmp_path), "rename", fail)
    with pytest.raises(AppError) as raised:
        stick.write_safely(tmp_path, NAME, b"data")
    assert raised.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_stick_that_reads_back_something_else_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(stick, "_hash_on_disk", lambda path: b"other")
    with pytest.raises(AppError) as raised:
        stick.write_safely(tmp_path, NAME, b"data")
    assert raised.value.code == "stick_damaged"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.posix
def test_the_steps_come_in_the_order_that_survives_a_pulled_stick(tmp_path, monkeypatch):
    steps = []
    fsync, rename = os.fsync, type(tmp_path).rename
    monkeypatch.setattr(os, "fsync", lambda handle: (steps.append("fsync"), fsync(handle))[1])
    monkeypatch.setattr(type(tmp_path), "rename", lambda path, to: (steps.append(path.name), rename(path, to))[1])
    stick.write_safely(tmp_path, NAME, b"data")
    assert steps == ["fsync", f"{NAME}.part", "fsync"]


def test_packages_are_listed_by_name_and_nothing_else(tmp_path):
    for name in ("b-1-000001-20261121.sotram", "A-1-000002-20261121-R.sotram", "x.sotram.part", "note.txt"):
        (tmp_path / name).write_bytes(b"1234")
    (tmp_path / "folder.sotram").mkdir()
    found = stick.packages_in(tmp_path)
    assert [(one.path.name[:1], one.size, one.is_receipt) for one in found] == [("A", 4, True), ("b", 4, False)]
    assert stick.packages_in(tmp_path / "gone") == ()
