"""A district's stations, six of them with profiles."""

import shutil
from pathlib import Path

import pytest

from desktop.application.records import open_record
from desktop.ui.places import Place
from tests.ui.conftest import opened
from tests.ui.screenshots_stations import fill


@pytest.fixture(scope="session")
def staffed_file(tmp_path_factory: pytest.TempPathFactory, sample_file: Path) -> Path:
    path = tmp_path_factory.mktemp("staffed") / "so-tram.sotramdb"
    shutil.copy(sample_file, path)
    with open_record(path) as record:
        fill(record)
    return path


@pytest.fixture
def record(staffed_file: Path, tmp_path: Path) -> Path:
    """In place of the sample office without stations."""
    return Path(shutil.copy(staffed_file, tmp_path / "so-tram.sotramdb"))


@pytest.fixture
def window(qtbot, styled, record):
    made = opened(qtbot, record, place="stations")
    yield made
    made.session.jobs.close()


@pytest.fixture
def screen(window):
    return window.screens[Place.STATIONS]


@pytest.fixture
def said(window):
    heard = []
    window.session.said.connect(lambda text, _tone: heard.append(text))
    return heard
