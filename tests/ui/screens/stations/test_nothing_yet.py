"""Before any station is listed the page says what to do, and does it."""

import shutil

import pytest

from tests.ui.conftest import settle


@pytest.fixture
def record(sample_file, tmp_path):
    return shutil.copy(sample_file, tmp_path / "so-tram.sotramdb")


def test_one_station_for_each_commune_is_offered(qtbot, screen, window):
    assert screen.view.pages.currentIndex() == 2
    screen.acting.add_usual()
    settle(qtbot, window)
    assert screen.view.pages.currentIndex() == 0
    assert len(screen.view.model.rows) == 14
