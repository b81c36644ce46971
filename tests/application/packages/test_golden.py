"""Packages of every format ever released are read by today's records: with test keys, from `tests/data/package`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import check
from db.store import Store
from db.tables import catalogue, offices, packages, partners, units
from db.tables.partners import OwnKey
from desktop.application import keys
from desktop.application.packages import inspect, take_package
from desktop.domain.units import Unit, UnitKind, UnitVersion
from desktop.exchange.package.manifest import Kind
from desktop.wording import say
from tests.application.packages.making import CATALOGUE, PROVINCE, TODAY, clock

FORMATS = sorted(path for path in (Path(__file__).parents[2] / "data" / "package").iterdir() if path.is_dir())
COMMUNE = Unit("0e984725", UnitKind.COMMUNE, (UnitVersion(None, None, "04294", "Xã Yên Thịnh", PROVINCE.uid),))


@pytest.fixture
def province(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """The receiver of the golden packages, with its golden keys."""
    folder: Path = request.param
    with Store.create(tmp_path / "15.sotramdb", now=clock, memory=tmp_path / "machine") as record:
        found_office(record, folder)
        yield record


def found_office(record: Store, folder: Path) -> None:
    public = (folder / "15.key.json").read_text(encoding="utf-8")
    office = offices.Office(json.loads(public)["office"], None, "province", PROVINCE.uid, "15", "Sở Y tế")
    with record.change(say("Set up"), source="system"):
        units.put_units(record, [PROVINCE, COMMUNE], shipped=True)
        catalogue.put(record, CATALOGUE)
        offices.put(record, office)
        offices.set_own(record, office.uid)
        private = (folder / "15.private.json").read_bytes()
        partners.put_own(record, OwnKey(1, public, private, wrapped=False, made_at=record.stamp()))
    keys.trust(record, data=(folder / "137.key.json").read_bytes(), on=TODAY)


@pytest.mark.parametrize("province", FORMATS, indirect=True, ids=[folder.name for folder in FORMATS])
def test_a_golden_package_is_taken_in_and_what_has_no_place_yet_waits(
    province: Store, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.node.callspec.params["province"]
    for file in sorted(folder.glob("137-15-*")):
        seen = inspect(province, file=file, today=TODAY)
        assert seen.signature == "ok"
        taken = take_package(province, file=file, today=TODAY, receipt_folder=tmp_path)
        if taken.refusal is None:
            assert seen.manifest is not None
            assert (taken.kind, seen.manifest.kind) == ("package", Kind.PACKAGE)
            assert taken.waiting == len(packages.waiting(province)) > 0
        else:
            assert taken.code in {"already_taken", "forked"}
    assert any(package.direction == "taken" for package in packages.of(province))
    assert check.check(province) == []
