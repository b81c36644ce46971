"""A district's record with the sample years, made once and copied for each test."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.application import imports, offices, records

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
TODAY = date(2025, 1, 14)
YEARS = ("tong-hop-2021-tcvn3", "tong-hop-2022", "tong-hop-2023", "tong-hop-2024")


@pytest.fixture(scope="session")
def empty_district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("district") / "mù cang chải.sotramdb"
    offices.create_office(
        path, level="district", unit="137", today=TODAY, name="Trung tâm Y tế huyện Mù Cang Chải", actor="thống kê"
    )
    return path


@pytest.fixture(scope="session")
def filled_district(tmp_path_factory: pytest.TempPathFactory, empty_district: Path) -> Path:
    path = tmp_path_factory.mktemp("filled") / "đầy đủ.sotramdb"
    shutil.copyfile(empty_district, path)
    with records.open_record(path, actor="thống kê") as record:
        for name in YEARS:
            plan = imports.read_files(record, files=[SAMPLES / f"{name}.xlsx"])
            imports.apply_import(record, plan=plan)
    return path


@pytest.fixture
def district(tmp_path: Path, empty_district: Path) -> Iterator[records.Record]:
    path = tmp_path / "sổ.sotramdb"
    shutil.copyfile(empty_district, path)
    with records.open_record(path, actor="thống kê") as record:
        yield record


@pytest.fixture
def filled(tmp_path: Path, filled_district: Path) -> Iterator[records.Record]:
    path = tmp_path / "sổ.sotramdb"
    shutil.copyfile(filled_district, path)
    with records.open_record(path, actor="thống kê") as record:
        yield record
