"""A commune with 60 children and three sessions, the last one half typed."""

import shutil
from pathlib import Path

import pytest

from desktop.ui.places import Place
from tests.ui import weighed
from tests.ui.conftest import opened


@pytest.fixture(scope="session")
def weighed_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weighed") / "so-tram.sotramdb"
    weighed.weighed(path)
    return path


@pytest.fixture
def record(weighed_file: Path, tmp_path: Path) -> Path:
    """In place of the sample office without children."""
    return Path(shutil.copy(weighed_file, tmp_path / "so-tram.sotramdb"))


@pytest.fixture
def window(qtbot, styled, record):
    made = opened(qtbot, record, place="children")
    yield made
    made.session.jobs.close()


@pytest.fixture
def screen(window):
    return window.screens[Place.CHILDREN]


@pytest.fixture
def part(screen):
    return screen.part


@pytest.fixture
def grid(part):
    part.grid.setFocus()
    return part.grid


@pytest.fixture
def said(window):
    """What the status bar was told."""
    heard: list[str] = []
    window.session.said.connect(lambda text, _tone: heard.append(text))
    return heard
