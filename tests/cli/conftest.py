"""A district office on a real record with the sample years, made once and copied for every test."""

import shutil

import pytest

from tests.cli.command import SAMPLES, told

YEARS = ("2021-tcvn3", "2022", "2023", "2024")


@pytest.fixture(scope="session")
def made_office(tmp_path_factory):
    """An empty district record; not to be written to."""
    record = tmp_path_factory.mktemp("office") / "office.sotramdb"
    told("office", "create", "--db", record, "--level", "district", "--unit", "137", "--as-of", "2024-12-31")
    return record


@pytest.fixture(scope="session")
def made_district(made_office, tmp_path_factory):
    """A district record with the sample years; not to be written to."""
    record = tmp_path_factory.mktemp("district") / "district.sotramdb"
    shutil.copy(made_office, record)
    told("import", "--db", record, *(SAMPLES / f"tong-hop-{year}.xlsx" for year in YEARS))
    return record


@pytest.fixture
def office(made_office, tmp_path):
    return shutil.copy(made_office, tmp_path / "office.sotramdb")


@pytest.fixture
def district(made_district, tmp_path):
    return shutil.copy(made_district, tmp_path / "district.sotramdb")


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory, monkeypatch):
    """No test sees what another, or the window, keeps in the user's folder."""
    monkeypatch.setenv("SOTRAM_HOME", str(tmp_path_factory.mktemp("home")))
