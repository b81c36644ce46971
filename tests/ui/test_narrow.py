"""Little room: 175 and 200 % of a small screen. Nothing overlaps, nothing is cut but names."""

import pytest

from desktop.system import i18n
from desktop.ui import words
from tests.ui.conftest import settle

LONGEST = 18
"""Letters of a short name that two lines of a column hold."""


@pytest.mark.parametrize("width", [800, 840, 911])
def test_the_page_bar_of_the_matrix_never_overlaps(qtbot, window, screen, width):
    window.resize(width, 398)
    settle(qtbot, window)
    screen.load()
    bar = screen.view.cell_bar
    qtbot.waitUntil(lambda: bar.width() >= bar.minimumSizeHint().width(), timeout=3_000)
    assert bar.place.geometry().right() < bar.input.geometry().left()
    assert bar.geometry().right() <= screen.view.display.geometry().left()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_columns_of_the_shipped_form_have_names_that_fit(screen, language):
    i18n.use(language)
    try:
        names = [words.short(column.element) for column in screen.model.all_columns]
    finally:
        i18n.use("vi")
    assert [name for name in names if len(name) > LONGEST] == []
