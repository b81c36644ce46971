"""Every format ever released is read for ever: packages made then, with the test keys of then."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from desktop.exchange.package import container, keys, manifest
from desktop.exchange.package.trust import Sender, Trust
from tests.exchange.package.make_golden import DATA, rows_of

FOLDERS = sorted(DATA.glob("format-*"))
PACKAGES = [path for folder in FOLDERS for path in sorted(folder.glob("*.sotram*"))]


def trust(folder: Path, code: str) -> Trust:
    known = {path.name.split(".")[0]: keys.read_key_file(path.read_bytes()) for path in folder.glob("*.key.json")}
    private = keys.PrivateKeys.from_bytes((folder / f"{code}.private.json").read_bytes())
    us = known.pop(code)
    senders = {
        one.sign.id: Sender(one.office, one.code, one.name, "parent" if code == "137" else "child", one.sign)
        for one in known.values()
    }
    return Trust(us.office, us.code, {us.seal: private.seal_identity}, senders, date(2026, 11, 22))


def test_there_are_packages_of_every_format():
    assert [folder.name for folder in FOLDERS] == [f"format-{number + 1}" for number in range(manifest.FORMAT)]
    assert len(PACKAGES) == 4 * len(FOLDERS)


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_package_of_then_is_read_now(path):
    expected = json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))[path.name]
    opened = container.open_package(path.read_bytes(), trust(path.parent, expected["manifest"]["to"]["code"]))
    assert opened.manifest.to_json() == expected["manifest"]
    assert {table: rows_of(opened.rows(table)) for table in opened.tables} == expected["rows"]


def test_the_receipt_names_the_package_it_answers():
    folder = FOLDERS[-1]
    receipt = container.open_package((folder / "15-137-000001-20261121-R.sotram").read_bytes(), trust(folder, "137"))
    package = container.open_package((folder / "137-15-000001-20261121.sotram").read_bytes(), trust(folder, "15"))
    assert receipt.manifest.receipt.manifest == package.manifest_sha256
