"""A new office, the import desk, and a commune's own odd sheet."""

import pytest

from desktop.application import offices
from desktop.domain.periods import Period
from desktop.ui.places import Place
from tests.ui.conftest import opened, settle
from tests.ui.offices import SAMPLES, TODAY
from tests.ui.screenshots_imports import odd_book

YEAR = Period.of_year(2024)


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "moi.sotramdb"
    offices.create_office(path, level="district", unit="137", today=TODAY)
    return path


@pytest.fixture
def window(qtbot, styled, empty):
    made = opened(qtbot, empty)
    yield made
    made.session.jobs.close()


@pytest.fixture
def screen(qtbot, window):
    return window.show_place(Place.IMPORTS)


@pytest.fixture
def odd(tmp_path):
    """A commune's own sheet: an unknown heading, an unknown name, dashes."""
    return odd_book(tmp_path / "Báo cáo trạm.xlsx")


def choose(qtbot, window, screen, *paths):
    screen.add_files(list(paths))
    settle(qtbot, window)


def read(qtbot, window, screen, *names):
    screen.add_files([SAMPLES / name for name in names])
    settle(qtbot, window)
